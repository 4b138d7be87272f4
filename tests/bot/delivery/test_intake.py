"""The intake: each person's messages in order, people side by side, and no message lost or holding up the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.delivery import intake as module
from bot.delivery.intake import AT_A_TIME, AT_ONCE, FRESH, LEASE, MOST_FAILURES, MOST_RACES, MOST_WAITING, Intake
from bot.errors import Changed, StorageError
from bot.ports.counts import Event, Measure
from bot.ports.messages import Lane, Message, Outgoing, Rendered
from bot.ports.queues import Claimed, Incoming
from bot.ports.slack import TryLater
from bot.ports.storage import Store
from storage.sqlite import SqliteStorage, SqlStore
from tests.bot.delivery.conftest import Watch

SOON = 5.0
"""Seconds after which a test gives up on what should happen at once."""

Act = Callable[[Claimed, datetime], Awaitable[None]]


@dataclass
class Listener:
    """A handler that notes what it heard and marks it as done; `act` may do something else before."""

    storage: SqliteStorage
    act: Act | None = None
    heard: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    async def __call__(self, claimed: Claimed, at: datetime) -> None:
        key = claimed.incoming.key
        self.heard.append(key)
        self.moments.append(at)
        if self.act is not None:
            await self.act(claimed, at)
        await self.storage.write(lambda s: s.inbox.done(claimed))
        self.finished.append(key)


@pytest.fixture
def listener(storage: SqliteStorage) -> Listener:
    return Listener(storage)


@pytest.fixture
def intake(storage: SqliteStorage, watch: Watch, listener: Listener) -> Intake:
    return Intake(storage, watch, {"message": listener})


def said(
    key: str, user: str = "UANA", kind: str = "message", at: datetime | None = None, said: float = 0.0
) -> Incoming:
    return Incoming(key, "T1", user, {"kind": kind, "text": f"secret words of {key}"}, at or Watch().now, said)


async def row(storage: SqliteStorage, key: str) -> tuple[str, int, str | None]:
    """State, attempts and reason."""

    def work(store: Store) -> tuple[str, int, str | None]:
        assert isinstance(store, SqlStore)
        query = f"SELECT state, attempts, reason FROM inbox WHERE key = '{key}'"
        found = store.session.connection().exec_driver_sql(query).one()
        return found[0], found[1], found[2]

    return await storage.read(work)


async def failures(storage: SqliteStorage, key: str) -> int:
    def work(store: Store) -> int:
        assert isinstance(store, SqlStore)
        query = f"SELECT failures FROM inbox WHERE key = '{key}'"
        return int(store.session.connection().exec_driver_sql(query).scalar_one())

    return await storage.read(work)


async def settle(intake: Intake) -> None:
    async with asyncio.timeout(SOON):
        await intake.settle()


async def test_an_event_is_durable_when_keep_returns_and_kept_once(intake: Intake, storage: SqliteStorage) -> None:
    assert await intake.keep(said("a1"))
    assert await row(storage, "a1") == ("waiting", 0, None)
    assert not await intake.keep(said("a1"))


# -- keeping what arrives together together


@dataclass
class Writes:
    """The storage's writes: how many there were, a gate they wait at, and what goes wrong, in order."""

    storage: SqliteStorage
    count: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    troubles: list[Exception] = field(default_factory=list)

    async def __call__(self, work: Callable[[Store], Any]) -> Any:
        self.count += 1
        await self.gate.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        return await SqliteStorage.write(self.storage, work)


@pytest.fixture
def writes(storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch) -> Writes:
    watched = Writes(storage)
    watched.gate.set()
    monkeypatch.setattr(storage, "write", watched)
    return watched


async def test_events_that_arrive_together_are_written_together(intake: Intake, writes: Writes) -> None:
    async with asyncio.timeout(SOON):
        kept = await asyncio.gather(*(intake.keep(said(f"k{n}", f"U{n}")) for n in range(2 * AT_A_TIME + 1)))
    assert kept == [True] * (2 * AT_A_TIME + 1)
    assert writes.count == 3
    assert await writes.storage.read(lambda s: s.inbox.waiting()) == 2 * AT_A_TIME + 1


async def test_events_that_arrive_while_others_are_written_are_written_next_and_together(
    intake: Intake, writes: Writes
) -> None:
    writes.gate.clear()
    first = asyncio.create_task(intake.keep(said("first")))
    await until(lambda: writes.count == 1)
    others = [asyncio.create_task(intake.keep(said(f"k{n}", f"U{n}"))) for n in range(20)]
    await asyncio.sleep(0)
    assert not first.done()
    writes.gate.set()
    async with asyncio.timeout(SOON):
        assert await asyncio.gather(first, *others) == [True] * 21
    assert writes.count == 2


