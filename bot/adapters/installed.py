"""Which installation a workspace lives by, remembered for a minute, with a token that is still good."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

from bot.ports import Clock
from bot.ports.installations import Installation, Keys
from bot.ports.storage import Storage

REMEMBERED = timedelta(seconds=60)
"""How long an installation is used without another look: another process may have changed it."""
SOON = timedelta(minutes=30)
"""A token that ends sooner is renewed meanwhile; Slack's own last twelve hours."""
ENDING = timedelta(seconds=30)
"""A token that ends sooner is of no use: the new one is waited for."""


class Renew(Protocol):
    """Gets a new token for an installation."""

    async def __call__(self, installation: Installation) -> Installation:
        """The installation with a new token, or as it stands when there is none to be had now. Never raises."""
        ...


class Installed:
    """Looks installations up by workspace. Must live on one event loop."""

    def __init__(self, storage: Storage, keys: Keys, clock: Clock, renew: Renew) -> None:
        self._storage = storage
        self._keys = keys
        self._clock = clock
        self._renew = renew
        self._known: dict[tuple[str, str | None], tuple[datetime, Installation]] = {}
        self._belonging: dict[str, str] = {}
        self._renewing: dict[str, asyncio.Task[Installation]] = {}
        self._changes = 0

    async def of(self, workspace: str, enterprise: str | None = None) -> Installation | None:
        """The workspace's own installation, else its organisation's; None when there is neither.

        `enterprise` is the organisation as Slack just told it, and is remembered with the workspace. Raises `KeysError`
        when the tokens cannot be opened, `StorageError` when the database cannot be read.
        """
        at, key = self._clock(), (workspace, enterprise)
        until, found = self._known.get(key, (at, None))
        if found is None or not at < until <= at + REMEMBERED:
            changes = self._changes
            sealed = await self._storage.read(lambda s: s.installations.get(workspace, enterprise))
            if sealed is None:
                return None
            found = self._keys.open(sealed)
            if changes == self._changes:  # else it may be gone already
                self._known[key] = (at + REMEMBERED, found)
        if found.org_wide and workspace != found.id and self._belonging.get(workspace) != found.id:
            place = found.id
            await self._storage.write(lambda s: s.installations.belongs(workspace, place))
            self._belonging[workspace] = place
        return await self._good(found, at)

    async def has_left(self, workspace: str) -> bool:
        """Whether the app was there and was uninstalled."""
        known = await self._storage.read(lambda s: s.workspaces.get(workspace))
        return known.erase_at is not None

    def forget(self) -> None:
        """Look everything up again: an installation came, went or changed."""
        self._changes += 1
        self._known.clear()
        self._belonging.clear()

    async def settle(self) -> None:
        """Wait until no token is being renewed."""
        while self._renewing:
            await asyncio.wait(self._renewing.values())

    async def _good(self, found: Installation, at: datetime) -> Installation:
        """With a token that has not ended, if there is one; the new one is got before the old one ends."""
        if found.expires_at is None or found.refresh_token is None or found.expires_at - at > SOON:
            return found
        task = self._renewing.get(found.id)
        if task is None:
            task = asyncio.create_task(self._renewed(found))
            self._renewing[found.id] = task
            task.add_done_callback(lambda _: self._renewing.pop(found.id, None))
        return await asyncio.shield(task) if found.expires_at - at <= ENDING else found

    async def _renewed(self, found: Installation) -> Installation:
        renewed = await self._renew(found)
        if renewed.bot_token != found.bot_token:
            self.forget()
        return renewed
