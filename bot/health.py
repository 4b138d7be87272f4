"""Whether the process lives, and whether it can do its work: each as a reason in words, or None when all is well."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog

from bot.ports.counts import Counts, Event, Measure, Silent

HANGS = 60.0
"""Seconds without the end of a tick after which the clockwork counts as hanging; a tick comes every two."""
PATIENCE = 2.0
"""Seconds that a question may take before its answer is not waited for: whoever asks us does not wait long either."""
DATABASE_EVERY = 1.0
TOKEN_EVERY = 60.0
"""Seconds for which an answer about the token holds; asking costs a call to Slack."""

log = structlog.get_logger()

Monotonic = Callable[[], float]
"""Seconds that only go forward."""
Trouble = Callable[[], Awaitable[str | None]]
"""What is wrong, in words; None when nothing is."""


class Pulse:
    """When the clockwork last ran, and whether the workers still work."""

    def __init__(self, counts: Counts | None = None, clock: Monotonic = time.monotonic) -> None:
        """From now on, a first tick is waited for."""
        self._counts = counts or Silent()
        self._clock = clock
        self._ended = clock()
        self._workers: Sequence[asyncio.Task[None]] = ()

    @contextlib.contextmanager
    def ticking(self) -> Iterator[None]:
        """Around one tick. One that fails has run too: what is wrong with it shows in the log, and in the count."""
        begun, outcome = self._clock(), "failed"
        try:
            yield
            outcome = "done"
        finally:
            self._ended = self._clock()
            self._counts.count(Event.TICKED, outcome=outcome)
            self._counts.observe(Measure.TICK, self._ended - begun)

    def follow(self, workers: Sequence[asyncio.Task[None]]) -> None:
        """These are to work until the process ends."""
        self._workers = workers

    def trouble(self) -> str | None:
        """What has stopped and should not have."""
        if any(worker.done() for worker in self._workers):
            return "a worker has died"
        silent = self._clock() - self._ended
        return f"no tick for {silent:.0f} s" if silent > HANGS else None


class Probe:
    """Asks a question at most every `every` seconds and never twice at once.

    While an answer is late, `late` stands in its place, or the last answer where `late` is None.
    """

    def __init__(self, ask: Trouble, every: float, late: str | None, clock: Monotonic = time.monotonic) -> None:
        self._ask = ask
        self._every = every
        self._late = late
        self._clock = clock
        self._asked: float | None = None
        self._task: asyncio.Task[str | None] | None = None
        self._known: str | None = None

    async def __call__(self) -> str | None:
        """The answer, at most `PATIENCE` seconds later."""
        due = self._asked is None or self._clock() - self._asked >= self._every
        if self._task is None and due:
            self._asked, self._task = self._clock(), asyncio.create_task(self._answer())
        if self._task is not None:
            done, _ = await asyncio.wait({self._task}, timeout=PATIENCE)
            if not done:
                return self._late or self._known
        return self._known

    async def _answer(self) -> str | None:
        try:
            self._known = await self._ask()
        finally:
            self._task = None
        return self._known


@dataclass
class Health:
    """What `/healthz` and `/readyz` say. A process that is not alive should be restarted, one not ready be spared."""

    pulse: Pulse
    database: Trouble
    token: Trouble
    slack: Callable[[], str | None]
    """Why no event can come from Slack."""
    stopping: bool = field(default=False)

    def alive(self) -> str | None:
        """Why it should be started again. That it answers at all shows that the event loop runs."""
        return None if self.stopping else self.pulse.trouble()

    async def ready(self) -> str | None:
        """Why nothing should be expected of it now."""
        if self.stopping:
            return "stopping"
        return self.alive() or self.slack() or await self.database() or await self.token()


def database_probe(use: Callable[[], Awaitable[object]]) -> Probe:
    """Whether the database can be used; `use` reads and writes it, and raises when it cannot."""

    async def ask() -> str | None:
        try:
            await use()
        except Exception as error:
            log.warning("the database cannot be used", error=type(error).__name__)
            return f"the database cannot be used ({type(error).__name__})"
        return None

    return Probe(ask, DATABASE_EVERY, "the database does not answer")


def token_probe(refused: Callable[[], Awaitable[str | None]]) -> Probe:
    """Whether Slack refuses the bot token; `refused` asks it, and raises when there is no answer."""
    known: list[str | None] = [None]

    async def ask() -> str | None:
        with contextlib.suppress(Exception):  # an outage of Slack says nothing about the token
            reason = await refused()
            known[0] = f"Slack refuses the bot token ({reason})" if reason else None
        return known[0]

    return Probe(ask, TOKEN_EVERY, None)
