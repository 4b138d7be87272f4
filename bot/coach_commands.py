"""`huddle coach …`: read messages, review questions, and say why a question was chosen."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console

from bot import app as root
from bot import coach_lines
from bot.adapters.rule_coach import RuleCoach
from bot.clock import system_clock
from bot.coach_lines import Row
from bot.errors import HuddleError, SettingsError
from bot.logs import configure
from bot.ports.coach import Coach
from bot.ports.storage import Store
from bot.settings import Settings, load
from prompts.questions import load_bank
from prompts.render import Prompts
from storage.address import SqliteFile
from storage.open import open_storage

coach = typer.Typer(help="Look into the coach: what it reads, what it refuses to ask, and why it asked what it did.")
out = Console(highlight=False, soft_wrap=True, markup=False)

Lines = Annotated[
    Path | None, typer.Argument(help="A file of JSON lines; without one, standard input.", exists=True, dir_okay=False)
]


class Which(StrEnum):
    """The coaches there are."""

    RULES = "rules"
    OPENAI = "openai"


@coach.command()
def review(file: Lines = None) -> None:
    """Judge questions: {"id", "text"} a line in, {"id", "label", "faults"} a line out."""
    with _lines(file) as lines:
        raise typer.Exit(_print(coach_lines.review(lines)))


@coach.command()
def read(
    file: Lines = None,
    which: Annotated[Which, typer.Option("--coach", help="Who reads.")] = Which.RULES,
) -> None:
    """Read messages: {"id", "text", "context", "now", "tz"} a line in; label, intent, action and due_at out."""
    if which is Which.OPENAI:
        settings = load()
        configure(settings.huddle_log_level, settings.huddle_log_format)
        reader = _model(settings)
    else:
        reader = RuleCoach()
    with _lines(file) as lines:
        raise typer.Exit(asyncio.run(_read(lines, reader)))


@coach.command()
def why(
    name: Annotated[str | None, typer.Argument(help="A rep's name or part of it; without one, everybody.")] = None,
) -> None:
    """The last question each rep was asked, and the reason why it was that one."""
    settings = load()
    where = settings.database
    if isinstance(where, SqliteFile) and not where.path.exists():
        raise HuddleError(f"There is no database at {where} yet; `huddle run` makes it.")
    storage = open_storage(where, upgrade=False)
    try:
        told = asyncio.run(storage.read(lambda store: list(_reasons(store, name))))
    finally:
        storage.close()
    if not told:
        raise HuddleError(f"No rep is called {name!r}." if name else "No rep is enrolled yet; see `huddle team apply`.")
    for line in told:
        out.print(line)


def _model(settings: Settings) -> Coach:
    """The model that the settings name, asked about every line and without the limits of a day."""
    if settings.openai_api_key is None:
        raise SettingsError("`--coach openai` needs OPENAI_API_KEY; .env.example says more.")
    from bot.adapters.openai_coach import OpenAICoach

    return OpenAICoach(root.model_for(settings), Prompts(), settings.openai_timeout, unasked=frozenset())


async def _read(lines: Iterable[bytes], reader: Coach) -> int:
    """Each row as soon as it is known; 1 when a line could not be read."""
    troubled = 0
    async for row in coach_lines.read(lines, reader, system_clock):
        _write(row)
        troubled |= "error" in row
    return troubled


def _print(rows: Iterable[Row]) -> int:
    troubled = 0
    for row in rows:
        _write(row)
        troubled |= "error" in row
    return troubled


def _write(row: Row) -> None:
    try:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has seen enough, as in `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextmanager
def _lines(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdin.buffer
        return
    with file.open("rb") as lines:
        yield lines


def _reasons(store: Store, name: str | None) -> Iterator[str]:
    wanted = (name or "").casefold()
    words = {question.id: question.text for question in load_bank()}
    for team in store.people.teams():
        for rep in store.people.reps(team.id):
            if wanted not in rep.name.casefold():
                continue
            last = store.checkins.seen(rep.id, 1)
            if not last:
                yield f"{rep.name} ({team.name}): nothing was asked yet."
                continue
            one = last[-1]
            asked = words.get(one.question_id, "a question that is no longer in the bank")
            yield f"{rep.name} ({team.name}), {one.at.astimezone(rep.tz):%a %d %b %H:%M}: {asked}"
            yield f"    {one.reason} [{one.question_id}]"
