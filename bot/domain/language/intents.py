"""The rules that name the intent: for each question, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.language import agreement, outcomes, wishes
from bot.domain.language.clauses import Clause
from bot.domain.language.graspable import bare_thing, indefinite, only_points_back
from bot.domain.language.heard import ABOUT_ACTION, ABOUT_DRAFT, CHECKING_IN, Action, Heard
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.stance import Judged, judge, judge_one
from bot.domain.language.verbs import SAME_IN_PAST, is_gerund, is_verb
from bot.domain.reading import Asked, Intent

_SHORT_REPORT = 6  # words; a longer story told in answer to an open question is no report
_YES = word_set("yes yep yup yeah ja")
_UNKNOWING = word_set("know idea clue dunno sure")
_AWAY = word_set("holiday leave vacation pto ooo sick ill unwell off away office out")
_HAPPENING = word_set("after before")
_NOW = word_set("today now tomorrow")
_GUESSING = word_set("could might may should")
_RATHER = word_set("rather instead actually")
_WRONG = Phrases(
    """
    too early | too late | too soon | wrong | not right | not that | not her | not him | not correct
    | incorrect | not quite | too much | too many | too long
    """
)


def _stopped(heard: Heard) -> Intent | None:
    return Intent.STOP if wishes.wants_stop(heard.sentences) else None


def _helped(heard: Heard) -> Intent | None:
    return Intent.HELP if heard.help_wanted else None


def _asks(heard: Heard) -> Intent | None:
    if agreement.says_hello(heard.words):
        return None
    puzzled = any(
        clause.clause.asks and clause.stance is Stance.FRAGMENT and not heard.times_in(clause.clause)
        for clause in heard.judged
    )
    return Intent.QUESTION if puzzled or heard.any(Stance.QUESTION) else None


def _greets(heard: Heard) -> Intent | None:
    return Intent.SMALLTALK if agreement.says_hello(heard.keys) else None


def _agrees(heard: Heard) -> Intent | None:
    """A yes and nothing that could be more than a yes: what is agreed to becomes a commitment."""
    if "?" in heard.keys:
        return None
    if agreement.says_yes(heard.words):
        return Intent.AFFIRM
    agreed = any(
        agreement.says_yes(clause.clause.keys)
        or (clause.stance is Stance.FIRM and clause.refers and heard.asked in ABOUT_DRAFT)
        for clause in heard.judged
    )
    plain = not heard.parts.plans and all(_adds_nothing(clause) for clause in heard.judged)
    return Intent.AFFIRM if agreed and plain and heard.due(None) is None else None


def _adds_nothing(clause: Judged) -> bool:
    keys = clause.clause.keys
    if clause.clause.joined in ("but", "though", "although", "except", "however"):
        return False
    promise = clause.stance is Stance.FIRM and clause.refers
    return promise or agreement.says_yes(keys) or agreement.says_hello(keys)


def _commits(heard: Heard) -> Intent | None:
    return Intent.COMMITMENT if heard.graspable or heard.handed or heard.pointing_back else None


def _commits_or_reports(heard: Heard) -> Intent | None:
    """Out of the blue: a new promise, unless something is reported as done as well."""
    told = [clause for clause in heard.judged if clause.stance in (Stance.PAST, Stance.TRIED)]
    done = {Intent.DONE, Intent.PARTLY if told else Intent.DONE} & set(_results(heard))
    firmly = any(action.judged.stance is Stance.FIRM and action.judged.named for action in heard.graspable)
    return _commits(heard) if firmly or not done else None


def _hedges(heard: Heard) -> Intent | None:
    """An intention that cannot be grasped, or an open "not sure yet" where an action or a time was asked for."""
    if heard.asked not in CHECKING_IN and heard.asked is not Asked.LEARN:
        if heard.asked is Asked.SHARPEN_TIME and heard.loosely:
            return Intent.VAGUE
        if heard.hedged or heard.actions or heard.any(Stance.HEDGED):
            return Intent.VAGUE
        if (
            heard.asked is Asked.NOTHING
            and heard.plan is not None
            and any(each.stance is Stance.FIRM for each in judge(heard.plan.main))
        ):
            return Intent.VAGUE  # "if he calls back I'll send it"
        if agreement.clueless(heard.words) and not (
            heard.asked is Asked.NOTHING and _UNKNOWING.intersection(heard.words)
        ):
            return Intent.VAGUE
        return Intent.VAGUE if heard.asked in ABOUT_ACTION and _names_a_thing(heard) else None
    verbal = any(
        clause.named or clause.refers or _starts_with_verb(clause)
        for clause in heard.judged
        if clause.stance is Stance.HEDGED
    )
    return Intent.VAGUE if verbal or heard.actions else None


def _starts_with_verb(clause: Judged) -> bool:
    if clause.at is None:
        return False
    key = clause.clause.keys[clause.at]
    return is_verb(key) or is_gerund(key)


def _names_a_thing(heard: Heard) -> bool:
    """Whether a word or two were thrown in where an action was asked for: "prospecting", "demo"."""
    things = [clause for clause in heard.judged if clause.stance is Stance.FRAGMENT]
    return bool(things) and not any(heard.idle(clause) or clause.clause.asks for clause in things)


def _declines(heard: Heard) -> Intent | None:
    """Not today. Where something open was asked, "nothing" is an answer and "no time" an obstacle."""
    hoped = heard.any(Stance.HEDGED) and heard.loosely
    if hoped and not agreement.says_no(heard.words):
        return None  # "… but I can't promise"
    if _refuses(heard) or (heard.asked not in (*CHECKING_IN, Asked.LEARN) and heard.any(Stance.UNABLE)):
        return Intent.REFUSAL
    if heard.asked not in (Asked.NOTHING, Asked.OUTCOME, Asked.EXPLORE, Asked.LEARN) and _offers_none(heard):
        return Intent.REFUSAL
    for clause in heard.judged:
        if heard.asked is Asked.NOTHING and _AWAY.intersection(clause.clause.keys):
            continue  # told to anybody, not in answer to us
        told = clause.stance is Stance.THIRD and clause.clause.keys[0] != "today"  # "today is no good"
        if (
            not told
            and clause.stance not in (Stance.QUESTION, Stance.PAST)
            and agreement.says_not_today(clause.clause.keys)
        ):
            return Intent.REFUSAL
    if heard.asked in CHECKING_IN or heard.asked is Asked.LEARN:
        open_answer = agreement.says_nothing(heard.words) or heard.obstacle is not None
        return Intent.REFUSAL if agreement.says_no(heard.words) and not open_answer else None
    if agreement.says_no(heard.words):
        return Intent.REFUSAL
    if agreement.clueless(heard.words):
        return None
    first = next(iter(heard.judged), None)
    no = first is not None and (agreement.says_no(first.clause.keys) or agreement.opens_with_no(first.clause.keys))
    mild = any(agreement.says_yes(clause.clause.keys) for clause in heard.judged) or "fine" in heard.words
    if no and not mild and not _WRONG.within(heard.words) and heard.asked is not Asked.NOTHING:
        return Intent.REFUSAL
    negated = any(clause.stance is Stance.NEGATED and clause.refers for clause in heard.judged)
    return Intent.REFUSAL if negated and heard.asked in ABOUT_DRAFT else None


def _refuses(heard: Heard) -> Intent | None:
    """A flat no to an act, by the words of a clause: "I won't be calling anybody", "hard pass from me"."""
    return Intent.REFUSAL if heard.any(Stance.DECLINED) else None


def _offers_none(heard: Heard) -> bool:
    """Whether there is none of what was asked for: "no capacity today", "nothing, travelling"."""
    keys = heard.keys[after_leads(heard.keys) :]
    if keys[:1] in (("no",), ("zero",)) and _NOW.intersection(keys[:6]) and not heard.any(Stance.QUESTION):
        return True
    return (
        heard.asked in ABOUT_ACTION and keys[:1] in (("nothing",), ("none",)) and keys[1:2] in ((",",), (".",), ("-",))
    )


def _gives_up(heard: Heard) -> Intent | None:
    """Said of a promise: not done, and not going to be."""
    flat = any(clause.stance is Stance.DECLINED and clause.refers for clause in heard.judged)
    return Intent.REFUSAL if flat and not heard.graspable else None


def _repeats(heard: Heard) -> Intent | None:
    """The draft in other words and nothing new: "yes I'll call her". Without the yes, it is not one."""
    if not any(action.judged.stance is Stance.FIRM for action in heard.actions) or heard.any(
        Stance.NEGATED, Stance.HEDGED, Stance.UNMET, Stance.QUESTION
    ):
        return None
    return Intent.AFFIRM if agreement.opens_with_yes(heard.words) else Intent.COMMITMENT


def _reports(heard: Heard) -> Intent | None:
    """Outside of the question how it went: "done", "already sent it"."""
    if heard.asked in CHECKING_IN and len(heard.words) > _SHORT_REPORT:
        return None
    if any(clause.stance is Stance.QUESTION for clause in heard.judged):
        return None
    happened = [outcomes.how_it_went(clause) for clause in heard.judged if not heard.idle(clause)]
    done = Intent.DONE in happened and Intent.NOT_DONE not in happened
    return Intent.DONE if done and heard.obstacle is None else None


def _went(heard: Heard) -> Intent | None:
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


def _moves(heard: Heard) -> Intent | None:
    """What was promised gets another time."""
    freely = heard.asked is Asked.OUTCOME
    results = set(_results(heard))
    if results & {Intent.DONE, Intent.PARTLY}:
        return None
    if moving(heard):
        return Intent.RESCHEDULE
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


def _times(heard: Heard) -> Intent | None:
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


def _moments(heard: Heard) -> Intent | None:
    """A time where an action was asked for."""
    if any(clause.stance is Stance.FRAGMENT and indefinite(clause.clause.words, heard.said) for clause in heard.judged):
        return None
    if heard.actions or heard.hedged or any(heard.idle(clause) for clause in heard.judged):
        return None
    return Intent.COMMITMENT if heard.due(None) is not None and not heard.any(Stance.QUESTION) else None


def _changes(heard: Heard) -> Intent | None:
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


def promised_next(heard: Heard) -> Action | None:
    """What is firmly promised beside a report or a move: "done, sending her the summary by 5"."""
    firm = [
        action
        for action in heard.graspable
        if action.judged.stance in (Stance.FIRM, Stance.GERUND) and len(action.words) > 1
    ]
    return next((action for action in (*firm, *heard.back_references) if heard.times_in(action.judged.clause)), None)


def _changed_action(heard: Heard) -> list[Action]:
    words = heard.change[1] if heard.change else ()
    if not words:
        return []
    judged = judge_one(Clause(words, 0))
    if (action := heard.action_of(judged)) is None:
        return []
    verbal = judged.stance in (Stance.BARE, Stance.GERUND, Stance.FIRM) and len(action.words) > 1
    return [action] if verbal or bare_thing(action.words, heard.said) else []


_Rules = tuple[Callable[[Heard], Intent | None], ...]
_AFTER_AN_ACTION: _Rules = (
    _stopped,
    _commits,
    _helped,
    _declines,
    _asks,
    _reports,
    _moments,
    _greets,
    _agrees,
    _hedges,
)
_WHILE_EXPLORING: _Rules = (_stopped, _commits, _helped, _greets, _declines, _asks, _hedges, _reports, _agrees)
_RULES: dict[Asked, _Rules] = {
    Asked.NOTHING: (
        _stopped,
        _moves,
        _commits_or_reports,
        _declines,
        _went,
        _helped,
        _asks,
        _greets,
        _agrees,
        _hedges,
    ),
    Asked.OUTCOME: (_stopped, _greets, _moves, _gives_up, _went, _helped, _commits, _asks, _hedges, _agrees),
    Asked.OPEN: _WHILE_EXPLORING,
    Asked.EXPLORE: _WHILE_EXPLORING,
    Asked.IF_THEN: _WHILE_EXPLORING,
    Asked.ACT: _AFTER_AN_ACTION,
    Asked.CHOOSE: _AFTER_AN_ACTION,
    Asked.SHARPEN_ACTION: _AFTER_AN_ACTION,
    Asked.SHARPEN_TIME: (_stopped, _times, _helped, _declines, _asks, _commits, _reports, _greets, _agrees, _hedges),
    Asked.CONFIRM: (
        _stopped,
        _agrees,
        _moves,
        _changes,
        _reports,
        _declines,
        _helped,
        _asks,
        _repeats,
        _hedges,
        _greets,
    ),
    Asked.LEARN: (_stopped, _commits, _helped, _greets, _declines, _asks, _agrees),
}


def intent_of(heard: Heard) -> Intent:
    """The intent of the first rule that answers; OTHER when none does."""
    return next((intent for rule in _RULES[heard.asked] if (intent := rule(heard)) is not None), Intent.OTHER)
