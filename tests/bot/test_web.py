"""What the process answers over HTTP: the operator's three pages, and to Slack only what Slack has signed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.test_utils import make_mocked_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot import web as module
from bot.web import EVENTS, MOST_BYTES, operator_app, slack_app

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


async def answer(app: web.Application, request: web.Request) -> web.StreamResponse:
    """What the application answers, without a socket."""
    app.freeze()
    found = await app.router.resolve(request)
    try:
        return await found.handler(request)
    except web.HTTPException as refusal:
        return refusal


def text(response: web.StreamResponse) -> str:
    """The words of an answer."""
    assert isinstance(response, web.Response)
    return response.text or ""


# -- the operator's port


def operators(alive: str | None = None, ready: str | None = None) -> web.Application:
    async def is_ready() -> str | None:
        return ready

    async def scrape() -> tuple[bytes, str]:
        return b"huddle_ticks_total 1.0\n", "text/plain; version=1.0.0; charset=utf-8"

    return operator_app(lambda: alive, is_ready, scrape)


@pytest.mark.parametrize(
    ("app", "path", "status", "says"),
    [
        (operators, "/healthz", 200, "ok\n"),
        (operators, "/readyz", 200, "ok\n"),
        (lambda: operators(alive="no tick for 61 s"), "/healthz", 503, "no tick for 61 s\n"),
        (lambda: operators(ready="stopping"), "/readyz", 503, "stopping\n"),
        (lambda: operators(ready="stopping"), "/healthz", 200, "ok\n"),
        (operators, "/metrics", 200, "huddle_ticks_total 1.0\n"),
        (operators, "/", 404, "404: Not Found"),
        (operators, EVENTS, 404, "404: Not Found"),
    ],
)
async def test_the_operators_pages(app: Callable[[], web.Application], path: str, status: int, says: str) -> None:
    response = await answer(app(), make_mocked_request("GET", path))
    assert (response.status, text(response)) == (status, says)
    assert response.content_type == "text/plain"


# -- Slack's


def signed(body: bytes, moment: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack sends with a body."""
    stamp = str(int(time.time() if moment is None else moment))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def coming() -> StreamReader:
    """A body that is on its way."""
    protocol = BaseProtocol(asyncio.get_running_loop())
    protocol.connection_made(asyncio.Transport())
    return StreamReader(protocol, 2**24)


class Bolt:
    """A Bolt app that keeps what reaches it."""

    def __init__(self) -> None:
        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U0", bot_token="xoxb-1")

        self.heard: list[dict[str, Any]] = []
        self.app = AsyncApp(
            client=AsyncWebClient(token="xoxb-1"), signing_secret=SECRET, authorize=authorize,
            ignoring_self_events_enabled=False,
        )  # fmt: skip

        @self.app.middleware
        async def keep(body: dict[str, Any], next: Callable[[], Any]) -> None:  # noqa: A002
            self.heard.append(body)
            await next()

        @self.app.event("message")
        async def heard() -> None: ...

        @self.app.command("/coach")
        async def command(ack: Callable[[str], Any]) -> None:
            await ack("Good morning.")

    async def post(self, body: bytes, headers: dict[str, str], kind: str = "application/json") -> web.StreamResponse:
        """The answer to a request with this body."""
        stream = coming()
        stream.feed_data(body)
        stream.feed_eof()
        app = slack_app(self.app, SECRET)
        request = make_mocked_request(
            "POST", EVENTS, headers={"Content-Type": kind, **headers}, payload=stream, client_max_size=MOST_BYTES
        )
        return await answer(app, request)


