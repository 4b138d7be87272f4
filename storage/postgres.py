"""The database on a PostgreSQL server: many processes may work on it, one at a time writes.

The writes of a process that wait together are one transaction, each in a savepoint of its own, as on SQLite: one look
at the disk serves them all. Before its first statement it takes a lock of the database's, so that what one process
decides from what it reads, another has not changed meanwhile. The lock lasts for one batch and ends with its commit, or
with the process. Reads see one state from beginning to end and wait for nobody.

SERIALIZABLE transactions that are run again on a conflict were tried first: the queues are small tables whose
index pages everybody touches, so most conflicts were false, and 64 turns at once ran each other over.
"""

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Session

from bot.ports.storage import Store
from storage.address import PostgresServer
from storage.group import Outcome, within
from storage.server import driver_options, prepare
from storage.store import MOST_WAITING, Busy, SqlStore
from storage.trouble import lost, server_trouble
from storage.wrote import notice_writes, wrote

T = TypeVar("T")

CONNECTIONS = 8
"""Connections of one process; more transactions than that wait for one another here and not in the server."""
AT_ONCE = 32
"""Writes in one transaction: more would keep other processes waiting."""
ALONE = text("SELECT pg_advisory_xact_lock(hashtext('huddle-coach writes'))")
"""A write's first statement; the others wait for it, for as long as a lock may be waited for."""

log = structlog.get_logger()


@dataclass(frozen=True, eq=False)
class Job:
    """One write, and where its result is waited for."""

    work: Callable[[Store], Any]
    future: asyncio.Future[Any]


class PostgresStorage:
    """Implements `bot.ports.storage.Storage`. To be used on one event loop."""

    alone = False
    """Other processes may work on the same database: what is half done may be theirs."""

    def __init__(
        self, server: PostgresServer, after_write: Callable[[], None] = lambda: None, connections: int = CONNECTIONS
    ) -> None:
        """`after_write` is called on the event loop after each committed change of this process."""
        self.server = server
        self.after_write = after_write
        self._jobs: deque[Job] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(connections)
        self._engine = create_async_engine(
            server.url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=30,
            pool_use_lifo=True,
            connect_args=driver_options(server.url),
            hide_parameters=True,
        )
        prepare(self._engine.sync_engine)
        notice_writes(self._engine.sync_engine)
        self._open: weakref.WeakSet[Any] = weakref.WeakSet()
        event.listen(self._engine.sync_engine, "connect", lambda made, _record: self._open.add(made.driver_connection))
        self._writing = self._engine.execution_options(isolation_level="READ COMMITTED")
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def read(self, work: Callable[[Store], T]) -> T:
        """The result of `work` on one state; what it writes is refused. Raises `StorageError` without a server."""
        async with self._room:
            try:
                try:
                    return await self._once(self._reading, work)
                except DBAPIError as error:
                    if not lost(error):
                        raise
                    return await self._once(self._reading, work)  # the server was started anew
            except (DBAPIError, PoolTimeout) as error:
                raise self._told(error) from error

    async def write(self, work: Callable[[Store], T]) -> T:
        """The result of `work`, durable; what `work` raises undoes it. `work` may run more than once.

        Raises `Busy` at once when too many wait, and `StorageError` when the server cannot keep it. A connection that
        is lost while it commits leaves it open whether it was kept.
        """
        if len(self._jobs) >= MOST_WAITING:
            raise Busy
        job = Job(work, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        result: T = await job.future
        return result

    async def _drain(self) -> None:
        """Batch after batch until nothing waits."""
        while self._jobs:
            jobs = [self._jobs.popleft() for _ in range(min(AT_ONCE, len(self._jobs)))]
            changed = False
            try:
                outcomes, changed = await self._batch(jobs)
            except (DBAPIError, PoolTimeout) as error:
                told = self._told(error)
                outcomes = [Outcome(error=told) for _ in jobs]
            except Exception as error:
                outcomes = [Outcome(error=error) for _ in jobs]
            self._hand_out(jobs, outcomes)
            if changed:
                self.after_write()

    def _hand_out(self, jobs: list[Job], outcomes: list[Outcome]) -> None:
        for job, outcome in zip(jobs, outcomes, strict=True):
            if job.future.done():
                continue
            if outcome.error is None:
                job.future.set_result(outcome.result)
            else:
                job.future.set_exception(outcome.error)

    async def _batch(self, jobs: list[Job]) -> tuple[list[Outcome], bool]:
        """All of them in one transaction, and whether it changed anything; raises when it was not kept."""
        for again in (True, False):
            committing = False
            try:
                async with self._room, self._writing.connect() as connection, connection.begin() as transaction:
                    await connection.execute(ALONE)
                    outcomes = await connection.run_sync(self._all, jobs)
                    changed = await connection.run_sync(wrote)
                    if not any(outcome.error is None for outcome in outcomes):
                        changed = False
                        await transaction.rollback()
                    else:
                        committing = True
                        await transaction.commit()
                    return outcomes, changed
            except DBAPIError as error:
                if not (lost(error) and again) or committing:
                    raise
        raise AssertionError("unreachable")

    def _all(self, connection: Connection, jobs: list[Job]) -> list[Outcome]:
        return [self._one(connection, job, alone=len(jobs) == 1) for job in jobs]

    def _one(self, connection: Connection, job: Job, *, alone: bool) -> Outcome:
        """One write in a savepoint of its own, so that its error undoes nothing else; alone it needs none."""
        if job.future.cancelled():
            return Outcome(error=asyncio.CancelledError())
        try:
            return Outcome(within(connection, job.work, alone=alone))
        except Exception as error:
            if lost(error):
                raise
            return Outcome(error=self._told(error))

    async def _once(self, engine: AsyncEngine, work: Callable[[Store], T]) -> T:
        """The work on one state, of which nothing is kept."""
        made = AsyncSession(engine, sync_session_class=Session, expire_on_commit=False)
        async with made as session:
            return await session.run_sync(lambda plain: work(SqlStore(_session(plain))))

    def _told(self, error: Exception) -> Exception:
        """The error as whoever asked should see it."""
        trouble = server_trouble(error, self.server) if isinstance(error, DBAPIError | PoolTimeout) else None
        if trouble is None:
            return error
        log.error("the database cannot be used", reason=str(trouble))
        return trouble

    def close(self) -> None:
        """Let go of the server. Nothing is waited for: what is under way is undone by the server."""
        self._engine.sync_engine.dispose(close=False)
        for connection in list(self._open):
            if not connection.closed:
                connection.pgconn.finish()


def _session(plain: Any) -> Session:
    assert isinstance(plain, Session)
    return plain
