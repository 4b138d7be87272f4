"""The outbox: each key once, the urgent first, a channel one message at a time, updates only where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.ports.messages import Delivery, Lane, Message, Op, Outgoing, Rendered
from storage.outbox import EXPIRED, NEVER_POSTED, SUPERSEDED
from storage.sqlite import SqliteStorage, SqlStore
from tests.storage.rows import AT, WORKSPACE

LEASE = timedelta(seconds=25)
NEXT = AT + timedelta(minutes=1)
END = AT + timedelta(hours=8)
BLOCKS: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "Grüß dich 🎯"}}]


async def put(
    storage: SqliteStorage,
    key: str,
    channel: str = "UANA",
    lane: Lane = Lane.REPLY,
    *,
    target: str | None = None,
    due_at: datetime = AT,
    expires_at: datetime = END,
) -> bool:
    """A row whose words name its key."""
    op = Op.POST if target is None else Op.UPDATE
    outgoing = Outgoing(key, WORKSPACE, channel, lane, Message("none"), due_at, expires_at, op, target)
    return await storage.write(lambda s: s.outbox.add(outgoing, Rendered(f"words of {key}", BLOCKS), f"d-{key}", AT))


async def claim(storage: SqliteStorage, at: datetime = AT, count: int = 10) -> Sequence[Delivery]:
    return await storage.write(lambda s: s.outbox.claim(at, at + LEASE, count))


def keys(claimed: Sequence[Delivery]) -> list[str]:
    return [one.key for one in claimed]


async def send(storage: SqliteStorage, claimed: Sequence[Delivery], ts: str = "1.1") -> None:
    for one in claimed:
        await storage.write(lambda s, one=one: s.outbox.sent(one.id, f"D{one.channel[1:]}", ts))  # type: ignore[misc]


async def column(storage: SqliteStorage, key: str, name: str) -> Any:
    def work(store: object) -> Any:
        assert isinstance(store, SqlStore)
        query = f"SELECT {name} FROM outbox WHERE key = '{key}'"
        return store.session.connection().exec_driver_sql(query).scalar()

    return await storage.read(work)


async def state(storage: SqliteStorage, key: str) -> tuple[str, str | None]:
    return await column(storage, key, "state"), await column(storage, key, "reason")


# -- claiming


async def test_a_key_is_kept_once_for_ever(storage: SqliteStorage) -> None:
    assert await put(storage, "k")
    assert not await put(storage, "k")
    await send(storage, await claim(storage))
    assert not await put(storage, "k")
    assert await claim(storage, NEXT) == []


async def test_a_claimed_row_has_all_that_sending_needs(storage: SqliteStorage) -> None:
    await put(storage, "k", expires_at=END)
    (claimed,) = await claim(storage)
    assert claimed == Delivery(
        id=claimed.id,
        key="k",
        workspace=WORKSPACE,
        channel="UANA",
        op=Op.POST,
        text="words of k",
        blocks=BLOCKS,
        expires_at=END,
        attempts=1,
        delivery_id="d-k",
        lease_until=AT + LEASE,
    )


async def test_the_more_urgent_lane_goes_first_and_within_a_lane_the_older(storage: SqliteStorage) -> None:
    for n, lane in enumerate((Lane.WINS, Lane.SUMMARY, Lane.NUDGE, Lane.MORNING, Lane.MORNING, Lane.REPLY)):
        await put(storage, f"{lane.name}{n}", f"U{n}", lane)
    assert keys(await claim(storage)) == ["REPLY5", "MORNING3", "MORNING4", "NUDGE2", "SUMMARY1", "WINS0"]


async def test_a_channel_is_sent_one_message_at_a_time(storage: SqliteStorage) -> None:
    await put(storage, "a1")
    await put(storage, "a2")
    await put(storage, "b1", "UBEN")
    first = await claim(storage)
    assert keys(first) == ["a1", "b1"]
    assert keys(await claim(storage)) == []
    await send(storage, first[:1])
    assert keys(await claim(storage)) == ["a2"]


async def test_no_more_than_asked_for_is_claimed(storage: SqliteStorage) -> None:
    for n in range(5):
        await put(storage, f"k{n}", f"U{n}")
    assert keys(await claim(storage, count=2)) == ["k0", "k1"]
    assert keys(await claim(storage, count=9)) == ["k2", "k3", "k4"]


async def test_what_is_not_due_yet_waits(storage: SqliteStorage) -> None:
    await put(storage, "k", due_at=NEXT)
    assert await storage.read(lambda s: s.outbox.waiting(AT)) == 0
    assert await claim(storage) == []
    assert await storage.read(lambda s: s.outbox.waiting(NEXT)) == 1
    assert keys(await claim(storage, NEXT)) == ["k"]


async def test_what_slack_could_not_take_waits_as_long_as_slack_said(storage: SqliteStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.retry(first.id, NEXT, "ratelimited"))
    assert await state(storage, "k") == ("waiting", "ratelimited")
    assert await claim(storage, NEXT - timedelta(microseconds=1)) == []
    (again,) = await claim(storage, NEXT)
    assert (again.attempts, again.text, again.delivery_id) == (2, first.text, first.delivery_id)


async def test_a_row_whose_lease_ended_can_be_claimed_again_and_not_before(storage: SqliteStorage) -> None:
    await put(storage, "a1")
    await put(storage, "a2")
    await claim(storage)
    assert await claim(storage, AT + LEASE - timedelta(microseconds=1)) == []
    (again,) = await claim(storage, AT + LEASE)
    assert (again.key, again.attempts, again.lease_until) == ("a1", 2, AT + LEASE + LEASE)


async def test_a_refused_message_stays_with_its_reason_and_is_not_tried_again(storage: SqliteStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.failed(first.id, "channel_not_found"))
    assert await state(storage, "k") == ("failed", "channel_not_found")
    assert await claim(storage, NEXT) == []


async def test_what_was_sent_keeps_its_place_and_forgets_its_words(storage: SqliteStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.sent(first.id, "D1", "1.5"))
    assert await state(storage, "k") == ("sent", None)
    assert await column(storage, "k", "text") == ""
    assert "Grüß" not in str(await column(storage, "k", "blocks"))
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "D1", "1.5")) == "k"
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "D1", "1.6")) is None
    assert await storage.read(lambda s: s.outbox.key_at("T02OTHER", "D1", "1.5")) is None
    assert await storage.read(lambda s: s.outbox.waiting(NEXT)) == 0


@pytest.mark.parametrize("late", ["retry", "failed"])
async def test_a_sender_that_comes_too_late_does_not_bring_back_what_was_sent(
    storage: SqliteStorage, late: str
) -> None:
    """A laptop that slept: the lease ended, the row was claimed again and sent."""
    await put(storage, "k")
    (slow,) = await claim(storage)
    await send(storage, await claim(storage, AT + LEASE))
    if late == "retry":
        await storage.write(lambda s: s.outbox.retry(slow.id, NEXT, "ratelimited"))
    else:
        await storage.write(lambda s: s.outbox.failed(slow.id, "timeout"))
    assert await state(storage, "k") == ("sent", None)


# -- too late


async def test_what_could_not_be_sent_in_time_is_skipped_with_a_reason(storage: SqliteStorage) -> None:
    await put(storage, "late", expires_at=NEXT)
    await put(storage, "ok", "UBEN")
    assert not await storage.read(lambda s: s.outbox.has_expired(NEXT - timedelta(microseconds=1)))
    assert await storage.read(lambda s: s.outbox.has_expired(NEXT))
    assert await storage.write(lambda s: s.outbox.skip_expired(NEXT)) == 1
    assert await state(storage, "late") == ("skipped", EXPIRED)
    assert not await storage.read(lambda s: s.outbox.has_expired(NEXT))
    assert keys(await claim(storage, NEXT)) == ["ok"]


async def test_what_is_late_is_not_claimed_even_before_somebody_skips_it(storage: SqliteStorage) -> None:
    await put(storage, "late", expires_at=NEXT)
    assert await claim(storage, NEXT) == []
    assert keys(await claim(storage, NEXT - timedelta(microseconds=1))) == ["late"]


async def test_a_call_under_way_is_not_called_late_until_its_lease_ends(storage: SqliteStorage) -> None:
    await put(storage, "k", expires_at=AT + timedelta(seconds=5))
    await claim(storage)
    assert await storage.write(lambda s: s.outbox.skip_expired(AT + timedelta(seconds=10))) == 0
    assert await storage.write(lambda s: s.outbox.skip_expired(AT + LEASE)) == 1


# -- updates


async def test_an_update_waits_for_its_message_and_then_knows_its_place(storage: SqliteStorage) -> None:
    await put(storage, "p")
    posting = await claim(storage)
    await put(storage, "u", target="p")
    assert await claim(storage, AT) == []
    await send(storage, posting, "1.7")
    (update,) = await claim(storage)
    assert (update.op, update.slack_channel, update.slack_ts) == (Op.UPDATE, "DANA", "1.7")


async def test_an_update_waits_while_its_message_waits_for_slack(storage: SqliteStorage) -> None:
    await put(storage, "p", lane=Lane.MORNING)
    (post,) = await claim(storage)
    await storage.write(lambda s: s.outbox.retry(post.id, NEXT, "ratelimited"))
    await put(storage, "u", target="p")
    assert await claim(storage) == []
    assert keys(await claim(storage, NEXT)) == ["p"]


async def test_updates_that_wait_do_not_hold_up_anybody_else(storage: SqliteStorage) -> None:
    for n in range(9):
        await put(storage, f"p{n}", f"U{n}", Lane.MORNING)
    for post in await claim(storage):
        await storage.write(lambda s, post=post: s.outbox.retry(post.id, NEXT, "ratelimited"))  # type: ignore[misc]
    for n in range(9):
        await put(storage, f"u{n}", f"U{n}", target=f"p{n}")
    await put(storage, "other", "UBEN", Lane.WINS)
    assert keys(await claim(storage, count=1)) == ["other"]


async def test_messages_that_wait_for_a_busy_channel_do_not_hold_up_anybody_else(storage: SqliteStorage) -> None:
    for n in range(9):
        await put(storage, f"a{n}")
    await put(storage, "other", "UBEN", Lane.WINS)
    assert keys(await claim(storage, count=1)) == ["a0"]
    assert keys(await claim(storage, count=1)) == ["other"]


@pytest.mark.parametrize("end", ["failed", "skipped", "never there"])
async def test_an_update_of_a_message_that_was_never_posted_is_skipped(storage: SqliteStorage, end: str) -> None:
    if end != "never there":
        await put(storage, "p", expires_at=NEXT)
        (post,) = await claim(storage)
        if end == "failed":
            await storage.write(lambda s: s.outbox.failed(post.id, "channel_not_found"))
        else:
            assert await storage.write(lambda s: s.outbox.skip_expired(NEXT)) == 1
    await put(storage, "u", target="p")
    assert await claim(storage, NEXT) == []
    assert await state(storage, "u") == ("skipped", NEVER_POSTED)


async def test_an_update_of_a_message_in_another_channel_is_skipped(storage: SqliteStorage) -> None:
    """Whatever key an update is given, nobody's words can end up in somebody else's conversation."""
    await put(storage, "p", "UBEN")
    await send(storage, await claim(storage))
    await put(storage, "u", "UANA", target="p")
    assert await claim(storage) == []
    assert await state(storage, "u") == ("skipped", NEVER_POSTED)


async def test_a_newer_update_takes_the_place_of_one_that_waits(storage: SqliteStorage) -> None:
    await put(storage, "p")
    posting = await claim(storage)
    await put(storage, "u1", target="p")
    await put(storage, "u2", target="p")
    await put(storage, "other", "UBEN", target="p2")
    await put(storage, "u3", target="p")
    assert await state(storage, "u1") == ("skipped", SUPERSEDED)
    assert await state(storage, "u2") == ("skipped", SUPERSEDED)
    assert await state(storage, "other") == ("waiting", None)
    await send(storage, posting)
    assert keys(await claim(storage)) == ["u3"]


async def test_an_update_that_slack_put_off_does_not_come_back_over_a_newer_one(storage: SqliteStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage))
    await put(storage, "old", target="p")
    (old,) = await claim(storage)
    await put(storage, "new", target="p")
    await storage.write(lambda s: s.outbox.retry(old.id, NEXT, "ratelimited"))
    new = await claim(storage)
    assert keys(new) == ["new"]
    await send(storage, new)
    assert keys(await claim(storage, NEXT)) == []
    assert await state(storage, "old") == ("skipped", SUPERSEDED)


async def test_an_update_does_not_change_where_its_message_is(storage: SqliteStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage), "1.7")
    for key in ("u1", "u2"):
        await put(storage, key, target="p")
        (update,) = await claim(storage)
        assert update.slack_ts == "1.7"
        await send(storage, [update], "1.7")
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "DANA", "1.7")) == "p"
