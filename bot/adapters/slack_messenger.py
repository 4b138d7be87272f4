"""Slack's Web API behind our ports."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_clients import Clients
from bot.adapters.slack_files import bears, upload
from bot.ports.messages import Delivery, Op, files_in
from bot.ports.slack import NotAllowed, Posted, Refused, TryLater, Unsure

THROTTLED = frozenset({"ratelimited", "rate_limited"})
UNTOLD = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack's error names after which "some aspect of the operation" may have succeeded, as its pages say."""
ACCOUNT = frozenset(
    {
        "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "missing_scope",
        "team_access_not_granted", "org_login_required", "ekm_access_denied", "access_denied",
    }
)  # fmt: skip
"""Slack's error names that are about the app and not about the message: it waits until somebody has mended that."""
WAIT = 5.0
"""Seconds before another try when Slack does not say how long to wait."""
WAIT_FOR_MENDING = 60.0
PAGE, PAGES = 200, 5
"""How many messages are looked at at a time, and how many times, when a message is looked for."""
MARGIN = 600.0
"""Seconds by which our clock may be ahead of Slack's."""


@dataclass(frozen=True)
class SlackMessenger:
    """Posts and replaces messages, each with the client of its workspace."""

    clients: Clients

    async def deliver(self, delivery: Delivery) -> Posted:
        """Implements `bot.ports.slack.Messenger`. The metadata holds an opaque id and nothing else."""
        client = await self.clients.of(delivery.workspace)
        with told():
            if files := files_in(delivery.blocks):
                channel = delivery.slack_channel or await self._conversation(client, delivery.channel)
                return await upload(client, channel, files, delivery.text, delivery.delivery_id)
            if delivery.op is Op.UPDATE:
                answer = await client.chat_update(
                    channel=delivery.slack_channel or "",
                    ts=delivery.slack_ts or "",
                    text=delivery.text,
                    blocks=delivery.blocks,
                )
            else:
                answer = await client.chat_postMessage(
                    channel=delivery.channel,
                    text=delivery.text,
                    blocks=delivery.blocks,
                    unfurl_links=False,
                    unfurl_media=False,
                    metadata={
                        "event_type": "delivery",
                        "event_payload": {"delivery_id": delivery.delivery_id},
                    },
                )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        """Implements `bot.ports.slack.Messenger`: reads the conversation back to `since`, newest first."""
        try:
            client = await self.clients.of(delivery.workspace)
            with told():
                channel = delivery.slack_channel or await self._conversation(client, delivery.channel)
                return await self._in_history(client, channel, delivery.delivery_id, since.timestamp() - MARGIN)
        except Unsure as error:  # nothing was written: reading again is all it takes
            raise TryLater(str(error), WAIT) from error
        except Refused as error:
            raise TryLater(str(error), WAIT_FOR_MENDING) from error

    async def _conversation(self, client: AsyncWebClient, channel: str) -> str:
        """The DM that a user id stands for; Slack opens it, and shows nothing to anybody."""
        if not channel.startswith(("U", "W")):
            return channel
        answer: Any = await client.conversations_open(users=channel)
        return str(answer["channel"]["id"])

    async def _in_history(self, client: AsyncWebClient, channel: str, delivery_id: str, oldest: float) -> Posted | None:
        cursor: str | None = None
        for _ in range(PAGES):
            answer: Any = await client.conversations_history(
                channel=channel, oldest=f"{oldest:.6f}", limit=PAGE, cursor=cursor, include_all_metadata=True
            )
            for message in answer["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("delivery_id") == delivery_id or bears(message, delivery_id):
                    return Posted(channel, str(message["ts"]))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return None
        raise TryLater("more was said in the channel since than can be looked through", WAIT_FOR_MENDING)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """What Slack and the network say of a call, as ours: done, certainly not done, refused, or not known."""
    try:
        yield
    except SlackApiError as error:
        raise translated(error) from error
    except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
        raise TryLater("no connection to Slack", WAIT) from error
    except (aiohttp.ClientError, OSError) as error:
        raise Unsure(type(error).__name__) from error


def translated(error: SlackApiError) -> TryLater | Refused | Unsure:
    """Slack's error as ours. A page that some proxy sent in its place says nothing of what became of the call."""
    response: Any = error.response
    status: int = getattr(response, "status_code", None) or response.status  # aiohttp's own answer, at times
    answer = getattr(response, "data", None)
    seconds = _seconds(response.headers.get("Retry-After"))
    reason = str(answer["error"]) if isinstance(answer, dict) and "error" in answer else ""
    if status == 429 or reason in THROTTLED:
        return TryLater(reason or "ratelimited", seconds, throttled=True)
    if not reason:
        return Unsure(f"an answer that is not Slack's ({status})")
    if reason in UNTOLD or status >= 500:
        return Unsure(reason)
    if reason in ACCOUNT:
        return NotAllowed(reason, WAIT_FOR_MENDING)
    return Refused(reason)


def _seconds(told: str | None) -> float:
    return float(told) if told and re.fullmatch(r"[0-9]{1,5}(\.[0-9]+)?", told) else WAIT
