"""The product as a real process in a Slack stand-in: what people write, tap, open and type, and what they see."""

from __future__ import annotations

import pytest

from bot.demo.slack_person import buttons
from bot.demo.workspace import Json
from tests.e2e.office import ANNA, BEN, MARIA, ZOE, Office, is_posted
from tests.support.asking import OPEN, asks_openly

pytestmark = pytest.mark.stand_in


def typed(**fields: str) -> dict[str, dict[str, Json]]:
    """What stands in a modal's text fields."""
    return {name: {name: {"type": "plain_text_input", "value": text}} for name, text in fields.items()}


def labels(message: Json) -> list[str]:
    return [button.label for button in buttons(message)]


async def test_a_rep_comes_to_a_commitment_by_words_and_taps_and_the_manager_sees_it(office: Office) -> None:
    await office.start()
    assert "waiting in our conversation" in await office.commands(ANNA)
    opening = await office.hears(ANNA, "Maria sees your commitments", "`/coach stop`")
    assert asks_openly(opening["text"])

    await office.says(ANNA, "I have three CFO calls this week, pricing is where they stall", OPEN)
    await office.says(ANNA, "I'd know what to say when they push back", OPEN)
    asked = await office.says(ANNA, "call Bea Lang about the pricing sheet", "By when will you have done it?")
    before = await office.posted(ANNA.dm)
    offered = labels(asked)[0]
    await office.people.press(ANNA.id, ANNA.dm, offered)
    confirm = await office.hears(
        ANNA, "Shall this be your commitment?", f"by *{offered}*", "Maria will see exactly this."
    )
    assert confirm["ts"] == asked["ts"], "a tap changes its message in place"
    assert labels(confirm) == ["Commit", "Change", "Not today"]
    await office.people.press(ANNA.id, ANNA.dm, "Commit")
    committed = await office.hears(ANNA, "Committed:", "> call Bea Lang", f"by *{offered}*")
    assert committed["ts"] == asked["ts"]
    assert "Commit" not in labels(committed)
    assert len(await office.posted(ANNA.dm)) == len(before) == 4

    answer = await office.commands(ANNA, "commitments")
    assert f"({offered}): open" in answer
    assert "call Bea Lang" in answer
    await office.people.open_home(MARIA.id)
    shown = str(await office.people.wait_for_home(MARIA.id, lambda home: "Bea Lang" in str(home)))
    assert f"by {offered}" in shown
    assert "CFO" not in shown


async def test_the_form_says_what_is_wrong_at_the_field_and_then_takes_it(office: Office) -> None:
    await office.start()
    await office.commands(BEN)
    await office.hears(BEN, OPEN)
    confirm = await office.says(BEN, "I'll send the Kessler offer by 2pm", "> send the Kessler offer", "14:00*")
    await office.people.press(BEN.id, BEN.dm, "Change")

    form = await office.form()
    filled = {b["block_id"]: b["element"].get("initial_value") for b in form["blocks"] if b["type"] == "input"}
    assert filled == {"action": "send the Kessler offer", "when": "14:00", "if_then": None}
    errors = await office.people.submit(BEN.id, typed(action="  ", when="blue"))
    assert errors is not None
    assert "Write what you will do" in errors["action"]
    assert "couldn't read a time" in errors["when"]
    assert await office.people.modal() is not None
    await office.hears(BEN, "> send the Kessler offer", "14:00*")

    fixed = typed(when="16:30", if_then="if he is out, I'll mail him")
    assert await office.people.submit(BEN.id, fixed) is None
    assert await office.people.modal() is None
    changed = await office.hears(BEN, "> send the Kessler offer", "16:30*", "> if he is out, I'll mail him")
    assert changed["ts"] == confirm["ts"]
    await office.people.press(BEN.id, BEN.dm, "Commit")
    await office.hears(BEN, "Committed:", "16:30*")


async def test_home_shows_a_rep_their_day_and_a_manager_the_teams(office: Office) -> None:
    await office.start()
    await office.people.open_home(ANNA.id)
    home = await office.people.wait_for_home(ANNA.id)
    assert "Your day, Anna" in str(home)
    assert "No commitments yet" in str(home)
    assert "set first meetings" in str(home)
    await office.people.press_home(ANNA.id, "Start today's check-in")
    await office.hears(ANNA, "Maria sees your commitments")
    after = await office.people.wait_for_home(ANNA.id, lambda view: "is open in the Messages tab" in str(view))
    assert "Start today's check-in" not in labels(after)

    await office.people.open_home(MARIA.id)
    team = str(await office.people.wait_for_home(MARIA.id, lambda view: "Anna Weber" in str(view)))
    assert "Asked, no answer yet" in team
    assert "Ben Sato" in team
    await office.people.open_home(ZOE.id)
    assert "Not on a team yet" in str(await office.people.wait_for_home(ZOE.id))


async def test_the_command_answers_its_words_mends_a_slip_and_knows_who_is_on_no_team(office: Office) -> None:
    await office.start()
    assert "`/coach commitments` lists" in await office.commands(ANNA, "help")
    assert "Did you mean `/coach commitments`?" in await office.commands(ANNA, "comitments")
    assert "These work:" in await office.commands(ANNA, "xyzzy")
    assert "No commitments yet" in await office.commands(ANNA, "commitments")
    assert await office.posted(ANNA.dm) == []
    assert "waiting in our conversation" in await office.commands(ANNA, "start")
    question = (await office.hears(ANNA, OPEN))["text"].splitlines()[-1]
    assert question in await office.commands(ANNA, "start")
    assert len(await office.posted(ANNA.dm)) == 1
    assert "You manage here" in await office.commands(MARIA)

    assert "not on one of them yet" in await office.commands(ZOE)
    await office.says(ZOE, "hello?", "you're not on one of them yet")


async def test_an_edited_message_is_read_again_and_a_deleted_one_is_forgotten(office: Office) -> None:
    await office.start()
    await office.commands(ANNA)
    await office.hears(ANNA, OPEN)
    confirm = await office.says(ANNA, "call Zacharias Quint at 3pm", "> call Zacharias Quint", "15:00*")
    said = next(m["ts"] for m in await office.people.messages(ANNA.dm) if m["text"] == "call Zacharias Quint at 3pm")
    await office.people.edit(ANNA.id, ANNA.dm, said, "call Bea Lang at 4pm")
    edited = await office.hears(ANNA, "> call Bea Lang", "16:00*")
    assert edited["ts"] == confirm["ts"]
    assert "Zacharias" not in "".join(await office.posted(ANNA.dm))

    await office.people.delete(ANNA.id, ANNA.dm, said)
    await office.people.wait_for(ANNA.dm, lambda m: m["ts"] == confirm["ts"] and "Bea Lang" not in m["text"])
    assert "Bea Lang" not in "".join(await office.posted(ANNA.dm))
    forgotten = (await office.people.messages(ANNA.dm))[-1]
    assert is_posted(forgotten)
    assert "Commit" not in labels(forgotten)
    await office.says(ANNA, "send the offer at 5pm", "> send the offer", "17:00*")
