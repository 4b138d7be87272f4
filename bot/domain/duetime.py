"""The due time in a rep's message: which of the times in it is the promised one, and the instant it means.

The grammar is our own and made for near-term promises, since none of the general libraries is. Measured on forty
lines drawn from the phrases that rules are tuned on, each library told the moment, and to prefer the future where it
can be told:

    dateparser 1.5.0 (`search_dates`)    3 of 30 with a time right, 4 of 10 without one left alone
    parsedatetime 2.6 (`parseDT`)        3 of 30, 5 of 10
    recurrent 0.4.1                      4 of 30, 6 of 10
    timefhuman 0.1.5                     5 of 30, 6 of 10
    ctparse 0.3.6                        9 of 30, 7 of 10
    this file                            30 of 30, 10 of 10 (these lines shaped its rules; of unseen ones 0.92 and 0.98)

They read dates in documents. What reps say is elsewhere: "by 3" is 15:00, "eod" and "half two" are times, "3 calls"
is none, and "I sent it at 3" is a report.

`duetimes.grammar` reads the mentions of times, `mood`, `clauses`, `facts` and `people` beside it know which of them
cannot be promises, this file chooses one, and `duetimes.moments` resolves it on the person's own wall clock and holds
the defaults.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.duetimes.clauses import is_finished_for
from bot.domain.duetimes.days import Day
from bot.domain.duetimes.facts import is_away, is_fact
from bot.domain.duetimes.grammar import Mention, mentions
from bot.domain.duetimes.moments import Here, resolve
from bot.domain.duetimes.mood import Mood, moods
from bot.domain.duetimes.text import Text
from bot.domain.duetimes.words import DayKind, Link, Part, word_set
from bot.domain.reading import DueTime


class _Rank(IntEnum):
    """How strongly words promise; the lowest wins, and of equals the first one said."""

    DEADLINE = 0  # by, before, until, no later than
    APPOINTED = 1  # at 3, 3pm, noon, in 20 minutes, within the hour, eod
    ROUGH = 2  # around 3, a call for 3pm
    PART = 3  # this afternoon, first thing
    DAY = 4  # tomorrow, on Friday
    AFTERWARDS = 5  # after lunch
    BESIDE = 6  # before my 3pm, at the 2pm demo: by the way, when anything else is said
    IFFY = 10  # added after an "if" in the same sentence: the plan for when the promise is in danger


def find(text: str, at: datetime, zone: ZoneInfo, hours: WorkingHours) -> DueTime | None:
    """The time by which the words promise something, or None when they tell none that is sensible.

    `at` is the aware UTC instant at which they were said, `zone` and `hours` those of the person (who works
    on at least one day). Any string is answered, in time linear in its length. The moment is aware UTC, later
    than `at` and at most `moments.HORIZON_DAYS` local days ahead. `start` and `end` are offsets into
    `text` around the words of the time with its preposition.

    Defaults, all ours:
    - A bare hour is the one in working hours, else the one nearest to them: with 8:30-17:30, "by 3" is 15:00,
      "by 6" is 18:00, "tomorrow at 8" is 8:00. When that one is past, the other one today is meant if it is
      before 22:00: "by 8", said at 10:00, is 20:00, and "at 9" is 21:00.
    - A time with no day is today's if still ahead, else that of the next working day, and then no longer
      EXACT. With "today", "tonight" or "this morning" said, a past time is None. A weekday is the first still
      ahead, today included; "next Tuesday" is the one in next week (from Monday); "the 24th" the next one.
    - A range promises by its end, a part of a day by `moments.STRETCHES`, a day, a week or a month by its
      (last) end of work, "before Friday" by the start of work on Friday; "after" an hour or an event is an
      hour later.
    - "11/12" is read as dates are written where the person is: 12 November in New York, 11 December in Berlin.
    - "3pm CET" is converted; the letters of the person's own zone, and those that mean several, stay.
    - A time that the clocks skip is as much later; of one that they repeat, the first still ahead is meant.
    - Reports, refusals, absences, habits, facts, questions, requests, things in a diary ("dentist at 3"), other
      people's times and names of things ("the 2pm demo", "a slot for Friday") promise nothing.
    - Of several actions the first counts; of the times of one action the strongest by `_Rank`, and of equals the
      first. A correction, "or 4" and "4 at the latest" take the place of what was said before. A day that opens a
      clause holds for the hour said later in the sentence ("Tomorrow I'll ring Anna at 3"), as does one that ends
      its clause.
    - A message that is nothing but a time needs no preposition: "3".

    Certainty is EXACT when the words leave one reading; FUZZY for parts of a day, whole days, "around",
    "-ish" and "after"; ASSUMED for all else: bare hours, "eod", ranges, a time moved to the next working day,
    a time with the name of a zone.
    """
    words, here = Text(text), Here(at, zone, hours)
    for mention in _promises(words):
        if answer := resolve(mention, here):
            start, end = words.tokens[mention.first].start, words.tokens[mention.end - 1].end
            return DueTime(start, end, *answer)
    return None


def _promises(text: Text) -> list[Mention]:
    """What may be promised, strongest first, each with the day that its sentence names elsewhere."""
    told = moods(text)
    found: list[Mention] = []
    frame: int | None = None  # the index of the day that holds for what follows
    frames: set[int] = set()  # those that did
    promising = any(text.word(i) in _PROMISING for i in range(len(text)))
    dropped = -1  # where the words of the last fact or absence end
    for mention in mentions(text):
        mood = told[mention.first]
        if mention.reference and is_finished_for(text, mood.opened, mention.first, mention.end):
            mention = replace(mention, reference=False, link=Link.BY)
        if frame is not None and told[found[frame].first].sentence != mood.sentence:
            frame = None
        listed = mention.first == dropped + 1 and text.word(dropped) in {"and", "or", "&", ","}
        if _is_told(text, mention, mood) or (listed and mention.link is Link.NONE):
            dropped = mention.end  # "away Thursday and Friday"
            continue
        beside = (mood.engaged and not promising) or (mood.asked and _is_later_day(mention))
        if beside or _no_promise(text, mention, mood):
            continue
        if mention.instead and found and _takes_over(mention, found[-1], told):
            mention = replace(mention, day=mention.day or found[-1].day)
            found.pop()
        if mention.day is None and mention.wait is None and frame is not None:
            mention = replace(mention, day=found[frame].day, part=mention.part or found[frame].part)
            frames.add(frame)
        elif found and _is_hour_of(mention, found[-1], told):
            mention = replace(mention, day=found[-1].day)
            frames.add(len(found) - 1)
        elif _frames_what_follows(text, mention, told):
            frame = len(found)
        elif found and _ends_clause_of(text, mention, found[-1], told):
            found[-1] = replace(found[-1], day=mention.day)
            continue
        found.append(mention)
    promises = [mention for i, mention in enumerate(found) if i not in frames]
    return sorted(promises, key=lambda each: _order(each, told[each.first], due=_is_due(text, each)))


def _order(mention: Mention, mood: Mood, *, due: bool) -> tuple[bool, bool, int, _Rank, int]:
    """The first action's time first; of the times of one action the one that says most, and of equals the first."""
    rank = _rank(mention, is_beside=mood.engaged or due)
    return mood.iffy, rank is _Rank.BESIDE, mood.action, rank, mention.first


