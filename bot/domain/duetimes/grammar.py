"""How words make a time: from a text to its mentions of times, in the order they stand.

A mention is a link ("by", "at", "after") with a day or none, and a clock, a part of the day, a wait or none,
in any order: "by 3 on Thursday", "tomorrow before lunch", "first thing Monday". Nothing is resolved and
nothing is chosen here. Every rule looks at a bounded number of words from where it stands, so reading takes
linear time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.duetimes import beside, words
from bot.domain.duetimes.clocks import FIRST_WORDS_OF_CLOCKS, Clock, Place, hour_at, settled
from bot.domain.duetimes.days import FIRST_WORDS_OF_DAYS, Day, date_at, day_at
from bot.domain.duetimes.text import Phrases, Text
from bot.domain.duetimes.waits import FIRST_WORDS_OF_WAITS, wait_at
from bot.domain.duetimes.words import DayKind, Link, Part
from bot.domain.duetimes.zones import Zone, zone_at

_links = Phrases(words.LINKS)
_days = Phrases(words.DAYS)
_parts = Phrases(words.PARTS)
_parts_of_a_day = Phrases(words.PARTS_OF_A_DAY)
_edges = Phrases(words.EDGES)
_roughly = Phrases({True: words.ROUGHLY})
_sometime = Phrases({True: words.SOMETIME})
_gone = Phrases({True: words.GONE})
_tails = Phrases(words.TAILS)
_faces = Phrases(words.FACES)
_corrections = Phrases({True: beside.CORRECTIONS})
_halves = Phrases({True: "first half | second half | 1 st half | 2 nd half"})

_OPENERS = frozenset().union(
    *(each.first_words for each in (_links, _parts_of_a_day, _edges, _sometime, _gone, _faces)),
    *(FIRST_WORDS_OF_DAYS, FIRST_WORDS_OF_CLOCKS, FIRST_WORDS_OF_WAITS, words.DETERMINERS, {"in", "during"}),
)
_BROAD = frozenset({Part.MORNING, Part.AFTERNOON, Part.EVENING, Part.NIGHT})
_SINGLE_DAYS = frozenset({DayKind.TODAY, DayKind.LATER, DayKind.WEEKDAY})
_MOST_PLACES = 160  # where a time may begin: far more than people write in a message of 2,000 characters
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
    until: bool = False  # said with "until": by then in an offer of the rep, till then in a report
    face: int | None = None  # where the long hand stands: "at the top of the hour"
    zone: Zone | None = None  # "3pm CET"
    instead: bool = False  # takes the place of the one before: "by 3, no, 4", "at 3 or 4", "3, 4 at the latest"

    @property
    def bare_day(self) -> bool:
        """Whether nothing but a day was said."""
        return self.day is not None and self.clock is None and self.part is None


def mentions(text: Text) -> list[Mention]:
    """The times spoken of in `text`, from left to right, none overlapping; those of its first few hundred words."""
    found: list[Mention] = []
    answer, i, looks = _answer(text), 0, 0
    while i < len(text) and looks < _MOST_PLACES:
        looks += _may_begin(text.word(i))
        mention = answer if answer and answer.first == i else _corrected(text, i, found) or _mention(text, i)
        if mention:
            found.append(mention)
        i = mention.end if mention else i + 1
    return found


def _corrected(text: Text, i: int, found: list[Mention]) -> Mention | None:
    """What is said to hold instead of the last mention of `found`: ", no, make it 4", ", sorry, Friday", "or 4"."""
    if not found or i > found[-1].end + 1:
        return None
    j, corrected = i + text.stops(i), False
    while word := _corrections.at(text, j):
        corrected, j = True, word[1] + text.stops(word[1])
    joint = "and" if text.word(found[-1].first - 1) == "between" else "or"
    joined = not corrected and text.word(i) == joint and i == found[-1].end
    mention = _mention(text, j + joined, alone=corrected) if corrected or joined else None
    if mention is None or mention.wait or not (settled(text, mention.end) or mention.link is not Link.NONE):
        return None
    return replace(mention, instead=True)


def _answer(text: Text) -> Mention | None:
    """A message that is nothing but a time: "3" or "maybe 9 tomorrow" answer "By when?" without a preposition."""
    first, end = 0, len(text)
    while first < end and text.word(end - 1) in beside.FILLERS_AFTER:
        end -= 1
    while first < end and text.word(first) in beside.FILLERS:
        first += 1
    mention = _mention(text, first, alone=True) if 0 < end - first <= _LONGEST_ANSWER else None
    return mention if mention and mention.end == end else None


def _may_begin(word: str) -> bool:
    """Whether a mention can begin with the word, which is cheap to tell and true of few."""
    return word in _OPENERS or word[:1].isdigit() or word.endswith(("'s", "ish"))


def _leads_nowhere(text: Text, i: int) -> bool:
    """Whether an article stands before what begins no time: "the offer", "a a"."""
    following = text.word(i + 1)
    return text.word(i) in words.DETERMINERS and (following in words.DETERMINERS or not following)


def _mention(text: Text, i: int, *, alone: bool = False) -> Mention | None:
    """The longest mention that begins at `i`."""
    found = _piece(text, i, after_day=False, alone=alone)
    while found:
        gap = found.day is not None and found.clock is None and text.word(found.end) in {",", "-", "–"}
        gap = gap or (found.part is not None and found.day is None and text.word(found.end) == "of")
        bare_next = not gap or text.stops(found.end + 2)  # "today, 3"
        more = _piece(text, found.end + gap, after_day=found.day is not None and bare_next, alone=False)
        dated = more and (not gap or not more.day or more.day.kind is DayKind.MONTH_DAY)  # "Thu, 26 Nov"
        both = _together(found, more) if more and dated else None
        if both is None:
            break
        found = both
    if found and (tail := _tails.at(text, found.end)):
        last = not {"latest", "tops", "max"}.isdisjoint(text.word(k) for k in range(found.end, tail[1]))
        found = replace(found, end=tail[1], rough=found.rough or tail[0], instead=last)
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
        zone=one.zone or two.zone,
        until=one.until or two.until,
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
    if not _may_begin(text.word(first)) or _leads_nowhere(text, first):
        return None
    if gone := _gone.at(text, first):
        return Mention(first, gone[1], lapsed=True)
    if wait := _waiting(text, first, alone=alone):
        return wait
    i, rough, link = first, False, Link.NONE
    if sometime := _sometime.at(text, i):
        i, rough = sometime[1], True
    if (linked := _links.at(text, i)) and not _days.at(text, i):  # "during the day" is a day
        link, i = linked[0], linked[1] + (text.word(linked[1]) == "-")  # "pre-lunch"
        if roughly := _roughly.at(text, i):
            i, rough = roughly[1], True
    place = Place(link, after_day, alone)
    face = _faces.at(text, i) if alone or link in {Link.AT, Link.BY, Link.BEFORE, Link.ON} else None
    if face and settled(text, face[1]):
        return Mention(first, face[1], link, face=face[0])
    if link is Link.BEFORE and (leaving := _leaving(text, i)):
        return Mention(first, leaving, Link.BY, part=Part.END_OF_DAY)
    found = _body(text, i, place)
    if found is None and link in {Link.AFTER, Link.BEFORE} and text.word(i) in {"work", "hours"}:
        found = _around_work(text, i, link)
    if found is None and text.word(i) in words.DETERMINERS:
        found = _body(text, i + 1, place._replace(after_day=False, own=text.word(i) in words.OWN))
        if found and (_whom(text, i, found) or found.part is Part.FIRST_THING):
            return None  # "call her tomorrow", "the first thing"
        if found and (found.clock or found.day) and not _is_that_day(text, i, found):
            found = replace(found, reference=True, lapsed=found.lapsed or text.word(i) in {"a", "an"})
    if link is Link.NONE and text.word(first) in {"in", "during"} and i == first:
        inside = _piece(text, first + 1, after_day=False, alone=False)
        said = inside is not None and (
            inside.clock is None or text.word(first + 2).isdigit()
        )  # not "in our one on one"
        if inside and said and inside.reference and inside.link is Link.NONE:
            return replace(inside, first=first, link=Link.AT)  # "in today's demo I'll ask"
    if found is None and link is Link.LAPSED:  # "last thing"
        link, found = Link.NONE, _body(text, first, Place(after_day=after_day))
    if found is None or not text.stands_alone(first, found.end):
        return None
    until = link is Link.BY and text.word(first).startswith(("unt", "til"))
    return _linked(text, replace(found, first=first, link=link, rough=found.rough or rough, until=until))


def _around_work(text: Text, i: int, link: Link) -> Mention | None:
    """ "After work" and "after hours" are after its end, "before work" is before its start."""
    if not settled(text, i + 1) or (text.word(i) == "hours" and link is Link.BEFORE):
        return None
    return Mention(i, i + 1, part=Part.END_OF_DAY if link is Link.AFTER else Part.START_OF_DAY)


def _is_that_day(text: Text, i: int, found: Mention) -> bool:
    """Whether "the" only stands before a day: "the Wednesday I can visit them", but not "the Wednesday session"."""
    weekly = found.day is not None and found.day.kind in {DayKind.WEEKDAY, DayKind.NEXT_WEEKDAY, DayKind.LATER}
    return text.word(i) == "the" and weekly and found.bare_day and not found.reference and settled(text, found.end)


def _whom(text: Text, i: int, found: Mention) -> bool:
    """Whether a "her" before a time is whom to call, and not whose time it is: "call her Friday"."""
    relative = found.day is not None and found.day.kind in {DayKind.TODAY, DayKind.LATER} and not found.reference
    return text.word(i) == "her" and (relative or settled(text, found.end))


def _waiting(text: Text, first: int, *, alone: bool) -> Mention | None:
    wait = wait_at(text, first, alone=alone)
    if wait is None or not text.stands_alone(first, wait.end):
        return None
    if wait.days or wait.working_days:
        kind = DayKind.WORKING_DAYS if wait.working_days else DayKind.LATER_AT_WORK
        return Mention(first, wait.end, day=Day(kind, wait.days), rough=True)
    return Mention(first, wait.end, wait=wait.length, rough=wait.rough)


def _leaving(text: Text, i: int) -> int | None:
    """Where "I log off" ends, after "before", or None: "before I leave for Berlin" is not the end of work."""
    speaker = text.word(i) in {"i", "we"}
    if text.word(i + speaker) not in (beside.LEAVING if speaker else beside.LEAVING_NOW):
        return None
    end = i + speaker + 1
    while text.word(end) in beside.HOMEWARDS:
        end += 1
    return end if text.stops(end) or text.word(end) in {"i", "i'll", "we", "we'll", "and"} else None


def _linked(text: Text, found: Mention) -> Mention | None:
    """The mention with what its link makes of it, or None when the two do not go together."""
    match found.link:
        case Link.LAPSED:
            return replace(found, lapsed=True)
        case Link.TOPIC:
            return replace(found, reference=True)
        case Link.AROUND if found.bare_day and text.word(found.first) == "about":
            return replace(found, reference=True, link=Link.TOPIC)
        case Link.DURING if found.part is None and (found.day is None or found.day.kind not in _SINGLE_DAYS):
            return None
        case Link.FOR if found.clock is None and found.day != Day(DayKind.TODAY):
            return replace(found, reference=True)
        case Link.AT | Link.ON | Link.NONE if text.word(found.end - 1) == "weekend":
            return None
        case Link.FROM if found.clock is None or found.reference:
            return replace(found, reference=True, link=Link.TOPIC)
        case Link.FROM:
            return replace(found, link=Link.AT if found.assumed else Link.AFTER)
        case _:
            return found


def _body(text: Text, i: int, place: Place) -> Mention | None:
    """The date, clock, part of the day or day at `i`, whatever its link."""
    if not _may_begin(text.word(i)):
        return None
    if date := date_at(text, i, place):
        return Mention(i, date.end, day=date.day)
    if hour := hour_at(text, i, place):
        zone, end = zone_at(text, hour.end) or (None, hour.end)
        return Mention(i, end, clock=hour.clock, rough=hour.rough, assumed=hour.ranged or zone is not None, zone=zone)
    unlinked = place.link in {Link.NONE, Link.FOR, Link.TOPIC, Link.LEAD} and not place.after_day
    part = (_parts if unlinked else _parts_of_a_day).at(text, i)
    if part and part[0] is Part.FIRST_THING and text.word(i - 1) == "the":
        return None  # "the 1st thing"
    if (
        text.word(i) in {"close", "the"}
        and text.word(i + (text.word(i) == "the")) == "close"
        and text.word(i + 1) != "of"
    ):
        part = part if place.link in {Link.BY, Link.BEFORE, Link.AT} else None  # "close Friday" is what a seller does
    if part and not (_halves.at(text, i) and text.word(part[1]) == "of"):  # "the first half of the year"
        says_today = not words.SAY_TODAY.isdisjoint(text.word(k) for k in range(i, part[1]))
        today = Day(DayKind.TODAY) if says_today and not place.after_day else None
        zone, end = (zone_at(text, part[1]) if part[0] is Part.END_OF_DAY else None) or (None, part[1])
        return Mention(i, end, part=part[0], day=today, zone=zone)
    if named := day_at(text, i, place):
        return Mention(i, named.end, day=named.day, reference=named.reference, lapsed=named.lapsed)
    edge = _edges.at(text, i)
    of_day = (date_at(text, edge[1], place) or day_at(text, edge[1], place)) if edge else None
    if edge is None or of_day is None:
        return None
    day = of_day.day
    if edge[0] is Part.THIS_TIME and day.kind is DayKind.NEXT_WEEK:
        day = Day(DayKind.LATER, 7)  # "this time next week"
    return Mention(i, of_day.end, day=day, part=edge[0], lapsed=of_day.lapsed)
