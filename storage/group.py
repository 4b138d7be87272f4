"""Group commit: writes that wait together are made durable together, by one thread in one transaction.

Waiting for the disk is what a write costs. While one batch waits for it the next one gathers, so the cost is shared
when there are many and is a single write's own when it is alone.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from bot.errors import StorageError
from bot.ports.storage import Store
from storage.scrubbing import scrub
from storage.store import MOST_WAITING, Busy, SqlStore
from storage.trouble import sqlite_trouble
from storage.wrote import notice_writes, wrote

T = TypeVar("T")

AT_ONCE = 64
"""Writes in one transaction: more would keep the first one waiting for the last."""

log = structlog.get_logger()


@dataclass(frozen=True, eq=False)
class Job:
    """One write, and where its result is waited for."""

    work: Callable[[Store], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]


@dataclass(frozen=True)
class Outcome:
    """How a write ended: with a result, or with an error."""

    result: Any = None
    error: BaseException | None = None


def within(connection: Connection, work: Callable[[Store], T], *, alone: bool) -> T:
    """The result of `work` in the connection's transaction: in a savepoint of its own, unless it is `alone` in it."""
    mode: Any = "rollback_only" if alone else "create_savepoint"
    with Session(connection, join_transaction_mode=mode, expire_on_commit=False) as session:
        result = work(SqlStore(session))
        session.commit()
        return result


class GroupCommit:
    """The one writer of a SQLite file. `written` is called on the event loop once for each batch that
    changed something."""

    def __init__(self, engine: Engine, where: object, written: Callable[[], None]) -> None:
        notice_writes(engine)
        self._engine = engine
        self._where = where
        self._written = written
        self._connection: Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()
        self._working = False
        self._changed = False
        self._closed = False

    async def write(self, work: Callable[[Store], T]) -> T:
        """The result of `work` once it is durable; raises what it raised, and then nothing of it is kept.

        Raises `Busy` at once when too many wait, and `StorageError` when the file cannot be written: then nothing is
        kept of any write in the batch. A caller that is cancelled does not know whether its work was done.
        """
        loop = asyncio.get_running_loop()
        job = Job(work, loop, loop.create_future())
        with self._lock:
            if self._closed:
                raise StorageError("The database was closed; nothing more is kept.")
            if len(self._waiting) >= MOST_WAITING:
                raise Busy
            self._waiting.append(job)
            if not self._working:
                self._working = True
                self._thread.submit(self._drain)
        result: T = await job.future
        return result

    def close(self) -> None:
        """Finish what is waiting, then let go of the connection."""
        with self._lock:
            self._closed = True
        self._thread.shutdown()
        self._drop()

    def _drain(self) -> None:
        """Batch after batch until nothing waits; runs in the writer's thread."""
        while jobs := self._next():
            self._changed = False
            try:
                outcomes = self._batch(jobs)
            except BaseException as error:
                outcomes = self._all_failed(jobs, error)
            for loop, pairs in groupby(zip(jobs, outcomes, strict=True), key=lambda pair: pair[0].loop):
                try:
                    loop.call_soon_threadsafe(self._hand_out, list(pairs), self._changed)
                except RuntimeError:  # that loop is closed: nobody waits there any more
                    continue

    def _next(self) -> list[Job]:
        with self._lock:
            jobs = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            self._working = bool(jobs)
            return jobs

    def _batch(self, jobs: list[Job]) -> list[Outcome]:
        """All of them in one transaction; raises when that as a whole could not be begun, kept up or committed."""
        if self._connection is None:
            self._connection = self._engine.connect()
        connection = self._connection
        transaction = connection.begin()
        wrote(connection)
        outcomes = [self._one(connection, job, alone=len(jobs) == 1) for job in jobs]
        if any(outcome.error is None for outcome in outcomes):
            transaction.commit()
            self._changed = wrote(connection)
            scrub(connection)
        elif transaction.is_active:
            transaction.rollback()
        return outcomes

    def _one(self, connection: Connection, job: Job, *, alone: bool) -> Outcome:
        """One write in a savepoint of its own, so that its error undoes nothing else; alone it needs none."""
        if job.future.cancelled():
            return Outcome(error=asyncio.CancelledError())
        try:
            return Outcome(within(connection, job.work, alone=alone))
        except BaseException as error:
            if sqlite_trouble(error, self._where) or not (alone or _is_open(connection)):
                raise  # SQLite gave up the whole transaction, or cannot be trusted to have kept the others'
            return Outcome(error=error)

    def _all_failed(self, jobs: list[Job], error: BaseException) -> list[Outcome]:
        self._drop()
        trouble = sqlite_trouble(error, self._where)
        if trouble is None:
            log.error("a batch of writes failed", writes=len(jobs), error=type(error).__name__)
            trouble = StorageError(f"The database {self._where} could not keep a write ({type(error).__name__}).")
        else:
            log.error("the database cannot be written", writes=len(jobs), reason=str(trouble))
        told = []
        for _ in jobs:
            each = StorageError(str(trouble))
            each.__cause__ = error
            told.append(Outcome(error=each))
        return told

    def _drop(self) -> None:
        """Give up the connection, and with it whatever was not committed; the next write opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.invalidate()
                connection.close()
            except Exception as error:
                log.warning("a connection could not be closed", error=type(error).__name__)

    def _hand_out(self, pairs: list[tuple[Job, Outcome]], changed: bool) -> None:
        """Wake those who wait; runs on their event loop."""
        for job, outcome in pairs:
            if job.future.done():
                continue
            if outcome.error is None:
                job.future.set_result(outcome.result)
            else:
                job.future.set_exception(outcome.error)
        if changed:
            self._written()


def _is_open(connection: Connection) -> bool:
    """Whether SQLite still has our transaction: some errors end it as a whole."""
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))
