"""Opening a database by its address, whichever kind it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.errors import StorageError
from storage.address import Address, PostgresServer, parse
from storage.lock import DatabaseLock
from storage.migrate import NEWEST, migrate, revision_at
from storage.sqlite import SqliteStorage

if TYPE_CHECKING:
    from storage.postgres import PostgresStorage

AnyStorage: TypeAlias = "SqliteStorage | PostgresStorage"
CONNECTIONS = 8
"""Connections of one process to a server."""


def open_storage(
    address: str | Path | Address, *, running: bool = False, upgrade: bool = True, connections: int = CONNECTIONS
) -> AnyStorage:
    """The storage at the address, made or brought up to date first unless `upgrade` is False.

    `running` is for the process that works on it for good: on a file there may be one, and the second raises
    `StorageError`. So does whatever cannot be used, in one sentence. `connections` is PostgreSQL's.
    """
    where = parse(address)
    if isinstance(where, PostgresServer):
        if upgrade:
            migrate(where)
        from storage.postgres import PostgresStorage

        return PostgresStorage(where, connections=connections)
    lock = DatabaseLock(where.path).take() if running else None
    try:
        if upgrade:
            migrate(where, lock)
        return SqliteStorage(where.path, lock=lock)
    except BaseException:
        if lock is not None:
            lock.free()
        raise


def open_existing(address: str | Path | Address) -> AnyStorage:
    """The storage at the address as it is: nothing is made and nothing is changed.

    Raises `StorageError`, in one sentence, when there is none, or one of another version's tables.
    """
    where = parse(address)
    if not isinstance(where, PostgresServer) and not where.path.exists():
        raise StorageError(f"There is no database at {where.path} yet; `huddle run` makes it.")
    revision = revision_at(where)
    if revision != NEWEST:
        raise StorageError(
            f"{where} is at revision {revision or 'none'} and this version works with {NEWEST}; run `huddle migrate`."
        )
    return open_storage(where, upgrade=False)
