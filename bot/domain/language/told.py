"""The rules for what is told of a promise: done, partly, not, given up, or moved to another time."""

from __future__ import annotations

from bot.domain.language import agreement, outcomes
from bot.domain.language.drafted import commits
from bot.domain.language.graspable import only_points_back
from bot.domain.language.heard import ABOUT_DRAFT, CHECKING_IN, Action, Heard
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.said import word_set
from bot.domain.language.stance import Judged
from bot.domain.language.verbs import SAME_IN_PAST
from bot.domain.reading import Asked, Intent

_SHORT_REPORT = 6  # words; a longer story told in answer to an open question is no report
_OWN = word_set("my i")
_WILLS = word_set("will shall")
_YES = word_set("yes yep yup yeah ja")


def commits_or_reports(heard: Heard) -> Intent | None:
    """Out of the blue: a new promise, unless something is reported as done as well."""
    told = [clause for clause in heard.judged if clause.stance in (Stance.PAST, Stance.TRIED)]
    done = {Intent.DONE, Intent.PARTLY if told else Intent.DONE} & set(_results(heard))
    firmly = any(_anew(heard, action) for action in heard.graspable)
    return commits(heard) if firmly or not done else None


def _anew(heard: Heard, action: Action) -> bool:
    """Whether an action beside a report is a new promise: firmly meant, or set down with its time."""
    judged = action.judged
    if judged.stance is Stance.FIRM:
        return judged.named or heard.timed(judged) or judged.clause.keys[0] in _WILLS
    alone = judged.stance is Stance.GERUND and len(action.words) == 1
    noted = judged.stance is Stance.BARE and judged.announced
    return noted or ((alone or judged.stance is Stance.BARE) and heard.timed(judged))


def gives_up(heard: Heard) -> Intent | None:
    """Said of a promise: not done, and not going to be."""
    flat = any(clause.stance is Stance.DECLINED and clause.refers for clause in heard.judged)
    return Intent.REFUSAL if flat and not heard.graspable else None


def reports(heard: Heard) -> Intent | None:
    """Outside of the question how it went: "done", "already sent it"."""
    if heard.asked in CHECKING_IN and len(heard.words) > _SHORT_REPORT:
        return None
    if any(clause.stance is Stance.QUESTION for clause in heard.judged):
        return None
    happened = [outcomes.how_it_went(clause) for clause in heard.judged if not heard.idle(clause)]
    done = Intent.DONE in happened and Intent.NOT_DONE not in happened
    return Intent.DONE if done and heard.obstacle is None else None


def went(heard: Heard) -> Intent | None:
    """How it went, all clauses together: some done and some not is partly."""
    happened = set(_results(heard))
    if heard.asked is Asked.OUTCOME:
        first = next((clause.clause.keys for clause in heard.judged), ())
        if not happened and agreement.says_yes(first) and not agreement.says_hello(heard.words):
            happened.add(Intent.DONE)
        if agreement.says_pass(heard.words):
            return Intent.REFUSAL
        no = agreement.says_no(first) or agreement.opens_with_no(first) or agreement.says_not_today(heard.words)
        stood_still = heard.obstacle is not None and heard.any(Stance.STATE, Stance.FRAGMENT) and not heard.help_wanted
        if not happened and (no or stood_still):
            happened.add(Intent.NOT_DONE)
    if not happened:
        return None
    return happened.pop() if len(happened) == 1 else Intent.PARTLY


def _results(heard: Heard) -> list[Intent]:
    freely = heard.asked is Asked.OUTCOME
    told = [clause for clause in heard.judged if not outcomes.moves(clause, freely=freely)]
    found = [result for clause in told if (result := outcomes.how_it_went(clause)) is not None]
    if freely:  # "set up the meeting": as good as "I set up"
        bare = [clause for clause in told if clause.stance is Stance.BARE and clause.at is not None]
        past = [
            clause
            for clause in bare
            if clause.clause.keys[clause.at or 0] in SAME_IN_PAST and not heard.times_in(clause.clause)
        ]
        found += [Intent.DONE] * len(past)
    return found


def moves(heard: Heard) -> Intent | None:
    """What was promised gets another time."""
    freely = heard.asked is Asked.OUTCOME
    results = set(_results(heard))
    if results & {Intent.DONE, Intent.PARTLY}:
        return None
    asking = heard.any(Stance.QUESTION) and (_OWN.isdisjoint(heard.words) or "change" in heard.words)
    if heard.asked is Asked.NOTHING and (heard.handed or asking):
        return None
    if moving(heard):
        return Intent.RESCHEDULE
    if heard.asked is Asked.CONFIRM and any(
        each.clause.asks and each.stance is Stance.FRAGMENT and heard.times_in(each.clause) for each in heard.judged
    ):
        return Intent.RESCHEDULE  # "tomorrow 10?"
    if freely and any(each.stance is Stance.QUESTION and heard.times_in(each.clause) for each in heard.judged):
        return Intent.RESCHEDULE  # "can we make it Thursday?"
    for clause in heard.judged:
        if clause.stance is Stance.QUESTION and outcomes.asks_to_move(clause.clause.keys):
            return Intent.RESCHEDULE
    later = Intent.NOT_DONE in results or (freely and not heard.any(Stance.QUESTION))
    if heard.asked is Asked.CONFIRM:
        later = agreement.says_not_today(heard.words) or (
            agreement.opens_with_no(heard.words) and "tomorrow" in heard.words
        )
    if later and _sets_a_time(heard):
        return Intent.RESCHEDULE
    return None


def moving(heard: Heard, intent: Intent = Intent.RESCHEDULE) -> list[Judged]:
    """The clauses that move or change something, by their own words."""
    if intent is not Intent.RESCHEDULE:
        return [heard.change[0]] if heard.change and heard.asked in ABOUT_DRAFT else []
    freely = heard.asked is Asked.OUTCOME
    found: list[Judged] = []
    for clause in heard.judged:
        by_others = clause.stance is Stance.THIRD and not freely
        unmoved = clause.stance is Stance.NEGATED or (clause.stance is Stance.UNMET and "had" not in clause.clause.keys)
        anew = not freely and not outcomes.shifts(clause) and any(action.judged is clause for action in heard.graspable)
        if outcomes.moves(clause, freely=freely) and not by_others and not unmoved and not anew:
            found.append(clause)
    return found


def _sets_a_time(heard: Heard) -> bool:
    """Whether a time is given for what was promised before, rather than for something new."""
    if heard.due(None) is None and not any(clause.stance is Stance.FIRM and clause.refers for clause in heard.judged):
        return False
    new = [action for action in heard.graspable if not only_points_back(action.words)]
    if heard.asked is Asked.OUTCOME and not (new and heard.words[0] in _YES):
        new = [action for action in new if action.judged.stance is not Stance.FIRM and not _results(heard)]
    hedged = heard.any(Stance.HEDGED) and heard.asked is Asked.CONFIRM
    return not new and not hedged


def promised_next(heard: Heard) -> Action | None:
    """What is firmly promised beside a report or a move: "done, sending her the summary by 5"."""
    firm = [
        action
        for action in heard.graspable
        if action.judged.stance in (Stance.FIRM, Stance.GERUND) and len(action.words) > 1
    ]
    return next((action for action in (*firm, *heard.back_references) if heard.times_in(action.judged.clause)), None)
