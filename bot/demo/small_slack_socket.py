"""Socket Mode of the small Slack: envelopes to one connection, acknowledged or sent again."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from aiohttp import WSMsgType, web

from bot.demo.workspace import Json

_RETRIES: Final = 3  # Slack tries an event three times more, then gives it up


@dataclass(eq=False)
class _Envelope:
    kind: str
    payload: Json
    answer: asyncio.Future[Json] | None = None  # set for what a person waits for; such is never sent twice
    attempt: int = 0
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def frame(self) -> Json:
        whole = {"envelope_id": self.id, "type": self.kind, "payload": self.payload}
        if self.answer is not None:
            return {**whole, "accepts_response_payload": True}
        reason = "timeout" if self.attempt else ""
        retry = {"retry_attempt": self.attempt, "retry_reason": reason}
        return {**whole, "accepts_response_payload": False, **retry}


class SocketMode:
    """The app's connections and what is on its way to it.

    An event that nobody acknowledged is sent again, as a retry, to the next connection in turn: when its own
    connection closes, or after `ack_seconds`. Events wait while nobody is connected. (Slack waits longer
    between retries, and forgets sooner.) `status_changed` is called when a connection comes or goes.
    """

    def __init__(self, app_id: str, ack_seconds: float, status_changed: Callable[[], None]) -> None:
        self._status_changed = status_changed
        self._app_id = app_id
        self._ack_seconds = ack_seconds
        self._connections: list[web.WebSocketResponse] = []
        self._somebody = asyncio.Event()
        self._outgoing: asyncio.Queue[_Envelope] = asyncio.Queue()
        self._unacknowledged: dict[str, tuple[_Envelope, web.WebSocketResponse]] = {}

    @property
    def connected(self) -> bool:
        """Whether the app listens."""
        return bool(self._connections)

    def send_event(self, payload: Json) -> None:
        """Queue one event for the app; where nobody listens, the first try has failed already."""
        self._outgoing.put_nowait(_Envelope("events_api", payload, attempt=0 if self._connections else 1))

    async def ask(self, kind: str, payload: Json) -> Json | None:
        """Send an interaction and return what the app acknowledged it with, or None if it did not in time."""
        if not self._connections:
            return None
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        envelope = _Envelope(kind, payload, answer)
        self._outgoing.put_nowait(envelope)
        try:
            return await asyncio.wait_for(answer, self._ack_seconds)
        except TimeoutError:
            self._unacknowledged.pop(envelope.id, None)
            return None

    async def deliver(self) -> None:
        """Send what is queued, in order, until cancelled."""
        turn = 0
        while True:
            envelope = await self._outgoing.get()
            while not self._connections:
                await self._somebody.wait()
            if envelope.answer is not None and envelope.answer.done():
                continue
            turn += 1
            connection = self._connections[turn % len(self._connections)]
            self._unacknowledged[envelope.id] = (envelope, connection)
            try:
                await connection.send_json(envelope.frame())
            except ConnectionError:
                self._closed(connection)
            else:
                later = asyncio.get_running_loop().call_later
                later(self._ack_seconds, self._send_again, envelope, envelope.attempt)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of the app, from hello to its end."""
        connection = web.WebSocketResponse(heartbeat=10)
        await connection.prepare(request)
        about = {"connection_info": {"app_id": self._app_id}, "debug_info": {"host": "small-slack"}}
        await connection.send_json({"type": "hello", "num_connections": len(self._connections) + 1, **about})
        self._connections.append(connection)
        self._somebody.set()
        self._status_changed()
        try:
            async for frame in connection:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledged(json.loads(frame.data))
        finally:
            self._closed(connection)
        return connection

    async def close(self) -> None:
        """Close every connection, as Slack does when it goes down."""
        for connection in list(self._connections):
            await connection.close()

    def _acknowledged(self, acknowledgement: Json) -> None:
        envelope, _ = self._unacknowledged.pop(str(acknowledgement.get("envelope_id")), (None, None))
        if envelope and envelope.answer and not envelope.answer.done():
            envelope.answer.set_result(acknowledgement.get("payload") or {})

    def _closed(self, connection: web.WebSocketResponse) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
            self._status_changed()
        if not self._connections:
            self._somebody.clear()
        for envelope, sent_on in list(self._unacknowledged.values()):
            if sent_on is connection:
                self._send_again(envelope, envelope.attempt)

    def _send_again(self, envelope: _Envelope, after_attempt: int) -> None:
        if envelope.id not in self._unacknowledged or envelope.attempt != after_attempt:
            return
        del self._unacknowledged[envelope.id]
        envelope.attempt += 1
        if envelope.answer is None and envelope.attempt <= _RETRIES:
            self._outgoing.put_nowait(envelope)
