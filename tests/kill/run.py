"""One run: people write, processes die, trouble ends, the rest is worked off, and the evidence is collected."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.kill.deeds import Deeds, Watched, event_of
from tests.kill.evidence import Database, Evidence
from tests.kill.people import Rep, Someone
from tests.kill.reaper import Reaper
from tests.kill.team import MANAGER, REPS, STRANGER, TEAM, WORKSPACE
from tests.support.process import Product, environment
from tests.support.strict import Chaos, Rate, Rates, StrictSlack, Trouble
from tests.support.strict.delivery import RETRY_AFTER
from tests.support.strict.rates import METHODS

RETRIES: Final = (*RETRY_AFTER, *[3600.0] * 24)
"""With "Delayed Events" turned on, as docs/reliability.md asks for: hourly for a day after the third retry."""
HURRY: Final = 0.002
"""Makes Slack's hour seven seconds: with some minutes of deaths, hardly anything is lost for want of retries."""
AFTERWARDS: Final = 12.0
"""Seconds after the last death in which people go on, and Slack goes on making trouble."""
REST: Final = 240.0
"""Seconds after that in which everything must be done: leases of 30 and of 60 seconds, a wait of 70 for a
message that was overtaken, and a message a second in each conversation."""

CUT: Final = "Cannot write to closing transport"
"""What slack_sdk logs as an error when a connection is cut before it could acknowledge. Slack brings it again."""

_POSTING: Final = {
    Trouble.DROP_BEFORE: 0.04,
    Trouble.DROP_AFTER: 0.07,
    Trouble.ERROR_BEFORE: 0.03,
    Trouble.ERROR_AFTER: 0.06,
    Trouble.LATE: 0.01,
    Trouble.THROTTLED: 0.03,
}
_READING: Final = {Trouble.DROP_BEFORE: 0.06, Trouble.ERROR_BEFORE: 0.06, Trouble.THROTTLED: 0.04}
TROUBLES: Final[Mapping[str, Mapping[Trouble, float]]] = {
    "chat.postMessage": _POSTING,
    "chat.update": _POSTING,
    "conversations.history": _READING,
    "conversations.open": _READING,
    "users.info": _READING,
}
RATES: Final = Rates(methods=MappingProxyType({**METHODS, "apps.connections.open": Rate(6000, 1000)}))
"""Slack's own, but for connections: nobody dies that often in earnest."""


def let_loose(chaos: Chaos) -> None:
    """From now on everything on the way can go wrong, sometimes."""
    chaos.calls, chaos.late_seconds, chaos.history_lag = TROUBLES, 12.0, 3.0
    chaos.duplicate, chaos.cut, chaos.lose_ack = 0.1, 0.02, 0.05


@dataclass(frozen=True)
class Result:
    """What a run came to."""

    evidence: Evidence
    summary: str


@dataclass(frozen=True)
class Office:
    """Where a run takes place: the database's address, and what each process is told besides."""

    folder: Path
    database: str
    processes: Sequence[Mapping[str, str]]
    urls: Sequence[str] = ()
    secret: str = ""
    echo: bool = True


