"""The product, put together: what it is made of, and how it works from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from slack_bolt.async_app import AsyncApp

from bot.delivery.intake import Intake
from bot.delivery.sender import Sender
from bot.health import Pulse
from bot.many import Many
from bot.metrics import Metrics
from bot.ports import Clock
from bot.ports.standing import Standing
from bot.scheduler import ticking
from bot.services.installing import Installing
from bot.services.people import Teams
from bot.services.tick import Tick
from bot.services.workspaces import Workspaces
from handlers import errors
from handlers.edge import Edge
from storage.open import AnyStorage

CHORES_DRAIN = 1.0
"""Seconds that a chore under way gets: what it does not end is done again."""
DRAIN = 6.0
"""Seconds that work under way gets to finish when the process is told to stop. With the two of a `Door` and the half of
the operator's port, within the ten that supervisors usually wait."""


class Surface(Protocol):
    """One way in which people or Slack itself turn to us."""

    def register(self, app: AsyncApp) -> None:
        """Listen to it."""


@dataclass
class Huddle:
    """The product, put together. `start` and `stop` bracket its life; tests and the demo reach its parts."""

    storage: AnyStorage
    clock: Clock
    intake: Intake
    sender: Sender
    tick: Tick
    teams: Teams
    edge: Edge
    installing: Installing
    workspaces: Workspaces
    surfaces: tuple[Surface, ...]
    metrics: Metrics
    pulse: Pulse
    joined: Many | None = None

    def register(self, app: AsyncApp) -> None:
        """Listen to everything Slack sends us."""
        for surface in self.surfaces:
            surface.register(app)
        errors.register(app)

    async def tick_now(self) -> None:
        """Do whatever is due."""
        with self.pulse.ticking():
            await self.tick.run(self.clock())

    async def use_database(self) -> None:
        """Read and write, to no effect; raises when that cannot be done."""
        await self.storage.read(lambda store: store.inbox.waiting())
        await self.storage.write(lambda _: None)

    async def where_things_stand(self) -> Standing:
        """What waits and for how long; raises when the database cannot be read."""
        at = self.clock()
        return await self.storage.read(lambda store: store.standings.at(at))

    async def settle(self) -> None:
        """Work until nothing that is due is left: messages read, alarms rung, replies sent."""
        await self.intake.settle()
        await self.tick_now()
        await self.tick.chores.settle()
        await self.sender.settle()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Everything but the connection to Slack: workers and the clockwork.

        Where only one process may work on a database, what a former one had begun on is free again at once; where
        several may, it is when its lease ends.
        """
        if self.storage.alone:
            await self.storage.write(lambda store: store.inbox.release())
        workers = [asyncio.create_task(self.intake.run()), asyncio.create_task(self.sender.run())]
        self.pulse.follow(workers)
        scheduler = ticking(self.tick_now)
        scheduler.start()
        await self.tick_now()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            for worker in workers:
                worker.cancel()
            await self.intake.stop(DRAIN / 2)
            await self.sender.stop(DRAIN / 2)
            await self.tick.chores.stop(CHORES_DRAIN)
            await asyncio.gather(*workers, return_exceptions=True)
            if self.joined is not None:  # a renewed token that is not kept is lost
                await self.joined.installed.settle()

    def close(self) -> None:
        """Let go of the database."""
        self.storage.close()
