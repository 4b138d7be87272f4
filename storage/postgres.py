"""The database on a PostgreSQL server: many processes may work on it, each transaction as if it were alone.

Writes are SERIALIZABLE, and one that another came between is run again: the works are plain functions that decide
anew from what they read. One that others come before again and again gets the database for itself, so that it ends.
Reads see one state from beginning to end.
"""

from __future__ import annotations

import asyncio
import random
import weakref
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.sql.elements import TextClause
from sqlmodel import Session

from bot.errors import StorageError
from bot.ports.storage import Store
from storage.address import PostgresServer
from storage.server import driver_options, prepare
from storage.store import MOST_WAITING, Busy, SqlStore
from storage.trouble import lost, server_trouble, state_of

T = TypeVar("T")

CONNECTIONS = 8
"""Connections of one process; more transactions than that wait for one another here and not in the server."""
WRITERS = 4
"""Writes of one process at a time: most touch the same queues, so more would only come between one another."""
TRIES = 8
"""How often a write is tried in all when others come between."""
POLITE_TRIES = 2
"""How many of these are made beside other writes; then it waits for theirs to end and runs alone."""
BESIDE, BY_ITSELF = (text(f"LOCK TABLE alembic_version IN {mode} MODE") for mode in ("ROW SHARE", "EXCLUSIVE"))
"""A write's first statement. Unlike an advisory lock it is waited for before the transaction's state is fixed."""
UNIQUE_TRIES = 3
"""How often when a key is there already: the second time the work sees it, if it was another's just now."""
FIRST_WAIT, LONGEST_WAIT = 0.004, 0.4
CONFLICTS = {"40001", "40P01"}
UNIQUE = "23505"

log = structlog.get_logger()


class PostgresStorage:
    """Implements `bot.ports.storage.Storage`. To be used on one event loop."""

    alone = False
    """Other processes may work on the same database: what is half done may be theirs."""

    def __init__(
        self, server: PostgresServer, after_write: Callable[[], None] = lambda: None, connections: int = CONNECTIONS
    ) -> None:
        """`after_write` is called on the event loop after each committed write of this process."""
        self.server = server
        self.after_write = after_write
        self._waiting = 0
        self._room = asyncio.Semaphore(connections)
        self._writers = asyncio.Semaphore(min(WRITERS, connections))
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
        self._open: weakref.WeakSet[Any] = weakref.WeakSet()
        event.listen(self._engine.sync_engine, "connect", lambda made, _record: self._open.add(made.driver_connection))
        self._writing = self._engine.execution_options(isolation_level="SERIALIZABLE")
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
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            async with self._writers, self._room:
                result = await self._until_kept(work)
        finally:
            self._waiting -= 1
        self.after_write()
        return result

    async def _until_kept(self, work: Callable[[Store], T]) -> T:
        tried = 0
        while True:
            tried += 1
            try:
                return await self._once(self._writing, work, BESIDE if tried <= POLITE_TRIES else BY_ITSELF)
            except (DBAPIError, PoolTimeout) as error:
                if not self._again(error, tried):
                    raise self._told(error) from error
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2**tried)
            await asyncio.sleep(random.uniform(0, wait))  # noqa: S311 - so that two do not meet again

    def _again(self, error: Exception, tried: int) -> bool:
        """Whether the same work may come out otherwise when it is tried once more."""
        state = state_of(error)
        if state in CONFLICTS:
            return tried < TRIES
        if state == UNIQUE:
            return tried < UNIQUE_TRIES
        return lost(error) and tried < 2 and not getattr(error, "while_committing", False)

    async def _once(self, engine: AsyncEngine, work: Callable[[Store], T], lock: TextClause | None = None) -> T:
        """The work in a transaction of its own, which is kept when there is a lock to begin it with."""
        made = AsyncSession(engine, sync_session_class=Session, expire_on_commit=False)
        async with made as session:
            if lock is not None:
                await session.execute(lock)
            result = await session.run_sync(lambda plain: work(SqlStore(_session(plain))))
            if lock is not None:
                await session.run_sync(lambda plain: plain.flush())
                try:
                    await session.commit()
                except DBAPIError as error:
                    error.while_committing = True  # type: ignore[attr-defined]
                    raise
            return result

    def _told(self, error: Exception) -> Exception:
        """The error as whoever asked should see it."""
        if state_of(error) in CONFLICTS:
            return StorageError(f"The database {self.server} is too busy: others came between {TRIES} times.")
        trouble = server_trouble(error, self.server)
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
