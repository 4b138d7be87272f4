"""Several connections to Slack: one goes on while another is renewed, silence is noticed, and deafness ends it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from itertools import islice

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import sockets as module
from bot.connection import STALE, Connection
from bot.errors import HuddleError, SlackError
from bot.ports.slack import Refused, TryLater, Unsure
from bot.sockets import LONGEST_PAUSE, TOO_MANY, Deaf, Sockets, pauses_between_tries
from tests.support.slack import eventually


class Socket:
    """Implements `bot.connection.Link`."""

    def __init__(self, number: int, story: list[str]) -> None:
        self.number = number
        self.leaving: str | None = None
        self.stood = 0.0
        self.open = True
        self.heard = True
        self.story = story

    def look(self, step: float) -> bool:
        self.stood += step
        return self.heard

    async def hang_up(self) -> None:
        self.open = False
        self.story.append(f"closed {self.number}")


class Slack:
    """Gives connections, or troubles in their place; writes down what happened in which order."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.given: list[Socket] = []
        self.story: list[str] = []
        self.under_way = 0
        self.most_at_once = 0
        self.seconds = 0.0

    async def dial(self) -> Socket:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            await asyncio.sleep(self.seconds)
            if self.troubles:
                raise self.troubles.pop(0)
            socket = Socket(len(self.given), self.story)
            self.given.append(socket)
            self.story.append(f"opened {socket.number}")
            return socket
        finally:
            self.under_way -= 1


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks come at once. (Nothing here opens a socket.)"""
    monkeypatch.setattr(module, "LOOK", 0.001)


@contextlib.asynccontextmanager
async def watched(sockets: Sockets) -> AsyncIterator[asyncio.Task[None]]:
    """Open and watched until the end of the block, then closed."""
    await sockets.open()
    task = asyncio.create_task(sockets.watch())
    try:
        await eventually(lambda: sockets.connected == len(sockets.lines))
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await sockets.close()


async def test_as_many_connections_are_kept_as_are_wished_for() -> None:
    slack = Slack()
    async with watched(Sockets(slack.dial, 3)) as _:
        assert len(slack.given) == 3
    assert slack.story[3:] == ["closed 0", "closed 1", "closed 2"]


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_a_connection_that_slack_renews_is_let_go_after_the_new_one_stands_and_the_other_goes_on(
    reason: str,
) -> None:
    slack = Slack()
    async with watched(Sockets(slack.dial, 2)):
        slack.given[0].leaving = reason
        await eventually(lambda: not slack.given[0].open)
        assert slack.story == ["opened 0", "opened 1", "opened 2", "closed 0"]
        assert slack.given[1].open


async def test_two_that_are_to_be_renewed_at_once_are_renewed_one_after_the_other() -> None:
    slack = Slack()
    async with watched(Sockets(slack.dial, 2)):
        slack.seconds = 0.02
        slack.most_at_once = 0
        for socket in slack.given[:2]:
            socket.leaving = "refresh_requested"
        await eventually(lambda: len(slack.given) == 4)
        assert slack.most_at_once == 1


async def test_where_slack_has_too_many_connections_the_old_one_goes_first() -> None:
    slack = Slack()
    async with watched(Sockets(slack.dial, 1)):
        slack.given[0].leaving = TOO_MANY
        await eventually(lambda: len(slack.given) == 2)
        assert slack.story == ["opened 0", "closed 0", "opened 1"]


async def test_a_connection_that_is_lost_is_replaced_at_once() -> None:
    slack = Slack()
    async with watched(Sockets(slack.dial, 1)) as task:
        slack.given[0].open = False
        await eventually(lambda: len(slack.given) == 2, 0.5)
        assert not task.done()


async def test_while_no_new_connection_is_to_be_had_the_old_one_is_used_as_long_as_it_stands() -> None:
    slack = Slack()
    sockets = Sockets(slack.dial, 1)
    async with watched(sockets):
        slack.troubles = [aiohttp.ClientConnectionError()] * 9
        slack.given[0].leaving = "warning"
        await eventually(lambda: len(slack.troubles) < 9)
        assert sockets.connected == 1
        assert sockets.trouble is None
        slack.given[0].open = False
        assert sockets.trouble == "no connection to Slack (ClientConnectionError)"


async def test_whatever_goes_wrong_a_line_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "pauses_between_tries", lambda: iter([0.0] * 99))
    slack = Slack()
    async with watched(Sockets(slack.dial, 1)):
        slack.troubles = [
            Refused("invalid_auth"),
            Unsure("internal_error"),
            TryLater("ratelimited", 0.01, throttled=True),
            TryLater("not_authed", 60),
            TimeoutError(),
            OSError(),
            RuntimeError("a fault of ours"),
        ]
        slack.given[0].open = False
        await eventually(lambda: len(slack.given) == 2)


def test_tries_that_fail_come_further_and_further_apart() -> None:
    assert list(islice(pauses_between_tries(), 8)) == [0, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]


# -- deafness


def heard(sockets: Sockets, seconds: float, step: float = 1.0) -> None:
    """Look at them for so long."""
    for _ in range(int(seconds / step)):
        sockets.look(step)


async def test_one_connection_that_is_heard_is_enough() -> None:
    slack = Slack()
    sockets = Sockets(slack.dial, 2, deaf_after=20)
    async with watched(sockets):
        slack.given[0].heard = False
        heard(sockets, 100)


async def test_when_none_is_heard_for_too_long_it_ends_with_a_sentence() -> None:
    slack = Slack()
    sockets = Sockets(slack.dial, 2, deaf_after=20)
    async with watched(sockets):
        heard(sockets, 100)
        for socket in slack.given:
            socket.heard = False
        heard(sockets, 20)
        with pytest.raises(Deaf) as caught:
            sockets.look(1)
    assert isinstance(caught.value, HuddleError)
    assert str(caught.value) == (
        "Slack has not been heard for 20 seconds (its connections are open and silent). Ending, to be started again;"
        " `huddle doctor` says how to mend it."
    )


async def test_a_token_that_is_revoked_meanwhile_ends_it_with_slacks_reason() -> None:
    slack = Slack()
    sockets = Sockets(slack.dial, 2, deaf_after=0.3)
    async with watched(sockets) as task:
        slack.troubles = [TryLater("token_revoked", 60)] * 99
        for socket in slack.given:
            socket.open = socket.heard = False
        with pytest.raises(Deaf, match=r"\(token_revoked\)"):
            await asyncio.wait_for(task, 5)


async def test_while_the_process_itself_slept_nobody_was_silent() -> None:
    now = [0.0]
    slack = Slack()
    sockets = Sockets(slack.dial, 1, deaf_after=20, clock=lambda: now[0])
    async with watched(sockets) as task:
        slack.given[0].heard = False
        now[0] += 3600
        await asyncio.sleep(0.05)
        assert not task.done()


# -- the start


@pytest.mark.parametrize("reason", [Refused("invalid_auth"), TryLater("invalid_auth", 60), Unsure("invalid_auth")])
async def test_a_start_that_slack_refuses_is_one_sentence(reason: Exception) -> None:
    with pytest.raises(SlackError) as caught:
        await Sockets(Slack(reason).dial).open()
    assert str(caught.value) == "Slack gives no connection (invalid_auth). `huddle doctor` says how to mend it."


@pytest.mark.parametrize("trouble", [aiohttp.ClientConnectionError("secret"), TimeoutError(), OSError("secret")])
async def test_a_start_without_a_network_is_one_sentence(trouble: Exception) -> None:
    with pytest.raises(SlackError) as caught:
        await Sockets(Slack(trouble).dial).open()
    name = type(trouble).__name__
    assert str(caught.value) == f"Slack cannot be reached ({name}). Check the network and SLACK_API_URL."


async def test_a_start_too_soon_after_others_waits_as_slack_says() -> None:
    slack = Slack(TryLater("ratelimited", 0.01, throttled=True))
    await Sockets(slack.dial).open()
    assert len(slack.given) == 1


# -- one connection, without a socket under it


class Session:
    """Stands in for aiohttp's end of a connection."""

    closed = False

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
async def connection() -> AsyncIterator[Connection]:
    """A connection that believes it is open."""
    found = Connection(AsyncApp(client=AsyncWebClient(token="xoxb-1"), signing_secret=""), "xapp-1")
    found.current_session = Session()  # type: ignore[assignment]
    try:
        yield found
    finally:
        await found.hang_up()


