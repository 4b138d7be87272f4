"""The app comes, leaves and comes back: what sleeps is woken as it was, and what is promised to go goes, no sooner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.adapters.keys import FernetKeys
from bot.ports.installations import Place, Sealed
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.installing import PROMISED, Installing, erase_if_due
from tests.bot.adapters.installations import NEW, NORTH
from tests.support.team import ANA, BEN, BERLIN, MARIA, a_world
from tests.support.world import WORKSPACE, World, local

HERE: Sealed = replace(FernetKeys([NEW]).seal(NORTH), id=WORKSPACE, name="Here")
GRID = replace(HERE, id="E0GRID", enterprise_id="E0GRID", org_wide=True, name="Grid Inc")


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Monday, after the openings; Ben has committed to two, and talks about nothing more."""
    made = await a_world(tmp_path)
    await made.go(local(BERLIN, "2026-11-23 09:46"))
    await made.say(BEN, "call Kessler by 2pm")
    await made.press(BEN, "Commit")
    await made.huddle.storage.write(lambda s: s.installations.save(replace(HERE, installed_at=made.now)))
    yield made
    made.close()


def installing(welcomed: list[Place] | None = None) -> Installing:
    kept = [] if welcomed is None else welcomed
    return Installing(lambda _store, place, _at: kept.append(place))


async def leave(world: World, happened: datetime | None = None) -> list[str]:
    return list(await world.huddle.storage.write(lambda s: installing().left(s, WORKSPACE, happened, world.now)))


async def come(world: World, sealed: Sealed = HERE, home: str | None = None) -> list[Place]:
    welcomed: list[Place] = []
    await world.huddle.storage.write(lambda s: installing(welcomed).installed(s, sealed, home, world.now))
    return welcomed


async def alarms(world: World) -> set[Alarm]:
    far = world.now + timedelta(days=99)
    kinds = {AlarmKind.CHECKIN, AlarmKind.EXPIRY, AlarmKind.CHECK, AlarmKind.SUMMARY, AlarmKind.NUDGE, AlarmKind.WINS}
    due = await world.huddle.storage.read(lambda s: s.alarms.due(far, 99))
    return {one for one in due if one.kind in kinds}


async def test_nobody_is_woken_until_it_is_back_and_then_what_was_open_is_open(world: World) -> None:
    before = await alarms(world)
    kinds = {one.kind for one in before}
    assert kinds >= {AlarmKind.CHECKIN, AlarmKind.EXPIRY, AlarmKind.CHECK, AlarmKind.NUDGE, AlarmKind.WINS}
    assert await leave(world) == [WORKSPACE]
    assert await alarms(world) == set()
    count = {user: len(world.dm(user)) for user in (ANA, BEN, MARIA)}
    await world.wait(hours=1)
    assert {user: len(world.dm(user)) for user in (ANA, BEN, MARIA)} == count
    assert [place.name for place in await come(world)] == ["Here"]
    after = await alarms(world)
    of = {one.kind: one.at for one in before if one.kind is not AlarmKind.SUMMARY}
    assert {one.kind: one.at for one in after if one.kind in of} == of | {AlarmKind.NUDGE: of[AlarmKind.NUDGE]}
    await world.go(local(BERLIN, "2026-11-23 14:06"))
    assert "Kessler" in world.last(BEN).text, "the check comes as if nothing had been"


async def test_what_was_due_meanwhile_is_asked_in_the_next_check_in(world: World) -> None:
    await leave(world)
    world.now = local(BERLIN, "2026-11-24 06:00")
    await world.settle()
    await come(world)
    await world.go(local(BERLIN, "2026-11-24 08:46"))
    assert "Kessler" in world.last(BEN).text
    assert "Done" in world.last(BEN).buttons


async def test_a_farewell_from_before_it_was_installed_is_not_believed(world: World) -> None:
    assert await leave(world, world.now - timedelta(seconds=2)) == []
    assert await leave(world, world.now.replace(microsecond=0)) == [WORKSPACE], "Slack tells whole seconds"
    assert await leave(world) == [], "once"


async def test_all_of_it_goes_after_the_promised_days_and_not_before(world: World) -> None:
    def erased(store: Store) -> bool:
        return erase_if_due(store, WORKSPACE, world.now) is not None

    assert not await world.huddle.storage.write(erased)
    await leave(world)
    world.now += PROMISED - timedelta(seconds=1)
    assert not await world.huddle.storage.write(erased)
    world.now += timedelta(seconds=1)
    assert await world.huddle.storage.write(erased)
    assert await world.huddle.storage.read(lambda s: s.people.teams(WORKSPACE)) == []
    assert not await world.huddle.storage.write(erased), "once"


async def test_what_is_installed_is_never_erased(world: World) -> None:
    await leave(world)
    await world.huddle.storage.write(lambda s: s.installations.save(HERE))
    world.now += PROMISED
    assert await world.huddle.storage.write(lambda s: erase_if_due(s, WORKSPACE, world.now)) is None


@pytest.mark.parametrize(("home", "welcomed"), [("T0HOME", ("T0HOME", "")), (None, ("E0GRID", "Grid Inc"))])
async def test_an_organisation_is_welcomed_where_its_installer_is(
    world: World, home: str | None, welcomed: tuple[str, str]
) -> None:
    (place,) = await come(world, GRID, home)
    assert ((place.id, place.name), place.installed_by) == (welcomed, "U1")
    assert await world.huddle.storage.read(lambda s: s.installations.get(home or "E0GRID")) is not None


async def test_an_organisation_that_comes_back_wakes_all_of_its_workspaces(world: World) -> None:
    def org(store: Store) -> None:
        store.installations.forget(WORKSPACE)
        store.installations.save(GRID)
        store.installations.belongs(WORKSPACE, "E0GRID")

    await world.huddle.storage.write(org)
    left = await world.huddle.storage.write(lambda s: installing().left(s, "E0GRID", None, world.now))
    assert list(left) == ["E0GRID", WORKSPACE]
    assert await alarms(world) == set()
    await come(world, GRID)
    assert {one.kind for one in await alarms(world)} >= {AlarmKind.CHECKIN, AlarmKind.CHECK, AlarmKind.WINS}
    known = await world.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert known.erase_at is None
