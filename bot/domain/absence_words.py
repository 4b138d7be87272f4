"""Days away as people write them: "24-28 Dec", "until Friday", "for two weeks", "tomorrow and Friday".

For what was typed after a command or into a form, where nothing but days can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.preferences import LONGEST_ABSENCE

Days = tuple[date, date]
"""The first and the last day, both included."""
DAY = timedelta(days=1)
RECENT = 60 * DAY
"""How far back a date without a year may lie, to be taken for one gone by and not for the next one."""


class Trouble(StrEnum):
    """Why days cannot be taken."""

    UNREADABLE = "unreadable"
    PAST = "past"
    REVERSED = "reversed"
    TOO_LONG = "too_long"


def _names(table: Mapping[int, str]) -> dict[str, int]:
    return {word: number for number, words in table.items() for word in words.split()}


_WEEKDAYS = _names(
    {
        0: "monday mon mondays",
        1: "tuesday tues tue",
        2: "wednesday weds wed",
        3: "thursday thurs thur thu",
        4: "friday fri",
        5: "saturday sat",
        6: "sunday sun",
    }
)
_MONTHS = _names(
    {
        1: "january jan",
        2: "february feb",
        3: "march mar",
        4: "april apr",
        5: "may",
        6: "june jun",
        7: "july jul",
        8: "august aug",
        9: "september sept sep",
        10: "october oct",
        11: "november nov",
        12: "december dec",
    }
)
_COUNTS = _names(
    {
        1: "a an one",
        2: "two couple",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
    }
)
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NTH = r"(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:\s*,?\s*(?P<y>\d{4}))?"
_COUNT = rf"(?:(?:the )?next )?(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}|a couple of)"

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.?(?:\s?(?P<y>\d{4}|\d{2}))?",
        r"(?P<d>\d{1,2})(?P<slash>/)(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?",
        rf"(?:the )?(?P<d>\d{{1,2}}){_NTH}\s*(?:of )?(?P<month>{_MONTH})\.?{_YEAR}",
        rf"(?P<month>{_MONTH})\.?\s*(?:the )?(?P<d>\d{{1,2}}){_NTH}{_YEAR}",
        r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)|the (?P<d2>\d{1,2})",
    )
)
_SHARED_MONTH = re.compile(
    rf"(?:the )?(?P<a>\d{{1,2}}){_NTH} to (?:the )?(?P<b>\d{{1,2}}){_NTH}\s*(?:of )?(?P<month>{_MONTH})\.?{_YEAR}"
)
_SHARED_AFTER = re.compile(
    rf"(?P<month>{_MONTH})\.?\s*(?P<a>\d{{1,2}}){_NTH} to (?:the )?(?P<b>\d{{1,2}}){_NTH}{_YEAR}"
)
_SHARED_FIGURES = re.compile(r"(?P<a>\d{1,2})\.? to (?P<b>\d{1,2})\.(?P<m>\d{1,2})\.?(?P<y>\d{4})?")
_LASTS = re.compile(
    rf"(?:for )?(?:{_COUNT} (?P<unit>(?:working |business |week)?days?|weeks?|months?)|(?P<fortnight>a fortnight)"
    r"|(?P<rest>the rest of (?:the|this) week))"
)
_FROM_FOR = re.compile(r"(?:from |starting |beginning )?(?P<first>.+?),? (?:for |and the next )(?P<lasts>.+)")
_LASTS_FROM = re.compile(r"(?P<lasts>.+?),? (?:from|starting|beginning|as of)(?: on)? (?P<first>.+)")
_UNTIL = re.compile(
    r"(?:(?:from )?(?P<first>.+?) )?"
    r"(?P<word>until|till|til|through|thru|up to(?: and)?|back|returning)(?: on)? (?P<last>.+)"
)


def read(text: str, today: date, *, back_then: bool = False) -> Days | Trouble:
    """The days that the words name, seen from `today`; what is wrong with them, where they are none.

    A day without a year is the next one of that name, so that ranges go over the turn of a year. "Until" a day means
    that they are back on it where `back_then`, as with a pause, or where it is a Monday; else it is the last one away.
    """
    words = _plain(text)
    found = _range(words, today, back_then)
    if found is None:
        return Trouble.UNREADABLE
    first, last = found
    if last < first:
        return Trouble.REVERSED
    if last < today:
        return Trouble.PAST
    if last - first >= LONGEST_ABSENCE:
        return Trouble.TOO_LONG
    return max(first, today), last


def _plain(text: str) -> str:
    """In lower case, with one word for every dash, and without what says nothing about days."""
    words = text.casefold().replace("’", "'")
    words = re.sub(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", r"\3.\2.\1", words)
    words = re.sub(r"\s*[-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}]\s*", " to ", words)
    words = re.sub(r"\b(?:please|thanks|thank you|inclusive|including|incl|included|all day|only|just)\b", " ", words)
    return " ".join(words.strip(" .!?,;:").split()).strip(" .!?,;:")


def _range(words: str, today: date, back_then: bool) -> Days | None:
    """The first and the last day named; the last may be before the first."""
    return (
        _stretch(words, today)
        or _shared(words, today)
        or _lasting(words, today)
        or _until(words, today, back_then)
        or _to(words, today)
        or _listed(words, today)
    )


def _stretch(words: str, today: date) -> Days | None:
    """One day, or a week by its name."""
    words = re.sub(r"^(?:on|for) ", "", words)
    monday = today - timedelta(days=today.weekday())
    named = {
        "this week": (today, monday + 6 * DAY),
        "the week": (today, monday + 6 * DAY),
        "all week": (today, monday + 6 * DAY),
        "the whole week": (today, monday + 6 * DAY),
        "next week": (monday + 7 * DAY, monday + 13 * DAY),
        "all of next week": (monday + 7 * DAY, monday + 13 * DAY),
        "all next week": (monday + 7 * DAY, monday + 13 * DAY),
        "the whole of next week": (monday + 7 * DAY, monday + 13 * DAY),
        "the week after next": (monday + 14 * DAY, monday + 20 * DAY),
    }
    if words in named:
        return named[words]
    if words in {"next month", "all of next month", "the whole of next month"}:
        first = (today.replace(day=1) + 32 * DAY).replace(day=1)
        return first, (first + 32 * DAY).replace(day=1) - DAY
    if (day := _day(words, today)) is not None:
        return day, day
    return None


def _day(words: str, today: date) -> date | None:
    """One day by its name or its date."""
    words = re.sub(r"^(?:on|this coming|coming) ", "", words)
    words = re.sub(rf"^this (?={_WEEKDAY})", "", words)
    words = re.sub(rf"^(?:{_WEEKDAY}),? (?:the )?(?=\d)|^(?:{_WEEKDAY}),? (?=(?:{_MONTH})\b)", "", words)
    near = {
        "yesterday": -1,
        "today": 0,
        "now": 0,
        "right now": 0,
        "this afternoon": 0,
        "the rest of the day": 0,
        "rest of the day": 0,
        "the rest of today": 0,
        "tomorrow": 1,
        "tmrw": 1,
        "tmr": 1,
        "tomorow": 1,
        "tommorow": 1,
        "tommorrow": 1,
        "the day after tomorrow": 2,
        "day after tomorrow": 2,
    }
    if words in near:
        return today + near[words] * DAY
    if words in _WEEKDAYS:
        return today + ((_WEEKDAYS[words] - today.weekday()) % 7) * DAY
    if (name := re.fullmatch(rf"next ({_WEEKDAY})|({_WEEKDAY}) next week", words)) is not None:
        monday = today + (7 - today.weekday()) * DAY
        return monday + _WEEKDAYS[name[1] or name[2]] * DAY
    for pattern in _DATES:
        if (found := pattern.fullmatch(words)) is not None:
            return _dated(found.groupdict(), today)
    return None


def _dated(parts: Mapping[str, str | None], today: date) -> date | None:
    """A date in figures: the next one where the year is not said; without a month, the next such day of a month."""
    number = int(parts.get("d") or parts.get("d2") or 0)
    month = _MONTHS[str(parts["month"])] if parts.get("month") else int(parts.get("m") or 0)
    if parts.get("slash"):
        number, month = (month, number) if month > 12 else (number, month)
        if number <= 12 and number != month:
            return None  # the fifth of March to some, the third of May to others
    said = parts.get("y")
    year = int(said) + (2000 if len(said) == 2 else 0) if said else 0
    if not month:
        return next((day for n in range(62) if (day := today + n * DAY).day == number), None)
    if year:
        return _date(year, month, number)
    this = _date(today.year, month, number)
    recent = this is not None and this >= today - RECENT
    return this if recent else _date(today.year + 1, month, number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _ordered(first: date | None, last: date | None, words: str, today: date) -> Days | None:
    """Both days. Where a year turns between them and none is said, the first is just past, or the last a year on."""
    if first is None or last is None:
        return None
    if last < first and not re.search(r"\d{4}", words) and first - last > 180 * DAY:
        begun, later = _date(first.year - 1, first.month, first.day), _date(last.year + 1, last.month, last.day)
        if begun and begun >= today - RECENT:
            return begun, last
        return (first, later) if later else None
    return first, last


def _shared(words: str, today: date) -> Days | None:
    """ "24 to 28 dec", "dec 24 to 28", "24. to 28.12." """
    words = re.sub(r"^from ", "", words)
    for pattern in (_SHARED_MONTH, _SHARED_AFTER, _SHARED_FIGURES):
        if (found := pattern.fullmatch(words)) is not None:
            parts = found.groupdict()
            last = _dated({**parts, "d": parts["b"]}, today)
            first = _date(last.year, last.month, int(str(parts["a"]))) if last else None
            return (first, last) if first and last else None
    return None


def _to(words: str, today: date) -> Days | None:
    """ "mon to wed", "24 dec to 2 jan", "between 24 dec and 2 jan"."""
    if week := re.fullmatch(rf"(?:from )?({_WEEKDAY}) to ({_WEEKDAY}) next week", words):
        words = f"{week[1]} next week to {week[2]} next week"
    between = re.fullmatch(r"between (?P<first>.+) and (?P<last>.+)", words)
    found = between or re.fullmatch(r"(?:from )?(?P<first>.+?) to (?P<last>.+)", words)
    if found is None:
        return None
    first = _day(found["first"], today)
    return _ordered(first, _end(found["last"], first, today), words, today)


def _end(words: str, first: date | None, today: date) -> date | None:
    """The day at which it ends; a weekday is the first of its name after the beginning."""
    if first is None:
        return None
    if re.sub(r"^(?:on|this|coming) ", "", words) in _WEEKDAYS or re.fullmatch(
        r"(?:the )?\d{1,2}(?:st|nd|rd|th)", words
    ):
        last = _day(words, first)
        return first + 7 * DAY if last == first and first != today else last
    week = _stretch(words, today)
    return week[1] if week else None


def _lasting(words: str, today: date) -> Days | None:
    """ "for 3 days", "two weeks", "from monday for two weeks"."""
    if (alone := _LASTS.fullmatch(words)) is not None:
        return _from(today, alone, today)
    found = _FROM_FOR.fullmatch(words) or _LASTS_FROM.fullmatch(words)
    lasts = _LASTS.fullmatch(found["lasts"]) if found else None
    first = _day(found["first"], today) if found else None
    return _from(first, lasts, today) if first and lasts else None


def _from(first: date, lasts: re.Match[str], today: date) -> Days | None:
    if lasts["rest"]:
        return first, today + (6 - today.weekday()) * DAY
    if lasts["fortnight"]:
        return first, first + 13 * DAY
    said = lasts["count"].removesuffix(" of").removeprefix("a ")
    count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
    if not 0 < count <= LONGEST_ABSENCE.days:
        return None
    unit = lasts["unit"]
    if unit.startswith(("working", "business", "weekday")):
        return first, _working_days(first, count)
    if unit.startswith("month"):
        month = first.month - 1 + count
        year, number = first.year + month // 12, month % 12 + 1
        last = next(day for n in range(4) if (day := _date(year, number, first.day - n)))
        return first, last - DAY
    return first, first + (count * (7 if unit.startswith("week") else 1) - 1) * DAY


def _working_days(first: date, count: int) -> date:
    day = first - DAY
    while count:
        day += DAY
        count -= day.weekday() < 5
    return day


def _until(words: str, today: date, back_then: bool) -> Days | None:
    """ "until friday", "from monday until the 12th", "today through thursday", "back on monday"."""
    found = _UNTIL.fullmatch(words)
    first = today if found is None or not found["first"] else _day(found["first"].removesuffix(","), today)
    if found is None or first is None:
        return None
    sunday = today + (6 - today.weekday()) * DAY
    if week := re.fullmatch(r"(?:the )?end of (?:(?P<next>next )|this |the )?week|(?P<then>next week)", found["last"]):
        return first, sunday + (7 * DAY if week["next"] else 0 * DAY)
    last = _end(found["last"], first, today)
    if last is None:
        return None
    if found["first"] is None and last == today and found["last"].removeprefix("this ") in _WEEKDAYS:
        last += 7 * DAY
    said = found["word"]
    until = said in {"until", "till", "til"} and (back_then or last.weekday() == 0) and last != first
    return _ordered(first, last - DAY if until or said in {"back", "returning"} else last, words, today)


def _listed(words: str, today: date) -> Days | None:
    """ "today and tomorrow", "thursday, friday", "mon, tue and wed": days that follow one another."""
    parts = [part for part in re.split(r",? (?:and|&|\+) |, ?|&", words) if part]
    if len(parts) < 2:
        return None
    days: list[date] = []
    for part in parts:
        day = _day(part, days[-1] if days and part in _WEEKDAYS else today)
        if day is None or (days and day != days[-1] + DAY):
            return None
        days.append(day)
    return days[0], days[-1]
