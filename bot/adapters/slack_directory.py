"""Slack's knowledge of a workspace's people and channels behind our port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_messenger import WAIT, translated
from bot.ports.slack import Profile, Refused, TryLater


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
            if isinstance(trouble, Refused):
                return None
            later = trouble if isinstance(trouble, TryLater) else TryLater(str(trouble), WAIT)
            raise later from error
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
