"""Somebody new installs the app and needs no file and no terminal after that: the real process, an empty database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.slack_forms import pressed
from bot.demo.slack_person import buttons
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import User
from tests.e2e.newcomers import (
    ADA,
    ANNA,
    BEN,
    COUNTRY,
    EAST,
    FIRST,
    GIL,
    MARIA,
    OLEG,
    SET_UP,
    WEEK,
    WHO,
    WINS,
    described,
    entered,
    filled,
    home,
    newcomers,
    on,
    sent,
    small,
    told,
    when,
    who,
    words,
)
from tests.e2e.office import Office
from tests.support.between import Between
from tests.support.process import until

__all__ = ["small"]
pytestmark = pytest.mark.stand_in


@pytest.fixture
async def office(tmp_path: Path, small: SmallSlack) -> AsyncIterator[Office]:
    """Ada has installed it, and the operator has named her."""
    async with newcomers(tmp_path, small, HUDDLE_ADMIN=ADA.id) as found:
        found.levers.set(on(SET_UP, "10:00"))
        yield found


async def labels(office: Office, user: User, *said: str) -> list[str]:
    """The buttons of the newest message that says this."""
    return [one.label for one in buttons(await office.hears(user, *said))]


async def test_from_one_message_with_one_button_to_a_preview(office: Office) -> None:
    people = office.people
    await office.start()
    assert await labels(office, ADA, "You look after me in Northwind") == ["Create a team"]
    assert len(await office.posted(ADA.dm)) == 1

    await people.press(ADA.id, ADA.dm, "Create a team")
    await people.wait_for_modal("team_who")
    await filled(
        office,
        ADA,
        who(
            team_name="N" * 61,
            team_managers=[MARIA.id, GIL.id],
            team_reps=[ANNA.id, BEN.id, OLEG.id],
            team_behaviours="set first meetings\nset first meetings",
            team_care="\n".join("abcdef"),
        ),
    )
    assert set(await sent(office, ADA)) == {"team_name", "team_behaviours", "team_care"}
    await filled(
        office, ADA, {"team_name": "North", "team_behaviours": WHO["team_behaviours"], "team_care": "Petra Lang"}
    )
    assert await sent(office, ADA) == {}

    await people.wait_for_modal("team_when")
    await filled(office, ADA, when(team_working_days=[], team_day_ends="07:00", team_nudge="13:00"))
    assert {"team_working_days", "team_day_ends"} <= set(await sent(office, ADA))
    await filled(office, ADA, {"team_working_days": WEEK, "team_day_ends": "18:00"})
    assert set(await sent(office, ADA)) == {"team_nudge"}
    await people.fill(ADA.id, "team_nudge", "11:15")

    await people.press_modal(ADA.id, "Back")
    shown = entered(await people.wait_for_modal("team_who"))
    assert (shown["team_name"], shown["team_reps"]) == ("North", [ANNA.id, BEN.id, OLEG.id])
    assert shown["team_care"] == "Petra Lang"
    assert await sent(office, ADA) == {}
    shown = entered(await people.wait_for_modal("team_when"))
    assert (shown["team_country"], shown["team_region"]) == (COUNTRY, "The whole country")
    assert (shown["team_working_days"], shown["team_summary"], shown["team_day_ends"]) == (WEEK, "09:40", "18:00")
    assert await sent(office, ADA) == {}

    for reader in (ADA, MARIA):
        await office.hears(
            reader,
            "North: what will happen",
            "2 reps: Anna Weber, Ben Sato. Led by Maria Kern.",
            "Every day 08:45 in each rep's own zone",
            f"The first comes {told(FIRST, '06:45')} your time",
            "Ben Sato at 06:45 your time",
            "By 09:40",
            "The wins go to #north-wins; I join it when the team starts.",
            COUNTRY,
            "Deactivated in Slack, so left out: Oleg Past",
            "A guest here, and guests cannot manage a team: Gil Guest",
        )
    assert await labels(office, ADA, "what will happen", "Maria Kern can start it") == [
        "Try it on myself",
        "Change",
        "Discard",
    ]
    assert await labels(office, MARIA, 'when you tap "Start"') == ["Try it on myself", "Start", "Change", "Discard"]
    for nobody in (ANNA, BEN, GIL):
        assert await office.posted(nobody.dm) == []


async def test_a_dry_run_a_start_that_is_not_hers_and_the_managers_start(office: Office) -> None:
    people = office.people
    await office.start()
    await office.hears(ADA, "You look after me")
    await described(office, ADA)
    preview = await office.hears(MARIA, 'when you tap "Start"')
    hers = await office.hears(ADA, "Maria Kern can start it")

    await people.press(ADA.id, ADA.dm, "Try it on myself")
    await office.hears(ADA, "A dry run of North, for you alone")
    start = next(one for one in buttons(preview) if one.label == "Start")
    await people.click(ADA.id, ADA.dm, hers["ts"], pressed(start))
    await home(office, ADA, "North* waits to be started", "No team yet")
    assert await office.posted(ANNA.dm) == await office.posted(BEN.dm) == await office.posted(WINS) == []

    await people.press(MARIA.id, MARIA.dm, "Start")
    await office.hears(
        MARIA, "North has started", f"The first question comes {told(FIRST, '06:45')} your time, to Ben Sato"
    )
    await office.hears(ADA, "North has started, at Maria Kern's word")
    assert not [text for text in await office.posted(MARIA.dm) if "Not asked today" in text]
    assert (await office.hears(ADA, "North is starting"))["ts"] == hers["ts"], "its buttons are gone"
    await office.hears(ADA, "Dry run", "A word with")
    await home(office, ADA, "Maria Kern · 2 reps")
    await home(office, ANNA, "Your day, Anna", f"The next question comes {told(FIRST, '08:45')}")

    await office.levers.move(on(FIRST, "08:45", EAST))
    first = await office.hears(
        BEN, "Morning, Ben", "one thing you choose to do and by when", "Maria sees your commitments"
    )
    for rule in ("stays between us", "nothing is a test", 'Say "not today"', "Your own time", "/coach stop"):
        assert rule in first["text"]
    assert await office.posted(ANNA.dm) == []
    await office.levers.move(on(FIRST, "08:45"))
    await office.hears(ANNA, "Morning, Anna")
    assert [len(await office.posted(one.dm)) for one in (ANNA, BEN)] == [1, 1]


async def test_without_a_name_from_the_operator_the_first_admin_who_opens_the_home_begins(
    tmp_path: Path, small: SmallSlack
) -> None:
    async with newcomers(tmp_path, small) as office:
        office.levers.set(on(SET_UP, "10:00"))
        await office.start()
        assert "Create a team" not in words(await home(office, MARIA, "Not on a team yet"))
        assert [await office.posted(one.dm) for one in (ADA, MARIA)] == [[], []]
        await home(office, ADA, "No team yet", "[Create a team]")
        await office.hears(ADA, "You look after me in Northwind")
        await described(office, ADA)
        await office.hears(ADA, "what will happen")
        await office.hears(MARIA, 'when you tap "Start"')
        await office.people.press(MARIA.id, MARIA.dm, "Start")
        for reader in (MARIA, ADA):
            await office.hears(reader, "North has started")
        await home(office, MARIA, "[Team settings]")
        assert len(await office.posted(ADA.dm)) == 4, "welcome, looking up, preview, started"


async def test_killed_in_the_middle_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path, small: SmallSlack) -> None:
    async with (
        Between(small.url) as between,
        newcomers(tmp_path, small, HUDDLE_ADMIN=ADA.id, SLACK_API_URL=between.api_url) as office,
    ):

        async def killed_while_it_looks_people_up() -> None:
            async def asked() -> bool:
                return "users.info" in between.refused

            await until(asked)
            await office.stop("SIGKILL")
            between.refused.clear()
            between.mend()
            await office.start()

        office.levers.set(on(SET_UP, "10:00"))
        await office.start()
        await office.hears(ADA, "You look after me")
        between.refuse("users.info")
        await described(office, ADA)
        await killed_while_it_looks_people_up()
        await office.hears(MARIA, 'when you tap "Start"')
        await office.hears(ADA, "what will happen")
        await office.levers.noted()
        between.refuse("users.info")
        await office.people.press(MARIA.id, MARIA.dm, "Start")
        await killed_while_it_looks_people_up()
        for reader in (MARIA, ADA):
            await office.hears(reader, "North has started")
        await home(office, ADA, "Maria Kern · 2 reps")
        said = [text.partition("\n")[0] for text in await office.posted(ADA.dm)]
        assert len(said) == len(set(said)) == 4, "welcome, looking up, preview, started"
        assert sum("has started" in text for text in await office.posted(MARIA.dm)) == 1
        assert await office.posted(ANNA.dm) == []
