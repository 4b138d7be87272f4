"""A token that ends is renewed shortly before: once, however many processes there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_messenger import translated
from bot.errors import HuddleError
from bot.ports import Clock
from bot.ports.installations import Installation, Keys, Sealed
from bot.ports.storage import Storage, Store

LEASE = timedelta(seconds=60)
"""How long the renewing of one token is one process's, and the wait before it is tried again: longer than the call."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Renewing:
    """Implements `bot.adapters.installed.Renew`. The client needs no token of its own, and must have no retry handlers:
    a refresh token is good for one call.
    """

    storage: Storage
    keys: Keys
    client: AsyncWebClient
    client_id: str
    client_secret: str = field(repr=False)
    clock: Clock

    async def __call__(self, installation: Installation) -> Installation:
        """Implements `Renew`. The refresh token is used by whoever holds the row's lease, so by one process."""
        try:
            return await self._renewed(installation)
        except SlackApiError as error:
            reason = str(translated(error))
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            reason = type(error).__name__
        except HuddleError as error:
            reason = str(error)
        except Exception as error:  # its text may quote an answer with tokens in it
            reason = type(error).__name__
        log.warning("a token could not be renewed; the old one is kept", workspace=installation.id, reason=reason)
        return installation

    async def _renewed(self, installation: Installation) -> Installation:
        at = self.clock()
        mine = await self.storage.write(lambda s: s.installations.lease(installation, at, at + LEASE))
        if not mine:
            return await self._as_kept(installation)
        answer: Any = await self.client.oauth_v2_access(
            client_id=self.client_id,
            client_secret=self.client_secret,
            grant_type="refresh_token",
            refresh_token=installation.refresh_token,
        )
        fresh = replace(
            installation,
            bot_token=str(answer["access_token"]),
            refresh_token=str(answer["refresh_token"]),
            expires_at=at + timedelta(seconds=int(answer["expires_in"])),
        )
        sealed = self.keys.seal(fresh)
        if not await self.storage.write(lambda s: s.installations.renew(sealed)):
            return await self._as_kept(installation)  # installed anew meanwhile, or uninstalled
        log.info("a token was renewed", workspace=installation.id)
        return replace(fresh, version=fresh.version + 1)

    async def _as_kept(self, installation: Installation) -> Installation:
        """What stands in the database now: another process may have renewed it."""

        def kept(store: Store) -> Sealed | None:
            return store.installations.get(installation.id)

        sealed = await self.storage.read(kept)
        return self.keys.open(sealed) if sealed is not None else installation