_PROMISING = word_set("i'll will gonna ask going ill")
_STILL_AHEAD = frozenset(
    {DayKind.LATER, DayKind.LATER_AT_WORK, DayKind.WORKING_DAYS, DayKind.NEXT_WEEKDAY, DayKind.NEXT_WEEK}
)


def _is_due(text: Text, mention: Mention) -> bool:
    """Whether something else is due by a time: "It's due Friday, so I'll send it tomorrow"."""
    before = text.word(mention.first - 1)
    return text.word(mention.first) == "due" and (before in {"is", "are"} or before.endswith("'s"))


def _is_later_day(mention: Mention) -> bool:
    """Whether a time is one of another day and no deadline: in "ask if she can meet on Friday" it is hers."""
    return mention.link not in {Link.BY, Link.BEFORE} and mention.day not in {None, Day(DayKind.TODAY)}


def _is_told(text: Text, mention: Mention, mood: Mood) -> bool:
    """Whether the words next to a time tell a fact by it, or an absence."""
    if mention.wait is not None:
        return False
    firm = mention.link in {Link.BY, Link.BEFORE}
    away = (mention.until or not firm) and is_away(text, mention.first, mention.end)
    return away or is_fact(text, mention.first, mention.end, mood, firm=firm)


def _takes_over(mention: Mention, earlier: Mention, told: list[Mood]) -> bool:
    """Whether a time takes the place of the one before: a correction, an alternative, or "at the latest"."""
    return told[earlier.first].sentence == told[mention.first].sentence and not earlier.reference


