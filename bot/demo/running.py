"""The real product, running against a Slack stand-in with the sample team in a database that is thrown away."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot import app as root
from bot.adapters.rule_coach import RuleCoach
from bot.adapters.slack_clients import OneClient
from bot.adapters.slack_directory import SlackDirectory
from bot.adapters.slack_messenger import SlackMessenger
from bot.demo.fast_clock import FastClock
from bot.demo.history import seed
from bot.demo.local_slack import LocalSlack
from bot.demo.sample import WORKSPACE, team_time
from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from bot.domain.people import Team

COMMAND = "/coach"
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@dataclass(frozen=True)
class Running:
    """The product at work, its clock, and the people who use it. `client` is the app's own."""

    huddle: root.Huddle
    team: Team
    clock: FastClock
    people: SlackControl
    client: AsyncWebClient


@contextlib.asynccontextmanager
async def running(
    slack: SmallSlack | LocalSlack, monday: date, extend: Callable[[AsyncApp], None] = lambda _: None
) -> AsyncIterator[Running]:
    """The product connected to `slack`, at midnight before `monday`, until the end of the block.

    `extend` may register listeners of its own. No language model is asked, and nothing leaves this machine.
    """
    clock = FastClock(team_time(monday, time()))
    with without_proxies(), tempfile.TemporaryDirectory(prefix="huddle-demo-") as folder:
        client = AsyncWebClient(token=WORKSPACE.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=10)
        huddle = root.build(
            Path(folder) / "huddle.db",
            COMMAND,
            RuleCoach(),
            SlackMessenger(OneClient(client)),
            SlackDirectory(OneClient(client)),
            clock,
            counted_ids(),
        )
        try:
            team = await seed(huddle, monday)
            bolt = root.bolt_app(client)
            extend(bolt)
            async with SlackControl(slack.url) as people, serving(huddle, bolt, people):
                yield Running(huddle, team, clock, people, client)
        finally:
            huddle.close()


@contextlib.asynccontextmanager
async def serving(huddle: root.Huddle, bolt: AsyncApp, people: SlackControl) -> AsyncIterator[None]:
    """The product connected by Socket Mode, until the end of the block. Raises what keeps it from connecting."""
    stop = asyncio.Event()
    serve = asyncio.create_task(root.serve(huddle, bolt, WORKSPACE.app_token, stop))
    connected = asyncio.create_task(people.wait_connected())
    try:
        await asyncio.wait({serve, connected}, return_when=asyncio.FIRST_COMPLETED)
        await (serve if serve.done() else connected)
        yield
    finally:
        connected.cancel()
        stop.set()
        await serve


def counted_ids() -> Callable[[], str]:
    """Ids that are the same at every start, so that the same questions come up."""
    numbers = itertools.count(1)
    return lambda: f"demo{next(numbers):06d}"


@contextlib.contextmanager
def without_proxies() -> Iterator[None]:
    """Take the proxies out of the environment: slack_sdk would send what is meant for 127.0.0.1 through them.

    Bolt makes a new client for each request, and each new client reads the environment.
    """
    kept = {name: os.environ.pop(name) for name in _PROXIES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
