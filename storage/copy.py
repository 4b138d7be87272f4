"""A database copied into an empty one of either kind, in one transaction, and compared before it is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, Text, bindparam, cast, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  the tables register themselves
from bot.errors import StorageError
from storage.address import Address, PostgresServer, SqliteFile
from storage.lock import DatabaseLock
from storage.migrate import engine_of, migrate, newest, revision_of
from storage.server import NAME
from storage.trouble import server_trouble, sqlite_trouble

BATCH = 500
"""Rows that are in memory at a time."""


@dataclass(frozen=True)
class Copied:
    """One table, and what stands in it on both sides: as many rows, and the same sum over all of them."""

    table: str
    rows: int
    checksum: str


def copy(source: Address, target: Address, *, in_use: bool = False) -> list[Copied]:
    """Copy every table, compare, and only then keep it; returns what was copied, table by table.

    Raises `StorageError`, and leaves the target as it was, when it is not empty, when the two differ afterwards, or
    when a process works on the source: what it wrote later would be missing. `in_use` copies such a source all the
    same, as it was at one moment: that is a backup.
    """
    _must_exist(source)
    with _guarded(source, target, in_use=in_use) as lock:
        try:
            with _reading(source) as old:
                _check_source(old, source, in_use=in_use)
                migrate(target, lock)
                copied = _all(old, source, target)
        except DBAPIError as error:
            where = f"{source} or {target}"
            told = sqlite_trouble(error, where) or server_trouble(error, where)
            raise told or StorageError(f"The copy failed ({type(error).__name__}); nothing was kept.") from error
    return copied


def _all(old: Connection, source: Address, target: Address) -> list[Copied]:
    with _writing(target) as new:
        for table in tables():
            if _count(new, table):
                raise StorageError(f"{target} is not empty (table {table.name}); nothing was copied.")
        copied = [_table(old, new, table, source, target) for table in tables()]
        _set_sequences(new)
        return copied


def tables() -> Sequence[Table]:
    """Every table of ours, those that others point to first."""
    return SQLModel.metadata.sorted_tables


@contextmanager
def _guarded(source: Address, target: Address, *, in_use: bool) -> Iterator[DatabaseLock | None]:
    """Hold the lock of each side that is a file, so that nobody starts on it meanwhile; gives that of the target.

    A file that was only made for the copy is gone again when the copy fails.
    """
    with ExitStack() as taken:
        if isinstance(source, SqliteFile) and not in_use:
            taken.enter_context(DatabaseLock(source.path))
        if not isinstance(target, SqliteFile):
            yield None
            return
        is_new = not target.path.exists()
        lock = taken.enter_context(DatabaseLock(target.path))
        try:
            yield lock
        except BaseException:
            if is_new:
                for suffix in ("", "-wal", "-shm"):
                    target.path.with_name(target.path.name + suffix).unlink(missing_ok=True)
            raise


def _must_exist(source: Address) -> None:
    if isinstance(source, SqliteFile) and not source.path.is_file():
        raise StorageError(f"There is no database at {source}.")


@contextmanager
def _reading(where: Address) -> Iterator[Connection]:
    """A connection that sees one state and is allowed no change."""
    engine = engine_of(where, patient=True)
    try:
        with engine.connect() as connection:
            if isinstance(where, PostgresServer):
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _writing(where: Address) -> Iterator[Connection]:
    """A transaction that is kept when nothing was raised."""
    engine = engine_of(where, "BEGIN IMMEDIATE", patient=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _check_source(old: Connection, source: Address, *, in_use: bool) -> None:
    if revision_of(old) != newest():
        raise StorageError(f"{source} is not at revision {newest()}; run `huddle migrate` on it first.")
    if isinstance(source, PostgresServer) and not in_use:
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = :name AND pid <> pg_backend_pid()"
        )
        if old.execute(others, {"name": NAME}).scalar_one():
            raise StorageError(f"Another process is working on {source}. Stop it first: what it writes would be lost.")


def _table(old: Connection, new: Connection, table: Table, source: Address, target: Address) -> Copied:
    statement = _insert(table, postgres=isinstance(target, PostgresServer))
    documents = frozenset(one.name for one in table.columns if _is_document(one))
    before = Checksum(documents)
    for rows in _batches(old, table):
        before.add(rows)
        new.execute(statement, [{f"{name}_": value for name, value in row.items()} for row in rows])
    after = Checksum(documents)
    for rows in _batches(new, table):
        after.add(rows)
    if (before.rows, before.total) != (after.rows, after.total):
        raise StorageError(
            f"Table {table.name} is not the same in {source} ({before.rows} rows) and {target} ({after.rows}); "
            "nothing was kept."
        )
    return Copied(table.name, after.rows, after.text())


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows, with documents as the text they are kept as: neither their form nor SQL's own NULL is lost."""
    columns = [cast(one, Text).label(one.name) if _is_document(one) else one for one in table.columns]
    query = select(*columns).order_by(*table.primary_key).execution_options(yield_per=BATCH)
    for rows in connection.execute(query).mappings().partitions(BATCH):
        yield [dict(row) for row in rows]


def _insert(table: Table, *, postgres: bool) -> Any:
    values: dict[str, Any] = {}
    for one in table.columns:
        if _is_document(one):
            given = bindparam(f"{one.name}_", type_=Text())
            values[one.name] = cast(given, JSON) if postgres else given
        else:
            values[one.name] = bindparam(f"{one.name}_", type_=one.type)
    return insert(table).values(values)


def _is_document(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _set_sequences(new: Connection) -> None:
    """The next row gets a number of its own: PostgreSQL counts apart from what was inserted."""
    if new.dialect.name != "postgresql":
        return
    for table in tables():
        column = table.autoincrement_column
        if column is None or column.foreign_keys:
            continue
        named = text("SELECT pg_get_serial_sequence(:table, :column)")
        sequence = new.execute(named, {"table": f'"{table.name}"', "column": column.name}).scalar()
        last = new.execute(select(func.max(column))).scalar()
        if sequence and last:
            new.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": sequence, "last": last})


class Checksum:
    """A sum over rows that does not depend on their order: the two databases sort text differently.

    `documents` names the columns that hold JSON, of which only the values count and not how they are written.
    """

    def __init__(self, documents: frozenset[str] = frozenset()) -> None:
        self.documents = documents
        self.rows, self.total = 0, 0

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Count these too."""
        for row in rows:
            values = {name: self._value(name, value) for name, value in row.items()}
            plain = json.dumps(values, sort_keys=True)
            self.rows += 1
            self.total = (self.total + int.from_bytes(hashlib.sha256(plain.encode()).digest())) % 2**256

    def _value(self, name: str, value: Any) -> Any:
        if name in self.documents and value is not None:
            try:
                return {"json": json.loads(value)}  # so that its null is not SQL's
            except ValueError:
                raise StorageError(f"A document in column {name} is not JSON; nothing was kept.") from None
        return _plain(value)

    def text(self) -> str:
        """Enough of the sum to compare by eye."""
        return f"{self.total:064x}"[:16]


def _plain(value: Any) -> Any:
    """A value as both databases have it: moments in UTC, text without the zeros that PostgreSQL cannot keep."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\0", "")
    return value
