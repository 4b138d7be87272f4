"""What was erased leaves SQLite's write-ahead log too: there it would stand as it was until the log is written anew."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

_ERASED = "huddle_erased"
PATIENCE = 500
"""Milliseconds to wait for those who read: the writer has others waiting, and tries again after its next batch."""


def erased(session: Session) -> None:
    """Note that this transaction takes words away for good; on another database than SQLite nothing is to be done."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.info[_ERASED] = True


def scrub(connection: Connection) -> None:
    """Move the log into the file and empty it, if something was erased; outside any transaction. The file itself keeps
    nothing of what is deleted (`secure_delete`).
    """
    if not connection.info.get(_ERASED):
        return
    raw: Any = connection.connection.dbapi_connection
    with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(raw.cursor()) as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience}")
        connection.info[_ERASED] = bool(busy)
