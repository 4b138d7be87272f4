"""The doctor where many workspaces install the app: which they are, and whether each is served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.keys import FernetKeys
from bot.adapters.oauth import INSTALL
from bot.adapters.slack_messenger import translated
from bot.errors import HuddleError, KeysError
from bot.finding import Finding
from bot.ports.installations import Installation, Keys, Sealed
from bot.ports.slack import NotAllowed, Refused
from bot.scopes import SCOPES
from bot.settings import OAuth, Settings
from storage.open import open_existing

PART = "workspaces"
RENEWS = "token_expired"
"""Slack's word for a token that ended while nobody used it: the next use renews it."""


async def workspaces(settings: Settings, oauth: OAuth) -> list[Finding]:
    """Whether the keys are keys, and of each workspace whether its tokens open, work, and may do what the app does."""
    try:
        keys = FernetKeys(oauth.keys)
    except KeysError as error:
        return [Finding("keys", False, str(error), "Mend HUDDLE_KEYS; docs/workspaces.md has the steps.")]
    try:
        kept = await _kept(settings)
    except HuddleError:
        return [Finding(PART, True, "not known, see the database")]
    if not kept:
        return [Finding(PART, True, f"none yet; the first one installs the app at {oauth.public_url}{INSTALL}")]
    names = ", ".join(f"{one.name or one.id} ({one.id})" for one in kept)
    return [Finding(PART, True, names), *[await _examined(settings, keys, one) for one in kept]]


async def _kept(settings: Settings) -> Sequence[Sealed]:
    storage = open_existing(settings.database)
    try:
        return await storage.read(lambda s: s.installations.all())
    finally:
        storage.close()


async def _examined(settings: Settings, keys: Keys, sealed: Sealed) -> Finding:
    part = f"workspace {sealed.name or sealed.id}"
    try:
        found = keys.open(sealed)
    except KeysError as error:
        return Finding(part, False, str(error), "Add the key to HUDDLE_KEYS, or have the app installed there again.")
    try:
        answer: Any = await _client(settings, found).auth_test()
    except SlackApiError as error:
        return _refused(part, found, translated(error))
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        says = f"Slack did not answer ({type(error).__name__})."
        return Finding(part, False, says, "Check the network, a proxy (HTTPS_PROXY) and SLACK_API_URL.")
    sent = next((v for k, v in answer.headers.items() if k.lower() == "x-oauth-scopes"), None)
    granted = found.scopes if sent is None else [one.strip() for one in str(sent).split(",")]
    if missing := [scope for scope in SCOPES if scope not in granted]:
        says = f"it may not do everything; missing: {', '.join(missing)}."
        return Finding(part, False, says, f"Have the app installed there again, at HUDDLE_PUBLIC_URL{INSTALL}.")
    until = f", token renewed by {found.expires_at:%Y-%m-%d %H:%M} UTC" if found.expires_at else ""
    return Finding(part, True, f"{answer['user']} in {answer['team']}{until}")


def _refused(part: str, found: Installation, trouble: Exception) -> Finding:
    if str(trouble) == RENEWS and found.refresh_token:
        return Finding(part, True, "its token ended while nothing was sent, and is renewed with the next message")
    if isinstance(trouble, Refused | NotAllowed):
        mend = "Have the app installed there again; until then its messages wait."
        return Finding(part, False, f"Slack refuses its token ({trouble}).", mend)
    return Finding(part, False, f"Slack did not say ({trouble}).", "Try again in a minute.")


def _client(settings: Settings, found: Installation) -> AsyncWebClient:
    return AsyncWebClient(token=found.bot_token, base_url=settings.slack_api_url, retry_handlers=[], timeout=10)
