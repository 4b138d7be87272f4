"""Copies: every row in either direction, compared before it is kept, and nothing at all when something is wrong."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, Table, insert

from bot.errors import StorageError
from bot.ports.storage import Alarm, AlarmKind, SeenQuestion, Store
from storage import copy as copies
from storage.address import Address, SqliteFile, parse
from storage.copy import BATCH, Checksum, copy, tables
from storage.lock import DatabaseLock
from storage.migrate import engine_of, migrate
from storage.open import open_storage
from tests.storage.rows import AT, DAY, a_checkin, a_commitment, add_people

WORDS = "„Grüß dich“ 🎯 O'Neil; \\ %s :name שלום\n\t\u2028"


def some_of_all(where: Address) -> None:
    """Two rows in every table, every column once filled and once empty where it may be."""
    engine = engine_of(where, "BEGIN IMMEDIATE")
    with engine.begin() as connection:
        for table in tables():
            for number in (1, 2):
                connection.execute(insert(table).values(row_of(table, number)))
    engine.dispose()


def row_of(table: Table, number: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable and number == 2:
            continue
        kind = column.type
        if column.foreign_keys:
            values[column.name] = "1"
        elif isinstance(kind, JSON):
            values[column.name] = {"words": WORDS, "n": [1, 2.5, None, True], "deep": {"": []}}
        elif isinstance(kind, Boolean):
            values[column.name] = number == 1
        elif isinstance(kind, Integer):
            values[column.name] = number
        elif isinstance(kind, Float):
            values[column.name] = 1764055500.000123 * number
        elif isinstance(kind, Date):
            values[column.name] = DAY + timedelta(days=number)
        elif isinstance(kind, DateTime) or "DateTime" in type(kind).__name__:
            values[column.name] = AT + timedelta(microseconds=number)
        else:
            values[column.name] = str(number) if column.primary_key else f"{WORDS}{number}"
    if table.name == "manager":
        values |= {"team_id": "1", "person_id": str(number)}
    return values


@pytest.fixture
def full(database: Path) -> SqliteFile:
    where = SqliteFile(database)
    some_of_all(where)
    return where


def everything(where: Address) -> dict[str, list[Any]]:
    """Every value in every table, as plain JSON has it."""
    engine = engine_of(where)
    with engine.connect() as connection:
        found = {
            table.name: sorted(json.dumps(list(map(copies._plain, row))) for row in connection.execute(table.select()))
            for table in tables()
        }
    engine.dispose()
    return found


def test_there_and_back_nothing_is_lost(full: SqliteFile, bare_postgres: str, tmp_path: Path) -> None:
    there, back = parse(bare_postgres), SqliteFile(tmp_path / "back.db")
    copied = copy(full, there)
    assert {one.table for one in copied} == {table.name for table in tables()}
    assert {one.rows for one in copied} == {2}
    assert everything(there) == everything(full)
    assert copy(there, back) == copied
    assert everything(back) == everything(full)


def test_a_null_of_json_and_no_value_at_all_stay_two_things(database: Path, bare_postgres: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        for key, payload in (("a", None), ("b", "null"), ("c", '{"z": 1.50,  "a": "\\u0000\\ud83c"}')):
            connection.execute(
                "INSERT INTO inbox (key, workspace, slack_user, payload, received_at, state, attempts, said, failures)"
                " VALUES (?, 'T', 'U', ?, '2026-11-23 08:45:00.000000', 'done', 0, 0, 0)",
                (key, payload),
            )
    copy(SqliteFile(database), parse(bare_postgres))
    copy(parse(bare_postgres), SqliteFile(tmp_path / "back.db"))
    with closing(sqlite3.connect(tmp_path / "back.db")) as connection:
        kept = connection.execute("SELECT payload FROM inbox ORDER BY key").fetchall()
    assert kept == [(None,), ("null",), ('{"z": 1.50,  "a": "\\u0000\\ud83c"}',)]


async def test_what_is_written_afterwards_gets_numbers_of_its_own(
    database: Path, bare_postgres: str, tmp_path: Path
) -> None:
    def ask(store: Store) -> None:
        for n in range(3):
            store.checkins.add_seen(SeenQuestion("ana", f"q{n}", AT, "why", None))

    async def asked(where: Address) -> list[str]:
        storage = open_storage(where)
        await storage.write(ask)
        found = [one.question_id for one in await storage.read(lambda s: s.checkins.seen("ana", 99))]
        storage.close()
        return found

    assert await asked(SqliteFile(database)) == ["q0", "q1", "q2"]
    await asyncio.to_thread(copy, SqliteFile(database), parse(bare_postgres))
    assert await asked(parse(bare_postgres)) == ["q0", "q1", "q2"] * 2
    back = SqliteFile(tmp_path / "back.db")
    await asyncio.to_thread(copy, parse(bare_postgres), back)
    assert await asked(back) == ["q0", "q1", "q2"] * 3


async def test_more_rows_than_a_batch(database: Path, bare_postgres: str) -> None:
    def fill(store: Store) -> None:
        for n in range(2 * BATCH + 7):
            store.alarms.set(Alarm(AlarmKind.CHECK, f"m{n}", AT))

    storage = open_storage(database)
    await storage.write(fill)
    storage.close()
    copied = await asyncio.to_thread(copy, SqliteFile(database), parse(bare_postgres))
    assert {one.table: one.rows for one in copied}["alarm"] == 2 * BATCH + 7


async def test_the_product_works_on_the_copy(database: Path, bare_postgres: str) -> None:
    def fill(store: Store) -> None:
        add_people(store)
        store.checkins.add(a_checkin())
        store.commitments.add(a_commitment())

    storage = open_storage(database)
    await storage.write(fill)
    storage.close()
    await asyncio.to_thread(copy, SqliteFile(database), parse(bare_postgres))
    moved = open_storage(bare_postgres)
    assert await moved.read(lambda s: s.commitments.get("m1")) == a_commitment()
    assert await moved.read(lambda s: s.checkins.get("c1")) == a_checkin()
    moved.close()


# -- what is refused


def nothing_in(address: str) -> bool:
    with psycopg.connect(address) as connection:
        names = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        ours = [name for name in names if name != "alembic_version"]
        return all(connection.execute(f'SELECT 1 FROM "{name}"').fetchone() is None for name in ours)


def test_a_target_that_is_not_empty_is_left_alone(full: SqliteFile, bare_postgres: str) -> None:
    copy(full, parse(bare_postgres))
    before = everything(parse(bare_postgres))
    with pytest.raises(StorageError, match=r"is not empty \(table \w+\); nothing was copied\."):
        copy(full, parse(bare_postgres))
    assert everything(parse(bare_postgres)) == before


def test_any_difference_takes_all_of_it_back(
    full: SqliteFile, bare_postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copies._insert

    def lossy(table: Table, *, postgres: bool) -> Any:
        statement = real(table, postgres=postgres)
        return statement.values(name="somebody else") if table.name == "person" else statement

    monkeypatch.setattr(copies, "_insert", lossy)
    for target in (parse(bare_postgres), SqliteFile(tmp_path / "new.db")):
        with pytest.raises(StorageError, match=r"Table person is not the same .*; nothing was kept\."):
            copy(full, target)
    assert nothing_in(bare_postgres)
    assert not (tmp_path / "new.db").exists()


def test_a_row_that_the_target_does_not_take_takes_all_of_it_back(
    full: SqliteFile, bare_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(full.path)) as connection, connection:
        connection.execute("UPDATE team SET doc = '{not json' WHERE id = '2'")
    with pytest.raises(StorageError, match=r"A document in column doc is not JSON; nothing was kept\."):
        copy(full, parse(bare_postgres))
    assert nothing_in(bare_postgres)


def test_a_source_that_somebody_works_on_is_refused_unless_it_is_a_backup(full: SqliteFile, bare_postgres: str) -> None:
    with DatabaseLock(full.path):
        with pytest.raises(StorageError, match="Another process is working on"):
            copy(full, parse(bare_postgres))
        assert copy(full, parse(bare_postgres), in_use=True)


async def test_a_server_that_somebody_works_on_is_refused_too(
    full: SqliteFile, bare_postgres: str, tmp_path: Path
) -> None:
    running = open_storage(bare_postgres)
    await running.write(add_people)
    with pytest.raises(StorageError, match="Another process is working on"):
        await asyncio.to_thread(copy, parse(bare_postgres), SqliteFile(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()
    running.close()


def test_a_source_that_is_not_there_or_not_up_to_date_is_refused(tmp_path: Path, bare_postgres: str) -> None:
    with pytest.raises(StorageError, match="There is no database at"):
        copy(SqliteFile(tmp_path / "none.db"), parse(bare_postgres))
    assert not (tmp_path / "none.db").exists()
    old = tmp_path / "old.db"
    migrate(old)
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(StorageError, match="run `huddle migrate` on it first"):
        copy(SqliteFile(old), parse(bare_postgres))
    assert nothing_in(bare_postgres)


def test_the_sum_does_not_depend_on_the_order_and_does_on_every_value() -> None:
    rows = [{"id": n, "at": AT + timedelta(seconds=n), "doc": '{"a": 1, "b": 2}', "name": None} for n in range(5)]

    def sum_of(some: list[dict[str, Any]]) -> int:
        made = Checksum(frozenset({"doc"}))
        made.add(some)
        return made.total

    assert sum_of(rows) == sum_of(rows[::-1])
    assert sum_of([rows[0] | {"doc": '{"b":2,"a":1}'}]) == sum_of(rows[:1])
    for change in ({"id": 9}, {"at": AT + timedelta(microseconds=1)}, {"doc": None}, {"doc": "null"}, {"name": ""}):
        assert sum_of([rows[0] | change]) != sum_of(rows[:1])
