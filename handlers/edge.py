"""What every handler needs, and how it reads who did what where out of Slack's payloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.domain.people import Person
from bot.errors import Changed
from bot.ports import Clock
from bot.ports.messages import Wording
from bot.ports.storage import Storage, Store

T = TypeVar("T")
Body = dict[str, Any]


@dataclass(frozen=True)
class Edge:
    """The database, the clock and the words, as handlers use them."""

    storage: Storage
    clock: Clock
    wording: Wording

    async def write(self, work: Callable[[Store], T]) -> T:
        """One transaction; once more when something else changed the same row in between."""
        try:
            return await self.storage.write(work)
        except Changed:
            return await self.storage.write(work)


def workspace_of(body: Body) -> str:
    """The workspace the app is installed in, as far as this payload tells."""
    team = body.get("team") or {}
    return str(team.get("id") or body.get("team_id") or (body.get("user") or {}).get("team_id") or "")


def person_of(store: Store, body: Body) -> Person | None:
    """Who tapped or sent: by Slack's word on the user, never by anything in a value."""
    user = body.get("user") or {}
    return store.people.by_slack(workspace_of(body), str(user.get("id", "")))


def tapped_message(store: Store, body: Body) -> str | None:
    """The key of the message whose button was tapped; None when it is not (yet) known."""
    container = body.get("container") or {}
    channel, ts = container.get("channel_id"), container.get("message_ts")
    return store.outbox.key_at(workspace_of(body), channel, ts) if channel and ts else None
