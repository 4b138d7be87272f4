"""One message as the rules see it: its clauses judged, and everything that can be asked of them, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.language import agreement, hedges, wishes
from bot.domain.language.actions import action_text
from bot.domain.language.clauses import Clause, Parts, Plan, Under, part
from bot.domain.language.graspable import bare_thing, graspable, indefinite, says_something
from bot.domain.language.helping_verbs import Stance, refers_from
from bot.domain.language.lead_in import tells_time
from bot.domain.language.obstacles import find_obstacle
from bot.domain.language.phrases import Phrases
from bot.domain.language.promised_time import Times
from bot.domain.language.said import Said, Word, hear, word_set
from bot.domain.language.spoken import fluent
from bot.domain.language.stance import Judged, judge
from bot.domain.language.word_classes import ENDS
from bot.domain.reading import Asked, DueTime

_CHANGE = Phrases(
    """
    make it | make that | make this | change it to | change that to | change this to | change to
    | change it into | change the time to | change time to | change the action to | change action to
    | switch it to | switch that to | switch to | turn it into | let us make it | let us make that
    | can we make it | could we make it | can you make it | could you make it | can we make that
    | can we say | could we say | can you change it to | can we change it to | can i change it to
    | could you change it to | please change it to | i would make it | i would rather make it | put it at
    | put it to | put it down for | set it to | set it for | set the time to | update it to | update to
    | adjust it to | adjust to | correct it to | correction | it should be | should be | i meant | i mean
    | can you put | could you put | put
    """
)
_LOOSELY = frozenset({Stance.FIRM, Stance.BARE, Stance.GERUND, Stance.PRESENT, Stance.FRAGMENT})
_TELLING = frozenset(
    {Stance.STATE, Stance.THIRD, Stance.PAST, Stance.UNMET, Stance.TRIED, Stance.NEGATED}
    | {Stance.UNABLE, Stance.DECLINED}
)
_WITHOUT_A_TIME = {Stance.SOFT: Stance.HEDGED, Stance.OFFERED: Stance.STATE, Stance.WANTED: Stance.HEDGED}
_PROMISED = (_LOOSELY - {Stance.FRAGMENT}) | _WITHOUT_A_TIME.keys()
_PLEADING = word_set("please kindly")
CHECKING_IN = frozenset({Asked.OPEN, Asked.EXPLORE, Asked.IF_THEN})
ABOUT_ACTION = frozenset({Asked.ACT, Asked.CHOOSE, Asked.SHARPEN_ACTION})
ABOUT_DRAFT = frozenset({Asked.SHARPEN_TIME, Asked.CONFIRM})
_COUNTED = word_set("one two three four five six seven eight ten both")
_ABOUT_IT = word_set("it that this by at around before noon lunch")
_SHORT = 8  # words; so short that a bare number in it can be a time
_FIRST, _LAST = 10, 4  # clauses of an endless message that may be actions
_MOST_SCOPES = 6  # stretches of a message searched for the time


@dataclass(frozen=True)
class Action:
    """Words of a clause that may be an action; `graspable` when somebody could see it happen."""

    judged: Judged
    words: tuple[Word, ...]
    text: str
    graspable: bool


@dataclass(frozen=True)
class Heard:
    """One message after one question."""

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
        enough = _LOOSELY if loosely else frozenset({Stance.FIRM, Stance.BARE})
        return any(clause.stance in enough for clause in judge(plan.main)) or (free and not plan.main)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Every clause outside of the plan, judged."""
        loose = [Clause(plan.words, -1) for plan in self.parts.plans if plan is not self.plan]
        return self._settled(judge((*self.parts.clauses, *loose)))

    def _settled(self, judged: Sequence[Judged]) -> tuple[Judged, ...]:
        """The clauses with everything settled that hangs on a time, on the rest of the message or on the question."""
        waiting = {each.clause.sentence for each in judged if each.stance in _WITHOUT_A_TIME}
        told = (each for each in judged if each.clause.sentence in waiting)
        timed = {each.clause.sentence for each in told if self._timed(each)}
        disclaimed = hedges.disclaimed(self.keys, [each.clause.keys for each in judged])
        return tuple(self._settle(each, timed=each.clause.sentence in timed, disclaimed=disclaimed) for each in judged)

    def _settle(self, judged: Judged, *, timed: bool, disclaimed: bool) -> Judged:
        keys = judged.clause.keys
        stance = judged.stance
        if self.asked is Asked.NOTHING:
            begged = stance is Stance.BARE or (stance is Stance.STATE and "need" in keys)
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
    def help_wanted(self) -> bool:
        """Whether a hand would be welcome."""
        return wishes.wants_help(self.sentences)

    @cached_property
    def obstacle(self) -> str | None:
        """What stands in the way."""
        return find_obstacle(self.said, self.judged)

    @cached_property
    def change(self) -> tuple[Judged, tuple[Word, ...]] | None:
        """The clause that changes the draft, and what follows "make it" or "change it to" in it."""
        for judged in self.judged:
            keys = judged.clause.keys
            place = next((step for step in range(min(4, len(keys))) if _CHANGE.at(keys, step)), None)
            if place is not None:
                return judged, judged.clause.words[place + _CHANGE.at(keys, place) :]
        return None

    @cached_property
    def actions(self) -> list[Action]:
        """What is promised, in order, graspable or not."""
        likely = [judged for judged in self.judged if judged.stance in _LOOSELY]
        if len(likely) > _FIRST + _LAST:
            likely = [*likely[:_FIRST], *likely[-_LAST:]]
        found = [action for judged in likely if self._promises(judged) and (action := self.action_of(judged))]
        iffy = self.asked is Asked.NOTHING and self.plan is not None and self.plan.words[0].key in ("if", "unless")
        if not found and self.plan is not None and self.asked not in ABOUT_DRAFT and not iffy:
            main = [judged for judged in judge(self.plan.main) if judged.stance in (Stance.FIRM, Stance.BARE)]
            found = [action for judged in main if (action := self.action_of(judged))]
        return found

    @cached_property
    def graspable(self) -> list[Action]:
        """What is promised and can be seen to happen."""
        return [action for action in self.actions if action.graspable]

    @cached_property
    def loosely(self) -> bool:
        """Whether words leave the time open: "maybe", "when I get round to it"."""
        doubted = any(each.clause.under is Under.DOUBT for each in self.judged)
        return (
            doubted
            or hedges.loosened(self.keys)
            or hedges.disclaimed(self.keys, [each.clause.keys for each in self.judged])
        )

    @cached_property
    def handed(self) -> bool:
        """Whether somebody is told what they will have, and by when."""
        return any(judged.stance is Stance.HANDED and self._timed(judged) for judged in self.judged)

    @cached_property
    def pointing_back(self) -> list[Judged]:
        """What is promised with a time and named only before: "I'll do it tomorrow". Never about a draft."""
        if self.asked in ABOUT_DRAFT or self.asked in CHECKING_IN or self.asked is Asked.LEARN:
            return []
        firm = [each for each in self.judged if each.stance in (Stance.FIRM, Stance.GERUND) and each.refers]
        return [each for each in firm if self._timed(each)]

    @cached_property
    def back_references(self) -> list[Action]:
        """The words of `pointing_back` as actions: "do it"."""
        found: list[Action] = []
        for judged in self.pointing_back:
            start = refers_from(judged.clause.keys)
            words = judged.clause.words[start:]
            if start is not None and (text := action_text(self.said, words, self.times_in(judged.clause))):
                found.append(Action(judged, words, text, graspable=True))
        return found

    @cached_property
    def hedged(self) -> list[Action]:
        """What is only intended."""
        held = [judged for judged in self.judged if judged.stance is Stance.HEDGED][:_FIRST]
        return [action for judged in held if (action := self.action_of(judged))]

    def action_of(self, judged: Judged) -> Action | None:
        """The action in a clause; None when it names none."""
        if judged.at is None:
            return None
        words = judged.clause.words[judged.at :]
        if (text := action_text(self.said, words, self.times_in(judged.clause))) is None:
            return None
        own = hear(text)
        asked_for = self.asked is Asked.SHARPEN_ACTION and judged.stance is Stance.FRAGMENT
        known = self.asked is Asked.NOTHING
        firm = judged.stance is Stance.FIRM or (known and judged.stance in (Stance.PRESENT, Stance.GERUND))
        verbal = judged.stance in (Stance.FIRM, Stance.HEDGED, Stance.PRESENT)
        timed = firm and self._timed(judged)
        seen = (
            says_something(own.words)
            if asked_for
            else graspable(own.words, own, verbal=verbal, timed=timed, known=known)
        )
        if len(own.words) == 1 and own.words[0].key in ("it", "that", "this", "them", "so"):
            return None
        return Action(judged, own.words, text, seen)

    def _timed(self, judged: Judged) -> bool:
        """Whether the clause tells a time, by the clock or by a word."""
        return tells_time(judged.clause.keys) or bool(self.times_in(judged.clause))

    def _promises(self, judged: Judged) -> bool:
        if judged.clause.under is not Under.NOTHING:
            return False
        stance = judged.stance
        if stance not in _LOOSELY:
            return False
        ongoing = judged.at is not None and judged.clause.keys[judged.at] == "working"
        timed = self._timed(judged)
        if stance is Stance.FRAGMENT:
            return self._thing_promised(judged, timed=timed)
        if timed or (stance in (Stance.FIRM, Stance.BARE) and not (ongoing and self.asked in CHECKING_IN)):
            return timed or self.asked is not Asked.LEARN
        if stance is Stance.GERUND:
            by = judged.clause.keys[max(0, (judged.at or 0) - 1)] in ("by", "through")
            return self.asked not in (*CHECKING_IN, Asked.LEARN) or (by and self.asked is Asked.OPEN)
        return self.asked in ABOUT_ACTION | ABOUT_DRAFT  # "I make 3 calls", said when asked for an action

    def _thing_promised(self, judged: Judged, *, timed: bool) -> bool:
        """Whether words without a verb are an action: "3 CFO calls before lunch"."""
        if judged.named or judged.at is None or (judged.clause.asks and not timed):
            return False
        words = judged.clause.words[judged.at :]
        counted = words[0].key[:1].isdigit() or words[0].key in _COUNTED
        match self.asked:
            case Asked.SHARPEN_ACTION:
                return not self.idle(judged) and not indefinite(words, self.said)
            case Asked.ACT | Asked.CHOOSE:
                return bare_thing(words, self.said) and not self.idle(judged)
            case Asked.CONFIRM:
                return counted and bare_thing(words, self.said)
            case Asked.LEARN:
                return False
        return (judged.announced or (counted and timed)) and bare_thing(words, self.said)

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

    @cached_property
    def times(self) -> Times:
        """The clock of the message."""
        return Times(self.said, self.at, self.zone, self.hours, short=len(self.words) <= _SHORT)

    def times_in(self, clause: Clause) -> list[tuple[int, int]]:
        """Where the clause tells the time, in the plain text."""
        due = self.times.find(clause.words[0].start, clause.words[-1].end, loosely=self.asked in ABOUT_DRAFT)
        return [(due.start, due.end)] if due else []

    def due(self, action: Action | None, moved: Sequence[Judged] = ()) -> DueTime | None:
        """The time of the action, else of the message; what is told of others or of the past has no say.

        `moved` are clauses that move a promise: their time counts first, in whatever form it is told.
        """
        promising = [judged.clause for judged in self.judged if not self._tells(judged)]
        scopes = [_span([judged.clause]) for judged in moved]
        if action is not None:
            own = action.judged.clause
            scopes.append(_span([own]))
            if same := [clause for clause in promising if clause.sentence == own.sentence]:
                alone = sum(other.judged.clause.sentence == own.sentence for other in self.actions) == 1
                told = any(self._tells(judged) and judged.clause.sentence == own.sentence for judged in self.judged)
                if not told:
                    scopes.insert(0 if alone else 1, _span(same))
        scopes += [_span([clause]) for clause in promising[:_MOST_SCOPES]]
        loosely = self.asked in ABOUT_DRAFT or bool(moved)
        for start, end in scopes:
            if (due := self.times.find(start, end, loosely=loosely)) is not None:
                origin = self.said.origin
                return DueTime(origin[due.start], origin[due.end - 1] + 1, due.moment, due.certainty)
        return None

    def _tells(self, judged: Judged) -> bool:
        if judged.clause.under is Under.CONDITION:
            return True
        first = judged.clause.keys[0]
        about_draft = judged.stance is Stance.THIRD and (first in _ABOUT_IT or first[0].isdigit())
        return judged.stance in _TELLING and not (about_draft and self.asked not in CHECKING_IN)


def _span(clauses: list[Clause]) -> tuple[int, int]:
    return clauses[0].words[0].start, clauses[-1].words[-1].end
