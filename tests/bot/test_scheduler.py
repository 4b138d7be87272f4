"""The clockwork under a clock that stands still: asyncio runs on, and time passes only when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.clock import system_clock
from bot.scheduler import EVERY, ticking

START = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)


class Clockwork:
    """A running scheduler, the frozen time, and the moments at which it ticked."""

    def __init__(self, time: FrozenDateTimeFactory) -> None:
        self.time = time
        self.ticks: list[datetime] = []
        self.at_once = self.most_at_once = 0
        self.free = asyncio.Event()
        self.free.set()
        self.scheduler: AsyncIOScheduler = ticking(self._tick)

    async def _tick(self) -> None:
        self.ticks.append(system_clock())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.free.wait()
        self.at_once -= 1

    async def pass_by(self, seconds: float) -> None:
        """Let that much time pass at one go, and the scheduler notice."""
        self.time.tick(timedelta(seconds=seconds))
        self.scheduler.wakeup()
        for _ in range(10):  # what it starts, and what that does, in the loop's next turns
            await asyncio.sleep(0)


@pytest_asyncio.fixture
async def clockwork() -> AsyncIterator[Clockwork]:
    """The clockwork, started at 08:45 UTC."""
    with freeze_time(START, real_asyncio=True, ignore=["_pytest"]) as time:
        assert isinstance(time, FrozenDateTimeFactory)
        found = Clockwork(time)
        found.scheduler.start()
        yield found
        found.scheduler.shutdown(wait=False)
        found.free.set()


def after(*seconds: float) -> list[datetime]:
    return [START + timedelta(seconds=s) for s in seconds]


async def test_it_ticks_on_the_interval_and_not_before(clockwork: Clockwork) -> None:
    await clockwork.pass_by(EVERY - 0.1)
    assert clockwork.ticks == []
    await clockwork.pass_by(0.1)
    await clockwork.pass_by(EVERY)
    await clockwork.pass_by(EVERY)
    assert clockwork.ticks == after(EVERY, 2 * EVERY, 3 * EVERY)


async def test_after_a_standstill_it_ticks_once_however_long_and_late_it_was(clockwork: Clockwork) -> None:
    await clockwork.pass_by(7201.5)  # a second and a half after a tick was due
    assert clockwork.ticks == after(7201.5)
    await clockwork.pass_by(EVERY)
    assert clockwork.ticks == after(7201.5, 7201.5 + EVERY)


async def test_a_tick_that_takes_long_is_never_joined_by_a_second_one(clockwork: Clockwork) -> None:
    clockwork.free.clear()
    await clockwork.pass_by(EVERY)
    await clockwork.pass_by(EVERY)
    await clockwork.pass_by(EVERY)
    assert clockwork.ticks == after(EVERY)
    clockwork.free.set()
    await clockwork.pass_by(0)
    await clockwork.pass_by(EVERY)
    assert clockwork.ticks == after(EVERY, 4 * EVERY)
    assert clockwork.most_at_once == 1


async def test_a_tick_that_fails_is_followed_by_the_next() -> None:
    count = 0

    async def fail() -> None:
        nonlocal count
        count += 1
        raise RuntimeError("no")

    with freeze_time(START, real_asyncio=True) as time:
        scheduler = ticking(fail)
        scheduler.start()
        for _ in range(3):
            time.tick(timedelta(seconds=EVERY))
            scheduler.wakeup()
            for _ in range(10):
                await asyncio.sleep(0)
        scheduler.shutdown(wait=False)
    assert count == 3


async def test_it_ticks_by_itself_in_real_time() -> None:
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    scheduler = ticking(tick, every=0.05)
    scheduler.start()
    try:
        await asyncio.wait_for(ticked.wait(), 5)
    finally:
        scheduler.shutdown(wait=False)


@pytest.mark.parametrize("moment", ["2026-03-08 10:00", "2026-09-26 14:00", "2026-11-23 08:45"])
def test_the_products_clock_shows_the_frozen_time_in_utc(moment: str) -> None:
    with freeze_time(moment) as time:
        assert system_clock() == datetime.fromisoformat(moment).replace(tzinfo=UTC)
        assert system_clock().tzinfo is UTC
        time.tick(timedelta(minutes=1))
        assert system_clock() == datetime.fromisoformat(moment).replace(tzinfo=UTC) + timedelta(minutes=1)
