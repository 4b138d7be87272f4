"""The sender: each message once, one at a time in a channel, and none lost to a rate limit, a refusal or a timeout.

A call can end with nobody knowing what became of it. Then the message is looked for before it is posted again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.delivery import sender as module
from bot.delivery.sender import AT_ONCE, GIVE_UP_LOOKING, HTTP_TIMEOUT, LATE, LEASE, SETTLES, UNKNOWN, Sender
from bot.domain.pace import ONE_COMPLAINT
from bot.ports.counts import LABELS, Event, Measure
from bot.ports.messages import Delivery, Lane, Message, Op, Outgoing, Rendered
from bot.ports.slack import NotAllowed, Posted, Refused, TryLater, Unsure
from bot.ports.storage import Store
from storage.sqlite import SqliteStorage, SqlStore
from tests.bot.delivery.conftest import Watch

SOON = 5.0
LEASED = LEASE.total_seconds()
LASTS = timedelta(hours=8)


@dataclass
class FakeSlack:
    """Implements the messenger: what it is told to do for a key it does first, in order; then it posts.

    Of what is `silent` nothing arrives and nothing is heard; what is `lost` is posted, and that is not heard.
    `blind` is what comes of looking for a message, in order, before it is found or not.
    """

    troubles: dict[str, list[Exception | None]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    blind: list[Exception] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    looked: list[tuple[str, datetime]] = field(default_factory=list)
    posted: list[Delivery] = field(default_factory=list)
    while_looking: Callable[[], None] = lambda: None
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
        if delivery.key in self.lost:
            raise Unsure("the answer was lost")
        return Posted(f"D{delivery.channel[1:]}", f"{len(self.posted)}.0")

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        self.looked.append((delivery.key, since))
        self.while_looking()
        if self.blind:
            raise self.blind.pop(0)
        for n, one in enumerate(self.posted, start=1):
            if one.delivery_id == delivery.delivery_id:
                return Posted(f"D{one.channel[1:]}", f"{n}.0")
        return None

    def sent(self) -> list[str]:
        return [one.key for one in self.posted]


class Tally:
    """Implements the counts, and refuses what nobody declared."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def count(self, event: Event, **labels: str) -> None:
        assert set(labels) == set(LABELS[event])
        assert all(value in LABELS[event][name] for name, value in labels.items())
        self.counted[" ".join([event.value, *labels.values()])] += 1

    def observe(self, measure: Measure, value: float) -> None:
        raise AssertionError(measure)


@pytest.fixture
def slack() -> FakeSlack:
    return FakeSlack()


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def sender(storage: SqliteStorage, slack: FakeSlack, watch: Watch, tally: Tally) -> Sender:
    return Sender(storage, slack, watch, counts=tally)


