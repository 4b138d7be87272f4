"""Who a clause is about: the rep, somebody else, or a thing that only looks like a verb."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.clauses import FURTHEST_LOOK
from bot.domain.language.helping_verbs import FIRM, link
from bot.domain.language.said import word_set
from bot.domain.language.verbs import ACTIVITIES, GERUNDS, NOUNISH, PASTS, SAME_IN_PAST, THIRDS, is_gerund, is_verb
from bot.domain.language.word_classes import (
    CLAUSE_TAKERS,
    DETERMINERS,
    FINITES,
    FIRST_PERSON,
    OBJECT_PRONOUNS,
    OTHER_SUBJECTS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_ALONE,
)

_REPORTS_OF_OTHERS = word_set(
    """
    said says told asked wants thinks think suggested expects needs insists reckons is was were has
    """
)
_NEWS = word_set("up note notice news update reminder word promise guarantee pleased glad sorry confirm sure certain")
_NO_LEADS = DETERMINERS | FINITES | SUBORDINATORS | OTHER_SUBJECTS | PREPOSITIONS
_NO_NAMES = DETERMINERS | OBJECT_PRONOUNS
_HAPPENED = word_set("got went came gave fell ran became told")
_CLEAR_OBJECTS = word_set("him her them it me us you the my our his their")


def _led_up_to(keys: Sequence[str], place: int, step: int) -> bool:
    """Whether words that are no subject lead up to the "I": "ugh fine I'll …", "a quick heads up that I'll …"."""
    before = keys[place:step]
    if step + 1 >= len(keys) or not (link(keys, step + 1, named=True)[0] or is_verb(keys[step + 1])):
        return False
    if before[-1] == "that":
        return not _NEWS.isdisjoint(before) and FINITES.isdisjoint(before)
    return all(key not in _NO_LEADS and key not in PASTS and key not in ACTIVITIES for key in before)


def is_statement(keys: Sequence[str], place: int) -> bool:
    """Whether the verb-like word at `place` is really a subject: "call was hard", "prospecting is slow"."""
    if place + 1 >= len(keys):
        return False
    follows = keys[place + 1]
    if follows in FINITES:
        return True
    if keys[place] in CLAUSE_TAKERS or GERUNDS.get(keys[place]) in CLAUSE_TAKERS or follows in _NO_NAMES:
        return is_gerund(keys[place]) and _finite_ahead(keys, place + 1)
    return _finite_ahead(keys, place + 1)


def _finite_ahead(keys: Sequence[str], place: int) -> bool:
    for key in keys[place : place + FURTHEST_LOOK]:
        if key in SUBORDINATORS and key not in ("to", "and"):
            return False
        if key in FINITES and key not in ("do", "not", "think", "help", "take", "stall"):
            return True
    return False


def about_others(keys: Sequence[str], place: int) -> bool:
    """Whether somebody or something other than the rep is the subject."""
    if _finite_ahead(keys, place):
        return True
    if keys[place].endswith(("'s", "s'")) and place + 1 < len(keys) and keys[place + 1].endswith("ing"):
        return True
    for step in range(place + 1, min(place + 4, len(keys) - 1)):
        object_follows = keys[step + 1] in _CLEAR_OBJECTS
        thing = keys[step] in ACTIVITIES or THIRDS.get(keys[step]) in NOUNISH
        if keys[step] in THIRDS and (object_follows or not thing):
            return True
        if keys[step] in _HAPPENED or (keys[step] in PASTS and keys[step] not in SAME_IN_PAST and object_follows):
            return True
    return False


def own_subject(keys: Sequence[str], place: int) -> int | None:
    """Where "I" or "we" stands as the subject of the clause, if it does."""
    if keys[place] in FIRST_PERSON:
        return place
    if is_verb(keys[place]) and keys[place] not in NOUNISH:
        return None
    opens = keys[place] in PREPOSITIONS or keys[place] in SUBORDINATORS or keys[place] in TIME_ALONE
    for step in range(place + 1, min(place + 14, len(keys))):
        key = keys[step]
        if key in FIRST_PERSON:
            together = keys[step - 1] == "and"
            called = step == place + 1 and bool(link(keys, step + 1, named=True)[0]) if step + 1 < len(keys) else False
            told = opens or together or called or keys[step - 1] == ","
            return step if told or _led_up_to(keys, place, step) else None
        if key in _REPORTS_OF_OTHERS and keys[place] not in SUBORDINATORS:
            return None
    if keys[place] == "me" and keys[place + 1 : place + 2] == ("and",):
        return next(
            (
                step - 1
                for step in range(place + 3, min(place + 6, len(keys)))
                if FIRM.at(keys, step) or keys[step] == "are"
            ),
            None,
        )
    return None
