"""Two and a half weeks of a team, lived through the real app: asked, answered, committed, told, talked to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.checkin import Outcome
from bot.services.people import Member, TeamPlan
from tests.pictures.cast import (
    ANA,
    BEHAVIOURS,
    BEN,
    BERLIN,
    CARE,
    CHLOE,
    DIARY,
    FOCUS,
    JONAS,
    LENA,
    MARIA,
    NINA,
    NORTH,
    PAUL,
    PLACES,
    PROFILES,
    SOUTH,
    SOUTH_WINS,
    STARTED,
    TODAY,
    WINS,
    ZONES,
    Morning,
)
from tests.support.world import WORKSPACE, World, local

NOW = local(BERLIN, "2026-11-26 11:40")
"""When the pictures are taken: a quarter past eleven has gone by, noon has not."""
ANSWERED = time(8, 49)
AFTER_DUE = timedelta(minutes=8)
HOW = {Outcome.DONE: "Done", Outcome.PARTLY: "Partly", Outcome.DROPPED: "Dropped it"}
TALKS = {date(2026, 11, 17): BEN, date(2026, 11, 19): CHLOE, date(2026, 11, 24): ANA, date(2026, 11, 25): LENA}
"""Whom Maria talked to when, without having been told to."""

Deed = tuple[datetime, int, Callable[[World], Awaitable[object]]]


def member(slack_id: str) -> Member:
    """Somebody of the cast, for a team's plan."""
    name, zone = ZONES[slack_id]
    return Member(slack_id, name, zone, FOCUS[slack_id][0] if slack_id in FOCUS else None)


def plan(name: str, manager: str, reps: tuple[str, ...], channel: str) -> TeamPlan:
    """A team of the cast."""
    return TeamPlan(
        workspace=WORKSPACE,
        name=name,
        zone=ZONES[manager][1],
        channel=channel,
        managers=(member(manager),),
        reps=tuple(map(member, reps)),
        behaviours=BEHAVIOURS,
        care=CARE,
    )


def empty(folder: Path, start: datetime) -> World:
    """A workspace with people in it, and no team yet."""
    world = World(folder / "huddle.db", start)
    world.slack.profiles.update(PROFILES)
    world.slack.places.update(PLACES)
    world.slack.name = "Northwind"
    return world


async def lived(folder: Path) -> World:
    """Both teams at `NOW`, with all that happened before."""
    world = empty(folder, local(BERLIN, f"{STARTED} 00:30"))
    await world.open_home(NINA)
    await world.apply(plan("North", MARIA, NORTH, WINS))
    await world.apply(plan("South", PAUL, SOUTH, SOUTH_WINS))
    for at, _, do in sorted(_deeds(), key=lambda one: one[:2]):
        if at <= NOW:
            await world.go(at)
            await do(world)
    await world.go(NOW)
    return world


def _deeds() -> Iterator[Deed]:
    """What everybody does when, in no order; the number tells deeds of the same moment apart."""
    number = 0
    for rep, mornings in DIARY.items():
        zone = ZoneInfo(ZONES[rep][1])
        for one in mornings:
            number += 2
            at = datetime.combine(one.day, ANSWERED, zone)
            yield at, number, lambda world, rep=rep, one=one: _answer(world, rep, one)
            if one.how is not None:
                due = datetime.combine(one.day, time.fromisoformat(one.says[-5:]), zone)
                yield due + AFTER_DUE, number + 1, lambda world, rep=rep, one=one: world.press(rep, HOW[one.how])
    for day, rep in TALKS.items():
        at = datetime.combine(day, time(16), ZoneInfo(BERLIN))
        yield at, 1, lambda world, rep=rep: _talked(world, rep)
    yield local(BERLIN, "2026-11-23 17:00"), 2, lambda world: world.command(JONAS, "away 24 Nov – 4 Dec")


async def _answer(world: World, rep: str, morning: Morning) -> None:
    if morning.first:
        await world.say(rep, morning.first)
        await world.press(rep, "Tell my manager I'd like a hand")
    await world.say(rep, morning.says)
    if "Commit" in world.last(rep).buttons:
        await world.press(rep, "Commit")


async def _talked(world: World, rep: str) -> None:
    """Maria taps the button beside somebody on her Home."""
    await world.tap_view(MARIA, "talked_to", await _id(world, rep))


async def _id(world: World, slack_id: str) -> str:
    def read(store):  # type: ignore[no-untyped-def]
        return store.people.by_slack(WORKSPACE, slack_id).id

    return str(await world.huddle.storage.read(read))
