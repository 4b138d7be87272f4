"""Fixtures: each Slack stand-in, the people in it, and Bolt apps that are connected to it.

A conftest.py imports the fixtures that its folder uses.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.local_slack import LocalSlack, StandInMissing
from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import Channel, User, Workspace

ANNA = User("U01ANNA", "anna", "Anna Weber", "Europe/Berlin")
BEN = User("U02BEN", "ben", "Ben Sato", "Asia/Tokyo")
_BOT = Workspace(users=()).bot_user_id
WORKSPACE = Workspace(
    users=(ANNA, BEN),
    channels=(
        Channel("C01SALES", "sales", (ANNA.id, BEN.id, _BOT)),
        Channel("C02LUNCH", "lunch", (ANNA.id,)),
    ),
)

StandIn = SmallSlack | LocalSlack


@pytest.fixture(autouse=True)
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """slack_sdk sends everything through the proxy of the environment, 127.0.0.1 included."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def small_slack() -> AsyncIterator[SmallSlack]:
    """The small Slack, which gives up on an acknowledgement sooner than Slack does."""
    async with SmallSlack(WORKSPACE, ack_seconds=0.5) as slack:
        yield slack


@pytest.fixture
async def local_slack() -> AsyncIterator[LocalSlack]:
    """The stand-in that npm installs; its tests are skipped, with the reason, where it cannot run."""
    try:
        slack = await contextlib.AsyncExitStack().enter_async_context(LocalSlack(WORKSPACE))
    except StandInMissing as missing:
        pytest.skip(str(missing))
    try:
        yield slack
    finally:
        await slack.__aexit__(None, None, None)


@pytest.fixture(params=["small", "local"])
def slack(request: pytest.FixtureRequest) -> StandIn:
    """Each stand-in in turn."""
    found: StandIn = request.getfixturevalue(f"{request.param}_slack")
    return found


@pytest.fixture
async def people(slack: StandIn) -> AsyncIterator[SlackControl]:
    """The people of the stand-in."""
    async with SlackControl(slack.url) as control:
        yield control


def web_client(slack: StandIn, token: str = WORKSPACE.bot_token) -> AsyncWebClient:
    """A Web API client of the stand-in which tries each call once."""
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=[])


def bolt_app(slack: StandIn) -> AsyncApp:
    """A Bolt app without listeners which hears its own messages too."""
    return AsyncApp(client=web_client(slack), ignoring_self_events_enabled=False)


@contextlib.asynccontextmanager
async def connected(app: AsyncApp, slack: StandIn) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app, connected by Socket Mode until the end of the block."""
    handler = AsyncSocketModeHandler(app, WORKSPACE.app_token)
    async with SlackControl(slack.url) as control:
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            await control.wait_connected()
            yield handler
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]


async def eventually(check: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until the check holds; raises TimeoutError after that many seconds."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110 - what is waited for is any state, without an event to wait on
            await asyncio.sleep(0.02)
