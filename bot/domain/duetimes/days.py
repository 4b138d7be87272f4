"""Days as people name them: "tomorrow", "Fri", "next Tuesday", "the 24th", "24 Nov", "2025-11-24".

`day_at` and `date_at` read what stands at one place of a text; which day that is depends on today and is not
known here.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.duetimes import beside, words
from bot.domain.duetimes.clocks import YEARS, Place, counts, settled
from bot.domain.duetimes.text import Phrases, Text
from bot.domain.duetimes.words import DayKind, Link

_days = Phrases(words.DAYS)
_weekdays = Phrases(words.WEEKDAYS)
_months = Phrases(words.MONTHS)
_week_ahead = Phrases({True: "a week on | a week from | week on | a week next"})
_month_edge = Phrases({True: "end of | the end of | last day of | the last day of | last working day of"})
_MIDDLE = 15  # of a month
_SPEAKERS = frozenset({"i", "i'll", "we", "we'll"})
FIRST_WORDS_OF_DAYS = frozenset({"next", "this", "coming", "the", "day", "mid", "middle"}).union(
    *(each.first_words for each in (_days, _weekdays, _months, _week_ahead, _month_edge))
)


class Day(NamedTuple):
    """A day as it was named; for `EITHER_WAY`, `number` and `month` may change places. 0 is not said."""

    kind: DayKind
    number: int = 0
    month: int = 0
    year: int = 0


class NamedDay(NamedTuple):
    """A day named up to before the word `end`."""

    day: Day
    end: int
    reference: bool = False  # "Friday's"
    lapsed: bool = False  # "Friday last week"


def day_at(text: Text, i: int, place: Place) -> NamedDay | None:
    """The day named in words at `i`."""
    if weekday := _weekday(text, i, place):
        return weekday
    if weekday := _week_on(text, i):
        return weekday
    if text.word(i) == "day" and text.word(i + 1) == "after" and (text.stops(i + 2) or text.word(i + 2) in _SPEAKERS):
        return NamedDay(Day(DayKind.LATER, 2), i + 2)  # Indian English
    if (
        (edge := _month_edge.at(text, i))
        and (month := _months.at(text, edge[1]))
        and _ends_month(text, edge[1], month[1])
    ):
        return NamedDay(Day(DayKind.MONTH_END, month[0]), month[1])
    if named := _days.at(text, i):
        return NamedDay(Day(*named[0]), named[1])
    if middle := _middle(text, i):
        return middle
    return _possessive(text, i) if text.word(i).endswith("'s") else None


def _weekday(text: Text, i: int, place: Place) -> NamedDay | None:
    """A day of the week, and which one of them: "next Tuesday", "Friday next week", "Tuesday week"."""
    ahead = text.word(i) in {"next", "this", "coming"}
    j = i + ahead
    if text.word(i) == "next" and text.word(j) == "week":
        j += 1 + (text.word(j + 1) == "on")
    found = _weekdays.at(text, j)
    if found is None or text.word(j - 1) in words.NAMED_DAYS:
        return None
    number, end = found
    if text.word(j) in words.SHORT_DAYS and not place.alone and not _is_day(text, j, place.link, ahead=ahead):
        return None
    kind = DayKind.NEXT_WEEKDAY if text.word(i) == "next" else DayKind.WEEKDAY
    following = text.word(end), text.word(end + 1)
    if following == ("last", "week"):
        return NamedDay(Day(kind, number), end + 2, lapsed=True)
    if following == ("this", "week"):
        end += 2
    elif following[0] == "week" and settled(text, end + 1):
        kind, end = DayKind.WEEKDAY_WEEK, end + 1
    elif following[0] == "next":
        kind, end = DayKind.NEXT_WEEKDAY, end + 1 + (following[1] == "week")
    elif following == ("of", "next") and text.word(end + 2) == "week":
        kind, end = DayKind.NEXT_WEEKDAY, end + 3
    return NamedDay(Day(kind, number), end)


def _week_on(text: Text, i: int) -> NamedDay | None:
    """ "A week on Friday": seven days after the first one."""
    lead = _week_ahead.at(text, i)
    weekday = _weekdays.at(text, lead[1]) if lead else None
    return NamedDay(Day(DayKind.WEEKDAY_WEEK, weekday[0]), weekday[1]) if weekday else None


def _middle(text: Text, i: int) -> NamedDay | None:
    """The middle of a month: "mid-December", "the middle of the month"."""
    i += text.word(i) == "the"
    if text.word(i) == "mid":
        i += 1 + (text.word(i + 1) == "-")
    elif (text.word(i), text.word(i + 1)) == ("middle", "of"):
        i += 2 + (text.word(i + 2) in {"the", "this"})
    else:
        return None
    if text.word(i) == "month":
        return NamedDay(Day(DayKind.MONTH_DAY, _MIDDLE), i + 1)
    month = _months.at(text, i)
    return NamedDay(Day(DayKind.MONTH_DAY, _MIDDLE, month[0]), month[1]) if month else None


def _ends_month(text: Text, i: int, end: int) -> bool:
    """Whether the word after "end of" is a month, and not the beginning of a name: "the end of March"."""
    return text.word(i) not in words.WORDLIKE_MONTHS or (text.titled(i) and settled(text, end))


def _possessive(text: Text, i: int) -> NamedDay | None:
    owner = Text(text.word(i).removesuffix("'s"))
    if named := _days.at(owner, 0):
        return NamedDay(Day(*named[0]), i + 1, reference=True)
    if weekday := _weekdays.at(owner, 0):
        return NamedDay(Day(DayKind.WEEKDAY, weekday[0]), i + 1, reference=True)
    return None


def _is_day(text: Text, i: int, link: Link, *, ahead: bool) -> bool:
    """Whether "wed" or "sat" is a day here, and not a verb, a name or a piece of one."""
    linked = ahead or link in {Link.ON, Link.BY, Link.BEFORE}
    before_number = text.number(i + 1) is not None
    if text.word(i) in words.WORDLIKE_DAYS:
        return before_number or (linked and settled(text, i + 1))
    return before_number or linked or settled(text, i + 1)


def date_at(text: Text, i: int, place: Place) -> NamedDay | None:
    """The date in figures at `i`. "11/24" needs a preposition before it, and "24/7" is never one."""
    if iso := _iso(text, i):
        return iso
    at = i + (text.word(i) == "the")
    number = text.number(at)
    if number is None:
        return _month_first(text, i, place)
    if not 0 < number <= 31:
        return None
    end = at + 1
    ordinal = text.word(end) in words.ORDINALS and text.glued(end)
    end += ordinal
    month_at = end + (text.word(end) == "of")
    if month := _months.at(text, month_at):
        sure = ordinal or _is_month(text, month_at, month[1], place)
        return _with_year(text, Day(DayKind.MONTH_DAY, number, month[0]), month[1]) if sure else None
    if ordinal or (place.after_day and number > 12 and text.word(end) not in {":", "."}):
        named = (at > i or place.wants_date or place.after_day) and settled(text, end)
        return NamedDay(Day(DayKind.MONTH_DAY, number), end) if named else None
    slashed = _slashed(text, at, number, place)
    return slashed if slashed and (place.wants_date or at > i or _dates(text, i, slashed.end)) else None


def _iso(text: Text, i: int) -> NamedDay | None:
    if text.word(i + 1) != "-" or text.word(i + 3) != "-" or not text.glued(i + 1):
        return None
    year, month, number = text.number(i, 4), text.number(i + 2), text.number(i + 4)
    if year in YEARS and month and number:
        return NamedDay(Day(DayKind.MONTH_DAY, number, month, year or 0), i + 5)
    return None


def _month_first(text: Text, i: int, place: Place) -> NamedDay | None:
    month, number = _months.at(text, i), text.number(i + 1)
    if month is None or number is None or not 0 < number <= 31:
        return None
    end = i + 2
    ordinal = text.word(end) in words.ORDINALS and text.glued(end)
    end += ordinal
    sure = ordinal or _is_month(text, i, end, place)
    if not sure or (counts(text, i + 1, end) and text.number(end, 4) not in YEARS):
        return None
    return _with_year(text, Day(DayKind.MONTH_DAY, number, month[0]), end)


def _is_month(text: Text, i: int, end: int, place: Place) -> bool:
    """Whether "may" or "march" is a month in a date that ends before `end`, and not a verb."""
    linked = place.wants_date and place.link is not Link.NONE
    return text.word(i) not in words.WORDLIKE_MONTHS or linked or (text.titled(i) and settled(text, end))


def _with_year(text: Text, day: Day, end: int) -> NamedDay:
    year = text.number(end, 4)
    return NamedDay(day._replace(year=year), end + 1) if year and year in YEARS else NamedDay(day, end)


def _slashed(text: Text, i: int, one: int, place: Place) -> NamedDay | None:
    """ "24/11", "11/24" and "24.11"; what can be a clock time ("12.11") is one."""
    two = text.number(i + 2)
    glued = text.glued(i + 1) and text.glued(i + 2)
    if not two or not glued or (one, two) == (24, 7) or text.word(i + 1) not in {"/", "."}:
        return None
    if text.word(i + 1) == "." and one < 24 and not (place.link is Link.ON or text.word(i - 1) == "the"):
        return None
    day = Day(DayKind.EITHER_WAY, one, two)
    if one > 12:
        day = Day(DayKind.MONTH_DAY, one, two)
    elif two > 12:
        day = Day(DayKind.MONTH_DAY, two, one)
    year = text.number(i + 4, 4) if text.word(i + 3) == text.word(i + 1) and text.glued(i + 4) else None
    if year is None:
        dotted = text.word(i + 3) == "." == text.word(i + 1) and not text.titled(i + 4) and i + 4 < len(text)
        return NamedDay(day, i + 3 + dotted)  # "on 10.9., direct"
    return NamedDay(day._replace(year=year if year in YEARS else 2000 + year), i + 5)


def _dates(text: Text, i: int, end: int) -> bool:
    """Whether "11/25" with no preposition is a date: "I'll send it 11/25", but not "I'm at 11/25"."""
    told = (
        text.stops(end)
        or text.word(end) in _SPEAKERS
        or text.word(end) in {"at", "by", "before"}
        or text.number(end) is not None
    )
    return told and text.word(i + 1) == "/" and text.word(i - 1) not in beside.SCORING
