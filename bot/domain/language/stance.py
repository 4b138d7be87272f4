"""What a rep does with one clause: promises, hedges, reports, regrets, refuses, asks, or just tells.

A clause is read from left to right: fillers, then the subject, then the chain of helping verbs ("am going to", "will
try to", "was going to"), then the verb. The weakest link of the chain decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.language.asking import asks, opens_with_wh, requests
from bot.domain.language.clauses import Clause, Under
from bot.domain.language.declining import declining, refuses, saying, unable
from bot.domain.language.formulas import HAVING, hazy, soft, stative, tells
from bot.domain.language.handing_over import hands_over
from bot.domain.language.helping_verbs import REFERS, Stance, link
from bot.domain.language.lead_in import point, tells_time, time_words
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
    BREAKS,
    DETERMINERS,
    DOUBTS,
    HABITS,
    OBJECT_PRONOUNS,
    OTHER_SUBJECTS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_ALONE,
    TIME_LEADERS,
)


@dataclass(frozen=True)
class Judged:
    """A clause and what it does. `at` is the place in the clause's words where the action begins, if it has one."""

    clause: Clause
    stance: Stance
    at: int | None = None
    refers: bool = False  # "I'll do it": a promise of something named before
    named: bool = False  # the subject was said, not left out
    announced: bool = False  # "my plan is …"


_ALSO_STATES = NOUNISH - {"call", "email", "mail", "text"} | {"close", "open", "clear", "set"}
_AFTER_POINTING = PREPOSITIONS | TIME_ALONE | TIME_LEADERS | ADVERBS | DOUBTS | SUBORDINATORS
_PROMISING = frozenset(
    {Stance.FIRM, Stance.SOFT, Stance.OFFERED, Stance.WANTED, Stance.BARE, Stance.GERUND, Stance.PRESENT}
    | {Stance.FRAGMENT}
)
_CARRIED_ON = frozenset(
    {Stance.OFFERED, Stance.WANTED, Stance.HEDGED, Stance.UNMET, Stance.NEGATED, Stance.UNABLE, Stance.DECLINED}
    | {Stance.THIRD, Stance.QUESTION, Stance.TRIED}
)
_SOMEBODY = word_set("someone somebody anyone anybody")
_PRAISE = word_set("good great nice fine perfect cool right wrong")
_OURS = word_set("me us today tomorrow now the this")
_NO_GERUNDS = word_set("morning evening during nothing something anything everything")
_MORE = word_set("more less better")
_TASKS = word_set("item items action actions task tasks todo to-do point")
_AFTER_A_MEETING = word_set("with at in on for tomorrow today moved room starts")
_WISHED = (("love",), ("like",), ("rather",), ("prefer",))
_TOGETHER = word_set(
    "meet catch discuss talk speak chat connect regroup touch see go move start begin wait leave have get"
)
_DENIED = frozenset({Stance.UNMET, Stance.NEGATED, Stance.UNABLE, Stance.DECLINED, Stance.PAST, Stance.TRIED})
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
        judged.append(now)
    return tuple(judged)


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
        return Judged(clause, Stance.HEDGED if doubt else Stance.EMPTY)
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
    if opens_with_wh(keys, place):
        return Judged(clause, Stance.QUESTION)
    subject = own_subject(keys, place)
    if subject is not None:
        return _after_subject(clause, keys, subject)
    if asks(keys, place) or requests(keys, place):
        return Judged(clause, Stance.QUESTION)
    if (
        keys[place] == "would" and keys[place + 1 : place + 2] not in _WISHED
    ):  # "would make my quarter": that, not the rep
        return Judged(clause, Stance.THIRD)
    if (chained := _chain(clause, keys, place, named=False)) is not None:
        return chained
    if keys[place] == "have" and HAVING.at(keys, place):
        return Judged(clause, Stance.BARE, place)
    if keys[place] in ("was", "am", "been", "had", "have"):  # without the "I"
        return _after_subject(clause, keys, place - 1)
    if clause.asks and keys[place] == "to":  # "ok to call you at 3?"
        return Judged(clause, Stance.QUESTION)
    if keys[place] == "to" and place + 1 < len(keys):
        return _verb(clause, keys, place + 1, Stance.FIRM, named=False)
    if _tasks_told(keys, place):
        return _bare(clause, keys, place + 2)
    if keys[place] in OTHER_SUBJECTS and not (
        keys[place] in _SOMEBODY and keys[place + 1 : place + 2] and keys[place + 1] in PREPOSITIONS
    ):
        return Judged(clause, Stance.THIRD)
    if keys[place] == "be":
        if not tells(keys, place) and _MORE.intersection(keys[place + 1 : place + 3]):
            return Judged(clause, Stance.HEDGED, place, named=True)
        return _being(clause, keys, place + 1, Stance.FIRM)
    if is_verb(keys[place]):
        return _bare(clause, keys, place)
    if keys[place] in ("by", "through") and place + 2 < len(keys) and _ing(keys[place + 1]):
        return Judged(clause, Stance.GERUND, place + 1)
    if keys[place] == "meeting" and keys[place + 1 : place + 2] and keys[place + 1] in _AFTER_A_MEETING:
        return Judged(clause, Stance.FRAGMENT, place)
    if is_gerund(keys[place]):
        if keys[place].endswith("ing") and is_statement(keys, place):
            return Judged(clause, Stance.THIRD)
        if _refers(keys, place):
            return Judged(clause, Stance.GERUND, refers=True)
        if tells(as_base(keys, place), 0):
            return Judged(clause, Stance.STATE)
        return Judged(clause, Stance.GERUND, place)
    if keys[place] in PASTS:
        return Judged(clause, Stance.PAST, place)
    if about_others(keys, place):
        return Judged(clause, Stance.THIRD)
    return Judged(clause, Stance.FRAGMENT, place)


