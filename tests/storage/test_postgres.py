"""PostgreSQL: as durable and as all-or-nothing as the file, with other processes at work on the same database."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel

from bot.errors import Changed, StorageError
from bot.ports.storage import Alarm, AlarmKind, Store
from storage.address import PostgresServer, parse
from storage.looking import look, use_on, zones_on
from storage.migrate import migrate, newest
from storage.open import open_storage
from storage.postgres import PostgresStorage
from storage.store import Busy, SqlStore
from tests.storage.rows import ANA, AT, DAY, a_checkin, a_commitment, add_people

PACE = 30


def server(address: str) -> PostgresServer:
    where = parse(address)
    assert isinstance(where, PostgresServer)
    return where


@pytest_asyncio.fixture
async def storage(postgres: str) -> AsyncIterator[PostgresStorage]:
    opened = PostgresStorage(server(postgres))
    yield opened
    opened.close()


@pytest_asyncio.fixture
async def other(postgres: str) -> AsyncIterator[PostgresStorage]:
    """Another process, as far as the server can tell."""
    opened = PostgresStorage(server(postgres))
    yield opened
    opened.close()


def ask(store: Store, query: str) -> Any:
    assert isinstance(store, SqlStore)
    return store.session.execute(text(query)).scalar()


def asking(query: str) -> Callable[[Store], Any]:
    return lambda store: ask(store, query)


def with_a_commitment(store: Store) -> None:
    add_people(store)
    store.checkins.add(a_checkin())
    store.commitments.add(a_commitment())


def count_up(store: Store) -> int:
    """Read, then write what was read: the kind of transaction that loses updates."""
    commitment = store.commitments.get("m1")
    assert commitment is not None
    store.commitments.save(replace(commitment, version=commitment.version + 1), commitment.version)
    return commitment.version


async def version(storage: PostgresStorage) -> int:
    commitment = await storage.read(lambda s: s.commitments.get("m1"))
    assert commitment is not None
    return commitment.version


# -- transactions


async def test_transactions_are_as_strict_as_they_must_be(storage: PostgresStorage) -> None:
    assert await storage.write(asking("SHOW transaction_isolation")) == "read committed"
    assert await storage.read(asking("SHOW transaction_isolation")) == "repeatable read"
    assert await storage.read(asking("SHOW transaction_read_only")) == "on"
    assert await storage.write(asking("SHOW transaction_read_only")) == "off"
    assert await storage.write(asking("SHOW synchronous_commit")) == "on"
    assert await storage.write(asking("SHOW timezone")) == "UTC"
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert await storage.read(asking(f"SHOW {limit}")) not in ("0", None)
    assert storage.alone is False


async def test_a_function_that_raises_leaves_nothing(storage: PostgresStorage) -> None:
    told: list[None] = []
    storage.after_write = lambda: told.append(None)

    def work(store: Store) -> None:
        with_a_commitment(store)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.write(work)
    assert await storage.read(lambda s: s.people.teams()) == []
    assert told == []
    await storage.write(with_a_commitment)
    assert told == [None]
    assert await version(storage) == 0


async def test_a_read_that_writes_is_refused(storage: PostgresStorage) -> None:
    with pytest.raises(StorageError):
        await storage.read(with_a_commitment)
    assert await storage.read(lambda s: s.people.teams()) == []


async def test_processes_that_read_and_then_write_lose_nothing(
    storage: PostgresStorage, other: PostgresStorage
) -> None:
    await storage.write(with_a_commitment)
    async with asyncio.timeout(60):
        await asyncio.gather(*(each.write(count_up) for _ in range(15) for each in (storage, other)))
    assert await version(storage) == 30


async def test_two_who_add_the_same_key_at_once_both_find_it_afterwards(
    storage: PostgresStorage, other: PostgresStorage
) -> None:
    """Between the look and the addition another adds it: the work runs again, and then sees it."""
    await storage.write(with_a_commitment)

    def once(store: Store) -> bool:
        if store.checkins.on(ANA.id, DAY + timedelta(days=1)):
            return False
        store.checkins.add(a_checkin("c2", day=DAY + timedelta(days=1)))
        return True

    results = await asyncio.gather(*(each.write(once) for each in (storage, other) for _ in range(4)))
    assert sorted(results) == [False] * 7 + [True]


async def test_what_is_there_for_good_is_refused_and_those_beside_it_are_kept(storage: PostgresStorage) -> None:
    await storage.write(with_a_commitment)
    beside = Alarm(AlarmKind.CHECK, "m1", AT)
    told = await asyncio.gather(
        storage.write(lambda s: s.alarms.set(beside)),
        storage.write(lambda s: s.checkins.add(a_checkin())),
        storage.write(lambda s: s.alarms.set(replace(beside, subject="m2"))),
        return_exceptions=True,
    )
    assert isinstance(told[1], IntegrityError)
    assert [told[0], told[2]] == [None, None]
    kept = await storage.read(lambda s: [s.alarms.get(AlarmKind.CHECK, m) is not None for m in ("m1", "m2")])
    assert kept == [True, True]


async def test_only_one_of_many_takes_an_alarm(storage: PostgresStorage, other: PostgresStorage) -> None:
    alarm = Alarm(AlarmKind.CHECK, "m1", AT)
    await storage.write(lambda s: s.alarms.set(alarm))
    took = await asyncio.gather(*(each.write(lambda s: s.alarms.take(alarm)) for each in (storage, other) * 4))
    assert sorted(took) == [False] * 7 + [True]


async def test_a_slow_write_has_the_database_for_itself_while_others_hurry(
    storage: PostgresStorage, other: PostgresStorage
) -> None:
    await storage.write(with_a_commitment)
    ended = asyncio.Event()

    def slowly(store: Store) -> int:
        commitment = store.commitments.get("m1")
        ask(store, "SELECT pg_sleep(0.2)")
        assert commitment is not None
        return count_up(store)

    async def hurry() -> int:
        n = 0
        while not ended.is_set():
            await other.write(count_up)
            n += 1
        return n

    hurrying = asyncio.ensure_future(hurry())
    async with asyncio.timeout(20):
        await storage.write(slowly)
    ended.set()
    hurried = await hurrying
    assert await version(storage) == hurried + 1


async def test_saving_over_a_newer_check_in_is_refused(storage: PostgresStorage) -> None:
    await storage.write(with_a_commitment)
    await storage.write(lambda s: s.checkins.save(replace(a_checkin(), version=1), 0))
    with pytest.raises(Changed, match="c1"):
        await storage.write(lambda s: s.checkins.save(replace(a_checkin(), version=1), 0))


async def test_one_who_stops_waiting_leaves_nothing_half_done(storage: PostgresStorage) -> None:
    slow = asyncio.ensure_future(storage.write(asking("SELECT pg_sleep(5)")))
    await asyncio.sleep(0.1)
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow
    waiting = [asyncio.ensure_future(storage.write(with_a_commitment))]
    await asyncio.gather(*waiting)
    assert await version(storage) == 0


async def test_when_too_many_wait_the_next_is_refused_at_once(
    storage: PostgresStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.MOST_WAITING", 3)
    tasks = [asyncio.ensure_future(storage.write(asking("SELECT pg_sleep(0.2)"))) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await storage.write(asking("SELECT 1"))
    await asyncio.gather(*tasks)
    assert await storage.write(asking("SELECT 1")) == 1


async def test_more_at_once_than_there_are_connections_wait_for_one_another(postgres: str) -> None:
    storage = PostgresStorage(server(postgres), connections=2)
    asked = [storage.read(asking("SELECT pg_sleep(0.02)")) for _ in range(20)]
    await asyncio.gather(*asked, *(storage.write(asking("SELECT pg_sleep(0.02)")) for _ in range(20)))
    storage.close()


# -- values


async def test_moments_are_kept_as_moments_and_come_back_in_utc(storage: PostgresStorage, postgres: str) -> None:
    moment = datetime(2026, 3, 29, 3, 30, 0, 123456, timezone(timedelta(hours=2)))
    await storage.write(lambda s: s.alarms.set(Alarm(AlarmKind.CHECK, "m1", moment)))
    (found,) = await storage.read(lambda s: s.alarms.due(moment, 5))
    assert found.at == moment
    assert found.at.tzinfo is UTC
    kinds = await storage.read(
        asking(
            "SELECT string_agg(DISTINCT data_type, ',') FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type LIKE 'timestamp%'"
        )
    )
    assert kinds == "timestamp with time zone"


async def test_the_one_character_that_the_server_cannot_keep_is_left_out(storage: PostgresStorage) -> None:
    await storage.write(with_a_commitment)
    await storage.write(lambda s: s.commitments.add(replace(a_commitment("m2"), action="call\0 Jonas 🎯")))
    kept = await storage.read(lambda s: s.commitments.get("m2"))
    assert kept is not None
    assert kept.action == "call Jonas 🎯"


async def test_an_error_does_not_repeat_what_somebody_wrote(storage: PostgresStorage) -> None:
    """PostgreSQL's own text does: "Failing row contains (…)"."""
    await storage.write(with_a_commitment)

    def work(store: Store) -> None:
        assert isinstance(store, SqlStore)
        query = text("UPDATE commitment SET action = :words, person_id = NULL")
        store.session.execute(query, {"words": "tell Dr. Braun about the layoffs"})

    with pytest.raises(IntegrityError) as caught:
        await storage.write(work)
    chain: list[BaseException | None] = [
        caught.value,
        caught.value.__cause__,
        caught.value.__context__,
        caught.value.orig,
    ]
    assert "Braun" not in " ".join(map(str, chain)) + " ".join(map(repr, chain))
    assert "person_id" in str(caught.value)


