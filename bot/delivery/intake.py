"""From Slack's events to services: each person's messages one at a time, in order, until each is done.

An event is a row before Slack hears that we have it, so a crash at any point leaves it to be worked on again. The
answer to a message and the mark that it is done are one transaction, so working on it again does nothing twice.
Events that come together are written together: one look at the disk serves them all.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.delivery.watch import Watch
from bot.errors import Changed, StorageError
from bot.ports import Clock
from bot.ports.counts import Counts, Event, Silent
from bot.ports.queues import Claimed, Incoming
from bot.ports.slack import TryLater
from bot.ports.storage import Storage

LEASE = timedelta(seconds=60)
"""Longer than any model or Slack call that reading a message can take."""
AT_ONCE = 16
MOST_FAILURES = 5
"""An event that failed so often is set aside, with the reason, for a person to look at."""
MOST_RACES = 20
"""A conversation that moved on so often while one message was read is an error of ours."""
MOST_WAITING = 5_000
"""More events than this waiting to be written, and the next is refused: Slack delivers it again later."""
AT_A_TIME = 100
"""Events written in one transaction."""
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
    counts: Counts = field(default_factory=Silent)
    _arrived: list[tuple[Incoming, asyncio.Future[bool]]] = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None
    _watch: Watch = field(default_factory=Watch)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def keep(self, incoming: Incoming) -> bool:
        """Store an event; durable when this returns. False when it was there already. Raises when it is not stored."""
        if len(self._arrived) >= MOST_WAITING:
            raise StorageError("More events arrive than the database can take; they will be asked for again.")
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._arrived.append((incoming, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_arrived())
        return await kept

    async def _write_arrived(self) -> None:
        """Write what has arrived, and what arrives meanwhile, until nothing is left."""
        while self._arrived:
            batch, self._arrived = self._arrived[:AT_A_TIME], self._arrived[AT_A_TIME:]
            events = [incoming for incoming, _ in batch]
            try:
                kept = await self.storage.write(lambda store, events=events: store.inbox.add(events))  # type: ignore[misc]
            except Exception as error:
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for (_, future), new in zip(batch, kept, strict=True):
                    if not future.done():
                        future.set_result(new)
            self.ring()

    async def echoed(self, workspace: str, delivery_id: str, channel: str, ts: str) -> None:
        """Slack shows us our own message: what was not known to be sent is."""
        if not await self.storage.read(lambda s: s.outbox.is_unsent(workspace, delivery_id)):
            return
        if await self.storage.write(lambda s: s.outbox.echoed(workspace, delivery_id, channel, ts)):
            self.counts.count(Event.RECONCILED, how="echo")

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
        at = self.clock()
        if self._watch.has_gone_back(at):
            await self.storage.write(lambda s: s.inbox.clock_went_back(at, at + LEASE))
        if not await self.storage.read(lambda s: s.inbox.ready(at)):
            return []
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
            lost = claimed.attempts > MOST_RACES
            await self._again(claimed, timedelta(seconds=lost), "the conversation moved on meanwhile", failed=lost)
        except TryLater as error:
            await self._again(claimed, timedelta(seconds=error.seconds), error.reason, failed=False)
        except Exception as error:
            log.exception("message could not be worked on", inbox=claimed.id, failure=claimed.failures + 1)
            await self._again(
                claimed, timedelta(seconds=2 ** (claimed.failures + 1)), type(error).__name__, failed=True
            )

    def _moment_of(self, claimed: Claimed) -> datetime:
        """When it was said; now, if it waited so long that its moment has passed."""
        now, received = self.clock(), claimed.incoming.received_at
        return received if now - received < FRESH else now

    async def _again(self, claimed: Claimed, wait: timedelta, reason: str, *, failed: bool) -> None:
        at = self.clock() + wait
        if failed and claimed.failures + 1 >= MOST_FAILURES:
            await self.storage.write(lambda s: s.inbox.set_aside(claimed, reason))
        else:
            await self.storage.write(lambda s: s.inbox.retry(claimed, at, reason, failed=failed))

    async def stop(self, within: float) -> None:
        """Give what is being worked on `within` seconds to finish; the rest is taken up at the next start."""
        if self._running:
            await asyncio.wait(self._running, timeout=within)
        for task in self._running:
            task.cancel()
