"""What people did and what of it Slack brought to the app: the half of the evidence that the product has no hand in."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.support.strict.delivery import Carrier
from tests.support.strict.refusal import Json


@dataclass
class Event:
    """Something a person wrote, edited or deleted, on its way. Times are the monotonic clock's.

    `key` names it as anybody can who knows Slack: workspace, conversation, the message's ts, and what was done to it.
    """

    key: str
    kind: str
    user: str
    channel: str
    ts: str
    text: str
    first_tried_at: float
    acked_at: float | None = None


@dataclass
class Tap:
    """A tap on a button. `acked`: Slack heard that it was carried out."""

    user: str
    action: str
    value: str
    at: float
    acked: bool | None = None


@dataclass
class Command:
    """A slash command."""

    user: str
    text: str
    at: float
    acked: bool | None = None


@dataclass
class Deeds:
    """Everything, in the order in which it happened."""

    events: dict[str, Event] = field(default_factory=dict)
    taps: list[Tap] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)


class Watched:
    """A Carrier that notes when each event of a person was first tried, and when Slack heard of its success."""

    def __init__(self, carrier: Carrier, deeds: Deeds) -> None:
        self._carrier, self._deeds = carrier, deeds

    async def attempt(self, kind: str, payload: Json, retry: int, reason: str) -> tuple[Json | None, str]:
        """Bring it once, as the carrier does."""
        event = event_of(payload, time.monotonic()) if kind == "events_api" else None
        if event is not None:
            event = self._deeds.events.setdefault(event.key, event)
        answer, why = await self._carrier.attempt(kind, payload, retry, reason)
        if event is not None and answer is not None and event.acked_at is None:
            event.acked_at = time.monotonic()
        return answer, why


def event_of(payload: Json, at: float) -> Event | None:
    """The deed of a person that the payload tells of; None for what the app did, and for everything else."""
    event = payload["event"]
    if event["type"] != "message":
        return None
    kind = {"message_changed": "edited", "message_deleted": "deleted"}.get(event.get("subtype"), "message")
    message = event["previous_message"] if kind == "deleted" else event["message"] if kind == "edited" else event
    if message.get("bot_id"):
        return None
    place = f"{payload['team_id']}:{event['channel']}:{message['ts']}"
    suffix = {"edited": f":edited:{(message.get('edited') or {}).get('ts')}", "deleted": ":deleted"}.get(kind, "")
    return Event(place + suffix, kind, message["user"], event["channel"], message["ts"], message["text"], at)
