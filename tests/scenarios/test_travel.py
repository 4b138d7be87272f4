"""A new zone: noticed, counted from the next midnight, and no day is asked about twice or missed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Person
from bot.ports.storage import AlarmKind
from bot.services.settling import Settling
from tests.support.team import BEN, BERLIN, LISBON, MARIA, a_world
from tests.support.world import WORKSPACE, World, local

TOKYO, LOS_ANGELES, AUCKLAND = "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"


async def person(world: World, user: str) -> Person:
    found = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert found is not None
    return found


async def travels(world: World, user: str, zone: str) -> None:
    """Slack shows them in another zone."""
    who = await person(world, user)
    await world.huddle.storage.write(lambda s: Settling().moved(s, who, zone, world.now))
    await world.settle()


async def asked(world: World, user: str, zone: str) -> list[str]:
    """When they were asked by the clock of that zone, the day that it was about first."""
    who = await person(world, user)

    def work(store: Any) -> list[str]:
        found = store.checkins.recent(who.id, date.max, 20)
        return [
            f"{c.local_date:%a}: {c.opened_at.astimezone(local(zone, '2026-11-23').tzinfo):%a %H:%M}" for c in found
        ]

    return (await world.huddle.storage.read(work))[::-1]


async def test_a_move_counts_from_the_next_midnight(monday: World) -> None:
    await travels(monday, BEN, LISBON)
    assert (await person(monday, BEN)).zone == BERLIN
    await monday.go(local(BERLIN, "2026-11-24 00:01"))
    ben = await person(monday, BEN)
    assert (ben.zone, ben.preferences.moving) == (LISBON, None)
    await monday.go(local(LISBON, "2026-11-24 12:00"))
    assert await asked(monday, BEN, LISBON) == ["Mon: Mon 07:45", "Tue: Tue 08:45"]


@pytest.mark.parametrize("zone", [TOKYO, LOS_ANGELES, AUCKLAND])
async def test_a_long_way_off_the_next_question_comes_in_the_morning_there(monday: World, zone: str) -> None:
    await travels(monday, BEN, zone)
    await monday.go(local(zone, "2026-11-25 12:00"))
    assert (await asked(monday, BEN, zone))[1:] == ["Tue: Tue 08:45", "Wed: Wed 08:45"]


async def test_whoever_comes_to_a_day_that_has_begun_is_asked_at_once(tmp_path: Path) -> None:
    world = await a_world(tmp_path, start=local(BERLIN, "2026-11-23 00:30"))
    await travels(world, BEN, AUCKLAND)  # where it is half past twelve
    assert await asked(world, BEN, AUCKLAND) == ["Mon: Mon 12:30"]
    await world.go(local(AUCKLAND, "2026-11-24 09:00"))
    assert await asked(world, BEN, AUCKLAND) == ["Mon: Mon 12:30", "Tue: Tue 08:45"]
    world.close()


async def test_nothing_comes_in_the_night_of_where_they_are(tmp_path: Path) -> None:
    world = await a_world(tmp_path, start=local(BERLIN, "2026-11-23 06:30"))
    await travels(world, BEN, LOS_ANGELES)  # where it is Sunday night
    await world.go(local(LOS_ANGELES, "2026-11-23 08:44"))
    assert world.dm(BEN) == []
    await world.go(local(LOS_ANGELES, "2026-11-23 09:00"))
    assert await asked(world, BEN, LOS_ANGELES) == ["Mon: Mon 08:45"]
    world.close()


async def test_who_is_back_before_it_counts_has_not_moved(monday: World) -> None:
    await travels(monday, BEN, TOKYO)
    await travels(monday, BEN, BERLIN)
    ben = await person(monday, BEN)
    assert ben.preferences.moving is None
    assert await monday.huddle.storage.read(lambda s: s.alarms.get(AlarmKind.MOVE, ben.id)) is None
    await monday.go(local(BERLIN, "2026-11-24 09:00"))
    assert await asked(monday, BEN, BERLIN) == ["Mon: Mon 08:45", "Tue: Tue 08:45"]


async def test_a_zone_that_is_none_changes_nothing(monday: World) -> None:
    await travels(monday, BEN, "Mars/Olympus")
    assert (await person(monday, BEN)).preferences.moving is None


async def test_a_manager_who_travels_gets_nothing_in_their_night_nor_a_nudge_after_their_noon(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await travels(world, MARIA, TOKYO)  # seven in Berlin, three in the afternoon in Tokyo
    await world.go(local(TOKYO, "2026-11-23 17:31"))
    assert not any("A word with" in shown.text for shown in world.dm(MARIA))
    before = len(world.dm(MARIA))
    await world.go(local(TOKYO, "2026-11-24 08:29"))
    assert len(world.dm(MARIA)) == before
    await world.go(local(TOKYO, "2026-11-24 12:00"))
    assert any("North, Tuesday" in shown.text for shown in world.dm(MARIA))
    world.close()
