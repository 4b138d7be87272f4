"""Slack's events overtake one another: a change may come before the message that it changes."""

from __future__ import annotations

from typing import Any

from bot.services.rereading import MOST_WAITS, WAIT
from tests.support.team import BEN
from tests.support.world import World


def _ts(world: World, after: float = 0.0) -> str:
    return f"{world.now.timestamp() + after:.6f}"


def _said(world: World, text: str, ts: str) -> dict[str, Any]:
    place = {"channel": f"D{BEN[1:]}", "channel_type": "im"}
    return {"type": "message", "user": BEN, "text": text, "ts": ts, "event_ts": ts} | place


def _changed(world: World, subtype: str, ts: str, **more: Any) -> dict[str, Any]:
    later = f"{float(ts) + 3:.6f}"
    place = {"channel": f"D{BEN[1:]}", "channel_type": "im"}
    return {"type": "message", "subtype": subtype, "ts": later, "event_ts": later} | place | more


async def test_an_edit_that_comes_first_waits_for_its_message_and_then_counts(monday: World) -> None:
    ts, user = _ts(monday), {"user": BEN}
    edited = {"text": "send the Kessler offer by 4pm", "ts": ts, "edited": {"user": BEN, "ts": f"{float(ts) + 3:.6f}"}}
    before = {"text": "send the Kessler offer by 2pm", "ts": ts}
    await monday.event(_changed(monday, "message_changed", ts, message=user | edited, previous_message=user | before))
    assert len(monday.dm(BEN)) == 1
    await monday.event(_said(monday, "send the Kessler offer by 2pm", ts))
    await monday.wait(seconds=10)
    assert "by *Mon 16:00*" in monday.last(BEN).text


async def test_a_deletion_that_comes_first_takes_the_message_with_it(monday: World) -> None:
    ts = _ts(monday)
    previous = {"user": BEN, "text": "", "ts": ts}
    await monday.event(_changed(monday, "message_deleted", ts, deleted_ts=ts, previous_message=previous))
    await monday.wait(minutes=2)
    await monday.event(_said(monday, "something I should not have said", ts))
    await monday.wait(seconds=10)
    assert len(monday.dm(BEN)) == 1


async def test_a_change_whose_message_never_comes_holds_nobody_up_for_long(monday: World) -> None:
    ts = _ts(monday)
    previous = {"user": BEN, "text": "", "ts": ts}
    await monday.event(_changed(monday, "message_deleted", ts, deleted_ts=ts, previous_message=previous))
    await monday.event(_said(monday, "send the Kessler offer by 2pm", f"{float(ts) + 10:.6f}"))
    for _ in range(MOST_WAITS - 1):
        assert len(monday.dm(BEN)) == 1
        await monday.wait(seconds=WAIT)
    await monday.wait(seconds=2 * WAIT)
    assert "Kessler" in monday.last(BEN).text


async def test_messages_that_come_in_the_wrong_order_are_answered_in_the_right_one(monday: World) -> None:
    first, second = _ts(monday), _ts(monday, 2)
    await monday.event(_said(monday, "make it 4pm", second), settle=False)
    await monday.event(_said(monday, "send the Kessler offer by 2pm", first))
    assert "by *Mon 16:00*" in monday.last(BEN).text


async def test_a_change_in_the_same_moment_is_still_a_change_of_its_message(monday: World) -> None:
    """Both are told with one time, and the change is delivered first."""
    ts, user = _ts(monday), {"user": BEN}
    edited = {"text": "send the Kessler offer by 4pm", "ts": ts, "edited": {"user": BEN, "ts": ts}}
    before = {"text": "send the Kessler offer by 2pm", "ts": ts}
    change = _changed(monday, "message_changed", ts, message=user | edited, previous_message=user | before)
    await monday.event(change | {"ts": ts, "event_ts": ts}, settle=False)
    await monday.event(_said(monday, "send the Kessler offer by 2pm", ts))
    await monday.wait(seconds=10)
    assert "by *Mon 16:00*" in monday.last(BEN).text
