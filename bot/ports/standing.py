"""How much is waiting and for how long: what an operator watches, read from the database when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.ports.messages import Lane


@dataclass(frozen=True)
class Queue:
    """What waits in one place. `oldest` is the age in seconds of what has waited longest, 0 when nothing does."""

    waiting: int = 0
    oldest: float = 0.0


@dataclass(frozen=True)
class ModelUse:
    """What a model was used for on this UTC day; `fell_back` by the name of the reason."""

    calls: int = 0
    helped: int = 0
    tokens: int = 0
    fell_back: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where things stand, of all workspaces together or of one. It holds counts and ages, nobody's words and no names.

    `inbox` is what people said and is not answered yet, `aside` what failed too often to be tried again by itself.
    `lanes` is what may go to Slack by now and has not, by urgency; what is due later does not count. A lane that is
    not named has nothing waiting. `sent`, `failed` and `skipped` (by reason) are those of the last 24 hours.
    """

    inbox: Queue = Queue()
    aside: int = 0
    lanes: Mapping[Lane, Queue] = field(default_factory=dict)
    sent: int = 0
    failed: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    model: ModelUse = ModelUse()


@dataclass(frozen=True)
class Line:
    """One message to Slack as an operator sees it: of what kind, to which channel, in which state; not what it says."""

    id: int
    kind: str
    workspace: str
    channel: str
    lane: Lane
    state: str
    due_at: datetime
    expires_at: datetime
    attempts: int
    reason: str
    not_before: datetime | None
    unsure: bool


@dataclass(frozen=True)
class Aside:
    """One event that failed too often to be tried again by itself."""

    id: int
    workspace: str
    slack_user: str
    received_at: datetime
    failures: int
    reason: str


class Standings(Protocol):
    """Where deliveries stand, within a transaction."""

    def at(self, at: datetime, workspace: str | None = None) -> Standing:
        """Where things stand everywhere, or in one workspace."""
        ...

    def lines(self, states: Sequence[str], since: datetime | None, count: int) -> Sequence[Line]:
        """Messages in one of the states: those that ended after `since`, the latest first, or else those that have
        not ended, in the order in which they go.
        """
        ...

    def aside(self, count: int) -> Sequence[Aside]: ...
    def refusals(self, workspace: str, since: datetime) -> Mapping[str, str]:
        """The channels and people whose last message since then Slack refused, each with its reason."""
        ...
