"""A world for every scenario."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.team import BERLIN, a_world
from tests.support.world import World, local


@pytest_asyncio.fixture
async def monday(tmp_path: Path) -> AsyncIterator[World]:
    """The sample team on its first Monday, 09:46 in Berlin: Ana (in Lisbon) and Ben have their question."""
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    yield world
    world.close()
