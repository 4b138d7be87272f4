"""When somebody is asked: by their own time or the team's, in the morning of a working day or the evening before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import (
    WEEKDAYS,
    instant,
    is_working_day,
    last_working_day,
    local_date,
    next_working_day,
)
from bot.domain.people import Person, Team, hours_of, is_absent

BEFORE_THE_END = timedelta(minutes=45)
"""How long before the end of work the next day is asked about, where somebody wants it the evening before."""
LATER = timedelta(minutes=30)
"""For how long a question is put off by its button, and by the command when no time is given."""
FARTHEST = timedelta(days=4)
"""How far away a day may be that is asked about in the evening: a long weekend. Beyond it nobody plans a day."""
LEAST_LEFT = timedelta(hours=2)
"""How much of a working day must be left for it to be worth a question that comes late."""

Asked = Callable[[date], bool]
"""Whether a person has had their check-in about a day."""


def not_asked(_: date) -> bool:
    """As if nothing had been asked about any day."""
    return False


@dataclass(frozen=True)
class Morning:
    """A check-in to come: when it is asked, and for which local day."""

    at: datetime
    day: date


def check_in_time(person: Person, team: Team) -> time:
    """The clock time at which they are asked in the morning: their own within the team's window, or its."""
    own = person.preferences.check_in
    if own is None:
        return team.times.check_in
    earliest, latest = window(team)
    return min(max(own, earliest), latest)


def window(team: Team) -> tuple[time, time]:
    """Between which clock times a rep of the team may be asked."""
    times = team.times
    return min(times.hours.start, times.check_in), max(times.check_in_until, times.check_in)


def evening_time(team: Team) -> time:
    """The clock time at which the next day is asked about."""
    end = datetime.combine(date.min + timedelta(days=1), team.times.hours.end, tzinfo=UTC)
    return max((end - BEFORE_THE_END).time(), team.times.hours.start)


def asked_for(day: date, person: Person, team: Team) -> datetime:
    """When they are asked about that working day.

    The first day back is asked about on the day itself, whatever they chose, and so is one that follows more than a
    long weekend: nobody is to plan it before they leave.
    """
    if person.preferences.evening and not is_first_day_back(person, team, day):
        before = last_working_day(day, hours_of(person, team))
        if day - before <= FARTHEST:
            return instant(before, evening_time(team), person.tz)
    return on_the_day(day, person, team)


def on_the_day(day: date, person: Person, team: Team) -> datetime:
    """When they are asked on the day itself, where nothing was asked the evening before."""
    return instant(day, check_in_time(person, team), person.tz)


def next_morning(person: Person, team: Team, after: datetime, asked: Asked = not_asked) -> Morning:
    """The first check-in that is asked strictly later than `after`, about a day that was not asked about yet."""
    hours = hours_of(person, team)
    day = local_date(after, person.tz) - timedelta(days=1)
    while True:
        day = next_working_day(day, hours)
        moments = (asked_for(day, person, team), on_the_day(day, person, team))
        if (coming := [moment for moment in moments if moment > after]) and not asked(day):
            return Morning(min(coming), day)


def day_to_ask(person: Person, team: Team, at: datetime) -> date | None:
    """The day about which a question is due at `at`: its time has come, and it is within the hours in which they may
    hear from us. None when there is none. Whether it was asked already is not known here.
    """
    hours = hours_of(person, team)
    today = local_date(at, person.tz)
    if not is_working_day(today, hours) or at >= closes_at(person, team, today):
        return None
    ahead = next_working_day(today, hours)
    if asked_for(ahead, person, team) <= at:
        return ahead
    return today if on_the_day(today, person, team) <= at else None


def late_day(person: Person, team: Team, at: datetime, asked: Asked) -> date | None:
    """Today, when its question has not been asked although its time has passed, and there is still enough of it."""
    today = local_date(at, person.tz)
    enough = closes_at(person, team, today) - at >= LEAST_LEFT
    return today if enough and day_to_ask(person, team, at) == today and not asked(today) else None


def day_of(alarm: datetime, person: Person, team: Team) -> date:
    """The local day that a check-in which is due at `alarm` is about."""
    day = local_date(alarm, person.tz)
    if not person.preferences.evening:
        return day
    ahead = next_working_day(day, hours_of(person, team))
    return ahead if asked_for(ahead, person, team) <= alarm else day


def closes_at(person: Person, team: Team, day: date) -> datetime:
    """When the check-in about that day closes: with its working day."""
    return instant(day, team.times.hours.end, person.tz)


def day_in_words(day: date, today: date) -> str | None:
    """How a question names a day to come: "tomorrow", "on Monday"; None when it is today, which needs no change."""
    if day <= today:
        return None
    return "tomorrow" if day == today + timedelta(days=1) else f"on {WEEKDAYS[day.weekday()].capitalize()}"


NAMES_A_TIME = re.compile(
    r"\b(today|tonight|tomorrow|tmrw|tmw|now|mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b"
    r"|\bin (an?|half an|\d+|one|two|three|a few) ?(m|mins?|minutes?|h|hrs?|hours?|days?|weeks?)\b",
    re.IGNORECASE,
)


def counted_from(words: str, day: date, person: Person, team: Team, at: datetime) -> datetime:
    """The moment from which the times in somebody's words about `day` are counted.

    That is now, unless the day is still to come: then it is the day's beginning, so that "at two" is two o'clock of
    that day. Words that name a day, or count from now ("in an hour"), are taken at their word.
    """
    if day <= local_date(at, person.tz) or NAMES_A_TIME.search(words):
        return at
    return max(at, instant(day, team.times.hours.start, person.tz))


def is_first_day_back(person: Person, team: Team, day: date) -> bool:
    """Whether they were away on the working day before this one, and are back."""
    if not person.preferences.absences or is_absent(person, day):
        return False
    never_away = replace(person, preferences=replace(person.preferences, absences=()))
    return is_absent(person, last_working_day(day, hours_of(never_away, team)))


def starts_of_day(at: datetime, *zones: ZoneInfo) -> datetime:
    """The first midnight after `at` in any of the zones."""
    return min(instant(local_date(at, zone) + timedelta(days=1), time(), zone) for zone in zones)
