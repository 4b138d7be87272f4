"""What an operator sees of the deliveries, and what trying again does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.intake import MOST_FAILURES
from bot.delivery_commands import lines, overview, take_up
from bot.errors import HuddleError
from bot.ports.slack import Refused, TryLater
from bot.services.people import Member
from bot.services.reach import large_mornings, unreached
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, MARIA, PLAN
from tests.support.world import World, local


async def told(world: World) -> list[str]:
    return await world.huddle.storage.read(lambda s: lines(overview(s, world.now, 2), world.now))


async def test_a_quiet_day_is_one_sentence(monday: World) -> None:
    assert await told(monday) == ["Nothing is waiting, nothing failed, and everybody is reached tomorrow."]


async def test_what_slack_cannot_take_now_is_waiting_with_its_reason_and_nobodys_words(monday: World) -> None:
    monday.slack.failures = [TryLater("no connection to Slack", 30)]
    await monday.say(BEN, "send the Kessler offer by 2pm")
    waiting = await told(monday)
    assert waiting[0] == "Waiting:"
    assert "reply to Ben Krug (UBEN)" in waiting[1]
    assert "no connection to Slack" in waiting[1]
    assert "Kessler" not in str(waiting)


async def test_a_refused_message_can_be_tried_again_while_it_is_in_time(monday: World) -> None:
    monday.slack.failures = [Refused("channel_not_found")]
    await monday.say(BEN, "send the Kessler offer by 2pm")
    before = len(monday.dm(BEN))
    failed = await told(monday)
    assert failed[0] == "Failed:"
    number = failed[1].split()[0]
    assert "channel_not_found (can be tried again)" in failed[1]
    assert await monday.huddle.storage.write(lambda s: take_up(s, number, monday.now)) == 1
    await monday.settle()
    assert len(monday.dm(BEN)) == before + 1
    assert "Kessler" in monday.last(BEN).text


async def test_a_refused_message_whose_time_is_over_is_not_tried_again_and_its_words_are_gone(monday: World) -> None:
    monday.slack.failures = [Refused("channel_not_found")]
    await monday.say(BEN, "send the Kessler offer by 2pm")
    number = (await told(monday))[1].split()[0]
    await monday.wait(hours=13)
    with pytest.raises(HuddleError, match="too late"):
        await monday.huddle.storage.write(lambda s: take_up(s, number, monday.now))
    assert b"Kessler offer" not in await asyncio.to_thread(_outbox_words, monday)


def _outbox_words(world: World) -> bytes:
    import sqlite3

    connection = sqlite3.connect(world.database)
    try:
        return "".join(row[0] for row in connection.execute("SELECT text FROM outbox WHERE state = 'failed'")).encode()
    finally:
        connection.close()


async def test_an_event_that_keeps_failing_is_set_aside_shown_and_taken_up_by_command(
    monday: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = monday.coach.read

    async def broken(_heard: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(type(monday.coach), "read", staticmethod(broken))
    await monday.say(BEN, "send the Kessler offer by 2pm")
    for _ in range(MOST_FAILURES):
        await monday.wait(seconds=60)
    found = await told(monday)
    assert found[0].startswith("Set aside")
    assert "Ben Krug (UBEN)" in found[1]
    assert f"ZeroDivisionError after {MOST_FAILURES} tries" in found[1]
    monkeypatch.setattr(type(monday.coach), "read", real.__func__)
    before = len(monday.dm(BEN))
    assert await monday.huddle.storage.write(lambda s: take_up(s, "all", monday.now)) == 1
    await monday.settle()
    assert len(monday.dm(BEN)) == before + 1
    assert await told(monday) == ["Nothing is waiting, nothing failed, and everybody is reached tomorrow."]


@pytest.mark.parametrize("what", ["in:999", "out:999", "x", "in:", "out:abc", "12"])
async def test_what_is_not_there_is_told_in_a_sentence(monday: World, what: str) -> None:
    with pytest.raises(HuddleError, match=what):
        await monday.huddle.storage.write(lambda s: take_up(s, what, monday.now))


async def test_who_will_not_be_reached_tomorrow_is_named_with_the_reason(monday: World) -> None:
    await monday.say(ANA, "stop")
    monday.slack.failures = [Refused("user_disabled")]
    await monday.say(BEN, "hello")
    found = await monday.huddle.storage.read(lambda s: unreached(s, monday.now))
    assert [(u.slack_id, u.why) for u in found] == [
        (ANA, "asked for no messages on 23 Nov 2026"),
        (BEN, "Slack refused the last message: user_disabled"),
    ]


async def test_on_a_friday_tomorrow_is_no_working_day(monday: World) -> None:
    await monday.go(local(BERLIN, "2026-11-27 12:00"))
    found = await monday.huddle.storage.read(lambda s: unreached(s, monday.now))
    assert {(u.slack_id, u.why) for u in found} == {(who, "Saturday is no working day") for who in (ANA, BEN, MARIA)}


async def test_a_wins_channel_that_refused_is_among_them(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 10am")
    await monday.press(BEN, "Commit")
    await monday.wait(minutes=30)
    await monday.say(BEN, "done")
    await monday.go(local(BERLIN, "2026-11-27 14:59"))
    monday.slack.failures = [Refused("is_archived")]
    await monday.go(local(BERLIN, "2026-11-27 15:01"))
    found = await monday.huddle.storage.read(lambda s: unreached(s, monday.now))
    assert [(u.slack_id, u.why) for u in found if u.slack_id == CHANNEL] == [(CHANNEL, "Slack refused: is_archived")]


async def test_a_large_morning_is_told_as_a_window(monday: World) -> None:
    reps = tuple(Member(f"U{n:03d}", f"Rep {n}", BERLIN) for n in range(300))
    await monday.apply(replace(PLAN, reps=reps))
    found = await monday.huddle.storage.read(lambda s: large_mornings(s, monday.now))
    assert [str(one) for one in found] == ["300 reps: 08:45–08:47 (Europe/Berlin)"]


async def test_a_large_morning_goes_out_at_the_pace_of_the_workspace_and_replies_are_not_held_up(monday: World) -> None:
    reps = tuple(Member(f"U{n:03d}", f"Rep {n}", BERLIN) for n in range(120))
    await monday.apply(replace(PLAN, reps=reps))
    monday.now = local(BERLIN, "2026-11-24 08:45")
    await monday.huddle.settle()
    first = len(monday.slack.messages)
    asked = next(r.slack_id for r in reps if monday.dm(r.slack_id))
    monday.now += timedelta(seconds=1)
    await monday.say(asked, "call the two warm leads by 11am", settle=False)
    await monday.huddle.settle()
    assert len(monday.dm(asked)) == 2, "the answer went before the mornings that were still waiting"
    assert len(monday.slack.messages) < first + 10
    for _ in range(60):
        monday.now += timedelta(seconds=1)
        await monday.huddle.settle()
    assert all(monday.dm(r.slack_id) for r in reps)
