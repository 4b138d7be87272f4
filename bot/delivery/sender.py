"""From the outbox to Slack: the most urgent first, one message at a time in each channel, each key once.

A call can end in four ways: done, not done (try later), refused for good, or nobody knows. Of the last kind the row
stays taken until its lease ends; by then the call is over and Slack's history shows what came of it. A post is looked
for there before it is made again. An update is simply made again, unless a newer one is waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.delivery.watch import Watch
from bot.ports import Clock
from bot.ports.counts import Counts, Event, Silent
from bot.ports.messages import Delivery, Op
from bot.ports.slack import Messenger, Refused, TryLater, Unsure
from bot.ports.storage import Storage, Store

HTTP_TIMEOUT = 10.0
"""Seconds one call to Slack may take."""
SETTLES = 10.0
"""Seconds after the end of a call by which its effect can be seen: a request that is still on its way arrives, and the
history shows what was posted."""
LEASE = timedelta(seconds=45)
"""How long a message is one worker's. A call is only begun with `HTTP_TIMEOUT` and `SETTLES` left of it, so that its
effect can be seen when the lease ends; looking for the message before that fits in as well."""
AT_ONCE = 8
IDLE = 1.0
"""Seconds between looks when nothing calls: what becomes due by waiting is found by then."""
LOOK_AGAIN = timedelta(minutes=1)
GIVE_UP_LOOKING = timedelta(days=1)
"""How long after its time a message that may have been sent is still looked for."""
LATE = "it could not be sent in time"
UNKNOWN = "whether Slack had it could not be found out"

log = structlog.get_logger()


class Decide(Protocol):
    """Looks once more at a message that is about to go."""

    def wants(self, delivery: Delivery) -> bool:
        """Whether it may be otherwise by now."""
        ...

    def __call__(self, store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
        """The message as it is to go, None when it was skipped instead; within a transaction."""
        ...


@dataclass
class Sender:
    """Sends what is due. `refused` hears of what Slack will never take, in the transaction that gives it up."""

    storage: Storage
    messenger: Messenger
    clock: Clock
    refused: Callable[[Store, Delivery, str, datetime], None] = lambda *_: None
    decide: Decide | None = None
    counts: Counts = field(default_factory=Silent)
    _watch: Watch = field(default_factory=Watch)
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
        if self._watch.has_gone_back(at):
            await self.storage.write(lambda s: s.outbox.clock_went_back(at, at + LEASE))
        if not await self.storage.read(lambda s: s.outbox.ready(at)):
            return []

        return await self.storage.write(lambda s: s.outbox.claim(at, at + LEASE, room))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.ring()

    async def settle(self) -> None:
        """Wait until nothing is being sent and nothing that may go now is waiting."""
        await self.work()
        while self._running:
            await asyncio.wait(self._running)
            await self.work()

    async def _one(self, delivery: Delivery) -> None:
        try:
            if delivery.unsure_since is not None and not await self._is_absent(delivery, delivery.unsure_since):
                return
            wanted = await self._looked_at(replace(delivery, unsure_since=None))
            if wanted is not None and wanted.lease_until - self.clock() >= timedelta(seconds=HTTP_TIMEOUT + SETTLES):
                await self._call(wanted)
            # else the machine slept since the claim: before a call ended, the row might be taken again
        except Exception:
            log.exception("sending failed", key=delivery.key)

    async def _looked_at(self, delivery: Delivery) -> Delivery | None:
        """The message as it is to go now; None when it is not to go. A look that fails is made again later."""
        if self.decide is None or not self.decide.wants(delivery):
            return delivery
        at, decide = self.clock(), self.decide
        try:
            return await self.storage.write(lambda s: decide(s, delivery, at))
        except Exception as error:
            log.exception("a message could not be looked at again", key=delivery.key)
            reason = f"it could not be looked at again ({type(error).__name__})"
            await self.storage.write(lambda s: s.outbox.retry(delivery, at + LOOK_AGAIN, reason))
            return None

    async def _is_absent(self, delivery: Delivery, since: datetime) -> bool:
        """Whether a message that may have been sent was not, and is still wanted."""
        if delivery.op is Op.POST:
            try:
                async with asyncio.timeout(HTTP_TIMEOUT):
                    posted = await self.messenger.find(delivery, since)
            except TryLater as error:
                await self._look_again(delivery, error)
                return False
            except (Unsure, TimeoutError):
                await self._look_again(delivery, TryLater("Slack did not show the conversation", HTTP_TIMEOUT))
                return False
            if posted is not None:
                self.counts.count(Event.RECONCILED, how="history")
                await self.storage.write(lambda s: s.outbox.sent(delivery, posted.channel, posted.ts))
                return False
        if delivery.expires_at <= self.clock():
            await self._skip(delivery, LATE)
            return False
        if delivery.op is Op.POST:
            self.counts.count(Event.RECONCILED, how="posted_again")
        return True

    async def _look_again(self, delivery: Delivery, error: TryLater) -> None:
        """It cannot be told now; later, until that is of no use to anybody."""
        at = self.clock()
        if at >= delivery.expires_at + GIVE_UP_LOOKING:
            await self._skip(delivery, UNKNOWN)
        else:
            not_before = at + timedelta(seconds=error.seconds)
            await self.storage.write(lambda s: s.outbox.retry(delivery, not_before, error.reason))

    async def _call(self, delivery: Delivery) -> None:
        """Ask Slack, and keep what it said. When it said nothing, the row stays taken until its lease ends."""
        outcome = "error"
        try:
            async with asyncio.timeout(HTTP_TIMEOUT):
                posted = await self.messenger.deliver(delivery)
            outcome = "sent"
            await self.storage.write(lambda s: s.outbox.sent(delivery, posted.channel, posted.ts))
        except TryLater as error:
            outcome = "later"
            await self._later(delivery, error)
        except Refused as error:
            outcome = "refused"
            await self._give_up(delivery, str(error))
        except (Unsure, TimeoutError) as error:
            outcome = "unsure"
            log.warning("slack may have a message or not", key=delivery.key, reason=str(error) or "no answer in time")
        finally:
            self.counts.count(Event.SENT, op=delivery.op.value, outcome=outcome)

    async def _later(self, delivery: Delivery, error: TryLater) -> None:
        at = self.clock()
        not_before = at + timedelta(seconds=error.seconds)
        if error.throttled:
            self.counts.count(Event.THROTTLED)

        def wait(store: Store) -> None:
            store.outbox.retry(delivery, not_before, error.reason)
            if error.throttled:
                store.outbox.throttled(delivery.workspace, delivery.op, at, error.seconds)

        await self.storage.write(wait)

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        log.warning("slack refused a message", key=delivery.key, reason=reason)
        at = self.clock()

        def give_up(store: Store) -> None:
            store.outbox.failed(delivery, reason, at)
            self.refused(store, delivery, reason, at)

        await self.storage.write(give_up)

    async def _skip(self, delivery: Delivery, reason: str) -> None:
        at = self.clock()
        await self.storage.write(lambda s: s.outbox.skip(delivery, reason, at))

    async def stop(self, within: float) -> None:
        """Give calls under way `within` seconds to end; what is left waits for the next start."""
        if self._running:
            await asyncio.wait(self._running, timeout=within)
        for task in self._running:
            task.cancel()
