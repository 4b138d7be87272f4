"""A sample team for tests: a manager in Berlin, reps in Lisbon and Berlin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.domain.people import Times
from bot.domain.question_bank import Kind
from bot.ports.coach import Coach
from bot.services.people import Member, TeamPlan
from tests.support.world import WORKSPACE, World, local

MARIA, ANA, BEN, CHANNEL = "UMARIA", "UANA", "UBEN", "C01WINS"
BERLIN, LISBON = "Europe/Berlin", "Europe/Lisbon"
MEETINGS = "set first meetings"

PLAN = TeamPlan(
    workspace=WORKSPACE,
    name="North",
    zone=BERLIN,
    channel=CHANNEL,
    managers=(Member(MARIA, "Maria Kern", BERLIN),),
    reps=(Member(ANA, "Ana Sousa", LISBON, MEETINGS), Member(BEN, "Ben Krug", BERLIN, "write account plans")),
    behaviours=((MEETINGS, Kind.PROSPECTING), ("write account plans", Kind.PLANNING)),
    times=Times(),
)
MONDAY = local(BERLIN, "2026-11-23 07:00")


async def a_world(folder: Path, plan: TeamPlan = PLAN, start: datetime = MONDAY, coach: Coach | None = None) -> World:
    """A world with the team set up, early on a Monday."""
    world = World(folder / "huddle.db", start, coach)
    await world.apply(plan)
    return world


def times(**changed: object) -> TeamPlan:
    """The sample team with other times."""
    return replace(PLAN, times=replace(PLAN.times, **changed))  # type: ignore[arg-type]
