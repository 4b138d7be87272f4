"""From Slack's events to services: each person's messages one at a time, in order, until each is done.

An event is a row before Slack hears that we have it, so a crash at any point leaves it to be worked on again. The
answer to a message and the mark that it is done are one transaction, so working on it again does nothing twice.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.errors import Changed
from bot.ports import Clock
from bot.ports.slack import TryLater
from bot.ports.storage import Claimed, Incoming, Storage

LEASE = timedelta(seconds=60)
"""Longer than any model or Slack call that reading a message can take."""
AT_ONCE = 16
MOST_ATTEMPTS = 5
FRESH = timedelta(hours=1)
"""How long a message that waited (the process was down) is still answered as of the moment it was said."""
IDLE = 2.0
"""Seconds between looks when nothing calls: what a retry or an ended lease makes due is found by then."""

log = structlog.get_logger()


Handler = Callable[[Claimed, datetime], Awaitable[None]]
"""Works on one event, as of the moment it was received."""


@dataclass
class Intake:
    """Keeps events and works on them. `handlers` maps a payload's kind to what works on it."""

    storage: Storage
    clock: Clock
    handlers: Mapping[str, Handler]
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def keep(self, incoming: Incoming) -> bool:
        """Store an event; durable when this returns. False when it was there already."""
        kept = await self.storage.write(lambda store: store.inbox.add(incoming))
        self.ring()
        return kept

    def ring(self) -> None:
        """There may be something to do."""
        self._bell.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._bell.clear()
            try:
                await self.work()
            except Exception:
                log.exception("intake could not look for work")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(IDLE):  # not `wait_for`, which loses a cancellation in Python 3.11
                    await self._bell.wait()

    async def work(self) -> None:
        """Start on everything that can be worked on now; returns when nothing more can be started."""
        while len(self._running) < AT_ONCE:
            claimed = await self._claim(AT_ONCE - len(self._running))
            if not claimed:
                return
            for one in claimed:
                task = asyncio.create_task(self._one(one))
                self._running.add(task)
                task.add_done_callback(self._finished)

    async def _claim(self, room: int) -> Sequence[Claimed]:
        if not await self.storage.read(lambda s: s.inbox.waiting()):
            return []
        at = self.clock()
        return await self.storage.write(lambda s: s.inbox.claim(at, at + LEASE, room))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.ring()

    async def settle(self) -> None:
        """Wait until nothing is being worked on and nothing is waiting."""
        await self.work()
        while self._running:
            await asyncio.wait(self._running)
            await self.work()

    async def _one(self, claimed: Claimed) -> None:
        kind = str(claimed.incoming.payload.get("kind"))
        try:
            await self.handlers[kind](claimed, self._moment_of(claimed))
        except Changed:
            await self._again(claimed, timedelta(0), "the conversation moved on meanwhile")
        except TryLater as error:
            await self._again(claimed, timedelta(seconds=error.seconds), error.reason)
        except Exception as error:
            log.exception("message could not be worked on", inbox=claimed.id, attempt=claimed.attempts)
            reason = type(error).__name__
            if claimed.attempts >= MOST_ATTEMPTS:
                await self.storage.write(lambda s: s.inbox.set_aside(claimed.id, reason))
            else:
                await self._again(claimed, timedelta(seconds=2**claimed.attempts), reason)

    def _moment_of(self, claimed: Claimed) -> datetime:
        """When it was said; now, if it waited so long that its moment has passed."""
        now, received = self.clock(), claimed.incoming.received_at
        return received if now - received < FRESH else now

    async def _again(self, claimed: Claimed, wait: timedelta, reason: str) -> None:
        at = self.clock() + wait
        await self.storage.write(lambda s: s.inbox.retry(claimed.id, at, reason))

    async def stop(self, within: float) -> None:
        """Give what is being worked on `within` seconds to finish; the rest is taken up at the next start."""
        if self._running:
            await asyncio.wait(self._running, timeout=within)
        for task in self._running:
            task.cancel()
