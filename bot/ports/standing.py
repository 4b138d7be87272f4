"""How much is waiting and for how long: what an operator watches, read from the database when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.ports.messages import Lane


@dataclass(frozen=True)
class Queue:
    """What waits in one place. `oldest` is the age in seconds of what has waited longest, 0 when nothing does."""

    waiting: int = 0
    oldest: float = 0.0


@dataclass(frozen=True)
class ModelUse:
    """What all workspaces together used a model for on this UTC day; `fell_back` by the name of the reason."""

    calls: int = 0
    helped: int = 0
    tokens: int = 0
    fell_back: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where things stand, of all workspaces together. It holds counts and ages, nobody's words and no names.

    `inbox` is what people said and is not answered yet, `aside` what failed too often to be tried again by itself.
    `lanes` is what may go to Slack by now and has not, by urgency; what is due later does not count. A lane that is
    not named has nothing waiting. `sent`, `failed` and `skipped` (by reason) are the rows that stand in the outbox.
    """

    inbox: Queue = Queue()
    aside: int = 0
    lanes: Mapping[Lane, Queue] = field(default_factory=dict)
    sent: int = 0
    failed: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    model: ModelUse = ModelUse()


class Stands(Protocol):
    """Tells where things stand. A storage implements it."""

    async def standing(self) -> Standing:
        """As of now, in one read; raises when the database cannot be read."""
        ...
