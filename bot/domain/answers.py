"""What an answer says, given what it answers: `understanding` reads the words, and the question decides the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.language import agreement
from bot.domain.language.actions import LONGEST_ACTION
from bot.domain.language.choice import chosen, stems
from bot.domain.language.concern import concern_in
from bot.domain.language.said import Said, hear
from bot.domain.language.topics import topic_of
from bot.domain.language.wishes import to_the_machine
from bot.domain.language.word_classes import ENDS
from bot.domain.reading import Asked, Intent, Reading
from bot.domain.understanding import read

_ASKS = re.compile(
    r"\?"
    r"|^\W*(?:(?:and|but|so|sorry|ok|hey|hi|wait|um|hm+|please)\W+)*"
    r"(?:(?:what|how|why|who|when|where|which)\b[\w' ]{0,30}?)?"
    r"\b(?:do|does|did|is|are|can|could|will|would|should|shall|may)(?:n'?t)?\s+(?:you|u|i|we|it|this|that)\b"
    r"|\b(?:let me know|tell me|explain|remind me|what do you mean|i don'?t understand|no idea what you mean)\b",
    re.IGNORECASE,
)
"""How somebody asks us something, with a mark or without."""
LONGEST_NO = 18  # words; a no that is longer explains itself, and says "today" where it means the day
_TALKING = frozenset({Asked.OPEN, Asked.EXPLORE})
_SAME = frozenset("ditto same idem dito again likewise whatever something anything".split())
_STANDS = frozenset({Intent.STOP, Intent.QUESTION, Intent.HELP, Intent.REFUSAL})
"""What is no answer to "which one first" or "what if", but is meant for us all the same."""


def answer(
    text: str, asked: Asked, at: datetime, zone: ZoneInfo, hours: WorkingHours, options: Sequence[str] = ()
) -> Reading:
    """The reading of `text`, said after `asked`; `options` are the actions to choose from after CHOOSE.

    What is not for coaching comes first: its reading carries none of the words. Total over any string.
    """
    said = hear(text)
    if not to_the_machine(said) and (concern := concern_in(_sentences(said))):
        return Reading(Intent.CONCERN, concern=concern)
    reading = read(text, asked, at, zone, hours)
    if reading.intent is Intent.QUESTION:
        reading = replace(reading, topic=topic_of(text))
    keys = tuple(word.key for word in said.words)
    reading = _mended(reading, asked, agreement.answer_words(keys), declined=agreement.says_not_today(keys))
    if agreement.clueless(agreement.answer_words(keys)):
        reading = replace(reading, obstacle=None)  # "hard to say" stands in nobody's way
    if asked is Asked.CHOOSE:
        return _choice(text, reading, options)
    if asked is Asked.IF_THEN:
        return _plan(text, said, reading)
    return reading


def _mended(reading: Reading, asked: Asked, words: Sequence[str], *, declined: bool) -> Reading:
    """The reading without what only the question makes wrong.

    "No" to what stands in the way means that nothing does. A long story in which somebody would rather not do one
    thing is no refusal of the day. A letter, or "ditto", is nothing that a colleague could see them do.
    """
    if reading.intent is Intent.REFUSAL and asked is Asked.EXPLORE and len(words) == 1 and not declined:
        return Reading(Intent.OTHER, thin=True)
    if reading.intent is Intent.REFUSAL and asked in _TALKING and len(words) > LONGEST_NO and not declined:
        return replace(reading, intent=Intent.OTHER)
    if reading.action and " " not in reading.action and (len(reading.action) < 3 or reading.action.casefold() in _SAME):
        return replace(reading, intent=Intent.VAGUE, action=None, due=None, thin=True)
    return reading


def _choice(text: str, reading: Reading, options: Sequence[str]) -> Reading:
    """One of the options, in the words in which it was offered; else what was read."""
    if reading.intent in _STANDS:
        return reading
    pick = chosen(text, options)
    if pick is None or _is_new(reading, options[pick]):
        return replace(reading, other_actions=())
    due = reading.due if " " in text.strip() else None  # "2" is the second one, not two o'clock
    return Reading(Intent.COMMITMENT, action=options[pick], due=due, help_wanted=reading.help_wanted)


def _is_new(reading: Reading, option: str) -> bool:
    """Whether the answer promises something that was not among the options, though it shares a word with one."""
    words = stems(reading.action or "")
    shared = len(words & stems(option))
    return reading.intent is Intent.COMMITMENT and len(words) > 1 and 2 * shared <= len(words)


def _plan(text: str, said: Said, reading: Reading) -> Reading:
    """The whole answer is the plan, in the rep's words, unless it is a no or something else is meant."""
    words = agreement.answer_words(tuple(word.key for word in said.words))
    if reading.intent in _STANDS or reading.intent is Intent.SMALLTALK:
        return reading
    if len(words) < 2 or agreement.clueless(words) or agreement.says_no(words) or agreement.says_nothing(words):
        return Reading(Intent.OTHER, thin=True, help_wanted=reading.help_wanted)
    plan = " ".join(text.split())[:LONGEST_ACTION].rstrip(" .")
    return Reading(Intent.OTHER, if_then=plan, help_wanted=reading.help_wanted)


def _sentences(said: Said) -> list[tuple[str, ...]]:
    found: list[list[str]] = [[]]
    for word in said.words:
        if word.key in ENDS:
            found.append([])
        else:
            found[-1].append(word.key)
    return [tuple(sentence) for sentence in found if sentence]
