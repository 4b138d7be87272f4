"""How soon the product is connected after its process was started, and how much memory it has.

`python -m bot run`, as in production, against the small Slack, on a database with a team of a hundred. The memory is
that of the idle process, and that after a thousand messages of which every one was read.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.databases import a_folder
from benchmarks.figures import Figure, Figures, at_most, middle, spread
from benchmarks.machine import memory
from benchmarks.office import WORKSPACE, ZONE, QuickSlack, an_office, enrol, rep
from benchmarks.turns import FUNNEL
from bot.app import Huddle
from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import User, Workspace
from bot.ports.storage import Store

IDLE = 120.0
"""MiB that the process may have when nothing goes on."""
REPS = 100
REPOSITORY = Path(__file__).resolve().parents[1]
PATIENCE = 600.0


def measure(quick: bool) -> Figures:
    """Seconds and MiB."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        os.environ.pop(name, None)
    return asyncio.run(_measure(starts=3 if quick else 9, messages=200 if quick else 1000))


async def _measure(starts: int, messages: int) -> Figures:
    users = tuple(User(rep(n), f"rep{n}", f"Ana Sousa {n}", ZONE) for n in range(REPS))
    with a_folder() as folder:
        database = folder / "huddle.db"
        with an_office(database, QuickSlack(), lambda: datetime.now(UTC)) as huddle:
            await enrol(huddle, REPS, datetime.now(UTC))
            await huddle.storage.write(lambda store: _open_all(huddle, store))
        async with SmallSlack(Workspace(users=users, team_id=WORKSPACE)) as slack:
            seconds, idle = [], []
            for _ in range(starts):
                async with _running(folder, slack) as (pid, took):
                    seconds.append(took)
                    await asyncio.sleep(3)
                    idle.append(memory(pid))
            async with _running(folder, slack) as (pid, _), SlackControl(slack.url) as people:
                start = time.perf_counter()
                await _talk(people, messages)
                await _all_read(database, messages)
                rate = messages / (time.perf_counter() - start)
                loaded, most = memory(pid), memory(pid, "VmHWM")
    return [
        Figure("from start to connected", middle(seconds), "s", note=spread(seconds)),
        Figure("resident, idle", middle(idle), "MiB", at_most(IDLE), spread(idle)),
        Figure(f"resident, after {messages:,} messages", loaded, "MiB", note=f"{most:.0f} at the most"),
        Figure("messages read meanwhile", rate, "messages/s", note="with the small Slack on the same cores"),
    ]


def _open_all(huddle: Huddle, store: Store) -> None:
    """A check-in for everybody, whatever the time is."""
    for number in range(REPS):
        person = store.people.by_slack(WORKSPACE, rep(number))
        assert person is not None
        team = store.people.team(person.rep_of or "")
        huddle.tick.checkins.open(store, person, team, datetime.now(UTC) - timedelta(seconds=1))


@asynccontextmanager
async def _running(folder: Path, slack: SmallSlack) -> AsyncIterator[tuple[int, float]]:
    """The product as a process of its own, connected: its id, and the seconds that took. Told to stop at the end."""
    said = folder / "output"
    said.write_bytes(b"")
    with said.open("ab") as output:
        start = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=_environment(folder, slack),
            stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            while b"connected" not in said.read_bytes():
                assert process.returncode is None, said.read_text("utf-8")
                await asyncio.sleep(0.005)
        yield process.pid, time.perf_counter() - start
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def _environment(folder: Path, slack: SmallSlack) -> dict[str, str]:
    keys = Workspace(users=())
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "PYTHONPATH": str(REPOSITORY),
        "SLACK_BOT_TOKEN": keys.bot_token,
        "SLACK_APP_TOKEN": keys.app_token,
        "SLACK_API_URL": slack.api_url,
        "HUDDLE_DATABASE": str(folder / "huddle.db"),
        "HUDDLE_LOG_FORMAT": "json",
        "HUDDLE_HEALTH_PORT": "0",
    }


async def _talk(people: SlackControl, messages: int) -> None:
    """Everybody says what they say in a funnel, again and again."""
    for number in range(messages):
        user = rep(number % REPS)
        await people.say(user, f"D{user[1:]}", FUNNEL[number // REPS % len(FUNNEL)])


async def _all_read(database: Path, messages: int) -> None:
    """Wait until every message is kept and read; the answers may still wait for Slack's pace."""
    query = "SELECT count(*), coalesce(sum(state = 'done'), 0) FROM inbox"
    async with asyncio.timeout(PATIENCE):
        while True:
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
                kept, done = connection.execute(query).fetchone()
            if kept >= messages and done == kept:
                return
            await asyncio.sleep(0.05)
