"""One token in the settings, and the app is uninstalled: silence, the promised days, and back by a start that works."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.workspace import Workspace
from bot.introducing import introduce
from bot.ports.storage import AlarmKind
from bot.services.installing import PROMISED
from tests.support.changes import alarms_of, person
from tests.support.team import BEN, BERLIN, a_world
from tests.support.world import WORKSPACE, World, local

FAREWELLS = ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})


class Client:
    """Slack takes the token."""

    async def auth_test(self) -> dict[str, Any]:
        return {"team_id": WORKSPACE, "team": "Northwind"}


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Monday morning, before Ben is asked."""
    made = await a_world(tmp_path)
    await start(made)
    await made.go(local(BERLIN, "2026-11-23 08:00"))
    yield made
    made.close()


async def start(world: World) -> None:
    huddle = world.huddle
    await introduce(huddle.storage, huddle.workspaces, lambda: world.now, Client(), None)  # type: ignore[arg-type]


async def told(world: World, event: dict[str, Any], happened: datetime, workspace: str = WORKSPACE) -> None:
    """Slack tells what happened a while ago."""
    body = {"type": "event_callback", "team_id": workspace, "event_id": f"Ev{event['type']}", "event": event}
    await world.dispatch(body | {"event_time": int(happened.timestamp())})
    await world.settle()


async def known(world: World) -> Workspace:
    return await world.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))


@pytest.mark.parametrize("event", FAREWELLS, ids=lambda event: str(event["type"]))
async def test_nobody_hears_anything_more_and_in_time_all_of_it_is_erased(world: World, event: dict[str, Any]) -> None:
    count = len(world.dm(BEN))
    await told(world, event, world.now)
    assert (await known(world)).erase_at == world.now + PROMISED
    await world.go(local(BERLIN, "2026-11-24 12:00"))
    assert len(world.dm(BEN)) == count
    world.now += PROMISED
    await world.settle()
    assert await world.huddle.storage.read(lambda s: s.people.teams(WORKSPACE)) == []
    assert await world.huddle.storage.read(lambda s: s.workspaces.all()) == []


async def test_the_second_farewell_does_not_put_the_erasing_off(world: World) -> None:
    await told(world, FAREWELLS[0], world.now)
    first = (await known(world)).erase_at
    world.now += timedelta(minutes=1)
    await told(world, FAREWELLS[1], world.now)
    assert (await known(world)).erase_at == first


async def test_a_start_that_slack_takes_brings_the_mornings_back(world: World) -> None:
    await told(world, FAREWELLS[0], world.now)
    world.restart()
    await start(world)
    assert (await known(world)).erase_at is None
    assert {AlarmKind.SWEEP, AlarmKind.CLEANING} <= await alarms_of(world, WORKSPACE)
    assert AlarmKind.CHECKIN in await alarms_of(world, (await person(world, BEN)).id)
    count = len(world.dm(BEN))
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    assert len(world.dm(BEN)) == count + 1


async def test_a_farewell_from_before_the_last_start_is_not_believed(world: World) -> None:
    await start(world)
    await told(world, FAREWELLS[0], world.now - timedelta(seconds=2))
    assert (await known(world)).erase_at is None


async def test_a_farewell_of_a_workspace_that_nobody_knows_leaves_no_trace(world: World) -> None:
    await told(world, FAREWELLS[0], world.now, "T0OTHER")
    assert [one.id for one in await world.huddle.storage.read(lambda s: s.workspaces.all())] == [WORKSPACE]
    assert await alarms_of(world, "T0OTHER") == set()
