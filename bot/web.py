"""The ports that the process listens on: the operator's, and Slack's where events come over HTTP.

Both are bound to this machine unless a setting says otherwise: TLS, and who may come in, is a proxy's to settle.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.errors import SettingsError

EVENTS = "/slack/events"
"""Where Slack sends events, commands and taps; the manifest names it."""
MOST_BYTES = 1024 * 1024
"""The largest body that is read; what Slack sends is far below it."""
BODY_WITHIN = 3.0
"""Seconds for a body to arrive: by then Slack has given the request up."""
OPERATOR_ENDS = 0.5
SLACK_ENDS = 1.5
"""Seconds that requests under way get to end when the port is closed."""

CAREFUL = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer that does not bring its own: kept by nobody, framed by nobody, run by no browser."""

log = logging.getLogger("aiohttp.server")

Scrape = Callable[[], Awaitable[tuple[bytes, str]]]
"""The metrics as text, and the type of that text."""


def operator_app(
    alive: Callable[[], str | None], ready: Callable[[], Awaitable[str | None]], scrape: Scrape
) -> web.Application:
    """`/healthz`, `/readyz` and `/metrics`. The first two answer 200 "ok", or 503 with the reason in plain text."""

    async def healthz(_: web.Request) -> web.Response:
        return _verdict(alive())

    async def readyz(_: web.Request) -> web.Response:
        return _verdict(await ready())

    async def metrics(_: web.Request) -> web.Response:
        text, kind = await scrape()
        return web.Response(body=text, headers={hdrs.CONTENT_TYPE: kind})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    return app


def _verdict(trouble: str | None) -> web.Response:
    return web.Response(text=f"{trouble or 'ok'}\n", status=503 if trouble else 200)


def slack_app(bolt: AsyncApp, secret: str) -> web.Application:
    """Slack's events over HTTP, and the pages of the installation where `bolt` has a flow for it.

    What Slack did not sign with `secret`, or signed more than five minutes ago, gets 401 before anything in it is read.
    (Bolt, which must have the secret too, checks again, but reads first.)
    """
    verifier = SignatureVerifier(secret)

    async def events(request: web.Request) -> web.Response:
        if hdrs.CONTENT_ENCODING in request.headers:  # Slack compresses nothing, and signs what is sent as it is
            raise web.HTTPUnsupportedMediaType
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        if not _is_signed(body, request.headers, verifier):
            return web.json_response({"error": "invalid request"}, status=401)
        try:
            asked: AsyncBoltRequest = await to_bolt_request(request)
        except (ValueError, LookupError):  # no JSON, or a character set that there is not
            raise web.HTTPBadRequest from None
        return await to_aiohttp_response(await bolt.async_dispatch(asked))

    app = web.Application(client_max_size=MOST_BYTES)
    app.add_routes([web.post(EVENTS, events)])
    if (flow := bolt.oauth_flow) is not None:
        app.add_routes(
            [
                web.get(flow.install_path, _page(flow.handle_installation), allow_head=False),
                web.get(flow.redirect_uri_path, _page(flow.handle_callback), allow_head=False),
            ]
        )
    return app


def _page(
    handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A page of the installation. Its cookie goes along when Slack sends the browser back, and not from elsewhere."""

    async def page(request: web.Request) -> web.Response:
        answer = await to_aiohttp_response(await handle(await to_bolt_request(request)))
        for cookie in answer.cookies.values():
            cookie["samesite"] = "Lax"
        return answer

    return page


def _is_signed(body: bytes, headers: Mapping[str, str], verifier: SignatureVerifier) -> bool:
    """Whether Slack signed it, lately. The verifier raises on what does not look like a time, a signature or text."""
    moment, signature = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not (re.fullmatch(r"[0-9]{1,12}", moment) and re.fullmatch(r"v0=[0-9a-f]{64}", signature)):
        return False
    with contextlib.suppress(UnicodeDecodeError):
        return verifier.is_valid(body, moment, signature)
    return False


async def _carefully(_request: web.Request, response: web.StreamResponse) -> None:
    """Before an answer goes: what a browser may do with it, and nothing about which versions answer."""
    for name, value in CAREFUL.items():
        response.headers.setdefault(name, value)
    response.headers.popall(hdrs.SERVER, None)


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a line tells of us, and not of what somebody sent that is no HTTP: that would quote it, at any length."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


@contextlib.asynccontextmanager
async def listening(app: web.Application, host: str, port: int, setting: str, ends: float) -> AsyncIterator[int]:
    """Listen until the end of the block; gives the port, which is a free one for 0.

    At the end nothing new is taken and requests under way get `ends` seconds. Raises `SettingsError` with one sentence
    that names the setting where nothing can listen there.
    """
    log.addFilter(_is_ours)
    app.on_response_prepare.append(_carefully)
    runner = web.AppRunner(app, access_log=None, logger=log, shutdown_timeout=ends)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
            raise SettingsError(
                f"{setting} cannot be used: nothing can listen on {host}, port {port} ({reason})."
            ) from None
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


class SlackHttp:
    """Slack's events over HTTP: `open`, then `watch` until it is cancelled, then `close`."""

    def __init__(self, bolt: AsyncApp, secret: str, host: str, port: int) -> None:
        """`secret` is the signing secret, which `bolt` must have too."""
        self._app = slack_app(bolt, secret)
        self._host = host
        self._port = port
        self._running = contextlib.AsyncExitStack()
        self._listens = False

    @property
    def trouble(self) -> str | None:
        """Why no event can come, in words; None when one can."""
        return None if self._listens else "not listening for Slack"

    async def open(self) -> None:
        """Listen; raises `SettingsError` with one sentence when the port cannot be had."""
        await self._running.enter_async_context(
            listening(self._app, self._host, self._port, "HUDDLE_HTTP_PORT", SLACK_ENDS)
        )
        self._listens = True

    async def watch(self) -> None:
        """Nothing can go wrong that would not show: until cancelled."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Take nothing new; what is being answered gets `SLACK_ENDS` seconds."""
        self._listens = False
        await self._running.aclose()
