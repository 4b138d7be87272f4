"""Events over HTTP: signed as Slack signs them, and sent again while nobody takes them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.strict.conftest import ANNA, WORKSPACE, client_of
from tests.strict.test_people import GO
from tests.support.strict import StrictSlack

pytestmark = pytest.mark.stand_in

SECRET = "a secret of ours"


@dataclass
class Listener:
    """An app's address: what came, and how it answers."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    came: list[tuple[dict[str, str], str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.came.append((dict(request.headers), await request.text()))
        return web.json_response({"text": "heard"}, status=self.status, headers=self.headers)


@contextlib.asynccontextmanager
async def listening(listener: Listener) -> AsyncIterator[Listener]:
    app = web.Application()
    app.router.add_post("/slack/events", listener.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield listener
    finally:
        await runner.cleanup()


async def test_an_event_is_signed_and_taken_once() -> None:
    async with listening(Listener()) as listener, StrictSlack(WORKSPACE, urls=[listener.url], secret=SECRET) as slack:
        await slack.people.say(ANNA.id, "héllo")
        await slack.delivery.settled()
    ((headers, body),) = listener.came
    assert SignatureVerifier(SECRET).is_valid_request(body, headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)
    assert json.loads(body)["event"]["text"] == "héllo"
    assert "X-Slack-Retry-Num" not in headers


async def test_an_event_that_is_not_taken_is_sent_again_and_says_why() -> None:
    refusing = Listener(status=500)
    async with listening(refusing), StrictSlack(WORKSPACE, urls=[refusing.url], hurry=0.001) as slack:
        await slack.people.say(ANNA.id, "one")
        await slack.delivery.settled()
        assert len(slack.records.lost_events) == 1
    retries = [(headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason")) for headers, _ in refusing.came]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


async def test_an_app_may_say_that_it_wants_no_retry() -> None:
    refusing = Listener(status=500, headers={"X-Slack-No-Retry": "1"})
    async with listening(refusing), StrictSlack(WORKSPACE, urls=[refusing.url], hurry=0.001) as slack:
        await slack.people.say(ANNA.id, "one")
        await slack.delivery.settled()
        assert len(slack.records.lost_events) == 1
    assert len(refusing.came) == 1


async def test_the_addresses_are_taken_in_turn() -> None:
    async with (
        listening(Listener()) as one,
        listening(Listener()) as two,
        StrictSlack(WORKSPACE, urls=[one.url, two.url]) as slack,
    ):
        for n in range(4):
            await slack.people.say(ANNA.id, str(n))
        await slack.delivery.settled()
    assert len(one.came) == len(two.came) == 2


async def test_taps_and_commands_come_as_forms_and_an_answer_is_shown() -> None:
    async with listening(Listener()) as listener, StrictSlack(WORKSPACE, urls=[listener.url], echo=False) as slack:
        ts = (await client_of(slack).chat_postMessage(channel=ANNA.id, text="x", blocks=[GO]))["ts"]
        assert await slack.people.press(ANNA.id, ts, "go")
        assert await slack.people.slash(ANNA.id, "a & b")
        assert slack.records.seen[-1].text == "heard"
    (_, tap), (_, command) = listener.came
    assert json.loads(parse_qs(tap)["payload"][0])["actions"][0]["action_id"] == "go"
    assert parse_qs(command)["text"] == ["a & b"]


async def test_nobody_there_is_not_an_acknowledgement() -> None:
    async with StrictSlack(WORKSPACE, urls=["http://127.0.0.1:9/none"], hurry=0.001) as slack:
        assert not await slack.people.slash(ANNA.id)
        await slack.people.say(ANNA.id, "one")
        await slack.delivery.settled()
        assert len(slack.records.lost_events) == 1
