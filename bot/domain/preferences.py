"""What a person has settled for themselves: when they are asked, when they are away, what they share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum

LONGEST_ABSENCE = timedelta(days=400)
"""The longest absence that is taken: more is a slip of the pen, or a person who has left."""
LOCALES = ("", "cs", "da", "de", "es", "fi", "fr", "hu", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr", "uk", "ja")
"""Languages in which days and dates can be said, as Babel names them; the first is English."""


class Leave(StrEnum):
    """Why somebody gets nothing from us for some days. To others both are the same: away."""

    AWAY = "away"
    PAUSED = "paused"  # at work, and asked for a pause


@dataclass(frozen=True)
class Absence:
    """Days without us, from `first` to `last`, both included, in the person's own calendar."""

    first: date
    last: date
    kind: Leave = Leave.AWAY

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> frozenset[date]:
        """Every day of it."""
        return frozenset(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True)
class PublicHolidays:
    """A country's (and region's) public holidays with their names, as far ahead as they were looked up."""

    country: str  # ISO 3166-1, "DE"
    region: str | None = None  # as the country names it, "BY"
    days: tuple[tuple[date, str], ...] = ()

    @property
    def dates(self) -> frozenset[date]:
        """The days themselves."""
        return frozenset(day for day, _ in self.days)

    def name(self, day: date) -> str | None:
        """What is celebrated on a day, None when it is a day like any other."""
        return next((name for one, name in self.days if one == day), None)


@dataclass(frozen=True)
class Move:
    """A new zone that was noticed, and from which local day it counts."""

    zone: str
    on: date


@dataclass(frozen=True)
class Suggestion:
    """Days away that a Slack status suggests; `last` is None where it does not say. Why, it does not keep."""

    first: date
    last: date | None


@dataclass(frozen=True)
class Preferences:
    """What a person settled, or what others noticed about them; where nothing is settled the team's way holds."""

    check_in: time | None = None  # their own time, within the team's window
    days: frozenset[int] | None = None  # the weekdays they work, Monday is 0
    evening: bool = False  # asked the evening before
    locale: str = ""  # a Babel locale for dates, "de"; empty is English
    help_offered: bool = True  # whether they are offered to tell the manager that they would like a hand
    wins: bool = True  # whether they are offered to share a win
    holidays: PublicHolidays | None = None  # where they differ from the team's
    absences: tuple[Absence, ...] = ()
    stand_in: str | None = None  # a manager's: the person who gets their summaries and nudges while they are away
    moving: Move | None = None
    suggested: str = ""  # the Slack status that was last offered as an absence, so that it is offered once
    suggestion: Suggestion | None = None  # what it suggests, until it is offered


NO_PREFERENCES = Preferences()


@dataclass(frozen=True)
class Away:
    """Until when somebody is away, and why; `holiday` is the name of a public one.

    `until` is the last day before they are back at work, weekends and whatever else is off included. People are told
    the day on which they are `back`.
    """

    until: date
    kind: Leave | None = None
    holiday: str | None = field(default=None)

    @property
    def back(self) -> date:
        """The day on which they work again."""
        return self.until + timedelta(days=1)


def with_absence(preferences: Preferences, absence: Absence) -> Preferences:
    """With these days away. What they overlap of an earlier absence is theirs now; neighbours of a kind are one."""
    kept: list[Absence] = []
    for one in preferences.absences:
        kept += _outside(one, absence)
    merged = absence
    for one in list(kept):
        touches = one.last + timedelta(days=1) == merged.first or merged.last + timedelta(days=1) == one.first
        if one.kind is merged.kind and touches:
            kept.remove(one)
            merged = Absence(min(one.first, merged.first), max(one.last, merged.last), merged.kind)
    return replace(preferences, absences=tuple(sorted((*kept, merged), key=lambda a: a.first)))


def without_absence(preferences: Preferences, first: date, last: date) -> Preferences:
    """With those days worked again: an absence is shortened, split or gone."""
    free = Absence(first, last)
    kept = [part for one in preferences.absences for part in _outside(one, free)]
    return replace(preferences, absences=tuple(sorted(kept, key=lambda a: a.first)))


def _outside(one: Absence, other: Absence) -> list[Absence]:
    """What is left of an absence without the days of another."""
    if one.last < other.first or one.first > other.last:
        return [one]
    parts = []
    if one.first < other.first:
        parts.append(replace(one, last=other.first - timedelta(days=1)))
    if one.last > other.last:
        parts.append(replace(one, first=other.last + timedelta(days=1)))
    return parts
