"""The loop: virtual time, seeded order, and what becomes of the dead and the frozen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from random import Random
from typing import Any

import pytest

from bot.simulation.loop import Fate, Stalled, VirtualLoop, bury, context_of


def played(work: Coroutine[Any, Any, Any], seed: int = 0, *, fifo: bool = False) -> Any:
    loop = VirtualLoop(Random(seed), fifo=fifo)
    try:
        return loop.run_until_complete(work)
    finally:
        bury(loop, ())
        loop.close()


def test_a_year_passes_at_once() -> None:
    async def year() -> float:
        await asyncio.sleep(365 * 86400)
        return asyncio.get_running_loop().time()

    before = time.perf_counter()
    assert played(year()) == 365 * 86400
    assert time.perf_counter() - before < 1


def test_timeouts_are_virtual() -> None:
    async def late() -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await asyncio.Event().wait()
        return asyncio.get_running_loop().time()

    assert played(late()) == 5


def test_the_order_is_the_seeds() -> None:
    async def race() -> list[int]:
        came: list[int] = []

        async def run(number: int) -> None:
            await asyncio.sleep(1)
            came.append(number)

        await asyncio.gather(*(run(number) for number in range(8)))
        return came

    assert played(race(), fifo=True) == list(range(8))
    assert played(race(), seed=1) == played(race(), seed=1)
    assert len({tuple(played(race(), seed=seed)) for seed in range(5)}) > 1


def test_an_executor_runs_here_and_later() -> None:
    async def ask() -> tuple[int, bool]:
        loop = asyncio.get_running_loop()
        before = loop.time()
        return await loop.run_in_executor(None, lambda: 5), loop.time() > before

    assert played(ask()) == (5, True)


def test_nothing_of_the_dead_runs() -> None:
    async def die() -> list[str]:
        fate, seen = Fate("one"), list[str]()

        async def live() -> None:
            try:
                seen.append("alive")
                await asyncio.sleep(1)
                seen.append("never")
            finally:
                seen.append("cleaned up")

        task = asyncio.get_running_loop().create_task(live(), context=context_of(fate))
        await asyncio.sleep(0.5)
        fate.dead = True
        await asyncio.sleep(5)
        fate.grave.append(task)
        bury(asyncio.get_running_loop(), fate.grave)
        return list(seen)

    assert played(die()) == ["alive"]


def test_the_frozen_go_on_when_they_thaw() -> None:
    async def freeze() -> float:
        fate, loop = Fate("one"), asyncio.get_running_loop()

        async def live() -> float:
            await asyncio.sleep(1)
            return loop.time()

        task = loop.create_task(live(), context=context_of(fate))
        await asyncio.sleep(0.5)
        fate.frozen_until = 600.0
        return await task

    assert played(freeze()) == 600.0


def test_waiting_for_nothing_is_an_error() -> None:
    async def wait() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Stalled):
        played(wait())
