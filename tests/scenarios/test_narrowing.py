"""Several actions in one message, the plan for when something gets in the way, and answers that come back."""

from __future__ import annotations

from bot.ports.storage import Store
from tests.support.asking import OPEN
from tests.support.talk import talk
from tests.support.team import ANA, BEN, BERLIN, MARIA
from tests.support.world import WORKSPACE, World, local

TWO = "I'll call Anna Weber about the pricing sheet by 2pm. Then send the Kessler offer."


async def test_of_several_actions_the_rep_says_which_comes_first_and_the_others_are_kept(monday: World) -> None:
    await talk(
        monday,
        ANA,
        ("rep", TWO),
        ("bot", "Which one comes first?\n> call Anna Weber about the pricing sheet\n> send the Kessler offer"),
        ("tap", "send the Kessler offer"),
        ("now", "> send the Kessler offer\nBy when will you have done it?"),
        ("rep", "noon"),
        ("bot", "> send the Kessler offer\n> by *Mon 12:00*"),
        ("tap", "Commit"),
        ("now", "You also named: call Anna Weber about the pricing sheet."),
    )


async def test_the_time_that_was_named_stays_with_the_action_named_first(monday: World) -> None:
    await talk(
        monday,
        BEN,
        ("rep", TWO),
        ("bot", "Which one comes first?"),
        ("rep", "Anna"),
        ("bot", "> call Anna Weber about the pricing sheet\n> by *Mon 14:00*"),
    )


async def test_who_will_not_choose_gets_the_first(monday: World) -> None:
    await talk(
        monday,
        BEN,
        ("rep", TWO),
        ("bot", "Which one comes first?"),
        ("rep", "puh"),
        ("bot", "I've taken the first."),
    )
    assert "> call Anna Weber about the pricing sheet" in monday.last(BEN).text


async def test_an_old_choice_changes_nothing(monday: World) -> None:
    await monday.say(ANA, TWO)
    asked = monday.last(ANA)
    await monday.say(ANA, "Anna")
    buttons = dict(asked.buttons)
    await monday.tap(ANA, buttons["send the Kessler offer"], asked)
    assert "We've moved on since" in asked.text
    assert "> call Anna Weber about the pricing sheet" in monday.last(ANA).text


async def test_an_obstacle_is_met_with_a_plan_before_the_yes(monday: World) -> None:
    await talk(
        monday,
        ANA,
        ("rep", "Anna Weber never picks up, that is where I'm stuck"),
        ("bot", OPEN),
        ("rep", "call her by 3pm"),
        ("bot", OPEN),
        ("rep", "I'll ask her assistant for ten minutes"),
        ("bot", "> call her\n> by *Mon 15:00*\n> If something gets in the way: I'll ask her assistant for ten minutes"),
        ("tap", "Commit"),
        ("now", "> If something gets in the way: I'll ask her assistant for ten minutes"),
    )


async def test_no_plan_is_no_refusal(monday: World) -> None:
    await talk(
        monday,
        ANA,
        ("rep", "Anna Weber never picks up, that is where I'm stuck"),
        ("bot", OPEN),
        ("rep", "call her by 3pm"),
        ("bot", OPEN),
        ("rep", "no"),
        ("bot", "Shall this be your commitment?\n> call her\n> by *Mon 15:00*"),
    )


async def test_the_same_answer_as_yesterday_brings_another_kind_of_question(monday: World) -> None:
    await monday.say(BEN, "prospecting, the usual list from marketing")
    await monday.go(local(BERLIN, "2026-11-24 08:45"))
    await monday.say(BEN, "the usual list from marketing, prospecting")
    seen = await monday.huddle.storage.read(lambda s: s.checkins.seen(ident(s, BEN), 1))
    assert "from another side" in seen[-1].reason or "a change from the usual answers" in seen[-1].reason


def ident(store: Store, slack_id: str) -> str:
    person = store.people.by_slack(WORKSPACE, slack_id)
    assert person is not None
    return person.id


async def test_what_the_manager_sees_is_the_one_action(monday: World) -> None:
    await monday.say(ANA, TWO)
    await monday.press(ANA, "call Anna Weber about the pricing sheet")
    await monday.press(ANA, "Commit")
    await monday.go(local(BERLIN, "2026-11-23 09:30"))
    summary = monday.last(MARIA).text
    assert "call Anna Weber" in summary
    assert "Kessler" not in summary


async def test_a_typed_no_to_a_check_is_its_outcome(monday: World) -> None:
    await talk(
        monday,
        BEN,
        ("rep", "send the Kessler offer by 11"),
        ("bot", "> send the Kessler offer"),
        ("tap", "Commit"),
        ("now", "Committed:"),
    )
    await monday.go(local(BERLIN, "2026-11-23 11:05"))
    await talk(monday, BEN, ("rep", "no. he was out"), ("bot", "Dropped:\n> send the Kessler offer"))
