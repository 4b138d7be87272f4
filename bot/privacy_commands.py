"""`huddle export` and `huddle erase`: what an operator does for somebody who asks for it and cannot use Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from bot import app as root
from bot.clock import system_clock
from bot.domain.people import Person
from bot.errors import SettingsError, StorageError
from bot.ports.storage import Store
from bot.services.access import actor
from bot.services.exporting import files_of
from bot.services.privacy import Privacy
from bot.services.sending import Sending
from bot.services.telling import Telling
from bot.settings import load
from prompts.render import Prompts
from storage.open import open_existing

T = TypeVar("T")
out = Console(highlight=False, soft_wrap=True)

Member = Annotated[str, typer.Argument(help="The person's Slack member id, U0123ANA.")]
Workspace = Annotated[str | None, typer.Option(help="Their workspace's id, where the database knows several.")]


def register(cli: typer.Typer) -> None:
    """Add the commands."""
    cli.command()(export)
    cli.command()(erase)


def export(
    member: Member,
    folder: Annotated[Path, typer.Argument(help="Where the files go; made if it is not there.")],
    workspace: Workspace = None,
) -> None:
    """Write everything that is kept of a person into a folder, as JSON and CSV. They hold the person's own words."""
    at = system_clock()
    files = _on(lambda s: files_of(s, _person(s, workspace, member), at), write=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in files:
        path = folder / one.name
        path.touch(mode=0o600)
        path.write_text(one.content, "utf-8")
        out.print(str(path), markup=False)


def erase(
    member: Member,
    workspace: Workspace = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Erase everything that is kept of a person, for good. What stays are counts of nobody in particular."""
    name = _on(lambda s: _person(s, workspace, member).name, write=False)
    if not yes:
        typer.confirm(f"Erase everything that is kept of {name} ({member})?", abort=True)
    command = load().huddle_command
    counts = _on(lambda s: _erased(s, workspace, member, command), write=True)
    told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items())
    out.print(f"Erased: {told}, their settings and who they are.", markup=False)


def _person(store: Store, workspace: str | None, member: str) -> Person:
    found = [one for one in store.people.everywhere(member) if workspace in (None, one.workspace)]
    if not found:
        raise StorageError(f"Nothing is kept of {member}{f' in {workspace}' if workspace else ''}.")
    if len(found) > 1:
        raise SettingsError(f"{member} is known in several workspaces; name one: --workspace {found[0].workspace}.")
    return found[0]


def _erased(store: Store, workspace: str | None, member: str, command: str) -> Mapping[str, int]:
    at = system_clock()
    person = _person(store, workspace, member)
    sending = Sending(Prompts(), root.new_id)
    privacy = Privacy(sending, Telling(sending), command, model=False)
    return privacy.erase(store, actor(store, person, at), at) or store.records.erase(person, at)


def _on(work: Callable[[Store], T], *, write: bool) -> T:
    async def run() -> T:
        storage = open_existing(load().database)
        try:
            return await (storage.write(work) if write else storage.read(work))
        finally:
            storage.close()

    return asyncio.run(run())
