"""How words make a time: from a text to its mentions of times, in the order they stand.

A mention is a link ("by", "at", "after") with a day or none, and a clock, a part of the day, a wait or none,
in any order: "by 3 on Thursday", "tomorrow before lunch", "first thing Monday". Nothing is resolved and
nothing is chosen here. Every rule looks at a bounded number of words from where it stands, so reading takes
linear time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.duetimes import words
from bot.domain.duetimes.clocks import Clock, Place, hour_at
from bot.domain.duetimes.days import Day, date_at, day_at
from bot.domain.duetimes.text import Phrases, Text
from bot.domain.duetimes.waits import wait_at
from bot.domain.duetimes.words import DayKind, Link, Part

_links = Phrases(words.LINKS)
_parts = Phrases(words.PARTS)
_parts_of_a_day = Phrases(words.PARTS_OF_A_DAY)
_edges = Phrases(words.EDGES)
_roughly = Phrases({True: words.ROUGHLY})
_sometime = Phrases({True: words.SOMETIME})
_gone = Phrases({True: words.GONE})
_tails = Phrases(words.TAILS)
_zones = Phrases({True: words.ZONES})

_BROAD = frozenset({Part.MORNING, Part.AFTERNOON, Part.EVENING, Part.NIGHT})
_LONGEST_ANSWER = 12  # words: a longer message is more than a time


@dataclass(frozen=True)
class Mention:
    """A time that the words from `first` up to `end` (indices of words) speak of."""

    first: int
    end: int
    link: Link = Link.NONE
    clock: Clock | None = None
    part: Part | None = None
    wait: timedelta | None = None
    day: Day | None = None
    rough: bool = False  # "around 3", "9-ish"
    assumed: bool = False  # the clock is a guess: the end of "2-3pm", the hour in another zone
    reference: bool = False  # names a thing by its time: "the 2pm demo", "Friday's call"
    lapsed: bool = False  # past or habit

    @property
    def bare_day(self) -> bool:
        """Whether nothing but a day was said."""
        return self.day is not None and self.clock is None and self.part is None


def mentions(text: Text) -> list[Mention]:
    """Every time spoken of in `text`, from left to right, none overlapping."""
    found, answer, i = [], _answer(text), 0
    while i < len(text):
        mention = answer if answer and answer.first == i else _mention(text, i)
        if mention:
            found.append(mention)
        i = mention.end if mention else i + 1
    return found


def _answer(text: Text) -> Mention | None:
    """A message that is nothing but a time: "3" or "maybe 9 tomorrow" answer "By when?" without a preposition."""
    first, end = 0, len(text)
    while first < end and text.word(end - 1) in words.FILLERS_AFTER:
        end -= 1
    while first < end and text.word(first) in words.FILLERS:
        first += 1
    mention = _mention(text, first, alone=True) if 0 < end - first <= _LONGEST_ANSWER else None
    return mention if mention and mention.end == end else None


def _mention(text: Text, i: int, *, alone: bool = False) -> Mention | None:
    """The longest mention that begins at `i`."""
    found = _piece(text, i, after_day=False, alone=alone)
    while found:
        gap = found.day is not None and found.clock is None and text.word(found.end) in {",", "-", "–"}
        more = _piece(text, found.end + gap, after_day=found.day is not None and not gap, alone=False)
        both = _together(found, more) if more and not (gap and more.day) else None
        if both is None:
            break
        found = both
    if found and found.clock and (zone := _zones.at(text, found.end)):
        found = replace(found, end=zone[1], assumed=True)
    if found and (tail := _tails.at(text, found.end)):
        found = replace(found, end=tail[1], rough=found.rough or tail[0])
    return found


def _together(one: Mention, two: Mention) -> Mention | None:
    """Two neighbours as one mention, or None when they speak of different things."""
    if one.wait or two.wait or (one.clock and two.clock):
        return None
    if one.day and two.day and one.day != two.day and DayKind.MONTH_DAY not in {one.day.kind, two.day.kind}:
        return None
    if (one.lapsed or (one.reference and one.bare_day)) and two.link in {Link.BY, Link.BEFORE, Link.AFTER}:
        return None  # "the offers of last week | by Friday", "book Anna for Friday | by 3"
    if two.reference and not (one.bare_day and two.link is not Link.NONE):
        return None  # "at 3 | about Friday's call", but "tomorrow after my 10 o'clock"
    day = two.day if one.day is None or (two.day and two.day.kind is DayKind.MONTH_DAY) else one.day
    timed, other = (one, two) if _tells_more(one, two) else (two, one)
    link = other.link if timed.link is Link.NONE or (timed.link, other.link) == (Link.AT, Link.BY) else timed.link
    arranged = Link.FOR in {one.link, two.link} and day is not None and day.kind is not DayKind.TODAY
    return Mention(
        first=one.first,
        end=two.end,
        link=Link.TOPIC if arranged else link,
        clock=timed.clock,
        part=timed.part or other.part,
        day=day,
        rough=one.rough or two.rough,
        assumed=one.assumed or two.assumed,
        reference=one.reference or two.reference or arranged,
        lapsed=one.lapsed or two.lapsed,
    )


def _tells_more(one: Mention, two: Mention) -> bool:
    """Whether `one` is the better clock: "9 in the morning", "first thing tomorrow morning", "3 on Friday"."""
    if one.clock or two.clock:
        return one.clock is not None
    if one.part and two.part:
        return one.part not in _BROAD
    return one.part is not None


def _piece(text: Text, first: int, *, after_day: bool, alone: bool) -> Mention | None:
    """A link with the one clock, part of the day, wait or day that follows it."""
    if gone := _gone.at(text, first):
        return Mention(first, gone[1], lapsed=True)
    if wait := _waiting(text, first, alone=alone):
        return wait
    i, rough, link = first, False, Link.NONE
    if sometime := _sometime.at(text, i):
        i, rough = sometime[1], True
    if linked := _links.at(text, i):
        link, i = linked[0], linked[1] + (text.word(linked[1]) == "-")  # "pre-lunch"
        if roughly := _roughly.at(text, i):
            i, rough = roughly[1], True
    place = Place(link, after_day, alone)
    found = _body(text, i, place)
    if found is None and text.word(i) in words.DETERMINERS:
        found = _body(text, i + 1, place._replace(after_day=False, own=text.word(i) in words.OWN))
        if found and (found.clock or found.day):
            found = replace(found, reference=True, lapsed=found.lapsed or text.word(i) in {"a", "an"})
    if found is None and link is Link.LAPSED:  # "last thing"
        link, found = Link.NONE, _body(text, first, Place(after_day=after_day))
    if found is None or not text.stands_alone(first, found.end):
        return None
    return _linked(text, replace(found, first=first, link=link, rough=found.rough or rough))


def _waiting(text: Text, first: int, *, alone: bool) -> Mention | None:
    wait = wait_at(text, first, alone=alone)
    if wait is None or not text.stands_alone(first, wait.end):
        return None
    if wait.days or wait.working_days:
        kind = DayKind.WORKING_DAYS if wait.working_days else DayKind.LATER_AT_WORK
        return Mention(first, wait.end, day=Day(kind, wait.days), rough=True)
    return Mention(first, wait.end, wait=wait.length, rough=wait.rough)


def _linked(text: Text, found: Mention) -> Mention | None:
    """The mention with what its link makes of it, or None when the two do not go together."""
    match found.link:
        case Link.LAPSED:
            return replace(found, lapsed=True)
        case Link.TOPIC:
            return replace(found, reference=True)
        case Link.AROUND if found.bare_day and text.word(found.first) == "about":
            return replace(found, reference=True, link=Link.TOPIC)
        case Link.DURING if found.part is None:
            return None
        case Link.FOR if found.clock is None and found.day != Day(DayKind.TODAY):
            return replace(found, reference=True)
        case Link.AT | Link.ON | Link.NONE if text.word(found.end - 1) == "weekend":
            return None
        case Link.FROM if found.clock is None:
            return replace(found, reference=True, link=Link.TOPIC)
        case Link.FROM:
            return replace(found, link=Link.AT if found.assumed else Link.AFTER)
        case _:
            return found


def _body(text: Text, i: int, place: Place) -> Mention | None:
    """The date, clock, part of the day or day at `i`, whatever its link."""
    if date := date_at(text, i, place):
        return Mention(i, date.end, day=date.day)
    if hour := hour_at(text, i, place):
        return Mention(i, hour.end, clock=hour.clock, rough=hour.rough, assumed=hour.ranged)
    unlinked = place.link in {Link.NONE, Link.FOR, Link.TOPIC, Link.LEAD} and not place.after_day
    if part := (_parts if unlinked else _parts_of_a_day).at(text, i):
        says_today = not words.SAY_TODAY.isdisjoint(text.word(k) for k in range(i, part[1]))
        today = Day(DayKind.TODAY) if says_today and not place.after_day else None
        return Mention(i, part[1], part=part[0], day=today)
    if named := day_at(text, i, place):
        return Mention(i, named.end, day=named.day, reference=named.reference, lapsed=named.lapsed)
    edge = _edges.at(text, i)
    of_day = (date_at(text, edge[1], place) or day_at(text, edge[1], place)) if edge else None
    return Mention(i, of_day.end, day=of_day.day, part=edge[0], lapsed=of_day.lapsed) if edge and of_day else None
