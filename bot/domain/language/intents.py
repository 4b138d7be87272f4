"""The rules that name the intent: for each question, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.language import agreement, wishes
from bot.domain.language.drafted import changes, commits, moments, repeats, times
from bot.domain.language.heard import ABOUT_ACTION, ABOUT_DRAFT, CHECKING_IN, Heard
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import after_leads
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.stance import Judged, judge
from bot.domain.language.told import commits_or_reports, gives_up, moves, reports, went
from bot.domain.language.verbs import is_gerund, is_verb
from bot.domain.reading import Asked, Intent

_UNKNOWING = word_set("know idea clue dunno sure")
_AWAY = word_set("holiday leave vacation pto ooo sick ill unwell off away office out")
_MEANT = frozenset({Stance.FIRM, Stance.HEDGED, Stance.PRESENT})
_PLEADING = word_set("please kindly")
_MISDIRECTED = Phrases("in error | by mistake | not the intended | not the addressee")
_WAITING = word_set("when whenever once depends depending if")
_MANNER = word_set("by with through")
_MORE = word_set("more better less harder being")
_NOW = word_set("today now tomorrow")
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
    begged = heard.asked is Asked.NOTHING and any(
        each.stance is Stance.QUESTION or _PLEADING.intersection(each.clause.keys)
        for plan in heard.parts.plans
        if not _MISDIRECTED.within([word.key for word in plan.words])
        for each in judge(plan.main)
    )
    return Intent.QUESTION if puzzled or begged or heard.any(Stance.QUESTION) else None


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


def _hedges(heard: Heard) -> Intent | None:
    """An intention that cannot be grasped, or an open "not sure yet" where an action or a time was asked for."""
    if heard.asked not in CHECKING_IN and heard.asked is not Asked.LEARN:
        if heard.asked is Asked.SHARPEN_TIME and heard.loosely:
            return Intent.VAGUE
        waits = any(each.clause.keys[0] in _WAITING for each in heard.judged if each.stance is Stance.FRAGMENT)
        if heard.asked is Asked.SHARPEN_TIME and waits and heard.due(None) is None:
            return Intent.VAGUE  # "when things calm down"
        if heard.hedged or heard.actions or heard.any(Stance.HEDGED):
            return Intent.VAGUE
        if (
            heard.asked is Asked.NOTHING
            and heard.plan is not None
            and any(each.stance in _MEANT for each in judge(heard.plan.main))
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
    manner = heard.asked is Asked.OPEN and any(
        (each.clause.keys[0] in _MANNER and _MORE.intersection(each.clause.keys[1:3])) or each.clause.keys[0] in _MORE
        for each in heard.judged
        if each.stance in (Stance.FRAGMENT, Stance.STATE, Stance.GERUND)
    )
    return Intent.VAGUE if verbal or manner or heard.actions else None


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
    negated = any(
        clause.stance is Stance.NEGATED and clause.refers and not agreement.clueless(clause.clause.keys)
        for clause in heard.judged
    )
    return Intent.REFUSAL if negated and heard.asked in ABOUT_DRAFT | ABOUT_ACTION else None


def _refuses(heard: Heard) -> Intent | None:
    """A flat no to an act, by the words of a clause: "I won't be calling anybody", "hard pass from me"."""
    return Intent.REFUSAL if heard.any(Stance.DECLINED) else None


def _offers_none(heard: Heard) -> bool:
    """Whether there is none of what was asked for: "no capacity today", "nothing, travelling"."""
    keys = heard.keys[after_leads(heard.keys) :]
    if keys[:1] in (("no",), ("zero",)) and _NOW.intersection(keys[:6]) and not heard.any(Stance.QUESTION):
        return True
    if heard.asked in ABOUT_ACTION and keys[:1] in (("neither",), ("none",)) and len(keys) < 4:
        return True
    return (
        heard.asked in ABOUT_ACTION and keys[:1] in (("nothing",), ("none",)) and keys[1:2] in ((",",), (".",), ("-",))
    )


_Rules = tuple[Callable[[Heard], Intent | None], ...]
_AFTER_AN_ACTION: _Rules = (
    _stopped,
    commits,
    _helped,
    _declines,
    _asks,
    reports,
    moments,
    _greets,
    _agrees,
    _hedges,
)
_WHILE_EXPLORING: _Rules = (_stopped, commits, _helped, _greets, _declines, _asks, _hedges, reports, _agrees)
_RULES: dict[Asked, _Rules] = {
    Asked.NOTHING: (
        _stopped,
        moves,
        commits_or_reports,
        _declines,
        went,
        _helped,
        _asks,
        _greets,
        _agrees,
        _hedges,
    ),
    Asked.OUTCOME: (_stopped, _greets, moves, gives_up, went, _helped, commits, _asks, _hedges, _agrees),
    Asked.OPEN: _WHILE_EXPLORING,
    Asked.EXPLORE: _WHILE_EXPLORING,
    Asked.IF_THEN: _WHILE_EXPLORING,
    Asked.ACT: _AFTER_AN_ACTION,
    Asked.CHOOSE: _AFTER_AN_ACTION,
    Asked.SHARPEN_ACTION: _AFTER_AN_ACTION,
    Asked.SHARPEN_TIME: (_stopped, times, _helped, _declines, _asks, commits, reports, _greets, _agrees, _hedges),
    Asked.CONFIRM: (
        _stopped,
        _agrees,
        moves,
        changes,
        reports,
        _declines,
        _helped,
        _asks,
        repeats,
        _hedges,
        _greets,
    ),
    Asked.LEARN: (_stopped, commits, _helped, _greets, _declines, _asks, _agrees),
}


def intent_of(heard: Heard) -> Intent:
    """The intent of the first rule that answers; OTHER when none does."""
    return next((intent for rule in _RULES[heard.asked] if (intent := rule(heard)) is not None), Intent.OTHER)
