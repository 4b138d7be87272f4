"""A clock that can be moved on, and the way to move it so that nothing on the way is skipped."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import Huddle


class FastClock:
    """Implements `bot.ports.Clock`: runs as fast as real time does, and can jump ahead, never back."""

    def __init__(self, start: datetime, running: Callable[[], float] = time.monotonic) -> None:
        """It shows `start` now. `running` counts real seconds; a test may hold it still."""
        self._running = running
        self._set(start)

    def __call__(self) -> datetime:
        """Now, as aware UTC."""
        return self._shown + timedelta(seconds=self._running() - self._since)

    def jump(self, moment: datetime) -> None:
        """Show `moment`, unless the clock is past it already."""
        if moment > self():
            self._set(moment)

    def _set(self, moment: datetime) -> None:
        self._shown = moment.astimezone(UTC)
        self._since = self._running()


async def nobody() -> datetime | None:
    """What follows an alarm when nobody looks on."""
    return None


async def advance_to(
    huddle: Huddle,
    clock: FastClock,
    target: datetime,
    meanwhile: Callable[[], Awaitable[datetime | None]] = nobody,
) -> None:
    """Let the app's time pass until `target`: everything due on the way happens at its own time, in order.

    `meanwhile` is awaited at the start and after each of these moments, `target` included. People may act in it;
    what that makes due is still done in time. It returns when they want to act next, and that moment is stopped at
    too. All this takes as long as the work does.

    The clock is moved only while nothing is being sent: a claim to send a message ends by this clock, and a message
    whose claim has ended is sent again.
    """
    while True:
        await huddle.settle()
        wanted = await meanwhile()
        alarm = await huddle.storage.read(lambda store: store.alarms.next())
        following = min([moment for moment in (wanted, alarm and alarm.at) if moment], default=target)
        await huddle.settle()
        if clock() >= target and following >= target:
            return
        clock.jump(min(following, target))