async def test_a_connection_is_heard_by_messages_and_by_pongs_and_by_nothing_else(connection: Connection) -> None:
    await connection.run_message_listeners({"type": "hello"}, "")
    assert connection.look(1)
    assert not connection.look(1)
    connection.last_ping_pong_time = 5.0
    assert connection.look(1)
    assert not connection.look(1)


async def test_a_connection_that_says_nothing_for_long_does_not_count_as_open(connection: Connection) -> None:
    connection.look(STALE)
    assert connection.open
    connection.look(1)
    assert not connection.open
    connection.last_ping_pong_time = 5.0
    connection.look(1)
    assert connection.open


async def test_a_farewell_is_kept_and_the_connection_does_not_renew_itself(connection: Connection) -> None:
    await connection.run_message_listeners({"type": "disconnect", "reason": "refresh_requested"}, "")
    assert connection.leaving == "refresh_requested"
    assert connection.open, "events may still come by it until the new one stands"
    await connection.connect_to_new_endpoint(force=True)
    assert isinstance(connection.current_session, Session)


async def test_a_connection_is_closed_after_what_came_by_it_is_answered(connection: Connection) -> None:
    story: list[str] = []
    answered = asyncio.Event()

    async def answer(*_: object) -> None:
        await answered.wait()
        story.append(f"answered, open: {connection.open}")

    connection.socket_mode_request_listeners[:] = [answer]
    envelope = {"type": "events_api", "envelope_id": "1", "payload": {}}
    task = asyncio.create_task(connection.run_message_listeners(envelope, ""))
    await asyncio.sleep(0)
    closing = asyncio.create_task(connection.hang_up())
    await asyncio.sleep(0.05)
    answered.set()
    await asyncio.gather(task, closing)
    assert story == ["answered, open: True"]
    assert not connection.open
