"""Many workspaces, each with a token of its own: what stands in the place of the one token in the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.authorizing import Authorizing
from bot.adapters.installed import Installed
from bot.adapters.keys import FernetKeys
from bot.adapters.oauth import Flow, Grants, Keep, States, flow
from bot.adapters.renewing import LEASE, Renewing
from bot.adapters.slack_clients import HTTP_TIMEOUT, ClientsByInstallation
from bot.errors import KeysError
from bot.ports import Clock
from bot.ports.installations import Keys, Sealed
from bot.ports.storage import Storage, Store
from bot.scopes import SCOPES
from bot.settings import OAuth

if TYPE_CHECKING:
    import aiohttp

log = structlog.get_logger()


@dataclass(frozen=True)
class Many:
    """The installations of a database, as the process uses them. `client` has no token."""

    oauth: OAuth
    storage: Storage
    keys: Keys
    clock: Clock
    client: AsyncWebClient
    installed: Installed
    clients: ClientsByInstallation

    @property
    def authorize(self) -> Authorizing:
        """What Bolt asks for a token."""
        return Authorizing(self.installed)

    async def knows(self, workspace: str, enterprise: str | None) -> bool:
        """Implements `handlers.strangers.Knows`."""
        return await self.installed.of(workspace, enterprise) is not None

    def flow(self, keep: Keep) -> Flow:
        """The pages by which a workspace installs the app; `keep` keeps what it granted."""
        states = States(self.storage, self.clock)
        grants = Grants(self.storage, self.keys, self.clock, self.client, keep, self.installed.forget)
        oauth = self.oauth
        return flow(self.client, oauth.client_id, oauth.client_secret, SCOPES, oauth.public_url, states, grants)

    async def check_keys(self) -> None:
        """Say which tokens cannot be opened; raises `KeysError` when there are some and none can."""
        kept = await self.storage.read(lambda s: s.installations.all())
        trouble = {sealed.id: said for sealed in kept if (said := unopened(self.keys, sealed))}
        if kept and len(trouble) == len(kept):
            raise KeysError(trouble[kept[0].id])
        for place, said in trouble.items():
            log.error(said, workspace=place)


def many(
    oauth: OAuth, api_url: str, storage: Storage, clock: Clock, session: aiohttp.ClientSession | None = None
) -> Many:
    """Put together what many workspaces need. Raises `KeysError` with one sentence when a key is none.

    Every client is without retry handlers, since a retried post is a second message.
    """

    def client(token: str | None, workspace: str | None) -> AsyncWebClient:
        return AsyncWebClient(
            token=token, base_url=api_url, retry_handlers=[], timeout=HTTP_TIMEOUT, session=session, team_id=workspace
        )

    keys, plain = FernetKeys(oauth.keys), client(None, None)
    renew = Renewing(storage, keys, plain, oauth.client_id, oauth.client_secret, clock)
    installed = Installed(storage, keys, clock, renew)
    return Many(oauth, storage, keys, clock, plain, installed, ClientsByInstallation(installed, client))


@dataclass(frozen=True)
class Rotated:
    """How many installations were sealed anew, and those that a process was just renewing."""

    count: int
    busy: tuple[str, ...] = ()


async def rotate(storage: Storage, keys: Keys, at: datetime) -> Rotated:
    """Seal every installation anew, with the first key. A token that is just being renewed is left alone, so the coach
    may go on working.

    Raises `KeysError`, and has changed nothing, when the tokens of one cannot be opened.
    """
    kept = await storage.read(lambda s: s.installations.all())
    anew = [keys.seal(keys.open(sealed)) for sealed in kept]

    def seal(store: Store, sealed: Sealed) -> bool:
        free = store.installations.lease(sealed, at, at + LEASE)
        return free and store.installations.renew(sealed)

    busy = [one.name or one.id for one in anew if not await storage.write(partial(seal, sealed=one))]
    return Rotated(len(anew) - len(busy), tuple(busy))


def unopened(keys: Keys, sealed: Sealed) -> str | None:
    """Why its tokens cannot be opened, in one sentence; None when they can."""
    try:
        keys.open(sealed)
    except KeysError as error:
        return str(error)
    return None
