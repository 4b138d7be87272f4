"""What is counted as it happens, as a type: who counts it does not know who keeps the count.

Only what the database cannot tell afterwards is counted here; the rest is `bot.ports.standing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Protocol


class Event(StrEnum):
    """Something that happened once."""

    SENT = "sent"  # a call to Slack for a message ended
    THROTTLED = "throttled"  # Slack answered 429
    RECONCILED = "reconciled"  # a message of which it was not known whether it had arrived
    TICKED = "ticked"  # everything due was looked at


class Measure(StrEnum):
    """Something that has a size."""

    TICK = "tick"  # seconds one look at everything due took


LABELS: Final[Mapping[Event, Mapping[str, tuple[str, ...]]]] = {
    Event.SENT: {"op": ("post", "update"), "outcome": ("sent", "later", "unsure", "refused", "error")},
    Event.THROTTLED: {},
    Event.RECONCILED: {"how": ("history", "echo", "posted_again")},
    Event.TICKED: {"outcome": ("done", "failed")},
}
"""The labels that each is counted with, and every value that they may have: few, so that they stay few.

`later`: Slack certainly has not done it. `unsure`: it may have. `history`: it was found in the conversation, `echo`:
Slack showed us our own message, `posted_again`: it certainly was not there.
"""


class Counts(Protocol):
    """Keeps the count. It never raises and never waits: nothing else may fail because it is counted."""

    def count(self, event: Event, **labels: str) -> None:
        """It happened once more."""
        ...

    def observe(self, measure: Measure, value: float) -> None:
        """It was of this size, just now."""
        ...


class Silent:
    """Implements `Counts` where nobody watches."""

    def count(self, event: Event, **labels: str) -> None:
        """Implements `Counts`."""

    def observe(self, measure: Measure, value: float) -> None:
        """Implements `Counts`."""
