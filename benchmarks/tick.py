"""What a tick costs when nothing is due, with a thousand, a hundred thousand and a million alarms standing."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from benchmarks.databases import NO_SERVER, a_folder, on_postgres
from benchmarks.figures import Figure, Figures, at_most, high, middle, skipped
from benchmarks.office import QuickSlack, an_office
from bot.app import Huddle
from bot.ports.storage import AlarmKind

FLAT, LONGEST = 1.5, 5.0
"""Times as long with the most alarms as with the fewest, and milliseconds."""
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""All of the alarms are for later."""
ROW = (AlarmKind.CHECKIN.value, "p{:07d}", NOW + timedelta(hours=3, minutes=45))


def measure(quick: bool) -> Figures:
    """Milliseconds a tick at each size, and how much longer it is with the most."""
    sizes = (1_000, 10_000, 100_000) if quick else (1_000, 100_000, 1_000_000)
    times = 100 if quick else 400
    with a_folder() as folder, on_postgres() as address:
        figures = asyncio.run(_measure("SQLite", folder / "huddle.db", sizes, times))
        if address is None:
            return [*figures, skipped("a tick, PostgreSQL", NO_SERVER)]
        return [*figures, *asyncio.run(_measure("PostgreSQL", address, sizes, times))]


async def _measure(name: str, database: str | Path, sizes: tuple[int, ...], times: int) -> list[Figure]:
    figures, medians, before = [], [], 0
    with an_office(database, QuickSlack(), lambda: NOW) as huddle:
        for size in sizes:
            _set(database, range(before, size))
            before = size
            waits = await _ticks(huddle, times)
            medians.append(middle(waits) * 1000)
            note = f"{high(waits) * 1000:.2f} ms p95 of {times}"
            figures.append(Figure(f"a tick, {size:,} enrolled, {name}", medians[-1], "ms", at_most(LONGEST), note))
    ratio = medians[-1] / medians[0]
    figures.append(Figure(f"{sizes[-1]:,} enrolled / {sizes[0]:,}, {name}", ratio, "×", at_most(FLAT)))
    return figures


async def _ticks(huddle: Huddle, times: int) -> list[float]:
    """Seconds of each tick, after a few that warm up."""
    waits = []
    for number in range(times + 20):
        start = time.perf_counter()
        done = await huddle.tick.run(NOW)
        if number >= 20:
            waits.append(time.perf_counter() - start)
        assert done == 0
    return waits


def _set(database: str | Path, numbers: range) -> None:
    """Alarms for so many people, spread over an hour."""
    kind, subject, at = ROW
    rows = ((kind, subject.format(n), at + timedelta(seconds=n % 3600)) for n in numbers)
    if isinstance(database, Path):
        connection = sqlite3.connect(database, isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        shown = ((k, s, f"{a:%Y-%m-%d %H:%M:%S.%f}") for k, s, a in rows)
        connection.executemany("INSERT INTO alarm (kind, subject, at) VALUES (?, ?, ?)", shown)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    into = "COPY alarm (kind, subject, at) FROM STDIN"
    with psycopg.connect(database) as server, server.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
    with psycopg.connect(database, autocommit=True) as server:
        server.execute("ANALYZE alarm")  # as the server does by itself in a while
