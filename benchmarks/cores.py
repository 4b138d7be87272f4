"""Where processor time goes: of threads, of functions, and of coroutines without what they wait for."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Timers:
    """Seconds of processor time by name."""

    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, since: float) -> None:
        """Put what this thread used since then under a name."""
        self.seconds[name] = self.seconds.get(name, 0.0) + time.thread_time() - since

    def around(self, name: str, function: Callable[..., T]) -> Callable[..., T]:
        """The function, timed."""

        def timed(*args: Any, **named: Any) -> T:
            since = time.thread_time()
            try:
                return function(*args, **named)
            finally:
                self.add(name, since)

        return timed

    def of(self, name: str, work: Coroutine[Any, Any, T]) -> Awaitable[T]:
        """The coroutine, timed only while it runs."""
        return Timed(self, name, work)


@dataclass
class Timed(Awaitable[T]):
    """A coroutine whose steps are timed."""

    timers: Timers
    name: str
    work: Coroutine[Any, Any, T]

    def __await__(self) -> Generator[Any, Any, T]:
        answer: Any = None
        while True:
            since = time.thread_time()
            try:
                wanted = self.work.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            finally:
                self.timers.add(self.name, since)
            answer = yield wanted


def by_threads() -> dict[str, float]:
    """Seconds of processor time of this process's threads so far, those with the same kind of name together."""
    found: dict[str, float] = {}
    for thread in threading.enumerate():
        if thread.ident is not None:
            name = thread.name.partition("_")[0]
            used = time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
            found[name] = found.get(name, 0.0) + used
    return found


def on_one_core() -> int:
    """From now on this process, and the threads that it will make, have one core; its number."""
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core
