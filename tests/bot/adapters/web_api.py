"""A Web API on 127.0.0.1 that answers as it is told and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

OK = {"ok": True, "channel": "D0ANA", "ts": "1700000000.000100"}


@dataclass
class WebApi:
    """`answer` is what it says next (a dict is sent as JSON), with `status` and `headers`."""

    answer: dict[str, Any] | str = field(default_factory=lambda: dict(OK))
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "text/html"
    hangs_up: bool = False
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    url: str = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        form: dict[str, Any] = await request.json() if request.content_type == "application/json" else {}
        form |= {key: str(value) for key, value in (await request.post()).items()} | dict(request.query)
        self.asked.append((request.match_info["method"], form))
        if self.hangs_up and request.transport is not None:
            request.transport.abort()
        if isinstance(self.answer, dict):
            return web.json_response(self.answer, status=self.status, headers=self.headers)
        kind = self.content_type
        return web.Response(text=self.answer, status=self.status, headers=self.headers, content_type=kind)

    def given(self, name: str) -> Any:
        """An argument of the last call; what came as JSON inside a form is read."""
        value = self.asked[-1][1].get(name)
        return json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value

    def client(self) -> AsyncWebClient:
        """A client as the app makes it: every call is made once."""
        return AsyncWebClient(token="xoxb-test", base_url=self.url, retry_handlers=[], timeout=5)


@asynccontextmanager
async def web_api() -> AsyncIterator[WebApi]:
    """A server, until the end of the block."""
    api = WebApi()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", api.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        api.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        yield api
    finally:
        await runner.cleanup()
