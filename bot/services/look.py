"""Which part of a long Home is looked at. It lives in the view itself and is a wish: what is not there is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.ports.messages import Button, Message

T = TypeVar("T")
LARGEST = 10_000
"""No Home has as many pages."""


@dataclass(frozen=True)
class Look:
    """Pages count from 1. `team` is the one shown in full to somebody who leads several."""

    team: str = ""
    rows: int = 1  # of that team's reps
    past: int = 1  # of one's own commitments
    others: int = 1  # of the other teams that somebody leads
    teams: int = 1  # of the teams of a workspace
    missed: int = 1  # of those who will not be reached

    @staticmethod
    def parse(text: str) -> Look:
        """What `str` wrote; what cannot be read is the first page."""
        look = Look()
        for part in text.split(" "):
            look = look.turned(part)
        return look

    def turned(self, part: str) -> Look:
        """After a tap on a page's button: "past:2", or "team:<id>:3" for a page of a team's reps."""
        name, _, value = part.partition(":")
        if name == "team":
            team, _, page = value.rpartition(":")
            return replace(self, team=team, rows=_page(page))
        known: dict[str, Any] = {name: _page(value)} if name in {"past", "others", "teams", "missed"} else {}
        return replace(self, **known)

    def __str__(self) -> str:
        pages = f"past:{self.past} others:{self.others} teams:{self.teams} missed:{self.missed}"
        return f"team:{self.team}:{self.rows} {pages}"


def _page(text: str) -> int:
    return min(int(text), LARGEST) if text.isdecimal() and len(text) < 6 and int(text) else 1


@dataclass(frozen=True)
class Page:
    """A page of a list: which one, of how many things in all, and how many to a page."""

    number: int
    total: int
    size: int

    @staticmethod
    def of(wanted: int, total: int, size: int) -> Page:
        """The page wanted, or the last one when there are not as many."""
        return Page(min(wanted, max(-(-total // size), 1)), total, size)

    @property
    def first(self) -> int:
        """How many things stand before it."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """How many stand before its end."""
        return min(self.first + self.size, self.total)

    def cut(self, things: Sequence[T]) -> Sequence[T]:
        """What stands on it."""
        return things[self.first : self.last]

    def turn(self, name: str, what: str) -> list[Message]:
        """Where in the list this page is, with buttons to its neighbours; nothing when the list fits on one page.

        `name` is what the buttons' values begin with, `what` says what is counted.
        """
        if self.total <= self.size:
            return []
        before = (Button("home_page", f"{name}:{self.number - 1}", "page_before"),) if self.number > 1 else ()
        after = (Button("home_page", f"{name}:{self.number + 1}", "page_after"),) if self.last < self.total else ()
        values: dict[str, Any] = {"first": self.first + 1, "last": self.last, "total": self.total, "what": what}
        return [Message("home/pages", values, (*before, *after))]
