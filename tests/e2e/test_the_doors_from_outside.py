"""Both ports as whoever can reach them finds them: over a real socket, with what a stranger might send."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import logging
import time
import zlib
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot import web as module
from bot.doors import Place, ways_of
from bot.settings import Settings
from bot.web import CAREFUL, EVENTS, listening, operator_app, slack_app
from tests.bot.test_web import EVENT, SECRET, Bolt, operators, signed

pytestmark = pytest.mark.stand_in


@contextlib.asynccontextmanager
async def reached(app: web.Application) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """The application on a free port of this machine, and somebody who reaches it."""
    async with listening(app, "127.0.0.1", 0, "HUDDLE_HTTP_PORT", 0.5) as port, aiohttp.ClientSession() as session:
        yield session, f"http://127.0.0.1:{port}"


async def raw(base: str, *parts: bytes) -> bytes:
    """The beginning of what comes back to these bytes; nothing where the other end closes."""
    host, _, port = base.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        async with asyncio.timeout(5):
            return await reader.read(1024)
    finally:
        writer.close()


# -- what is sent to Slack's address


@pytest.mark.parametrize("declared", [True, False], ids=["with its length", "in chunks"])
async def test_a_body_of_more_than_a_mebibyte_is_refused_whether_or_not_its_length_is_told(declared: bool) -> None:
    bolt, body = Bolt(), b"x" * (1024 * 1024 + 1)

    async def chunks() -> AsyncIterator[bytes]:
        for begin in range(0, len(body), 65536):
            yield body[begin : begin + 65536]

    async with reached(slack_app(bolt.app, SECRET)) as (session, base):
        sent = body if declared else chunks()
        async with session.post(base + EVENTS, data=sent, headers=signed(body)) as answer:
            assert answer.status == 413
    assert bolt.heard == []


async def test_a_body_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BODY_WITHIN", 0.2)
    async with reached(slack_app(Bolt().app, SECRET)) as (_, base):
        head = f"POST {EVENTS} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n".encode()
        assert (await raw(base, head, b"{")).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (dict, 401),
        (lambda: signed(EVENT, secret="another"), 401),
        (lambda: signed(EVENT, time.time() - 301), 401),
        (lambda: signed(EVENT + b" "), 401),
        (lambda: signed(EVENT), 200),
    ],
    ids=["no signature", "another secret", "five minutes old", "another body", "Slack's"],
)
async def test_only_what_slack_signed_lately_is_taken(headers: Callable[[], dict[str, str]], status: int) -> None:
    bolt = Bolt()
    async with (
        reached(slack_app(bolt.app, SECRET)) as (session, base),
        session.post(base + EVENTS, data=EVENT, headers={"Content-Type": "application/json", **headers()}) as answer,
    ):
        assert answer.status == status
    assert len(bolt.heard) == (status == 200)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-unknown", "gzip, gzip"])
async def test_what_is_compressed_is_refused_however_well_it_is_signed(encoding: str) -> None:
    """A few kilobytes can unfold into gigabytes; Slack compresses nothing."""
    bolt = Bolt()
    body = zlib.compress(b"\0" * 4_000_000) if encoding == "deflate" else gzip.compress(b"\0" * 4_000_000)
    async with reached(slack_app(bolt.app, SECRET)) as (session, base):
        headers = {"Content-Encoding": encoding, **signed(body)}
        async with session.post(base + EVENTS, data=body, headers=headers) as answer:
            assert answer.status in {400, 415}
    assert bolt.heard == []


async def test_a_signed_event_that_is_compressed_is_refused_too() -> None:
    bolt = Bolt()
    async with reached(slack_app(bolt.app, SECRET)) as (session, base):
        headers = {"Content-Encoding": "gzip", "Content-Type": "application/json", **signed(EVENT)}
        async with session.post(base + EVENTS, data=gzip.compress(EVENT), headers=headers) as answer:
            assert answer.status == 415
        async with session.post(base + EVENTS, data=EVENT, headers=signed(EVENT)) as answer:
            assert answer.status == 200, "as it is, it is taken"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_another_method_is_refused(method: str) -> None:
    async with (
        reached(slack_app(Bolt().app, SECRET)) as (session, base),
        session.request(method, base + EVENTS, headers=signed(b"")) as answer,
    ):
        assert answer.status == 405


@pytest.mark.parametrize(
    "path", ["/", EVENTS + "/", "/slack/../healthz", "/healthz", "/metrics", "/slack/events%2f", "//"]
)
async def test_another_path_is_not_there(path: str) -> None:
    async with (
        reached(slack_app(Bolt().app, SECRET)) as (session, base),
        session.post(base + path, data=EVENT, headers=signed(EVENT)) as answer,
    ):
        assert answer.status == 404


# -- what comes back, and what is logged of it


@pytest.mark.parametrize(
    ("app", "method", "path"),
    [
        (operators, "GET", "/healthz"),
        (operators, "GET", "/metrics"),
        (operators, "GET", "/nowhere"),
        (lambda: operators(ready="stopping"), "GET", "/readyz"),
        (lambda: slack_app(Bolt().app, SECRET), "GET", EVENTS),
        (lambda: slack_app(Bolt().app, SECRET), "POST", EVENTS),
    ],
)
async def test_every_answer_is_kept_framed_and_run_by_nobody_and_names_no_version(
    app: object, method: str, path: str
) -> None:
    assert callable(app)
    async with reached(app()) as (session, base), session.request(method, base + path) as answer:
        for name, value in CAREFUL.items():
            assert answer.headers[name] == value
        assert "Server" not in answer.headers
        assert "aiohttp" not in json.dumps(dict(answer.headers))


async def test_a_page_that_brings_its_own_headers_keeps_them() -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="hi", headers={"Content-Security-Policy": "default-src 'self'"})

    app = web.Application()
    app.add_routes([web.get("/", page)])
    async with reached(app) as (session, base), session.get(base) as answer:
        assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Purple: " + b"heron" * 4000 + b"\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 6\r\n\r\npurple",
        b"purple heron\r\n\r\n",
        b"GET / HTTP/9.purple\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: purple\r\n\r\n",
        b"\x16\x03\x01purple",
    ],
    ids=["a long header", "an encoding", "no HTTP", "a version", "a length", "TLS"],
)
async def test_what_is_no_request_of_ours_leaves_nothing_in_the_log(
    sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A stranger must not fill the disk, nor have their words or somebody's token quoted."""
    with caplog.at_level(logging.INFO):
        async with reached(slack_app(Bolt().app, SECRET)) as (_, base):
            with contextlib.suppress(TimeoutError, ConnectionError):
                answer = await raw(base, sent)
                assert answer == b"" or answer.startswith(b"HTTP/1.")
    assert [record for record in caplog.records if record.name.startswith("aiohttp")] == []


async def test_a_fault_of_ours_is_logged_and_the_other_end_learns_nothing_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scrape() -> tuple[bytes, str]:
        raise LookupError("the way to the cellar")

    async def ready() -> str | None:
        return None

    app = operator_app(lambda: None, ready, scrape)
    async with reached(app) as (session, base), session.get(f"{base}/metrics") as answer:
        assert answer.status == 500
        assert "cellar" not in await answer.text()
    assert "the way to the cellar" in caplog.text


# -- who can reach them


def test_both_ports_are_this_machines_own_until_a_setting_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    ways = ways_of(Settings(_env_file=None, slack_signing_secret=SecretStr(SECRET), huddle_http_port=8080))
    assert ways.events == Place("127.0.0.1", 8080)
    assert ways.health == Place("127.0.0.1", 8790)


async def test_what_listens_on_this_machine_is_not_there_on_its_other_addresses() -> None:
    async with reached(operators()) as (_, base):
        port = int(base.rsplit(":", 1)[1])
        with pytest.raises(OSError, match=r"(?i)refused|connect"):
            await asyncio.open_connection("127.0.0.2", port)
