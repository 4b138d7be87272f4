"""A Slack status that looks like an absence is offered as one: once, at a moment at which they work, never assumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from bot.domain.calendar import local_date
from bot.domain.people import Person, may_hear_from_us
from bot.domain.preferences import Suggestion
from bot.domain.status_words import absence
from bot.ports.slack import Status
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.telling import working_moment

Offer = Callable[[Store, Person, date, date | None, datetime], object]
"""Asks a person whether they are away from the first to the last day; there is no last one where that is not known."""


@dataclass(frozen=True)
class Statuses:
    """Notices statuses, inside the caller's transaction."""

    offer: Offer

    def notice(self, store: Store, rep: Person, status: Status | None, at: datetime) -> bool:
        """Keep what the status suggests until they next work. False when there is nothing new to offer."""
        team = store.people.find_team(rep.rep_of or "")
        if team is None or not is_new(rep, status, at):
            return False
        found, mark = _read(rep, status, at)
        wanted = found is not None and not _known(rep, found, at) and rep.stopped_at is None
        own = replace(rep.preferences, suggested=mark, suggestion=found if wanted else None)
        store.people.save(replace(rep, preferences=own))
        if wanted:
            store.alarms.set(Alarm(AlarmKind.OFFER, rep.id, working_moment(rep, team, at)))
        else:
            store.alarms.clear(AlarmKind.OFFER, rep.id)
        return wanted

    def ring(self, store: Store, person_id: str, at: datetime) -> None:
        """They work now: ask, unless it is known meanwhile, or over."""
        rep = store.people.find(person_id)
        team = store.people.find_team(rep.rep_of or "") if rep else None
        found = rep.preferences.suggestion if rep else None
        if rep is None or team is None or found is None or rep.left_at or rep.stopped_at:
            return
        if not may_hear_from_us(rep, team, at):
            store.alarms.set(Alarm(AlarmKind.OFFER, rep.id, working_moment(rep, team, at)))
            return
        asked = replace(rep, preferences=replace(rep.preferences, suggestion=None))
        store.people.save(asked)
        today = local_date(at, rep.tz)
        over = found.last is not None and found.last < today
        if not over and not _known(rep, found, at):
            self.offer(store, asked, max(found.first, today), found.last, at)


def is_new(rep: Person, status: Status | None, at: datetime) -> bool:
    """Whether the status suggests something else than when it was last looked at."""
    return rep.rep_of is not None and _read(rep, status, at)[1] != rep.preferences.suggested


def _read(rep: Person, status: Status | None, at: datetime) -> tuple[Suggestion | None, str]:
    """What it suggests, and what tells it from another one; "" when it suggests nothing. What it says is not kept."""
    found = absence(status.text, status.emoji, status.until, at, rep.tz) if status else None
    if status is None or found is None:
        return None, ""
    return found, sha256(f"{status.text}|{status.emoji}|{status.until}".encode()).hexdigest()[:16]


def _known(rep: Person, found: Suggestion, at: datetime) -> bool:
    """Whether they have said so already: an absence of theirs holds the days, or the first where no end is told."""
    first = max(found.first, local_date(at, rep.tz))
    return any(first in one and (found.last or first) in one for one in rep.preferences.absences)
