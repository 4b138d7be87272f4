"""Slack's Web API behind our ports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import Delivery, Op
from bot.ports.slack import Posted, Profile, Refused, TryLater

PASSING = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
"""Slack's error names that say nothing about the message: the same call may work later."""
WAIT = 5.0
"""Seconds before another try when Slack does not say how long to wait."""


@dataclass(frozen=True)
class SlackMessenger:
    """Posts and replaces messages. The client must have no retry handlers: a retried post is a second message."""

    client: AsyncWebClient

    async def deliver(self, delivery: Delivery) -> Posted:
        """Implements `bot.ports.slack.Messenger`. The metadata holds an opaque id and nothing else."""
        try:
            if delivery.op is Op.UPDATE:
                answer = await self.client.chat_update(
                    channel=delivery.slack_channel or "",
                    ts=delivery.slack_ts or "",
                    text=delivery.text,
                    blocks=delivery.blocks,
                )
            else:
                answer = await self.client.chat_postMessage(
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
        except SlackApiError as error:
            raise translated(error) from error
        except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
            raise TryLater("no connection to Slack", WAIT) from error
        return Posted(str(answer["channel"]), str(answer["ts"]))


def translated(error: SlackApiError) -> TryLater | Refused:
    """Slack's error as ours: passing trouble, or a no. A page that some proxy sent in its place is trouble too."""
    response: Any = error.response
    answer = getattr(response, "data", None)
    seconds = _seconds(response.headers.get("Retry-After"))
    if not isinstance(answer, dict) or "error" not in answer:
        return TryLater("an answer that is not Slack's", seconds)
    reason = str(answer["error"])
    if response.status_code == 429 or reason in PASSING or response.status_code >= 500:
        return TryLater(reason, seconds)
    return Refused(reason)


def _seconds(told: str | None) -> float:
    return float(told) if told and re.fullmatch(r"[0-9]{1,5}(\.[0-9]+)?", told) else WAIT


@dataclass(frozen=True)
class SlackDirectory:
    """Looks members up with users.info."""

    client: AsyncWebClient

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        """Implements `bot.ports.slack.Directory`."""
        try:
            answer: Any = await self.client.users_info(user=slack_id)
        except SlackApiError as error:
            trouble = translated(error)
            if isinstance(trouble, TryLater):
                raise trouble from error
            return None
        except (TimeoutError, aiohttp.ClientError) as error:
            raise TryLater("no connection to Slack", WAIT) from error
        return as_profile(answer["user"], workspace)


def as_profile(user: dict[str, Any], workspace: str) -> Profile:
    """A member as we see them. A zone that this machine does not know is none."""
    profile = user.get("profile") or {}
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name")
    return Profile(
        slack_id=str(user["id"]),
        name=str(name or user["id"]),
        zone=known_zone(user.get("tz")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger")) or user.get("team_id", workspace) != workspace,
        deleted=bool(user.get("deleted")),
    )


def known_zone(name: Any) -> str | None:
    """`name` if it is an IANA zone that this machine knows."""
    try:
        return ZoneInfo(str(name)).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder of zones
        return None
