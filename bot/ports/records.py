"""What is kept of a person: handed out whole, taken away whole, and taken away when it is old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.people import Person

Entry = Mapping[str, Any]
"""One thing that is kept, by field names a person can read; times are aware UTC."""


@dataclass(frozen=True)
class Seen:
    """What one manager has been shown of a rep: in how many morning summaries, and when last."""

    manager_id: str
    mornings: int
    last: date


@dataclass(frozen=True)
class Stale:
    """Some of what is older than it is kept, by the kind it is counted under: ids of rows."""

    rows: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.rows.values())


class Records(Protocol):
    """Everything that is kept of a person, within a transaction."""

    def of(self, person: Person) -> Mapping[str, Sequence[Entry]]:
        """All of it, by kind, the oldest first."""
        ...

    def seen(self, person: Person) -> Sequence[Seen]:
        """Who has been shown this rep's commitments, by their summaries."""
        ...

    def erase(self, person: Person, at: datetime) -> Mapping[str, int]:
        """Take away every word of theirs and every trace of who they are; what is left are counts. How many of each."""
        ...

    def stale(self, workspace: str, texts: datetime, commitments: datetime, most: int) -> Stale:
        """Up to `most` of each kind that are older: words than `texts`, the rest than `commitments`."""
        ...

    def clean(self, stale: Stale, at: datetime) -> Mapping[str, int]:
        """Take those away; how many of each kind there still were."""
        ...
