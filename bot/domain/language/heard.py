"""One message as the rules see it: its clauses judged, and everything that can be asked of them, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.language import hedges
from bot.domain.language.actions import action_text
from bot.domain.language.clauses import Clause, Under
from bot.domain.language.conditions import uncertain
from bot.domain.language.graspable import bare_thing, graspable, indefinite, says_something
from bot.domain.language.helping_verbs import Stance, refers_from
from bot.domain.language.message import ABOUT_ACTION, ABOUT_DRAFT, CHECKING_IN, LOOSELY, Message
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import Word, hear, word_set
from bot.domain.language.stance import Judged, judge
from bot.domain.reading import Asked, DueTime

__all__ = ["ABOUT_ACTION", "ABOUT_DRAFT", "CHECKING_IN", "Action", "Heard"]

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
_UNDER_WAY = word_set("working meeting having seeing flying travelling traveling waiting")
_COUNTED = word_set("one two three four five six seven eight ten both")
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
class Heard(Message):
    """One message after one question."""

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
        likely = [judged for judged in self.judged if judged.stance in LOOSELY]
        if len(likely) > _FIRST + _LAST:
            likely = [*likely[:_FIRST], *likely[-_LAST:]]
        found = [action for judged in likely if self._promises(judged) and (action := self.action_of(judged))]
        iffy = self.asked is Asked.NOTHING and self.plan is not None and uncertain([w.key for w in self.plan.words])
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
        return any(judged.stance is Stance.HANDED and self.timed(judged) for judged in self.judged)

    @cached_property
    def pointing_back(self) -> list[Judged]:
        """What is promised with a time and named only before: "I'll do it tomorrow". Never about a draft."""
        if self.asked in ABOUT_DRAFT or self.asked in CHECKING_IN or self.asked is Asked.LEARN:
            return []
        firm = [each for each in self.judged if each.stance in (Stance.FIRM, Stance.GERUND) and each.refers]
        return [each for each in firm if self.timed(each)]

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
        timed = firm and (
            self.timed(judged) or (known and judged.stance is Stance.FIRM and "rather" not in judged.clause.keys)
        )
        seen = (
            says_something(own.words)
            if asked_for
            else graspable(own.words, own, verbal=verbal, timed=timed, known=known)
        )
        if len(own.words) == 1 and own.words[0].key in ("it", "that", "this", "them", "so"):
            return None
        return Action(judged, own.words, text, seen)

    def _promises(self, judged: Judged) -> bool:
        if judged.clause.under is not Under.NOTHING:
            return False
        stance = judged.stance
        if stance not in LOOSELY:
            return False
        verb = judged.clause.keys[judged.at] if judged.at is not None else ""
        ongoing = verb == "working"
        under_way = verb in _UNDER_WAY and judged.clause.keys[max(0, (judged.at or 0) - 1)] in ("am", "are")
        under_way = under_way and "to" not in judged.clause.keys[judged.at or 0 :]
        if under_way and self.asked in (*CHECKING_IN, Asked.NOTHING):
            return False  # "I'm meeting Karen at 3": how the day is, and nothing that is promised
        timed = self.timed(judged)
        if stance is Stance.FRAGMENT:
            return self._thing_promised(judged, timed=timed)
        later = stance is Stance.PRESENT and "later" in judged.clause.keys[-2:] and self.asked is Asked.NOTHING
        if timed or later or (stance in (Stance.FIRM, Stance.BARE) and not (ongoing and self.asked in CHECKING_IN)):
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

    def due(self, action: Action | None, moved: Sequence[Judged] = ()) -> DueTime | None:
        """The time of the action, else of the message; what is told of others or of the past has no say.

        `moved` are clauses that move a promise: their time counts first, in whatever form it is told.
        """
        promising = [judged.clause for judged in self.judged if not self.tells(judged)]
        scopes = [_span([judged.clause]) for judged in moved]
        if self.change is not None and self.change[0] in moved and (into := self.change[1]):
            scopes.insert(0, (into[0].start, into[-1].end))  # "make that Thursday morning"
        if action is not None:
            own = action.judged.clause
            scopes.append(_span([own]))
            if same := [clause for clause in promising if clause.sentence == own.sentence]:
                alone = sum(other.judged.clause.sentence == own.sentence for other in self.actions) == 1
                told = any(self.tells(judged) and judged.clause.sentence == own.sentence for judged in self.judged)
                if not told:
                    scopes.insert(0 if alone else 1, _span(same))
        scopes += [_span([clause]) for clause in promising[:_MOST_SCOPES]]
        loosely = self.asked in ABOUT_DRAFT or bool(moved)
        for start, end in scopes:
            if (due := self.times.find(start, end, loosely=loosely)) is not None:
                origin = self.said.origin
                return DueTime(origin[due.start], origin[due.end - 1] + 1, due.moment, due.certainty)
        return None


def _span(clauses: list[Clause]) -> tuple[int, int]:
    return clauses[0].words[0].start, clauses[-1].words[-1].end
