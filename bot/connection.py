"""One connection of Socket Mode, from Slack's hello to its end.

slack_sdk's client is used for the one connection and never reconnects by itself: it closes the old connection before
it opens the new one, tries a bad token and a used-up address for ever, takes a connection that says nothing for a live
one, and counts a pong that it only hoped for.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.clock import system_clock
from bot.ports import Clock

log = structlog.get_logger()

PING = 5.0
"""Seconds between the pings of a connection; Slack answers at once."""
STALE = 30.0
"""Seconds of silence after which a connection counts as closed."""
OPENING = 10.0
"""Seconds that a new connection may take, from asking for its address to Slack's hello."""
FINISH = 0.5
"""Seconds that what is being answered gets before its connection is closed; an answer to Slack takes milliseconds."""
GOODBYE = 1.0
"""Seconds that Slack gets to answer when we close a connection."""

Address = Callable[[], Awaitable[str]]
"""Asks Slack for the address of a new connection. Raises `TryLater`, `Refused`, or what the network raises."""


class Link(Protocol):
    """One connection to Slack, from its hello to its end. It is never renewed in place."""

    leaving: str | None
    """Why Slack wants it closed, once it has said so."""
    stood: float
    """Seconds that it has been looked at."""

    @property
    def open(self) -> bool:
        """Whether events may come by it: it is not closed and not silent."""
        ...

    def look(self, step: float) -> bool:
        """Whether anything was heard since the last look, `step` seconds ago."""
        ...

    async def hang_up(self) -> None:
        """Close it, once what came by it is answered; takes at most `FINISH` + `GOODBYE` seconds."""
        ...


class Connection(SocketModeClient):
    """Implements `Link` by slack_sdk's client."""

    def __init__(self, app: AsyncApp, app_token: str, clock: Clock = system_clock) -> None:
        """Not connected yet; must be made on the event loop, and be hung up even if it never connects."""
        super().__init__(app_token, app.logger, app.client, auto_reconnect_enabled=False, ping_interval=PING)
        self.leaving: str | None = None
        self.stood = 0.0
        self._app = app
        self._clock = clock
        self._greeted = asyncio.Event()
        self._answering = 0
        self._silent = 0.0
        self._messages = 0
        self._heard: tuple[int, float | None] = (0, None)
        self.socket_mode_request_listeners.append(self._answer)

    async def connect(self) -> None:
        """Open the connection at `wss_uri`; returns after Slack's hello, raises what keeps it from coming."""
        self.current_session = await self.aiohttp_client_session.ws_connect(
            str(self.wss_uri),
            autoping=False,
            heartbeat=2 * self.ping_interval,  # aiohttp closes it when half of that passes without an answer
            proxy=self.proxy,
            ssl=self.web_client.ssl if self.web_client.ssl is not None else True,
        )
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        await self._greeted.wait()

    async def monitor_current_session(self) -> None:
        """Ping, for as long as it is open. Only a pong sets `last_ping_pong_time`."""
        session = self.current_session
        while session is not None and not session.closed:
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await session.ping(f"sdk-ping-pong:{self._clock().timestamp()}".encode())
            await asyncio.sleep(self.ping_interval)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Nothing: whoever has this connection replaces it."""

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """One message of Slack: a greeting, a farewell, or something to be answered."""
        self._messages += 1
        if message.get("type") == "disconnect":
            self.leaving = str(message.get("reason") or "disconnect")
            return
        self._greeted.set()
        self._answering += 1
        try:
            await super().run_message_listeners(message, raw_message)
        finally:
            self._answering -= 1

    async def _answer(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        begun = self._clock().timestamp()
        answer = await run_async_bolt_app(self._app, request)
        try:
            await send_async_response(self, request, answer, begun)
        except (aiohttp.ClientError, ConnectionError) as error:
            # what was asked is done; Slack asks again, by another connection, and is told that it is
            log.info("an answer came too late for its connection", reason=type(error).__name__)

    @property
    def open(self) -> bool:
        """Implements `Link`."""
        session = self.current_session
        return not self.closed and session is not None and not session.closed and self._silent <= STALE

    def look(self, step: float) -> bool:
        """Implements `Link`."""
        now = (self._messages, self.last_ping_pong_time)
        heard, self._heard = now != self._heard, now
        self._silent = 0.0 if heard else self._silent + step
        self.stood += step
        return heard

    async def hang_up(self) -> None:
        """Implements `Link`. A dead connection does not answer the goodbye: then it is dropped."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FINISH):
                while self._answering:  # noqa: ASYNC110 - a count has no event to wait for
                    await asyncio.sleep(0.02)
        try:
            async with asyncio.timeout(GOODBYE):
                await self.close()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self.close()  # type: ignore[no-untyped-call]  # what is closed already is not waited for


async def dialled(app: AsyncApp, app_token: str, address: Address) -> Connection:
    """A connection that Slack has greeted, within `OPENING` seconds; raises what keeps it from coming."""
    async with asyncio.timeout(OPENING):
        url = await address()
        connection = Connection(app, app_token)
        connection.wss_uri = url
        try:
            await connection.connect()
        except BaseException:
            await connection.hang_up()
            raise
        return connection