async def run(office: Office, seed: int, kills: int) -> Result:
    """Kill so many processes in all, then let it come to rest. Raises TimeoutError when it does not."""
    begun = time.monotonic()
    draw = random.Random(seed)
    chaos, deeds = Chaos(draw.randrange(2**32)), Deeds()
    async with StrictSlack(
        WORKSPACE,
        chaos=chaos,
        rates=RATES,
        hurry=HURRY,
        echo=office.echo,
        urls=office.urls,
        secret=office.secret,
    ) as slack:
        products = [_product(office, slack, number) for number in range(len(office.processes))]
        (office.folder / "team.yaml").write_text(TEAM)
        code, said = await _set_up(products[0], office.folder)
        assert code == 0, said
        let_loose(chaos)
        slack.delivery.carrier = Watched(slack.delivery.carrier, deeds)
        people: list[Someone] = [Rep(slack, user, deeds, random.Random(draw.random())) for user in REPS]
        quiet = [Someone(slack, user, deeds, random.Random(draw.random())) for user in (MANAGER, STRANGER)]
        reapers = [Reaper(product, slack, random.Random(draw.random())) for product in products]
        over = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as lives:
                for person in people:
                    lives.create_task(person.live(over, 3.0))
                for person in quiet:
                    lives.create_task(person.live(over, 15.0))
                dying = [asyncio.create_task(one.reap(kills // len(reapers))) for one in reapers]
                await asyncio.gather(*dying)
                await asyncio.sleep(AFTERWARDS)
                over.set()
            killing = time.monotonic() - begun
            chaos.calm()
            database = Database(office.database)
            await _rested(slack, database)
            codes = [await product.terminate() for product in products]
        finally:
            for product in products:
                await product.kill()
        evidence = _evidence(slack, deeds, database, codes, reapers)
        return Result(evidence, _summary(seed, reapers, evidence, killing, time.monotonic() - begun))


def _product(office: Office, slack: StrictSlack, number: int) -> Product:
    folder = office.folder / f"process-{number}"
    folder.mkdir()
    told = environment(folder, slack.api_url, WORKSPACE.bot_token, WORKSPACE.app_token)
    told |= {"HUDDLE_DATABASE": office.database, "HUDDLE_LOG_FORMAT": "json", **office.processes[number]}
    if office.urls:
        del told["SLACK_APP_TOKEN"]
    return Product(folder, told)


async def _set_up(product: Product, folder: Path) -> tuple[int, str]:
    return await product.run("bot", "team", "apply", str(folder / "team.yaml"))


async def _rested(slack: StrictSlack, database: Database) -> None:
    """Wait until Slack has nothing more to bring and the database nothing more to do."""
    end = time.monotonic() + REST
    while True:
        await slack.delivery.settled(max(1.0, end - time.monotonic()))
        left = await asyncio.to_thread(database.open)
        if not any(left.values()):
            return
        if time.monotonic() > end:
            rows = [
                {name: row[name] for name in ("id", "key", "state", "attempts", "reason", "not_before", "lease_until")}
                for table in left
                for row in database.rows(f"SELECT * FROM {table} WHERE state IN ('waiting', 'working', 'sending')")
            ]
            raise TimeoutError(f"still open after {REST} seconds: {rows}")
        await asyncio.sleep(0.5)


def _evidence(
    slack: StrictSlack, deeds: Deeds, database: Database, codes: Sequence[int], reapers: Sequence[Reaper]
) -> Evidence:
    lost = {event.key for payload in slack.records.lost_events if (event := event_of(payload, 0.0))}
    return Evidence(
        seen=slack.records.seen,
        asked=slack.records.asked,
        rejected=slack.records.rejected,
        deeds=deeds,
        standing={user.id: slack.messages(user.id) for user in WORKSPACE.users},
        **database.everything(),
        exit_codes=codes,
        complaints=[line for one in reapers for line in _complaints(one.product)]
        + [f"a process ended by itself with {code}" for one in reapers for code in one.exits],
        lost=frozenset(lost),
    )


def _complaints(product: Product) -> list[str]:
    """What the process logged as an error; lines that a death cut short are none."""
    found = []
    for line in product.output.splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if told.get("level") in {"error", "critical"} and CUT not in told["event"]:
            found.append(f"{product.folder.name} logged {line}")
    return found


def _summary(seed: int, reapers: Sequence[Reaper], evidence: Evidence, killing: float, whole: float) -> str:
    moments: Counter[str] = sum((one.moments for one in reapers), Counter())
    throttled = sum(asked.outcome in {"throttled", "ratelimited"} for asked in evidence.asked)
    acked = [event for event in evidence.deeds.events.values() if event.acked_at]
    return (
        f"seed {seed}: {moments.total()} kills ({', '.join(f'{n} {m}' for m, n in sorted(moments.items()))})"
        f" in {killing:.0f} s, at rest after {whole:.0f} s; {len(evidence.deeds.events)} messages, edits and deletions,"
        f" {len(acked)} acknowledged, {len(evidence.lost)} given up by Slack; {len(evidence.deeds.taps)} taps,"
        f" {len(evidence.deeds.commands)} commands; {sum(len(p) for p in evidence.posts_of.values())} posts,"
        f" {evidence.reconciled} doubles avoided, {throttled} times 429, {len(evidence.commitments)} commitments"
    )
