"""How Slack says no: an error name, and where it can tell, what is wrong at which place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """A call is refused with Slack's `error` name. `details` are what its `response_metadata.messages` would say."""

    def __init__(self, error: str, details: Sequence[str] = (), **more: Any) -> None:
        super().__init__(": ".join([error, *details]))
        self.error = error
        self.details = tuple(details)
        self.more = more

    def answer(self) -> Json:
        """The body of Slack's answer."""
        told = {"response_metadata": {"messages": list(self.details)}} if self.details else {}
        return {"ok": False, "error": self.error, **told, **self.more}


class Faults(list[str]):
    """What is wrong, each with its JSON pointer, gathered so that one answer tells all of it."""

    def add(self, fault: str, place: str) -> None:
        """Note one more."""
        self.append(f"[ERROR] {fault} [json-pointer:{place}]")
