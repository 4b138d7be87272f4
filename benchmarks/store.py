"""The storage by itself: writes a second by one writer and by 32, and messages claimed and sent a second.

One writer waits for the disk each time; 32 share the waiting. What the disk itself can do stands beside it.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.databases import NO_SERVER, a_folder, on_postgres
from benchmarks.figures import Figure, Figures, middle, skipped, spread
from benchmarks.machine import sync_waits
from benchmarks.office import QUARTER_TO_NINE, WORKSPACE, QuickSlack, an_office, dm_of, hurry, rep
from bot.app import Huddle
from bot.delivery.sender import AT_ONCE, LEASE
from bot.ports.messages import Lane, Message, Outgoing, Rendered
from bot.ports.queues import Incoming
from bot.ports.storage import Store

NOW = QUARTER_TO_NINE
WRITERS = 32


def measure(quick: bool) -> Figures:
    """Writes a second, and the outbox's throughput."""
    with a_folder() as folder, on_postgres() as address:
        synced = 1 / middle(sync_waits(folder))
        figures = [Figure("the disk, 4 KiB and fsync", synced, "a second")]
        figures += asyncio.run(_measure("SQLite", folder / "huddle.db", quick))
        alone = figures[1].value or 0.0
        figures.append(Figure("1 writer on SQLite / the disk", alone / synced, "×"))
        if address is None:
            return [*figures, skipped("writes, PostgreSQL", NO_SERVER)]
        return [*figures, *asyncio.run(_measure("PostgreSQL", address, quick))]


async def _measure(name: str, database: str | Path, quick: bool) -> list[Figure]:
    rounds, seconds = (1, 1.0) if quick else (5, 3.0)
    numbers = itertools.count(1)
    with an_office(database, QuickSlack(), lambda: NOW) as huddle:
        one, many = [], []
        for _ in range(rounds):
            one.append(await _writes(huddle, 1, seconds, numbers))
            many.append(await _writes(huddle, WRITERS, seconds, numbers))
        await hurry(huddle, NOW)
        sent = await _outbox(huddle, 400 if quick else 2000)
    ratios = [several / alone for several, alone in zip(many, one, strict=True)]
    return [
        Figure(f"1 writer, {name}", middle(one), "writes/s", note=spread(one)),
        Figure(f"{WRITERS} writers, {name}", middle(many), "writes/s", note=spread(many)),
        Figure(f"{WRITERS} writers / 1, {name}", middle(ratios), "×", note=spread(ratios)),
        Figure(f"outbox, claimed and sent, {name}", sent, "messages/s", note=f"{AT_ONCE} at a time"),
    ]


async def _writes(huddle: Huddle, writers: int, seconds: float, numbers: itertools.count[int]) -> float:
    """Writes a second, each of one event that nobody has seen."""
    end, done = time.perf_counter() + seconds, 0

    async def writer() -> None:
        nonlocal done
        while time.perf_counter() < end:
            number = next(numbers)
            event = Incoming(f"{WORKSPACE}:D:{number}", WORKSPACE, rep(number), {"kind": "message"}, NOW, number)
            assert await huddle.storage.write(lambda store, event=event: store.inbox.add([event])) == [True]  # type: ignore[misc]
            done += 1

    start = time.perf_counter()
    await asyncio.gather(*(writer() for _ in range(writers)))
    return done / (time.perf_counter() - start)


async def _outbox(huddle: Huddle, count: int) -> float:
    """Messages a second, from waiting to sent, each in a conversation of its own, as the sender does it."""
    words = Rendered("How will you open up new conversations today?", [])

    def fill(store: Store) -> None:
        for number in range(count):
            outgoing = Outgoing(
                f"bench:{number}", WORKSPACE, rep(number), Lane.REPLY, Message("none"), NOW, NOW + timedelta(hours=12)
            )
            store.outbox.add(outgoing, words, f"d{number}", NOW)

    await huddle.storage.write(fill)
    start, sent = time.perf_counter(), 0
    while claimed := await huddle.storage.write(lambda store: store.outbox.claim(NOW, NOW + LEASE, AT_ONCE)):
        await asyncio.gather(
            *(
                huddle.storage.write(lambda store, one=one: store.outbox.sent(one, dm_of(one.channel), f"{one.id}.1"))  # type: ignore[misc]
                for one in claimed
            )
        )
        sent += len(claimed)
    assert sent == count, f"{sent} messages of {count}"
    return count / (time.perf_counter() - start)
