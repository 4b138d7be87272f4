"""Installing into a workspace by OAuth v2: Bolt's flow, with our stores and pages, at the address that is set."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from logging import Logger
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import structlog
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Clock
from bot.ports.installations import Installation, Keys, Sealed
from bot.ports.storage import Storage, Store
from prompts.pages import Pages

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
"""Where a browser begins, and where Slack sends it back to; the manifest names the second."""
WITHIN = timedelta(minutes=10)
"""How long installing may take in the browser."""
MOST_AT_ONCE = 10_000
"""Installations that may be under way: whoever opens the page without end fills no database. The oldest make room, so
there are enough for whoever really installs it meanwhile to come back in time.
"""
STATE_UNTRUE = frozenset({"invalid_browser", "invalid_state"})
"""Bolt's reasons for not believing that this browser began it."""

log = structlog.get_logger()

Keep = Callable[[Store, Sealed, str | None, datetime], None]
"""Keeps an installation and does what follows from it, in one transaction. Of an organisation's, the workspace of
whoever installed it is told too, where Slack says it.
"""


@dataclass(frozen=True)
class States(AsyncOAuthStateStore):
    """Implements Bolt's store of what binds an attempt to a browser: each is good once, for `WITHIN`."""

    storage: Storage
    clock: Clock

    @property
    def logger(self) -> Logger:
        return logging.getLogger("slack_bolt")

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:  # noqa: ARG002 - Bolt's signature
        """A new one."""
        state, at = secrets.token_urlsafe(32), self.clock()
        digest = _digest(state)
        await self.storage.write(lambda s: s.installations.add_state(digest, at, at + WITHIN, MOST_AT_ONCE))
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was issued, not used and not too long ago."""
        at, digest = self.clock(), _digest(state)
        return await self.storage.write(lambda s: s.installations.take_state(digest, at))


@dataclass(frozen=True)
class Grants(AsyncInstallationStore):
    """Implements Bolt's store of installations, of which it only saves: `Installed` is what looks them up."""

    storage: Storage
    keys: Keys
    clock: Clock
    client: AsyncWebClient
    keep: Keep
    changed: Callable[[], None]

    @property
    def logger(self) -> Logger:
        return logging.getLogger("slack_bolt")

    async def async_save(self, installation: Granted) -> None:
        """Seal the tokens and keep them. Raises `BoltError` when Slack gave none for a bot."""
        at = self.clock()
        found = as_installation(installation, at)
        sealed, home = self.keys.seal(found), await self._home(found)
        await self.storage.write(lambda s: self.keep(s, sealed, home, at))
        self.changed()
        log.info("the app was installed", workspace=sealed.id, org_wide=sealed.org_wide)

    async def _home(self, found: Installation) -> str | None:
        """The workspace of whoever installed it for a whole organisation. Installing does not fail for want of it."""
        if not found.org_wide or found.installed_by is None:
            return None
        try:
            answer: Any = await self.client.users_info(token=found.bot_token, user=found.installed_by)
        except (SlackApiError, TimeoutError, aiohttp.ClientError, OSError):
            return None
        team = str(answer["user"].get("team_id") or "")
        return team if team.startswith("T") else None


def as_installation(granted: Granted, at: datetime) -> Installation:
    """What Slack granted, as ours. Raises `BoltError` when it is of no use."""
    org_wide = bool(granted.is_enterprise_install)
    place = granted.enterprise_id if org_wide else granted.team_id
    if not place or not granted.bot_token:
        raise BoltError("Slack granted no bot token, or did not say for which workspace")
    ends = granted.bot_token_expires_at
    return Installation(
        id=place,
        enterprise_id=granted.enterprise_id,
        org_wide=org_wide,
        name=(granted.enterprise_name if org_wide else granted.team_name) or "",
        app_id=granted.app_id or "",
        bot_user_id=granted.bot_user_id or "",
        bot_id=granted.bot_id or "",
        scopes=tuple(granted.bot_scopes or ()),
        installed_by=granted.user_id,
        installed_at=at,
        expires_at=datetime.fromtimestamp(ends, UTC) if ends else None,
        bot_token=granted.bot_token,
        refresh_token=granted.bot_refresh_token,
    )


