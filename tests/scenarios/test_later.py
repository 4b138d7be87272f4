"""A question put off: asked later, brought back once, and never outside the rep's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.domain.preferences import Absence, Preferences
from bot.ports.messages import Op
from bot.ports.storage import AlarmKind
from tests.support.asking import asks_openly
from tests.support.team import ANA, BEN, BERLIN, a_world
from tests.support.world import WORKSPACE, World, local

TUESDAY = "2026-11-24"


def at(clock: str, day: str = "2026-11-23") -> datetime:
    """A time in Berlin, of that Monday where no day is said."""
    return local(BERLIN, f"{day} {clock}")


async def settle(world: World, user: str, preferences: Preferences) -> None:
    person = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert person is not None
    await world.huddle.storage.write(lambda s: s.people.save(replace(person, preferences=preferences)))


async def alarm(world: World, user: str, kind: AlarmKind) -> datetime | None:
    person = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert person is not None
    found = await world.huddle.storage.read(lambda s: s.alarms.get(kind, person.id))
    return found.at if found else None


# -- not asked yet


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("2h", "09:00"),
        ("at 9:15", "09:15"),
        ("until 10", "10:00"),
        ("150", "09:30"),
        ("150 minutes", "09:30"),
        ("in two hours", "09:00"),
        ("1h30", "08:30"),
        ("2 hours 15 min.", "09:15"),
        ("noon", "12:00"),
    ],
)
async def test_a_question_that_is_still_to_come_comes_at_that_time_instead(
    tmp_path: Path, typed: str, clock: str
) -> None:
    world = await a_world(tmp_path)
    told = await world.command(BEN, f"later {typed}")
    assert f"comes Mon {clock} instead of 08:45" in told
    await world.go(at(clock).replace(second=0) - (at("00:01") - at("00:00")))
    assert not world.dm(BEN)
    await world.go(at(clock))
    assert len(world.dm(BEN)) == 1
    assert asks_openly(world.last(BEN).text)
    await world.go(at("17:00"))
    assert sum("How would" in m.text or asks_openly(m.text) for m in world.dm(BEN)) == 1, "it is asked once"
    await world.go(at("08:45", TUESDAY))
    assert len(world.dm(BEN)) == 2, "the next morning is as always"
    world.close()


async def test_it_may_also_be_asked_sooner(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.command(BEN, "later at 8:35")
    await world.go(at("08:35"))
    assert len(world.dm(BEN)) == 1
    await world.go(at("09:00"))
    assert len(world.dm(BEN)) == 1
    world.close()


async def test_one_put_off_twice_comes_once_at_the_last_time(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.command(BEN, "later at 9")
    await world.command(BEN, "later at 10")
    await world.go(at("09:59"))
    assert not world.dm(BEN)
    await world.go(at("10:05"))
    assert len(world.dm(BEN)) == 1
    world.close()


async def test_the_command_and_skip_end_what_was_put_off(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.command(BEN, "later at 10")
    await world.command(BEN)
    await world.command(ANA, "later at 10")
    await world.command(ANA, "skip")
    await world.go(at("11:30"))
    assert len(world.dm(BEN)) == 1
    assert not world.dm(ANA)
    assert await alarm(world, ANA, AlarmKind.LATER) is None
    world.close()


# -- open


async def test_an_open_question_is_brought_back_by_one_message(monday: World) -> None:
    question = monday.last(BEN).text.splitlines()[-1]
    assert "I'll bring your question back Mon 10:06" in await monday.command(BEN, "later 20m")
    await monday.go(at("10:05"))
    assert len(monday.dm(BEN)) == 1
    await monday.go(at("10:06"))
    assert monday.last(BEN).text == f"You asked me to come back to this.\n{question}"
    await monday.go(at("17:00"))
    assert len(monday.dm(BEN)) == 2
    await monday.say(BEN, "call Jonas by 17:20")
    await monday.press(BEN, "Commit")
    assert "Committed" in monday.last(BEN).text


async def test_what_stands_open_comes_back_as_it_stands_with_its_buttons(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    draft = monday.last(BEN)
    await monday.command(BEN, "later 1h")
    await monday.go(at("10:46"))
    again = monday.last(BEN)
    assert "You asked me to come back to this.\nShall this be your commitment?" in again.text
    await monday.tap(BEN, draft.buttons["Commit"], draft)
    assert "We've moved on since" in draft.text, "the newest message is the one to answer"
    await monday.press(BEN, "Commit", again)
    assert again.text.startswith("Committed:")


async def test_a_word_or_a_tap_takes_up_the_conversation_and_nothing_comes_back(monday: World) -> None:
    await monday.command(BEN, "later 20m")
    await monday.say(BEN, "the Zumtobel people are difficult")
    count = len(monday.dm(BEN))
    await monday.go(at("12:00"))
    assert len(monday.dm(BEN)) == count


async def test_it_is_decided_again_when_it_is_sent(monday: World) -> None:
    await monday.command(BEN, "later 20m")
    await monday.huddle.storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, at("10:06"), 600))
    await monday.go(at("10:07"))
    await monday.command(BEN, "skip")
    await monday.go(at("12:00"))
    assert not any("come back to this" in m.text for m in monday.dm(BEN))


async def test_nothing_comes_back_to_somebody_who_stopped_or_is_away_by_then(monday: World) -> None:
    await monday.command(BEN, "later 20m")
    await monday.command(BEN, "stop")
    await monday.command(ANA, "later 20m")
    await settle(monday, ANA, Preferences(absences=(Absence(date(2026, 11, 23), date(2026, 11, 23)),)))
    await monday.go(at("17:00"))
    assert len(monday.dm(BEN)) == len(monday.dm(ANA)) == 1


# -- over, or left out


async def test_after_a_skip_it_asks_once_more(monday: World) -> None:
    await monday.command(BEN, "skip")
    assert "I'll ask you once more Mon 10:46" in await monday.command(BEN, "later 1h")
    count = len(monday.dm(BEN))
    await monday.go(at("10:46"))
    assert len(monday.dm(BEN)) == count + 1
    assert asks_openly(monday.last(BEN).text)


async def test_on_a_day_that_was_to_be_quiet_it_is_their_own_wish_that_counts(monday: World) -> None:
    await monday.say(BEN, "I had a panic attack this morning in the car")
    count = len(monday.dm(BEN))
    await monday.command(BEN, "later 1h")
    await monday.go(at("11:00"))
    assert len(monday.dm(BEN)) == count + 1


# -- limits and trouble


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8h", "from 08:30 to 17:30 only"),
        ("at 17:30", "from 08:30 to 17:30 only"),
        ("at 8pm", "from 08:30 to 17:30 only"),
        ("tomorrow", "not to another one"),
        ("20h", "not to another one"),
        ("friday 9:00", "not to another one"),
        ("at 8:00", "gone by"),
        ("0", "gone by"),
        ("blue", "couldn't read a time"),
        ("call Anna", "couldn't read a time"),
        ("999 years", "couldn't read a time"),
        ("...", "couldn't read a time"),
    ],
)
async def test_what_cannot_be_is_said_and_changes_nothing(monday: World, typed: str, words: str) -> None:
    assert words in await monday.command(BEN, f"later {typed}")
    assert await alarm(monday, BEN, AlarmKind.LATER) is None
    await monday.go(at("17:25"))
    assert len(monday.dm(BEN)) == 1


async def test_on_a_day_off_nothing_is_put_off(tmp_path: Path) -> None:
    world = await a_world(tmp_path, start=local(BERLIN, "2026-11-22 10:00"))
    assert "Today is a day off" in await world.command(BEN, "later 20m")
    world.close()


async def test_the_evening_before_it_is_put_off_within_the_evening(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await settle(world, BEN, Preferences(evening=True))
    await world.go(at("16:45"))
    count = len(world.dm(BEN))
    await world.command(BEN, "later 20m")
    await world.go(at("17:05"))
    assert len(world.dm(BEN)) == count + 1
    assert "come back to this" in world.last(BEN).text
    world.close()


async def test_somebody_asked_in_the_evening_may_have_it_later_that_evening(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await settle(world, BEN, Preferences(evening=True))
    await world.go(at("16:00"))
    await world.command(BEN, "skip")
    count = len(world.dm(BEN))
    assert "comes Mon 17:10 instead of 16:45" in await world.command(BEN, "later at 17:10")
    await world.go(at("17:09"))
    assert len(world.dm(BEN)) == count
    await world.go(at("17:10"))
    assert len(world.dm(BEN)) == count + 1
    assert "A look ahead to Tuesday" in world.last(BEN).text
    world.close()


# -- the button


async def tuesday(world: World) -> None:
    await world.go(at("09:46", TUESDAY))


async def test_the_button_brings_it_back_in_half_an_hour_and_says_so_in_place(monday: World) -> None:
    assert not monday.last(BEN).buttons, "the very first question says what this is, and stays"
    await tuesday(monday)
    opening = monday.last(BEN)
    question = opening.text.splitlines()[-1]
    assert list(opening.buttons) == ["In 30 minutes"]
    await monday.press(BEN, "In 30 minutes")
    assert opening.text == f"{question}\nI'll bring it back Tue 10:16. Answer sooner whenever you like."
    count = len(monday.dm(BEN))
    await monday.go(at("10:17", TUESDAY))
    assert len(monday.dm(BEN)) == count + 1
    assert monday.last(BEN).text == f"You asked me to come back to this.\n{question}"


async def test_an_old_button_shows_what_is_true_and_somebody_elses_does_nothing(monday: World) -> None:
    await tuesday(monday)
    opening = monday.last(BEN)
    button = opening.buttons["In 30 minutes"]
    await monday.tap(ANA, button, opening)
    assert await alarm(monday, BEN, AlarmKind.LATER) is None
    assert await alarm(monday, ANA, AlarmKind.LATER) is None
    await monday.say(BEN, "the Zumtobel people are difficult")
    await monday.tap(BEN, button, opening)
    assert "We've moved on since" in opening.text
    assert await alarm(monday, BEN, AlarmKind.LATER) is None


@pytest.mark.parametrize("value", ["", "|", "x|0", "x", "9" * 300])
async def test_a_forged_value_does_nothing(monday: World, value: str) -> None:
    await tuesday(monday)
    opening = monday.last(BEN)
    before = opening.text
    await monday.tap(BEN, opening.buttons["In 30 minutes"] | {"value": value}, opening)
    assert opening.text == before
    assert await alarm(monday, BEN, AlarmKind.LATER) is None


async def test_late_in_the_day_it_is_not_offered_and_an_old_one_says_why(monday: World) -> None:
    await tuesday(monday)
    opening = monday.last(BEN)
    monday.now = at("17:05", TUESDAY)
    await monday.press(BEN, "In 30 minutes")
    assert "too little left of your working day" in opening.text
    assert await alarm(monday, BEN, AlarmKind.LATER) is None
    await monday.command(BEN, "skip")
    await monday.command(BEN)
    assert "In 30 minutes" not in monday.last(BEN).buttons


async def test_the_hours_are_the_teams(tmp_path: Path) -> None:
    from tests.support.team import times

    plan = times()
    plan = replace(plan, times=replace(plan.times, hours=replace(plan.times.hours, end=time(15, 0))))
    world = await a_world(tmp_path, plan)
    await world.go(at("10:00"))
    assert "from 08:30 to 15:00 only" in await world.command(BEN, "later at 3pm")
    world.close()
