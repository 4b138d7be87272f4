"""What a rep's own words over the days show: the same answer again, a day full of meetings, a day with room in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import keys_of, word_set
from bot.domain.question_bank import Situation

SAME_SHARE = 0.75
"""Share of common words from which two answers count as the same one; a name or a number in place of another."""

_DENIED = word_set("not no never but if would could until unless")
_SMALL = word_set("a an the to i will with for of on in at by and my me it is am today tomorrow just please going")
_MEETINGS = Phrases(
    """
    meetings all day | meetings all morning | meetings all afternoon | in meetings today | in meetings until
    | in meetings till | in meetings most | full of meetings | meetings back to back | back to back | back-to-back
    | wall to wall | wall-to-wall | day of meetings | days of meetings | calendar is full | diary is full
    | calendar is packed | diary is packed | calendar is rammed | diary is rammed | fully booked today | calls all day
    | appointments all day | visits all day | customer visits today | two meetings | three meetings | four meetings
    | five meetings | six meetings | 2 meetings | 3 meetings | 4 meetings | 5 meetings | 6 meetings | many meetings
    | lots of meetings | a lot of meetings | loads of meetings
    """
)
_ROOM = Phrases(
    """
    no meetings | nothing in my calendar | nothing in the calendar | nothing in my diary | nothing in the diary
    | nothing on today | nothing planned | calendar is empty | diary is empty | empty calendar | empty diary
    | calendar is clear | diary is clear | clear diary | clear calendar | quiet day | slow day | free day | day is free
    | free all day | free today | not much on | nothing much on | whole day free | plenty of time today
    """
)
_GOOD = Phrases(
    """
    good news | great news | got a meeting | got the meeting | got an appointment | booked a meeting | said yes
    | they agreed | he agreed | she agreed | went well | went great | went really well | was great | was good
    | went fine | signed | they love | they loved | she loved | he loved | very happy | so happy
    | came back to me | they want to buy | called me back | finally got | we won | i won | big win | a win
    """
)
_NOT_MINE = word_set("they he she his her their client customer prospect buyer yesterday last")


def same_words(said: Iterable[str], earlier: Iterable[str]) -> bool:
    """Whether something in `said` was said before in (almost) the same words. Answers of a word or two do not count."""
    before = [_content(text) for text in earlier]
    return any(
        len(now) > 1 and any(len(now & then) >= SAME_SHARE * max(len(now), len(then)) for then in before if then)
        for now in map(_content, said)
    )


def day_told(said: Sequence[str]) -> Situation | None:
    """What the rep's own words say of their day's calendar: full, with room in it, or nothing."""
    for text in reversed(said):
        keys = keys_of(text)
        if _NOT_MINE.intersection(keys):
            continue
        if _ROOM.within(keys):
            return Situation.THIN_CALENDAR
        if _MEETINGS.within(keys):
            return Situation.MEETINGS_TODAY
    return None


def good_news(said: Iterable[str]) -> bool:
    """Whether something good is told: then the chance is asked about, and not what stands in the way."""
    return any(_GOOD.within(keys) and not _DENIED.intersection(keys) for keys in map(keys_of, said))


def _content(text: str) -> frozenset[str]:
    return frozenset(key for key in keys_of(text) if key[:1].isalnum()) - _SMALL
