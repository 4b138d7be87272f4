"""What of a model's answer can be trusted: only what stands in the message, and only where the rules leave room.

Where the rules have heard something, that stays: a promise, its time, an obstacle, a question of the rep's. The model
fills gaps. An action must stand in the message in whole words, be the rep's own to do, and start with what looks like
a verb; a time must be words that our grammar reads as a promise where they stand. Nothing here changes anything by
itself: a draft becomes a commitment by the rep's own yes, and never without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, Field, WithJsonSchema

from bot.adapters.wording import marked_up, question_fault, reflection_fault
from bot.domain.commitment import LONGEST_ACTION
from bot.domain.duetime import find
from bot.domain.language.actions import action_text
from bot.domain.language.clauses import Parts, part
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.said import Said, Word, hear
from bot.domain.language.stance import Judged, judge
from bot.domain.language.verbs import is_gerund, is_verb
from bot.domain.language.word_classes import (
    ADVERBS,
    DETERMINERS,
    NUMBER_WORDS,
    OBJECT_PRONOUNS,
    OTHER_SUBJECTS,
    PREPOSITIONS,
)
from bot.domain.reading import Asked, DueTime, Intent, Reading
from bot.ports.coach import Heard, Understanding
from bot.ports.usage import FellBack

FREE = frozenset({Intent.COMMITMENT, Intent.VAGUE, Intent.QUESTION, Intent.HELP, Intent.SMALLTALK, Intent.OTHER})
"""Intents that a model may choose between; none of them changes anything without the rep's own tap."""
OPEN = frozenset({Intent.OTHER, Intent.SMALLTALK})
"""What the rules hear when they hear nothing in particular: here a model may hear any of `FREE`."""
TIMED = frozenset({Asked.ACT, Asked.SHARPEN_ACTION, Asked.SHARPEN_TIME, Asked.CONFIRM})
"""Questions after which a time alone is an answer."""
SHORTEST_OBSTACLE = 3  # words
_TELLING = frozenset({Stance.STATE, Stance.THIRD, Stance.NEGATED, Stance.UNMET, Stance.PRESENT, Stance.TRIED})
"""Clauses that can say what stands in the way; a thing to do cannot."""
_THEIRS = frozenset({Stance.FIRM, Stance.BARE, Stance.GERUND, Stance.PRESENT})
_NO_VERB = DETERMINERS | OBJECT_PRONOUNS | OTHER_SUBJECTS | PREPOSITIONS | NUMBER_WORDS | ADVERBS
_SENTENCE_END = re.compile(r"[!?;\n]|\.(?=\s|$)")

FreeIntent = Annotated[
    Intent, WithJsonSchema({"type": "string", "enum": [intent.value for intent in Intent if intent in FREE]})
]


class Offer(BaseModel):
    """What the model is asked to return. The server is told of the free intents only; any other is not followed."""

    intent: FreeIntent
    action: str | None = Field(default=None, description="the promised action, in the rep's own words")
    when: str | None = Field(default=None, description="the words of the message that tell the time")
    obstacle: str | None = Field(default=None, description="what stands in the way, in the rep's own words")
    reflection: str | None = Field(default=None, description="one short line in the rep's words")
    question: str | None = Field(default=None, description="one open question that narrows")


@dataclass(frozen=True)
class Grounded:
    """An understanding that a rep may see the effects of, why parts of the offer are not in it, and whether any is."""

    understanding: Understanding
    fell_back: tuple[FellBack, ...] = ()
    helped: bool = False