# -- trouble


async def test_connections_that_were_lost_are_made_again_without_anybody_noticing(
    storage: PostgresStorage, postgres: str
) -> None:
    await asyncio.gather(*(storage.write(asking("SELECT pg_sleep(0.05)")) for _ in range(4)))
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert await storage.write(asking("SELECT 1")) == 1
    assert await asyncio.gather(*(storage.read(asking("SELECT 2")) for _ in range(4))) == [2] * 4


async def test_a_connection_that_is_lost_in_the_middle_is_tried_once_more(storage: PostgresStorage) -> None:
    runs = []

    def work(store: Store) -> None:
        runs.append(1)
        ask(store, "SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StorageError, match=r"is being shut down|does not answer"):
        await storage.write(work)
    assert len(runs) == 2
    await storage.write(with_a_commitment)


async def test_nothing_waits_for_ever(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = server(postgres)
    made = PostgresServer(made.url.update_query_dict({"options": "-c statement_timeout=100 -c lock_timeout=50"}))
    storage = PostgresStorage(made)
    with pytest.raises(StorageError, match="took too long over a statement; nothing of it was kept"):
        await storage.write(asking("SELECT pg_sleep(5)"))
    with psycopg.connect(postgres) as other:
        other.execute("LOCK TABLE alarm")
        with pytest.raises(StorageError, match="is locked by another process; nothing was kept"):
            await storage.write(lambda s: s.alarms.set(Alarm(AlarmKind.CHECK, "m", AT)))
    await storage.write(lambda s: s.alarms.set(Alarm(AlarmKind.CHECK, "m", AT)))
    storage.close()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"port": 1}, r"does not answer\. Check the server, the network and HUDDLE_DATABASE\."),
        ({"host": "nowhere.invalid"}, r"does not answer\. Check the server, the network and HUDDLE_DATABASE\."),
        ({"database": "no_such"}, r"is not there\. Make it with `createdb`, or mend the name in HUDDLE_DATABASE\."),
        ({"username": "no_such"}, r"refuses this user\. Mend HUDDLE_DATABASE, or allow it in .*pg_hba\.conf\."),
    ],
)
async def test_a_server_that_cannot_be_used_is_told_in_one_sentence_without_the_password(
    migrated_postgres: str, change: dict[str, Any], says: str
) -> None:
    where = PostgresServer(server(migrated_postgres).url.set(password="hunter2", **change))
    for attempt in (migrate, open_storage, look):
        with pytest.raises(StorageError, match=says) as caught:
            attempt(where)
        assert "hunter2" not in str(caught.value) + repr(caught.value.__cause__) + str(where) + repr(where)
        assert "\n" not in str(caught.value)
    storage = PostgresStorage(where)
    with pytest.raises(StorageError, match=says):
        await storage.write(asking("SELECT 1"))
    with pytest.raises(StorageError, match=says):
        await storage.read(asking("SELECT 1"))
    storage.close()


