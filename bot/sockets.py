"""Slack's events over Socket Mode, on several connections: one is open while another is being renewed.

Slack closes every connection after some hours. A new one is opened before the old one is let go, one at a time, and
what is being answered on the old one is answered first. A connection that is silent is replaced; when all are silent
for long, or Slack gives none, the process ends, since whoever restarts it can do no worse.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import aiohttp
import structlog

from bot.connection import Link
from bot.errors import SlackError
from bot.ports.slack import Refused, TryLater, Unsure

LOOK = 0.5
"""Seconds between looks at the connections."""
STOOD = 30.0
"""A connection that lived for so many seconds was a good one: the next is tried for without a pause."""
LONGEST_PAUSE = 30.0
"""Seconds between tries at most; Slack allows few openings a minute."""
TOO_MANY = "too_many_websockets"

log = structlog.get_logger()


class Deaf(SlackError):
    """Slack has not been heard for so long that only a new start can help; the text says how to mend it."""


@dataclass
class Line:
    """A place that always has a connection, if Slack gives one. `turn` is shared: one is renewed at a time."""

    dial: Callable[[], Awaitable[Link]]
    turn: asyncio.Lock
    link: Link | None = None
    trouble: str | None = None
    """Why the last try failed, in a word; None once one has not."""
    _leaving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def well(self) -> bool:
        """Whether nothing needs to be done."""
        return self.link is not None and self.link.open and self.link.leaving is None

    async def keep(self) -> None:
        """Replace the connection whenever it needs to be, until cancelled."""
        pauses = pauses_between_tries()
        while True:
            if self.well:
                if self.link is not None and self.link.stood >= STOOD:
                    pauses = pauses_between_tries()
                await asyncio.sleep(LOOK)
                continue
            await asyncio.sleep(next(pauses))
            try:
                await self.renew()
            except TryLater as error:
                self.trouble = error.reason
                if error.throttled:
                    await asyncio.sleep(error.seconds)
            except (Refused, Unsure) as error:
                self.trouble = str(error)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                self.trouble = type(error).__name__
            except Exception as error:
                self.trouble = type(error).__name__
                log.exception("a connection could not be renewed")

    async def renew(self) -> None:
        """Open a new connection, then let the old one go. Raises what keeps the new one from coming."""
        old, because = self.link, self._because()
        if old is not None and old.leaving == TOO_MANY:
            self.link = None
            await old.hang_up()
            old = None
        async with self.turn:
            self.link = await self.dial()
        self.trouble = None
        log.info("new connection", because=because)
        if old is not None:
            task = asyncio.create_task(old.hang_up())
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    def _because(self) -> str:
        if self.link is None:
            return "there was none"
        return self.link.leaving or ("it was closed or silent" if not self.link.open else "")

    async def close(self) -> None:
        """Let go of every connection."""
        links = [self.link.hang_up()] if self.link is not None else []
        await asyncio.gather(*links, *self._leaving, return_exceptions=True)


def pauses_between_tries() -> Iterator[float]:
    """Seconds before each try: none before the first, then twice as long each time."""
    yield 0.0
    pause = 1.0
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


class Sockets:
    """`count` connections to Slack: `open`, then `watch` until it is cancelled or raises, then `close`."""

    def __init__(
        self,
        dial: Callable[[], Awaitable[Link]],
        count: int = 2,
        deaf_after: float = 120.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`deaf_after` is in seconds; `clock` only goes forward, in seconds."""
        turn = asyncio.Lock()
        self.lines = [Line(dial, turn) for _ in range(count)]
        self._deaf_after = deaf_after
        self._clock = clock
        self._silent = 0.0

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return sum(line.link is not None and line.link.open for line in self.lines)

    @property
    def trouble(self) -> str | None:
        """Why no event can come, in words; None when one can."""
        return None if self.connected else f"no connection to Slack ({self._why})"

    @property
    def _why(self) -> str:
        if self.connected:
            return "its connections are open and silent"
        return next((line.trouble for line in self.lines if line.trouble), "no answer")

    async def open(self) -> None:
        """Open the first connection; raises `SlackError` with one sentence when Slack gives none."""
        first = self.lines[0]
        while first.link is None:
            try:
                first.link = await first.dial()
            except TryLater as error:
                if not error.throttled:
                    raise SlackError(refusal(error)) from None
                await asyncio.sleep(error.seconds)
            except (Refused, Unsure) as error:
                raise SlackError(refusal(error)) from None
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                raise SlackError(
                    f"Slack cannot be reached ({type(error).__name__}). Check the network and SLACK_API_URL."
                ) from None

    async def watch(self) -> None:
        """Keep every connection until cancelled; raises `Deaf` when Slack has not been heard for too long."""
        keeping = [asyncio.create_task(line.keep()) for line in self.lines]
        try:
            last = self._clock()
            while True:
                await asyncio.sleep(LOOK)
                now = self._clock()
                self.look(min(now - last, 4 * LOOK))  # while we slept ourselves, nobody was silent
                last = now
        finally:
            for task in keeping:
                task.cancel()
            await asyncio.gather(*keeping, return_exceptions=True)

    def look(self, step: float) -> None:
        """Note what was heard in the last `step` seconds; raises `Deaf` as `watch` does."""
        heard = [line.link.look(step) for line in self.lines if line.link is not None]
        self._silent = 0.0 if any(heard) else self._silent + step
        if self._silent > self._deaf_after:
            raise Deaf(
                f"Slack has not been heard for {self._deaf_after:.0f} seconds ({self._why}). Ending, to be started"
                " again; `huddle doctor` says how to mend it."
            )

    async def close(self) -> None:
        """Let go of every connection; takes at most `FINISH` + `GOODBYE` seconds."""
        await asyncio.gather(*(line.close() for line in self.lines))


def refusal(reason: TryLater | Refused | Unsure) -> str:
    """The sentence for whoever started the process."""
    return f"Slack gives no connection ({reason}). `huddle doctor` says how to mend it."
