"""Durable before acknowledged: a message event is stored before Slack hears that we have it.

Bolt acknowledges events before their listeners run, so storing happens in a global middleware. When it raises, no
acknowledgement is sent and Slack delivers the event again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.delivery.intake import Intake
from bot.ports import Clock
from bot.ports.queues import Incoming
from handlers.edge import enterprise_of, workspace_of
from handlers.markup import plain

AFTER = 0.001
"""Seconds by which a change comes after its message, whatever Slack says."""
SAID = frozenset({None, "file_share", "me_message", "thread_broadcast"})
"""Subtypes that are somebody saying something."""


@dataclass(frozen=True)
class KeepEvents:
    """Stores what people write in their DM with us, and lets everything else pass."""

    intake: Intake
    clock: Clock

    def register(self, app: AsyncApp) -> None:
        app.middleware(self.keep)

    async def keep(self, body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002
        """Bolt's middleware: `next` goes on to the acknowledgement."""
        if body.get("type") == "event_callback":
            if echo := echo_of(body):
                await self.intake.echoed(*echo)
            elif incoming := incoming_of(body, self.clock()):
                await self.intake.keep(incoming)
        await next()


def echo_of(body: dict[str, Any]) -> tuple[str, str, str, str] | None:
    """Workspace, delivery id, channel and ts when the event shows us a message of our own.

    The id alone decides: it is random and ours, and only a row of that workspace can match it.
    """
    event = body.get("event") or {}
    if event.get("type") != "message" or not event.get("bot_id"):
        return None
    payload = (event.get("metadata") or {}).get("event_payload") or {}
    delivery_id, channel, ts = payload.get("delivery_id"), event.get("channel"), event.get("ts")
    if not (isinstance(delivery_id, str) and channel and ts):
        return None
    return workspace_of(body), delivery_id, str(channel), str(ts)


def incoming_of(body: dict[str, Any], at: datetime) -> Incoming | None:
    """The event to be worked on, received `at`; None for what is not ours to read.

    Not ours: channels, bots (ourselves included), other apps, people of other workspaces, and changes to a message
    that left its words as they were (a link that was unfolded). The key is the message's place, not the event's
    id: Slack may deliver one message under two event ids.
    """
    event = body.get("event") or {}
    workspace = workspace_of(body)
    ours = {workspace, enterprise_of(body)}
    if event.get("type") != "message" or not _is_direct(event):
        return None
    subtype, channel = event.get("subtype"), event.get("channel")
    said = _seconds(event.get("event_ts") or event.get("ts"), at)
    if subtype in SAID:
        if not _is_member(event, ours):
            return None
        ts = str(event["ts"])
        payload = {
            "kind": "message",
            "text": plain(event.get("text") or ""),
            "ts": ts,
            "channel": channel,
            "files": bool(event.get("files")),
        }
        return Incoming(f"{workspace}:{channel}:{ts}", workspace, str(event["user"]), payload, at, _seconds(ts, at))
    if subtype == "message_changed":
        message, before = event.get("message") or {}, event.get("previous_message") or {}
        if not _is_member(message, ours) or message.get("text") == before.get("text"):
            return None
        edited = (message.get("edited") or {}).get("ts") or event.get("event_ts")
        ts = str(message["ts"])
        said = max(said, _seconds(ts, at) + AFTER)
        payload = {"kind": "edited", "text": plain(message.get("text") or ""), "ts": ts, "channel": channel}
        key = f"{workspace}:{channel}:{ts}:edited:{edited}"
        return Incoming(key, workspace, str(message["user"]), payload, at, said)
    if subtype == "message_deleted":
        message = event.get("previous_message") or {}
        ts = str(event.get("deleted_ts") or message.get("ts"))
        if not _is_member(message, ours):
            return None
        said = max(said, _seconds(ts, at) + AFTER)
        payload = {"kind": "deleted", "ts": ts, "channel": channel}
        return Incoming(f"{workspace}:{channel}:{ts}:deleted", workspace, str(message["user"]), payload, at, said)
    return None


def _seconds(ts: object, at: datetime) -> float:
    """Slack's time stamp in seconds; `at` where there is none."""
    try:
        return float(str(ts))
    except ValueError:
        return at.timestamp()


def _is_direct(event: dict[str, Any]) -> bool:
    """Whether it happened in a DM. Slack's own examples of edits and deletions leave the channel's type out."""
    kind = event.get("channel_type")
    return kind == "im" if kind else str(event.get("channel")).startswith("D")


def _is_member(message: dict[str, Any], ours: set[str | None]) -> bool:
    """Whether a person of this workspace wrote it, or of its organisation: there, a message may name only that."""
    if message.get("bot_id") or message.get("app_id") or not message.get("user"):
        return False
    teams = {message.get("user_team"), message.get("source_team"), message.get("team")} - {None, ""}
    return teams <= ours
