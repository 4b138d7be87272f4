"""The manager's view of a team's morning: who is doing what by when, and who needs a word.

"Not asked", "asked, silent" and "away" are three different things, and numbers count only people who were asked.
Only confirmed commitments are shown; what a rep said on the way is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.effects import Outcome
from bot.domain.preferences import Away


class Standing(StrEnum):
    """Where a rep's morning stands."""

    COMMITTED = "committed"
    TALKING = "talking"  # answered, not there yet
    LEFT = "left"  # answered, nothing for today
    SILENT = "silent"
    NOT_ASKED = "not_asked"  # their morning has not come yet
    STOPPED = "stopped"  # asked for no messages
    AWAY = "away"  # absent, on a public holiday, or not working that day


@dataclass(frozen=True)
class Promise:
    """A confirmed commitment as the manager may see it."""

    action: str
    due_at: datetime
    outcome: Outcome | None
    overdue: bool
    moves: int


@dataclass(frozen=True)
class Row:
    """One rep in the summary. `earlier` is the last commitment of a day before, `asks_at` when not asked yet."""

    person_id: str
    name: str
    standing: Standing
    focus: str | None = None
    promises: tuple[Promise, ...] = ()
    earlier: Promise | None = None
    help_shared: bool = False
    asks_at: datetime | None = None
    away: Away | None = None  # None for a day that they do not work anyway
    talked: bool = False  # a conversation with them today is known, where somebody asked


@dataclass(frozen=True)
class Summary:
    """The rows in reading order (who asks for help first, then the committed, the open, the silent, the rest)."""

    rows: tuple[Row, ...]

    @property
    def asked(self) -> int:
        """How many people were asked."""
        return sum(r.standing not in {Standing.NOT_ASKED, Standing.STOPPED, Standing.AWAY} for r in self.rows)

    @property
    def answered(self) -> int:
        """How many of those have said something."""
        return sum(r.standing in {Standing.COMMITTED, Standing.TALKING, Standing.LEFT} for r in self.rows)

    @property
    def committed(self) -> int:
        """How many of those have a commitment."""
        return sum(r.standing is Standing.COMMITTED for r in self.rows)

    @property
    def is_of_today(self) -> bool:
        """Whether the day has a morning at all: none when a team was made too late for it, so that nobody is asked."""
        unasked = [r for r in self.rows if r.standing is Standing.NOT_ASKED]
        return self.asked > 0 or not unasked or any(r.asks_at for r in unasked)

    @property
    def settled(self) -> bool:
        """Whether everybody who takes part was asked and is through, so that waiting brings nothing."""
        return self.asked > 0 and all(
            r.standing in {Standing.COMMITTED, Standing.LEFT, Standing.STOPPED, Standing.AWAY} for r in self.rows
        )


_ORDER = {standing: rank for rank, standing in enumerate(Standing)}


def compose(rows: Sequence[Row]) -> Summary:
    """The rows as a manager wants to read them: help first, then by standing, then by name."""
    return Summary(tuple(sorted(rows, key=lambda r: (not r.help_shared, _ORDER[r.standing], r.name.casefold()))))
