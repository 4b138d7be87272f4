"""Who looks after the app in a workspace: named at the installation, by the operator, or by coming first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports.slack import Directory, TryLater
from bot.ports.storage import Storage, Store
from bot.services.access import Actor
from bot.services.workspaces import Workspaces

MOST_ZONES = 1000
"""People whose zone is remembered at a time."""


@dataclass(frozen=True)
class LookingAfter:
    """Finds somebody for the app where nobody looks after it yet."""

    storage: Storage
    directory: Directory
    workspaces: Workspaces
    _zones: dict[tuple[str, str], str] = field(default_factory=dict)

    async def noticed(self, workspace: str, slack_id: str, at: datetime) -> bool:
        """Somebody came to the app. Where nobody looks after it and they are an admin or owner of the workspace, they
        do from now on, and are welcomed; whether that is so. Raises `TryLater` when Slack does not answer.
        """
        if await self.storage.read(lambda s: bool(s.workspaces.get(workspace).admins)):
            return False
        profile = await self.directory.profile(workspace, slack_id)
        if profile is None or not profile.is_admin or not profile.is_member:
            return False

        def name(store: Store) -> bool:
            if store.workspaces.get(workspace).admins:
                return False
            self.workspaces.name_admin(store, workspace, slack_id, at)
            return True

        return await self.storage.write(name)

    async def zone(self, workspace: str, slack_id: str, within: float) -> str | None:
        """Where somebody lives, if Slack says so within so many seconds; it is remembered for `zone_of`."""
        try:
            async with asyncio.timeout(within):
                profile = await self.directory.profile(workspace, slack_id)
        except (TimeoutError, TryLater):
            return None
        if profile is None or profile.zone is None:
            return None
        if len(self._zones) >= MOST_ZONES:
            self._zones.clear()
        self._zones[workspace, slack_id] = profile.zone
        return profile.zone

    def zone_of(self, who: Actor) -> str | None:
        """Where somebody lives, as far as `zone` has heard."""
        return self._zones.get((who.workspace, who.slack_id))
