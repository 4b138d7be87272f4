"""The process with Slack's events over HTTP: signed requests are worked on, others are refused, and it ends in time."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.demo.small_slack import SmallSlack
from tests.e2e.conftest import Opened
from tests.e2e.office import ANNA, WORKSPACE, Office
from tests.e2e.test_two_sockets import exited
from tests.support.asking import OPEN
from tests.support.process import until

pytestmark = pytest.mark.stand_in

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class Slack:
    """Slack's end of the product's address."""

    def __init__(self, port: int, session: aiohttp.ClientSession) -> None:
        self._url = f"http://127.0.0.1:{port}/slack/events"
        self._session = session
        self._numbers = itertools.count(1)

    async def post(self, body: bytes, kind: str, secret: str = SECRET) -> int:
        """Send a signed request; the status, 0 where nobody listens."""
        stamp = str(int(time.time()))
        digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
        with contextlib.suppress(aiohttp.ClientConnectionError):
            async with self._session.post(self._url, data=body, headers=headers) as answer:
                return answer.status
        return 0

    async def command(self, secret: str = SECRET) -> int:
        """Anna types /coach."""
        form = {
            "command": "/coach", "text": "", "user_id": ANNA.id, "user_name": ANNA.name, "channel_id": ANNA.dm,
            "team_id": WORKSPACE.team_id, "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/",
        }  # fmt: skip
        return await self.post(urlencode(form).encode(), "application/x-www-form-urlencoded", secret)

    def said(self, text: str) -> bytes:
        """The event of a message that Anna wrote to the bot."""
        number = next(self._numbers)
        event: dict[str, Any] = {
            "type": "message", "channel_type": "im", "channel": ANNA.dm, "user": ANNA.id, "text": text,
            "ts": f"{time.time():.5f}{number}", "team": WORKSPACE.team_id,
        }  # fmt: skip
        whole = {
            "type": "event_callback", "team_id": WORKSPACE.team_id, "api_app_id": WORKSPACE.app_id, "event": event,
            "event_id": f"Ev{number}", "authorizations": [{"team_id": WORKSPACE.team_id, "is_bot": True}],
        }  # fmt: skip
        return json.dumps(whole).encode()

    async def listened_to(self) -> None:
        """Wait until the product listens."""

        async def answers() -> bool:
            return await self.post(b"{}", "application/json", "another") == 401

        await until(answers)


@pytest.fixture
async def office(small: SmallSlack, open_office: Opened, unused_tcp_port_factory: Any) -> AsyncIterator[Office]:
    """An office whose product has no app-level token, and takes events over HTTP."""
    async with open_office(small) as found:
        product = found.product
        product.environment |= {
            "SLACK_SIGNING_SECRET": SECRET,
            "HUDDLE_HTTP_PORT": str(unused_tcp_port_factory()),
            "HUDDLE_HEALTH_PORT": str(unused_tcp_port_factory()),
        }
        del product.environment["SLACK_APP_TOKEN"]
        yield found


@pytest.fixture
async def slack(office: Office) -> AsyncIterator[Slack]:
    """Slack, as the product hears it."""
    async with aiohttp.ClientSession() as session:
        yield Slack(int(office.product.environment["HUDDLE_HTTP_PORT"]), session)


async def page(office: Office, name: str) -> tuple[int, str]:
    """A page of the operator's port."""
    url = f"http://127.0.0.1:{office.product.environment['HUDDLE_HEALTH_PORT']}/{name}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_a_talk_over_http_and_an_event_that_comes_twice_is_answered_once(office: Office, slack: Slack) -> None:
    await office.product.start()
    await slack.listened_to()
    assert await slack.command("of somebody else") == 401
    assert await office.posted(ANNA.dm) == []
    assert await slack.command() == 200
    await office.hears(ANNA, OPEN)
    said = slack.said("call Bea Lang at 3pm")
    assert [await slack.post(said, "application/json") for _ in range(2)] == [200, 200]
    await office.hears(ANNA, "> call Bea Lang")
    assert await slack.post(slack.said("make it 4"), "application/json") == 200
    await office.hears(ANNA, "16:00")
    assert sum("> call Bea Lang" in text and "15:00" in text for text in await office.posted(ANNA.dm)) == 1
    assert await page(office, "readyz") == (200, "ok\n")
    assert "huddle_slack_connections" not in (await page(office, "metrics"))[1]
    begun = time.monotonic()
    assert await office.product.terminate() == 0
    assert time.monotonic() - begun < 10
    assert await slack.post(said, "application/json") == 0


async def test_one_that_is_told_to_end_ends_in_time_while_requests_hang(office: Office, slack: Slack) -> None:
    await office.product.start()
    await slack.listened_to()
    port = int(office.product.environment["HUDDLE_HTTP_PORT"])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    begun = time.monotonic()
    assert await office.product.terminate() == 0
    assert time.monotonic() - begun < 10
    writer.close()


async def test_a_port_that_is_taken_ends_it_with_one_sentence(office: Office) -> None:
    port = int(office.product.environment["HUDDLE_HTTP_PORT"])
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", port):
        await office.product.start()
        assert await exited(office, 45) == 1
    said = f"HUDDLE_HTTP_PORT cannot be used: nothing can listen on 127.0.0.1, port {port} (Address already in use)."
    assert said in office.product.output
    assert "Traceback" not in office.product.output


async def test_half_of_http_ends_it_with_one_sentence(office: Office) -> None:
    del office.product.environment["SLACK_SIGNING_SECRET"]
    await office.product.start()
    assert await exited(office, 45) == 1
    assert "HUDDLE_HTTP_PORT is set and SLACK_SIGNING_SECRET is not." in office.product.output