def _no_promise(text: Text, mention: Mention, mood: Mood) -> bool:
    """Whether the words around a time, or in it, say that it is not promised."""
    once = mention.day is not None and mention.day.kind in {DayKind.LATER, DayKind.NEXT_WEEKDAY}
    if mention.lapsed or (mood._replace(habit=False) if once else mood).told:  # no habit is one of tomorrow's
        return True
    if mood.fact and (mention.until or mention.link is not Link.BY or text.word(mention.first) == "due"):
        return True
    if mention.reference and mention.link not in {Link.BY, Link.BEFORE, Link.AT, Link.ON, Link.AFTER}:
        return True
    ahead = (
        (mention.link is Link.BY and not mention.until)
        or mention.wait
        or (mention.day and mention.day.kind in _STILL_AHEAD)
    )
    return mood.past and not ahead


def _frames_what_follows(text: Text, mention: Mention, told: list[Mood]) -> bool:
    """Whether a day opens its clause: "Tomorrow I'll ring Anna at 3", but not "Tomorrow is full"."""
    if mention.day is None or mention.clock or text.word(mention.end) in {"is", "was", "looks"}:
        return False
    return mention.first == 0 or told[mention.first - 1].clause != told[mention.first].clause


def _is_hour_of(mention: Mention, earlier: Mention, told: list[Mood]) -> bool:
    """Whether an hour is one of the day said before it in its clause: "see them Thursday in Leeds | at 10"."""
    one, two = told[earlier.first], told[mention.first]
    plain_day = earlier.bare_day and not earlier.reference and earlier.link in {Link.NONE, Link.ON}
    hour = mention.clock is not None and mention.day is None and not mention.reference
    return plain_day and hour and mention.link in {Link.AT, Link.NONE, Link.AROUND} and one.clause == two.clause


def _ends_clause_of(text: Text, mention: Mention, earlier: Mention, told: list[Mood]) -> bool:
    """Whether a day belongs to a time earlier in its clause: "ring Anna at 3 about the offer tomorrow"."""
    open_time = earlier.day is None and earlier.wait is None and not earlier.reference
    same_clause = told[earlier.first].clause == told[mention.first].clause
    return mention.bare_day and not mention.reference and open_time and same_clause and text.stops(mention.end)


def _rank(mention: Mention, *, is_beside: bool) -> _Rank:
    if mention.reference or is_beside:
        return _Rank.BESIDE
    if mention.link in {Link.BY, Link.BEFORE}:
        return _Rank.DEADLINE
    if mention.link is Link.AFTER:
        return _Rank.AFTERWARDS
    if mention.clock or mention.wait or mention.part is Part.END_OF_DAY:
        return _Rank.ROUGH if mention.link in {Link.AROUND, Link.FOR} else _Rank.APPOINTED
    return _Rank.PART if mention.part else _Rank.DAY
