"""Starting and stopping the product: what a former process left is taken up, and the workers end when told to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.team import BEN, BERLIN, a_world
from tests.support.world import World, local


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - it is the recorder's list that is waited for
            await asyncio.sleep(0.01)


async def test_what_a_former_process_had_begun_on_is_worked_on_at_once(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 08:45"))
    await world.say(BEN, "send the Kessler offer by 2pm", settle=False)
    at = world.now
    lease = local(BERLIN, "2026-11-23 10:00")
    assert len(await world.huddle.storage.write(lambda s: s.inbox.claim(at, lease, 1))) == 1
    world.restart()
    await world.settle()
    assert len(world.dm(BEN)) == 1, "the lease still holds"

    world.now += timedelta(seconds=1)  # Slack takes one post a second in a channel
    async with world.huddle.running():
        await until(lambda: len(world.dm(BEN)) == 2)
    assert "> send the Kessler offer" in world.last(BEN).text
    world.close()


Part = Callable[[World], tuple[Callable[[], Awaitable[None]], Callable[[], None]]]


@pytest.mark.parametrize("turns", range(6))
@pytest.mark.parametrize(
    "part",
    [lambda w: (w.huddle.intake.run, w.huddle.intake.ring), lambda w: (w.huddle.sender.run, w.huddle.sender.ring)],
    ids=["intake", "sender"],
)
async def test_a_worker_that_is_told_to_stop_while_it_is_rung_for_stops(tmp_path: Path, part: Part, turns: int) -> None:
    world = await a_world(tmp_path)
    run, ring = part(world)
    worker = asyncio.ensure_future(run())
    await asyncio.sleep(0.1)  # it has nothing to do by now, and waits to be rung for
    ring()
    for _ in range(turns):
        await asyncio.sleep(0)
    worker.cancel()
    await asyncio.wait({worker}, timeout=2)
    assert worker.cancelled()
    world.close()
