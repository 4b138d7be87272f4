"""How events reach the app: tried once and, while nobody acknowledges, three times more; and how interactions do."""

from __future__ import annotations

import asyncio
import copy
import json
import time
from typing import Any, Protocol

from tests.support.strict.chaos import Chaos
from tests.support.strict.refusal import Json
from tests.support.strict.state import State

RETRY_AFTER = (0.0, 60.0, 300.0)
"""Seconds before each retry of an event."""
NO_RETRY = "no_retry"
"""The reason for which an event is given up at once: the app said that it wants it no more."""


class Carrier(Protocol):
    """One way to the app: Socket Mode, or signed requests."""

    async def attempt(self, kind: str, payload: Json, retry: int, reason: str) -> tuple[Json | None, str]:
        """Bring it once. What the app acknowledged it with ({} for nothing), or None and why it was not."""
        ...


class Delivery:
    """Sends in the background. `hurry` scales the times between retries: 0.001 makes a minute 60 ms."""

    def __init__(self, state: State, chaos: Chaos, subscribed: frozenset[str], hurry: float) -> None:
        self._state, self._chaos, self._subscribed, self._hurry = state, chaos, subscribed, hurry
        self._under_way: set[asyncio.Task[None]] = set()
        self.carrier: Carrier

    def event(self, subscription: str, event: Json) -> None:
        """Tell the app of an event, if it subscribed to its kind."""
        if subscription not in self._subscribed:
            return
        w = self._state.workspace
        bot = {"enterprise_id": None, "team_id": w.team_id, "user_id": w.bot_user_id, "is_bot": True}
        payload = {
            "type": "event_callback",
            "token": "verification",
            "team_id": w.team_id,
            "api_app_id": w.app_id,
            "event_id": self._state.new_id("Ev"),
            "event_time": int(self._state.wall()),
            "authorizations": [bot | {"is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event": copy.deepcopy(event),
        }
        for _ in range(2 if self._chaos.happens(self._chaos.duplicate) else 1):
            task = asyncio.get_running_loop().create_task(self._deliver(payload))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def ask(self, kind: str, payload: Json) -> Json | None:
        """An interaction: brought once, never again. None when the app did not acknowledge it in time."""
        return (await self.carrier.attempt(kind, payload, 0, ""))[0]

    async def settled(self, seconds: float = 5.0) -> None:
        """Wait until every event was acknowledged or given up; raises TimeoutError after that many seconds."""
        end = time.monotonic() + seconds
        while self._under_way:
            if time.monotonic() > end:
                raise TimeoutError("events are still under way")
            await asyncio.wait(list(self._under_way), timeout=0.05)

    async def stop(self) -> None:
        """Give up whatever is under way."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, payload: Json) -> None:
        reason = ""
        for retry in range(len(RETRY_AFTER) + 1):
            if retry:
                await asyncio.sleep(RETRY_AFTER[retry - 1] * self._hurry)
            answer, reason = await self.carrier.attempt("events_api", payload, retry, reason)
            if answer is not None:
                return
            if reason == NO_RETRY:
                break
        self._state.records.lost_events.append(payload)


def as_json(value: Any) -> str:
    """What is sent, as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