def test_a_user_who_may_not_is_told(bare_postgres: str) -> None:
    name = f"huddle_guest_{server(bare_postgres).url.database}"
    with psycopg.connect(bare_postgres, autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{name}" LOGIN')
    try:
        guest = PostgresServer(server(bare_postgres).url.set(username=name))
        with pytest.raises(StorageError, match=r"refuses: this user may not\. Make the user the database's owner\."):
            migrate(guest)
        assert not look(guest).writable
    finally:
        with psycopg.connect(bare_postgres, autocommit=True) as connection:
            connection.execute(f'DROP ROLE "{name}"')


# -- migrations and looking


def test_processes_that_start_at_the_same_time_migrate_once(bare_postgres: str) -> None:
    results: list[Any] = []
    gate = threading.Barrier(3)

    def start() -> None:
        gate.wait(5)
        try:
            results.append(migrate(bare_postgres))
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(str, results)) == sorted(map(str, [(None, newest()), (newest(), newest()), (newest(), newest())]))


def test_the_migrations_make_the_tables_that_the_code_knows(migrated_postgres: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from storage.migrate import engine_of

    engine = engine_of(server(migrated_postgres))
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata)
    engine.dispose()
    assert found == []


def test_a_database_of_a_newer_version_is_left_alone(bare_postgres: str) -> None:
    migrate(bare_postgres)
    with psycopg.connect(bare_postgres) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"was made by a newer version .* start that version, or restore a backup\."):
        migrate(bare_postgres)
    assert look(server(bare_postgres)).revision == "9999"


