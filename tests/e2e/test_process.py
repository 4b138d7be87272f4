"""The process itself: setting a team up, starting, and ending when it is told to."""

from __future__ import annotations

import pytest

from bot.demo.small_slack import SmallSlack
from tests.e2e.conftest import REQUIRED, Opened, missing
from tests.e2e.office import ANNA, BEN, TEAM, Office, at
from tests.support.asking import OPEN
from tests.support.between import Between
from tests.support.process import until


@pytest.mark.stand_in
async def test_setting_a_team_up_twice_changes_nothing_and_names_come_from_slack(office: Office) -> None:
    (office.product.folder / "team.yaml").write_text(TEAM)
    (office.product.folder / "huddle.db").unlink()
    code, said = await office.product.run("bot", "team", "apply", "team.yaml")
    assert code == 0
    assert "North: created." in said
    assert "Joined: Anna Weber, Ben Sato." in said
    joined = said.count("Joined:")
    code, said = await office.product.run("bot", "team", "apply", "team.yaml")
    assert code == 0
    assert "North: up to date." in said
    assert said.count("Joined:") == joined


@pytest.mark.stand_in
async def test_it_ends_well_when_it_is_told_to(small: SmallSlack, open_office: Opened) -> None:
    async with open_office(small) as office:
        await office.start()
        await office.commands(ANNA)
        await office.hears(ANNA, OPEN)
        assert await office.product.terminate() == 0


@pytest.mark.stand_in
async def test_it_ends_well_while_a_message_is_being_read(small_office: Office) -> None:
    await small_office.start()
    await small_office.commands(ANNA)
    await small_office.hears(ANNA, OPEN)
    small_office.levers.hush()
    await small_office.people.say(ANNA.id, ANNA.dm, "call Bea Lang at 3pm")
    await small_office.levers.asked()
    assert await small_office.product.terminate() == 0


@pytest.mark.stand_in
async def test_it_ends_well_while_slack_does_not_answer(small_office: Office, small_between: Between) -> None:
    small_between.leave_unanswered("chat.postMessage")
    small_office.levers.set(at("08:45"))
    await small_office.start()
    await small_office.hears(ANNA, OPEN)
    await small_office.hears(BEN, OPEN)
    assert await small_office.product.terminate() == 0


@pytest.mark.stand_in
async def test_it_ends_well_while_the_connection_is_dead(small_office: Office, small_between: Between) -> None:
    await small_office.start()
    small_between.go_deaf()
    assert await small_office.product.terminate() == 0


@pytest.mark.stand_in
async def test_it_ends_well_while_it_waits_for_a_connection(small_office: Office, small_between: Between) -> None:
    small_between.leave_unanswered("apps.connections.open")
    await small_office.product.start()

    async def waits() -> bool:
        return bool(small_between.taken)

    await until(waits)
    assert await small_office.product.terminate() == 0


@pytest.mark.stand_in
async def test_a_wrong_token_ends_it_with_one_sentence(small: SmallSlack, open_office: Opened) -> None:
    async with open_office(small) as office:
        office.product.environment["SLACK_APP_TOKEN"] = "xapp-of-somebody-else"
        await office.product.start()
        assert await office.product.exited() == 1
        assert "Slack gives no connection (invalid_auth)." in office.product.output
        assert "Traceback" not in office.product.output


def test_without_a_stand_in_its_tests_are_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="not installed"):
        missing("It is not installed.")


def test_where_a_stand_in_is_required_its_tests_fail_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match="not installed"):
        missing("It is not installed.")
