"""Trigger ids: what lets the app open a modal, once, for the one who tapped, within three seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.strict.refusal import Refusal

TRIGGER_SECONDS = 3.0


class Triggers:
    """Those that were given out, each to one person."""

    def __init__(self, clock: Callable[[], float], new_id: Callable[[str], str]) -> None:
        self._clock, self._new_id = clock, new_id
        self._given: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def give(self, user: str) -> str:
        """A new one, for something that this person does now."""
        trigger = self._new_id("trigger.")
        self._given[trigger] = (user, self._clock())
        return trigger

    def spend(self, trigger: Any) -> str:
        """Whose it is; refuses one that is unknown, was used, or came too late."""
        if trigger not in self._given:
            raise Refusal("invalid_trigger_id")
        if trigger in self._used:
            raise Refusal("exchanged_trigger_id")
        self._used.add(trigger)
        user, at = self._given[trigger]
        if self._clock() - at > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        return user
