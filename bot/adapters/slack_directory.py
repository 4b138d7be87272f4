"""Slack's knowledge of a workspace's people and channels behind our port."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_clients import Clients
from bot.adapters.slack_messenger import WAIT, translated
from bot.ports.slack import Place, Profile, Refused, Status, TryLater

PAGE = 200
"""Members asked for at a time, as Slack recommends."""
MOST_WAITS = 5


@dataclass(frozen=True)
class SlackDirectory:
    """Asks Slack with the client of the workspace that is asked about."""

    clients: Clients

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        """Implements `bot.ports.slack.Directory`."""
        answer = await self._asked(workspace, lambda client: client.users_info(user=slack_id))
        return as_profile(answer["user"], workspace) if answer else None

    async def members(self, workspace: str) -> Sequence[Profile]:
        """Implements `bot.ports.slack.Directory`: page by page, waiting where Slack asks for it."""
        found: list[Profile] = []
        cursor: str | None = None
        while True:
            answer = await self._page(workspace, cursor)
            found += [as_profile(user, workspace) for user in answer.get("members") or ()]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return found

    async def _page(self, workspace: str, cursor: str | None) -> Any:
        waits = 0
        while True:
            try:
                answer = await self._asked(workspace, lambda client: client.users_list(limit=PAGE, cursor=cursor))
            except TryLater as error:
                waits += 1
                if not error.throttled or waits > MOST_WAITS:
                    raise
                await asyncio.sleep(error.seconds)
                continue
            if answer is None:
                raise TryLater("Slack does not list the members", WAIT)
            return answer

    async def place(self, workspace: str, channel: str) -> Place | None:
        """Implements `bot.ports.slack.Directory`."""
        answer = await self._asked(workspace, lambda client: client.conversations_info(channel=channel))
        return as_place(answer["channel"]) if answer else None

    async def join(self, workspace: str, channel: str) -> bool:
        """Implements `bot.ports.slack.Directory`."""
        return await self._asked(workspace, lambda client: client.conversations_join(channel=channel)) is not None

    async def workspace_name(self, workspace: str) -> str | None:
        """Implements `bot.ports.slack.Directory`."""
        answer = await self._asked(workspace, lambda client: client.auth_test())
        return str(answer["team"]) if answer and answer.get("team") else None

    async def _asked(self, workspace: str, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> Any:
        """Slack's answer; None when it refuses, or the app was uninstalled there. Raises `TryLater`."""
        try:
            return await call(await self.clients.of(workspace))
        except SlackApiError as error:
            trouble = translated(error)
            if isinstance(trouble, Refused):
                return None
            raise (trouble if isinstance(trouble, TryLater) else TryLater(str(trouble), WAIT)) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise TryLater("no connection to Slack", WAIT) from error
        except Refused:  # the app was uninstalled there
            return None


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
        is_stranger=bool(user.get("is_stranger")) or workspace not in _workspaces(user, workspace),
        deleted=bool(user.get("deleted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        status=_status(profile),
    )


def _status(profile: dict[str, Any]) -> Status | None:
    """What stands beside the name, if anything does."""
    text, emoji = str(profile.get("status_text") or ""), str(profile.get("status_emoji") or "")
    ends = profile.get("status_expiration") or 0
    if not (text or emoji):
        return None
    return Status(text, emoji, datetime.fromtimestamp(int(ends), UTC) if ends else None)


def as_place(channel: dict[str, Any]) -> Place:
    """A channel as we see it."""
    return Place(
        id=str(channel["id"]),
        name=str(channel.get("name") or channel["id"]),
        is_private=bool(channel.get("is_private")),
        is_archived=bool(channel.get("is_archived")),
        is_member=bool(channel.get("is_member")),
    )


def _workspaces(user: dict[str, Any], otherwise: str) -> set[str]:
    """The workspaces somebody is in: on Enterprise Grid, one person may be in several of the organisation's."""
    known = user.get("enterprise_user") or {}
    return {str(user.get("team_id") or otherwise), str(known.get("enterprise_id")), *map(str, known.get("teams") or ())}


def known_zone(name: Any) -> str | None:
    """`name` if it is an IANA zone that this machine knows."""
    try:
        return ZoneInfo(str(name)).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder of zones
        return None
