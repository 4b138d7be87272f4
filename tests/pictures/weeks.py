"""Two and a half weeks of a team, lived through the real app: asked, answered, committed, told, talked to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.public_holidays import PublicHolidayCalendars
from bot.domain.effects import Outcome
from bot.ports.storage import Store
from bot.services.people import Member, TeamPlan
from tests.pictures.cast import (
    ANA,
    BEHAVIOURS,
    BEN,
    BERLIN,
    CARE,
    CHLOE,
    DEV,
    DIARY,
    EMMA,
    FOCUS,
    JONAS,
    LENA,
    MARIA,
    NINA,
    NORTH,
    NOT_TODAY,
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
from tests.support import filling, home
from tests.support.home import View
from tests.support.world import WORKSPACE, World, local

NOW = local(BERLIN, "2026-11-26 11:40")
"""When the pictures are taken: a quarter past eleven has gone by, noon has not."""
ANSWERED = time(8, 49)
AFTER_DUE = timedelta(minutes=8)
HOW = {Outcome.DONE: "Done", Outcome.PARTLY: "Partly", Outcome.DROPPED: "Dropped it"}
TALKS = tuple(
    (date(2026, 11, day), rep)
    for day, rep in ((17, BEN), (18, EMMA), (19, DEV), (20, JONAS), (20, CHLOE), (24, ANA), (25, LENA))
)
"""Whom Maria talked to when."""
COUNTRIES = {ANA: "PT", EMMA: "US"}
"""Who has other public holidays than the team."""

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
        holidays=PublicHolidayCalendars().of("DE", None, (TODAY.year, TODAY.year + 1)),
    )


async def installed(folder: Path, start: datetime) -> World:
    """A workspace with people in it, in which Nina has installed the app; no team yet."""
    world = World(folder / "huddle.db", start)
    world.slack.profiles.update(PROFILES)
    world.slack.places.update(PLACES)
    world.slack.name = "Northwind"
    await world.huddle.storage.write(
        lambda store: world.huddle.workspaces.installed(store, WORKSPACE, "Northwind", NINA, world.now)
    )
    await world.settle()
    return world


async def lived(folder: Path) -> World:
    """Both teams at `NOW`, with all that happened before."""
    world = await installed(folder, local(BERLIN, f"{STARTED} 07:30"))
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
            yield at, number, partial(_answer, rep=rep, morning=one)
            if one.how is not None:
                due = datetime.combine(one.day, time.fromisoformat(one.says[-5:]), zone)
                yield due + AFTER_DUE, number + 1, partial(_tap, rep=rep, words=HOW[one.how])
    for day, rep in TALKS:
        yield datetime.combine(day, time(16), ZoneInfo(BERLIN)), 1, partial(_talked, rep=rep)
    for rep, country in COUNTRIES.items():
        at = datetime.combine(STARTED, time(9, 30), ZoneInfo(BERLIN))
        yield at, 2, partial(_settle, who=rep, country=country)
    yield local(BERLIN, "2026-11-23 17:00"), 3, partial(_type, who=JONAS, words="away 24 Nov - 4 Dec")


async def _answer(world: World, rep: str, morning: Morning) -> None:
    if morning.first:
        await world.say(rep, morning.first)
        await world.press(rep, "Tell my manager I'd like a hand")
    await world.say(rep, morning.says)
    if morning.says != NOT_TODAY:
        await world.press(rep, "Commit")


async def _tap(world: World, rep: str, words: str) -> None:
    await world.press(rep, words)


async def _type(world: World, who: str, words: str) -> None:
    await world.command(who, words)


async def _settle(world: World, who: str, country: str) -> None:
    """Somebody says in their settings where their public holidays are."""
    await tapped(world, who, "settings")
    errors = await filling.send(world, who, own_country=country)
    assert errors == {}, errors


async def seen(world: World, who: str) -> View:
    """Somebody's Home as it is now."""
    world.client.homes.pop(who, None)
    return await home.home(world, who)


async def tapped(world: World, who: str, action: str) -> View:
    """Somebody opens a form from their Home."""
    view, before = await seen(world, who), len(world.client.opened)
    (button,) = [one for one in home.buttons(view) if one["action_id"] == action]
    await home.send(world, who, view, action, button["value"])
    assert len(world.client.opened) == before + 1, f"nothing opened for {action}"
    return filling.the_form(world)


async def _talked(world: World, rep: str) -> None:
    """Maria says on her Home whom she has talked to."""

    def read(store: Store) -> str:
        person = store.people.by_slack(WORKSPACE, rep)
        assert person is not None
        return person.id

    view = await seen(world, MARIA)
    await home.send(world, MARIA, view, "talked_to", await world.huddle.storage.read(read))
