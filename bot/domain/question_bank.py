"""Which question a rep gets next: the words of the bank, and the choice among them.

The choice is pure and repeatable: the same bank, history and seed give the same question, whatever the order
of the bank.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Moment(StrEnum):
    """Where in a conversation a question belongs."""

    OPENING = "opening"
    OBSTACLE = "obstacle"  # what stands in the way
    OPPORTUNITY = "opportunity"  # where the chance is
    DIFFERENCE = "difference"  # what would change if it worked
    ACTING = "acting"  # what one action, and by when
    IF_THEN = "if_then"  # what to do when it goes otherwise
    SHARPEN_ACTION = "sharpen_action"  # what exactly, with whom
    LEARN_DONE = "learn_done"
    LEARN_PARTLY = "learn_partly"
    LEARN_DROPPED = "learn_dropped"
    MANAGER = "manager"  # for a manager to ask a rep in person


class Situation(StrEnum):
    """What is true of a rep's day. A question for ANY suits every day; ANY in a rep's own set is idle."""

    ANY = "any"
    FIRST_DAY = "first_day"
    MONDAY = "monday"
    KEPT_STREAK = "kept_streak"  # the last commitments were all kept
    DROPPED_YESTERDAY = "dropped_yesterday"  # the last commitment was dropped
    HELP_ASKED = "help_asked"
    SAME_WORDS = "same_words"  # answers as on earlier days
    THIN = "thin"  # answers of a few words
    SILENT = "silent"  # the last check-in went unanswered
    THIN_CALENDAR = "thin_calendar"  # few meetings today
    MEETINGS_TODAY = "meetings_today"


class Kind(StrEnum):
    """What kind of work a behaviour is. ANY: for every kind, or of no known kind."""

    ANY = "any"
    PROSPECTING = "prospecting"
    DISCOVERY = "discovery"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    ACCOUNT_GROWTH = "account_growth"
    FOLLOW_UP = "follow_up"
    PLANNING = "planning"
    LEARNING = "learning"


class Angle(StrEnum):
    """The way a question looks at the day; a rep who has run dry is asked from another angle."""

    INVITE = "invite"  # "Walk me through …"
    NAME = "name"  # "Who …", "Which …"
    SIGNAL = "signal"  # "How will you know …"
    IMAGINE = "imagine"  # "How would …", "If …"
    LOOK_BACK = "look_back"  # "How did …"
    WHAT = "what"  # "What …"
    PLAN = "plan"  # "How will you …"


@dataclass(frozen=True)
class Question:
    """One entry of the bank; `text` may hold slots such as {focus}."""

    id: str
    text: str
    moment: Moment
    situations: frozenset[Situation]
    kinds: frozenset[Kind]


@dataclass(frozen=True)
class Choice:
    """A question and, in a sentence for the person who gets it, the reason why it was this one."""

    question: Question
    reason: str


SLOTS = frozenset({"focus", "name"})
"""{focus}: the behaviour in its own words, a verb phrase ("set first meetings"); {name}: the rep's name."""

DRY = frozenset({Situation.THIN, Situation.SAME_WORDS})

# How often a question that fits closely comes up against one that fits everybody, while both are unseen.
_WEIGHT_SITUATION = 6.0
_WEIGHT_KIND = 3.0
_WEIGHT_GENERAL = 1.0

_SLOT = re.compile(r"\{(\w*)\}")
_ANGLES = (
    (Angle.INVITE, r"^(?:tell|walk|talk|describe|share)\b"),
    (Angle.NAME, r"^(?:\w+ )?(?:who|whom|whose|which|where|when)\b"),
    (Angle.SIGNAL, r"\b(?:know|notice|tell you|show you)\b"),
    (Angle.IMAGINE, r"\b(?:would|could|might|if|suppose|picture|imagine)\b"),
    (Angle.LOOK_BACK, r"\b(?:did|have you|has|had|went|worked|helped|made)\b"),
    (Angle.WHAT, r"^what\b"),
    (Angle.PLAN, r""),
)
_DAYS = {
    Situation.FIRST_DAY: "a first day",
    Situation.MONDAY: "a Monday",
    Situation.KEPT_STREAK: "a run of kept commitments",
    Situation.DROPPED_YESTERDAY: "a fresh start after a commitment let go",
    Situation.HELP_ASKED: "a wish for help",
    Situation.SAME_WORDS: "a change from the usual answers",
    Situation.THIN: "a short answer last time",
    Situation.SILENT: "picking things up again",
    Situation.THIN_CALENDAR: "a day with room in it",
    Situation.MEETINGS_TODAY: "a day with meetings",
}


