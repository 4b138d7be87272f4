"""The product, broken on purpose: what the audit must notice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.app import Huddle
from bot.ports.messages import Delivery
from bot.ports.queues import Incoming
from bot.ports.slack import Messenger, Posted, Refused, Unsure
from bot.ports.storage import Store
from bot.simulation.database import SimulatedStorage
from bot.simulation.policies import Policy
from bot.simulation.workers import Worker
from storage.sqlite import SqliteStorage, SqlStore

T = TypeVar("T")


@dataclass(frozen=True)
class Blind:
    """A messenger that never finds anything."""

    inner: Messenger

    async def deliver(self, delivery: Delivery) -> Posted:
        return await self.inner.deliver(delivery)

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        return None


class RetriesBlindly(Policy):
    """What may have been posted is posted again, without a look."""

    name = "retries blindly"

    def messenger(self, messenger: Messenger, _worker: Worker) -> Messenger:
        return Blind(messenger)


@dataclass(frozen=True)
class Once:
    """A messenger that takes every call for the last: what is not known is given up."""

    inner: Messenger

    async def deliver(self, delivery: Delivery) -> Posted:
        try:
            async with asyncio.timeout(9):
                return await self.inner.deliver(delivery)
        except (Unsure, TimeoutError):
            raise Refused("not known") from None

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        return Posted("D0", "0")


class AtMostOnce(Policy):
    """What may have been posted is given up."""

    name = "at most once"

    def messenger(self, messenger: Messenger, _worker: Worker) -> Messenger:
        return Once(messenger)


class Leaseless(SimulatedStorage):
    """Whatever is claimed is free again in a moment."""

    def __init__(self, inner: SimulatedStorage, worker: Worker) -> None:
        super().__init__(worker.database, inner._points, alone=inner.alone)
        self.worker = worker

    async def write(self, work: Callable[[Store], T]) -> T:
        soon = self.worker.wall() + timedelta(seconds=0.5)

        def with_short_leases(store: Store) -> T:
            result = work(store)
            assert isinstance(store, SqlStore)
            store.session.flush()
            for box, state in (("outbox", "sending"), ("inbox", "working")):
                end = f"{soon:%Y-%m-%d %H:%M:%S.%f}"
                query = f"UPDATE {box} SET lease_until = '{end}' WHERE state = '{state}' AND lease_until > '{end}'"
                store.session.connection().exec_driver_sql(query)
            return result

        return await super().write(with_short_leases)


class NoLease(Policy):
    """The claims of one worker are no hindrance to another."""

    name = "no lease"

    def storage(self, storage: SqliteStorage, worker: Worker) -> SqliteStorage:
        assert isinstance(storage, SimulatedStorage)
        return Leaseless(storage, worker)


class AcksFirst(Policy):
    """An event is acknowledged first and stored a little later."""

    name = "acks before it stores"

    def huddle(self, huddle: Huddle, _worker: Worker) -> Huddle:
        keep = huddle.intake.keep
        later: set[asyncio.Task[None]] = set()

        async def store(incoming: Incoming) -> None:
            await asyncio.sleep(2.0)
            await keep(incoming)

        async def hasty(incoming: Incoming) -> bool:
            task = asyncio.create_task(store(incoming))
            later.add(task)
            task.add_done_callback(later.discard)
            return True

        huddle.intake.keep = hasty  # type: ignore[method-assign]
        return huddle
