"""Socket Mode: up to ten connections, each envelope to one of them, `hello`, `disconnect`, acknowledgements."""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from typing import Final

from aiohttp import WSMsgType, web

from tests.support.strict.chaos import Chaos
from tests.support.strict.delivery import as_json
from tests.support.strict.refusal import Json

MOST_CONNECTIONS: Final = 10


class _Link:
    """One open connection. `leaving`: it was told to go and gets nothing new."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self.socket, self.transport, self.leaving = socket, transport, False
        self.pending: dict[str, asyncio.Future[Json | None]] = {}

    def cut(self) -> None:
        """Whoever waits for an acknowledgement on this connection waits in vain."""
        for future in self.pending.values():
            if not future.done():
                future.set_result(None)


class Sockets:
    """The app's connections; a Carrier. An address that was given out works once."""

    def __init__(self, app_id: str, ack_seconds: float, chaos: Chaos) -> None:
        self._app_id, self._ack_seconds, self._chaos = app_id, ack_seconds, chaos
        self._links: list[_Link] = []
        self._tickets: set[str] = set()
        self._turn = 0
        self._changed = asyncio.Event()
        self.envelopes: list[Json] = []
        """Every envelope that was sent, retries too."""

    @property
    def connected(self) -> int:
        """How many connections are open and not about to close."""
        return sum(not link.leaving for link in self._links)

    def ticket(self) -> str:
        """What the address of a new connection ends in."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def wait_connected(self, count: int = 1, seconds: float = 5.0) -> None:
        """Wait until so many connections are open; raises TimeoutError after that many seconds."""
        async with asyncio.timeout(seconds):
            while self.connected < count:
                self._changed.clear()
                await self._changed.wait()

    async def attempt(self, kind: str, payload: Json, retry: int, reason: str) -> tuple[Json | None, str]:
        """Send one envelope to one connection in turn, and wait for its acknowledgement."""
        links = [link for link in self._links if not link.leaving]
        if not links:
            return None, "connection_failed"
        self._turn += 1
        link = links[self._turn % len(links)]
        envelope: Json = {"envelope_id": str(uuid.uuid4()), "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        link.pending[envelope["envelope_id"]] = future
        self.envelopes.append(envelope)
        try:
            await link.socket.send_str(as_json(envelope))
            if self._chaos.happens(self._chaos.cut):
                self._break(link)
            return await asyncio.wait_for(future, self._ack_seconds), "timeout"
        except (TimeoutError, ConnectionError):
            return None, "timeout"
        finally:
            link.pending.pop(envelope["envelope_id"], None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection of the app, from hello to its end."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=10)
        await socket.prepare(request)
        if len(self._links) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        link = _Link(socket, request.transport)
        about = {"connection_info": {"app_id": self._app_id}, "debug_info": {"host": "strict", "build_number": 1}}
        await socket.send_json({"type": "hello", "num_connections": len(self._links) + 1, **about})
        self._links.append(link)
        self._changed.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledged(link, json.loads(frame.data))
        finally:
            self._closed(link)
        return socket

    async def refresh(self, reason: str = "refresh_requested", close_after: float = 0.5) -> None:
        """Tell every connection to go; those that are still open after a while are closed."""
        leaving = list(self._links)
        for link in leaving:
            link.leaving = True
            with contextlib.suppress(ConnectionError):
                await link.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "strict"}})
        await asyncio.sleep(close_after)
        for link in leaving:
            await link.socket.close()

    def cut(self) -> None:
        """Every connection breaks off, without a goodbye."""
        for link in list(self._links):
            self._break(link)

    async def close(self) -> None:
        """Close every connection, as Slack does when it goes down."""
        for link in list(self._links):
            await link.socket.close()

    def _break(self, link: _Link) -> None:
        if link.transport:
            link.transport.abort()
        self._closed(link)

    def _acknowledged(self, link: _Link, acknowledgement: Json) -> None:
        future = link.pending.get(str(acknowledgement.get("envelope_id")))
        if future and not future.done() and not self._chaos.happens(self._chaos.lose_ack):
            future.set_result(acknowledgement.get("payload") or {})

    def _closed(self, link: _Link) -> None:
        if link in self._links:
            self._links.remove(link)
        link.cut()
        self._changed.set()
