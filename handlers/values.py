"""What was filled into a form, read out of `view.state.values` by the names of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Filled:
    """The values of a form. Some clients leave out a field that was not touched: it reads as None or empty."""

    values: Mapping[str, Any]

    def _state(self, name: str) -> Mapping[str, Any]:
        block = self.values.get(name) or {}
        found: Mapping[str, Any] = block.get(name) or {}
        return found

    def has(self, name: str) -> bool:
        """Whether the form was sent with this field."""
        return name in self.values

    def text(self, name: str) -> str:
        """A line of text, on one line, without space around it."""
        return " ".join(str(self._state(name).get("value") or "").split())

    def lines(self, name: str) -> list[str]:
        """Lines of text, without the empty ones."""
        typed = str(self._state(name).get("value") or "")
        return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]

    def people(self, name: str) -> list[str]:
        """The Slack ids of several people, each once."""
        return list(dict.fromkeys(str(one) for one in self._state(name).get("selected_users") or ()))

    def person(self, name: str) -> str | None:
        """The Slack id of one person."""
        found = self._state(name).get("selected_user")
        return str(found) if found else None

    def channel(self, name: str) -> str | None:
        """The id of a channel."""
        found = self._state(name).get("selected_conversation")
        return str(found) if found else None

    def choice(self, name: str) -> str | None:
        """The value of the option chosen."""
        option = self._state(name).get("selected_option") or {}
        return str(option["value"]) if option.get("value") is not None else None

    def ticks(self, name: str) -> frozenset[str]:
        """The values of the options ticked."""
        return frozenset(str(one["value"]) for one in self._state(name).get("selected_options") or ())

    def time(self, name: str) -> time | None:
        """A clock time; None for none, and for what is none."""
        return _parsed(time.fromisoformat, self._state(name).get("selected_time"))

    def date(self, name: str) -> date | None:
        """A day; None for none, and for what is none."""
        return _parsed(date.fromisoformat, self._state(name).get("selected_date"))


def _parsed(read: Callable[[str], T], found: object) -> T | None:
    try:
        return read(str(found)) if found else None
    except ValueError:
        return None
