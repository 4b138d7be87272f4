"""Who reads what is meant for a manager: they themselves, or their stand-in while they are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import local_date
from bot.domain.people import Person, Team, away_on, is_absent, is_at_work
from bot.ports.storage import Store


def is_there(person: Person) -> bool:
    """Whether they may be written to at all."""
    return person.stopped_at is None and person.left_at is None


def is_away(person: Person, at: datetime) -> bool:
    """Whether an absence of theirs covers their today."""
    return is_absent(person, local_date(at, person.tz))


def _hands_over(manager: Person, stand_in: Person, at: datetime) -> bool:
    """Whether an absence of the manager's covers the day that the stand-in is living."""
    return is_absent(manager, local_date(at, stand_in.tz))


def reader_of(store: Store, manager: Person, team: Team, at: datetime) -> Person | None:
    """Who is to read the manager's messages now; None when nobody is.

    A stand-in reads only while an absence of the manager's lasts, not on their public holidays. Each calendar day has
    one reader, wherever the two live: the manager on their days, the stand-in on theirs. For hours that belong to both
    it is whoever works then.
    """
    if manager.left_at is not None:
        return None
    readers = [manager] if _reads(manager, team, at) else []
    stand_in = store.people.find(manager.preferences.stand_in or "")
    if stand_in is not None and _may_stand_in(stand_in, manager) and _hands_over(manager, stand_in, at):
        readers += [stand_in] if is_there(stand_in) and not is_away(stand_in, at) else []
    at_work = (one for one in readers if is_at_work(one, team, at))
    return next(at_work, readers[0] if readers else None)


def zones_of(store: Store, manager: Person) -> frozenset[ZoneInfo]:
    """Where the manager's messages may be read: in their zone and in that of their stand-in."""
    stand_in = store.people.find(manager.preferences.stand_in or "")
    return frozenset({manager.tz, stand_in.tz} if stand_in else {manager.tz})


def _reads(manager: Person, team: Team, at: datetime) -> bool:
    return is_there(manager) and away_on(manager, team, local_date(at, manager.tz)) is None


def _may_stand_in(person: Person, manager: Person) -> bool:
    return person.workspace == manager.workspace and person.id != manager.id and not person.guest


def stands_in_for(store: Store, person: Person, at: datetime) -> Sequence[Person]:
    """The managers of this workspace who are away now, by their calendar or this person's, and named this person."""
    managers = {m.id: m for team in store.people.teams(person.workspace) for m in store.people.managers(team.id)}
    return [
        one
        for one in managers.values()
        if one.preferences.stand_in == person.id
        and one.left_at is None
        and _may_stand_in(person, one)
        and (_hands_over(one, person, at) or is_away(one, at))
    ]
