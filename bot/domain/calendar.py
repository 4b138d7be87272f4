"""Local days and clock times: everything that turns a person's wall clock into an instant and back.

All instants are aware UTC. Zones are IANA names, never offsets, so that a change of the clocks moves
nothing but the instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class WorkingHours:
    """The part of a local day in which a person may hear from us: `start` to `end` on `days` (Monday is 0), but not on
    the dates in `off` (public holidays, absences).
    """

    start: time = time(8, 30)
    end: time = time(17, 30)
    days: frozenset[int] = frozenset(range(5))
    off: frozenset[date] = frozenset()


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day a person in `zone` is living at `at`."""
    return at.astimezone(zone).date()


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `clock` on `day`.

    A time skipped by a spring change becomes the same distance after the gap; a time that an autumn
    change repeats is its first occurrence. So each wall time happens exactly once on each day.
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def is_working_day(day: date, hours: WorkingHours) -> bool:
    """Whether `day` is one of the weekdays worked, and not off."""
    return day.weekday() in hours.days and day not in hours.off


def is_working_time(at: datetime, zone: ZoneInfo, hours: WorkingHours) -> bool:
    """Whether `at` falls on a working day between the start and the end of work, both included."""
    day = local_date(at, zone)
    if not is_working_day(day, hours):
        return False
    return instant(day, hours.start, zone) <= at <= instant(day, hours.end, zone)


def next_working_day(day: date, hours: WorkingHours) -> date:
    """The first working day after `day`. `hours.days` must not be empty."""
    last = max(day, max(hours.off, default=day)) + timedelta(days=8)
    while day <= last:
        day += timedelta(days=1)
        if is_working_day(day, hours):
            return day
    raise ValueError("a week without working days")


def last_working_day(day: date, hours: WorkingHours) -> date:
    """The last working day before `day`. `hours.days` must not be empty."""
    first = min(day, min(hours.off, default=day)) - timedelta(days=8)
    while day >= first:
        day -= timedelta(days=1)
        if is_working_day(day, hours):
            return day
    raise ValueError("a week without working days")


def working_days_between(first: date, last: date, hours: WorkingHours) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when `last` is not after it."""
    return sum(is_working_day(first + timedelta(days=step), hours) for step in range(1, (last - first).days + 1))


def next_occurrence(after: datetime, clock: time, zone: ZoneInfo, hours: WorkingHours) -> datetime:
    """The first instant strictly later than `after` at which it is `clock` on a working day in `zone`."""
    day = local_date(after, zone)
    if is_working_day(day, hours) and (moment := instant(day, clock, zone)) > after:
        return moment
    return instant(next_working_day(day, hours), clock, zone)
