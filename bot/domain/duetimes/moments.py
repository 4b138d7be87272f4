"""What a mention of a time means to a person who says it now, on the wall clock around them.

All defaults that stand for what was not said are here: the parts of the day in `STRETCHES`, the choice
between the two readings of a bare hour in `_readings`, the day of a time without one in `_days`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours, instant, is_working_day, local_date, next_working_day
from bot.domain.duetimes.clocks import Clock
from bot.domain.duetimes.days import Day
from bot.domain.duetimes.grammar import Mention
from bot.domain.duetimes.words import HALF_DAY, MIDNIGHT, DayKind, Link, Part
from bot.domain.duetimes.zones import clocks_of
from bot.domain.reading import Certainty

HORIZON_DAYS = 14  # a promise further ahead is not near-term; the last local day that is answered with
AFTER = timedelta(hours=1)  # "after my 10 o'clock", "after 3": what comes first is taken to last an hour
FIRST_THING = 30  # minutes: "first thing" is so long after work starts
LATEST = 22 * 60  # minutes since midnight: no bare hour is taken to be later in the evening
WEEK = 7


@dataclass(frozen=True)
class Stretch:
    """A part of the day, in local time: it starts, is promised by, and is over. None: an edge of work.

    "By" and "before" a part promise its start ("before lunch" is 12:00), "after" it an hour after its end.
    Once `promised` has passed, `ends` is meant; once that has, the part is over.
    """

    starts: time | None
    promised: time | None
    ends: time | None


# What a fuzzy part of a day means. Our defaults: a part is promised late in it, so that a check right after
# is not too early, but not later than the end of work; lunch is from 12 to 1.
STRETCHES = {
    Part.MORNING: Stretch(None, time(12), time(12)),
    Part.MID_MORNING: Stretch(time(10), time(10, 30), time(11)),
    Part.LATE_MORNING: Stretch(time(11), time(11, 30), time(12)),
    Part.LUNCH: Stretch(time(12), time(13), time(13)),
    Part.EARLY_AFTERNOON: Stretch(time(13), time(14), time(15)),
    Part.MID_AFTERNOON: Stretch(time(14), time(15, 30), time(16)),
    Part.AFTERNOON: Stretch(time(13), time(16, 30), time(18)),
    Part.LATE_AFTERNOON: Stretch(time(16), time(17), time(18)),
    Part.DINNER: Stretch(time(19), time(19), time(19)),
    Part.EVENING: Stretch(time(18), time(19), time(21)),
    Part.NIGHT: Stretch(time(18), time(20), time(23)),
    Part.END_OF_DAY: Stretch(None, None, None),
    Part.TODAY: Stretch(None, None, time(22)),  # "today", said after work, is this evening
    Part.DAY: Stretch(None, None, None),  # a day with no time is promised by its end, "before Friday" by its start
    Part.START_OF_DAY: Stretch(None, None, None),  # the start of work
    Part.THIS_TIME: Stretch(None, None, None),  # the hour it is now, on another day
    Part.FIRST_THING: Stretch(None, None, None),  # ... but see FIRST_THING
}
_AM = frozenset({Part.START_OF_DAY, Part.FIRST_THING, Part.MORNING, Part.MID_MORNING, Part.LATE_MORNING})
_WEEKS = frozenset({DayKind.THIS_WEEK, DayKind.NEXT_WEEK, DayKind.NEXT_WEEK_START})
_ENDS = frozenset({DayKind.MONTH_END, DayKind.QUARTER_END, DayKind.YEAR_END})
_BY_THEIR_END = frozenset({DayKind.THIS_WEEK, *_ENDS})  # "before the end of the month" is by its end
# Where figures for a date begin with the month, and where they are written both ways round.
_MONTH_FIRST = re.compile(
    r"US/|America/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Menominee|Indiana/"
    r"|Kentucky/|North_Dakota/)|Pacific/Honolulu|Asia/(?:Tokyo|Seoul|Shanghai|Taipei|Manila)"
)
_EITHER_WAY = re.compile(r"Canada/|America/(?:Toronto|Vancouver|Winnipeg|Edmonton|Halifax|Regina)|Etc/|UTC")


@dataclass(frozen=True)
class Here:
    """When and where words were said (`at` is aware UTC), and the working hours of the person who said them."""

    at: datetime
    zone: ZoneInfo
    hours: WorkingHours

    @property
    def today(self) -> date:
        """The local day."""
        return local_date(self.at, self.zone)

    @property
    def workday(self) -> tuple[int, int]:
        """Start and end of work, in minutes since midnight."""
        return _minutes(self.hours.start), _minutes(self.hours.end)

    def moment(self, day: date, minutes: int) -> datetime:
        """When it is so many minutes past midnight on `day`; the later time round if the first is not ahead."""
        day, clock = day + timedelta(days=minutes // MIDNIGHT), time(*divmod(minutes % MIDNIGHT, 60))
        first = instant(day, clock, self.zone)
        again = datetime.combine(day, clock.replace(fold=1), tzinfo=self.zone).astimezone(UTC)
        return first if first > self.at else max(first, again)


def resolve(mention: Mention, here: Here) -> tuple[datetime, Certainty] | None:
    """The first moment after now and within the horizon that the words can mean, and how sure they make it."""
    last_day = here.today + timedelta(days=HORIZON_DAYS)
    there = replace(here, zone=clocks_of(mention.zone, here.at, here.zone)) if mention.zone else here
    if mention.face is not None:
        choices = [(_face(mention.face, here), Certainty.EXACT)]
    elif mention.wait is not None:
        choices = [(here.at + mention.wait, Certainty.FUZZY if mention.rough else Certainty.EXACT)]
    else:
        choices = [
            (moment, _certainty(mention, first_choice=turn == 0))
            for turn, (first, last) in enumerate(_days(mention, there))
            for moment in _moments(mention, first, last, there)
        ]
    ahead = (choice for choice in choices if choice[0] > here.at)
    moment, certainty = next(ahead, (here.at, Certainty.FUZZY))
    return (moment, certainty) if here.at < moment and local_date(moment, here.zone) <= last_day else None


def _face(minutes: int, here: Here) -> datetime:
    """When the long hand of a clock next stands there."""
    local = here.at.astimezone(here.zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    ahead = timedelta(minutes=minutes) - past
    return here.at + (ahead if ahead > timedelta() else ahead + timedelta(hours=1))


def _certainty(mention: Mention, *, first_choice: bool) -> Certainty:
    if mention.rough or mention.link in {Link.AROUND, Link.AFTER}:
        return Certainty.FUZZY
    if mention.clock is None:
        at_work_end = mention.part is Part.END_OF_DAY and (mention.day is None or mention.day.kind not in _WEEKS)
        return Certainty.ASSUMED if at_work_end else Certainty.FUZZY
    settled = first_choice and not mention.assumed and not _halved(mention.clock, mention.part).open
    return Certainty.EXACT if settled else Certainty.ASSUMED


def _moments(mention: Mention, first: date, last: date, here: Here) -> list[datetime]:
    """What the words can mean on the days from `first` to `last`, best first."""
    after = mention.link is Link.AFTER and not (mention.reference and mention.bare_day)
    if mention.clock:
        shift = AFTER if after else timedelta()
        minutes = _readings(
            _halved(mention.clock, mention.part), last, here, named=mention.day not in {None, Day(DayKind.TODAY)}
        )
        return [here.moment(last, each) + shift for each in minutes]
    part = mention.part or (Part.TODAY if mention.day == Day(DayKind.TODAY) else Part.DAY)
    starts, promised, ends = _stretch(part, here)
    if after and mention.bare_day:
        return [here.moment(next_working_day(last, here.hours), promised)]
    if after:
        return [here.moment(last, ends) + AFTER]
    moments = [here.moment(last, promised), here.moment(last, ends)]
    before = mention.link is Link.BEFORE and (mention.day is None or mention.day.kind not in _BY_THEIR_END)
    by_start = mention.link is Link.BY and (
        mention.reference or part in {Part.LUNCH, Part.DINNER}
    )  # "by Friday's call", "by lunch"
    return [here.moment(first, starts), *moments] if before or by_start else moments


def _stretch(part: Part, here: Here) -> tuple[int, int, int]:
    """Start, promise and end of a part of the day, in minutes since midnight."""
    opens, closes = here.workday
    if part is Part.END_OF_DAY:
        return closes, closes, closes
    if part is Part.START_OF_DAY:
        return opens, opens, opens
    if part is Part.FIRST_THING:
        return opens + FIRST_THING, opens + FIRST_THING, opens + FIRST_THING
    if part is Part.THIS_TIME:
        local = here.at.astimezone(here.zone)
        return (_minutes(local.time()),) * 3
    row = STRETCHES[part]
    starts = opens if row.starts is None else _minutes(row.starts)
    promised = closes if row.promised is None else _minutes(row.promised)
    if starts < closes < promised:
        promised = closes
    return starts, promised, max(promised, closes if row.ends is None else _minutes(row.ends))


def _halved(clock: Clock, part: Part | None) -> Clock:
    """The clock, its half of the day settled if a part of that was said as well: "9 in the morning"."""
    if not clock.open or part is None or part is Part.END_OF_DAY:
        return clock
    if part in _AM:
        return Clock(clock.minutes)
    if part is Part.NIGHT and clock.minutes < 60:  # "12 tonight"
        return Clock(MIDNIGHT + clock.minutes)
    return Clock(clock.minutes + HALF_DAY)


def _readings(clock: Clock, day: date, here: Here, *, named: bool) -> list[int]:
    """The minutes since midnight that a clock time can mean on `day`, best first.

    Of the two readings of a bare hour, one in working hours is meant; where there is none, the one nearest to
    them, and today also the other one, if it is before `LATEST` and the day was not `named`.
    """
    if not clock.open:
        return [clock.minutes]
    opens, closes = here.workday
    both = [clock.minutes, clock.minutes + HALF_DAY]
    at_work = [minutes for minutes in both if opens <= minutes <= closes]
    nearest = sorted(both, key=lambda minutes: max(opens - minutes, minutes - closes))
    if day != here.today or (named and at_work):
        return (at_work or nearest)[:1]
    return at_work + [minutes for minutes in nearest if minutes < LATEST and minutes not in at_work]


def _days(mention: Mention, here: Here) -> list[tuple[date, date]]:
    """The days that the words can mean, each as the first and last of a span, best first; empty if none is near."""
    today, hours, day = here.today, here.hours, mention.day
    if day is None:
        edge_of_work = mention.clock is None and mention.part in {Part.END_OF_DAY, Part.FIRST_THING, Part.START_OF_DAY}
        near = [next_working_day(today, hours)]
        if is_working_day(today, hours) or not edge_of_work:
            near = [today, *near]
    elif day.kind in _WEEKS:
        return _weeks(day.kind, today, hours)
    elif day.kind is DayKind.WEEKDAY:
        first = today + timedelta(days=(day.number - today.weekday()) % WEEK)
        near = [first, first + timedelta(days=WEEK)]
    elif day.kind is DayKind.WEEKDAY_WEEK:
        near = [today + timedelta(days=(day.number - today.weekday()) % WEEK + WEEK)]
    elif day.kind is DayKind.NEXT_WEEKDAY:
        near = [_monday(today) + timedelta(days=WEEK + day.number)]
    elif day.kind in {DayKind.MONTH_DAY, DayKind.EITHER_WAY}:
        near = _dates(day, today, here.zone)
    elif day.kind in _ENDS:
        near = [_last_worked(end, hours) for end in _ends(day, today)]
    else:
        near = [_counted(day, today, hours)]
    return [(each, each) for each in near]


def _weeks(kind: DayKind, today: date, hours: WorkingHours) -> list[tuple[date, date]]:
    """The worked part of this week (when it is over, the next one), of next week, or only its first day."""
    starts, ends = timedelta(days=min(hours.days)), timedelta(days=max(hours.days))
    this, following = _monday(today), _monday(today) + timedelta(days=WEEK)
    if kind is DayKind.THIS_WEEK:
        return [(this + starts, this + ends), (following + starts, following + ends)]
    return [(following + starts, following + (ends if kind is DayKind.NEXT_WEEK else starts))]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _counted(day: Day, today: date, hours: WorkingHours) -> date:
    """So many days from today, all of them or only those worked."""
    if day.kind is DayKind.WORKING_DAYS:
        for _ in range(day.number):
            today = next_working_day(today, hours)
        return today
    later = today + timedelta(days=day.number)
    if day.kind is DayKind.LATER_AT_WORK and not is_working_day(later, hours):
        return next_working_day(later, hours)
    return later


def _ends(day: Day, today: date) -> list[date]:
    """The last days of this month, quarter or year, or of the next one of that name."""
    every = {DayKind.MONTH_END: range(1, 13), DayKind.QUARTER_END: (3, 6, 9, 12), DayKind.YEAR_END: (12,)}[day.kind]
    months = [day.number] if day.number else list(every)
    first_after = [
        date(year + month // 12, month % 12 + 1, 1) for year in (today.year, today.year + 1) for month in months
    ]
    return [end for first in first_after if (end := first - timedelta(days=1)) >= today][:2]


def _last_worked(day: date, hours: WorkingHours) -> date:
    while not is_working_day(day, hours):
        day -= timedelta(days=1)
    return day


def _dates(day: Day, today: date, zone: ZoneInfo) -> list[date]:
    """The day with that date within the horizon, if it is; "11/12" is read as dates are written in that zone."""
    ways = {(day.number, day.month)}
    if day.kind is DayKind.EITHER_WAY:
        turned, key = (day.month, day.number), zone.key or "UTC"
        ways = {turned} if _MONTH_FIRST.match(key) else ways | ({turned} if _EITHER_WAY.match(key) else set())
    near = [today + timedelta(days=n) for n in range(HORIZON_DAYS + 1)]
    found = [
        each
        for each in near
        if any(each.day == number and month in {0, each.month} for number, month in ways) and day.year in {0, each.year}
    ]
    return found if len(found) == 1 else []


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
