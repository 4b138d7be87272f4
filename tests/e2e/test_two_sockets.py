"""The process on two connections to Slack: one is cut, both fall silent, a token is revoked, it is told to end."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from bot.demo.small_slack import SmallSlack
from tests.e2e.conftest import Opened
from tests.e2e.office import ANNA, Office
from tests.support.asking import OPEN
from tests.support.between import Between
from tests.support.process import until

pytestmark = pytest.mark.stand_in


class Line(Between):
    """What stands between the product and Slack; it can also fall silent and refuse the token."""

    silent = False
    revoked = False

    @property
    def links(self) -> list[web.WebSocketResponse]:
        """The open connections."""
        return list(self._open)

    async def _call(self, request: web.Request) -> web.Response:
        if self.silent:
            await asyncio.Event().wait()
        if self.revoked:
            return web.json_response({"ok": False, "error": "token_revoked"})
        return await super()._call(request)

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        app = web.WebSocketResponse(autoping=False)
        await app.prepare(request)
        async with self._session.ws_connect(self._links[request.match_info["number"]], max_msg_size=0) as slack:
            back = asyncio.create_task(self._back(app, slack))
            self._open.add(app)
            try:
                async for frame in slack:
                    if not self.silent:
                        await app.send_str(frame.data)
            finally:
                self._open.discard(app)
                back.cancel()
                if not self.silent:
                    await app.close()
        return app

    async def _back(self, app: web.WebSocketResponse, slack: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for frame in app:
                if self.silent:
                    await asyncio.Event().wait()
                elif frame.type is WSMsgType.PING:
                    await app.pong(frame.data)
                elif frame.type is WSMsgType.TEXT:
                    await slack.send_str(frame.data)
        finally:
            await slack.close()


@pytest.fixture
async def line(small: SmallSlack) -> AsyncIterator[Line]:
    """Between the product and the small Slack."""
    async with Line(small.url) as found:
        yield found


@pytest.fixture
async def office(small: SmallSlack, line: Line, open_office: Opened, unused_tcp_port: int) -> AsyncIterator[Office]:
    """An office whose product tells how it is, and which is deaf after ten seconds."""
    async with open_office(small, by=line) as found:
        ours = {"HUDDLE_SOCKETS": "2", "HUDDLE_HEALTH_PORT": str(unused_tcp_port), "HUDDLE_DEAF_AFTER": "10"}
        found.product.environment |= ours
        yield found


async def told(office: Office, page: str) -> tuple[int, str]:
    """What the operator's port says; status 0 while it does not answer."""
    url = f"http://127.0.0.1:{office.product.environment['HUDDLE_HEALTH_PORT']}/{page}"
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, await answer.text()
    except aiohttp.ClientError:
        return 0, ""


async def connected(office: Office, count: int) -> None:
    """Wait until so many connections are open."""

    async def so_many() -> bool:
        return f"huddle_slack_connections {count}.0" in (await told(office, "metrics"))[1]

    await until(so_many)


async def start(office: Office) -> None:
    """Start it, and wait for both connections."""
    await office.start()
    await connected(office, 2)


async def test_it_says_that_it_is_well_and_what_it_does(office: Office) -> None:
    await start(office)
    assert await told(office, "healthz") == (200, "ok\n")
    assert await told(office, "readyz") == (200, "ok\n")
    status, metrics = await told(office, "metrics")
    assert status == 200
    for figure in (
        'huddle_ticks_total{outcome="done"}',
        "huddle_tick_seconds",
        'huddle_outbox_waiting{lane="reply"} 0.0',
    ):
        assert figure in metrics
    assert "huddle_database_up 1.0" in metrics
    assert await office.product.terminate() == 0
    assert await told(office, "healthz") == (0, "")


async def test_while_one_connection_is_cut_an_event_comes_by_the_other(office: Office, line: Line) -> None:
    await start(office)
    before = line.links
    line.refuse("apps.connections.open")  # there will be no new one
    await before[0].close()
    await connected(office, 1)
    begun = time.monotonic()
    await office.commands(ANNA)
    await office.hears(ANNA, OPEN)
    assert time.monotonic() - begun < 5
    assert await told(office, "readyz") == (200, "ok\n")
    line.mend()
    await connected(office, 2)
    assert before[1] in line.links, "the other one was left alone"


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_slack_renews_both_connections_and_there_is_one_at_every_moment(
    office: Office, line: Line, reason: str
) -> None:
    await start(office)
    before = set(line.links)
    fewest = len(before)
    for link in before:
        await link.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "small-slack"}})

    async def renewed() -> bool:
        nonlocal fewest
        fewest = min(fewest, len(line.links))
        return len(line.links) == 2 and not before & set(line.links)

    await until(renewed)
    assert fewest == 2, "the new one stood before the old one was let go"
    await office.commands(ANNA)
    await office.hears(ANNA, OPEN)


async def test_when_slack_falls_silent_it_ends_and_says_why(office: Office, line: Line) -> None:
    await start(office)
    line.silent = True
    begun = time.monotonic()
    assert await exited(office, 45) == 1
    assert 8 < time.monotonic() - begun < 40
    why = "its connections are open and silent|no answer"
    said = rf"Slack has not been heard for 10 seconds \(({why})\)\. Ending, to be started again;"
    assert re.search(said, office.product.output), office.product.output
    assert "Traceback" not in office.product.output


async def test_a_token_that_is_revoked_ends_it_with_slacks_reason(office: Office, line: Line) -> None:
    await start(office)
    line.revoked = True
    await line.cut()

    async def not_ready() -> bool:
        return (await told(office, "readyz"))[0] == 503

    await until(not_ready)
    assert (await told(office, "healthz"))[0] == 200
    assert await exited(office, 30) == 1
    assert "Slack has not been heard for 10 seconds (token_revoked)." in office.product.output
    assert "Traceback" not in office.product.output


async def test_it_ends_in_time_while_both_connections_are_dead(office: Office, line: Line) -> None:
    await start(office)
    line.silent = True
    begun = time.monotonic()
    assert await office.product.terminate() == 0
    assert time.monotonic() - begun < 10


async def test_a_port_that_is_taken_ends_it_with_one_sentence(office: Office) -> None:
    port = int(office.product.environment["HUDDLE_HEALTH_PORT"])
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    async with server:
        await office.product.start()
        assert await exited(office, 45) == 1
    said = f"HUDDLE_HEALTH_PORT cannot be used: nothing can listen on 127.0.0.1, port {port} (Address already in use)."
    assert said in office.product.output
    assert "Traceback" not in office.product.output


async def exited(office: Office, seconds: float) -> int:
    """Wait until it ends by itself; the exit code."""
    process = office.product._process
    assert process is not None
    code = await asyncio.wait_for(process.wait(), seconds)
    office.product._process = None
    return code
