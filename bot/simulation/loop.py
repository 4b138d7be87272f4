"""An event loop on virtual time: no threads, no sockets, and every order of ready callbacks is the seed's choice.

Time stands still while callbacks run and jumps to the next timer when none is ready. Each callback may belong to a
`Fate` (by its context): the callbacks of somebody dead never run, those of somebody frozen run when they thaw. That is
how a process dies between any two of its awaits, without a `finally` of its own having any effect.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Iterable
from contextvars import Context, ContextVar
from dataclasses import dataclass, field
from random import Random
from typing import Any


class Stalled(RuntimeError):
    """Somebody waits for something that nothing will ever bring about."""


@dataclass(eq=False)
class Fate:
    """Whether the callbacks of one process still run. `grave` keeps what is dropped, so that nothing is cleaned up."""

    name: str
    dead: bool = False
    frozen_until: float = 0.0
    grave: list[object] = field(default_factory=list)


FATE: ContextVar[Fate | None] = ContextVar("fate", default=None)


def context_of(fate: Fate | None) -> Context:
    """A context in which everything that is started shares the fate."""
    made = Context()
    made.run(FATE.set, fate)
    return made


class VirtualLoop(asyncio.BaseEventLoop):
    """A loop whose time is its own. `fifo` keeps asyncio's usual order instead of a shuffled one."""

    def __init__(self, random: Random, *, fifo: bool = False) -> None:
        super().__init__()
        self._random = random
        self._fifo = fifo
        self._now = 0.0
        self._soon: list[asyncio.Handle] = []
        self._timers: list[tuple[float, int, asyncio.Handle]] = []
        self._numbers = itertools.count()
        self.steps = 0

    def time(self) -> float:
        """Seconds since the start of this world."""
        return self._now

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Run it before time moves on, in whichever order."""
        handle = asyncio.Handle(callback, args, self, context)
        self._soon.append(handle)
        return handle

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """The same: there is one thread."""
        return self.call_soon(callback, *args, context=context)

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Run it after `delay` virtual seconds."""
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Run it at a virtual time."""
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._numbers), handle))
        return handle

    def run_in_executor(  # type: ignore[override]
        self, _executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Call it in this thread a seeded moment later, all of it at once."""
        future = self.create_future()

        def run() -> None:
            if future.done():
                return
            try:
                future.set_result(func(*args))
            except BaseException as error:
                future.set_exception(error)

        self.call_later(self._random.uniform(0.0002, 0.002), run)
        return future

    def _run_once(self) -> None:
        """One round: time moves on if nothing is ready, then all that is ready runs."""
        if not self._soon:
            self._advance()
        while self._timers and self._timers[0][0] <= self._now:
            self._soon.append(heapq.heappop(self._timers)[2])
        batch, self._soon = self._soon, []
        if not self._fifo and len(batch) > 1:
            self._random.shuffle(batch)
        for handle in batch:
            if not handle.cancelled():
                self._step(handle)

    def _advance(self) -> None:
        while self._timers and self._timers[0][2].cancelled():
            heapq.heappop(self._timers)
        if not self._timers:
            raise Stalled("nothing is ready and no timer runs")
        self._now = max(self._now, self._timers[0][0])

    def _step(self, handle: asyncio.Handle) -> None:
        fate: Fate | None = handle._context.get(FATE)  # type: ignore[attr-defined]
        if fate is not None and fate.dead:
            fate.grave.append(handle)
        elif fate is not None and fate.frozen_until > self._now:
            heapq.heappush(self._timers, (fate.frozen_until, next(self._numbers), handle))
        else:
            self.steps += 1
            handle._run()

    def _write_to_self(self) -> None:
        """There is no selector to wake."""

    def _process_events(self, event_list: object) -> None:
        """There are no events but timers."""


def bury(loop: asyncio.AbstractEventLoop, graves: Iterable[object]) -> None:
    """Say nothing of tasks that never ended: they belong to a world that has."""
    for task in (*asyncio.all_tasks(loop), *graves):
        if isinstance(task, asyncio.Task):
            task._log_destroy_pending = False  # type: ignore[attr-defined]
