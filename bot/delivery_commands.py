"""`huddle deliveries`: what is waiting, failed or skipped, and who will not be reached tomorrow; nobody's words."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console

from bot.clock import system_clock
from bot.domain.people import Person
from bot.errors import HuddleError
from bot.logs import configure
from bot.ports.standing import Aside, Line
from bot.ports.storage import Store
from bot.services.reach import LargeMorning, Unreached, large_mornings, unreached
from bot.settings import Settings, load
from storage.open import open_existing

deliveries = typer.Typer(help="What is waiting, failed or skipped, and who will not be reached tomorrow.")
out = Console(highlight=False, soft_wrap=True, markup=False)
MOST = 20
"""Lines of one kind that are shown."""


@dataclass(frozen=True)
class Overview:
    """Everything the command shows, as of one moment. `names` are of Slack's user ids."""

    aside: Sequence[Aside]
    waiting: Sequence[Line]
    ended: Sequence[Line]
    unreached: Sequence[Unreached]
    large: Sequence[LargeMorning]
    names: dict[str, str]


def overview(store: Store, at: datetime, days: int) -> Overview:
    """Where things stand now, and what ended badly in the last `days` days."""
    names = {p.slack_id: p.name for t in store.people.teams() for p in _everybody(store, t.id)}
    return Overview(
        aside=store.standings.aside(MOST),
        waiting=store.standings.lines(("waiting", "sending"), None, MOST),
        ended=store.standings.lines(("failed", "skipped"), at - timedelta(days=days), 10_000),
        unreached=unreached(store, at),
        large=large_mornings(store, at),
        names=names,
    )


def _everybody(store: Store, team_id: str) -> list[Person]:
    return [*store.people.reps(team_id), *store.people.managers(team_id)]


@deliveries.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="How many days back failed and skipped messages are shown.", min=1)] = 2,
) -> None:
    """What is waiting, failed or skipped, and who will not be reached tomorrow and why."""
    if context.invoked_subcommand is None:
        at = system_clock()
        for line in lines(asyncio.run(_read(at, days)), at):
            out.print(line)


@deliveries.command()
def retry(
    what: Annotated[str, typer.Argument(help="in:12 or out:15, as shown; or `all`.")],
) -> None:
    """Try again what was set aside or failed."""
    tried = asyncio.run(_retry(what, system_clock()))
    out.print(f"{tried} will be tried again." if tried != 1 else "1 will be tried again.")


def _ready() -> Settings:
    settings = load()
    configure(settings.huddle_log_level, settings.huddle_log_format)
    return settings


async def _read(at: datetime, days: int) -> Overview:
    storage = open_existing(_ready().database)
    try:
        return await storage.read(lambda store: overview(store, at, days))
    finally:
        storage.close()


async def _retry(what: str, at: datetime) -> int:
    storage = open_existing(_ready().database)
    try:
        return await storage.write(lambda store: take_up(store, what, at))
    finally:
        storage.close()


def take_up(store: Store, what: str, at: datetime) -> int:
    """Put back into the queue what `what` names; how many there were. Raises `HuddleError` when there is none."""
    if what == "all":
        events = sum(store.inbox.take_up(one.id) for one in store.standings.aside(10_000))
        since = at - timedelta(days=365)
        return events + sum(
            store.outbox.take_up(one.id, at) for one in store.standings.lines(("failed",), since, 10_000)
        )
    where, _, number = what.partition(":")
    if where not in {"in", "out"} or not number.isdigit():
        raise HuddleError(f"{what} is none of them: write in:12 or out:15 as `huddle deliveries` shows them, or all.")
    if where == "in" and not store.inbox.take_up(int(number)):
        raise HuddleError(f"{what} is not set aside.")
    if where == "out" and not store.outbox.take_up(int(number), at):
        raise HuddleError(f"{what} has not failed, or it is too late for it now.")
    return 1


def lines(found: Overview, at: datetime) -> list[str]:
    """The overview as it is printed."""
    told: list[str] = []
    told += _part("Set aside (answers that could not be worked out)", [_aside(one, found, at) for one in found.aside])
    told += _part("Waiting", [_waiting(one, found, at) for one in found.waiting])
    failed = [one for one in found.ended if one.state == "failed"]
    told += _part("Failed", [_failed(one, found, at) for one in failed[:MOST]], len(failed))
    skipped = Counter((one.kind, one.reason) for one in found.ended if one.state == "skipped")
    told += _part(
        "Skipped", [f"{count} \N{MULTIPLICATION SIGN} {kind}: {why}" for (kind, why), count in skipped.most_common()]
    )
    told += _part("Not reached tomorrow", [f"{u.name} ({u.slack_id}, {u.team}): {u.why}" for u in found.unreached])
    told += _part("Large mornings", [str(one) for one in found.large])
    return told or ["Nothing is waiting, nothing failed, and everybody is reached tomorrow."]


def _part(title: str, rows: Sequence[str], total: int | None = None) -> list[str]:
    more = (total or 0) - len(rows)
    return [f"{title}:", *(f"  {row}" for row in rows), *([f"  and {more} more"] if more > 0 else [])] if rows else []


def _who(channel: str, found: Overview) -> str:
    return f"{found.names[channel]} ({channel})" if channel in found.names else channel


def _aside(one: Aside, found: Overview, at: datetime) -> str:
    who = _who(one.slack_user, found)
    return f"in:{one.id}  from {who}, {_ago(one.received_at, at)} ago: {one.reason} after {one.failures} tries"


def _waiting(one: Line, found: Overview, at: datetime) -> str:
    why = f": {one.reason}" if one.reason else ""
    doubt = ", being looked for in Slack" if one.unsure else ""
    held = f", again in {_ago(at, one.not_before)}" if one.not_before and one.not_before > at else ""
    return f"out:{one.id}  {one.kind} to {_who(one.channel, found)}, due {_ago(one.due_at, at)} ago{held}{doubt}{why}"


def _failed(one: Line, found: Overview, at: datetime) -> str:
    chance = "can be tried again" if one.expires_at > at else "too late now"
    return f"out:{one.id}  {one.kind} to {_who(one.channel, found)}: {one.reason} ({chance})"


def _ago(before: datetime, after: datetime) -> str:
    seconds = max(int((after - before).total_seconds()), 0)
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