async def test_each_is_told_whether_its_own_event_is_new(intake: Intake, writes: Writes) -> None:
    await intake.keep(said("old"))
    kept = await asyncio.gather(*(intake.keep(said(key)) for key in ("new", "old", "newer", "new")))
    assert kept == [True, False, True, False]


async def test_when_a_write_fails_nothing_in_it_is_acknowledged_and_nothing_is_kept(
    intake: Intake, writes: Writes
) -> None:
    writes.troubles = [StorageError("disk full")]
    async with asyncio.timeout(SOON):
        failed = await asyncio.gather(*(intake.keep(said(f"k{n}")) for n in range(5)), return_exceptions=True)
    assert [str(error) for error in failed] == ["disk full"] * 5
    assert writes.count == 1
    assert await writes.storage.read(lambda s: s.inbox.waiting()) == 0
    assert await intake.keep(said("k0"))  # Slack delivers it again


async def test_a_write_that_fails_fails_only_those_that_were_in_it(intake: Intake, writes: Writes) -> None:
    writes.gate.clear()
    writes.troubles = [StorageError("disk full")]
    first = asyncio.create_task(intake.keep(said("first")))
    await until(lambda: writes.count == 1)
    second = asyncio.create_task(intake.keep(said("second")))
    await asyncio.sleep(0)
    writes.gate.set()
    async with asyncio.timeout(SOON):
        kept = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(kept[0], StorageError)
    assert kept[1] is True


async def test_whoever_stops_waiting_does_not_stop_the_others(intake: Intake, writes: Writes) -> None:
    writes.gate.clear()
    tasks = [asyncio.create_task(intake.keep(said(f"k{n}"))) for n in range(3)]
    await until(lambda: writes.count == 1)
    tasks[0].cancel()
    writes.gate.set()
    async with asyncio.timeout(SOON):
        kept = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(kept[0], asyncio.CancelledError)
    assert kept[1:] == [True, True]


