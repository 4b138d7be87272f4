"""What the question makes of a reading: the same words are a no after one question and an answer after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.language import agreement
from bot.domain.language.said import word_set
from bot.domain.reading import Asked, Intent, Reading

LONGEST_NO = 18  # words; a no that is longer explains itself, and says "today" where it means the day
_TALKING = frozenset({Asked.OPEN, Asked.EXPLORE})
_DECLINABLE = frozenset({Asked.NOTHING, Asked.OPEN, Asked.ACT, Asked.SHARPEN_ACTION, Asked.SHARPEN_TIME})
LONGEST_EXCUSE = 8  # words
_NOTHING = frozenset({("no",), ("nope",), ("nah",), ("n",), ("none",), ("nothing",), ("nein",), ("nothing", "really")})
_NO = word_set("no nope nah na sorry")
_BETWEEN = word_set("sorry i am too so really very totally just thanks mate boss today no completely all bit a")
_EXCUSES = word_set("swamped slammed busy full packed rammed booked buried travelling traveling sick ill tied")
_DOUBTS = word_set("if when unless until would could maybe perhaps not never should")
_DAY = word_set("today tomorrow now morning week")
_SAME = word_set("ditto same idem dito again likewise whatever something anything")
_UNNAMED = re.compile(
    r"(?:just |only |mostly |maybe |probably )?(?:(?:the|my|our|some|all|those|these|of) ){0,2}(?:[\w-]+ )?"
    r"(?:ones?|people|stuff|things?|team|list|region|guys|lot|rest|follow[ -]?ups?)(?: (?:from|on|in|at) .*)?$"
    r"|(?:no ?one|nobody|depends|it depends|whoever|whichever|anyone|anybody|everyone|everybody)\b",
    re.IGNORECASE,
)
"""Words that name nobody and nothing, given where somebody was asked with whom or what exactly."""


def mended(reading: Reading, asked: Asked, keys: Sequence[str]) -> Reading:
    """The reading of words (`keys`, with their marks) without what only the question makes wrong.

    "No" to what stands in the way means that nothing does. A long story in which somebody would rather not do one
    thing is no refusal of the day. A letter, or "ditto", is nothing that a colleague could see them do.
    """
    words = agreement.answer_words(keys)
    if agreement.clueless(words):
        reading = replace(reading, obstacle=None)  # "hard to say" stands in nobody's way
    match reading.intent:
        case Intent.REFUSAL if asked is Asked.EXPLORE and tuple(words) in _NOTHING:
            return Reading(Intent.OTHER, thin=True)
        case Intent.REFUSAL if asked in _TALKING and len(words) > LONGEST_NO and not _leaves_out(keys, words):
            return replace(reading, intent=Intent.OTHER)
        case Intent.AFFIRM | Intent.OTHER if asked is Asked.NOTHING and (taken := _taken_on(words)):
            return replace(reading, intent=Intent.COMMITMENT, action=taken)
        case Intent.OTHER if asked in _DECLINABLE and _declines(words):
            return replace(reading, intent=Intent.REFUSAL)
    if asked is Asked.SHARPEN_ACTION and reading.due is None and _UNNAMED.match(reading.action or ""):
        return replace(reading, intent=Intent.VAGUE, tentative=False)
    if reading.action and " " not in reading.action and (len(reading.action) < 3 or reading.action.casefold() in _SAME):
        return replace(reading, intent=Intent.VAGUE, action=None, due=None, thin=True)
    return reading


def _leaves_out(keys: Sequence[str], words: Sequence[str]) -> bool:
    return agreement.says_not_today(keys) and not _DAY.isdisjoint(words)


def _taken_on(words: Sequence[str]) -> str | None:
    """What somebody takes on who only points at it: "okay I'll do that". A lone "will do" is no more than a yes."""
    if not _DOUBTS.isdisjoint(words):
        return None
    for place in range(len(words) - 3):
        one, will, do, what = words[place : place + 4]
        if one in ("i", "we") and will == "will" and do in ("do", "handle", "take") and what in ("it", "that", "this"):
            return f"{do} {what}"
    return None


def _declines(words: Sequence[str]) -> bool:
    """Whether a short no is followed by nothing but its excuse: "nope, swamped", "no sorry, full day"."""
    rest = [word for word in words[1:] if word not in _BETWEEN]
    return bool(rest) and len(words) <= LONGEST_EXCUSE and words[0] in _NO and rest[0] in _EXCUSES
