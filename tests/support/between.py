"""A proxy between the app and a Slack stand-in: it passes everything on, until a test makes trouble with it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from types import TracebackType
from typing import Final, Self

import aiohttp
from aiohttp import WSMsgType, web

from bot.demo.workspace import Json

_PASSED_ON: Final = ("Authorization", "Content-Type")


class Between:
    """Stands in front of the stand-in at `url`, from `async with` to its end; the app is given `api_url`.

    It can refuse calls as Slack does when it is busy, take calls without ever answering them, lose the
    acknowledgement of a message on its way to Slack, close connections, and leave a goodbye unanswered.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._port = 0
        self._running = contextlib.AsyncExitStack()
        self._session: aiohttp.ClientSession
        self._links: dict[str, str] = {}
        self._open: set[web.WebSocketResponse] = set()
        self._numbers = itertools.count(1)
        self._sent: dict[str, str] = {}  # the words of a message by the envelope that brought it to the app
        self._refusing: set[str] = set()
        self._unanswered: set[str] = set()
        self._lost: set[str] = set()
        self._deaf = False
        self.refused: list[str] = []
        """The methods of the calls that were refused."""
        self.taken: list[str] = []
        """The methods of the calls that Slack did and did not answer."""
        self.acknowledged: list[str] = []
        """The words of the messages that the app has acknowledged, whether or not Slack heard of it."""

    @property
    def api_url(self) -> str:
        """The base of the Web API, for SLACK_API_URL. Known once it runs."""
        return f"http://127.0.0.1:{self._port}/api/"

    def refuse(self, method: str) -> None:
        """From now on, Slack is too busy for this method."""
        self._refusing.add(method)

    def leave_unanswered(self, method: str) -> None:
        """From now on, Slack does what this method asks for, and its answer never arrives."""
        self._unanswered.add(method)

    def lose_acknowledgement(self, text: str) -> None:
        """Slack will not hear that the app has this message."""
        self._lost.add(text)

    async def cut(self) -> None:
        """Close every Socket Mode connection, as Slack does when it moves an app to another of its servers."""
        for link in list(self._open):
            await link.close()

    def go_deaf(self) -> None:
        """From now on, connections stay open and nothing answers on them any more, not even to a goodbye."""
        self._deaf = True

    def mend(self) -> None:
        """Everything gets through again."""
        for trouble in (self._refusing, self._unanswered, self._lost):
            trouble.clear()

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link/{number}", self._link)
        runner = web.AppRunner(app, shutdown_timeout=1)
        async with contextlib.AsyncExitStack() as starting:
            self._session = await starting.enter_async_context(aiohttp.ClientSession())
            await runner.setup()
            starting.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self._port = runner.addresses[0][1]
            self._running = starting.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and stop listening."""
        await self._running.aclose()

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method in self._refusing:
            self.refused.append(method)
            busy = {"ok": False, "error": "ratelimited"}
            return web.json_response(busy, status=429, headers={"Retry-After": "1"})
        headers = {name: value for name in _PASSED_ON if (value := request.headers.get(name))}
        async with self._session.request(
            request.method,
            f"{self._url}/api/{method}",
            params=request.query,
            data=await request.read(),
            headers=headers,
        ) as answer:
            status, told = answer.status, await answer.json()
        if method in self._unanswered:
            self.taken.append(method)
            await asyncio.Event().wait()
        if method == "apps.connections.open" and told["ok"]:
            number = str(next(self._numbers))
            self._links[number] = told["url"]
            told = told | {"url": f"ws://127.0.0.1:{self._port}/link/{number}"}
        return web.json_response(told, status=status)

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        """One Socket Mode connection, joined to one of the stand-in's."""
        app = web.WebSocketResponse(autoclose=False)
        await app.prepare(request)
        async with self._session.ws_connect(self._links[request.match_info["number"]], max_msg_size=0) as slack:
            back = asyncio.create_task(self._from_app(app, slack))
            self._open.add(app)
            try:
                async for frame in slack:
                    if frame.type is WSMsgType.TEXT:
                        self._note(json.loads(frame.data))
                        await app.send_str(frame.data)
            finally:
                self._open.discard(app)
                back.cancel()
                await app.close()
        return app

    async def _from_app(self, app: web.WebSocketResponse, slack: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for frame in app:
                if frame.type is WSMsgType.TEXT:
                    text = self._sent.get(json.loads(frame.data).get("envelope_id"))
                    if text is not None:
                        self.acknowledged.append(text)
                    if text is None or text not in self._lost:
                        await slack.send_str(frame.data)
            if self._deaf:
                await asyncio.Event().wait()
        finally:
            await slack.close()

    def _note(self, frame: Json) -> None:
        event = (frame.get("payload") or {}).get("event") or {}
        if event.get("type") == "message" and event.get("text"):
            self._sent[frame["envelope_id"]] = event["text"]
