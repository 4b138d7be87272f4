"""Clock times as people write and say them: "3", "3.30 pm", "14h30", "half two", "quarter to four", "2-3pm".

`hour_at` reads what stands at one place of a text, and looks at a bounded number of words around it. Whether
it is promised is not known here, and neither is what time it is now.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.duetimes import beside, words
from bot.domain.duetimes.text import Phrases, Text
from bot.domain.duetimes.words import HALF_DAY, MIDNIGHT, Link
from bot.domain.duetimes.zones import shouted_at

HOUR, DAY = 60, 24 * 60  # in minutes
_SHORT_ORDER = 6  # words
_EARLIEST_H = 13  # fewer are as well a length of time: "9h"
YEARS = range(2000, 2060)  # "by 2030" is a year and not half past eight in the evening

_noons = Phrases(words.NOONS)
_meridiems = Phrases(words.MERIDIEMS)
_oclock = Phrases({True: words.OCLOCK})
_past_or_to = Phrases(words.PAST_OR_TO)
_latest = Phrases({True: "at the latest | at latest | latest"})
_minutes_after = Phrases(words.MINUTES_AFTER)
_weekdays = Phrases(words.WEEKDAYS)
_amounts = Phrases(words.AMOUNTS)
FIRST_WORDS_OF_CLOCKS = frozenset({"between", "a"}).union(
    words.HOURS, words.FRACTIONS, _noons.first_words, _amounts.first_words
)


class Place(NamedTuple):
    """What surrounds a place in the text, as far as it decides whether a bare number is an hour or a date there."""

    link: Link = Link.NONE
    after_day: bool = False  # "Friday 9"
    alone: bool = False  # the whole message is a time
    own: bool = False  # "after my 10"

    @property
    def wants_hour(self) -> bool:
        """Whether a number here is an hour rather than a count."""
        return self.alone or self.own or self.link in {Link.AT, Link.BY, Link.BEFORE, Link.LEAD}

    @property
    def wants_date(self) -> bool:
        """Whether figures here may be a date."""
        return self.alone or self.link in {Link.ON, Link.BY, Link.BEFORE, Link.FOR, Link.TOPIC, Link.AFTER}


class Clock(NamedTuple):
    """Minutes since midnight; `open` when it may as well be twelve hours later ("3", but not "3pm" or "15")."""

    minutes: int
    open: bool = False


class Hour(NamedTuple):
    """A clock time that ends before the word `end`; `plain` when only what surrounds it makes it one ("at 3")."""

    clock: Clock
    end: int
    plain: bool = False
    rough: bool = False
    ranged: bool = False


def hour_at(text: Text, i: int, place: Place) -> Hour | None:
    """The clock time, or range of them, at `i`, if it is one in that place and not a count of things."""
    word = text.word(i)
    if not word[:1].isdigit() and word not in FIRST_WORDS_OF_CLOCKS and not word.endswith("ish"):
        return None
    ways = (_spoken, _range) if text.word(i) in words.HOURS else (_range, _spoken)  # "ten to four", but "10 to 4"
    hour = ways[0](text, i, place) or ways[1](text, i, place) or _written(text, i)
    if hour is None or not hour.plain:
        return hour
    if shouted_at(text, hour.end) and settled(text, hour.end + 1):
        return hour._replace(plain=False)  # "10 PST"
    if counts(text, i, hour.end):
        return None
    if _says_h(text, hour) and (hour.ranged or place.after_day or place.link is Link.FOR):
        return hour._replace(plain=False)  # "for 17h", "14h-15h"
    if _latest.at(text, hour.end):
        return hour._replace(plain=False)  # "around 3, 4 at the latest"
    roughly = place.link in {Link.AROUND, Link.AFTER}
    next_to_day = place.after_day and settled(text, hour.end)
    if _dialled_at(text, i, hour):
        return hour
    return hour if place.wants_hour or (hour.clock.open and (roughly or next_to_day)) else None


def _says_h(text: Text, hour: Hour) -> bool:
    """Whether an "h" at its end makes an hour of the day of the number: "17h", but not the "2h" that a thing takes."""
    late = hour.clock.minutes >= _EARLIEST_H * HOUR and not hour.clock.open
    return text.word(hour.end - 1) == "h" and text.glued(hour.end - 1) and late


def _dialled_at(text: Text, i: int, hour: Hour) -> bool:
    """Whether four figures that end a short order are its hour: "call bea 1430", but not "call extension 1430"."""
    figures = len(text.word(i)) == 4 and text.word(i).isdigit()
    last = figures and hour.end == i + 1 and text.stops(i + 1) and hour.clock.minutes % 5 == 0
    told = text.word(0) in beside.CALLING and i <= _SHORT_ORDER and all(text.word(k).isalpha() for k in range(1, i))
    return last and told and i > 1 and text.word(i - 1) not in beside.LABELS


def settled(text: Text, i: int) -> bool:
    """Whether what ends before the `i`th word is complete, and not the beginning of a name or of a count."""
    kissed = text.word(i) in beside.KISSES and text.stops(i + 1)
    return kissed or text.stops(i) or text.word(i) in beside.CONNECTORS


def counts(text: Text, i: int, end: int) -> bool:
    """Whether the number from `i` up to `end` counts things: "by 3 calls", "grow by 5", "one by one"."""
    after = text.word(end)
    if after in beside.KISSES and text.stops(end + 1):
        return False
    if after in beside.COUNTED or text.number(end, 12) is not None:
        return True
    if text.titled(end) and text.word(end + 1) in beside.STREETS:
        return True
    plural = len(after) > 3 and after.endswith("s") and not after.endswith(("ss", "'s"))
    if plural and after not in beside.NOT_PLURAL and not text.titled(end) and not _weekdays.at(text, end):
        return True
    if text.word(i - 1) != "by":
        return False
    one_by_one = text.word(i - 2) == text.word(i)
    moved = text.word(i - 2) in {"up", "down"} and text.word(i - 3) in beside.MOVING
    return one_by_one or moved or any(text.word(k) in beside.GROWING for k in range(i - 6, i - 1))


def _range(text: Text, i: int, place: Place) -> Hour | None:
    """A range of hours, as its end: "between 2 and 4", "from 2 to 4", "2-3pm", "2 or 3pm"."""
    between = text.word(i) == "between"
    if between and text.word(i + 1) == "now":
        upto = _written(text, i + 3) if text.word(i + 2) == "and" else None
        return upto._replace(plain=counts(text, i + 3, upto.end), ranged=True) if upto else None
    one = _written(text, i + between)
    if one is None:
        return None
    joints = {"and", "&", "-", "–"} if between else {"-", "–", "—", "or"}
    if place.link not in {Link.AT, Link.BY, Link.BEFORE, Link.AROUND, Link.AFTER}:
        joints |= {"to", "until", "till", "til"}  # "at 10 to 4" is ten minutes to four
    two = _written(text, one.end + 1) if text.word(one.end) in joints else None
    if two is None:
        return None
    clock = two.clock
    if clock.open and not one.clock.open:  # "2pm-3", "10:00-11": the end is the next such hour
        both = (clock.minutes, clock.minutes + HALF_DAY)
        clock = next((Clock(minutes) for minutes in both if minutes > one.clock.minutes), clock)
    plain = one.plain and two.plain
    if plain and (between or place.link is Link.FROM):
        plain = counts(text, i, two.end)
    return Hour(clock, two.end, plain, one.rough or two.rough, ranged=True)


def _spoken(text: Text, i: int, place: Place) -> Hour | None:
    """One clock time as spoken: "half two" (British: 14:30), "half past 2", "a quarter to four", "20 past 3"."""
    i += text.word(i) == "a" and text.word(i + 1) in words.FRACTIONS
    said, end = text.word(i), i + 1
    minutes = words.FRACTIONS.get(said)
    if minutes is None:
        amount = _amounts.at(text, i) or (text.number(i) or 0, end)
        minutes, end = int(amount[0]), amount[1]
        named = text.word(end) in {"minutes", "mins", "minute", "min"}
        linked = place.wants_hour or place.link is Link.AROUND or text.stops(i - 1) or i == 0
        if not (0 < minutes < 30 if named else linked and minutes in words.MINUTES_PAST_OR_TO):
            return None
        end += named
    turn = _past_or_to.at(text, end)
    sign, start = turn or (1, end)
    hour = _written(text, start)
    if hour is None or hour.clock.minutes % HOUR:
        return None
    if turn and text.word(turn[1] - 1) == "of" and (said != "quarter" or not settled(text, hour.end)):
        return None  # "half of three", "a quarter of ten deals"
    if (said == "half" and (sign < 0 or not (turn or hour.clock.open))) or (said != "half" and not turn):
        return None
    loose = said not in words.FRACTIONS and not (place.wants_hour or place.link is Link.AROUND)
    if loose and not (settled(text, hour.end) and hour.clock.open):
        return None
    moved = (hour.clock.minutes + sign * minutes) % (HALF_DAY if hour.clock.open else DAY)
    plain = (said not in words.FRACTIONS and not loose) or counts(text, i, hour.end)
    return hour._replace(clock=Clock(moved, hour.clock.open), plain=plain)


def _written(text: Text, i: int) -> Hour | None:
    """One clock time in figures or as one word: "3", "3:30pm", "14h30", "1430", "noon", "ten", "9-ish"."""
    if noon := _noons.at(text, i):
        return _ish(text, Hour(Clock(noon[0]), noon[1], rough=text.word(i).endswith("ish")))
    word = text.word(i)
    if named := words.HOURS.get(word.removesuffix("ish")):
        rough = word.endswith("ish")
        hyphen = text.word(i + 1) == "-"
        if not rough and (spoken := _minutes_after.at(text, i + 1 + hyphen)) and settled(text, spoken[1]):
            return _with_half(text, named, spoken[0], Hour(Clock(0), spoken[1], spoken[0] not in words.QUARTERS))
        return _with_half(text, named, 0, Hour(Clock(0), i + 1, plain=not rough, rough=rough))
    hour, minute, end, plain = text.number(i, 4), 0, i + 1, True
    if hour is None:
        return None
    if len(word) > 2:
        hundred = text.word(end) in {"h", "hrs", "hours"}
        if len(word) == 4 and hour in YEARS and not hundred:
            return None
        hour, minute = divmod(hour, 100)
        end, plain = end + hundred, not hundred
    elif text.word(end) in {":", ".", "h"} and text.glued(end) and text.glued(end + 1) and _is_minute(text, end):
        minutes = text.number(end + 1) if len(text.word(end + 1)) == 2 else None
        if minutes is None:
            return None
        minute, plain, end = minutes, text.word(end) == ".", end + 2
        end += text.word(end) == "h" and text.glued(end)  # "15:30h"
    elif len(text.word(end)) == 2 and text.number(end) in {*words.QUARTERS, 0} and settled(text, end + 1):
        minute, end = text.number(end) or 0, end + 1  # "at 2 30"
    elif text.word(end) == "h" and text.glued(end):
        end += 1
    if (hour == 0 and plain and end == i + 1) or minute >= HOUR or hour * HOUR + minute > MIDNIGHT:
        return None
    return _with_half(text, hour, minute, Hour(Clock(0), end, plain), padded=word.startswith("0"))


def _is_minute(text: Text, sign: int) -> bool:
    """Whether minutes must follow the sign after an hour: an "h" may end it, "for 17h."."""
    return text.word(sign) != "h" or text.number(sign + 1) is not None


def _with_half(text: Text, hour: int, minute: int, said: Hour, *, padded: bool = False) -> Hour:
    """The hour with what follows it: "o'clock", "p.m.", "-ish". "12am" and "00:00" end the day they are said of."""
    end, plain = said.end, said.plain
    if oclock := _oclock.at(text, end):
        end, plain = oclock[1], False
    half = _meridiems.at(text, end)
    if half is None and text.word(end) in {"a", "p"} and text.glued(end):
        half = (HALF_DAY if text.word(end) == "p" else 0), end + 1
    minutes, is_open = hour * HOUR + minute, 0 < hour <= 12 and not padded
    if 0 < hour <= 12 and (half or is_open):
        minutes = hour % 12 * HOUR + minute + (half[0] if half else 0)
    if half and hour:
        end, plain, is_open = half[1], False, False
    clock = Clock(minutes, open=True) if is_open else Clock(minutes or MIDNIGHT)
    return _ish(text, said._replace(clock=clock, end=end, plain=plain))


def _ish(text: Text, hour: Hour) -> Hour:
    end = hour.end + (text.word(hour.end) == "-")
    return hour._replace(plain=False, rough=True, end=end + 1) if text.word(end) == "ish" else hour
