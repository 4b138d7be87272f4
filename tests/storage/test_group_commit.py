"""Group commit: writes that wait together are one transaction, and each is still all or nothing by itself."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.errors import StorageError
from bot.ports.storage import Alarm, AlarmKind, Store
from storage import store as stores
from storage.group import AT_ONCE
from storage.sqlite import SqliteStorage, SqlStore
from storage.store import Busy
from tests.storage.rows import AT, a_checkin

LONG = 5.0
"""Seconds after which a test that waits for another thread gives up."""


def alarm(subject: str) -> Alarm:
    return Alarm(AlarmKind.CHECK, subject, AT)


def setting(subject: str) -> Callable[[Store], str]:
    """A write that keeps one alarm."""

    def work(store: Store) -> str:
        store.alarms.set(alarm(subject))
        return subject

    return work


def failing(subject: str) -> Callable[[Store], str]:
    """A write that keeps one alarm and then thinks better of it."""

    def work(store: Store) -> str:
        store.alarms.set(alarm(subject))
        raise KeyError(subject)

    return work


async def kept(storage: SqliteStorage) -> list[str]:
    return sorted(one.subject for one in await storage.read(lambda s: s.alarms.due(AT, 10_000)))


class Held:
    """The writer, held up by a write of its own until it is let go: what comes meanwhile waits together."""

    def __init__(self, storage: SqliteStorage) -> None:
        self.storage = storage
        self.begun, self.go_on = threading.Event(), threading.Event()

    async def __aenter__(self) -> Held:
        def work(_store: Store) -> Any:
            self.begun.set()
            assert self.go_on.wait(LONG)

        self.task: asyncio.Future[Any] = asyncio.ensure_future(self.storage.write(work))
        await asyncio.to_thread(self.begun.wait, LONG)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.go_on.set()
        await self.task


async def together(storage: SqliteStorage, *works: Callable[[Store], Any]) -> list[Any]:
    """The writes as one batch; their results, or what they raised."""
    async with Held(storage):
        tasks = [asyncio.ensure_future(storage.write(work)) for work in works]
        await asyncio.sleep(0)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_writes_that_wait_together_are_one_commit_and_told_of_once(sqlite_storage: SqliteStorage) -> None:
    told: list[None] = []
    sqlite_storage.after_write = lambda: told.append(None)
    names = [f"m{n:02}" for n in range(20)]
    assert await together(sqlite_storage, *map(setting, names)) == names
    assert await kept(sqlite_storage) == names
    assert len(told) == 1  # all of them; the one that held them up changed nothing


async def test_they_run_in_the_order_in_which_they_came_and_see_those_before(sqlite_storage: SqliteStorage) -> None:
    def count(store: Store) -> int:
        found = len(store.alarms.due(AT, 100))
        store.alarms.set(alarm(f"m{found}"))
        return found

    assert await together(sqlite_storage, *[count] * 10) == list(range(10))


async def test_the_error_of_one_undoes_only_its_own(sqlite_storage: SqliteStorage) -> None:
    a, b, c, d = await together(
        sqlite_storage, setting("a"), failing("b"), lambda s: s.checkins.add(a_checkin()), setting("d")
    )
    assert (a, d) == ("a", "d")
    assert isinstance(b, KeyError)
    assert type(c).__name__ == "IntegrityError"
    assert await kept(sqlite_storage) == ["a", "d"]


async def test_a_batch_in_which_all_fail_keeps_nothing_and_tells_nobody(sqlite_storage: SqliteStorage) -> None:
    told: list[None] = []
    results = await together(sqlite_storage, failing("a"), failing("b"))
    sqlite_storage.after_write = lambda: told.append(None)
    results += await asyncio.gather(sqlite_storage.write(failing("c")), return_exceptions=True)
    assert [type(one) for one in results] == [KeyError] * 3
    assert (await kept(sqlite_storage), told) == ([], [])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.booleans()), max_size=25))
async def test_whatever_comes_together_ends_as_if_each_had_come_alone(
    blank: Path, tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[str, bool, bool]]
) -> None:
    """Each sets or clears a name and may then fail; the writes of those that failed are nowhere."""
    path = tmp_path_factory.mktemp("plan") / "huddle.db"
    shutil.copy(blank, path)
    storage = SqliteStorage(path)
    expected: set[str] = set()

    def one(name: str, setting_it: bool, fails: bool) -> Callable[[Store], bool]:
        def work(store: Store) -> bool:
            there = store.alarms.get(AlarmKind.CHECK, name) is not None
            if setting_it:
                store.alarms.set(alarm(name))
            else:
                store.alarms.clear(AlarmKind.CHECK, name)
            if fails:
                raise KeyError(name)
            return there

        return work

    try:
        results = await together(storage, *(one(*step) for step in plan))
        for (name, setting_it, fails), result in zip(plan, results, strict=True):
            if fails:
                assert isinstance(result, KeyError)
                continue
            assert result is (name in expected)
            (expected.add if setting_it else expected.discard)(name)
        assert await kept(storage) == sorted(expected)
    finally:
        storage.close()


async def test_nobody_hears_of_a_result_before_it_is_durable(sqlite_storage: SqliteStorage) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(store: Store) -> None:
        begun.set()
        assert go_on.wait(LONG)

    async with Held(sqlite_storage):
        first = asyncio.ensure_future(sqlite_storage.write(setting("a")))
        second = asyncio.ensure_future(sqlite_storage.write(slow))
        await asyncio.sleep(0)
    await asyncio.to_thread(begun.wait, LONG)  # the first has run, in the transaction of the second
    await asyncio.sleep(0.05)
    assert not first.done()
    assert await kept(sqlite_storage) == []
    go_on.set()
    assert await first == "a"
    assert await kept(sqlite_storage) == ["a"]
    await second


async def test_a_commit_that_fails_fails_all_of_them_and_the_next_write_goes_on(sqlite_storage: SqliteStorage) -> None:
    def late_failure(store: Store) -> None:
        assert isinstance(store, SqlStore)
        store.session.execute(text("PRAGMA defer_foreign_keys=ON"))
        store.checkins.add(a_checkin())  # its person is not there, which is now found at the commit

    results = await together(sqlite_storage, setting("a"), late_failure, setting("b"))
    assert [type(one) for one in results] == [StorageError] * 3
    assert len({id(one) for one in results}) == 3
    assert await kept(sqlite_storage) == []
    assert await sqlite_storage.write(setting("c")) == "c"
    assert await kept(sqlite_storage) == ["c"]


async def test_a_batch_is_bounded(sqlite_storage: SqliteStorage) -> None:
    told: list[None] = []
    sqlite_storage.after_write = lambda: told.append(None)
    await together(sqlite_storage, *(setting(f"m{n}") for n in range(2 * AT_ONCE + 1)))
    assert len(told) == 3


async def test_when_too_many_wait_the_next_is_refused_at_once(
    sqlite_storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.group.MOST_WAITING", 3)
    async with Held(sqlite_storage):
        tasks = [asyncio.ensure_future(sqlite_storage.write(setting(name))) for name in "abc"]
        await asyncio.sleep(0)
        with pytest.raises(Busy, match=rf"{stores.MOST_WAITING:,} writes to catch up with; try again in a moment\.$"):
            await sqlite_storage.write(setting("d"))
    assert await asyncio.gather(*tasks) == ["a", "b", "c"]
    assert await sqlite_storage.write(setting("d")) == "d"


async def test_one_who_stops_waiting_disturbs_nobody(sqlite_storage: SqliteStorage) -> None:
    async with Held(sqlite_storage) as held:
        gone = asyncio.ensure_future(sqlite_storage.write(setting("gone")))
        stays = asyncio.ensure_future(sqlite_storage.write(setting("stays")))
        await asyncio.sleep(0)
        gone.cancel()
        held.task.cancel()  # its work is under way and goes on
        with pytest.raises(asyncio.CancelledError):
            await gone
        held.go_on.set()
        assert await stays == "stays"
        with pytest.raises(asyncio.CancelledError):
            await held.task
        held.task = asyncio.ensure_future(sqlite_storage.write(setting("after")))
    assert await kept(sqlite_storage) == ["after", "stays"]


async def test_closing_finishes_what_waits_and_takes_nothing_new(database: Path) -> None:
    storage = SqliteStorage(database)
    held = await Held(storage).__aenter__()
    waiting = [asyncio.ensure_future(storage.write(setting(name))) for name in "abc"]
    await asyncio.sleep(0)
    held.go_on.set()
    await asyncio.to_thread(storage.close)
    assert await asyncio.gather(held.task, *waiting) == [None, "a", "b", "c"]
    with pytest.raises(StorageError, match="closed"):
        await storage.write(setting("d"))
    again = SqliteStorage(database)
    assert await kept(again) == ["a", "b", "c"]
    again.close()


def test_a_loop_that_is_gone_does_not_stop_the_writer(database: Path) -> None:
    storage = SqliteStorage(database)
    loop = asyncio.new_event_loop()

    async def hold() -> Held:
        return await Held(storage).__aenter__()

    held = loop.run_until_complete(hold())
    held.task.cancel()
    loop.run_until_complete(asyncio.gather(held.task, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()
    held.go_on.set()
    assert asyncio.run(storage.write(setting("a"))) == "a"
    storage.close()
