"""A commitment at any time: typed, from Home, or out of a message; nothing is made without the rep's yes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.checkin import Stage
from bot.domain.commitment import Commitment
from bot.ports.storage import Store
from tests.support.asking import asks_openly
from tests.support.team import ANA, BEN, BERLIN, MARIA, a_world
from tests.support.world import WORKSPACE, World, local

NOBODY = "UZOE"


async def made_by(world: World, user: str) -> list[Commitment]:
    """Their commitments, the newest first."""

    def work(store: Store) -> list[Commitment]:
        person = store.people.by_slack(WORKSPACE, user)
        return list(store.commitments.of(person.id, 20)) if person else []

    return await world.huddle.storage.read(work)


async def stages(world: World, user: str) -> list[Stage]:
    """How today's check-ins stand."""

    def work(store: Store) -> list[Stage]:
        person = store.people.by_slack(WORKSPACE, user)
        assert person is not None
        return [c.stage for c in store.checkins.on(person.id, world.now.astimezone(person.tz).date())]

    return await world.huddle.storage.read(work)


def filled(world: World) -> dict[str, str]:
    """What the form opened last is filled with."""
    blocks = [block for block in world.client.opened[-1]["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in blocks}


def shown_name(world: World) -> str:
    return str(world.client.opened[-1]["callback_id"])


# -- typed


async def test_an_action_with_a_time_waits_for_the_yes_in_the_conversation(monday: World) -> None:
    opening = monday.last(BEN)
    assert 'a tap on "Commit"' in await monday.command(BEN, "commit I'll send the Kessler offer by 2pm")
    assert "Shall this be your commitment?\n> send the Kessler offer\n> by *Mon 14:00*" in opening.text
    assert list(opening.buttons) == ["Commit", "Change", "Not today"]
    assert not await made_by(monday, BEN)
    await monday.press(BEN, "Commit")
    assert [c.action for c in await made_by(monday, BEN)] == ["send the Kessler offer"]
    await monday.go(local(BERLIN, "2026-11-23 14:05"))
    assert "It's past Mon 14:00. How did this go?" in monday.last(BEN).text


async def test_before_the_morning_it_takes_the_mornings_place(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.command(BEN, "commit send the Kessler offer by 2pm")
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-23 09:31"))
    assert len(world.dm(BEN)) == 1
    assert "1 of 1 committed" in world.last(MARIA).text
    world.close()


async def test_after_todays_commitment_another_one_can_be_made(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Commit")
    await monday.command(BEN, "commit call Jonas by 4pm")
    await monday.press(BEN, "Commit")
    assert [c.action for c in await made_by(monday, BEN)] == ["call Jonas", "send the Kessler offer"]
    assert "call Jonas" in monday.last(MARIA).text


async def test_not_today_makes_nothing(monday: World) -> None:
    await monday.command(BEN, "commit call Jonas by 4pm")
    await monday.press(BEN, "Not today")
    assert not await made_by(monday, BEN)


async def test_in_a_conversation_it_is_what_is_asked_for_a_yes(monday: World) -> None:
    await monday.say(BEN, "the Zumtobel people are difficult")
    await monday.command(BEN, "commit call Jonas by 4pm")
    assert "Shall this be your commitment?\n> call Jonas" in monday.last(BEN).text
    assert await stages(monday, BEN) == [Stage.CONFIRMING]


@pytest.mark.parametrize(
    ("typed", "action", "when"),
    [
        ("", "", ""),
        ("call Jonas", "call Jonas", ""),
        ("be better", "be better", ""),
        ("send the offer by Friday 10am", "send the offer", "Friday 10:00"),
        ("I'll ring Lutz at 3 and tidy the CRM by 5", "I'll ring Lutz at 3 and tidy the CRM by 5", "15:00"),
        ("call <@UANA|ana> back", "call Ana Sousa back", ""),
        ("help", "help", ""),
    ],
)
async def test_what_is_missing_is_asked_for_in_the_form(monday: World, typed: str, action: str, when: str) -> None:
    opening = monday.last(BEN).text
    assert await monday.command(BEN, f"commit {typed}") == ""
    assert shown_name(monday) == "commitment"
    assert filled(monday) == {"action": action, "when": when, "if_then": ""}
    assert "Maria will see the action and the time" in str(monday.client.opened[-1]["blocks"])
    assert not await made_by(monday, BEN)
    assert monday.last(BEN).text == opening


async def test_what_is_not_for_coaching_is_answered_with_care_and_kept_nowhere(monday: World) -> None:
    told = await monday.command(BEN, "commit I can't go on, I had a panic attack this morning")
    assert "people team" in told
    assert not monday.client.opened
    assert "panic" not in "\n".join(_dump(monday))
    count = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-23 17:00"))
    assert len(monday.dm(BEN)) == count


def _dump(world: World) -> list[str]:
    import sqlite3

    with sqlite3.connect(world.database) as connection:
        return list(connection.iterdump())


# -- the form


async def test_the_form_answers_the_question_that_stands(monday: World) -> None:
    opening = monday.last(BEN)
    await monday.command(BEN, "commit call Jonas")
    await monday.submit(BEN, when="2pm", if_then="if he is out, I'll mail him")
    assert opening.text.startswith("Committed:\n> call Jonas\n> by *Mon 14:00*")
    assert len(monday.dm(BEN)) == 1
    assert await stages(monday, BEN) == [Stage.COMMITTED]
    assert "1 of 2 committed" in monday.last(MARIA).text
    await monday.go(local(BERLIN, "2026-11-23 14:05"))
    assert "It's past Mon 14:00. How did this go?" in monday.last(BEN).text


async def test_one_for_another_day_leaves_todays_question_as_it_is(monday: World) -> None:
    opening = monday.last(BEN)
    before = opening.text
    await monday.command(BEN, "commit call Jonas by Friday 10am")
    await monday.submit(BEN)
    assert opening.text == before
    assert monday.last(BEN).text.startswith("Committed:\n> call Jonas\n> by *Fri 10:00*")
    assert await stages(monday, BEN) == [Stage.OPENED]
    await monday.go(local(BERLIN, "2026-11-27 10:05"))
    assert "How did this go?" in monday.last(BEN).text


async def test_a_conversation_that_has_begun_is_not_touched(monday: World) -> None:
    await monday.say(BEN, "the Zumtobel people are difficult")
    asked = monday.last(BEN).text
    await monday.command(BEN, "commit call Jonas")
    await monday.submit(BEN, when="2pm")
    assert monday.dm(BEN)[-2].text == asked
    assert await stages(monday, BEN) == [Stage.EXPLORING]
    assert "call Jonas" in monday.last(MARIA).text
    await monday.say(BEN, "send the Kessler offer by 4pm")
    await monday.say(BEN, "then I send it first thing tomorrow")
    await monday.press(BEN, "Commit")
    assert [c.action for c in await made_by(monday, BEN)] == ["send the Kessler offer", "call Jonas"]


async def test_before_the_morning_the_form_takes_its_place_too(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.shortcut(BEN, "call Jonas")
    await world.submit(BEN, when="11:00")
    assert world.last(BEN).text.startswith("Committed:")
    await world.go(local(BERLIN, "2026-11-23 10:59"))
    assert len(world.dm(BEN)) == 1
    assert "> call Jonas, by Mon 11:00" in world.last(MARIA).text
    world.close()


async def test_before_the_morning_one_for_another_day_is_kept_beside(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.shortcut(BEN, "call Jonas")
    await world.submit(BEN, when="tomorrow 11:00")
    await world.go(local(BERLIN, "2026-11-23 08:45"))
    assert len(world.dm(BEN)) == 2
    assert asks_openly(world.last(BEN).text)
    world.close()


async def test_the_same_form_sent_twice_makes_one(monday: World) -> None:
    await monday.command(BEN, "commit call Jonas")
    await monday.submit(BEN, when="2pm")
    await monday.submit(BEN, when="2pm")
    await monday.submit(BEN, when="3pm", action="something else")
    assert [c.action for c in await made_by(monday, BEN)] == ["call Jonas"]
    assert len(monday.dm(BEN)) == 1


async def test_two_forms_make_two(monday: World) -> None:
    await monday.command(BEN, "commit call Jonas")
    first = monday.client.opened[-1]
    await monday.command(BEN, "commit call Jonas")
    await monday.submit(BEN, when="2pm")
    monday.client.opened.append(first)
    await monday.submit(BEN, when="2pm")
    assert len(await made_by(monday, BEN)) == 2


async def test_what_is_wrong_is_said_at_the_field(monday: World) -> None:
    await monday.command(BEN, "commit call Jonas")
    for typed, field, words in (
        ({"action": "...", "when": "2pm"}, "action", "Write what you will do"),
        ({"when": "08:00"}, "when", "gone by"),
        ({"when": "blue"}, "when", "couldn't read a time"),
        ({}, "when", "couldn't read a time"),
    ):
        answer = json.loads((await monday.submit(BEN, **typed)).body)
        assert words in answer["errors"][field]
    assert not await made_by(monday, BEN)


async def test_a_field_that_the_client_left_out_holds_what_it_was_filled_with(monday: World) -> None:
    await monday.command(BEN, "commit send the offer by Friday 10am")
    await monday.submit(BEN, action={"type": "plain_text_input"}, when={"type": "plain_text_input"})
    assert [c.action for c in await made_by(monday, BEN)] == ["send the offer"]


async def test_somebody_elses_form_is_ones_own_when_one_sends_it(monday: World) -> None:
    await monday.command(BEN, "commit call Jonas")
    await monday.submit(ANA, when="2pm")
    assert not await made_by(monday, BEN)
    assert len(await made_by(monday, ANA)) == 1
    await monday.submit(BEN, when="2pm")
    assert len(await made_by(monday, BEN)) == 1, "her sending it does not use it up for him"


@pytest.mark.parametrize("user", [MARIA, NOBODY])
async def test_who_makes_no_commitments_is_told_so_also_by_a_forged_form(monday: World, user: str) -> None:
    await monday.command(BEN, "commit call Jonas")
    answer = json.loads((await monday.submit(user, when="2pm")).body)
    assert answer["response_action"] == "update"
    assert answer["view"]["callback_id"] == "no_commitment"
    assert not await made_by(monday, user)


@pytest.mark.parametrize("metadata", ["", "{}", '{"key": null}'])
async def test_a_form_without_its_key_makes_one_all_the_same(monday: World, metadata: str) -> None:
    await monday.command(BEN, "commit call Jonas")
    monday.client.opened[-1] |= {"private_metadata": metadata}
    await monday.submit(BEN, action="call Jonas", when="2pm")
    await monday.submit(BEN, action="call Jonas", when="2pm")
    assert len(await made_by(monday, BEN)) == 1


# -- from Home


async def test_the_button_on_home_opens_an_empty_form_and_home_shows_what_was_made(monday: World) -> None:
    await monday.tap_view(BEN, "add_commitment", "home")
    assert filled(monday) == {"action": "", "when": "", "if_then": ""}
    await monday.submit(BEN, action="call Jonas", when="2pm")
    assert "call Jonas" in str(monday.client.homes[BEN])


# -- out of a message


@pytest.mark.parametrize(
    ("text", "action", "when"),
    [
        ("Can you send me the numbers for Kessler?", "Can you send me the numbers for Kessler?", ""),
        ("I'll send the Kessler offer by 2pm", "send the Kessler offer", "14:00"),
        ("see <https://x.example|the offer> &amp; call <@UBEN>", "see the offer & call Ben Krug", ""),
        ("<@U9ELSE> asks for <#C01WINS|wins>", "a colleague asks for #wins", ""),
        ("some\nlines", "some lines", ""),
        ("", "", ""),
        (None, "", ""),
        ("x" * 5000, "x" * 200, ""),
        ("🎯" * 400, "🎯" * 200, ""),
    ],
)
async def test_the_shortcut_fills_the_form_with_the_words_of_the_message(
    monday: World, text: str | None, action: str, when: str
) -> None:
    await monday.shortcut(BEN, text)
    assert filled(monday) == {"action": action, "when": when, "if_then": ""}
    assert not await made_by(monday, BEN)


async def test_it_does_not_matter_whose_message_it_is(monday: World) -> None:
    bot: dict[str, Any] = {"type": "message", "bot_id": "B1", "subtype": "bot_message", "text": "Lead: Kessler"}
    await monday.shortcut(BEN, None, message=bot)
    assert filled(monday)["action"] == "Lead: Kessler"
    await monday.shortcut(BEN, "call Jonas", author=BEN)
    await monday.submit(BEN, when="2pm")
    assert [c.action for c in await made_by(monday, BEN)] == ["call Jonas"]


async def test_nothing_of_a_message_is_kept_unless_the_form_is_saved(monday: World) -> None:
    await monday.shortcut(BEN, "the secret of Zacharias")
    assert "Zacharias" not in "\n".join(_dump(monday))


@pytest.mark.parametrize(("user", "why"), [(MARIA, "You lead a team"), (NOBODY, "you're not on one yet")])
async def test_who_makes_no_commitments_is_told_why(monday: World, user: str, why: str) -> None:
    await monday.shortcut(user, "call Jonas")
    assert shown_name(monday) == "no_commitment"
    assert why in str(monday.client.opened[-1]["blocks"])
    assert "submit" not in monday.client.opened[-1]


async def test_who_stopped_is_told_how_to_come_back(monday: World) -> None:
    await monday.command(BEN, "stop")
    await monday.shortcut(BEN, "call Jonas")
    assert "`/coach start` brings me back" in str(monday.client.opened[-1]["blocks"])


async def test_a_shortcut_whose_form_did_not_open_is_told_in_a_sentence(monday: World) -> None:
    monday.client.failures = [RuntimeError("expired_trigger_id")]
    await monday.shortcut(BEN, "call Jonas")
    assert monday.last(BEN).text == "The form didn't open in time. Try it once more."


async def test_somebody_from_elsewhere_gets_no_form_to_fill(monday: World) -> None:
    await monday.shortcut(BEN, "call Jonas", home="T99OTHER")
    assert shown_name(monday) == "no_commitment"


async def test_who_left_the_team_meanwhile_makes_none(monday: World) -> None:
    await monday.command(BEN, "commit call Jonas")

    def leave(store: Store) -> None:
        ben = store.people.by_slack(WORKSPACE, BEN)
        assert ben is not None
        store.people.save(replace(ben, rep_of=None))

    await monday.huddle.storage.write(leave)
    assert json.loads((await monday.submit(BEN, when="2pm")).body)["response_action"] == "update"
    assert not await made_by(monday, BEN)
