"""When somebody is asked: by their own time or the team's, in the morning of a working day or the evening before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import WEEKDAYS, instant, is_working_day, last_working_day, local_date, next_working_day
from bot.domain.people import Person, Team, hours_of

BEFORE_THE_END = timedelta(minutes=45)
"""How long before the end of work the next day is asked about, where somebody wants it the evening before."""


@dataclass(frozen=True)
class Morning:
    """A check-in to come: when it is asked, and for which local day."""

    at: datetime
    day: date


def check_in_time(person: Person, team: Team) -> time:
    """The clock time at which they are asked in the morning: their own within the team's window, or its."""
    own, times = person.preferences.check_in, team.times
    if own is None:
        return times.check_in
    earliest = min(times.hours.start, times.check_in)
    return min(max(own, earliest), max(times.check_in_until, times.check_in))


def evening_time(team: Team) -> time:
    """The clock time at which the next day is asked about."""
    end = datetime.combine(date.min + timedelta(days=1), team.times.hours.end, tzinfo=UTC)
    return max((end - BEFORE_THE_END).time(), team.times.hours.start)


def asked_for(day: date, person: Person, team: Team) -> datetime:
    """When they are asked about that working day."""
    if person.preferences.evening:
        return instant(last_working_day(day, hours_of(person, team)), evening_time(team), person.tz)
    return instant(day, check_in_time(person, team), person.tz)


def next_morning(person: Person, team: Team, after: datetime) -> Morning:
    """The first check-in that is asked strictly later than `after`."""
    hours = hours_of(person, team)
    day = local_date(after, person.tz) - timedelta(days=1)
    while True:
        day = next_working_day(day, hours)
        moment = asked_for(day, person, team)
        if moment > after:
            return Morning(moment, day)


def day_of(alarm: datetime, person: Person, team: Team) -> date:
    """The local day that a check-in which is due at `alarm` is about."""
    day = local_date(alarm, person.tz)
    return next_working_day(day, hours_of(person, team)) if person.preferences.evening else day


def closes_at(person: Person, team: Team, day: date) -> datetime:
    """When the check-in about that day closes: with its working day."""
    return instant(day, team.times.hours.end, person.tz)


def day_in_words(day: date, today: date) -> str | None:
    """How a question names a day to come: "tomorrow", "on Monday"; None when it is today, which needs no change."""
    if day <= today:
        return None
    return "tomorrow" if day == today + timedelta(days=1) else f"on {WEEKDAYS[day.weekday()].capitalize()}"


def is_first_day_back(person: Person, team: Team, day: date) -> bool:
    """Whether they were away on the working day before this one."""
    weekdays = team.times.hours if person.preferences.days is None else hours_of(person, team)
    before = day - timedelta(days=1)
    while before.weekday() not in weekdays.days:
        before -= timedelta(days=1)
    return any(before in absence for absence in person.preferences.absences)


def starts_of_day(at: datetime, *zones: ZoneInfo) -> datetime:
    """The first midnight after `at` in any of the zones."""
    return min(instant(local_date(at, zone) + timedelta(days=1), time(), zone) for zone in zones)


def works_today(person: Person, team: Team, at: datetime) -> bool:
    """Whether it is a working day where they are."""
    return is_working_day(local_date(at, person.tz), hours_of(person, team))