class Flow(AsyncOAuthFlow):
    """Bolt's flow. What goes wrong is a page with a reference and a line in the log; neither quotes anybody."""

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """Send the browser to Slack's consent page."""
        return await self._guarded(super().handle_installation, request)

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """Slack sent the browser back."""
        return await self._guarded(super().handle_callback, request)

    async def _guarded(self, handle: Any, request: AsyncBoltRequest) -> BoltResponse:
        try:
            answer: BoltResponse = await handle(request)
        except Exception as error:  # the network, the database; the text may hold what Slack answered
            failed = AsyncFailureArgs(
                request=request,
                reason=type(error).__name__,
                suggested_status_code=503,
                settings=self.settings,
                default=self.default_callback_options,
            )
            return await self.failure_handler(failed)
        return answer

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002
        """Slack's consent page. Nothing of the request goes into it."""
        asked = {
            "client_id": self.client_id,
            "scope": ",".join(self.settings.scopes or ()),
            "redirect_uri": self.redirect_uri or "",
            "state": state,
        }
        return f"{self.settings.authorization_url}?{urlencode(asked)}"


def flow(
    client: AsyncWebClient,
    client_id: str,
    client_secret: str,
    scopes: Sequence[str],
    public_url: str,
    states: States,
    grants: Grants,
) -> Flow:
    """The flow of an app. The client needs no token, and `public_url` has no path."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=public_url + REDIRECT,
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        install_page_rendering_enabled=False,
        authorization_url=consent_page(client.base_url),
        installation_store=grants,
        state_store=states,
        state_expiration_seconds=int(WITHIN.total_seconds()),
    )
    shown = Shown(Pages())
    settings.callback_options = AsyncCallbackOptions(success=shown.installed, failure=shown.failed)
    return Flow(client=client, logger=logging.getLogger("slack_bolt"), settings=settings)


def consent_page(api_url: str) -> str:
    """Where people are asked for consent: on the host of Slack's Web API."""
    where = urlsplit(api_url)
    return f"{where.scheme}://{where.netloc}/oauth/v2/authorize"


@dataclass(frozen=True)
class Shown:
    """What the browser shows at the end."""

    pages: Pages

    async def installed(self, args: AsyncSuccessArgs) -> BoltResponse:
        """It worked; the cookie is of no more use."""
        granted = args.installation
        org_wide, team = bool(granted.is_enterprise_install), granted.team_id
        name = granted.enterprise_name if org_wide else granted.team_name
        link = f"https://app.slack.com/client/{team}" if team and not org_wide else None
        return self._page("installed", 200, {"name": name, "link": link}, args.settings)

    async def failed(self, args: AsyncFailureArgs) -> BoltResponse:
        """It did not; what stood in the address is not shown, since anybody can write an address."""
        reason, values = args.reason, {"again": INSTALL}
        if args.suggested_status_code == 200:  # Slack's own word: the person, or their admin, said no
            return self._page("cancelled", 200, values)
        if reason in STATE_UNTRUE:
            return self._page("expired", 400, values)
        reference = secrets.token_hex(4)
        log.warning("installing failed", reason=reason, reference=reference)
        return self._page("trouble", args.suggested_status_code, values | {"reference": reference})

    def _page(
        self, name: str, status: int, values: dict[str, Any], done: AsyncOAuthSettings | None = None
    ) -> BoltResponse:
        page = self.pages.page(name, values)
        headers: dict[str, Any] = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": page.policy,
            "Cache-Control": "no-store",
        }
        if done is not None:
            headers["Set-Cookie"] = [done.state_utils.build_set_cookie_for_deletion()]
        return BoltResponse(status=status, body=page.html, headers=headers)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
