"""The rules for a promise in the making: its time, its action, another one instead."""

from __future__ import annotations

from bot.domain.language import agreement
from bot.domain.language.clauses import Clause
from bot.domain.language.graspable import bare_thing, indefinite, only_points_back
from bot.domain.language.heard import ABOUT_DRAFT, Action, Heard
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.said import word_set
from bot.domain.language.stance import judge_one
from bot.domain.reading import Intent

_HAPPENING = word_set("after before")
_GUESSING = word_set("could might may should")
_RATHER = word_set("rather instead actually")


def commits(heard: Heard) -> Intent | None:
    return Intent.COMMITMENT if heard.graspable or heard.handed or heard.pointing_back else None


def repeats(heard: Heard) -> Intent | None:
    """The draft in other words and nothing new: "yes I'll call her". Without the yes, it is not one."""
    if not any(action.judged.stance is Stance.FIRM for action in heard.actions) or heard.any(
        Stance.NEGATED, Stance.HEDGED, Stance.UNMET, Stance.QUESTION
    ):
        return None
    return Intent.AFFIRM if agreement.opens_with_yes(heard.words) else Intent.COMMITMENT


def _ongoing(heard: Heard) -> bool:
    """Whether the draft is being done this minute: "doing it now"."""
    now = "now" in heard.words
    return now and any(each.refers and each.stance in (Stance.FIRM, Stance.GERUND) for each in heard.judged)


def _follows(heard: Heard) -> bool:
    """Whether a happening stands for the time: "right after standup"."""
    first = next(iter(heard.judged), None)
    if first is None or first.stance is not Stance.FRAGMENT or first.at is None or heard.loosely:
        return False
    return _HAPPENING.intersection(first.clause.keys[: len(first.clause.keys) - 1]) != frozenset()


def times(heard: Heard) -> Intent | None:
    """A time for the draft, whatever else is said: "3", "say 4", "I'll do it by noon"."""
    if _ongoing(heard) or _follows(heard):
        return Intent.COMMITMENT
    if heard.any(Stance.QUESTION) and len(heard.words) > 2:
        return None
    if heard.due(None) is None or (agreement.says_not_today(heard.words) and heard.any(Stance.HEDGED)):
        return None
    unsure = bool(_GUESSING.intersection(heard.words)) or any(
        agreement.clueless(clause.clause.keys) and not heard.times_in(clause.clause) for clause in heard.judged
    )
    return Intent.VAGUE if unsure or heard.loosely or heard.any(Stance.HEDGED) else Intent.COMMITMENT


def moments(heard: Heard) -> Intent | None:
    """A time where an action was asked for."""
    if any(clause.stance is Stance.FRAGMENT and indefinite(clause.clause.words, heard.said) for clause in heard.judged):
        return None
    if heard.actions or heard.hedged or any(heard.idle(clause) for clause in heard.judged):
        return None
    return Intent.COMMITMENT if heard.due(None) is not None and not heard.any(Stance.QUESTION) else None


def changes(heard: Heard) -> Intent | None:
    """Another action, another time or a plan for the draft."""
    if heard.change is not None:
        due = heard.due(None, [heard.change[0]])
        return Intent.COMMITMENT if _changed_action(heard) or due is not None else None
    if taken(heard) or heard.plan is not None:
        return Intent.COMMITMENT
    return Intent.COMMITMENT if heard.due(None) is not None and not heard.any(Stance.HEDGED) else None


def taken(heard: Heard) -> list[Action]:
    """The actions of a promise. About a draft, words that only point back to it ("call her") change nothing."""
    if heard.asked in ABOUT_DRAFT:
        if heard.change is not None:
            return _changed_action(heard)
        other = bool(_RATHER.intersection(heard.words))
        return [action for action in heard.graspable if other or not only_points_back(action.words)]
    return heard.graspable


def _changed_action(heard: Heard) -> list[Action]:
    words = heard.change[1] if heard.change else ()
    if not words:
        return []
    judged = judge_one(Clause(words, 0))
    if (action := heard.action_of(judged)) is None:
        return []
    verbal = judged.stance in (Stance.BARE, Stance.GERUND, Stance.FIRM) and len(action.words) > 1
    return [action] if verbal or bare_thing(action.words, heard.said) else []