def choose(
    bank: Sequence[Question],
    moment: Moment,
    kind: Kind,
    situations: AbstractSet[Situation],
    seen: Sequence[str],
    seed: str,
) -> Choice:
    """The question for a rep whose behaviour is of `kind` on a day of which `situations` are true.

    `seen` holds the ids this rep was asked in the last ten working days, newest last. None of them comes back
    while a fitting question is unseen; when all are seen, it is the one longest ago. Among the unseen, one
    made for the situation or the kind is likelier, but not certain. After thin or repeated answers the angle
    differs from that of the last question, and of the last one of this moment, where the bank allows it.
    `seed` decides the rest. Raises ValueError when the bank holds no question for `moment`.
    """
    pool = [question for question in bank if question.moment is moment]
    if not pool:
        raise ValueError(f"the bank holds no question for the moment {moment.value!r}")
    fitting = (
        [question for question in pool if _fits_kind(question, kind) and _fits_day(question, situations)]
        or [question for question in pool if _fits_kind(question, kind)]
        or pool
    )
    unseen = [question for question in fitting if question.id not in seen]
    if not unseen:
        last_asked = {identifier: place for place, identifier in enumerate(seen)}
        oldest = min(fitting, key=lambda question: (last_asked[question.id], question.id))
        return Choice(oldest, "Every fitting question came up in the last ten working days; this one is longest ago.")
    turned: list[Question] = []
    if situations & DRY:
        tired = _last_angles(bank, moment, seen)
        turned = [question for question in unseen if tired and angle(question.text) not in tired]
    drawn = _draw(turned or unseen, kind, situations, seed)
    return Choice(drawn, _reason(drawn, kind, situations, turned=bool(turned)))


TODAY = re.compile(r"\bthis morning\b|\btoday(['’]s)?", re.IGNORECASE)


def for_day(text: str, day: str) -> str:
    """A question about today as one about another day: "tomorrow", "on Monday"."""
    whose = day.removeprefix("on ")

    def put(match: re.Match[str]) -> str:
        found = match.group().casefold()
        if found.startswith("this morning"):
            words = f"{whose} morning" if whose == "tomorrow" else f"on {whose} morning"
        else:
            words = f"{whose}'s" if found.endswith(("'s", "’s")) else day
        return words[0].upper() + words[1:] if match.group()[0].isupper() else words

    return TODAY.sub(put, text)


def fill(question: Question, **values: str) -> str:
    """The words of `question` with its slots filled; values without a slot are ignored.

    A behaviour written as a heading ("Set first meetings.") is fitted into the sentence. Raises ValueError
    when a slot has no value.
    """
    missing = slots(question.text) - {name for name, value in values.items() if value.strip()}
    if missing:
        raise ValueError(f"question {question.id!r} needs a value for {', '.join(sorted(missing))}")
    if "focus" in values:
        values = values | {"focus": _inside_a_sentence(values["focus"])}
    return _SLOT.sub(lambda slot: values[slot[1]], question.text)


def slots(text: str) -> frozenset[str]:
    """The names of the slots in `text`."""
    return frozenset(_SLOT.findall(text))


def angle(text: str) -> Angle:
    """From which angle a question looks, going by its words."""
    plain = text.lower().removeprefix("{name}, ")
    return next(found for found, pattern in _ANGLES if re.search(pattern, plain))


def _inside_a_sentence(words: str) -> str:
    words = words.strip().rstrip(".")
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _fits_kind(question: Question, kind: Kind) -> bool:
    return Kind.ANY in question.kinds or kind in question.kinds


def _fits_day(question: Question, situations: AbstractSet[Situation]) -> bool:
    return Situation.ANY in question.situations or bool(question.situations & situations)


def _is_for_day(question: Question, situations: AbstractSet[Situation]) -> bool:
    return bool((question.situations & situations) - {Situation.ANY})


def _is_for_kind(question: Question, kind: Kind) -> bool:
    return kind is not Kind.ANY and kind in question.kinds


def _last_angles(bank: Collection[Question], moment: Moment, seen: Sequence[str]) -> set[Angle]:
    by_id = {question.id: question for question in bank}
    asked = [by_id[identifier] for identifier in reversed(seen) if identifier in by_id]
    same_moment = [question for question in asked if question.moment is moment]
    return {angle(question.text) for question in (*asked[:1], *same_moment[:1])}


def _draw(candidates: Sequence[Question], kind: Kind, situations: AbstractSet[Situation], seed: str) -> Question:
    """One of `candidates`, at random by `seed`; every class of fit has its weight, however many are in it.

    Rendezvous hashing: a question added to the bank takes over some draws and leaves all others as they were.
    """
    tiers: dict[float, list[Question]] = {}
    for question in candidates:
        weight = _WEIGHT_GENERAL
        if _is_for_kind(question, kind):
            weight *= _WEIGHT_KIND
        if _is_for_day(question, situations):
            weight *= _WEIGHT_SITUATION
        tiers.setdefault(weight, []).append(question)
    weights = {question.id: weight / len(tier) for weight, tier in tiers.items() for question in tier}
    return min(candidates, key=lambda question: (_luck(seed, question.id) / weights[question.id], question.id))


def _luck(seed: str, identifier: str) -> float:
    """A number above 0, exponentially spread, that depends on nothing but its arguments."""
    bits = int.from_bytes(sha256(f"{seed}\0{identifier}".encode()).digest()[:6])
    return -math.log((bits + 0.5) / 2**48)


def _reason(question: Question, kind: Kind, situations: AbstractSet[Situation], *, turned: bool) -> str:
    made_for = [_DAYS[day] for day in Situation if day in question.situations & situations and day in _DAYS]
    if _is_for_kind(question, kind):
        made_for.append(f"work on {kind.value.replace('_', ' ')}")
    fit = f"It is made for {' and '.join(made_for)}" if made_for else "It suits any day"
    turn = " and looks from another side than the last one" if turned else ""
    return f"{fit}{turn}. It has not come up in the last ten working days."