async def test_when_too_many_wait_the_next_is_refused_and_those_that_wait_are_kept(
    intake: Intake, writes: Writes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    writes.gate.clear()
    first = asyncio.create_task(intake.keep(said("first")))
    await until(lambda: writes.count == 1)
    waiting = [asyncio.create_task(intake.keep(said(f"k{n}"))) for n in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(StorageError, match="More events arrive"):
        await intake.keep(said("too much"))
    writes.gate.set()
    async with asyncio.timeout(SOON):
        assert await asyncio.gather(first, *waiting) == [True] * 4
    assert await intake.keep(said("too much"))
    assert MOST_WAITING > 1000


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not holds():  # noqa: ASYNC110 - any state, without an event to wait on
            await asyncio.sleep(0)


# -- our own messages, as Slack shows them to us


@dataclass
class Tally:
    """Implements the counts."""

    counted: list[tuple[Event, dict[str, str]]] = field(default_factory=list)

    def count(self, event: Event, **labels: str) -> None:
        self.counted.append((event, labels))

    def observe(self, measure: Measure, value: float) -> None:
        raise AssertionError(measure)


async def a_message_in_doubt(storage: SqliteStorage, watch: Watch) -> None:
    end = watch.now + timedelta(hours=8)
    outgoing = Outgoing("k", "T1", "UANA", Lane.REPLY, Message("none"), watch.now, end)
    await storage.write(lambda s: s.outbox.add(outgoing, Rendered("words", []), "d-k", watch.now))
    for _ in range(2):
        at = watch.now
        await storage.write(lambda s, at=at: s.outbox.claim(at, at + LEASE, 1))  # type: ignore[misc]
        watch.on(LEASE.total_seconds())


async def test_an_echo_ends_the_doubt_and_is_counted_once(
    storage: SqliteStorage, watch: Watch, listener: Listener, writes: Writes
) -> None:
    tally = Tally()
    intake = Intake(storage, watch, {"message": listener}, tally)
    await a_message_in_doubt(storage, watch)
    before = writes.count
    for _ in range(3):
        await intake.echoed("T1", "d-k", "DANA", "1.5")
    assert tally.counted == [(Event.RECONCILED, {"how": "echo"})]
    assert await storage.read(lambda s: s.outbox.key_at("T1", "DANA", "1.5")) == "k"
    assert writes.count == before + 1  # what is known already costs no write


@pytest.mark.parametrize(("workspace", "delivery_id"), [("T2", "d-k"), ("T1", "d-other")])
async def test_an_echo_of_what_is_not_ours_changes_nothing(
    storage: SqliteStorage, watch: Watch, listener: Listener, workspace: str, delivery_id: str
) -> None:
    tally = Tally()
    intake = Intake(storage, watch, {"message": listener}, tally)
    await a_message_in_doubt(storage, watch)
    await intake.echoed(workspace, delivery_id, "DANA", "1.5")
    assert tally.counted == []
    assert await storage.read(lambda s: s.outbox.is_unsent("T1", "d-k"))


# -- each person's in order


async def test_messages_are_worked_on_in_the_order_in_which_they_were_said(intake: Intake, listener: Listener) -> None:
    for key, moment in (("third", 3.0), ("first", 1.0), ("second", 2.0)):
        await intake.keep(said(key, said=moment))
    await settle(intake)
    assert listener.finished == ["first", "second", "third"]


async def test_a_second_message_waits_while_the_first_is_worked_on(intake: Intake, listener: Listener) -> None:
    gate = asyncio.Event()

    async def slow_first(claimed: Claimed, _at: datetime) -> None:
        if claimed.incoming.key == "a1":
            await gate.wait()

    listener.act = slow_first
    await intake.keep(said("a1"))
    await intake.keep(said("a2"))
    await intake.keep(said("b1", "UBEN"))
    await intake.work()
    async with asyncio.timeout(SOON):
        while listener.finished != ["b1"]:  # noqa: ASYNC110 - any state, without an event to wait on
            await asyncio.sleep(0)
        await intake.work()
    assert listener.heard == ["a1", "b1"]
    gate.set()
    await settle(intake)
    assert listener.finished == ["b1", "a1", "a2"]


async def test_people_are_heard_side_by_side(intake: Intake, listener: Listener) -> None:
    together = asyncio.Barrier(3)

    async def meet(_claimed: Claimed, _at: datetime) -> None:
        await together.wait()

    listener.act = meet
    for user in ("UANA", "UBEN", "UCY"):
        await intake.keep(said(user, user))
    await settle(intake)
    assert sorted(listener.finished) == ["UANA", "UBEN", "UCY"]


async def test_no_more_than_a_handful_are_worked_on_at_once(intake: Intake, listener: Listener) -> None:
    now, most = 0, 0

    async def count(_claimed: Claimed, _at: datetime) -> None:
        nonlocal now, most
        now += 1
        most = max(now, most)
        for _ in range(20):
            await asyncio.sleep(0)
        now -= 1

    listener.act = count
    for n in range(AT_ONCE + 8):
        await intake.keep(said(f"k{n}", f"U{n}"))
    await settle(intake)
    assert len(listener.finished) == AT_ONCE + 8
    assert 1 < most <= AT_ONCE


async def test_a_message_that_lost_a_race_is_read_again_at_once(
    intake: Intake, listener: Listener, storage: SqliteStorage
) -> None:
    async def lose_twice(claimed: Claimed, _at: datetime) -> None:
        if claimed.attempts < 3:
            raise Changed("the check-in moved on")

    listener.act = lose_twice
    await intake.keep(said("a1"))
    await intake.keep(said("a2"))
    await settle(intake)
    assert listener.heard == ["a1", "a1", "a1", "a2", "a2", "a2"]
    assert (await row(storage, "a1"))[:2] == ("done", 3)


async def test_races_do_not_count_as_failures_until_there_are_too_many(
    intake: Intake, listener: Listener, storage: SqliteStorage, watch: Watch
) -> None:
    async def always_lose(_claimed: Claimed, _at: datetime) -> None:
        raise Changed("the check-in moved on")

    listener.act = always_lose
    await intake.keep(said("a1"))
    await settle(intake)
    assert len(listener.heard) == MOST_RACES + 1
    assert await failures(storage, "a1") == 1
    for n in range(2, MOST_FAILURES + 1):
        watch.on(1)
        await settle(intake)
        assert await failures(storage, "a1") == n
    assert await row(storage, "a1") == ("aside", MOST_RACES + MOST_FAILURES, "the conversation moved on meanwhile")


async def test_waiting_for_slack_never_counts_as_a_failure(
    intake: Intake, listener: Listener, storage: SqliteStorage, watch: Watch
) -> None:
    async def later(claimed: Claimed, _at: datetime) -> None:
        if claimed.attempts <= 3 * MOST_FAILURES:
            raise TryLater("ratelimited", 30)

    listener.act = later
    await intake.keep(said("a1"))
    for _ in range(3 * MOST_FAILURES):
        await settle(intake)
        assert await failures(storage, "a1") == 0
        watch.on(30)
    await settle(intake)
    assert listener.finished == ["a1"]


async def test_races_and_waits_between_failures_do_not_use_up_the_tries(
    intake: Intake, listener: Listener, storage: SqliteStorage, watch: Watch
) -> None:
    """Set aside is what failed as often as that, not what was taken as often."""

    async def in_turn(claimed: Claimed, _at: datetime) -> None:
        if claimed.failures < MOST_FAILURES - 1:
            raise (TryLater("ratelimited", 1), Changed("moved on"), ZeroDivisionError())[claimed.attempts % 3]

    listener.act = in_turn
    await intake.keep(said("a1"))
    for _ in range(3 * MOST_FAILURES):
        await settle(intake)
        watch.on(60)
    assert listener.finished == ["a1"]
    assert await failures(storage, "a1") == MOST_FAILURES - 1


async def test_a_wait_of_hours_is_waited_out(
    intake: Intake, listener: Listener, storage: SqliteStorage, watch: Watch
) -> None:
    async def later(claimed: Claimed, _at: datetime) -> None:
        if claimed.attempts == 1:
            raise TryLater("ratelimited", 7200)

    listener.act = later
    await intake.keep(said("a1"))
    await settle(intake)
    watch.on(7199)
    await settle(intake)
    assert listener.heard == ["a1"]
    watch.on(1)
    await settle(intake)
    assert listener.finished == ["a1"]


async def test_a_clock_that_goes_back_leaves_nobody_without_an_answer(
    intake: Intake, listener: Listener, watch: Watch
) -> None:
    async def later(claimed: Claimed, _at: datetime) -> None:
        if claimed.attempts == 1:
            raise TryLater("ratelimited", 30)

    listener.act = later
    await intake.keep(said("a1"))
    await settle(intake)
    watch.on(-86400)
    await settle(intake)
    assert listener.finished == ["a1"]


async def test_a_worker_that_lost_its_event_to_another_has_no_effect(
    intake: Intake, listener: Listener, storage: SqliteStorage, watch: Watch
) -> None:
    async def sleep_through_the_lease(claimed: Claimed, _at: datetime) -> None:
        if claimed.attempts == 1:
            watch.on(LEASE.total_seconds())
            (taken,) = await storage.write(lambda s: s.inbox.claim(watch.now, watch.now + LEASE, 1))
            await storage.write(lambda s: s.inbox.done(taken))

    listener.act = sleep_through_the_lease
    await intake.keep(said("a1"))
    await settle(intake)
    assert listener.heard == ["a1"]
    assert listener.finished == []
    assert (await row(storage, "a1"))[0] == "done"


async def test_a_message_waits_as_long_as_slack_asks_and_so_do_those_after_it(
    intake: Intake, listener: Listener, watch: Watch, storage: SqliteStorage
) -> None:
    async def later(claimed: Claimed, _at: datetime) -> None:
        if claimed.incoming.key == "a1" and claimed.attempts == 1:
            raise TryLater("ratelimited", 30)

    listener.act = later
    for event in (said("a1"), said("a2"), said("b1", "UBEN")):
        await intake.keep(event)
    await settle(intake)
    assert listener.finished == ["b1"]
    assert await row(storage, "a1") == ("waiting", 1, "ratelimited")
    watch.on(29.9)
    await settle(intake)
    assert listener.finished == ["b1"]
    watch.on(0.1)
    await settle(intake)
    assert listener.finished == ["b1", "a1", "a2"]


async def test_a_message_that_always_fails_is_set_aside_with_the_reason_and_the_others_go_on(
    intake: Intake, listener: Listener, watch: Watch, storage: SqliteStorage
) -> None:
    async def poison(claimed: Claimed, _at: datetime) -> None:
        if claimed.incoming.key == "a1":
            raise ZeroDivisionError

    listener.act = poison
    for event in (said("a1"), said("a2"), said("b1", "UBEN")):
        await intake.keep(event)
    waits = []
    for attempt in range(1, MOST_FAILURES + 1):
        await settle(intake)
        assert listener.heard.count("a1") == attempt
        if attempt < MOST_FAILURES:
            assert await row(storage, "a1") == ("waiting", attempt, "ZeroDivisionError")
            assert listener.finished == ["b1"]
            waits.append(2**attempt)
            watch.on(waits[-1])
    assert await row(storage, "a1") == ("aside", MOST_FAILURES, "ZeroDivisionError")
    assert listener.finished == ["b1", "a2"]
    watch.on(3600)
    await settle(intake)
    assert listener.heard.count("a1") == MOST_FAILURES


async def test_an_event_of_an_unknown_kind_is_set_aside_too(
    intake: Intake, watch: Watch, storage: SqliteStorage, listener: Listener
) -> None:
    await intake.keep(said("a1", kind="reaction"))
    await intake.keep(said("a2"))
    for _ in range(MOST_FAILURES):
        await settle(intake)
        watch.on(60)
    assert await row(storage, "a1") == ("aside", MOST_FAILURES, "KeyError")
    assert listener.finished == ["a2"]


async def test_a_failure_is_logged_without_what_was_written(intake: Intake, listener: Listener) -> None:
    async def fail(claimed: Claimed, _at: datetime) -> None:
        words = claimed.incoming.payload["text"]
        raise RuntimeError(len(words))

    listener.act = fail
    await intake.keep(said("a1"))
    with capture_logs() as lines:
        await settle(intake)
    assert [(line["event"], line["failure"], line["log_level"]) for line in lines] == [
        ("message could not be worked on", 1, "error")
    ]
    assert "secret" not in str(lines)


async def test_a_message_counts_from_when_it_was_said_unless_that_is_long_ago(
    intake: Intake, listener: Listener, watch: Watch
) -> None:
    said_at = watch.now
    await intake.keep(said("quick", at=said_at))
    watch.on(20)
    await settle(intake)
    assert listener.moments == [said_at]
    await intake.keep(said("slow", at=watch.now - FRESH))
    await settle(intake)
    assert listener.moments[-1] == watch.now
    await intake.keep(said("just", at=watch.now - FRESH + timedelta(seconds=1)))
    await settle(intake)
    assert listener.moments[-1] == watch.now - FRESH + timedelta(seconds=1)


async def test_stopping_lets_what_is_under_way_finish(intake: Intake, listener: Listener) -> None:
    gate = asyncio.Event()

    async def wait(_claimed: Claimed, _at: datetime) -> None:
        await gate.wait()

    listener.act = wait
    await intake.keep(said("a1"))
    await intake.work()
    stopping = asyncio.create_task(intake.stop(SOON))
    await asyncio.sleep(0)
    gate.set()
    await stopping
    assert listener.finished == ["a1"]


async def test_what_could_not_finish_in_time_is_taken_up_again_when_its_lease_ends(
    intake: Intake, listener: Listener, watch: Watch, storage: SqliteStorage
) -> None:
    async def never(claimed: Claimed, _at: datetime) -> None:
        if claimed.attempts == 1:
            await asyncio.Event().wait()

    listener.act = never
    await intake.keep(said("a1"))
    await intake.work()
    await intake.stop(0.01)
    await asyncio.sleep(0)
    assert await row(storage, "a1") == ("working", 1, None)
    again = Intake(storage, watch, {"message": listener})
    await settle(again)
    assert listener.finished == []
    watch.on(LEASE.total_seconds())
    await settle(again)
    assert listener.finished == ["a1"]


async def test_a_new_start_frees_what_the_process_before_had_begun_on(
    intake: Intake, listener: Listener, watch: Watch, storage: SqliteStorage
) -> None:
    await intake.keep(said("a1"))
    await storage.write(lambda s: s.inbox.claim(watch.now, watch.now + LEASE, 1))
    await settle(intake)
    assert listener.finished == []
    await storage.write(lambda s: s.inbox.release())
    await settle(intake)
    assert listener.finished == ["a1"]


async def test_the_worker_works_when_it_is_rung_and_ends_when_it_is_cancelled(
    intake: Intake, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IDLE", 3600.0)
    heard = asyncio.Event()

    async def tell(_claimed: Claimed, _at: datetime) -> None:
        heard.set()

    listener.act = tell
    working = asyncio.create_task(intake.run())
    for key in ("a1", "a2"):
        heard.clear()
        await intake.keep(said(key))
        async with asyncio.timeout(SOON):
            await heard.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    await intake.stop(SOON)


async def test_the_worker_survives_a_database_that_is_out_of_order_for_a_moment(
    watch: Watch, storage: SqliteStorage, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IDLE", 0.01)
    intake = Intake(storage, watch, {"message": listener})
    await intake.keep(said("a1"))
    real: Any = storage.read
    troubles = [OSError("disk full"), OSError("disk full")]

    async def read(work: Any) -> Any:
        if troubles:
            raise troubles.pop()
        return await real(work)

    monkeypatch.setattr(storage, "read", read)
    heard = asyncio.Event()

    async def tell(_claimed: Claimed, _at: datetime) -> None:
        heard.set()

    listener.act = tell
    with capture_logs() as lines:
        working = asyncio.create_task(intake.run())
        async with asyncio.timeout(SOON):
            await heard.wait()
    assert [line["event"] for line in lines] == ["intake could not look for work"] * 2
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await intake.stop(SOON)
