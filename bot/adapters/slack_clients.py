"""Which client calls Slack for which workspace: the one there is, or one with the workspace's own token."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.installed import Installed
from bot.errors import KeysError
from bot.ports.installations import LEFT
from bot.ports.slack import NotAllowed, Refused

HTTP_TIMEOUT = 10
"""Seconds that one call may take."""
WAIT_FOR_INSTALLING = 60.0


class Clients(Protocol):
    """Gives the client for a workspace."""

    async def of(self, workspace: str) -> AsyncWebClient:
        """A client without retry handlers: a retried post is a second message.

        Raises `NotAllowed` when the app has no token there that works, `Refused` when it was uninstalled.
        """
        ...


@dataclass(frozen=True)
class OneClient:
    """Implements `Clients` where one token is all there is."""

    client: AsyncWebClient

    async def of(self, workspace: str) -> AsyncWebClient:  # noqa: ARG002 - there is no other
        return self.client


@dataclass(frozen=True)
class ClientsByInstallation:
    """Implements `Clients` where each workspace has a token of its own. `make` makes a client of a token and a
    workspace: with an organisation's token, Slack has to be told which of its workspaces is meant.
    """

    installed: Installed
    make: Callable[[str, str | None], AsyncWebClient]

    async def of(self, workspace: str) -> AsyncWebClient:
        try:
            found = await self.installed.of(workspace)
        except KeysError as error:
            raise NotAllowed(str(error), WAIT_FOR_INSTALLING) from None
        if found is None:
            if await self.installed.has_left(workspace):
                raise Refused(LEFT)
            raise NotAllowed("the app is not installed there", WAIT_FOR_INSTALLING)
        return self.make(found.bot_token, workspace if found.org_wide and workspace != found.id else None)


@contextlib.asynccontextmanager
async def shared_session() -> AsyncIterator[aiohttp.ClientSession]:
    """One session for every call to Slack until the end of the block: connections are kept and used again, cookies of
    one workspace's answers are not.
    """
    timeout = aiohttp.ClientTimeout(total=HTTP_TIMEOUT)
    async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session
