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
from bot.delivery.intake import AT_ONCE, FRESH, LEASE, MOST_ATTEMPTS, Intake
from bot.errors import Changed
from bot.ports.slack import TryLater
from bot.ports.storage import Claimed, Incoming, Store
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
        await self.storage.write(lambda s: s.inbox.done(claimed.id))
        self.finished.append(key)


@pytest.fixture
def listener(storage: SqliteStorage) -> Listener:
    return Listener(storage)


@pytest.fixture
def intake(storage: SqliteStorage, watch: Watch, listener: Listener) -> Intake:
    return Intake(storage, watch, {"message": listener})


def said(key: str, user: str = "UANA", kind: str = "message", at: datetime | None = None) -> Incoming:
    return Incoming(key, "T1", user, {"kind": kind, "text": f"secret words of {key}"}, at or Watch().now)


async def row(storage: SqliteStorage, key: str) -> tuple[str, int, str | None]:
    """State, attempts and reason."""

    def work(store: Store) -> tuple[str, int, str | None]:
        assert isinstance(store, SqlStore)
        query = f"SELECT state, attempts, reason FROM inbox WHERE key = '{key}'"
        found = store.session.connection().exec_driver_sql(query).one()
        return found[0], found[1], found[2]

    return await storage.read(work)


async def settle(intake: Intake) -> None:
    async with asyncio.timeout(SOON):
        await intake.settle()


async def test_an_event_is_durable_when_keep_returns_and_kept_once(intake: Intake, storage: SqliteStorage) -> None:
    assert await intake.keep(said("a1"))
    assert await row(storage, "a1") == ("waiting", 0, None)
    assert not await intake.keep(said("a1"))


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
    for attempt in range(1, MOST_ATTEMPTS + 1):
        await settle(intake)
        assert listener.heard.count("a1") == attempt
        if attempt < MOST_ATTEMPTS:
            assert await row(storage, "a1") == ("waiting", attempt, "ZeroDivisionError")
            assert listener.finished == ["b1"]
            waits.append(2**attempt)
            watch.on(waits[-1])
    assert await row(storage, "a1") == ("aside", MOST_ATTEMPTS, "ZeroDivisionError")
    assert listener.finished == ["b1", "a2"]
    watch.on(3600)
    await settle(intake)
    assert listener.heard.count("a1") == MOST_ATTEMPTS


async def test_an_event_of_an_unknown_kind_is_set_aside_too(
    intake: Intake, watch: Watch, storage: SqliteStorage, listener: Listener
) -> None:
    await intake.keep(said("a1", kind="reaction"))
    await intake.keep(said("a2"))
    for _ in range(MOST_ATTEMPTS):
        await settle(intake)
        watch.on(60)
    assert await row(storage, "a1") == ("aside", MOST_ATTEMPTS, "KeyError")
    assert listener.finished == ["a2"]


async def test_a_failure_is_logged_without_what_was_written(intake: Intake, listener: Listener) -> None:
    async def fail(claimed: Claimed, _at: datetime) -> None:
        words = claimed.incoming.payload["text"]
        raise RuntimeError(len(words))

    listener.act = fail
    await intake.keep(said("a1"))
    with capture_logs() as lines:
        await settle(intake)
    assert [(line["event"], line["attempt"], line["log_level"]) for line in lines] == [
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