async def put(
    storage: SqliteStorage,
    key: str,
    channel: str = "UANA",
    lane: Lane = Lane.REPLY,
    target: str | None = None,
    lasts: timedelta = LASTS,
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
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    await put(storage, "wins", "C1", Lane.WINS)
    await put(storage, "morning", lane=Lane.MORNING)
    await put(storage, "reply")
    await settle(sender)
    assert slack.calls == ["reply", "wins"]
    watch.on(1)  # a channel has one post a second
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


async def test_a_channel_gets_one_message_a_second_in_order_and_channels_go_side_by_side(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    for n in range(5):
        for channel in ("UANA", "UBEN", "UCY"):
            await put(storage, f"{channel}{n}", channel)
    for n in range(5):
        await settle(sender)
        assert len(slack.posted) == 3 * (n + 1)
        watch.on(1)
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
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, tally: Tally
) -> None:
    slack.troubles["k"] = [Refused("channel_not_found")]
    await put(storage, "k")
    await put(storage, "next")
    await settle(sender)
    assert tally.counted["sent post refused"] == 1
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


async def test_a_rate_limit_stops_the_whole_workspace_for_as_long_as_slack_says(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, tally: Tally
) -> None:
    slack.troubles["k"] = [TryLater("ratelimited", 30, throttled=True)]
    await put(storage, "k")
    await settle(sender)
    await put(storage, "other", "UBEN")
    watch.on(29.9)
    await settle(sender)
    assert slack.calls == ["k"]
    watch.on(2)
    await settle(sender)
    assert sorted(slack.sent()) == ["k", "other"]
    assert tally.counted["throttled"] == 1
    assert tally.counted["sent post later"] == 1
    assert tally.counted["sent post sent"] == 2


async def test_a_rate_limit_slows_the_workspace_down_afterwards(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    at_once = []
    for round_ in range(2):
        for n in range(30):
            await put(storage, f"{round_}.{n}", f"U{round_}.{n}", Lane.MORNING)
        before = len(slack.calls)
        await settle(sender)
        at_once.append(len(slack.calls) - before)
        if round_ == 0:
            await storage.write(lambda s: s.outbox.throttled("T1", Op.POST, watch.now, 1))
            watch.on(5)
    assert at_once[0] == 14
    assert 0 < at_once[1] < at_once[0]


async def test_calls_that_are_refused_together_slow_the_workspace_down_once(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    for n in range(4):
        slack.troubles[f"k{n}"] = [TryLater("ratelimited", 1, throttled=True)]
        await put(storage, f"k{n}", f"U{n}")
    await settle(sender)
    assert await rate(storage) == 100
    assert timedelta(0) < ONE_COMPLAINT


async def rate(storage: SqliteStorage) -> float:
    def work(store: Store) -> float:
        assert isinstance(store, SqlStore)
        query = "SELECT rate FROM pace WHERE method = 'post'"
        return float(store.session.connection().exec_driver_sql(query).scalar_one())

    return await storage.read(work)


async def test_while_slack_does_not_accept_the_app_every_message_waits_and_none_is_given_up(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.troubles["k"] = [NotAllowed("invalid_auth", 60) for _ in range(40)]
    await put(storage, "k")
    for _ in range(40):
        await settle(sender)
        assert await row(storage, "k") == ("waiting", len(slack.calls), "invalid_auth")
        watch.on(60)
    await settle(sender)
    assert slack.sent() == ["k"]


@pytest.mark.parametrize("looking", [False, True])
async def test_a_wait_of_hours_is_waited_out(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, looking: bool
) -> None:
    """Slack may ask for any number of seconds; a message that is not held back is tried in a circle."""
    wait = TryLater("ratelimited", 7200)
    slack.troubles["k"] = [Unsure("timeout") if looking else wait, None]
    slack.blind = [wait] if looking else []
    await put(storage, "k")
    await settle(sender)
    watch.on(LEASED)
    await settle(sender)
    asked = len(slack.calls) + len(slack.looked)
    watch.on(7199 - LEASED)
    await settle(sender)
    assert len(slack.calls) + len(slack.looked) == asked
    watch.on(LEASED + 1)
    await settle(sender)
    assert slack.sent() == ["k"]


# -- when nobody knows what became of a call


@pytest.mark.parametrize("how", ["never answers", "breaks off", "raises what nobody thought of"])
async def test_a_call_whose_end_is_unknown_stays_open_until_its_lease_ends(
    how: str,
    sender: Sender,
    slack: FakeSlack,
    storage: SqliteStorage,
    watch: Watch,
    tally: Tally,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "HTTP_TIMEOUT", 0.01)
    if how == "never answers":
        slack.silent.add("k")
    else:
        slack.troubles["k"] = [Unsure("ServerDisconnectedError") if how == "breaks off" else ZeroDivisionError(), None]
    await put(storage, "k")
    await put(storage, "next")
    began = watch.now
    with capture_logs() as lines:
        await settle(sender)
    assert len(lines) == 1
    assert "secret" not in str(lines)
    assert tally.counted["sent post error" if how.startswith("raises") else "sent post unsure"] == 1
    assert await row(storage, "k") == ("sending", 1, None)
    watch.on(LEASED - 0.1)
    await settle(sender)
    assert (slack.calls, slack.looked) == (["k"], [])
    slack.silent.clear()
    watch.on(0.1)
    await settle(sender)
    assert slack.looked == [("k", began)]
    watch.on(1)
    await settle(sender)
    assert slack.sent() == ["k", "next"]
    assert slack.posted[0].delivery_id == "d-k"
    assert slack.posted[0].attempts == 2


async def test_a_message_that_is_found_in_slack_is_not_posted_again(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, tally: Tally
) -> None:
    slack.lost.add("k")
    await put(storage, "k")
    await settle(sender)
    assert await row(storage, "k") == ("sending", 1, None)
    watch.on(LEASED)
    await settle(sender)
    assert slack.calls == ["k"]
    assert await row(storage, "k") == ("sent", 2, None)
    assert await storage.read(lambda s: s.outbox.key_at("T1", "DANA", "1.0")) == "k"
    assert tally.counted["reconciled history"] == 1


async def test_a_message_that_is_certainly_not_in_slack_is_posted_again(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, tally: Tally
) -> None:
    slack.troubles["k"] = [Unsure("timeout"), None]
    await put(storage, "k")
    await settle(sender)
    watch.on(LEASED)
    await settle(sender)
    assert slack.calls == ["k", "k"]
    assert await row(storage, "k") == ("sent", 2, None)
    assert tally.counted["reconciled posted_again"] == 1


async def test_a_post_that_is_unknown_again_is_looked_for_since_the_first(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.troubles["k"] = [Unsure("timeout"), Unsure("timeout"), None]
    await put(storage, "k")
    began = watch.now
    for _ in range(3):
        await settle(sender)
        watch.on(LEASED)
    assert slack.looked == [("k", began), ("k", began)]
    assert slack.sent() == ["k"]


async def test_what_was_not_there_and_then_certainly_not_done_is_simply_sent_later(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.troubles["k"] = [Unsure("timeout"), TryLater("ratelimited", 30), None]
    await put(storage, "k")
    for _ in range(3):
        await settle(sender)
        watch.on(LEASED)
    assert len(slack.looked) == 1
    assert slack.sent() == ["k"]


@pytest.mark.parametrize("trouble", [TryLater("ratelimited", 20), Unsure("timeout"), TimeoutError()])
@pytest.mark.parametrize("arrived", [True, False])
async def test_when_it_cannot_be_told_the_message_stays_in_doubt_and_is_looked_for_later(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, trouble: Exception, arrived: bool
) -> None:
    if arrived:
        slack.lost.add("k")
    else:
        slack.troubles["k"] = [Unsure("timeout"), None]
    slack.blind = [trouble, trouble]
    await put(storage, "k")
    began = watch.now
    await settle(sender)
    watch.on(LEASED)
    for _ in range(2):
        await settle(sender)
        assert (await row(storage, "k"))[0] == "waiting"
        assert slack.calls == ["k"]
        watch.on(20)
    await settle(sender)
    assert slack.looked == [("k", began)] * 3
    assert slack.sent() == ["k"]
    assert (await row(storage, "k"))[0] == "sent"


async def test_looking_that_never_ends_is_given_up_and_taken_up_later(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HTTP_TIMEOUT", 0.01)
    slack.lost.add("k")
    await put(storage, "k")
    await settle(sender)
    watch.on(LEASED)
    real = slack.find

    async def never(delivery: Delivery, since: datetime) -> Posted | None:
        await asyncio.Event().wait()
        return None

    monkeypatch.setattr(slack, "find", never)
    await settle(sender)
    assert (await row(storage, "k"))[0] == "waiting"
    monkeypatch.setattr(slack, "find", real)
    watch.on(1)
    await settle(sender)
    assert (await row(storage, "k"))[0] == "sent"
    assert slack.calls == ["k"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_is_in_doubt_is_looked_for_after_its_time_but_not_posted_then(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch, arrived: bool
) -> None:
    if arrived:
        slack.lost.add("k")
    else:
        slack.troubles["k"] = [Unsure("timeout"), None]
    await put(storage, "k")
    await settle(sender)
    watch.on(LASTS.total_seconds())
    await settle(sender)
    assert slack.calls == ["k"]
    assert await row(storage, "k") == (("sent", 2, None) if arrived else ("skipped", 2, LATE))


async def test_looking_is_given_up_a_day_after_the_time_of_the_message_with_the_reason(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.lost.add("k")
    slack.blind = [TryLater("internal_error", 60) for _ in range(9)]
    await put(storage, "k")
    await settle(sender)
    watch.on((LASTS + GIVE_UP_LOOKING).total_seconds() - 60)
    await settle(sender)
    assert await row(storage, "k") == ("waiting", 2, "internal_error")
    watch.on(60)
    await settle(sender)
    assert await row(storage, "k") == ("skipped", 3, UNKNOWN)
    watch.on(86400)
    await settle(sender)
    assert slack.calls == ["k"]
    assert timedelta(days=1) == GIVE_UP_LOOKING


async def test_an_update_that_nobody_knows_about_is_made_again_without_looking(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.lost.add("u")
    await put(storage, "p")
    await settle(sender)
    await put(storage, "u", target="p")
    await settle(sender)
    slack.lost.clear()
    watch.on(LEASED)
    await settle(sender)
    assert slack.calls == ["p", "u", "u"]
    assert slack.looked == []
    assert await row(storage, "u") == ("sent", 2, None)


async def test_an_update_that_nobody_knows_about_is_not_made_again_after_its_time(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.lost.add("u")
    await put(storage, "p")
    await settle(sender)
    await put(storage, "u", target="p")
    await settle(sender)
    watch.on(LASTS.total_seconds())
    await settle(sender)
    assert slack.calls == ["p", "u"]
    assert await row(storage, "u") == ("skipped", 2, LATE)


async def test_a_message_that_slack_shows_us_meanwhile_is_neither_looked_for_nor_posted_again(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    slack.lost.add("k")
    await put(storage, "k")
    await settle(sender)
    await storage.write(lambda s: s.outbox.echoed("T1", "d-k", "DANA", "1.0"))
    watch.on(LEASED)
    await settle(sender)
    assert (slack.calls, slack.looked) == (["k"], [])
    assert await row(storage, "k") == ("sent", 1, None)


async def test_a_machine_that_sleeps_between_looking_and_posting_looks_again_first(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    """By then another worker may have the message, and both would post it."""
    slack.troubles["k"] = [Unsure("timeout"), None]
    await put(storage, "k")
    await settle(sender)
    watch.on(LEASED)
    slack.while_looking = lambda: watch.on(LEASED - HTTP_TIMEOUT + 0.1)
    await settle(sender)
    assert slack.calls == ["k"]
    slack.while_looking = lambda: None
    watch.on(LEASED)
    await settle(sender)
    assert [key for key, _ in slack.looked] == ["k", "k"]
    assert slack.calls == ["k", "k"]


async def test_a_message_that_a_dead_process_had_taken_is_looked_for_first(
    slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    await put(storage, "k")
    taken = await storage.write(lambda s: s.outbox.claim(watch.now, watch.now + LEASE, 1))
    slack.posted += taken  # the process died after the call
    watch.on(LEASED)
    again = Sender(storage, slack, watch)
    await settle(again)
    assert slack.calls == []
    assert (await row(storage, "k"))[0] == "sent"


# -- the second look


@dataclass(frozen=True)
class Look:
    """A second look at everything."""

    decide: Callable[[Store, Delivery, datetime], Delivery | None]

    def wants(self, delivery: Delivery) -> bool:
        return True

    def __call__(self, store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
        return self.decide(store, delivery, at)


async def test_what_is_no_longer_wanted_is_not_sent(slack: FakeSlack, storage: SqliteStorage, watch: Watch) -> None:
    def decide(store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
        if delivery.key == "k":
            store.outbox.skip(delivery, "the day was left out", at)
            return None
        return delivery

    await put(storage, "k")
    await put(storage, "other", "UBEN")
    await settle(Sender(storage, slack, watch, decide=Look(decide)))
    assert slack.calls == ["other"]
    assert await row(storage, "k") == ("skipped", 1, "the day was left out")


async def test_a_message_goes_in_the_words_of_the_second_look(
    slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    def decide(store: Store, delivery: Delivery, at: datetime) -> Delivery:
        return store.outbox.reword(delivery, Rendered("what is true now", []))

    await put(storage, "k")
    await settle(Sender(storage, slack, watch, decide=Look(decide)))
    assert [one.text for one in slack.posted] == ["what is true now"]


async def test_what_did_not_go_is_decided_again_before_the_next_try(
    slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    decided: list[tuple[str, int]] = []

    def decide(store: Store, delivery: Delivery, at: datetime) -> Delivery:
        decided.append((delivery.key, delivery.attempts))
        return delivery

    slack.troubles["later"] = [TryLater("ratelimited", 10), None]
    slack.troubles["unsure"] = [Unsure("timeout"), None]
    await put(storage, "later")
    await put(storage, "unsure", "UBEN")
    sender = Sender(storage, slack, watch, decide=Look(decide))
    await settle(sender)
    watch.on(LEASED)
    await settle(sender)
    assert sorted(decided) == [("later", 1), ("later", 2), ("unsure", 1), ("unsure", 2)]
    assert sorted(slack.sent()) == ["later", "unsure"]


async def test_a_second_look_that_fails_does_not_hold_up_anybody_else(
    slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    def decide(store: Store, delivery: Delivery, at: datetime) -> Delivery:
        if delivery.key == "k":
            raise KeyError("no such person")
        return delivery

    await put(storage, "k")
    await put(storage, "other", "UBEN")
    sender = Sender(storage, slack, watch, decide=Look(decide))
    with capture_logs():
        for _ in range(3):
            await settle(sender)
            watch.on(60)
    assert slack.calls == ["other"]
    assert await row(storage, "k") == ("waiting", 3, "it could not be looked at again (KeyError)")


async def test_a_claim_that_has_not_time_enough_left_for_a_call_is_not_used(
    sender: Sender, slack: FakeSlack, storage: SqliteStorage, watch: Watch
) -> None:
    """A laptop that slept between the claim and the call: somebody else may have the row soon."""
    await put(storage, "k")
    real = storage.write

    async def write(work: Any) -> Any:
        result = await real(work)
        watch.on(LEASE.total_seconds() - HTTP_TIMEOUT - SETTLES + 0.1)
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
        await put(storage, f"k{n}", f"U{n}")
        async with asyncio.timeout(SOON):
            while (await row(storage, f"k{n}"))[0] != "sent":  # noqa: ASYNC110 - any state, no event to wait on
                await asyncio.sleep(0)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    await sender.stop(SOON)
