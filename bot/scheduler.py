"""The clockwork: one UTC interval tick, nothing else. What is due, and for whom, is the database's to know."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

EVERY = 2
"""Seconds between ticks."""


def ticking(tick: Callable[[], Awaitable[object]], every: float = EVERY) -> AsyncIOScheduler:
    """A scheduler that calls `tick` every `every` seconds, never twice at once, and catches up with one call.

    Jobs live in memory: a tick missed while the process was down is not owed, since the next one finds all that is
    due. Without `misfire_grace_time=None` APScheduler drops a run that is a second late.
    """

    async def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):  # we are stopping: APScheduler would log it as an error
            await tick()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        run, "interval", seconds=every, coalesce=True, max_instances=1, misfire_grace_time=None, id="tick"
    )
    return scheduler
