"""Which of the times in a message cannot be what is promised: reports, refusals, absences and the ifs of a plan.

"I met them on Friday", "can't do today", "I'm away tomorrow". The last cue before a time decides; a cue
reaches to the end of its sentence at most, and a time after "by" is never a report ("3 proposals sent by
noon").
"""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.duetimes.text import Text
from bot.domain.duetimes.words import word_set

PAST = word_set("met spoke rang had was were did saw went sat wrote gave came ran happened yesterday ago")
# ... and those that are just as well half of a promise ("get it signed", "3 calls made"), past only with a
# subject before.
PAST_WITH_SUBJECT = word_set(
    "called phoned emailed mailed messaged pinged texted talked chatted sent visited left heard made held closed won"
    " lost signed tried reached missed started finished completed delivered presented pitched demoed followed shared"
    " replied said told asked reported connected contacted caught booked dropped"
)
SUBJECTS = word_set("i we he she they who just already also finally i've we've they've have has")
AHEAD = word_set(
    "will gonna gotta must should shall can could let's lets let need needs plan planning want going aim aiming hope"
    " hoping intend promise i'd we'd i'm i'll ill"
)
REFUSING = word_set("not never cannot cant wont dont unable rather instead couldnt didnt")
NOT_REFUSING = word_set("forget sure later only yet bad a too worry wait")  # "don't forget", "not sure"
IF = word_set("if unless otherwise")
ACTIONS = word_set(
    "call ring phone email mail send ping text message book follow set prep prepare write draft finish review chase try"
    " do get make ask visit see speak talk meet run go reach schedule share update check complete start work plan"
    " research push close contact connect nail crack i i'll we we'll will then"
)
AWAY = word_set("busy away unavailable slammed swamped holiday holidays vacation pto travelling traveling blocked ooo")
AWAY_PAIRS = frozenset(
    pair
    for subject in ("i'm", "im", "am", "be", "is", "are", "we're", "day", "she's", "he's")
    for pair in ((subject, "off"), (subject, "out"))
) | {
    ("on", "leave"),
    ("tied", "up"),
    ("all", "day"),
    ("to", "back"),
    ("-", "back"),
    ("in", "meetings"),
    ("in", "training"),
    ("fully", "booked"),
}


class Mood(NamedTuple):
    """What the words before a place say of what is said there."""

    sentence: int = 0
    clause: int = 0
    past: bool = False
    refused: bool = False
    iffy: bool = False


def moods(text: Text) -> list[Mood]:
    """The mood in which each word of `text` stands."""
    mood, found = Mood(), []
    for i in range(len(text)):
        found.append(mood)
        mood = _after(text, i, mood)
    return found


def _after(text: Text, i: int, mood: Mood) -> Mood:
    """The mood after the `i`th word, which stood in `mood`."""
    word, following = text.word(i), text.word(i + 1)
    if word in {"!", "?", ";", "\n", "…"} or (word == "." and not text.glued(i + 1)):
        return Mood(sentence=mood.sentence + 1, clause=mood.clause + 1)
    if word in {",", "-", "–", "—", "and", "&", "but", "so", "then", "because"}:
        if following in ACTIONS:
            mood = mood._replace(past=False)
        gone = word not in {"and", "&"} or following in ACTIONS
        return mood._replace(clause=mood.clause + 1, refused=mood.refused and not gone)
    if word in REFUSING or word.endswith("n't"):
        return mood._replace(refused=mood.refused or following not in NOT_REFUSING)
    if word == "no" and following in {"time", "chance"}:
        return mood._replace(refused=True)
    if word in AHEAD or word.endswith("'ll"):
        return mood._replace(past=False, refused=False)
    if word in PAST or (word in PAST_WITH_SUBJECT and _has_subject(text, i)):
        return mood._replace(past=True)
    return mood._replace(iffy=True) if word in IF else mood


def _has_subject(text: Text, i: int) -> bool:
    """Whether a verb has a subject that did it: "I sent", or the beginning of a note: "Sent the deck at 9"."""
    return i == 0 or text.word(i - 1) in SUBJECTS or text.word(i - 1) in {".", "!", "\n", "-", "•"}


def is_away(text: Text, first: int, end: int) -> bool:
    """Whether the words next to the time from `first` up to `end` say that the rep is not there then."""
    if text.word(first - 1) in AWAY or (text.word(first - 2), text.word(first - 1)) in AWAY_PAIRS:
        return True
    told_after = text.word(end) in {"i'm", "im", "i", "we're", "is", "am"}  # "Friday I'm away"
    return told_after and any(
        text.word(k) in AWAY or (text.word(k - 1), text.word(k)) in AWAY_PAIRS for k in (end + 1, end + 2)
    )
