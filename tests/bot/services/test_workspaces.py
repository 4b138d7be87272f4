"""Who looks after the app hears how to begin: at once for what they did themselves, else when they work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.preferences import Absence
from bot.ports.slack import TryLater
from tests.support.changes import person
from tests.support.team import BERLIN, MARIA, MONDAY, a_world
from tests.support.world import WORKSPACE, World, local

DORA, ADA = "UDORA", "UADA"
LISBON = "Europe/Lisbon"


@pytest_asyncio.fixture
async def night(tmp_path: Path) -> AsyncIterator[World]:
    """Late on Monday, with a team."""
    made = await a_world(tmp_path)
    await made.go(local(BERLIN, "2026-11-23 23:30"))
    yield made
    made.close()


async def entrust(world: World, slack_id: str, zone: str | None = None) -> None:
    workspaces = world.huddle.workspaces
    await world.huddle.storage.write(lambda s: workspaces.entrust(s, WORKSPACE, slack_id, zone, world.now))
    await world.settle()


def welcomes(world: World, slack_id: str) -> int:
    return sum("Create a team" in one.buttons for one in world.dm(slack_id))


@pytest.mark.parametrize("who", [MARIA, DORA], ids=["somebody on a team", "somebody on none"])
async def test_whom_another_names_at_night_hears_of_it_once_in_the_morning(night: World, who: str) -> None:
    for _ in range(2):
        await entrust(night, who)
    await night.go(local(BERLIN, "2026-11-24 08:25"))
    assert welcomes(night, who) == 0
    await night.go(local(BERLIN, "2026-11-24 08:35"))
    assert welcomes(night, who) == 1
    kept = await night.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert kept.admins == (who,)


async def test_it_waits_another_night_where_slack_was_away_all_day(night: World) -> None:
    await entrust(night, MARIA)
    await night.go(local(BERLIN, "2026-11-24 08:25"))
    night.slack.failures = [TryLater("no connection to Slack", 12 * 3600)] * 9
    await night.go(local(BERLIN, "2026-11-24 08:45"))
    night.slack.failures = []
    await night.go(local(BERLIN, "2026-11-24 23:00"))
    assert welcomes(night, MARIA) == 0
    await night.go(local(BERLIN, "2026-11-25 08:45"))
    assert welcomes(night, MARIA) == 1


async def test_whoever_is_taken_off_the_list_before_the_morning_hears_nothing(night: World) -> None:
    await entrust(night, DORA)
    await night.huddle.storage.write(lambda s: night.huddle.workspaces.unname_admin(s, WORKSPACE, DORA))
    await night.go(local(BERLIN, "2026-11-24 12:00"))
    assert welcomes(night, DORA) == 0


async def test_before_there_is_a_team_it_is_the_morning_where_they_live(tmp_path: Path) -> None:
    world = World(tmp_path / "huddle.db", local(BERLIN, "2026-11-23 23:30"))
    await entrust(world, DORA, LISBON)
    world.now = local(LISBON, "2026-11-24 08:29")
    await world.settle()
    assert welcomes(world, DORA) == 0
    world.now += timedelta(minutes=1)
    await world.settle()
    assert welcomes(world, DORA) == 1
    await entrust(world, ADA, LISBON)
    assert welcomes(world, ADA) == 1, "by day it is at once"
    world.close()


async def test_the_first_who_installs_it_is_told_at_once_and_nobody_after_them(tmp_path: Path) -> None:
    world = World(tmp_path / "huddle.db", MONDAY.replace(hour=2))
    for who in (ADA, DORA):
        await world.huddle.storage.write(
            lambda s, who=who: world.huddle.workspaces.installed(s, WORKSPACE, "Northwind", who, world.now)  # type: ignore[misc]
        )
        await world.settle()
    assert (welcomes(world, ADA), len(world.dm(DORA))) == (1, 0)
    world.close()


async def test_where_nobody_is_left_whoever_installs_it_looks_after_it(night: World) -> None:
    workspaces = night.huddle.workspaces
    await entrust(night, ADA)
    await night.huddle.storage.write(lambda s: workspaces.unname_admin(s, WORKSPACE, ADA))
    await night.huddle.storage.write(lambda s: workspaces.installed(s, WORKSPACE, "", DORA, night.now))
    kept = await night.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert kept.admins == (DORA,)


async def test_a_manager_on_holiday_hears_of_it_when_they_are_back(night: World) -> None:
    maria = await person(night, MARIA)
    away = replace(maria.preferences, absences=(Absence(date(2026, 11, 24), date(2026, 11, 25)),))
    await night.huddle.storage.write(lambda s: s.people.save(replace(maria, preferences=away)))
    await entrust(night, MARIA)
    await night.go(local(BERLIN, "2026-11-25 12:00"))
    assert welcomes(night, MARIA) == 0
    await night.go(local(BERLIN, "2026-11-26 09:00"))
    assert welcomes(night, MARIA) == 1