def grounded(offer: Offer, heard: Heard, ruled: Understanding) -> Grounded:
    """The rules' understanding with those parts of the offer that can be trusted."""
    grounds = Grounds(heard, ruled.reading)
    reading, reasons = grounds.reading(offer)
    question: str | None = one_line(offer.question) or None
    reflection: str | None = one_line(offer.reflection) or None
    if question and (fault := question_fault(question, heard)):
        reasons.append(fault)
        question = None
    if reflection and (fault := reflection_fault(reflection, heard)):
        reasons.append(fault)
        reflection = None
    helped = bool(question or reflection) or reading != ruled.reading
    if not helped:
        return Grounded(ruled, tuple(reasons))
    return Grounded(Understanding(reading, reflection or ruled.reflection, question, "openai"), tuple(reasons), True)


@dataclass(frozen=True)
class _Action:
    """An action as it was said; `firm` when the rep says in so many words that they will do it."""

    text: str
    firm: bool


@dataclass(frozen=True)
class Grounds:
    """A message and what the rules have heard in it, against which an offer is held."""

    heard: Heard
    ruled: Reading

    @cached_property
    def said(self) -> Said:
        """The message in words."""
        return hear(self.heard.text)

    @cached_property
    def parts(self) -> Parts:
        """Its clauses and if-then plans."""
        return part(self.said)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Its clauses outside of if-then plans, judged."""
        return judge(self.parts.clauses)

    def reading(self, offer: Offer) -> tuple[Reading, list[FellBack]]:
        """The rules' reading, with what the offer adds to it, and why the rest is left out."""
        reasons: list[FellBack] = []
        due = self._due(offer, reasons)
        found = self._action(offer, due, reasons)
        action = found.text if found else None
        intent = self._intent(offer.intent, found, due, reasons)
        promised = intent is Intent.COMMITMENT
        obstacle = self.ruled.obstacle or self._obstacle(offer, reasons)
        return (
            replace(
                self.ruled,
                intent=intent,
                action=self.ruled.action or action if promised else self.ruled.action,
                due=self.ruled.due or due if promised else self.ruled.due,
                obstacle=obstacle,
                help_wanted=self.ruled.help_wanted or intent is Intent.HELP,
                thin=self.ruled.thin and not (promised or obstacle),
            ),
            reasons,
        )

    def _intent(self, offered: Intent, action: _Action | None, due: DueTime | None, reasons: list[FellBack]) -> Intent:
        """The intent to go by: the rules' own, unless they heard nothing in particular and the model's has grounds."""
        ours = self.ruled.intent
        if offered is ours:
            return ours
        if offered not in FREE:
            reasons.append(FellBack.INTENT_NOT_FREE)
            return ours
        if ours not in OPEN and not self._promises_too(offered, action):
            reasons.append(FellBack.INTENT_KEPT)
            return ours
        if offered is Intent.OTHER:
            return ours
        if offered is Intent.COMMITMENT and not (action or (due and self.heard.asked in TIMED)):
            reasons.append(FellBack.NO_PROMISE)
            return ours
        if offered is Intent.HELP or (offered is Intent.QUESTION and "?" not in self.said.plain):
            reasons.append(FellBack.INTENT_KEPT)
            return ours
        return offered

    def _promises_too(self, offered: Intent, action: _Action | None) -> bool:
        """Whether a question or a call for help also holds an "I will" that the rules did not make out."""
        asks = self.ruled.intent in {Intent.QUESTION, Intent.HELP}
        return asks and offered is Intent.COMMITMENT and action is not None and action.firm

    def _action(self, offer: Offer, due: DueTime | None, reasons: list[FellBack]) -> _Action | None:
        """The offered action, cleaned as the rules clean theirs, when it was said and is the rep's to do."""
        wanted = one_line(offer.action)
        if not wanted or offer.intent is not Intent.COMMITMENT or self.ruled.action:
            return None
        if marked_up(wanted):
            reasons.append(FellBack.MARKUP)
            return None
        found = self._spoken(wanted)
        action = action_text(self.said, found, self._times(due)) if found else None
        if not action or marked_up(action):
            reasons.append(FellBack.UNGROUNDED_ACTION)
            return None
        stances = self._stances(found)
        if not self._promised(action, stances):
            reasons.append(FellBack.NO_PROMISE)
            return None
        return _Action(action, stances[0] is Stance.FIRM)

    def _times(self, due: DueTime | None) -> list[tuple[int, int]]:
        """Where the time stands in the plain text."""
        promised = self.ruled.due or due
        if promised is None:
            return []
        inside = [i for i, place in enumerate(self.said.origin[:-1]) if promised.start <= place < promised.end]
        return [(inside[0], inside[-1] + 1)] if inside else []

    def _promised(self, action: str, stances: Sequence[Stance]) -> bool:
        """Whether the clauses in which the action stands say that the rep will do it, or name it as a thing to do."""
        if not stances or not set(stances) <= _THEIRS | {Stance.FRAGMENT}:
            return False
        first = hear(action).words[0].key
        if stances[0] is Stance.FIRM:
            return True
        if stances[0] in _THEIRS:
            return is_verb(first) or is_gerund(first)
        asked_for = self.heard.asked in {Asked.ACT, Asked.SHARPEN_ACTION}
        return asked_for and " " in action and first not in _NO_VERB

    def _stances(self, words: Sequence[Word]) -> list[Stance]:
        """How the clauses around the words stand to them, in order; none when they are part of an if-then plan."""
        places = {word.start for word in words}
        if any(word.start in places for plan in self.parts.plans for word in plan.words):
            return []
        return [each.stance for each in self.judged if any(word.start in places for word in each.clause.words)]

    def _due(self, offer: Offer, reasons: list[FellBack]) -> DueTime | None:
        """The time that our grammar reads, where it stands, out of the offered words; the rules' own comes first."""
        wanted = one_line(offer.when)
        if not wanted or offer.intent is not Intent.COMMITMENT or self.ruled.due:
            return None
        found = None if marked_up(wanted) else self._spoken(wanted)
        if not found:
            reasons.append(FellBack.UNGROUNDED_TIME)
            return None
        start, end = self.said.origin[found[0].start], self.said.origin[found[-1].end - 1] + 1
        for text in (self.heard.text, self._sentence_alone(start, end)):
            due = find(text, self.heard.at, self.heard.zone, self.heard.hours)
            if due is not None and start < due.end <= end:
                return due
        reasons.append(FellBack.UNGROUNDED_TIME)
        return None

    def _sentence_alone(self, start: int, end: int) -> str:
        """The message with all but the sentence around a place blanked, so that places stay what they are."""
        text = self.heard.text
        first = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
        after = _SENTENCE_END.search(text, end)
        last = after.end() if after else len(text)
        return " " * first + text[first:last] + " " * (len(text) - last)

    def _obstacle(self, offer: Offer, reasons: list[FellBack]) -> str | None:
        wanted = one_line(offer.obstacle)
        if not wanted:
            return None
        found = None if marked_up(wanted) else self._spoken(wanted)
        stances = set(self._stances(found or ()))
        if not found or len(found) < SHORTEST_OBSTACLE or not stances or not stances <= _TELLING:
            reasons.append(FellBack.UNGROUNDED_OBSTACLE)
            return None
        told = " ".join(self.said.plain[found[0].start : found[-1].end].split())
        return told if len(told) <= LONGEST_ACTION and not marked_up(told) else None

    def _spoken(self, wanted: str) -> list[Word]:
        """The words of the message that read as wanted, whole words only; none when it does not hold them."""
        pattern = r"\s+".join(re.escape(word) for word in wanted.split())
        starts, ends = {word.start for word in self.said.words}, {word.end for word in self.said.words}
        for match in re.finditer(pattern, self.said.plain, re.IGNORECASE):
            if match.start() in starts and match.end() in ends:
                return [w for w in self.said.words if match.start() <= w.start and w.end <= match.end()]
        return []


def one_line(offered: str | None) -> str:
    """Offered words on one line; empty when there are none."""
    return " ".join((offered or "").split())
