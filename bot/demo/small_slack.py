"""A small Slack of our own, in this process: where the other stand-in cannot run, and for fast tests.

It has Socket Mode, the Web API methods that our app calls, and the control surface of the other stand-in
(local_slack.py), by which `slack_person.SlackControl` acts as a person. It is deliberately small, not strict:
no limits on rates, texts or blocks, no scopes, no threads, no response_url, no web page. It does what an app
must bear: events again after an outage, its own messages as events, wrong tokens, unknown channels, triggers
that come too late.

One idea a file: _state what it knows, _people what people do, _changes how people and channels change, _socket
Socket Mode, _api the Web API, _files the files in it; here the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from types import TracebackType
from typing import Final, Self

from aiohttp import WSMsgType, web

from bot.demo.small_slack_api import WebApi
from bot.demo.small_slack_changes import SlackChanges
from bot.demo.small_slack_files import SlackFiles
from bot.demo.small_slack_people import SlackPeople, Told
from bot.demo.small_slack_socket import SocketMode
from bot.demo.small_slack_state import SlackRefusalError, SlackState
from bot.demo.workspace import Json, Workspace

_BY_SCREEN: Final = {  # what a screen calls the deeds
    "post_message": "message",
    "edit_message": "edit-message",
    "delete_message": "delete-message",
    "slash_command": "command",
    "block_action": "interact",
    "open_home": "open-home",
    "view_submit": "view-submit",
    "view_close": "view-close",
}


class SmallSlack:
    """A running small Slack, from `async with` to its end, on 127.0.0.1. Port 0 takes a free one.

    `ack_seconds` is how long it waits for an acknowledgement (Slack: three seconds). Raises OSError where the
    port is taken.
    """

    def __init__(self, workspace: Workspace, port: int = 0, *, ack_seconds: float = 3.0) -> None:
        self._scopes = ",".join(workspace.scopes)
        self._port = port
        self._socket = SocketMode(workspace.app_id, ack_seconds, self._tell_connected)
        self._state = SlackState(workspace, self._tell_app, self._tell_screens)
        self._people = SlackPeople(self._state, self._socket, self._tell_screens)
        changes = SlackChanges(self._state, self._tell_app)
        self._deeds = {**self._people.deeds, **changes.deeds}
        self._files = SlackFiles(self._state, lambda: self.url)
        self._api = WebApi(self._state, self._files, lambda: f"ws://127.0.0.1:{self._port}/link/{uuid.uuid4()}")
        self._screens: list[web.WebSocketResponse] = []
        self._frames: asyncio.Queue[tuple[Json, list[web.WebSocketResponse]]] = asyncio.Queue()
        self._running = contextlib.AsyncExitStack()

    @property
    def url(self) -> str:
        """Where its control surface is. Known once it runs."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base of the Web API, for SLACK_API_URL. Known once it runs."""
        return f"{self.url}/api/"

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", self._serve_api)
        app.router.add_get("/link/{ticket}", self._socket.serve)
        app.router.add_post("/upload/v1/{file}", self._files.take)
        app.router.add_get("/files-pri/{file}", self._files.serve)
        app.router.add_get("/ui", self._serve_screen)
        app.router.add_get("/_control/state", self._serve_state)
        app.router.add_get("/_control/messages/{channel}", self._serve_messages)
        app.router.add_post("/_control/{deed}", self._serve_control)
        runner = web.AppRunner(app, shutdown_timeout=1)
        async with contextlib.AsyncExitStack() as starting:
            await runner.setup()
            starting.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            self._port = runner.addresses[0][1]
            for loop in (self._socket.deliver(), self._show()):
                starting.push_async_callback(_end, asyncio.create_task(loop))
            starting.push_async_callback(self._hang_up)
            self._running = starting.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection and stop listening."""
        await self._running.aclose()

    def _tell_app(self, event: Json) -> None:
        self._people.event(event)

    def _tell_connected(self) -> None:
        status = {"appId": self._state.workspace.app_id, "connected": self._socket.connected}
        self._tell_screens({"t": "socket_status", **status})

    def _tell_screens(self, frame: Json) -> None:
        self._frames.put_nowait((frame, list(self._screens)))

    async def _show(self) -> None:
        while True:
            frame, screens = await self._frames.get()
            for screen in screens:
                with contextlib.suppress(ConnectionError):
                    await screen.send_json(frame)

    async def _hang_up(self) -> None:
        await self._socket.close()
        for screen in list(self._screens):
            await screen.close()

    async def _serve_api(self, request: web.Request) -> web.Response:
        args: Json = dict(request.query)
        if request.content_type == "application/json":
            args |= await request.json()
        elif request.method == "POST":
            args |= dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
        answer = self._api.call(request.match_info["method"], token, args)
        return web.json_response(answer, headers={"x-oauth-scopes": self._scopes})

    async def _serve_state(self, _: web.Request) -> web.Response:
        told = self._snapshot()
        return web.json_response({name: told[name] for name in ("workspace", "apps", "users", "channels")})

    async def _serve_messages(self, request: web.Request) -> web.Response:
        return web.json_response({"messages": self._state.messages.get(request.match_info["channel"], [])})

    async def _serve_control(self, request: web.Request) -> web.Response:
        if request.match_info["deed"] == "reset":
            self._state.reset()
            self._tell_screens({"t": "init", "state": self._snapshot()})
            return web.json_response({"ok": True})
        if request.content_type == "multipart/form-data":
            form = await request.post()
            file = form.get("file")
            told = Told({**form, "name": file.filename if isinstance(file, web.FileField) else "file"})
        else:
            told = Told(await request.json())
        done = await self._do(request.match_info["deed"], told)
        return web.json_response(done, status=200 if done["ok"] else 400)

    async def _serve_screen(self, request: web.Request) -> web.WebSocketResponse:
        """A screen that is kept up to date and on which a person acts."""
        screen = web.WebSocketResponse()
        await screen.prepare(request)
        self._screens.append(screen)  # before the first await: no change between snapshot and frames is lost
        await screen.send_json({"t": "init", "state": self._snapshot()})
        try:
            async for frame in screen:
                if frame.type is WSMsgType.TEXT:
                    told = Told(frame.json())
                    await self._do(_BY_SCREEN.get(told["t"], ""), told)
        finally:
            self._screens.remove(screen)
        return screen

    async def _do(self, deed: str, told: Told) -> Json:
        if deed not in self._deeds:
            return {"ok": False, "error": "unknown_deed"}
        try:
            return {"ok": True, **await self._deeds[deed](told)}
        except SlackRefusalError as refusal:
            return {"ok": False, "error": str(refusal)}

    def _snapshot(self) -> Json:
        state, w = self._state, self._state.workspace
        app = {"appId": w.app_id, "botUserId": w.bot_user_id, "botName": w.bot_name, "mode": "socket"}
        return {
            "workspace": {"name": w.name, "domain": w.domain, "teamId": w.team_id},
            "apps": [{**app, "connected": self._socket.connected}],
            "users": list(state.users.values()),
            "channels": list(state.channels.values()),
            "messages": state.messages,
            "modalStack": state.modals,
            "homeViews": {user: {w.app_id: view} for user, view in state.homes.items()},
        }


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
