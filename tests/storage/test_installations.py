"""Installations: by workspace or by its organisation, renewed by one process at a time; attempts good once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.ports.installations import FIRST_CHORES, Sealed
from bot.ports.storage import Alarm, AlarmKind
from storage.open import AnyStorage
from tests.storage.rows import AT

NORTH = Sealed(
    id="T0NORTH", name="Northwind", app_id="A1", bot_user_id="U0BOT", bot_id="B0BOT", scopes=("chat:write", "commands"),
    installed_by="U1", installed_at=AT, sealed="gAAAA-north",
)  # fmt: skip
GRID = replace(NORTH, id="E0GRID", enterprise_id="E0GRID", org_wide=True, name="Grid Inc", sealed="gAAAA-grid")
LATER = AT + timedelta(minutes=1)


async def test_what_was_kept_is_found_by_its_workspace_and_by_no_other(storage: AnyStorage) -> None:
    await storage.write(lambda s: s.installations.save(NORTH))
    assert await storage.read(lambda s: s.installations.get("T0NORTH")) == NORTH
    assert await storage.read(lambda s: s.installations.get("T0SOUTH")) is None
    assert await storage.read(lambda s: s.installations.get("T0SOUTH", "T0NORTH")) is None, "no organisation"
    assert await storage.read(lambda s: s.installations.all()) == [NORTH]


async def test_installing_again_replaces_it(storage: AnyStorage) -> None:
    await storage.write(lambda s: s.installations.save(NORTH))
    await storage.write(lambda s: s.installations.lease(NORTH, AT, LATER))
    await storage.write(lambda s: s.installations.save(replace(NORTH, sealed="gAAAA-new", installed_at=LATER)))
    (found,) = await storage.read(lambda s: s.installations.all())
    assert (found.sealed, found.installed_at, found.version) == ("gAAAA-new", LATER, 1)
    assert await storage.write(lambda s: s.installations.lease(found, AT, LATER)), "and nobody renews the former one"
    assert not await storage.write(lambda s: s.installations.renew(replace(NORTH, sealed="gAAAA-old")))


async def test_a_workspace_lives_by_its_own_installation_else_by_its_organisations(storage: AnyStorage) -> None:
    await storage.write(lambda s: s.installations.save(GRID))
    assert await storage.read(lambda s: s.installations.get("T0EAST")) is None, "whose it is is not known yet"
    assert await storage.read(lambda s: s.installations.get("T0EAST", "E0GRID")) == GRID
    await storage.write(lambda s: s.installations.belongs("T0EAST", "E0GRID"))
    assert await storage.read(lambda s: s.installations.get("T0EAST")) == GRID
    own = replace(NORTH, id="T0EAST", enterprise_id="E0GRID")
    await storage.write(lambda s: s.installations.save(own))
    assert await storage.read(lambda s: s.installations.get("T0EAST", "E0GRID")) == own


async def test_an_organisations_workspaces_are_those_without_an_installation_of_their_own(storage: AnyStorage) -> None:
    def fill(store: Any) -> None:
        store.installations.save(GRID)
        store.installations.save(replace(NORTH, id="T0WEST", enterprise_id="E0GRID"))
        for workspace in ("T0EAST", "T0WEST"):
            store.installations.belongs(workspace, "E0GRID")
        store.installations.belongs("T0FAR", "E0OTHER")

    await storage.write(fill)
    assert await storage.read(lambda s: s.installations.workspaces_of(GRID)) == ["E0GRID", "T0EAST"]
    assert await storage.read(lambda s: s.installations.workspaces_of(NORTH)) == ["T0NORTH"]


async def test_one_process_renews_and_only_what_it_has_seen(storage: AnyStorage) -> None:
    await storage.write(lambda s: s.installations.save(NORTH))
    assert await storage.write(lambda s: s.installations.lease(NORTH, AT, LATER))
    assert not await storage.write(lambda s: s.installations.lease(NORTH, AT, LATER)), "somebody has"
    fresh = replace(NORTH, sealed="gAAAA-fresh", expires_at=LATER + timedelta(hours=12))
    assert await storage.write(lambda s: s.installations.renew(fresh))
    assert not await storage.write(lambda s: s.installations.renew(fresh)), "once"
    assert not await storage.write(lambda s: s.installations.lease(NORTH, LATER, LATER)), "it is another by now"
    found = await storage.read(lambda s: s.installations.get("T0NORTH"))
    assert found == replace(fresh, version=1)
    assert await storage.write(lambda s: s.installations.lease(replace(fresh, version=1), AT, LATER))


async def test_a_lease_ends(storage: AnyStorage) -> None:
    await storage.write(lambda s: s.installations.save(NORTH))
    assert await storage.write(lambda s: s.installations.lease(NORTH, AT, LATER))
    assert await storage.write(lambda s: s.installations.lease(NORTH, LATER, LATER + timedelta(minutes=1)))


async def test_what_is_forgotten_is_gone(storage: AnyStorage) -> None:
    await storage.write(lambda s: s.installations.save(NORTH))
    assert await storage.write(lambda s: s.installations.forget("T0NORTH"))
    assert not await storage.write(lambda s: s.installations.forget("T0NORTH"))
    assert await storage.read(lambda s: s.installations.all()) == []
    assert not await storage.write(lambda s: s.installations.renew(NORTH))


async def test_an_attempt_counts_once_and_in_time(storage: AnyStorage) -> None:
    for digest in ("a", "b"):
        await storage.write(lambda s, d=digest: s.installations.add_state(d, AT, LATER, 10))  # type: ignore[misc]
    assert await storage.write(lambda s: s.installations.take_state("a", AT))
    assert not await storage.write(lambda s: s.installations.take_state("a", AT))
    assert not await storage.write(lambda s: s.installations.take_state("never", AT))
    assert not await storage.write(lambda s: s.installations.take_state("b", LATER))


async def test_of_attempts_without_end_the_oldest_make_room(storage: AnyStorage) -> None:
    for second, digest in enumerate("cab"):
        at = AT + timedelta(seconds=second)
        await storage.write(
            lambda s, d=digest, at=at: s.installations.add_state(d, at, at + timedelta(minutes=1), 2)  # type: ignore[misc]
        )
    good = [await storage.write(lambda s, d=digest: s.installations.take_state(d, AT)) for digest in "cab"]  # type: ignore[misc]
    assert good == [False, True, True]


async def test_who_installed_it_is_forgotten_there_and_for_their_organisation_and_nowhere_else(
    storage: AnyStorage,
) -> None:
    def fill(store: Any) -> None:
        for one in (NORTH, GRID, replace(NORTH, id="T0SOUTH"), replace(NORTH, id="T0EAST", installed_by="U2")):
            store.installations.save(one)
        for workspace in ("T0NORTH", "T0EAST"):
            store.installations.belongs(workspace, "E0GRID")

    async def installers() -> dict[str, str | None]:
        return {one.id: one.installed_by for one in await storage.read(lambda s: s.installations.all())}

    await storage.write(fill)
    before = await installers()
    await storage.write(lambda s: s.installations.unname("T0NORTH", "U1"))
    assert await installers() == before | {"T0NORTH": None, "E0GRID": None}
    assert await storage.write(lambda s: s.installations.renew(NORTH)), "its tokens are renewed as before"


async def test_a_workspace_of_an_organisation_is_looked_at_every_night_from_when_it_is_first_heard_of(
    storage: AnyStorage,
) -> None:
    chores = (AlarmKind.SWEEP, AlarmKind.CLEANING)
    await storage.write(lambda s: s.installations.save(GRID))
    for workspace, enterprise in (("T0EAST", "E0GRID"), ("T0FAR", "E0OTHER")):
        await storage.write(lambda s, w=workspace, e=enterprise: s.installations.belongs(w, e))  # type: ignore[misc]
    due = await storage.read(lambda s: s.alarms.due(AT + FIRST_CHORES, 9))
    assert {(one.kind, one.subject) for one in due} == {(kind, "T0EAST") for kind in chores}
    moved = Alarm(AlarmKind.SWEEP, "T0EAST", AT + timedelta(days=1))
    await storage.write(lambda s: s.alarms.set(moved))
    await storage.write(lambda s: s.installations.belongs("T0EAST", "E0GRID"))
    assert await storage.read(lambda s: s.alarms.get(AlarmKind.SWEEP, "T0EAST")) == moved, "what is set stays"


@pytest.mark.parametrize("shown", [repr(NORTH), str(NORTH)])
def test_what_is_sealed_is_not_shown(shown: str) -> None:
    assert "gAAAA" not in shown
    assert "T0NORTH" in shown
