"""Kills the product's process at moments drawn by a seed, and starts it again at once, as a supervisor does."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.support.process import Product
from tests.support.strict import StrictSlack

SOON, LATEST = 0.02, 1.5
"""Seconds after its start, or after it was connected."""
STARTING = 30.0
"""Seconds that a start may take on a busy machine."""
LATER = 5.0
MOMENTS = ("starting", "starting", "starting", "working", "calling", "calling", "hearing", "later")
"""How often each kind of moment is drawn: anywhere in the start, anywhere in the work, as a message is on its way to
Slack, as an event is on its way here, and after some seconds in which something can come about."""


@dataclass
class Reaper:
    """One process, and who kills it. After `reap` it runs."""

    product: Product
    slack: StrictSlack
    random: Random
    moments: Counter[str] = field(default_factory=Counter)
    exits: list[int] = field(default_factory=list)
    """The codes of those that ended by themselves before they were killed."""

    async def reap(self, kills: int) -> None:
        """Start and kill it so many times, then start it once more."""
        for _ in range(kills):
            moment = self.random.choice(MOMENTS)
            self.moments[moment] += 1
            begun = await self._start()
            if moment == "starting":
                await asyncio.sleep(self.random.uniform(SOON, LATEST))
            else:
                await self._until(lambda begun=begun: "connected" in self.product.output[begun:], STARTING)  # type: ignore[misc]
                await self._moment(moment)
            code = await self.product.kill()
            if code != -9:
                self.exits.append(code)
        await self._start()

    async def _start(self) -> int:
        """Returns where in its output this one begins."""
        begun = len(self.product.output) if (self.product.folder / "output").exists() else 0
        await self.product.start()
        return begun

    async def _moment(self, moment: str) -> None:
        if moment in {"working", "later"}:
            await asyncio.sleep(self.random.uniform(SOON, LATEST if moment == "working" else LATER))
            return
        count = self._calls if moment == "calling" else self._envelopes
        last = count() + self.random.randint(1, 4)
        await self._until(lambda: count() >= last, LATEST)
        await asyncio.sleep(self.random.uniform(0.0, 0.03))

    def _calls(self) -> int:
        return sum(asked.method.startswith("chat.") for asked in self.slack.records.asked)

    def _envelopes(self) -> int:
        return len(self.slack.sockets.envelopes)

    async def _until(self, holds: Callable[[], bool], seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not holds():  # noqa: ASYNC110 - it looks at another process
                    await asyncio.sleep(0.005)
