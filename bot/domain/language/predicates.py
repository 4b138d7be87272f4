"""What follows the subject of a clause: the chain of helping verbs, then the verb; the weakest link decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.language.asking import requests
from bot.domain.language.clauses import Clause, Under
from bot.domain.language.declining import declining, refuses, unable
from bot.domain.language.formulas import HAVING, hazy, soft, stative, tells
from bot.domain.language.helping_verbs import REFERS, Stance, link
from bot.domain.language.lead_in import tells_time, time_words
from bot.domain.language.said import word_set
from bot.domain.language.verbs import (
    ACTIVITIES,
    GERUNDS,
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
_PERCEIVED = word_set("see hear feel understand imagine remember tell smell believe")
_DESIGN = word_set("use include need keep stick support require")
_A_BIT = word_set("a bit little much far lot some")
_NO_COMPARISON = word_set("under after either rather never there whether another together number other manager")
_POINTED = word_set("that this it those these")
_TOGETHER = word_set(
    "meet catch discuss talk speak chat connect regroup touch see go move start begin wait leave have get"
)
_DENIED = frozenset({Stance.UNMET, Stance.NEGATED, Stance.UNABLE, Stance.DECLINED, Stance.PAST, Stance.TRIED})


def refers(keys: Sequence[str], place: int) -> bool:
    """Whether the words point back ("do it at 3") and do not go on to name something ("do that call")."""
    length = REFERS.at(keys, place)
    after = keys[place + length] if place + length < len(keys) else ""
    return length > 0 and (not after or not after[0].isalpha() or after in _AFTER_POINTING)


def after_subject(clause: Clause, keys: Sequence[str], subject: int) -> Judged:
    place = subject + 1
    while place < len(keys) and keys[place] != "am" and (keys[place] in ADVERBS or keys[place] in TIME_ALONE):
        place += 1
    if place >= len(keys):
        return Judged(clause, Stance.FRAGMENT, named=True)
    if HABITS.intersection(keys) and keys[place] not in ("will", "am", "shall", "going"):
        return Judged(clause, Stance.STATE, named=True)
    if requests(keys, place):
        return Judged(clause, Stance.QUESTION)
    if keys[place] == "pass" and declining(keys, place):
        return Judged(clause, Stance.DECLINED, named=True)
    if (chained := chain(clause, keys, place, named=True)) is not None:
        return chained
    key = keys[place]
    after = place + 1
    while after < len(keys) and keys[after] in ADVERBS:
        after += 1
    if key in ("am", "are") and after > place + 1 and keys[after : after + 2] in (("going", "to"), ("about", "to")):
        return chain(clause, keys, after, named=True) or Judged(clause, Stance.STATE, named=True)
    if key == "am" or key == "are":
        return being(clause, keys, place + 1, Stance.FIRM)
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
    helping = key == "help" and keys[place + 1 : place + 2] and keys[place + 1] in OBJECT_PRONOUNS
    if (is_verb(key) or helping) and not (
        key in ("get", "find", "see", "keep", "use") or tells(keys, place) or hazy(keys, place)
    ):
        if refers(keys, place):
            return Judged(clause, Stance.FIRM, refers=True, named=True)
        return Judged(clause, Stance.PRESENT, place, named=True)
    return Judged(clause, Stance.STATE, place, named=True)


def _held(keys: Sequence[str], place: int) -> bool:
    """Whether "had" is followed by something that was held: "had a good call with Anna"."""
    return keys[place] == "had" and any(key in ACTIVITIES for key in keys[place + 2 : place + 5])


def chain(clause: Clause, keys: Sequence[str], place: int, *, named: bool) -> Judged | None:
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
    return verb(clause, keys, place, stance, named=named)


def verb(clause: Clause, keys: Sequence[str], place: int, stance: Stance, *, named: bool) -> Judged:
    """The clause after its helping verbs: what is promised, hedged or denied."""
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
    if place >= len(keys):
        return Judged(clause, stance, refers=True, named=named)
    if soft(keys, place):
        return Judged(clause, max(stance, Stance.SOFT), place, named=named)
    chosen = named and "we" in keys[:place] and stance is Stance.FIRM and not tells_time(keys)
    if (
        chosen
        and GERUNDS.get(keys[place + 1] if keys[place] == "be" and place + 1 < len(keys) else "", keys[place])
        in _DESIGN
    ):
        return Judged(clause, Stance.STATE, named=named)  # "we will use a rubber case"
    if keys[place] == "be":
        return being(clause, keys, place + 1, stance)
    if refers(keys, place):
        return Judged(clause, stance, refers=True, named=named)
    if stance in _DENIED:
        return Judged(clause, stance, place, named=named)
    skipped = keys[place] == "skip" and stance is Stance.FIRM and "and" not in keys[place:]
    if skipped or (declining(keys, place) and stance is not Stance.HEDGED):
        return Judged(clause, Stance.DECLINED, named=named)
    lone = keys[place] in ("see", "think") and place + 1 == len(keys)
    if keys[place - 1] == "can" and keys[place] in _PERCEIVED:
        return Judged(clause, Stance.STATE, named=named)  # "I can see the screen"
    if lone and clause.under is Under.DOUBT:  # "I'll see if I can"
        return Judged(clause, Stance.HEDGED, place, named=named)
    if keys[place - 1] == "would" and keys[place : place + 2] == ("go", "with"):  # an opinion
        return Judged(clause, Stance.STATE, named=named)
    talk = tells(keys, place) and (stance is not Stance.HEDGED or stative(keys[place]))
    if lone or talk or (keys[place - 1] == "us" and keys[place] in _TOGETHER):
        return Judged(clause, Stance.STATE, named=named)
    if hazy(keys, place):
        if (then := _next_step(keys, place)) is not None:
            return Judged(clause, stance, then, named=named)
        return Judged(clause, Stance.HEDGED, place, named=named)
    hoped = stance is Stance.HEDGED and tells_time(keys)  # "should have it by Friday"
    if keys[place] == "have" and not hoped and not HAVING.at(keys, place) and not _brings_about(keys, place):
        return Judged(clause, Stance.STATE, named=named)
    if soft(keys, place):
        return Judged(clause, max(stance, Stance.SOFT), place, named=named)
    offers = keys[place - 1 : place + 1] == ("can", "take") and stance is Stance.WANTED
    if offers and _POINTED.intersection(keys[place + 1 : place + 2]):
        return Judged(clause, Stance.FIRM, place, named=named)  # "I can take that one": volunteers
    if keys[place] in PREPOSITIONS or keys[place] in BREAKS or time_words(keys, place):
        return Judged(clause, stance, refers=True, named=named)
    if (keys[place] in DETERMINERS or keys[place] in OBJECT_PRONOUNS) and stance is Stance.FIRM:
        return Judged(clause, Stance.STATE, named=named)
    return Judged(clause, stance, place, named=named)


def _next_step(keys: Sequence[str], place: int) -> int | None:
    """Where a plain act follows a hazy one: "see what I can find and send you the rest"."""
    steps = range(place + 2, len(keys) - 1)
    return next(
        (
            step + 1
            for step in steps
            if keys[step] == "and" and is_verb(keys[step + 1]) and not hazy(keys, step + 1) and not soft(keys, step + 1)
        ),
        None,
    )


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
    if keys[place : place + 1] == ("at",) and keys[place + 1 : place + 2] in (("the",), ("your",), ("their",)):
        event = keys[place + 2 : place + 4]
        if tells_time(keys) and any(key in ACTIVITIES or is_gerund(key) for key in event):
            return True
    at_a_place = keys[place] in ("at", "in", "with", "round", "around", "by") and "all" not in keys[place:]
    if at_a_place and keys[place + 1 : place + 2] in (("your",), ("yours",)):
        return True
    return at_a_place and any(
        keys[step] in ("to", "and") and is_verb(keys[step + 1]) for step in range(place + 2, len(keys) - 1)
    )


def compares(keys: Sequence[str], place: int) -> bool:
    """Whether one would be more of something: "be a bit braver", "be friendlier"."""
    while place < len(keys) and keys[place] in _A_BIT:
        place += 1
    return (
        place < len(keys) and keys[place].endswith("er") and len(keys[place]) > 4 and keys[place] not in _NO_COMPARISON
    )


def being(clause: Clause, keys: Sequence[str], place: int, stance: Stance) -> Judged:
    """The clause after "am" or "be"."""
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
    if place < len(keys) and tells(as_base(keys, place), 0):
        return Judged(clause, Stance.STATE, named=True)
    if place < len(keys) and (is_gerund(keys[place]) or keys[place] == "having"):
        if refers(keys, place):
            return Judged(clause, stance, refers=True, named=True)
        if keys[place] == "having" and not HAVING.at(("have", *keys[place + 1 :]), 0):
            return Judged(clause, Stance.STATE, place, named=True)
        if keys[max(0, place - 2) : place] == ("would", "be"):  # "I would be calling Anna", as said in India
            stance = Stance.FIRM
        return Judged(clause, stance, place, named=True)
    if place < len(keys) and is_verb(keys[place]) and keys[place] not in _ALSO_STATES:  # "I am call Anna at 3"
        return Judged(clause, stance, place, named=True)
    if compares(keys, place) or (place < len(keys) and keys[place] == "more") or keys[place : place + 1] == ("better",):
        return Judged(clause, Stance.HEDGED, named=True)
    if place < len(keys) and keys[place - 1] == "be" and stance is Stance.FIRM and _present_for(keys, place):
        return Judged(clause, Stance.SOFT, place - 1, named=True)
    if place < len(keys) and keys[place] in ("done", "finished"):
        if keys[place - 1] == "be" or stance is not Stance.FIRM:
            return Judged(clause, stance, refers=True, named=True)
        return Judged(clause, Stance.PAST, named=True)
    return Judged(clause, stance if stance in (Stance.NEGATED, Stance.UNMET) else Stance.STATE, place, named=True)
