"""The sender: each message once, one at a time in a channel, and none lost to a rate limit, a refusal or a timeout."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.delivery import sender as module
from bot.delivery.sender import AT_ONCE, HTTP_TIMEOUT, LEASE, Sender
from bot.ports.messages import Delivery, Lane, Message, Op, Outgoing, Rendered
from bot.ports.slack import Posted, Refused, TryLater
from bot.ports.storage import Store
from storage.sqlite import SqliteStorage, SqlStore
from tests.bot.delivery.conftest import Watch

SOON = 5.0


@dataclass
class FakeSlack:
    """Implements the messenger: what it is told to do for a key it does first, in order; then it posts."""

    troubles: dict[str, list[Exception | None]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    posted: list[Delivery] = field(default_factory=list)
    busy: Counter[str] = field(default_factory=Counter)
    most_in_a_channel: int = 0
    most: int = 0

    async def deliver(self, delivery: Delivery) -> Posted:
        self.calls.append(delivery.key)
        self.busy[delivery.channel] += 1
        self.most_in_a_channel = max(self.most_in_a_channel, self.busy[delivery.channel])
        self.most = max(self.most, self.busy.total())
        try:
            for _ in range(5):
                await asyncio.sleep(0)
            if delivery.key in self.silent:
                await asyncio.Event().wait()
            if (planned := self.troubles.get(delivery.key)) and (trouble := planned.pop(0)):
                raise trouble
        finally:
            self.busy[delivery.channel] -= 1
        self.posted.append(delivery)
        return Posted(f"D{delivery.channel[1:]}", f"{len(self.posted)}.0")

    def sent(self) -> list[str]:
        return [one.key for one in self.posted]


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()


@pytest.fixture
def sender(storage: SqliteStorage, slack: FakeSlack, watch: Watch) -> Sender:
    return Sender(storage, slack, watch)


async def put(
    storage: SqliteStorage,
    key: str,
    channel: str = "UANA",
    lane: Lane = Lane.REPLY,
    target: str | None = None,
    lasts: timedelta = timedelta(hours=8),
) -> None:
    at = Watch().now
    op = Op.POST if target is None else Op.UPDATE
    outgoing = Outgoing(key, "T1", channel, lane, Message("none"), at, at + lasts, op, target)
    await storage.write(lambda s: s.outbox.add(outgoing, Rendered(f"secret {key}", []), f"d-{key}", at))


async def row(storage: SqliteStorage, key: str) -> tuple[str, int, str | None]:
    """State, attempts and reason."""

    def work(store: Store) -> tuple[str, int, str | None]:
        assert isinstance(store, SqlStore)
        query = f"SELECT state, attempts, reason FROM outbox WHERE key = '{key}'"
        found = store.session.connection().exec_driver_sql(query).one()
        return found[0], found[1], found[2]

    return await storage.read(work)


async def settle(sender: Sender) -> None:
    async with asyncio.timeout(SOON):
        await sender.settle()


async def test_what_waits_is_sent_the_most_urgent_first(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage
) -> None:
    await put(storage, "wins", "C1", Lane.WINS)
    await put(storage, "morning", lane=Lane.MORNING)
    await put(storage, "reply")
    await settle(sender)
    assert slack.calls == ["reply", "wins", "morning"]
    assert await row(storage, "reply") == ("sent", 1, None)
    assert await storage.read(lambda s: s.outbox.key_at("T1", "DANA", "1.0")) is not None


async def test_nothing_that_was_sent_is_sent_again(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    for n in range(12):
        await put(storage, f"k{n}", f"U{n % 3}")
    for _ in range(4):
        await settle(sender)
        watch.on(LEASE.total_seconds())
    assert sorted(slack.calls) == sorted(f"k{n}" for n in range(12))


async def test_a_channel_gets_one_message_at_a_time_in_order_and_channels_go_side_by_side(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage
) -> None:
    for n in range(5):
        for channel in ("UANA", "UBEN", "UCY"):
            await put(storage, f"{channel}{n}", channel)
    await settle(sender)
    assert slack.most_in_a_channel == 1
    assert slack.most == 3
    for channel in ("UANA", "UBEN", "UCY"):
        assert [key for key in slack.sent() if key.startswith(channel)] == [f"{channel}{n}" for n in range(5)]


async def test_no_more_than_a_handful_of_calls_are_under_way(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage
) -> None:
    for n in range(AT_ONCE + 6):
        await put(storage, f"k{n}", f"U{n}")
    await settle(sender)
    assert slack.most == AT_ONCE
    assert len(slack.posted) == AT_ONCE + 6


async def test_calls_that_hang_count_among_those_under_way(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage
) -> None:
    slack.silent |= {f"k{n}" for n in range(5)}
    for n in range(5):
        await put(storage, f"k{n}", f"U{n}")
    await sender.work()
    for n in range(5, 5 + AT_ONCE):
        await put(storage, f"k{n}", f"U{n}")
    await sender.work()
    assert len(sender._running) == AT_ONCE
    await sender.stop(0)


async def test_a_rate_limit_is_waited_out_and_others_are_sent_meanwhile(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.troubles["k"] = [TryLater("ratelimited", 30)]
    await put(storage, "k")
    await put(storage, "other", "UBEN")
    await settle(sender)
    assert slack.sent() == ["other"]
    assert await row(storage, "k") == ("waiting", 1, "ratelimited")
    watch.on(29.9)
    await settle(sender)
    assert slack.calls.count("k") == 1
    watch.on(0.1)
    await settle(sender)
    assert slack.sent() == ["other", "k"]
    assert await row(storage, "k") == ("sent", 2, None)


async def test_a_refusal_is_kept_with_slacks_reason_and_not_tried_again(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.troubles["k"] = [Refused("channel_not_found")]
    await put(storage, "k")
    await put(storage, "next")
    await settle(sender)
    watch.on(3600)
    await settle(sender)
    assert await row(storage, "k") == ("failed", 1, "channel_not_found")
    assert slack.sent() == ["next"]


async def test_whoever_asked_for_it_hears_of_a_refusal_in_the_same_transaction(
    slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    told: list[tuple[str, str, datetime]] = []

    def refused(store: Store, delivery: Delivery, reason: str, at: datetime) -> None:
        assert isinstance(store, SqlStore)
        told.append((delivery.key, reason, at))
        raise RuntimeError("and then it fails")

    slack.troubles["k"] = [Refused("not_in_channel")]
    await put(storage, "k", "C1")
    sender = Sender(storage, slack, watch, refused)
    with capture_logs():
        await sender.work()
        await asyncio.gather(*sender._running, return_exceptions=True)
    assert told == [("k", "not_in_channel", watch.now)]
    assert (await row(storage, "k"))[0] == "sending"


@pytest.mark.parametrize("how", ["never answers", "breaks off", "raises what nobody thought of"])
async def test_a_call_whose_end_is_unknown_stays_open_until_its_lease_ends_and_is_then_made_again(
    how: str,
    sender: Sender,
    slack: FakeSlack,
    storage: SqliteStorage,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "HTTP_TIMEOUT", 0.01)
    if how == "never answers":
        slack.silent.add("k")
    else:
        slack.troubles["k"] = [ConnectionResetError() if how == "breaks off" else ZeroDivisionError()]
    await put(storage, "k")
    await put(storage, "next")
    with capture_logs() as lines:
        await settle(sender)
    assert len(lines) == 1
    assert "secret" not in str(lines)
    assert await row(storage, "k") == ("sending", 1, None)
    watch.on(LEASE.total_seconds() - 0.1)
    await settle(sender)
    assert slack.calls == ["k"]
    slack.silent.clear()
    watch.on(0.1)
    await settle(sender)
    assert slack.sent() == ["k", "next"]
    assert slack.posted[0].delivery_id == "d-k"
    assert slack.posted[0].attempts == 2


async def test_a_claim_that_has_not_time_enough_left_for_a_call_is_not_used(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    """A laptop that slept between the claim and the call: somebody else may have the row soon."""
    await put(storage, "k")
    real = storage.write

    async def write(work: Any) -> Any:
        result = await real(work)
        watch.on(LEASE.total_seconds() - HTTP_TIMEOUT + 0.1)
        return result

    storage.write = write  # type: ignore[method-assign]
    await settle(sender)
    storage.write = real  # type: ignore[method-assign]
    assert slack.calls == []
    watch.on(LEASE.total_seconds())
    await settle(sender)
    assert slack.calls == ["k"]


async def test_what_came_too_late_is_not_sent(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    await put(storage, "k", lasts=timedelta(minutes=1))
    watch.on(60)
    await settle(sender)
    assert slack.calls == []


async def test_an_update_goes_to_where_its_message_was_posted(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage
) -> None:
    await put(storage, "p")
    await put(storage, "u", target="p")
    await settle(sender)
    post, update = slack.posted
    assert (post.op, update.op) == (Op.POST, Op.UPDATE)
    assert (update.slack_channel, update.slack_ts) == ("DANA", "1.0")


async def test_stopping_lets_calls_under_way_end(sender: Sender, slack: FakeSlack, storage: SqliteStorage) -> None:
    await put(storage, "k")
    await sender.work()
    await sender.stop(SOON)
    assert await row(storage, "k") == ("sent", 1, None)


async def test_the_worker_sends_when_it_is_rung_and_ends_when_it_is_cancelled(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IDLE", 3600.0)
    storage.after_write = sender.ring
    working = asyncio.create_task(sender.run())
    for n in range(2):
        await put(storage, f"k{n}")
        async with asyncio.timeout(SOON):
            while (await row(storage, f"k{n}"))[0] != "sent":  # noqa: ASYNC110 - any state, no event to wait on
                await asyncio.sleep(0)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    await sender.stop(SOON)
