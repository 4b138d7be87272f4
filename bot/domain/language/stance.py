"""What a rep does with one clause: promises, hedges, reports, regrets, refuses, asks, or just tells.

A clause is read from left to right: fillers, then the subject, then the chain of helping verbs ("am going to", "will
try to", "was going to"), then the verb. The weakest link of the chain decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.language.clauses import Clause, Under
from bot.domain.language.helping_verbs import HAVING, NO_ACTION, REFERS, Stance, link
from bot.domain.language.lead_in import point, time_words
from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.subjects import about_others, is_statement, own_subject
from bot.domain.language.verbs import (
    ACTIVITIES,
    NOUNISH,
    PASTS,
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


_QUESTIONS = Phrases(
    """
    what | who | whom | whose | which | where | why | how | when is | when do | when does | when did
    | when should | when can | when will | when are | can i | can we | could i | could we | can you
    | could you | will you | would you | do you | did you | are you | is it | is there | is this | is that
    | should i | should we | shall i | shall we | may i | do i | do we | does it | does this | am i
    | have you | would it | are we | are these | is my | does my | any chance | any idea | any ideas
    | any tips | any advice | any suggestions | is anyone | is anybody | are there | was that | was it
    | does anyone | can someone | could someone | would someone
    """
)
_ALSO_STATES = NOUNISH - {"call", "email", "mail", "text"} | {"close", "open", "clear", "set"}
_AFTER_POINTING = PREPOSITIONS | TIME_ALONE | TIME_LEADERS | ADVERBS | DOUBTS | SUBORDINATORS
_ASKED_OF_US = word_set("tell send give show remind ask text ping message call explain share forward mail email write")
_PROMISING = frozenset({Stance.FIRM, Stance.BARE, Stance.GERUND, Stance.PRESENT, Stance.FRAGMENT})
_CARRIED_ON = frozenset({Stance.HEDGED, Stance.UNMET, Stance.NEGATED, Stance.THIRD, Stance.QUESTION, Stance.TRIED})
_ASKED_IF = frozenset({Stance.THIRD, Stance.STATE, Stance.PRESENT, Stance.PAST, Stance.UNMET})  # with a "?" behind


def judge(clauses: Sequence[Clause]) -> tuple[Judged, ...]:
    """Every clause judged; "and …" without a subject carries on what the clause before it was doing."""
    judged: list[Judged] = []
    for clause in clauses:
        now = judge_one(clause)
        if judged and now.stance in (Stance.BARE, Stance.GERUND, Stance.PRESENT) and not now.named:
            before = judged[-1]
            carried = clause.joined.split(" ")[0] in ("and", "or", "then", "+", "plus")
            if carried and before.stance in _CARRIED_ON and before.clause.sentence == clause.sentence:
                now = Judged(clause, before.stance, now.at)
        judged.append(now)
    return tuple(judged)


def judge_one(clause: Clause) -> Judged:
    """What one clause does by itself."""
    keys = clause.keys
    place, doubt, announced = point(keys)
    if place >= len(keys):
        return Judged(clause, Stance.HEDGED if doubt else Stance.EMPTY)
    found = replace(_read(clause, keys, place), announced=announced)
    trailing = _ends_in_doubt(keys)
    if found.stance in _PROMISING and (doubt or trailing or clause.under is Under.DOUBT):
        return Judged(clause, Stance.HEDGED, found.at, found.refers, found.named)
    if clause.asks and found.stance in _ASKED_IF:
        return Judged(clause, Stance.QUESTION)
    return found


def _ends_in_doubt(keys: Sequence[str]) -> bool:
    tail = [key for key in keys[-3:] if key not in TIME_ALONE]
    return bool(tail) and (tail[-1] in DOUBTS or keys[-1] in DOUBTS)


def _read(clause: Clause, keys: Sequence[str], place: int) -> Judged:
    if clause.asks and _QUESTIONS.at(keys, place):
        return Judged(clause, Stance.QUESTION)
    subject = own_subject(keys, place)
    if subject is not None:
        return _after_subject(clause, keys, subject)
    if _QUESTIONS.at(keys, place):
        return Judged(clause, Stance.QUESTION)
    if (chained := _chain(clause, keys, place, named=False)) is not None:
        return chained
    if keys[place] == "have" and HAVING.at(keys, place):
        return Judged(clause, Stance.BARE, place)
    if keys[place] in ("was", "am", "been", "had", "have"):  # without the "I"
        return _after_subject(clause, keys, place - 1)
    if keys[place] == "to" and place + 1 < len(keys):
        return _verb(clause, keys, place + 1, Stance.FIRM, named=False)
    if keys[place] in OTHER_SUBJECTS:
        return Judged(clause, Stance.THIRD)
    if is_verb(keys[place]):
        return _bare(clause, keys, place)
    if keys[place] in ("by", "through") and place + 2 < len(keys) and is_gerund(keys[place + 1]):
        return Judged(clause, Stance.GERUND, place + 1)
    if keys[place : place + 2] == ("meeting", "with"):
        return Judged(clause, Stance.FRAGMENT, place)
    if is_gerund(keys[place]):
        if keys[place].endswith("ing") and is_statement(keys, place):
            return Judged(clause, Stance.THIRD)
        if _refers(keys, place):
            return Judged(clause, Stance.GERUND, refers=True)
        return Judged(clause, Stance.GERUND, place)
    if keys[place] in PASTS:
        return Judged(clause, Stance.PAST, place)
    if about_others(keys, place):
        return Judged(clause, Stance.THIRD)
    return Judged(clause, Stance.FRAGMENT, place)


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
    follows = keys[place + 1] if place + 1 < len(keys) else ""
    if (follows == "me" and keys[place] in _ASKED_OF_US) or (keys[place] == "stop" and "me" in keys[place : place + 4]):
        return Judged(clause, Stance.QUESTION)
    if keys[place] in NOUNISH and (
        follows in PASTS or follows in ("with", "for", "from", "at", "in", "of", "tomorrow")
    ):
        return Judged(clause, Stance.FRAGMENT, place)
    return Judged(clause, Stance.BARE, place)


def _after_subject(clause: Clause, keys: Sequence[str], subject: int) -> Judged:
    place = subject + 1
    while place < len(keys) and (keys[place] in ADVERBS or keys[place] in TIME_ALONE):
        place += 1
    if place >= len(keys):
        return Judged(clause, Stance.FRAGMENT, named=True)
    if HABITS.intersection(keys) and keys[place] not in ("will", "am", "shall", "going"):
        return Judged(clause, Stance.STATE, named=True)
    if (chained := _chain(clause, keys, place, named=True)) is not None:
        return chained
    key = keys[place]
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
    if is_verb(key) and not (key in ("get", "find", "see", "keep", "use") or NO_ACTION.at(keys, place)):
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
    if keys[place] == "be":
        return _being(clause, keys, place + 1, stance)
    if _refers(keys, place):
        return Judged(clause, stance, refers=True, named=named)
    if stance in (Stance.PAST, Stance.UNMET, Stance.NEGATED, Stance.TRIED):
        return Judged(clause, stance, place, named=named)
    if HAVING.at(keys, place):
        return Judged(clause, stance, place, named=named)
    if NO_ACTION.at(keys, place):
        weak = Stance.STATE if keys[place] in ("need", "have", "like", "love", "want") else Stance.HEDGED
        return Judged(clause, weak, named=named)
    if keys[place] in ("see", "check") and place + 1 == len(keys):
        return Judged(clause, Stance.HEDGED, named=named)
    if keys[place] in PREPOSITIONS or keys[place] in BREAKS or time_words(keys, place):
        return Judged(clause, stance, refers=True, named=named)
    if (keys[place] in DETERMINERS or keys[place] in OBJECT_PRONOUNS) and stance is Stance.FIRM:
        return Judged(clause, Stance.STATE, named=named)
    return Judged(clause, stance, place, named=named)


def _being(clause: Clause, keys: Sequence[str], place: int, stance: Stance) -> Judged:
    """The clause after "am" or "be"."""
    while place < len(keys) and keys[place] in ADVERBS:
        place += 1
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
    if place < len(keys) and keys[place] in ("done", "finished"):
        if keys[place - 1] == "be" or stance is not Stance.FIRM:
            return Judged(clause, stance, refers=True, named=True)
        return Judged(clause, Stance.PAST, named=True)
    return Judged(clause, stance if stance in (Stance.NEGATED, Stance.UNMET) else Stance.STATE, place, named=True)
