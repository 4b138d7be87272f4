"""What else must happen because of what a rep said: decided by the check-in, carried out elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a commitment ended. Moving one is not an outcome: it stays open with a new time."""

    DONE = "done"
    PARTLY = "partly"
    DROPPED = "dropped"


@dataclass(frozen=True)
class MakeCommitment:
    """The rep confirmed: keep this action and this time."""

    action: str
    due_at: datetime
    if_then: str | None
    id: str | None = None  # where it is known before, so that the same form makes one


@dataclass(frozen=True)
class RecordOutcome:
    """The rep said how an earlier commitment went."""

    commitment_id: str
    outcome: Outcome


@dataclass(frozen=True)
class MoveCommitment:
    """The rep gave an earlier commitment a new time."""

    commitment_id: str
    due_at: datetime


@dataclass(frozen=True)
class StopMessages:
    """The rep wants no more messages from us."""


@dataclass(frozen=True)
class KeepQuiet:
    """Leave the rep alone for the rest of the day."""


Effect = MakeCommitment | RecordOutcome | MoveCommitment | StopMessages | KeepQuiet
