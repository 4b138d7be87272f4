"""The coach reads text into a typed reading and may offer words; it never decides anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.reading import Asked, Reading


@dataclass(frozen=True)
class Heard:
    """One message of a rep in its context.

    `options` are the actions to choose from, after CHOOSE. `said` holds the rep's earlier messages of this check-in,
    oldest first; `earlier` the questions that were put to them in it before `question`; `workspace` is whose budget a
    model's answer is charged to.
    """

    text: str
    asked: Asked
    question: str
    at: datetime
    zone: ZoneInfo
    hours: WorkingHours
    focus: str | None = None
    said: tuple[str, ...] = ()
    workspace: str = ""
    earlier: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """What was read, and words a coach offers for the next turn.

    `reflection` is a short line in the rep's words; `question` a next question that has passed the guard. Both may
    be None; then the bank's words are used. `coach` says which coach this came from.
    """

    reading: Reading
    reflection: str | None = None
    question: str | None = None
    coach: str = "rules"


class Coach(Protocol):
    """Reads one message. Never raises and never hangs: a coach in trouble falls back to the rules."""

    async def read(self, heard: Heard) -> Understanding:
        """What the message says."""
        ...