def _tasks_told(keys: Sequence[str], place: int) -> bool:
    """Whether "it is" opens a task: "for me it's revise the quote"."""
    told = keys[place : place + 2] == ("it", "is") and place + 3 < len(keys) and is_verb(keys[place + 2])
    return told and keys[place + 3] in DETERMINERS | OBJECT_PRONOUNS


def _ing(key: str) -> bool:
    return is_gerund(key) or key == "being" or (key.endswith("ing") and len(key) > 5 and key not in _NO_GERUNDS)


def _refers(keys: Sequence[str], place: int) -> bool:
    """Whether the words point back ("do it at 3") and do not go on to name something ("do that call")."""
    length = REFERS.at(keys, place)
    after = keys[place + length] if place + length < len(keys) else ""
    return length > 0 and (not after or not after[0].isalpha() or after in _AFTER_POINTING)


def _bare(clause: Clause, keys: Sequence[str], place: int) -> Judged:
    """A clause that begins with what may be an imperative."""
    if is_statement(keys, place):
        return Judged(clause, Stance.THIRD)
    if _refers(keys, place):
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


def _after_subject(clause: Clause, keys: Sequence[str], subject: int) -> Judged:
    place = subject + 1
    while place < len(keys) and keys[place] != "am" and (keys[place] in ADVERBS or keys[place] in TIME_ALONE):
        place += 1
    if place >= len(keys):
        return Judged(clause, Stance.FRAGMENT, named=True)
    if HABITS.intersection(keys) and keys[place] not in ("will", "am", "shall", "going"):
        return Judged(clause, Stance.STATE, named=True)
    if requests(keys, place):
        return Judged(clause, Stance.QUESTION)
    if (chained := _chain(clause, keys, place, named=True)) is not None:
        return chained
    key = keys[place]
    after = place + 1
    while after < len(keys) and keys[after] in ADVERBS:
        after += 1
    if key in ("am", "are") and after > place + 1 and keys[after : after + 2] in (("going", "to"), ("about", "to")):
        return _chain(clause, keys, after, named=True) or Judged(clause, Stance.STATE, named=True)
    if key == "am" or key == "are":
        return _being(clause, keys, place + 1, Stance.FIRM)
    if key in ("had", "have") and (HAVING.at(("have", *keys[place + 1 :]), 0) or _held(keys, place)):
        return Judged(clause, Stance.PAST if key == "had" else Stance.STATE, named=True)
    if key == "have":
        after = place + 1
        while after < len(keys) and keys[after] in ADVERBS:
            after += 1
        past = after >= len(keys) or (keys[after] in PASTS and keys[after] != "got")
        return Judged(clause, Stance.PAST if past else Stance.STATE, named=True)
    if key in PASTS and key not in ("found", "saw", "felt", "got"):
        return Judged(clause, Stance.PAST, place, named=True)
    if key == "got":
        return Judged(clause, Stance.STATE, named=True)
    if is_gerund(key):
        return Judged(clause, Stance.FIRM, place, named=True)
    if is_verb(key) and not (key in ("get", "find", "see", "keep", "use") or tells(keys, place) or hazy(keys, place)):
        if _refers(keys, place):
            return Judged(clause, Stance.FIRM, refers=True, named=True)
        return Judged(clause, Stance.PRESENT, place, named=True)
    return Judged(clause, Stance.STATE, place, named=True)


def _held(keys: Sequence[str], place: int) -> bool:
    """Whether "had" is followed by something that was held: "had a good call with Anna"."""
    return keys[place] == "had" and any(key in ACTIVITIES for key in keys[place + 2 : place + 5])


def _chain(clause: Clause, keys: Sequence[str], place: int, *, named: bool) -> Judged | None:
    """The clause by its helping verbs; None when it has none."""
    stance: Stance | None = None
    if refuses(keys, place):
        return Judged(clause, Stance.DECLINED, refers=True, named=named)
    if unable(keys, place):
        return Judged(clause, Stance.UNABLE, refers=True, named=named)
    while place < len(keys):
        if stance is not None and (keys[place] in ADVERBS or keys[place] in TIME_ALONE):
            place += 1
            continue
        if stance is not None and keys[place] in DOUBTS:
            stance, place = max(stance, Stance.HEDGED), place + 1
            continue
        length, weight = link(keys, place, named=named)
        if not length:
            break
        stance = weight if stance is None else max(stance, weight)
        place += length
    if stance is None:
        return None
    if place < len(keys) and keys[place] == "to":  # "I will to call her", as some say
        place += 1
    return _verb(clause, keys, place, stance, named=named)


