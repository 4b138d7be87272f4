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
from bot.domain.language.said import Said, hear, word_set
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
_DECLINABLE = frozenset({Asked.NOTHING, Asked.OPEN, Asked.ACT, Asked.SHARPEN_ACTION, Asked.SHARPEN_TIME})
LONGEST_EXCUSE = 8  # words
_NOTHING = frozenset({("no",), ("nope",), ("nah",), ("n",), ("none",), ("nothing",), ("nein",), ("nothing", "really")})
_NO = word_set("no nope nah na sorry")
_BETWEEN = word_set("sorry i am too so really very totally just thanks mate boss today no completely all bit a")
_EXCUSES = word_set("swamped slammed busy full packed rammed booked buried travelling traveling sick ill tied")
_DOUBTS = word_set("if when unless until would could maybe perhaps not never should")
_SAME = word_set("ditto same idem dito again likewise whatever something anything")
_UNNAMED = re.compile(
    r"(?:just |only |mostly |maybe |probably )?(?:(?:the|my|our|some|all|those|these|of) ){0,2}(?:[\w-]+ )?"
    r"(?:ones?|people|stuff|things?|team|list|region|guys|lot|rest|follow[ -]?ups?)(?: (?:from|on|in|at) .*)?$"
    r"|(?:no ?one|nobody|depends|it depends|whoever|whichever|anyone|anybody|everyone|everybody)\b",
    re.IGNORECASE,
)
"""Words that name nobody and nothing, given where somebody was asked with whom or what exactly."""
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
    keys = tuple(word.key for word in said.words)
    reading = _mended(reading, asked, agreement.answer_words(keys), declined=agreement.says_not_today(keys))
    if agreement.clueless(agreement.answer_words(keys)):
        reading = replace(reading, obstacle=None)  # "hard to say" stands in nobody's way
    if asked is Asked.CHOOSE:
        return _choice(text, reading, options)
    if asked is Asked.IF_THEN:
        return _plan(text, said, reading)
    return reading


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


def _mended(reading: Reading, asked: Asked, words: Sequence[str], *, declined: bool) -> Reading:
    """The reading without what only the question makes wrong.

    "No" to what stands in the way means that nothing does. A long story in which somebody would rather not do one
    thing is no refusal of the day. A letter, or "ditto", is nothing that a colleague could see them do.
    """
    if reading.intent is Intent.REFUSAL and asked is Asked.EXPLORE and tuple(words) in _NOTHING:
        return Reading(Intent.OTHER, thin=True)
    if asked is Asked.NOTHING and reading.intent in (Intent.AFFIRM, Intent.OTHER) and (taken := _taken_on(words)):
        return replace(reading, intent=Intent.COMMITMENT, action=taken)
    if reading.intent is Intent.OTHER and asked in _DECLINABLE and _declines(words):
        return replace(reading, intent=Intent.REFUSAL)
    if reading.intent is Intent.REFUSAL and asked in _TALKING and len(words) > LONGEST_NO and not declined:
        return replace(reading, intent=Intent.OTHER)
    if asked is Asked.SHARPEN_ACTION and reading.due is None and _UNNAMED.match(reading.action or ""):
        return replace(reading, intent=Intent.VAGUE, tentative=False)
    if reading.action and " " not in reading.action and (len(reading.action) < 3 or reading.action.casefold() in _SAME):
        return replace(reading, intent=Intent.VAGUE, action=None, due=None, thin=True)
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
