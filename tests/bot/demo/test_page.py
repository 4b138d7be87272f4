"""The newcomer's page: it opens, its clock moves, others answer, and it ends without a trace."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
import socket

import pytest
from rich.console import Console

from bot.demo import page
from bot.demo.local_slack import StandInMissing, find_binary
from bot.demo.sample import ANA, CHLOE, CLOCK, MARIA
from bot.demo.slack_person import SlackControl

pytestmark = pytest.mark.stand_in


class Newcomer:
    """Somebody in front of the demo: what it printed, how it ended, and the people of its page."""

    def __init__(self) -> None:
        self.printed = io.StringIO()
        self.console = Console(file=self.printed, width=200)

    @property
    def read(self) -> str:
        return self.printed.getvalue()

    async def address(self) -> str:
        async with asyncio.timeout(20):
            while not (found := re.search(r"http://\S+", self.read)):  # noqa: ASYNC110 - it prints, and tells nobody
                await asyncio.sleep(0.05)
        return found[0]


@pytest.fixture
def newcomer() -> Newcomer:
    try:
        find_binary()
    except StandInMissing as missing:
        pytest.skip(str(missing))
    return Newcomer()


async def test_the_morning_is_there_and_the_clock_moves_on(newcomer: Newcomer) -> None:
    showing = asyncio.create_task(page.open_up(newcomer.console, 0))
    async with SlackControl(await newcomer.address()) as people:
        await people.wait_for(ANA.dm, lambda m: "send Nordlicht the revised offer" in m["text"])
        await people.wait_for(CHLOE.dm, lambda m: m["user"] == CHLOE.id)
        await people.press(ANA.id, CLOCK.id, "To the summary")
        await people.wait_for(MARIA.dm, lambda m: "Asked, no answer yet" in m["text"], 15)
        shown = await people.wait_for(CLOCK.id, lambda m: "Mon 09:30" in m["text"] and "move it on" in m["text"], 15)
        assert len(await people.messages(CLOCK.id)) == 1
        assert shown["edited"]
    os.kill(os.getpid(), signal.SIGINT)
    assert await asyncio.wait_for(showing, 15) == 0
    assert newcomer.read.strip().endswith("nothing of it is left.")


async def test_a_taken_port_is_one_sentence(newcomer: Newcomer) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert await page.open_up(newcomer.console, port) == 1
    assert newcomer.read == f"Port {port} is taken by another program; choose another one with --port.\n"


async def test_a_missing_stand_in_names_the_command_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDDLE_STAND_IN", "/nowhere")
    somebody = Newcomer()
    assert await page.open_up(somebody.console, 0) == 1
    assert "/nowhere" in somebody.read.splitlines()[0]
    assert "huddle demo --script" in somebody.read.splitlines()[1]
