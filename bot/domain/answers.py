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
from bot.domain.language.mending import mended
from bot.domain.language.said import Said, hear
from bot.domain.language.topics import topic_of
from bot.domain.language.wishes import to_the_machine
from bot.domain.language.word_classes import ENDS
from bot.domain.reading import Asked, Intent, Reading
from bot.domain.understanding import read

_PICTURE = re.compile(
    r"(?<!\w):[a-z][a-z0-9_+-]{1,40}:(?!\w)"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
"""An emoji, as a sign or by its name."""
_STANDS = frozenset({Intent.STOP, Intent.QUESTION, Intent.HELP, Intent.REFUSAL})
"""What is no answer to "which one first" or "what if", but is meant for us all the same."""


def answer(
    text: str, asked: Asked, at: datetime, zone: ZoneInfo, hours: WorkingHours, options: Sequence[str] = ()
) -> Reading:
    """The reading of `text`, said after `asked`; `options` are the actions to choose from after CHOOSE.

    What is not for coaching comes first: its reading carries none of the words. Total over any string.
    """
    text = _without_pictures(text)
    said = hear(text)
    if not to_the_machine(said) and (concern := concern_in(_sentences(said))):
        return Reading(Intent.CONCERN, concern=concern)
    reading = read(text, asked, at, zone, hours)
    if reading.intent is Intent.QUESTION:
        reading = replace(reading, topic=topic_of(text))
    reading = mended(reading, asked, tuple(word.key for word in said.words))
    if asked is Asked.CHOOSE:
        return _choice(text, reading, options)
    if asked is Asked.IF_THEN:
        return _plan(text, said, reading)
    return reading


def _without_pictures(text: str) -> str:
    """The text with emoji among words turned into commas, each sign in its place; one that is all there is stays."""
    rest = _PICTURE.sub(" ", text)
    if not any(letter.isalpha() for letter in rest):
        return text

    def blotted(found: re.Match[str]) -> str:
        return ("," if found.start() else " ").ljust(len(found.group()))

    return _PICTURE.sub(blotted, text)


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
