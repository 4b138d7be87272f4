"""A commitment: one action and one clock time, said and confirmed by the rep, and how it went.

The check comes shortly after the committed time, never outside the rep's working hours: what falls outside
is asked for first thing in the next check-in instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours, is_working_time, local_date, next_working_day
from bot.domain.effects import Outcome
from bot.domain.mornings import is_first_day_back
from bot.domain.people import Person, Team, hours_of, is_absent
from bot.domain.question_bank import Moment

LONGEST_ACTION = 200
"""Characters of an action: one line on a phone, and well inside what Slack takes in a field."""

__all__ = ["Commitment", "Outcome"]


@dataclass(frozen=True)
class Commitment:
    """What a rep will do and by when. `outcome` is None while it is open; moving keeps it open."""

    id: str
    workspace: str
    person_id: str
    team_id: str
    checkin_id: str | None
    behaviour_id: str | None
    action: str
    due_at: datetime
    if_then: str | None
    made_at: datetime
    moves: int = 0
    outcome: Outcome | None = None
    outcome_at: datetime | None = None
    learning: str | None = None  # their words on how it went; private
    learning_ts: str | None = None  # the message that held them
    learning_due: datetime | None = None  # until when the next message is taken as that answer
    shared: bool = False  # the rep agreed to have it told as a win
    version: int = 0


LEARNING_WINDOW = timedelta(hours=3)
"""How long the next message counts as the answer to the optional question after an outcome."""


def record(commitment: Commitment, outcome: Outcome, at: datetime, *, asks: bool) -> Commitment:
    """The commitment with its outcome; a later tap may correct an earlier one.

    `asks` says whether the optional question about how it went is asked along with it.
    """
    return replace(
        commitment,
        outcome=outcome,
        outcome_at=at,
        shared=commitment.shared and outcome is Outcome.DONE,
        learning_due=at + LEARNING_WINDOW if asks else None,
        version=commitment.version + 1,
    )


def move(commitment: Commitment, due_at: datetime) -> Commitment:
    """The commitment at its new time, open again."""
    return replace(
        commitment,
        due_at=due_at,
        moves=commitment.moves + 1,
        outcome=None,
        outcome_at=None,
        shared=False,
        learning_due=None,
        version=commitment.version + 1,
    )


def check_at(commitment: Commitment, person: Person, team: Team) -> datetime | None:
    """When to ask how it went; None when that would be outside working hours (the next opening asks then)."""
    moment = commitment.due_at + team.times.check_after
    return moment if is_working_time(moment, person.tz, hours_of(person, team)) else None


OVERDUE_AFTER = timedelta(hours=1)
"""How long after its time a commitment without an outcome counts as overdue."""


def is_overdue(commitment: Commitment, person: Person, team: Team, at: datetime) -> bool:
    """Whether no word has come on it for so long that it means something.

    While somebody is away nothing does, nor what fell due on days away; and on the first day back nothing older is
    held against them.
    """
    if commitment.outcome is not None or at < commitment.due_at + OVERDUE_AFTER:
        return False
    today, due_on = local_date(at, person.tz), local_date(commitment.due_at, person.tz)
    if is_absent(person, today) or is_absent(person, due_on):
        return False
    return due_on >= today or not is_first_day_back(person, team, today)


def learning_moment(outcome: Outcome) -> Moment:
    """Which optional question follows an outcome."""
    return {
        Outcome.DONE: Moment.LEARN_DONE,
        Outcome.PARTLY: Moment.LEARN_PARTLY,
        Outcome.DROPPED: Moment.LEARN_DROPPED,
    }[outcome]


class TimeTrouble(StrEnum):
    """Why a time that a person typed cannot be taken."""

    UNREADABLE = "unreadable"
    PAST = "past"


def suggested_times(at: datetime, zone: ZoneInfo, hours: WorkingHours) -> tuple[datetime, ...]:
    """Up to four moments to offer as buttons: round clock times left in today's work, else on the next working day.

    Never less than half an hour away, so that a promise can be kept.
    """
    local = at.astimezone(zone)
    end = datetime.combine(local.date(), hours.end, tzinfo=zone)
    earliest = local + timedelta(minutes=30)
    slot = (earliest + timedelta(minutes=59)).replace(minute=0, second=0, microsecond=0)
    rest: list[datetime] = []
    while slot <= end:
        rest.append(slot)
        slot += timedelta(hours=1)
    if not rest:
        day = next_working_day(local_date(at, zone), hours)
        rest = [datetime.combine(day, datetime.min.time(), tzinfo=zone).replace(hour=h) for h in (10, 12, 14, 16)]
    if len(rest) > 4:
        rest = [rest[round(i * (len(rest) - 1) / 3)] for i in range(4)]
    return tuple(moment.astimezone(UTC) for moment in rest)
