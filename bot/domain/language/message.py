"""One message in its parts: its clauses, each judged in the light of the others, of its times and of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.language import agreement, hedges, wishes
from bot.domain.language.asking import requests
from bot.domain.language.clauses import Clause, Parts, Plan, Under, part
from bot.domain.language.formulas import of_this_talk
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import tells_time
from bot.domain.language.obstacles import find_obstacle
from bot.domain.language.promised_time import Times
from bot.domain.language.said import Said, hear, word_set
from bot.domain.language.spoken import fluent
from bot.domain.language.stance import Judged, judge
from bot.domain.language.word_classes import ENDS
from bot.domain.reading import Asked

LOOSELY = frozenset({Stance.FIRM, Stance.BARE, Stance.GERUND, Stance.PRESENT, Stance.FRAGMENT})
_WITHOUT_A_TIME = {Stance.SOFT: Stance.HEDGED, Stance.OFFERED: Stance.STATE, Stance.WANTED: Stance.HEDGED}
_PROMISED = (LOOSELY - {Stance.FRAGMENT}) | _WITHOUT_A_TIME.keys()
_AS = word_set("when once before after if as until while whenever")
_PLEADING = word_set("please kindly")
CHECKING_IN = frozenset({Asked.OPEN, Asked.EXPLORE, Asked.IF_THEN})
ABOUT_ACTION = frozenset({Asked.ACT, Asked.CHOOSE, Asked.SHARPEN_ACTION})
ABOUT_DRAFT = frozenset({Asked.SHARPEN_TIME, Asked.CONFIRM})
_SHORT = 8  # words; so short that a bare number in it can be a time
_ABOUT_IT = word_set("it that this by at around before noon lunch")
_TELLING = frozenset(
    {Stance.STATE, Stance.THIRD, Stance.PAST, Stance.UNMET, Stance.TRIED, Stance.NEGATED}
    | {Stance.UNABLE, Stance.DECLINED}
)


def _told_to_do(keys: Sequence[str]) -> bool:
    """Whether an imperative is for the other one: "drop it in here when you have it", "make sure she gets a copy"."""
    yours = any(keys[step] in _AS and keys[step + 1] == "you" for step in range(1, len(keys) - 1))
    asked = any(keys[step] == "and" and requests(keys, step + 1) for step in range(1, len(keys) - 1))
    return yours or asked or keys[:2] == ("make", "sure") or keys[:1] == ("ensure",)


@dataclass(frozen=True)
class Message:
    """One message after one question, before anything is concluded from it."""

    text: str
    asked: Asked
    at: datetime
    zone: ZoneInfo
    hours: WorkingHours

    @cached_property
    def said(self) -> Said:
        """The message in words, as it was meant to be said."""
        return fluent(hear(self.text))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words and marks, for comparing."""
        return tuple(word.key for word in self.said.words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words without the marks."""
        return agreement.answer_words(self.keys)

    @cached_property
    def sentences(self) -> list[tuple[str, ...]]:
        """The words of each sentence."""
        found: list[list[str]] = [[]]
        for key in self.keys:
            if key in ENDS:
                found.append([])
            else:
                found[-1].append(key)
        return [tuple(sentence) for sentence in found if sentence]

    @cached_property
    def to_the_machine(self) -> bool:
        """Whether the words are instructions to a program. They are not followed, nor taken for a report."""
        return wishes.to_the_machine(self.said)

    @cached_property
    def parts(self) -> Parts:
        """The clauses and the if-then plans."""
        return part(self.said)

    @cached_property
    def plan(self) -> Plan | None:
        """The if-then plan whose "then" is something the rep will do."""
        return next((plan for plan in self.parts.plans if self._holds(plan)), None)

    def _holds(self, plan: Plan) -> bool:
        free = any(clause not in plan.main for clause in self.parts.clauses)
        loosely = free or self.asked not in (*CHECKING_IN, Asked.LEARN)
        enough = LOOSELY if loosely else frozenset({Stance.FIRM, Stance.BARE})
        return any(clause.stance in enough for clause in judge(plan.main)) or (free and not plan.main)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Every clause outside of the plan, judged."""
        loose = [Clause(plan.words, -1, asks=plan.asks) for plan in self.parts.plans if plan is not self.plan]
        return self._settled(judge((*self.parts.clauses, *loose)))

    def _settled(self, judged: Sequence[Judged]) -> tuple[Judged, ...]:
        """The clauses with everything settled that hangs on a time, on the rest of the message or on the question."""
        waiting = {each.clause.sentence for each in judged if each.stance in _WITHOUT_A_TIME}
        told = (each for each in judged if each.clause.sentence in waiting)
        timed = {each.clause.sentence for each in told if self.timed(each)}
        disclaimed = hedges.disclaimed(self.keys, [each.clause.keys for each in judged])
        return tuple(self._settle(each, timed=each.clause.sentence in timed, disclaimed=disclaimed) for each in judged)

    def _settle(self, judged: Judged, *, timed: bool, disclaimed: bool) -> Judged:
        keys = judged.clause.keys
        stance = judged.stance
        if self.asked is Asked.NOTHING:
            if judged.clause.asks and not judged.named and stance in (Stance.BARE, Stance.GERUND):
                return replace(judged, stance=Stance.QUESTION)
            if stance is Stance.FIRM and judged.named and judged.at is not None and of_this_talk(keys, judged.at):
                return replace(judged, stance=Stance.STATE)
            if stance is Stance.BARE and _told_to_do(keys):
                return replace(judged, stance=Stance.QUESTION)
            begged = stance is Stance.BARE or (
                stance is Stance.STATE and ("need" in keys or ("have" in keys[1:3] and "i" not in keys))
            )
            if begged and _PLEADING.intersection(keys):
                return replace(judged, stance=Stance.QUESTION)
            if stance is Stance.BARE and judged.at is not None and keys[judged.at + 1 : judged.at + 2] == ("us",):
                return replace(judged, stance=Stance.THIRD)  # "contact us any time"
        if stance not in _PROMISED:
            return judged
        if disclaimed or hedges.loosened(keys):
            return replace(judged, stance=Stance.HEDGED)
        if stance in _WITHOUT_A_TIME:
            return replace(judged, stance=Stance.FIRM if timed else _WITHOUT_A_TIME[stance])
        return judged

    def any(self, *stances: Stance) -> bool:
        """Whether a clause has one of these stances."""
        return any(clause.stance in stances for clause in self.judged)

    @cached_property
    def times(self) -> Times:
        """The clock of the message."""
        return Times(self.said, self.at, self.zone, self.hours, short=len(self.words) <= _SHORT)

    def times_in(self, clause: Clause) -> list[tuple[int, int]]:
        """Where the clause tells the time, in the plain text."""
        due = self.times.find(clause.words[0].start, clause.words[-1].end, loosely=self.asked in ABOUT_DRAFT)
        return [(due.start, due.end)] if due else []

    def timed(self, judged: Judged) -> bool:
        """Whether the clause tells a time, by the clock or by a word."""
        return tells_time(judged.clause.keys) or bool(self.times_in(judged.clause))

    @cached_property
    def help_wanted(self) -> bool:
        """Whether a hand would be welcome."""
        return wishes.wants_help(self.sentences)

    @cached_property
    def obstacle(self) -> str | None:
        """What stands in the way."""
        return find_obstacle(self.said, self.judged)

    def idle(self, judged: Judged) -> bool:
        """Whether a clause without a verb tells a state or nothing, not a thing to do: "busy", "no idea"."""
        keys = judged.clause.keys
        whole = (
            agreement.clueless,
            agreement.says_no,
            agreement.says_hello,
            agreement.says_yes,
            agreement.says_not_today,
        )
        told = Judged(judged.clause, Stance.STATE)
        return "wrong" in keys or any(says(keys) for says in whole) or find_obstacle(self.said, [told]) is not None

    def tells(self, judged: Judged) -> bool:
        if judged.clause.under is Under.CONDITION:
            return True
        first = judged.clause.keys[0]
        about_draft = judged.stance is Stance.THIRD and (first in _ABOUT_IT or first[0].isdigit())
        return judged.stance in _TELLING and not (about_draft and self.asked not in CHECKING_IN)
