"""Who may do what: the whole table, asked with facts of a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.access import ALLOWED, Action, Who, Whose
from bot.domain.people import Person, Team
from bot.domain.preferences import Absence, Preferences
from bot.domain.workspace import Workspace
from bot.ports.storage import Store
from bot.services.access import Actor, Thing, actor_by_slack, may
from bot.services.people import Member
from tests.support.team import ANA, BEN, BERLIN, MARIA, MONDAY, PLAN, a_world
from tests.support.world import WORKSPACE, World

PAGE = Path(__file__).parents[3] / "docs/access.md"
OTTO, UWE, SVEN, ADA, GUS, NINA, STRANGER = "UOTTO", "UUWE", "USVEN", "UADA", "UGUS", "UNINA", "USTRANGER"
SOUTH = replace(
    PLAN,
    name="South",
    channel="C02SOUTH",
    managers=(Member(OTTO, "Otto Lang", BERLIN),),
    reps=(Member(UWE, "Uwe Holm", BERLIN),),
)
ELSEWHERE = replace(PLAN, workspace="T99OTHER")
"""The same people, teams and channels by the same Slack ids, in another workspace."""


@dataclass
class Scene:
    """Who can act, and what they can act on."""

    actors: dict[Who, Actor]
    things: dict[tuple[Who, Whose], Thing]


async def facts(world: World) -> None:
    """Two teams, a stand-in for Maria who is away today, a guest, an admin, and another workspace with the same ids."""
    await world.apply(SOUTH)
    await world.huddle.teams.apply(ELSEWHERE, world.now)

    def settle(store: Store) -> None:
        sven = Person("sven", WORKSPACE, SVEN, "Sven", BERLIN)
        store.people.add(sven, date(2026, 11, 23))
        store.people.add(Person("gus", WORKSPACE, GUS, "Gus", BERLIN, guest=True), date(2026, 11, 23))
        otto = store.people.by_slack(WORKSPACE, OTTO)
        assert otto is not None
        away = Preferences(absences=(Absence(date(2026, 11, 23), date(2026, 11, 27)),), stand_in="sven")
        store.people.save(replace(otto, preferences=away))
        store.workspaces.save(Workspace(WORKSPACE, admins=(ADA,)))

    await world.huddle.storage.write(settle)


def scene(store: Store) -> Scene:
    """The scene, from what is in the database."""

    def person(slack_id: str, workspace: str = WORKSPACE) -> Person:
        found = store.people.by_slack(workspace, slack_id)
        assert found is not None
        return found

    def team(name: str, workspace: str = WORKSPACE) -> Team:
        found = store.people.team_named(workspace, name)
        assert found is not None
        return found

    ids = {
        Who.REP: ANA,
        Who.MANAGER: MARIA,
        Who.STAND_IN: SVEN,
        Who.ADMIN: ADA,
        Who.MEMBER: NINA,
        Who.GUEST: GUS,
    }
    actors = {who: actor_by_slack(store, WORKSPACE, slack_id, MONDAY) for who, slack_id in ids.items()}
    actors[Who.STRANGER] = actor_by_slack(store, WORKSPACE, ANA, MONDAY, Who.STRANGER)
    actors[Who.BOT] = actor_by_slack(store, WORKSPACE, ANA, MONDAY, Who.BOT)
    things: dict[tuple[Who, Whose], Thing] = {}
    for who, one in actors.items():
        things[who, Whose.SELF] = one.person or Person("", WORKSPACE, one.slack_id, "", BERLIN)
        things[who, Whose.OWN_REP] = person(UWE if who is Who.STAND_IN else BEN)
        things[who, Whose.OWN_TEAM] = team("South" if who is Who.STAND_IN else "North")
        things[who, Whose.OTHER_TEAM] = team("North" if who is Who.STAND_IN else "South")
        things[who, Whose.WORKSPACE] = Workspace(WORKSPACE)
        things[who, Whose.OTHER_WORKSPACE] = person(BEN, "T99OTHER")
    return Scene(actors, things)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = await a_world(tmp_path)
    await facts(made)
    yield made
    made.close()


async def test_everybody_is_what_the_database_says(world: World) -> None:
    found = await world.huddle.storage.read(scene)
    assert {who: one.who for who, one in found.actors.items()} == {who: frozenset({who}) for who in Who}


@pytest.mark.parametrize("whose", list(Whose))
@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize("action", list(Action))
def test_the_table_holds_for_every_action_and_everybody(action: Action, who: Who, whose: Whose) -> None:
    """The page that people read says the same."""
    assert ((who, whose) in ALLOWED[action]) == ((who.value, whose.value) in told().get(action.value, set()))


async def test_the_table_decides_by_facts(world: World) -> None:
    found = await world.huddle.storage.read(scene)
    leads = {Who.MANAGER, Who.STAND_IN}
    for action in Action:
        for who, one in found.actors.items():
            for whose in Whose:
                stands = whose
                if whose in {Whose.OWN_REP, Whose.OWN_TEAM} and who not in leads:
                    stands = Whose.OTHER_TEAM  # what is somebody's own team is nothing of an outsider's
                expected = (who, stands) in ALLOWED[action]
                assert may(one, action, found.things[who, whose]) == expected, (action, who, whose)


async def test_a_stand_in_leads_only_while_the_manager_is_away(world: World) -> None:
    after = MONDAY.replace(month=12)
    found = await world.huddle.storage.read(lambda s: actor_by_slack(s, WORKSPACE, SVEN, after))
    assert found.who == {Who.MEMBER}


async def test_who_has_left_may_nothing(world: World) -> None:
    def leave(store: Store) -> None:
        for slack_id in (ANA, MARIA):
            person = store.people.by_slack(WORKSPACE, slack_id)
            assert person is not None
            store.people.save(replace(person, left_at=MONDAY))

    await world.huddle.storage.write(leave)
    for slack_id in (ANA, MARIA):
        found = await world.huddle.storage.read(lambda s, i=slack_id: actor_by_slack(s, WORKSPACE, i, MONDAY))  # type: ignore[misc]
        assert found.who == {Who.MEMBER}


async def test_a_guest_may_be_a_rep_and_leads_nothing(world: World) -> None:
    def lead(store: Store) -> None:
        team = store.people.team_named(WORKSPACE, "South")
        assert team is not None
        store.people.set_managers(team.id, ["gus"])

    await world.huddle.storage.write(lead)
    found = await world.huddle.storage.read(lambda s: actor_by_slack(s, WORKSPACE, GUS, MONDAY))
    assert found.who == {Who.GUEST}


def told() -> dict[str, set[tuple[str, str]]]:
    """What docs/access.md says: a line for each action, with who may do it to whose."""
    said: dict[str, set[tuple[str, str]]] = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 3:
            pairs = [one.strip().split(" → ") for one in cells[2].split(",")]
            said[cells[0].strip("`")] = {(who, whose) for who, whose in pairs}
    return said
