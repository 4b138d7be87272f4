"""The next days as somebody sees them coming: when they are asked, and which days are free of it and why."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import local_date
from bot.domain.mornings import asked_for, on_the_day
from bot.domain.people import Person, Team, away_on, hours_of
from bot.domain.preferences import Away

MOST_MORNINGS = 4
FARTHEST = timedelta(days=60)


@dataclass(frozen=True)
class Ahead:
    """A day to come: asked about it `at` a moment, or else free of it (`away` says why)."""

    day: date
    at: datetime | None = None
    away: Away | None = None


def days_ahead(
    person: Person, team: Team, after: datetime, begun: AbstractSet[date] = frozenset(), most: int = MOST_MORNINGS
) -> tuple[Ahead, ...]:
    """The next `most` mornings later than `after`, and the days off among them, a whole absence as one.

    Days in `begun` have had their check-in. Weekdays that nobody expects to work are not named.
    """
    hours = hours_of(person, team)
    today = day = local_date(after, person.tz)
    found: list[Ahead] = []
    mornings = 0
    while mornings < most and day <= today + FARTHEST:
        following = day + timedelta(days=1)
        if day.weekday() in hours.days:
            if day in hours.off:
                away = away_on(person, team, day) or Away(day)
                found.append(Ahead(day, away=away))
                following = away.back
            elif day not in begun and (moments := [one for one in _moments(day, person, team) if one > after]):
                found.append(Ahead(day, min(moments)))
                mornings += 1
        day = following
    return tuple(found)


def _moments(day: date, person: Person, team: Team) -> tuple[datetime, datetime]:
    """When that day is asked about, and when it is asked about late."""
    return asked_for(day, person, team), on_the_day(day, person, team)
