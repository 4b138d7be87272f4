"""Ten thousand mornings in one workspace, all at a quarter to nine, in virtual time: planned at once, sent at a pace.

The clock is moved a second at a time, nothing sleeps, and the messenger answers at once. Once Slack takes everything,
and the floor is what our own pace allows; once it is a bucket of 229 posts a minute that answers 429, and the floor is
that.
"""

from __future__ import annotations

import asyncio
import math
import shutil
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.databases import a_folder
from benchmarks.figures import Figure, Figures, at_most
from benchmarks.office import QUARTER_TO_NINE, QuickSlack, an_office, enrol
from bot.domain.pace import first
from bot.ports.messages import Delivery, Op
from bot.ports.slack import Posted, TryLater

NEAR = 1.03
"""Times the floor."""
SLACKS_RATE = 229.0
"""Posts a minute that Slack was seen to take in a workspace."""
SLACKS_BURST = SLACKS_RATE / 10
"""What it takes at once after a quiet time: six seconds' worth."""
A_TICK = 2
"""Seconds between ticks, as in the product."""
LONGEST = 3 * 60 * 60
STEP = timedelta(milliseconds=20)


@dataclass
class Hands:
    """The clock, and what has been posted by it."""

    now: datetime = QUARTER_TO_NINE
    posted: int = 0
    last: datetime = QUARTER_TO_NINE

    def clock(self) -> datetime:
        return self.now

    def heard(self, delivery: Delivery) -> None:
        """One more is in Slack."""
        if delivery.key.startswith("checkin:"):
            self.posted, self.last = self.posted + 1, self.now

    @property
    def minutes(self) -> float:
        """From a quarter to nine to the last morning."""
        return (self.last - QUARTER_TO_NINE) / timedelta(minutes=1)


@dataclass
class StrictSlack(QuickSlack):
    """A bucket that fills at 229 a minute; what finds it empty is told when to come again."""

    hands: Hands | None = None
    tokens: float = SLACKS_BURST
    since: datetime = QUARTER_TO_NINE
    refused: int = 0

    async def deliver(self, delivery: Delivery) -> Posted:
        assert self.hands is not None
        passed = (self.hands.now - self.since) / timedelta(minutes=1)
        self.tokens, self.since = min(self.tokens + passed * SLACKS_RATE, SLACKS_BURST), self.hands.now
        if delivery.op is Op.POST and self.tokens < 1:
            self.refused += 1
            wait = math.ceil((1 - self.tokens) * 60 / SLACKS_RATE)
            raise TryLater("ratelimited", wait, throttled=True)
        self.tokens -= delivery.op is Op.POST
        return await super().deliver(delivery)


def measure(quick: bool) -> Figures:
    """Minutes against the floors, complaints, and what a morning costs in real time."""
    count = 500 if quick else 10_000
    with a_folder() as folder:
        planned, seconds = asyncio.run(_plan(folder / "planned.db", count))
        shutil.copy(planned, folder / "strict.db")
        hands = Hands()
        easy = asyncio.run(_send(planned, hands, QuickSlack(hands.heard), count))
        strict = Hands()
        slack = StrictSlack(strict.heard, hands=strict)
        hard = asyncio.run(_send(folder / "strict.db", strict, slack, count))
    ours, theirs = own_floor(count), (count - SLACKS_BURST) / SLACKS_RATE
    each = f"{count:,} mornings"
    return [
        Figure(f"planning {each}", seconds, "s", note=f"{seconds / count * 1000:.1f} ms each, real time"),
        _against("Slack never complains", hands, ours),
        _against("Slack takes 229 a minute", strict, theirs),
        Figure("429s", slack.refused, "times", note=f"{slack.refused / count:.2%} of the posts"),
        Figure("sending a morning, no limits", easy / count * 1000, "ms", note="real time, virtual clock"),
        Figure("sending a morning, 229 a minute", hard / count * 1000, "ms", note="real time, virtual clock"),
    ]


def _against(name: str, hands: Hands, floor: float) -> Figure:
    note = f"{hands.minutes:.2f} virtual minutes, floor {floor:.2f}"
    return Figure(f"{name}: time / floor", hands.minutes / floor, "×", at_most(NEAR), note)


async def _plan(database: Path, count: int) -> tuple[Path, float]:
    """The database with every morning waiting to be sent, and how long planning took."""
    hands = Hands()
    with an_office(database, QuickSlack(), hands.clock) as huddle:
        await enrol(huddle, count)
        start = time.perf_counter()
        await huddle.tick.run(hands.now)
        seconds = time.perf_counter() - start
        waiting = await huddle.storage.read(lambda store: store.outbox.waiting(hands.now))
    assert waiting == count, f"{waiting} mornings of {count}"
    return database, seconds


async def _send(database: Path, hands: Hands, slack: QuickSlack, count: int) -> float:
    """Send them, second by second; returns the seconds that really passed."""
    with an_office(database, slack, hands.clock) as huddle:
        start = time.perf_counter()
        for second in range(LONGEST):
            if second % A_TICK == 0:
                await huddle.tick.run(hands.now)
            await huddle.sender.settle()
            if hands.posted == count:
                return time.perf_counter() - start
            hands.now += timedelta(seconds=1)
    raise AssertionError(f"{hands.posted} mornings of {count} were sent in {LONGEST} virtual seconds")


def own_floor(count: int) -> float:
    """Minutes that the pace itself takes for so many mornings when nobody complains and nothing else is sent."""
    at, sent = QUARTER_TO_NINE, 0
    pace = first(Op.POST.value, at)
    while True:
        while pace.takes(reply=False):
            pace, sent = pace.taken(), sent + 1
            if sent == count:
                return (at - QUARTER_TO_NINE) / timedelta(minutes=1)
        at += STEP
        pace = pace.now(at)
