"""The database: one SQLite file, one writer.

WAL with synchronous=FULL: what was committed survives a power cut. Every write takes the lock at once
(BEGIN IMMEDIATE): a transaction that reads first and writes later fails with "database is locked" when another
writer came between, whatever the busy timeout.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from bot.ports.storage import Store
from storage.alarms import AlarmStore
from storage.checkins import CheckinStore
from storage.coachings import CoachingStore
from storage.commitments import CommitmentStore
from storage.inbox import InboxStore
from storage.outbox import OutboxStore
from storage.people import PeopleStore
from storage.usage import UsageStore

T = TypeVar("T")

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process's lock (a backup, a second terminal)."""
READERS = 3


@dataclass(frozen=True)
class SqlStore:
    """Everything that is kept, within one session. Implements `bot.ports.storage.Store`."""

    session: Session

    @cached_property
    def people(self) -> PeopleStore:
        return PeopleStore(self.session)

    @cached_property
    def checkins(self) -> CheckinStore:
        return CheckinStore(self.session)

    @cached_property
    def commitments(self) -> CommitmentStore:
        return CommitmentStore(self.session)

    @cached_property
    def coachings(self) -> CoachingStore:
        return CoachingStore(self.session)

    @cached_property
    def alarms(self) -> AlarmStore:
        return AlarmStore(self.session)

    @cached_property
    def inbox(self) -> InboxStore:
        return InboxStore(self.session)

    @cached_property
    def outbox(self) -> OutboxStore:
        return OutboxStore(self.session)

    @cached_property
    def usage(self) -> UsageStore:
        return UsageStore(self.session)


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
    """Implements `bot.ports.storage.Storage`: writes run one after another in a thread of their own."""

    def __init__(self, path: Path, after_write: Callable[[], None] = lambda: None) -> None:
        """`after_write` is called on the event loop after each committed write."""
        self.path = path
        self.after_write = after_write
        self._writing = sqlite_engine(path, "BEGIN IMMEDIATE", 1)
        self._reading = sqlite_engine(path, "BEGIN", READERS)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")

    async def read(self, work: Callable[[Store], T]) -> T:
        def run() -> T:
            with Session(self._reading, expire_on_commit=False) as session:
                return work(SqlStore(session))

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write(self, work: Callable[[Store], T]) -> T:
        def run() -> T:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                return work(SqlStore(session))

        result = await asyncio.get_running_loop().run_in_executor(self._writer, run)
        self.after_write()
        return result

    def close(self) -> None:
        """Wait for what runs, then let go of the file."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._writing.dispose()
        self._reading.dispose()