def _verb(clause: Clause, keys: Sequence[str], place: int, stance: Stance, *, named: bool) -> Judged:
    """The clause after its helping verbs: what is promised, hedged or denied."""
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
    if place >= len(keys):
        return Judged(clause, stance, refers=True, named=named)
    if soft(keys, place):
        return Judged(clause, max(stance, Stance.SOFT), place, named=named)
    if keys[place] == "be":
        return _being(clause, keys, place + 1, stance)
    if _refers(keys, place):
        return Judged(clause, stance, refers=True, named=named)
    if stance in _DENIED:
        return Judged(clause, stance, place, named=named)
    if declining(keys, place) and stance is not Stance.HEDGED:
        return Judged(clause, Stance.DECLINED, named=named)
    lone = keys[place] in ("see", "think") and place + 1 == len(keys)
    if lone and clause.under is Under.DOUBT:  # "I'll see if I can"
        return Judged(clause, Stance.HEDGED, place, named=named)
    if keys[place - 1] == "would" and keys[place : place + 2] == ("go", "with"):  # an opinion
        return Judged(clause, Stance.STATE, named=named)
    talk = tells(keys, place) and (stance is not Stance.HEDGED or stative(keys[place]))
    if lone or talk or (keys[place - 1] == "us" and keys[place] in _TOGETHER):
        return Judged(clause, Stance.STATE, named=named)
    if hazy(keys, place):
        return Judged(clause, Stance.HEDGED, place, named=named)
    hoped = stance is Stance.HEDGED and tells_time(keys)  # "should have it by Friday"
    if keys[place] == "have" and not hoped and not HAVING.at(keys, place) and not _brings_about(keys, place):
        return Judged(clause, Stance.STATE, named=named)
    if soft(keys, place):
        return Judged(clause, max(stance, Stance.SOFT), place, named=named)
    if keys[place] in PREPOSITIONS or keys[place] in BREAKS or time_words(keys, place):
        return Judged(clause, stance, refers=True, named=named)
    if (keys[place] in DETERMINERS or keys[place] in OBJECT_PRONOUNS) and stance is Stance.FIRM:
        return Judged(clause, Stance.STATE, named=named)
    return Judged(clause, stance, place, named=named)


def _brings_about(keys: Sequence[str], place: int) -> bool:
    """Whether "have" is an act: "have Rosalind send it", "have the cost sheet ready", "have it done"."""
    rest = keys[place + 1 : place + 8]
    return any(
        key in PASTS or key in ("ready", "over", "with", "out", "for", "done") or is_verb(key) for key in rest[1:]
    )


def _present_for(keys: Sequence[str], place: int) -> bool:
    """Whether being somewhere is the act: "be at Wexford Dairy to measure the store", "be there at 2"."""
    if keys[place : place + 1] in (("there",), ("over",)):
        return True
    at_a_place = keys[place] in ("at", "in", "with", "round", "around", "by") and "all" not in keys[place:]
    if at_a_place and keys[place + 1 : place + 2] in (("your",), ("yours",)):
        return True
    return at_a_place and any(
        keys[step] in ("to", "and") and is_verb(keys[step + 1]) for step in range(place + 2, len(keys) - 1)
    )


def _being(clause: Clause, keys: Sequence[str], place: int, stance: Stance) -> Judged:
    """The clause after "am" or "be"."""
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
    if place < len(keys) and tells(as_base(keys, place), 0):
        return Judged(clause, Stance.STATE, named=True)
    if place < len(keys) and (is_gerund(keys[place]) or keys[place] == "having"):
        if _refers(keys, place):
            return Judged(clause, stance, refers=True, named=True)
        if keys[place] == "having" and not HAVING.at(("have", *keys[place + 1 :]), 0):
            return Judged(clause, Stance.STATE, place, named=True)
        if keys[max(0, place - 2) : place] == ("would", "be"):  # "I would be calling Anna", as said in India
            stance = Stance.FIRM
        return Judged(clause, stance, place, named=True)
    if place < len(keys) and is_verb(keys[place]) and keys[place] not in _ALSO_STATES:  # "I am call Anna at 3"
        return Judged(clause, stance, place, named=True)
    if (place < len(keys) and keys[place] == "more") or keys[place : place + 1] == ("better",):
        return Judged(clause, Stance.HEDGED, named=True)
    if place < len(keys) and keys[place - 1] == "be" and stance is Stance.FIRM and _present_for(keys, place):
        return Judged(clause, Stance.SOFT, place - 1, named=True)
    if place < len(keys) and keys[place] in ("done", "finished"):
        if keys[place - 1] == "be" or stance is not Stance.FIRM:
            return Judged(clause, stance, refers=True, named=True)
        return Judged(clause, Stance.PAST, named=True)
    return Judged(clause, stance if stance in (Stance.NEGATED, Stance.UNMET) else Stance.STATE, place, named=True)
