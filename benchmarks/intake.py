"""Durable intake against a bare Bolt app that only acknowledges: real HTTP, signatures checked, 32 connections.

Bare is Bolt's own aiohttp server. Ours is what the product serves, its events kept on a disk that is waited for; the
workers that would read them do not run. The rounds take turns, so that the machine's moods fall on both.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.databases import NO_SERVER, a_folder, on_postgres
from benchmarks.figures import Figure, Figures, at_least, middle, skipped, spread
from benchmarks.load import PATH, USERS, Order, Told, from_elsewhere
from benchmarks.office import QuickSlack, an_office
from bot.app import Huddle, bolt_app
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import Workspace
from bot.web import listening, slack_app

SECRET = "of-the-benchmark"
TARGET = 0.6
SLACK = Workspace(users=(), team_id="T0BENCH")


@dataclass
class Served:
    """Something that listens, and what came of each round."""

    name: str
    port: int
    huddle: Huddle | None = None
    rates: list[float] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def measure(quick: bool) -> Figures:
    """Events a second on each, and ours as a share of bare."""
    return asyncio.run(_measure(rounds=2 if quick else 7, count=1000 if quick else 6000))


async def _measure(rounds: int, count: int) -> Figures:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(a_folder())
        slack = await stack.enter_async_context(SmallSlack(SLACK))
        client = AsyncWebClient(
            token=SLACK.bot_token, base_url=slack.api_url, retry_handlers=[], trust_env_in_session=False
        )
        served = [await stack.enter_async_context(_bare(client))]
        served.append(await stack.enter_async_context(_ours("SQLite", folder / "huddle.db", client)))
        address = stack.enter_context(on_postgres())
        if address:
            served.append(await stack.enter_async_context(_ours("PostgreSQL", address, client)))
        first = int(time.time())
        for number in range(-1, rounds):
            for one in served:
                cpu = time.process_time()
                told = await from_elsewhere(Order(one.port, SECRET, first, count if number >= 0 else USERS))
                first += count
                if number >= 0:
                    one.rates.append(count / told.seconds)
                    one.told.append(told)
                    one.busy.append((time.process_time() - cpu) / told.seconds)
        for one in served[1:]:
            await _all_kept(one, rounds * count + USERS)
    return _figures(served, address)


async def _all_kept(one: Served, wanted: int) -> None:
    """Nothing that was acknowledged may be missing."""
    assert one.huddle is not None
    kept = await one.huddle.storage.read(lambda store: store.inbox.waiting())
    assert kept == wanted, f"{one.name} has {kept} events of {wanted}"
    assert not any(told.refused for told in one.told), f"{one.name} refused events"


def _figures(served: list[Served], address: str | None) -> Figures:
    bare, *ours = served
    figures = [Figure("bare AsyncApp, only acks", middle(bare.rates), "events/s", note=_note(bare))]
    for one in ours:
        ratios = [mine / theirs for mine, theirs in zip(one.rates, bare.rates, strict=True)]
        figures.append(Figure(f"durable intake, {one.name}", middle(one.rates), "events/s", note=_note(one)))
        figures.append(Figure(f"durable / bare, {one.name}", middle(ratios), "×", at_least(TARGET), spread(ratios)))
    return figures if address else [*figures, skipped("durable / bare, PostgreSQL", NO_SERVER)]


def _note(one: Served) -> str:
    waits = f"{middle([t.median_ms for t in one.told]):.1f} ms median, {middle([t.high_ms for t in one.told]):.1f} p95"
    client = middle([t.busy for t in one.told])
    limit = ", THE LIMIT" if client > 0.9 else ""
    return f"{waits}; core shares: server {middle(one.busy):.0%}, client {client:.0%}{limit}"


@contextlib.asynccontextmanager
async def _bare(client: AsyncWebClient) -> AsyncIterator[Served]:
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.event("message")
    async def heard() -> None:
        """Bolt has acknowledged it."""

    async with listening(AsyncSlackAppServer(0, PATH, app).web_app, "127.0.0.1", 0, "a port", 1) as port:
        yield Served("bare", port)


@contextlib.asynccontextmanager
async def _ours(name: str, database: str | Path, client: AsyncWebClient) -> AsyncIterator[Served]:
    with an_office(database, QuickSlack(), lambda: datetime.now(UTC)) as huddle:
        app = bolt_app(client, SECRET)
        huddle.register(app)
        served: web.Application = slack_app(app, SECRET)
        async with listening(served, "127.0.0.1", 0, "a port", 1) as port:
            yield Served(name, port, huddle)