async def test_a_look_from_outside(storage: PostgresStorage, postgres: str, bare_postgres: str) -> None:
    await storage.write(add_people)
    await storage.write(lambda s: s.usage.fell_back("T01", DAY, []))
    found = look(server(postgres))
    assert (found.version, found.revision, found.empty, found.writable) == (found.version, newest(), False, True)
    assert found.version >= 14
    assert abs(found.clock - datetime.now(UTC)) < timedelta(minutes=5)
    assert zones_on(server(postgres)) == {"Europe/Berlin", "Europe/Lisbon"}
    assert use_on(server(postgres), DAY) == []
    nothing = look(server(bare_postgres))
    assert (nothing.revision, nothing.empty, nothing.writable) == (None, True, True)


async def test_closing_lets_go_of_every_connection(postgres: str) -> None:
    storage = PostgresStorage(server(postgres))
    await asyncio.gather(*(storage.read(asking("SELECT pg_sleep(0.05)")) for _ in range(4)))
    storage.close()
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'huddle-coach'"
    )
    with psycopg.connect(postgres, autocommit=True) as connection:
        for _ in range(50):
            (count,) = connection.execute(query).fetchone() or (None,)
            if not count:
                break
            await asyncio.sleep(0.05)
    assert count == 0


async def test_errors_that_are_nobodys_trouble_pass_as_they_are(storage: PostgresStorage) -> None:
    with pytest.raises(DBAPIError):
        await storage.write(asking("SELECT * FROM no_such_table"))
