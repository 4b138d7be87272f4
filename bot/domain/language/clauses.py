"""A message cut into sentences, clauses and if-then plans, each small enough to be judged alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.language.conditions import DOUBTFUL, POLITE, TEMPORAL, condition, expected, main_begins
from bot.domain.language.lead_in import after_leads, time_words
from bot.domain.language.said import Said, Word, word_set
from bot.domain.language.verbs import GERUNDS, NOUNISH, PASTS, is_gerund, is_verb
from bot.domain.language.word_classes import (
    ADVERBS,
    BREAKS,
    DETERMINERS,
    DOUBTS,
    ENDS,
    FINITES,
    FIRST_PERSON,
    JOINERS,
    OBJECT_PRONOUNS,
    OTHER_SUBJECTS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_ALONE,
    TIME_LEADERS,
    TURNS,
)

FURTHEST_LOOK = 8  # words looked ahead for the verb of a clause

_ABBREVIATIONS = word_set("mr mrs ms dr prof st approx vs inc ltd dept ext")
_MODALS = word_set(
    """
    will shall should would could might may must can going need want plan planning hope hoping try trying did
    have has had is are was were am not never let do does
    """
)
_GOING = word_set("go drive head swing pop nip drop walk come fly travel run")
_SPOKEN_TO = word_set("you they")
_STEPS = word_set("back over up off out on")
_ASKED_FOR = word_set("what which who how whether if why when where for about")
_ANSWERS = word_set("not yes yep yup yeah no nope nah done sent ok okay thanks sorry sure")
_BEFORE_NOUN_USE = PREPOSITIONS - {"about", "in", "on", "off", "over", "through", "into"} | {
    ",",
    "and",
    "is",
    "are",
}


class Under(StrEnum):
    """What a clause depends on."""

    NOTHING = "nothing"
    CONDITION = "condition"  # the "then" of an if-then plan
    DOUBT = "doubt"  # "if I have time", "if you like": an offer or a hope, not a plan


@dataclass(frozen=True)
class Clause:
    """Some words with at most one verb that matters; `joined` is the word that ties it to the clause before."""

    words: tuple[Word, ...]
    sentence: int
    joined: str = ""
    asks: bool = False
    under: Under = Under.NOTHING

    @property
    def keys(self) -> tuple[str, ...]:
        """The comparing keys of the words."""
        return tuple(word.key for word in self.words)


@dataclass(frozen=True)
class Plan:
    """An if-then plan as it stands in the message, and the clauses of its "then" (none when they were not found)."""

    words: tuple[Word, ...]
    main: tuple[Clause, ...]
    asks: bool = False


@dataclass(frozen=True)
class Parts:
    """A message in parts: the clauses that stand alone, and the plans."""

    clauses: tuple[Clause, ...]
    plans: tuple[Plan, ...]


def part(said: Said) -> Parts:
    """The clauses and plans of a message, in order."""
    clauses: list[Clause] = []
    plans: list[Plan] = []
    for number, (words, asks) in enumerate(_sentences(said)):
        _part_sentence(words, number, asks, clauses, plans)
    return Parts(tuple(clauses), tuple(plans))


def _sentences(said: Said) -> Iterator[tuple[tuple[Word, ...], bool]]:
    """Each sentence without its end mark and its list mark, and whether it ends in a question mark."""
    words: list[Word] = []
    for index, word in enumerate(said.words):
        abbreviated = word.key == "." and index > 0 and said.words[index - 1].key in _ABBREVIATIONS
        if word.key not in ENDS or abbreviated:
            words.append(word)
            continue
        numbered = word.key == "." and len(words) == 1 and words[0].key.isdigit() and len(words[0].key) < 3
        if numbered and index + 1 < len(said.words) and said.words[index + 1].key not in ENDS:
            words.clear()
        elif words:
            yield _without_list_mark(words), word.key == "?"
            words.clear()
    if words:
        yield _without_list_mark(words), False


def _without_list_mark(words: list[Word]) -> tuple[Word, ...]:
    start = 0
    if len(words) > 2 and words[0].key.isdigit() and words[1].key == ")":
        start = 2
    while start < len(words) - 1 and (words[start].key in BREAKS or words[start].key in (">", "*", "+")):
        start += 1
    return tuple(words[start:])


def _part_sentence(words: tuple[Word, ...], number: int, asks: bool, clauses: list[Clause], plans: list[Plan]) -> None:
    keys = [word.key for word in words]
    opener = condition(keys)
    if opener is None:
        if (plan := _temporal_plan(words, keys, number, asks)) is not None:
            plans.append(plan)
            clauses.extend(plan.main)
        else:
            clauses.extend(_split(words, number, asks))
        return
    if POLITE.at(keys, opener):
        clauses.extend(_split(words[:opener], number, asks))
        return
    doubtful = bool(DOUBTFUL.at(keys, opener)) and not expected(keys[opener:])
    leading = opener == 0 or keys[opener - 1] in JOINERS | BREAKS | TURNS
    if leading or after_leads(keys) >= opener:
        clauses.extend(_split(words[:opener], number, asks))
        begin = main_begins(keys, opener)
        under = Under.DOUBT if doubtful else Under.CONDITION
        main = tuple(_split(words[begin:], number, asks, under)) if begin is not None else ()
        if doubtful:
            clauses.extend(main)
        else:
            plans.append(Plan(words[opener:], main, asks))
        return
    *free, last = _split(words[:opener], number, asks)
    clauses.extend(free)
    if doubtful:
        clauses.append(Clause(last.words, number, last.joined, asks, Under.DOUBT))
        return
    rest = words[words.index(last.words[0]) :]
    plans.append(Plan(rest, (Clause(last.words, number, last.joined, asks, Under.CONDITION),), asks))


def _temporal_plan(words: tuple[Word, ...], keys: Sequence[str], number: int, asks: bool) -> Plan | None:
    opener = after_leads(keys)
    if asks or not TEMPORAL.at(keys, opener):
        return None
    begin = main_begins(keys, opener)
    if begin is None or begin >= len(words):
        return None
    return Plan(words[opener:], tuple(_split(words[begin:], number, asks)))


def _split(words: Sequence[Word], number: int, asks: bool, under: Under = Under.NOTHING) -> list[Clause]:
    """The clauses of a stretch without conditions."""
    keys = [word.key for word in words]
    clauses: list[Clause] = []
    start, joined = 0, ""

    def close(end: int) -> None:
        if end > start:
            last = end == len(words)  # the question mark belongs to the last one
            clauses.append(Clause(tuple(words[start:end]), number, joined, asks and last, under))

    for place, key in enumerate(keys):
        if place < start:
            continue
        if key.isdigit() and list(keys[place + 1 : place + 2]) == [")"] and "(" not in keys[start:place]:
            close(place)  # "… 2) …"
            start, joined = place + 2, ")"
        elif key in BREAKS and _only_a_time(keys[start:place]):
            continue  # "3pm - call Anna"
        elif key in BREAKS or key in TURNS:
            close(place)
            start, joined = place + 1, key
        elif key in JOINERS or key in ("since", "as", "cause"):
            after = place + 1
            while after < len(keys) and keys[after] in JOINERS - TURNS:
                after += 1
            if _begins_clause(keys, after, key, keys[start:place]):
                close(place)
                joined = " ".join(keys[place:after])
                start = after
    close(len(words))
    return clauses


def _begins_clause(keys: Sequence[str], place: int, joiner: str, before: Sequence[str]) -> bool:
    """Whether a new clause begins at `place`, after `joiner`."""
    doubted = place
    while place < len(keys) and (keys[place] in ADVERBS or keys[place] in DOUBTS):
        place += 1
    if place >= len(keys):
        return False
    timely = time_words(keys, place) > 0 or keys[place][0].isdigit() or keys[place] in ("at", "by", "before", "around")
    if joiner == "," and DOUBTS.intersection(keys[doubted:place]) and not timely:
        return True  # "depends on legal, perhaps the contract"
    key = keys[place]
    if key in FIRST_PERSON or (key in OTHER_SUBJECTS and place + 1 < len(keys) and _has_finite(keys, place + 1)):
        return True
    if joiner in ("since", "as", "cause"):
        return False
    if joiner == "," and key in _SPOKEN_TO and is_verb("".join(keys[place + 1 : place + 2])):
        return True  # "…, you go without me"
    if joiner == "," and key[0].isdigit() and list(keys[place + 1 : place + 2]) in (["-"], ["–"], [":"]):
        return True
    if joiner == "," and keys[place - 1] == "then":
        return True
    if joiner == "so" and key in ("that", "far"):
        return False
    if (joiner == "so" and key[0].isdigit()) or (
        joiner == "," and len(before) < 4 and before[:1] and before[0] in _ANSWERS
    ):
        return True
    if key in _MODALS or (joiner == "," and key in _ANSWERS) or key in ("if", "unless", "otherwise"):
        return True
    last = next((word for word in reversed(before) if word not in ADVERBS), "")
    follows = keys[place + 1] if place + 1 < len(keys) else ""
    if is_verb(key):
        lone = _ends_in_verb(before) or (joiner == "and" and _follows_on(keys, place, before))
        return bool(follows) and not lone and not (key in NOUNISH and follows in _BEFORE_NOUN_USE)
    if is_gerund(key):
        return bool(follows) and follows not in BREAKS and last not in GERUNDS
    if key in PASTS and key not in DETERMINERS:
        return joiner == "," or any(word in PASTS for word in before[:4])
    if joiner == "," and _own_time(keys, place):
        return True
    # "Tom and Anna will": two of them, one clause.
    return (joiner == "," or len(before) > 1) and _has_finite(keys, place)


def _follows_on(keys: Sequence[str], place: int, before: Sequence[str]) -> bool:
    """Whether a verb after "and" is a next step of the same act: "call Jonas and ask what he needs", "and send it"."""
    acting = any(is_verb(key) for key in before)
    going = any(key in _GOING for key in before[:6])
    step = place + 1
    while step < len(keys) and keys[step] in _STEPS:
        step += 1
    after = keys[step] if step < len(keys) else ""
    same = not after or after in OBJECT_PRONOUNS or after in _ASKED_FOR
    asking = keys[place] == "ask" and (after in OBJECT_PRONOUNS or after in _ASKED_FOR)
    return acting and (asking or same or going)


def _only_a_time(keys: Sequence[str]) -> bool:
    """Whether a clock time is all there is: "3pm", "at 15:00"."""
    return 0 < len(keys) < 4 and keys[-1][0].isdigit() and all(key in TIME_LEADERS for key in keys[:-1])


def _ends_in_verb(before: Sequence[str]) -> bool:
    """Whether the words stop at a verb that still wants its object."""
    rest = [word for word in before if word not in ADVERBS]
    if not rest or not (is_verb(rest[-1]) or is_gerund(rest[-1])):
        return False
    return len(rest) == 1 or rest[-2] in _MODALS or rest[-2] in ("to", ",", "and", "am", "be", "i")


def _has_finite(keys: Sequence[str], place: int) -> bool:
    """Whether a verb in a personal form comes within reach, before anything that opens a side clause."""
    for key in keys[place : place + FURTHEST_LOOK]:
        if key in FINITES:
            return True
        if key in SUBORDINATORS or key == ",":
            return False
    return False


def _own_time(keys: Sequence[str], place: int) -> bool:
    """Whether what follows a comma is a thing with a time of its own: "…, Bea at 4"."""
    if (
        keys[place] in PREPOSITIONS
        or keys[place] in TIME_ALONE
        or (keys[place][:1].isdigit() and place + 1 >= len(keys))
    ):
        return False
    reach = keys[place : place + FURTHEST_LOOK]
    stop = reach.index(",") if "," in reach else len(reach)
    return any(
        reach[step] in ("at", "by", "before", "@") and reach[step + 1][:1].isdigit() for step in range(1, stop - 1)
    )
