"""What a database's own errors mean, in sentences; never with a password or with what somebody wrote in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StorageError

if TYPE_CHECKING:
    import psycopg

SQLITE = {
    sqlite3.SQLITE_FULL: "is full: no room is left on the disk. Make room; the coach goes on by itself.",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error. Check the disk and its free space.",
    sqlite3.SQLITE_READONLY: "is read-only. Make the file and its folder writable for this user.",
    sqlite3.SQLITE_CORRUPT: "is damaged. Stop the coach and restore the last backup with `huddle restore`.",
    sqlite3.SQLITE_NOTADB: "is not a database. Restore the last backup, or set HUDDLE_DATABASE.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that the file and its folder are there and writable.",
    sqlite3.SQLITE_PERM: "cannot be opened: this user may not. Make the file and its folder writable for this user.",
    sqlite3.SQLITE_BUSY: "is locked by another process. The coach goes on by itself when that one is done.",
    sqlite3.SQLITE_LOCKED: "is locked by another process. The coach goes on by itself when that one is done.",
    sqlite3.SQLITE_PROTOCOL: "is locked by another process. The coach goes on by itself when that one is done.",
    sqlite3.SQLITE_NOMEM: "cannot be used: no memory is left.",
}
"""By SQLite's primary result code: trouble of the file, not of one statement. Whatever has it leaves nothing behind."""

SERVER = {
    "28P01": "refuses the password. Mend it in HUDDLE_DATABASE.",
    "28000": "refuses this user. Mend HUDDLE_DATABASE, or allow it in the server's pg_hba.conf.",
    "3D000": "is not there. Make it with `createdb`, or mend the name in HUDDLE_DATABASE.",
    "42501": "refuses: this user may not. Make the user the database's owner.",
    "53300": "has no connection left. Raise max_connections, or let fewer programs use the server.",
    "53100": "is full: no room is left on the server's disk. Make room; the coach goes on by itself.",
    "53200": "has no memory left.",
    "25006": "is read-only (a standby?). HUDDLE_DATABASE must name the primary.",
    "57014": "took too long over a statement; nothing of it was kept.",
    "55P03": "is locked by another process; nothing was kept. The coach goes on by itself when that one is done.",
    "57P01": "is being shut down. The coach goes on by itself when it is back.",
    "57P03": "is starting. The coach goes on by itself when it is there.",
    "25P03": "closed a connection that did nothing for too long; nothing was kept.",
}
"""By SQLSTATE."""

REFUSALS = (
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("pg_hba.conf", "28000"),
    ("role ", "28000"),
    ("permission denied for database", "42501"),
    ("database ", "3D000"),
    ("too many clients", "53300"),
    ("too many connections", "53300"),
    ("remaining connection slots", "53300"),
    ("the database system is starting up", "57P03"),
    ("the database system is shutting down", "57P01"),
)
"""What stands in a refused connection's message, for which libpq gives no SQLSTATE."""


def sqlite_trouble(error: BaseException, where: object) -> StorageError | None:
    """The sentence for an error that is the file's fault; None for every other error."""
    for one in _chain(error):
        if isinstance(one, sqlite3.Error):
            says = SQLITE.get(getattr(one, "sqlite_errorcode", 0) & 0xFF)
            if says:
                return StorageError(f"The database {where} {says}")
    return None


def server_trouble(error: BaseException, where: object) -> StorageError | None:
    """The sentence for an error that is the server's fault or the connection's; None for every other error."""
    import psycopg

    if isinstance(error, PoolTimeout):
        return StorageError(f"The database {where} is too busy; try again in a moment.")
    for one in _chain(error):
        if isinstance(one, psycopg.Error):
            says = SERVER.get(state_of(one) or _refusal(one))
            if says is None and (lost(error) or (one.sqlstate is None and isinstance(one, psycopg.OperationalError))):
                says = "does not answer. Check the server, the network and HUDDLE_DATABASE."
            return StorageError(f"The database {where} {says}") if says else None
    return None


def state_of(error: BaseException) -> str:
    """The SQLSTATE of an error, "" when it has none."""
    import psycopg

    return next((one.sqlstate or "" for one in _chain(error) if isinstance(one, psycopg.Error)), "")


def lost(error: BaseException) -> bool:
    """Whether the connection is gone."""
    return any(isinstance(one, DBAPIError) and one.connection_invalidated for one in _chain(error))


def _refusal(error: psycopg.Error) -> str:
    import psycopg

    if not isinstance(error, psycopg.OperationalError):
        return ""
    _, fatal, text = str(error).partition("FATAL:")
    return next((state for words, state in REFUSALS if words in text), "") if fatal else ""


def _chain(error: BaseException) -> Iterable[BaseException]:
    """The error, what it wraps, and what it came from: where SQLite gave up a transaction, undoing it fails too."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        if isinstance(one, DBAPIError) and one.orig is not None:
            yield one.orig
        one = one.__cause__ or one.__context__
