"""The strict Slack itself: a server on 127.0.0.1 that rejects what Slack rejects and keeps what everybody saw."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.demo.workspace import Workspace
from tests.support.strict.callbacks import Callbacks
from tests.support.strict.chaos import Chaos
from tests.support.strict.delivery import Delivery
from tests.support.strict.files import Files
from tests.support.strict.gate import Gate
from tests.support.strict.people import People
from tests.support.strict.places import Places
from tests.support.strict.rates import Rates, Throttle
from tests.support.strict.reading import Reading
from tests.support.strict.records import Records
from tests.support.strict.refusal import Json
from tests.support.strict.sockets import Sockets
from tests.support.strict.state import State
from tests.support.strict.triggers import Triggers
from tests.support.strict.views import Views
from tests.support.strict.web_api import WebApi
from tests.support.strict.writing import Writing

SUBSCRIBED = (
    "message.im",
    "app_home_opened",
    "user_change",
    "team_join",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "channel_deleted",
    "channel_left",
    "group_archive",
    "group_unarchive",
    "group_rename",
    "group_deleted",
    "group_left",
    "member_joined_channel",
    "member_left_channel",
    "app_uninstalled",
    "tokens_revoked",
)
"""The bot events that an app of ours may listen to; what a test's app does not know it leaves alone."""
SECRET = "signed by the strict Slack"


class StrictSlack:
    """A running Slack, from `async with` to its end. Port 0 takes a free one.

    `clock` measures spans (rates, triggers, history lag), `wall` dates messages. `ack_seconds` is how long an
    acknowledgement may take, `hurry` scales the times between retries. `echo`: the app hears of its own messages.
    `urls`: events go there as signed requests, in place of Socket Mode. Raises OSError where the port is taken.
    """

    def __init__(
        self,
        workspace: Workspace,
        port: int = 0,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        rates: Rates | None = None,
        chaos: Chaos | None = None,
        ack_seconds: float = 3.0,
        hurry: float = 1.0,
        echo: bool = True,
        subscribed: Sequence[str] = SUBSCRIBED,
        urls: Sequence[str] = (),
        secret: str = SECRET,
    ) -> None:
        self._port, self._echo = port, echo
        self.chaos = chaos or Chaos()
        self.state = State(workspace, clock, wall, self._tell)
        triggers = Triggers(clock, self.state.new_id)
        self.sockets = Sockets(workspace.app_id, ack_seconds, self.chaos)
        self.delivery = Delivery(self.state, self.chaos, frozenset(subscribed), hurry)
        self.delivery.carrier = Callbacks(urls, secret, ack_seconds, wall) if urls else self.sockets
        writing, views = Writing(self.state, lambda: self.chaos.history_lag), Views(self.state, triggers)
        self.files = Files(self.state, writing, lambda: self.url)
        self._api = WebApi(self.state, Reading(self.state), writing, views, self.files, self._link)
        self._gate = Gate(self._api, Throttle(rates or Rates(), clock), self.chaos, self.state.records)
        self.people = People(self.state, triggers, self.delivery, writing, views)
        self.places = Places(self.state, self.delivery, self._api.keys)
        self._running = contextlib.AsyncExitStack()

    @property
    def url(self) -> str:
        """Where it listens. Known once it runs."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base of the Web API, for SLACK_API_URL. Known once it runs."""
        return f"{self.url}/api/"

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is called now, and the keys of the app."""
        return self.state.workspace

    @property
    def records(self) -> Records:
        """Everything that people saw and that the app asked for."""
        return self.state.records

    def messages(self, channel: str) -> list[Json]:
        """What stands in a conversation now, oldest first; a person's id names their DM."""
        found = self.state.direct(channel) if channel in self.state.users else self.state.conversation(channel)
        return found.messages

    def revoke(self, bot: str | None = "token_revoked", app: str | None = None) -> None:
        """From now on a token is refused with this error ("account_inactive", "invalid_auth"); None mends it."""
        self._api.keys.bot, self._api.keys.app = bot, app

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._gate.serve)
        app.router.add_get("/link/{ticket}", self.sockets.serve)
        app.router.add_post("/upload/v1/{ticket}", self.files.take)
        runner = web.AppRunner(app, shutdown_timeout=1)
        async with contextlib.AsyncExitStack() as starting:
            await runner.setup()
            starting.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            self._port = runner.addresses[0][1]
            starting.push_async_callback(self.sockets.close)
            starting.push_async_callback(self.delivery.stop)
            starting.callback(self._gate.close)
            self._running = starting.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and stop listening."""
        await self._running.aclose()

    def _tell(self, subscription: str, event: Json) -> None:
        by = event.get("message") or event.get("previous_message") or event
        if self._echo or by.get("bot_id") != self.workspace.bot_id:
            self.delivery.event(subscription, event)

    def _link(self) -> str:
        return f"ws://127.0.0.1:{self._port}/link/{self.sockets.ticket()}"
