"""Five simulated years of 500 reps: how large the database is, and whether what people wait for is still quick.

One real morning is played by the product; its documents are the pattern from which SQL makes the others: of ten
mornings five end committed after three messages, two are left after two, three are not answered.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.databases import a_folder
from benchmarks.figures import Figure, Figures, at_most, high, middle
from benchmarks.history import YEARS, Size, write_history
from benchmarks.office import A_TEAM, WORKSPACE, QuickSlack, an_office, enrol, hurry, manager, rep
from bot.app import Huddle
from bot.delivery.sender import AT_ONCE, LEASE
from bot.domain.calendar import local_date
from bot.domain.summary import compose
from bot.domain.wins import Kept, gather, week_start
from bot.ports.messages import Lane, Message, Outgoing, Rendered
from bot.ports.queues import Incoming
from bot.ports.storage import Store
from bot.services.access import actor_by_slack
from bot.services.hearing import rep_of
from bot.services.look import Look
from bot.services.summary import rows
from handlers.home import HomeTab

LONGEST = 10.0
"""Milliseconds that each of the queries may take."""
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""The Friday evening after the last of the mornings."""
TIMES, SECONDS = 60, 5.0
"""How often each is asked, and for how long at the most."""
WAITING = 32
"""Messages that wait in either queue."""


def measure(quick: bool) -> Figures:
    """Bytes, and milliseconds a query."""
    return asyncio.run(_measure(Size(reps=50, days=120) if quick else Size(reps=500, days=YEARS * 260)))


async def _measure(size: Size) -> Figures:
    with a_folder() as folder:
        database = folder / "huddle.db"
        with an_office(database, QuickSlack(), lambda: NOW) as huddle:
            await enrol(huddle, size.reps, NOW)
        start = time.perf_counter()
        counts = write_history(database, size, NOW.date())
        took = time.perf_counter() - start
        length = database.stat().st_size
        note = ", ".join(f"{count:,} {table}" for table, count in counts.items())
        figures = [
            Figure("written in", took, "s", note=note),
            Figure("the file", length / 2**20, "MiB"),
            Figure("a rep and day", length / (size.reps * size.days), "bytes"),
            *(Figure(f"  of which {name}", share * 100, "%") for name, share in _shares(database)),
        ]
        with an_office(database, QuickSlack(), lambda: NOW) as huddle:
            await hurry(huddle, NOW)
            await huddle.storage.write(_queue)
            return figures + [await _timed(huddle, *one) for one in _queries(huddle, size.reps)]


Work = Callable[[Store, int], Any]


def _queries(huddle: Huddle, reps: int) -> list[tuple[str, Work, bool]]:
    """What people or workers wait for, each for a number that picks the person; and whether it writes."""
    home = next(one.home for one in huddle.surfaces if isinstance(one, HomeTab))
    teams = -(-reps // A_TEAM)

    def seen(store: Store, slack_id: str) -> object:
        return home.view(store, actor_by_slack(store, WORKSPACE, slack_id, NOW), Look(), NOW)

    def summary(store: Store, n: int) -> object:
        team = store.people.team_named(WORKSPACE, f"Team {n % teams:05d}")
        assert team is not None
        return compose(rows(store, team, local_date(NOW, team.tz), NOW)).rows

    def wins(store: Store, n: int) -> object:
        team = store.people.team_named(WORKSPACE, f"Team {n % teams:05d}")
        assert team is not None
        kept = store.commitments.kept(team.id, week_start(local_date(NOW, team.tz), team.tz), NOW)
        told = [Kept(c.person_id, store.people.get(c.person_id).name, c.action, c.behaviour_id, c.shared) for c in kept]
        return told and gather(team, told)

    return [
        ("Home of a rep", lambda s, n: seen(s, rep(n % reps)), False),
        ("Home of a manager", lambda s, n: seen(s, manager(n % teams)), False),
        ("summary of a team of ten", summary, False),
        ("wins of a team", wins, False),
        ("what a reply begins with", lambda s, n: rep_of(s, WORKSPACE, rep(n % reps), NOW), False),
        ("inbox, claim 16", lambda s, _: s.inbox.claim(NOW, NOW + LEASE, 16), True),
        ("outbox, claim 8", lambda s, _: s.outbox.claim(NOW, NOW + LEASE, AT_ONCE), True),
        ("inbox, what waits", lambda s, _: s.inbox.waiting(), False),
        ("outbox, what waits", lambda s, _: s.outbox.waiting(NOW), False),
        ("outbox, what expired", lambda s, _: [s.outbox.has_expired(NOW)], False),
        ("metrics: where things stand", lambda s, _: s.standings.at(NOW), False),
    ]


class Undone(Exception):
    """Raised so that what was claimed is there for the next time."""


async def _timed(huddle: Huddle, name: str, work: Work, writes: bool) -> Figure:
    """The median of some calls, each for somebody else, inside the transaction."""
    waits, end = list[float](), time.perf_counter() + SECONDS

    def run(store: Store, number: int) -> None:
        start = time.perf_counter()
        result = work(store, number * 7)
        waits.append((time.perf_counter() - start) * 1000)
        assert result is not None
        assert result != [], f"{name} found nothing"
        if writes:
            raise Undone

    for number in range(TIMES):
        if waits and time.perf_counter() > end:
            break
        try:
            await (huddle.storage.write if writes else huddle.storage.read)(lambda store, n=number: run(store, n))  # type: ignore[misc]
        except Undone:
            continue
    note = f"first {waits[0]:.1f}, p95 {high(waits):.1f} of {len(waits)}"
    return Figure(name, middle(waits[1:] or waits), "ms", at_most(LONGEST), note)


def _queue(store: Store) -> None:
    """Something to claim: messages of some people, and one to each of them."""
    words = Rendered("How will you open up new conversations today?", [])
    for number in range(WAITING):
        payload = {"kind": "message", "text": "done", "ts": f"9.{number}"}
        store.inbox.add([Incoming(f"new:{number}", WORKSPACE, rep(number), payload, NOW, NOW.timestamp())])
        until = NOW + timedelta(hours=12)
        outgoing = Outgoing(f"new:{number}", WORKSPACE, rep(number), Lane.REPLY, Message("none"), NOW, until)
        store.outbox.add(outgoing, words, f"new{number}", NOW)


def _shares(database: Path) -> list[tuple[str, float]]:
    """The largest tables, each with its indexes, as a share of the file."""
    sizes: dict[str, int] = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        table_of = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
        try:
            for name, size in connection.execute("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE"):
                table = table_of.get(name, name)
                sizes[table] = sizes.get(table, 0) + size
        except sqlite3.OperationalError:
            return []  # this SQLite was built without it
    largest = sorted(sizes.items(), key=lambda one: -one[1])[:6]
    return [(name, size / database.stat().st_size) for name, size in largest]
