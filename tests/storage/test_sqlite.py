"""The database file itself: durable, one writer, all or nothing, and quiet about what people wrote."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.exc import IntegrityError

from bot.errors import Changed
from bot.ports.messages import Lane, Message, Outgoing, Rendered
from bot.ports.queues import Incoming
from bot.ports.storage import Alarm, AlarmKind, Store
from storage.sqlite import BUSY_TIMEOUT, SqliteStorage, SqlStore
from tests.storage.rows import ANA, AT, a_checkin, a_commitment, add_people

LONG = 5.0
"""Seconds after which a test that waits for another thread gives up."""


@pytest_asyncio.fixture
async def storage(sqlite_storage: SqliteStorage) -> SqliteStorage:
    """Here it is always the file."""
    return sqlite_storage


def pragma(store: Store, name: str) -> object:
    assert isinstance(store, SqlStore)
    return store.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


def count_up(store: Store) -> int:
    """Read, then write what was read: the kind of transaction that loses updates."""
    commitment = store.commitments.get("m1")
    assert commitment is not None
    store.commitments.save(replace(commitment, version=commitment.version + 1), commitment.version)
    return commitment.version


async def version(storage: SqliteStorage) -> int:
    commitment = await storage.read(lambda s: s.commitments.get("m1"))
    assert commitment is not None
    return commitment.version


def with_a_commitment(store: Store) -> None:
    add_people(store)
    store.checkins.add(a_checkin())
    store.commitments.add(a_commitment())


@pytest.mark.parametrize("way", ["read", "write"])
async def test_every_connection_is_durable_and_checks_what_rows_point_to(storage: SqliteStorage, way: str) -> None:
    run = getattr(storage, way)
    assert await run(lambda s: pragma(s, "journal_mode")) == "wal"
    assert await run(lambda s: pragma(s, "synchronous")) == 2  # FULL
    assert await run(lambda s: pragma(s, "foreign_keys")) == 1
    assert await run(lambda s: pragma(s, "busy_timeout")) == BUSY_TIMEOUT * 1000
    assert await run(lambda s: pragma(s, "secure_delete")) == 1


async def test_a_row_that_points_to_nothing_is_refused(storage: SqliteStorage) -> None:
    with pytest.raises(IntegrityError):
        await storage.write(lambda s: s.checkins.add(a_checkin()))


async def test_what_was_written_is_there_after_the_file_was_closed(database: Path) -> None:
    first = SqliteStorage(database)
    await first.write(with_a_commitment)
    first.close()
    second = SqliteStorage(database)
    assert await second.read(lambda s: s.commitments.get("m1")) == a_commitment()
    second.close()


async def test_a_function_that_raises_leaves_nothing(storage: SqliteStorage) -> None:
    rung: list[str] = []
    storage.after_write = lambda: rung.append("written")

    def work(store: Store) -> None:
        with_a_commitment(store)
        store.alarms.set(Alarm(AlarmKind.CHECK, "m1", AT))
        raise RuntimeError("after all that")

    with pytest.raises(RuntimeError):
        await storage.write(work)
    assert rung == []
    assert await storage.read(lambda s: s.commitments.get("m1")) is None
    assert await storage.read(lambda s: s.alarms.next()) is None
    assert await storage.read(lambda s: s.people.teams()) == []
    await storage.write(with_a_commitment)
    assert rung == ["written"]


async def test_after_write_is_told_once_the_write_can_be_read_and_on_the_event_loop(storage: SqliteStorage) -> None:
    told: list[asyncio.Task[int]] = []
    await storage.write(with_a_commitment)
    storage.after_write = lambda: told.append(asyncio.get_running_loop().create_task(version(storage)))
    await storage.write(count_up)
    assert [await one for one in told] == [1]


async def test_what_a_read_writes_is_not_kept(storage: SqliteStorage) -> None:
    await storage.read(with_a_commitment)
    assert await storage.read(lambda s: s.people.teams()) == []


async def test_a_read_sees_one_state_from_beginning_to_end(storage: SqliteStorage) -> None:
    await storage.write(with_a_commitment)
    begun, written = threading.Event(), threading.Event()

    def twice(store: Store) -> list[int]:
        assert isinstance(store, SqlStore)
        first = store.commitments.get("m1")
        begun.set()
        assert written.wait(LONG)
        store.session.expire_all()
        second = store.commitments.get("m1")
        return [one.version for one in (first, second) if one]

    reading = asyncio.ensure_future(storage.read(twice))
    await asyncio.to_thread(begun.wait, LONG)
    await storage.write(count_up)
    written.set()
    assert await reading == [0, 0]
    assert await version(storage) == 1


async def test_reading_does_not_wait_for_a_write_under_way(storage: SqliteStorage) -> None:
    await storage.write(with_a_commitment)
    wrote, read = threading.Event(), threading.Event()

    def slowly(store: Store) -> bool:
        count_up(store)
        wrote.set()
        return read.wait(LONG)

    writing = asyncio.ensure_future(storage.write(slowly))
    await asyncio.to_thread(wrote.wait, LONG)
    assert await version(storage) == 0
    read.set()
    assert await writing
    assert await version(storage) == 1


async def test_a_transaction_that_reads_first_holds_the_lock_already(database: Path) -> None:
    """Under a plain BEGIN the second process gets in between, and the first fails with "database is locked"."""
    here, there = SqliteStorage(database), SqliteStorage(database)
    await here.write(with_a_commitment)
    overtaken, finished = threading.Event(), threading.Event()

    def other_process() -> None:
        asyncio.run(there.write(count_up))
        finished.set()

    def work(store: Store) -> int:
        commitment = store.commitments.get("m1")
        threading.Thread(target=other_process).start()
        if finished.wait(0.15):
            overtaken.set()
        assert commitment is not None
        return count_up(store)

    assert await here.write(work) == 0
    assert not overtaken.is_set()
    assert await asyncio.to_thread(finished.wait, LONG)
    assert await version(here) == 2
    here.close()
    there.close()


async def test_two_processes_that_read_and_then_write_lose_nothing(database: Path) -> None:
    processes = [SqliteStorage(database), SqliteStorage(database)]
    await processes[0].write(with_a_commitment)
    async with asyncio.timeout(30):
        await asyncio.gather(*(storage.write(count_up) for _ in range(25) for storage in processes))
    assert await version(processes[0]) == 50
    for storage in processes:
        storage.close()


async def test_saving_over_a_newer_check_in_is_refused_and_changes_nothing(storage: SqliteStorage) -> None:
    await storage.write(with_a_commitment)
    newer = replace(a_checkin(), version=1, question="What will you do?")
    await storage.write(lambda s: s.checkins.save(newer, 0))

    def stale(store: Store) -> None:
        store.alarms.set(Alarm(AlarmKind.EXPIRY, "c1", AT))
        store.checkins.save(replace(a_checkin(), version=1, question="lost"), 0)

    with pytest.raises(Changed, match="c1"):
        await storage.write(stale)
    assert await storage.read(lambda s: s.checkins.get("c1")) == newer
    assert await storage.read(lambda s: s.alarms.next()) is None


async def test_saving_over_a_newer_commitment_is_refused_and_changes_nothing(storage: SqliteStorage) -> None:
    await storage.write(with_a_commitment)
    await storage.write(count_up)
    with pytest.raises(Changed, match="m1"):
        await storage.write(lambda s: s.commitments.save(replace(a_commitment(), action="lost", version=1), 0))
    kept = await storage.read(lambda s: s.commitments.get("m1"))
    assert kept == replace(a_commitment(), version=1)


async def test_what_was_not_flushed_yet_survives_a_save(storage: SqliteStorage) -> None:
    """`save` forgets what is in memory; rows that were changed before must have reached the file by then."""

    def work(store: Store) -> None:
        with_a_commitment(store)
        store.people.save(replace(ANA, stopped_at=AT))
        store.checkins.save(replace(a_checkin(), version=1), 0)

    await storage.write(work)
    ana = await storage.read(lambda s: s.people.get(ANA.id))
    assert ana.stopped_at == AT


async def test_an_error_of_the_database_does_not_repeat_what_somebody_wrote(storage: SqliteStorage) -> None:
    await storage.write(with_a_commitment)
    secret = replace(a_commitment(), action="tell Dr. Braun about the layoffs")
    with pytest.raises(IntegrityError) as caught:
        await storage.write(lambda s: s.commitments.add(secret))
    assert "Braun" not in str(caught.value)
    assert "hide_parameters" in str(caught.value)


async def test_words_that_were_forgotten_are_nowhere_in_the_file(database: Path) -> None:
    """Neither in the row nor in the free space where it was, nor in the log beside the file."""
    word = b"purple-heron"
    storage = SqliteStorage(database)
    event = Incoming("1", "T1", "UANA", {"text": f"I'll call {word.decode()}"}, AT)
    outgoing = Outgoing("k", "T1", "UANA", Lane.REPLY, Message("none"), AT, AT + timedelta(hours=1))
    await storage.write(lambda s: s.inbox.add([event]))
    await storage.write(lambda s: s.outbox.add(outgoing, Rendered(f"you will call {word.decode()}", []), "d", AT))
    assert word in await asyncio.to_thread(everything_kept, database)
    (claimed,) = await storage.write(lambda s: s.inbox.claim(AT, AT, 1))
    (delivery,) = await storage.write(lambda s: s.outbox.claim(AT, AT, 1))
    await storage.write(lambda s: s.inbox.done(claimed))
    await storage.write(lambda s: s.outbox.sent(delivery, "D1", "1.1"))
    storage.close()
    assert word not in await asyncio.to_thread(everything_kept, database)


def everything_kept(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))


async def test_closing_waits_for_what_is_being_written(database: Path) -> None:
    storage = SqliteStorage(database)
    begun = threading.Event()

    def slowly(store: Store) -> None:
        begun.set()
        with_a_commitment(store)

    writing = asyncio.ensure_future(storage.write(slowly))
    await asyncio.to_thread(begun.wait, LONG)
    await asyncio.to_thread(storage.close)
    await writing
    again = SqliteStorage(database)
    assert await again.read(lambda s: s.commitments.get("m1")) is not None
    again.close()