EVENT = json.dumps(
    {
        "type": "event_callback",
        "team_id": "T1",
        "event": {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hi", "ts": "1.0"},
    }
).encode()


@pytest.fixture
def bolt() -> Bolt:
    return Bolt()


async def test_an_event_that_slack_signed_is_taken(bolt: Bolt) -> None:
    response = await bolt.post(EVENT, signed(EVENT))
    assert response.status == 200
    assert [body["event"]["text"] for body in bolt.heard] == ["hi"]


async def test_a_command_comes_as_a_form_and_its_answer_goes_back(bolt: Bolt) -> None:
    form = {"command": "/coach", "text": "", "team_id": "T1", "user_id": "U1", "channel_id": "D1", "token": "t"}
    body = urlencode(form).encode()
    response = await bolt.post(body, signed(body), "application/x-www-form-urlencoded")
    assert (response.status, text(response)) == (200, "Good morning.")


async def test_slacks_question_whether_the_address_is_ours_is_answered(bolt: Bolt) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()
    response = await bolt.post(body, signed(body))
    assert (response.status, json.loads(text(response))) == (200, {"challenge": "3eZbrw1a"})


def but(**changed: str) -> dict[str, str]:
    """Good headers, but for these."""
    return signed(EVENT) | {name.replace("_", "-"): value for name, value in changed.items()}


REFUSED = {
    "no signature": dict,
    "another secret": lambda: signed(EVENT, secret="another"),
    "another body": lambda: signed(EVENT + b" "),
    "six minutes ago": lambda: signed(EVENT, time.time() - 360),
    "in six minutes": lambda: signed(EVENT, time.time() + 360),
    "a time that was changed": lambda: but(X_Slack_Request_Timestamp=str(int(time.time()) + 1)),
    "a time that is none": lambda: but(X_Slack_Request_Timestamp="soon"),
    "a time in other digits": lambda: but(X_Slack_Request_Timestamp="١٢٣"),
    "a time beyond all time": lambda: but(X_Slack_Request_Timestamp="9" * 5000),
    "a signature that is none": lambda: but(X_Slack_Signature="v0=é"),
    "a signature of nothing": lambda: but(X_Slack_Signature="v0="),
}


@pytest.mark.parametrize("headers", REFUSED.values(), ids=REFUSED.keys())
async def test_what_slack_did_not_sign_in_the_last_five_minutes_gets_401_and_nobody_hears_of_it(
    bolt: Bolt, headers: Callable[[], dict[str, str]]
) -> None:
    response = await bolt.post(EVENT, headers())
    assert response.status == 401
    assert bolt.heard == []


async def test_four_minutes_on_the_way_are_borne(bolt: Bolt) -> None:
    assert (await bolt.post(EVENT, signed(EVENT, time.time() - 240))).status == 200


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 50_000], ids=["no JSON", "no text", "a deep hole"])
async def test_what_is_not_signed_is_not_read(bolt: Bolt, body: bytes) -> None:
    assert (await bolt.post(body, signed(EVENT))).status == 401


@pytest.mark.parametrize(("body", "kind"), [(b"{", "application/json"), (EVENT, "application/json; charset=klingon")])
async def test_what_is_signed_and_cannot_be_read_is_refused(bolt: Bolt, body: bytes, kind: str) -> None:
    response = await bolt.post(body, signed(body), kind)
    assert response.status in {400, 415}
    assert bolt.heard == []


async def test_a_body_of_more_than_a_mebibyte_is_refused_before_it_is_checked(bolt: Bolt) -> None:
    body = b"x" * (MOST_BYTES + 1)
    assert (await bolt.post(body, signed(body))).status == 413


async def test_a_body_that_does_not_come_is_not_waited_for(bolt: Bolt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BODY_WITHIN", 0.01)
    stream = coming()
    request = make_mocked_request("POST", EVENTS, headers=signed(b""), payload=stream)
    assert (await answer(slack_app(bolt.app, SECRET), request)).status == 408


async def test_an_event_that_could_not_be_stored_is_not_acknowledged(bolt: Bolt) -> None:
    """Slack then sends it again: Bolt answers 500 when our middleware raises."""

    @bolt.app.middleware
    async def broken() -> None:
        raise OSError("disk full")

    assert (await bolt.post(EVENT, signed(EVENT))).status == 500


async def test_only_posts_are_taken(bolt: Bolt) -> None:
    assert (await answer(slack_app(bolt.app, SECRET), make_mocked_request("GET", EVENTS))).status == 405
