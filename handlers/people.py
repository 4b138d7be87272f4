"""People and channels change: Slack's events are hints, by which what the night would find is taken up at once.

What an event says may be old by the time it comes, and it may not come at all. So Slack is asked how things are now
where something would end by it, and what is lost or late is left to the nightly sweep.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.ports.slack import Directory, Profile, TryLater
from bot.ports.storage import Store
from bot.services.changes import Changes
from handlers.edge import Body, Edge, workspace_of

PERSON = "user_change"
OF_A_CHANNEL = frozenset(
    {
        "channel_archive",
        "channel_unarchive",
        "channel_deleted",
        "channel_left",
        "group_archive",
        "group_unarchive",
        "group_deleted",
        "group_left",
    }
)
"""All of these name a channel, private ones (groups) included; the two that say left are about the app itself."""
OF_A_MEMBER = frozenset({"member_joined_channel", "member_left_channel"})
"""These are about anybody, and matter when it is the app."""
LISTENED = frozenset({PERSON}) | OF_A_CHANNEL | OF_A_MEMBER
PATIENCE = 2.0
"""Seconds that Slack gets to answer: within three, it wants to hear that we have the event."""

ReadProfile = Callable[[dict[str, Any], str], Profile]
"""A member of a workspace, as Slack writes one."""

log = structlog.get_logger()


@dataclass(frozen=True)
class PeopleChange:
    """Listens to what changes about people and channels."""

    edge: Edge
    changes: Changes
    directory: Directory
    read_profile: ReadProfile

    def register(self, app: AsyncApp) -> None:
        app.middleware(self.keep)
        for event in sorted(LISTENED):
            app.event(event)(self.accept)

    async def keep(self, body: Body, context: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002
        """Bolt's middleware: it acknowledges events before their listeners run, so what they say is taken up here."""
        event = body.get("event")
        kind = str(event.get("type")) if isinstance(event, dict) else ""
        if body.get("type") == "event_callback" and isinstance(event, dict) and kind in LISTENED:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._take_up(kind, event, workspace_of(body), context.get("bot_user_id"))
            except (TryLater, TimeoutError):
                log.info("a change is left to the sweep", event=kind)
        await next()

    async def accept(self) -> None:
        """Done already."""

    async def _take_up(self, kind: str, event: dict[str, Any], workspace: str, bot: object) -> None:
        if kind == PERSON:
            user = event.get("user")
            if isinstance(user, dict) and user.get("id"):
                await self._person(self.read_profile(user, workspace), workspace)
        elif kind in OF_A_CHANNEL or event.get("user") == bot:
            await self._channel(str(event.get("channel")), workspace)

    async def _person(self, profile: Profile, workspace: str) -> None:
        """Of the many changes in a workspace few are of people that we know, and most of those change nothing here."""
        at = self.edge.clock()
        if not await self.edge.storage.read(lambda s: self.changes.concerns(s, workspace, profile, at)):
            return
        fresh = await self.directory.profile(workspace, profile.slack_id) if profile.deleted else profile
        if fresh is not None:
            await self.edge.write(lambda s: self.changes.people(s, workspace, [fresh], at))

    async def _channel(self, channel: str, workspace: str) -> None:
        def posted_to(store: Store) -> bool:
            return any(team.channel == channel for team in store.people.teams(workspace))

        if await self.edge.storage.read(posted_to):
            place, at = await self.directory.place(workspace, channel), self.edge.clock()
            await self.edge.write(lambda s: self.changes.place(s, channel, place, workspace, at))
