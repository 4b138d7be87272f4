"""The database: one SQLite file, one writer.

WAL with synchronous=FULL: what was committed survives a power cut. Every write takes the lock at once
(BEGIN IMMEDIATE): a transaction that reads first and writes later fails with "database is locked" when another
writer came between, whatever the busy timeout.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from bot.ports.storage import Store
from storage.group import GroupCommit
from storage.lock import DatabaseLock
from storage.store import SqlStore as SqlStore
from storage.trouble import sqlite_trouble

T = TypeVar("T")

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process's lock (a backup, a second terminal)."""
READERS = 3


def sqlite_engine(path: Path, begin: str, connections: int) -> Engine:
    """An engine on the file whose transactions start with `begin`."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        connect_args={"timeout": BUSY_TIMEOUT, "check_same_thread": False},
        hide_parameters=True,  # an error must not carry anybody's words into a log
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the transactions are ours to begin
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


class SqliteStorage:
    """Implements `bot.ports.storage.Storage`: writes run one after another in a thread of their own, and those that
    wait together are committed together.
    """

    alone = True
    """Only one process may work on the file: what is found half done was left by one that is gone."""

    def __init__(
        self, path: Path, after_write: Callable[[], None] = lambda: None, lock: DatabaseLock | None = None
    ) -> None:
        """`after_write` is called on the event loop after each commit; `lock` is given back when this is closed."""
        self.path = path
        self.after_write = after_write
        self._lock = lock
        self._writing = sqlite_engine(path, "BEGIN IMMEDIATE", 1)
        self._reading = sqlite_engine(path, "BEGIN", READERS)
        self._writer = GroupCommit(self._writing, path, self._written)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")

    async def read(self, work: Callable[[Store], T]) -> T:
        def run() -> T:
            try:
                with Session(self._reading, expire_on_commit=False) as session:
                    return work(SqlStore(session))
            except DBAPIError as error:
                if trouble := sqlite_trouble(error, self.path):
                    raise trouble from error
                raise

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    def _written(self) -> None:
        self.after_write()  # looked up now: the app sets it once its parts are there

    async def write(self, work: Callable[[Store], T]) -> T:
        return await self._writer.write(work)

    def close(self) -> None:
        """Wait for what runs and what waits, then let go of the file."""
        self._writer.close()
        self._readers.shutdown()
        self._writing.dispose()
        self._reading.dispose()
        if self._lock is not None:
            self._lock.free()
