"""Whom a manager should talk to this morning, and why: one person or nobody.

The order is the method's: help asked for; an overdue or dropped commitment; vague or no answer where there used
to be one; the one coached longest ago, so that nobody goes `LONGEST_WITHOUT` working days without a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import WorkingHours, working_days_between

LONGEST_WITHOUT = 5
"""Working days after which anybody is due for a conversation."""
MOST_A_MORNING = 2
SNOOZE = timedelta(minutes=20)
NOBODY_THERE = "nobody on the team is asked today, or everybody has been talked to"
NOBODY_STANDS_OUT = "no help was asked for, nothing is overdue, and all were coached within a week"
HABIT = 3
"""Mornings answered, of the last five asked, that make answering a habit worth noticing when it stops."""


class Reason(StrEnum):
    """Why this rep, in the order of urgency."""

    HELP = "help"
    DROPPED = "dropped"
    OVERDUE = "overdue"
    QUIET = "quiet"  # no answer today from someone who usually answers
    LEFT = "left"  # answered, but nothing to commit to, unlike most days
    LONG_AGO = "long_ago"


class Answer(StrEnum):
    """A manager's tap on a nudge."""

    DONE = "done"
    LATER = "later"
    NOT_TODAY = "not_today"


@dataclass(frozen=True)
class Promised:
    """A commitment that did not work out, in the rep's shared words."""

    action: str
    due_at: datetime


@dataclass(frozen=True)
class Candidate:
    """What is known of one rep that bears on whether a conversation would help now."""

    person_id: str
    name: str
    enrolled_on: date
    coached_on: date | None = None
    help_shared: bool = False  # asked for a hand since the last conversation
    dropped: Promised | None = None  # since the last conversation
    overdue: Promised | None = None
    silent_today: bool = False
    left_today: bool = False
    answered_lately: int = 0  # of the last five mornings asked, before today
    hours: WorkingHours | None = None  # their own, so that days away do not count as days without a conversation


@dataclass(frozen=True)
class Nudge:
    """Talk to this rep, for this reason, with this evidence."""

    person_id: str
    reason: Reason
    evidence: Promised | None = None
    days: int | None = None  # working days since the last conversation, for LONG_AGO


@dataclass(frozen=True)
class Nobody:
    """Nobody needs a word; `why` is kept for whoever asks."""

    why: str


def _reason(one: Candidate, today: date, hours: WorkingHours) -> Nudge | None:
    if one.help_shared:
        return Nudge(one.person_id, Reason.HELP)
    if one.dropped:
        return Nudge(one.person_id, Reason.DROPPED, one.dropped)
    if one.overdue:
        return Nudge(one.person_id, Reason.OVERDUE, one.overdue)
    if one.silent_today and one.answered_lately >= HABIT:
        return Nudge(one.person_id, Reason.QUIET)
    if one.left_today and one.answered_lately >= HABIT:
        return Nudge(one.person_id, Reason.LEFT)
    days = working_days_between(one.coached_on or one.enrolled_on, today, one.hours or hours)
    if days >= LONGEST_WITHOUT:
        return Nudge(one.person_id, Reason.LONG_AGO, days=days)
    return None


def choose(candidates: Sequence[Candidate], today: date, hours: WorkingHours) -> Nudge | Nobody:
    """The one conversation that would help most today.

    Equal reasons go to the rep coached longest ago, then to the one enrolled first; the name never decides.
    Somebody already coached today is left out by the caller.
    """
    if not candidates:
        return Nobody(NOBODY_THERE)
    order = list(Reason)
    found = [(nudge, one) for one in candidates if (nudge := _reason(one, today, hours))]
    if not found:
        return Nobody(NOBODY_STANDS_OUT)
    best = min(
        found,
        key=lambda pair: (
            order.index(pair[0].reason),
            pair[1].coached_on or date.min,
            pair[1].enrolled_on,
            pair[1].person_id,
        ),
    )
    return best[0]
