"""The app comes, leaves and comes back: what sleeps is woken as it was, and what is promised to go goes, no sooner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.adapters.keys import FernetKeys
from bot.domain.preferences import Move
from bot.ports.installations import Place, Sealed
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.installing import PROMISED, Installing, erase_if_due
from bot.services.settling import Settling
from tests.bot.adapters.installations import NEW, NORTH
from tests.support.changes import alarms_of, person
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


async def test_where_somebody_was_moving_to_counts_soon_after_it_is_back(world: World) -> None:
    rep = await person(world, BEN)
    await world.huddle.storage.write(lambda s: Settling().moved(s, rep, "Europe/Lisbon", world.now))
    assert (await person(world, BEN)).zone == BERLIN, "not on the day they are in"
    await leave(world)
    world.now += timedelta(days=2)
    await world.settle()
    await come(world)
    await world.wait(days=1)
    after = await person(world, BEN)
    assert (after.zone, after.preferences.moving) == ("Europe/Lisbon", None)


async def test_who_has_left_the_workspace_moves_no_more_when_it_is_back(world: World) -> None:
    rep = await person(world, BEN)
    moving = replace(rep.preferences, moving=Move("Europe/Lisbon", date(2026, 11, 24)))
    gone = replace(rep, preferences=moving, left_at=world.now, rep_of=None)
    await world.huddle.storage.write(lambda s: s.people.save(gone))
    await leave(world)
    await come(world)
    assert AlarmKind.MOVE not in await alarms_of(world, rep.id)


async def test_every_workspace_is_looked_at_every_night_and_an_organisation_is_none(world: World) -> None:
    nightly = {AlarmKind.SWEEP, AlarmKind.CLEANING}
    await come(world)
    assert await alarms_of(world, WORKSPACE) == nightly
    await leave(world)
    assert await alarms_of(world, WORKSPACE) == {AlarmKind.CLEANING}, "by which it is erased in the end"
    await come(world, GRID, "T0HOME")
    assert await alarms_of(world, "T0HOME") == nightly
    assert await alarms_of(world, "E0GRID") == set()
    await world.huddle.storage.write(lambda s: installing().left(s, "E0GRID", None, world.now))
    assert await alarms_of(world, "E0GRID") == {AlarmKind.CLEANING}


async def test_whoever_installed_it_is_no_longer_named_there_once_they_erase_everything(world: World) -> None:
    await come(world, replace(HERE, installed_by=BEN))
    rep = await person(world, BEN)
    await world.huddle.storage.write(lambda s: s.records.erase(rep, world.now))
    kept = await world.huddle.storage.read(lambda s: s.installations.get(WORKSPACE))
    assert kept is not None
    assert (kept.installed_by, kept.sealed) == (None, HERE.sealed)


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
