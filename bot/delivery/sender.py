"""From the outbox to Slack: the most urgent first, one message at a time in each channel, each key once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.ports import Clock
from bot.ports.messages import Delivery
from bot.ports.slack import Messenger, Refused, TryLater
from bot.ports.storage import Storage, Store

LEASE = timedelta(seconds=25)
"""Longer than `HTTP_TIMEOUT`, so that a claim never ends while its call is under way."""
HTTP_TIMEOUT = 10.0
"""Seconds one call to Slack may take."""
AT_ONCE = 8
IDLE = 1.0
"""Seconds between looks when nothing calls: what becomes due by waiting is found by then."""

log = structlog.get_logger()


@dataclass
class Sender:
    """Sends what is due. `refused` hears of what Slack will never take, in the transaction that gives it up."""

    storage: Storage
    messenger: Messenger
    clock: Clock
    refused: Callable[[Store, Delivery, str, datetime], None] = lambda *_: None
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def ring(self) -> None:
        """There may be something to send."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            self._bell.clear()
            try:
                await self.work()
            except Exception:
                log.exception("sender could not look for work")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(IDLE):  # not `wait_for`, which loses a cancellation in Python 3.11
                    await self._bell.wait()

    async def work(self) -> None:
        """Start sending everything that can be sent now; returns when nothing more can be started."""
        while len(self._running) < AT_ONCE:
            claimed = await self._claim(AT_ONCE - len(self._running))
            if not claimed:
                return
            for one in claimed:
                task = asyncio.create_task(self._one(one))
                self._running.add(task)
                task.add_done_callback(self._finished)

    async def _claim(self, room: int) -> Sequence[Delivery]:
        at = self.clock()
        if not await self.storage.read(lambda s: s.outbox.waiting(at)):
            return []
        return await self.storage.write(lambda s: s.outbox.claim(at, at + LEASE, room))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.ring()

    async def settle(self) -> None:
        """Wait until nothing is being sent and nothing due is waiting."""
        await self.work()
        while self._running:
            await asyncio.wait(self._running)
            await self.work()

    async def _one(self, delivery: Delivery) -> None:
        if delivery.lease_until - self.clock() < timedelta(seconds=HTTP_TIMEOUT):
            return  # the machine slept since the claim: before a call ended, the row might be taken again
        try:
            async with asyncio.timeout(HTTP_TIMEOUT):
                posted = await self.messenger.deliver(delivery)
        except TryLater as error:
            not_before = self.clock() + timedelta(seconds=error.seconds)
            reason = error.reason
            await self.storage.write(lambda s: s.outbox.retry(delivery.id, not_before, reason))
        except Refused as error:
            log.warning("slack refused a message", key=delivery.key, reason=str(error))
            reason, at = str(error), self.clock()

            def give_up(store: Store) -> None:
                store.outbox.failed(delivery.id, reason)
                self.refused(store, delivery, reason, at)

            await self.storage.write(give_up)
        except TimeoutError:
            log.warning("slack did not answer in time", key=delivery.key)
        except Exception:
            log.exception("sending failed", key=delivery.key)
        else:
            await self.storage.write(lambda s: s.outbox.sent(delivery.id, posted.channel, posted.ts))

    async def stop(self, within: float) -> None:
        """Give calls under way `within` seconds to end; what is left waits for the next start."""
        if self._running:
            await asyncio.wait(self._running, timeout=within)
        for task in self._running:
            task.cancel()
