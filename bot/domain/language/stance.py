"""What a rep does with one clause: promises, hedges, reports, regrets, refuses, asks, or just tells.

A clause is read from left to right: fillers, then the subject, then the chain of helping verbs ("am going to", "will
try to", "was going to"), then the verb. The weakest link of the chain decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.language.asking import asks, opens_with_wh, requests
from bot.domain.language.clauses import Clause, Under
from bot.domain.language.declining import declining, saying
from bot.domain.language.formulas import HAVING, tells
from bot.domain.language.handing_over import hands_over
from bot.domain.language.helping_verbs import Stance
from bot.domain.language.lead_in import point
from bot.domain.language.predicates import Judged, after_subject, being, chain, compares, refers, verb
from bot.domain.language.said import word_set
from bot.domain.language.subjects import about_others, is_statement, own_subject
from bot.domain.language.verbs import (
    ACTIVITIES,
    NOUNISH,
    PASTS,
    as_base,
    is_gerund,
    is_verb,
)
from bot.domain.language.word_classes import (
    ADVERBS,
    DETERMINERS,
    DOUBTS,
    OBJECT_PRONOUNS,
    OTHER_SUBJECTS,
    PREPOSITIONS,
    TIME_ALONE,
)

__all__ = ["Judged", "judge", "judge_one"]

_PROMISING = frozenset(
    {Stance.FIRM, Stance.SOFT, Stance.OFFERED, Stance.WANTED, Stance.BARE, Stance.GERUND, Stance.PRESENT}
    | {Stance.FRAGMENT}
)
_CARRIED_ON = frozenset(
    {Stance.OFFERED, Stance.WANTED, Stance.HEDGED, Stance.UNMET, Stance.NEGATED, Stance.UNABLE, Stance.DECLINED}
    | {Stance.THIRD, Stance.QUESTION, Stance.TRIED}
)
_SOMEBODY = word_set("someone somebody anyone anybody")
_SHOULD = word_set("should could might ought needs")
_PRAISE = word_set("good great nice fine perfect cool right wrong")
_OURS = word_set("me us today tomorrow now the this")
_NO_GERUNDS = word_set("morning evening during nothing something anything everything")
_SAYING = word_set("like said says goes went replied answered wrote me told all")
_LISTING = frozenset({":", "-", "–", "+", ",", "and", "plus"})
_WOULD_YOU = tuple((modal, "you") for modal in ("would", "will", "can", "could"))
_HELPING = word_set("will shall can could would should")
_MARKS = frozenset('"“”„«»')
_TAGS = word_set("yeah yes right ok okay k no not correct huh eh innit yup ya")
_MORE = word_set("more less better")
_TASKS = word_set("item items action actions task tasks todo to-do point")
_AFTER_A_MEETING = word_set("with at in on for tomorrow today moved room starts")
_WISHED = (("love",), ("like",), ("rather",), ("prefer",))
_ASKED_IF = frozenset({Stance.THIRD, Stance.STATE, Stance.PRESENT, Stance.PAST, Stance.UNMET})  # with a "?" behind


def judge(clauses: Sequence[Clause]) -> tuple[Judged, ...]:
    """Every clause judged; "and …" without a subject carries on what the clause before it was doing."""
    judged: list[Judged] = []
    for clause in clauses:
        now = judge_one(clause)
        if judged and now.stance in (Stance.BARE, Stance.GERUND, Stance.PRESENT) and not now.named:
            before = judged[-1]
            if clause.joined == ":" and _assigns(before.clause.keys):
                now = Judged(clause, Stance.THIRD)
            carried = clause.joined.split(" ")[0] in ("and", "or", "then", "+", "plus")
            if carried and before.stance in _CARRIED_ON and before.clause.sentence == clause.sentence:
                now = Judged(clause, before.stance, now.at)
        if judged and clause.asks and clause.joined == "or" and judged[-1].stance is Stance.QUESTION:
            now = Judged(clause, Stance.QUESTION)  # "… or will Tom?"
        if judged and clause.joined in _LISTING and judged[-1].announced and not now.announced:
            now = replace(now, announced=True)
        if _quotes(judged[-1] if judged else None, clause):
            now = Judged(clause, Stance.THIRD)
        judged.append(now)
    return tuple(_asked_with_a_tag(judged, place) for place in range(len(judged)))


def _quotes(before: Judged | None, clause: Clause) -> bool:
    """Whether the clause is what somebody else said: "he was like, I'll call you"; or stands in quotation marks."""
    keys = clause.keys
    spoken = before and before.stance is Stance.THIRD and before.clause.sentence == clause.sentence
    if before and spoken and before.clause.keys[-1] in _SAYING and clause.joined in (",", ":"):
        return True
    return keys[0] in _MARKS and keys[-1] in _MARKS and clause.joined != ":"


def _asked_with_a_tag(judged: Sequence[Judged], place: int) -> Judged:
    """The clause; a question when it tells the other one what they do, and a tag follows: "you'll send it, yeah?"."""
    this = judged[place]
    tag = judged[-1].clause
    for other in judged[place + 1 : place + 4]:
        if other.clause.sentence != this.clause.sentence:
            break
        tag = other.clause
    if tag.asks and tag.keys in _WOULD_YOU and this.stance is Stance.BARE and tag.sentence == this.clause.sentence:
        return replace(this, stance=Stance.QUESTION)  # "print it, would you?"
    tagged = tag.asks and tag.sentence == this.clause.sentence and _TAGS.issuperset(tag.keys)
    if tagged and this.stance in (Stance.THIRD, Stance.HANDED) and "you" in this.clause.keys:
        return replace(this, stance=Stance.QUESTION)
    return this


def _assigns(keys: Sequence[str]) -> bool:
    """Whether the words give a task to somebody else: "action item for Kurt"."""
    place = keys.index("for") if "for" in keys else 0
    return (
        place > 0
        and keys[place - 1] in _TASKS
        and keys[place + 1 : place + 2] not in ((), ("me",), ("today",), ("us",))
    )


def judge_one(clause: Clause) -> Judged:
    """What one clause does by itself."""
    keys = clause.keys
    place, doubt, announced = point(keys)
    if place >= len(keys):
        return Judged(clause, Stance.HEDGED if doubt else Stance.EMPTY, announced=announced)
    found = replace(_read(clause, keys, place), announced=announced)
    trailing = _ends_in_doubt(keys)
    if announced and keys[place] == "for" and place + 1 < len(keys) and keys[place + 1] not in _OURS:
        return Judged(clause, Stance.THIRD)  # "the plan is for Luis to visit"
    if (found.stance in _PROMISING or (doubt and found.stance is Stance.STATE)) and (
        doubt or trailing or clause.under is Under.DOUBT
    ):
        return Judged(clause, Stance.HEDGED, found.at, found.refers, found.named)
    if clause.asks and found.stance in _ASKED_IF:
        return Judged(clause, Stance.QUESTION)
    return found


def _ends_in_doubt(keys: Sequence[str]) -> bool:
    tail = [key for key in keys[-3:] if key not in TIME_ALONE]
    return bool(tail) and (tail[-1] in DOUBTS or keys[-1] in DOUBTS)


def _read(clause: Clause, keys: Sequence[str], place: int) -> Judged:
    if saying(keys, place):
        return Judged(clause, Stance.DECLINED)
    if not clause.asks and hands_over(keys, place):
        return Judged(clause, Stance.HANDED, named=True)
    if clause.asks and asks(keys, place):
        return Judged(clause, Stance.QUESTION)
    if keys[place] in ("is", "was") and place and keys[place - 1] == "thing":
        return Judged(clause, Stance.THIRD)  # "first thing is the quote"
    if clause.asks and keys[place] in _HELPING and not _acts(keys, place + 1):
        return Judged(clause, Stance.QUESTION)  # "will Anna see it?"
    if opens_with_wh(keys, place):
        return Judged(clause, Stance.QUESTION)
    subject = own_subject(keys, place)
    if subject is not None:
        return after_subject(clause, keys, subject)
    if asks(keys, place) or requests(keys, place):
        return Judged(clause, Stance.QUESTION)
    if (
        keys[place] == "would" and keys[place + 1 : place + 2] not in _WISHED
    ):  # "would make my quarter": that, not the rep
        return Judged(clause, Stance.THIRD)
    if (chained := chain(clause, keys, place, named=False)) is not None:
        return chained
    if keys[place] == "have" and HAVING.at(keys, place):
        return Judged(clause, Stance.BARE, place)
    if keys[place] in ("was", "am", "been", "had", "have"):  # without the "I"
        return after_subject(clause, keys, place - 1)
    if clause.asks and keys[place] == "to":  # "ok to call you at 3?"
        return Judged(clause, Stance.QUESTION)
    if keys[place] == "to" and place + 1 < len(keys):
        return verb(clause, keys, place + 1, Stance.FIRM, named=False)
    if _tasks_told(keys, place):
        return _bare(clause, keys, place + 2)
    if _wishes_of_all(keys, place):
        return Judged(clause, Stance.HEDGED)
    if keys[place] in OTHER_SUBJECTS and not (
        keys[place] in _SOMEBODY and keys[place + 1 : place + 2] and keys[place + 1] in PREPOSITIONS
    ):
        return Judged(clause, Stance.THIRD)
    if keys[place] == "be":
        if not tells(keys, place) and (_MORE.intersection(keys[place + 1 : place + 3]) or compares(keys, place + 1)):
            return Judged(clause, Stance.HEDGED, place, named=True)
        return being(clause, keys, place + 1, Stance.FIRM)
    if is_verb(keys[place]):
        return _bare(clause, keys, place)
    if keys[place] in ("by", "through") and place + 2 < len(keys) and _ing(keys[place + 1]):
        return Judged(clause, Stance.GERUND, place + 1)
    if keys[place] == "meeting" and keys[place + 1 : place + 2] and keys[place + 1] in _AFTER_A_MEETING:
        return Judged(clause, Stance.FRAGMENT, place)
    if is_gerund(keys[place]):
        if keys[place] in ACTIVITIES and keys[place + 1 : place + 2] and keys[place + 1] in PASTS:
            return Judged(clause, Stance.THIRD)  # "meeting cancelled"
        if keys[place].endswith("ing") and is_statement(keys, place):
            return Judged(clause, Stance.THIRD)
        if refers(keys, place):
            return Judged(clause, Stance.GERUND, refers=True)
        if tells(as_base(keys, place), 0):
            return Judged(clause, Stance.STATE)
        return Judged(clause, Stance.GERUND, place)
    if keys[place] in PASTS:
        return Judged(clause, Stance.PAST, place)
    if about_others(keys, place):
        return Judged(clause, Stance.THIRD)
    return Judged(clause, Stance.FRAGMENT, place)


def _wishes_of_all(keys: Sequence[str], place: int) -> bool:
    """Whether it is left to somebody: "someone should really talk to them", "it would be good if we …"."""
    if keys[place] in _SOMEBODY:
        return not _SHOULD.isdisjoint(keys[place + 1 : place + 3]) and "have" not in keys[place + 1 : place + 4]
    sensible = (
        keys[place : place + 1] == ("it",)
        and keys[place + 1 : place + 2]
        and keys[place + 1] in _SHOULD | {"would", "may"}
    )
    if sensible and keys[place + 2 : place + 4] in (("make", "sense"), ("be", "worth"), ("be", "wise")):
        return True
    good = keys[place : place + 3] == ("it", "would", "be") or keys[place : place + 3] == ("it", "might", "be")
    rest = keys[place + 4 : place + 7]
    return good and (rest[:2] in (("if", "we"), ("if", "i")) or rest[:1] == ("to",))


def _acts(keys: Sequence[str], place: int) -> bool:
    """Whether a verb follows, past adverbs: "will call her", where the "I" is left out."""
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
    return place >= len(keys) or is_verb(keys[place]) or keys[place] in ("be", "not", "have")


def _tasks_told(keys: Sequence[str], place: int) -> bool:
    """Whether "it is" opens a task: "for me it's revise the quote"."""
    told = keys[place : place + 2] == ("it", "is") and place + 3 < len(keys) and is_verb(keys[place + 2])
    return told and keys[place + 3] in DETERMINERS | OBJECT_PRONOUNS


def _ing(key: str) -> bool:
    return is_gerund(key) or key == "being" or (key.endswith("ing") and len(key) > 5 and key not in _NO_GERUNDS)


def _bare(clause: Clause, keys: Sequence[str], place: int) -> Judged:
    """A clause that begins with what may be an imperative."""
    if is_statement(keys, place):
        return Judged(clause, Stance.THIRD)
    if refers(keys, place):
        return Judged(clause, Stance.BARE, refers=True)
    if declining(keys, place):
        return Judged(clause, Stance.DECLINED)
    if tells(keys, place) and keys[place] != "win":
        return Judged(clause, Stance.STATE)
    follows = keys[place + 1] if place + 1 < len(keys) else ""
    if keys[place] == "stop" and "me" in keys[place : place + 4]:
        return Judged(clause, Stance.QUESTION)
    praised = place > 0 and keys[place - 1] in _PRAISE  # "good call on the storage deal"
    if praised and keys[place] in NOUNISH:
        return Judged(clause, Stance.FRAGMENT, named=True)
    if keys[place] in NOUNISH and (
        follows in PASTS or follows in ("with", "for", "from", "at", "in", "of", "tomorrow")
    ):
        return Judged(clause, Stance.FRAGMENT, place)
    return Judged(clause, Stance.BARE, place)
