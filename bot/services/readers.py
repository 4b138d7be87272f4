"""Who reads what is meant for a manager: they themselves, or their stand-in while they are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.calendar import local_date
from bot.domain.people import Person, Team, away_on
from bot.ports.storage import Store


def is_there(person: Person) -> bool:
    """Whether they may be written to at all."""
    return person.stopped_at is None and person.left_at is None


def is_away(person: Person, at: datetime) -> bool:
    """Whether an absence of theirs covers their today."""
    today = local_date(at, person.tz)
    return any(today in absence for absence in person.preferences.absences)


def reader_of(store: Store, manager: Person, team: Team, at: datetime) -> Person | None:
    """Who is to read the manager's messages now; None when nobody is.

    A stand-in reads only while an absence of the manager's lasts, not on their public holidays.
    """
    if manager.left_at is not None:
        return None
    if not is_away(manager, at):
        there = is_there(manager) and away_on(manager, team, local_date(at, manager.tz)) is None
        return manager if there else None
    stand_in = store.people.find(manager.preferences.stand_in or "")
    if stand_in is None or stand_in.workspace != manager.workspace:
        return None
    return stand_in if is_there(stand_in) and not is_away(stand_in, at) else None


def stands_in_for(store: Store, person: Person, at: datetime) -> Sequence[Person]:
    """The managers of this workspace who are away now and named this person."""
    managers = {m.id: m for team in store.people.teams(person.workspace) for m in store.people.managers(team.id)}
    return [
        one
        for one in managers.values()
        if one.preferences.stand_in == person.id and one.left_at is None and is_away(one, at)
    ]
