"""Fixtures: a strict Slack, clients of it, and a Bolt app that is connected to it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.workspace import Channel, User, Workspace
from tests.support.slack import without_a_proxy
from tests.support.strict import StrictSlack

__all__ = ["without_a_proxy"]

ANNA = User("U01ANNA", "anna", "Anna Weber", "Europe/Berlin")
BEN = User("U02BEN", "ben", "Ben Sato", "Asia/Tokyo")
_BOT = Workspace(users=()).bot_user_id
WORKSPACE = Workspace(
    users=(ANNA, BEN),
    channels=(Channel("C01SALES", "sales", (ANNA.id, BEN.id, _BOT)), Channel("C02LUNCH", "lunch", (ANNA.id,))),
    scopes=("chat:write", "im:history", "im:read", "im:write", "users:read", "channels:read", "commands"),
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the strict Slack."""
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[StrictSlack]:
    """A strict Slack that waits half a second for an acknowledgement, and hardly between retries."""
    async with StrictSlack(WORKSPACE, clock=clock, ack_seconds=0.5, hurry=0.001) as running:
        yield running


def client_of(slack: StrictSlack, token: str = WORKSPACE.bot_token, seconds: int = 5) -> AsyncWebClient:
    """A client that tries each call once."""
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[], timeout=seconds)


@pytest.fixture
def client(slack: StrictSlack) -> AsyncWebClient:
    """The bot's client."""
    return client_of(slack)


async def error_of(call: Any) -> str:
    """The name of the error that a call is refused with."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    return str(refusal.value.response["error"])


def app_of(slack: StrictSlack) -> AsyncApp:
    """A Bolt app without listeners which hears its own messages too."""
    return AsyncApp(client=client_of(slack), ignoring_self_events_enabled=False)


@contextlib.asynccontextmanager
async def connected(app: AsyncApp, slack: StrictSlack) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app, connected by Socket Mode until the end of the block."""
    handler = AsyncSocketModeHandler(app, WORKSPACE.app_token)
    try:
        before = slack.sockets.connected
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.sockets.wait_connected(before + 1)
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
