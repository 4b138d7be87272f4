"""How the process is reached: by which way Slack's events come, and where an operator looks."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_messenger import translated
from bot.connection import dialled
from bot.health import Health, Pulse, database_probe, token_probe
from bot.metrics import Metrics
from bot.ports.slack import NotAllowed, Refused
from bot.ports.standing import Standing
from bot.settings import Settings
from bot.sockets import Sockets
from bot.web import OPERATOR_ENDS, SlackHttp, listening, operator_app


@dataclass(frozen=True)
class Place:
    """Where to listen."""

    host: str
    port: int


@dataclass(frozen=True)
class Ways:
    """What the settings say about it. `deaf_after` is in seconds.

    With `secret` and `events`, Slack's events come over HTTP, otherwise by `sockets` Socket Mode connections. Slack
    sends each event by one of them; the stand-in that npm installs sends it by all, so one is what goes everywhere.
    """

    sockets: int = 1
    deaf_after: float = 120.0
    secret: str | None = None
    events: Place | None = None
    health: Place | None = None


def ways_of(settings: Settings) -> Ways:
    """As the settings say; raises `SettingsError` when they are half of HTTP and half of Socket Mode."""
    s = settings
    secret = s.signing_secret()
    return Ways(
        s.huddle_sockets,
        s.huddle_deaf_after,
        secret,
        Place(s.huddle_http_host, s.huddle_http_port) if secret and s.huddle_http_port else None,
        Place(s.huddle_health_host, s.huddle_health_port) if s.huddle_health_port else None,
    )


class Door(Protocol):
    """The way by which Slack's events come: `open`, then `watch` until it is cancelled or raises, then `close`."""

    @property
    def trouble(self) -> str | None:
        """Why no event can come, in words; None when one can."""
        ...

    async def open(self) -> None:
        """From now on events come; raises a `HuddleError` with one sentence when they cannot."""
        ...

    async def watch(self) -> None:
        """Keep it open; raises a `HuddleError` with one sentence when that is beyond this process."""
        ...

    async def close(self) -> None:
        """Take nothing new, and answer what has come; takes at most two seconds."""
        ...


def door_for(app: AsyncApp, app_token: str, ways: Ways, metrics: Metrics) -> Door:
    """The door that the settings name."""
    if ways.secret and ways.events:
        return SlackHttp(app, ways.secret, ways.events.host, ways.events.port)

    async def address() -> str:
        try:
            answer: Any = await app.client.apps_connections_open(app_token=app_token)
        except SlackApiError as error:
            raise translated(error) from None
        return str(answer["url"])

    sockets = Sockets(lambda: dialled(app, app_token, address), ways.sockets, ways.deaf_after)
    metrics.connections(lambda: sockets.connected)
    return sockets


def refused_by(client: AsyncWebClient) -> Callable[[], Awaitable[str | None]]:
    """Asks Slack why it refuses the client's token; None when it does not, raises when there is no answer."""

    async def refused() -> str | None:
        if client.token is None:  # each workspace has its own, and one that is refused is no reason to stop the others
            return None
        try:
            await client.auth_test()
        except SlackApiError as error:
            reason = translated(error)
            if isinstance(reason, Refused | NotAllowed):
                return str(reason)
            raise
        return None

    return refused


@contextlib.asynccontextmanager
async def operators(
    ways: Ways, pulse: Pulse, use: Callable[[], Awaitable[object]], client: AsyncWebClient, door: Door,
    metrics: Metrics, stands: Callable[[], Awaitable[Standing]],
) -> AsyncIterator[Health]:  # fmt: skip
    """The operator's port, if there is to be one, until the end of the block; `use` reads and writes the database,
    `stands` asks it where things stand.

    Raises `SettingsError` with one sentence when nothing can listen there.
    """
    health = Health(pulse, database_probe(use), token_probe(refused_by(client)), lambda: door.trouble)
    async with contextlib.AsyncExitStack() as stack:
        if ways.health:
            app = operator_app(health.alive, health.ready, lambda: metrics.scrape(stands))
            place = ways.health
            await stack.enter_async_context(listening(app, place.host, place.port, "HUDDLE_HEALTH_PORT", OPERATOR_ENDS))
        yield health
