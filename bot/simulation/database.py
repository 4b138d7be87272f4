"""The product's own storage on a SQLite file, in virtual time; a process may die before or after each transaction.

What a transaction does is the product's, rows and all. Durability is modelled and not tested here: the file is not
synced, and a process that dies leaves behind just what it had committed.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.ports import Clock
from bot.ports.storage import Store
from storage.group import GroupCommit, Job
from storage.migrate import migrate
from storage.sqlite import SqliteStorage, sqlite_engine

T = TypeVar("T")

MEMORY = Path("/dev/shm")  # noqa: S108  a folder of this process alone is made in it
SOONEST_WORK = """
    SELECT min(due) FROM (
        SELECT max(due_at, coalesce(not_before, due_at)) AS due FROM outbox WHERE state = 'waiting'
        UNION ALL SELECT lease_until FROM outbox WHERE state = 'sending'
        UNION ALL SELECT coalesce(not_before, received_at) FROM inbox WHERE state = 'waiting'
        UNION ALL SELECT lease_until FROM inbox WHERE state = 'working')
"""
"""When something in the boxes may next be worked on."""
SOONEST_TICK = """
    SELECT min(due) FROM (
        SELECT min(at) AS due FROM alarm
        UNION ALL SELECT min(expires_at) FROM outbox WHERE state IN ('waiting', 'sending'))
"""
"""When a tick next finds something to do."""


class Points(Protocol):
    """Where a process may die, freeze or dawdle."""

    async def point(self, name: str) -> None:
        """Return after a while; or never."""
        ...


@cache
def _template() -> bytes:
    """A database with the tables of this version and nothing in them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        migrate(path)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


class Database:
    """One database file for all processes of a world, and when something in it is due."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="huddle-world-", dir=MEMORY if MEMORY.is_dir() else None)
        self.path = Path(self._folder) / "huddle.db"
        self.path.write_bytes(_template())
        engine = sqlite_engine(self.path, "BEGIN IMMEDIATE", 1)
        with engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA synchronous=OFF")
        self._driver = driver
        self._writer = GroupCommit(engine, self.path, lambda: None)
        self._reader = SqliteStorage(self.path)
        self._looker = sqlite3.connect(self.path)
        self._looker.row_factory = sqlite3.Row
        self._due: dict[str, datetime | None] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self.for_nothing = 0
        self.version = 0

    async def read(self, work: Callable[[Store], T]) -> T:
        """The result of `work` on the state as it is."""
        return await self._reader.read(work)

    def write(self, work: Callable[[Store], T]) -> tuple[T, bool]:
        """The result of `work`, kept, and whether it changed anything; at once, in this thread.

        Whoever waits for something to be due looks again.
        """
        loop = asyncio.get_running_loop()
        before = self._driver.total_changes
        (outcome,) = self._writer._batch([Job(work, loop, loop.create_future())])
        if outcome.error is not None:
            raise outcome.error
        changed = self._driver.total_changes != before
        if changed:
            self._changed()
        else:
            self.for_nothing += 1
        return outcome.result, changed

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """The rows of a query, for the audit."""
        return [dict(row) for row in self._looker.execute(statement)]

    def due(self, wanted: str) -> datetime | None:
        """The soonest moment that the query `wanted` tells, None when there is none."""
        if wanted not in self._due:
            (told,) = self._looker.execute(wanted).fetchone()
            self._due[wanted] = as_moment(told) if told else None
        return self._due[wanted]

    async def until_due(self, wanted: str, clock: Clock) -> None:
        """Return once something is due by `clock`. A look before that would have found nothing."""
        loop = asyncio.get_running_loop()
        while (due := self.due(wanted)) is None or due > clock():
            changed = loop.create_future()
            self._waiting.append(changed)
            seconds = 3600.0 if due is None else min((due - clock()).total_seconds(), 3600.0)
            timer = loop.call_later(seconds, _wake, changed)
            await changed
            timer.cancel()

    def _changed(self) -> None:
        self.version += 1
        self._due.clear()
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            _wake(one)

    def close(self) -> None:
        """Throw the file away."""
        self._looker.close()
        self._writer.close()
        self._reader.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def as_moment(told: str) -> datetime:
    """A moment as the database keeps it."""
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class SimulatedStorage(SqliteStorage):
    """A process's way to the database: each transaction is whole, and around it anything may happen."""

    def __init__(self, database: Database, points: Points, *, alone: bool) -> None:
        self._database = database
        self._points = points
        self.alone = alone
        self.after_write = lambda: None
        self.path = database.path

    async def read(self, work: Callable[[Store], T]) -> T:
        await self._points.point("read")
        return await self._database.read(work)

    async def write(self, work: Callable[[Store], T]) -> T:
        await self._points.point("write")
        result, changed = self._database.write(work)
        await self._points.point("written")
        if changed:  # a claim that found nothing rings as well in the product: a busy loop, and no more news than this
            self.after_write()
        return result

    def close(self) -> None:
        """The file is the world's."""
