"""`huddle admin add | list`: who looks after the app in a workspace."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

import typer
from rich.console import Console

from bot.clock import system_clock
from bot.errors import HuddleError
from bot.logs import configure
from bot.settings import Settings, load

admin = typer.Typer(help="Who looks after the app in a workspace.", no_args_is_help=True)
out = Console(highlight=False, soft_wrap=True)


class AdminError(HuddleError):
    """Somebody cannot be named; the text says what to do."""


@admin.command()
def add(
    member: Annotated[str, typer.Argument(help="Their Slack member id: in their profile, ⋮ → Copy member ID.")],
    workspace: Annotated[str | None, typer.Option(help="The workspace's id, where there are several.")] = None,
) -> None:
    """Name somebody who looks after the app: they may set up teams, and get a message that says how to begin."""
    if not re.fullmatch(r"[UW][A-Z0-9]{2,}", member):
        raise AdminError(f"`{member}` is not a Slack member id; it looks like U0123ABCD.")
    out.print(asyncio.run(_add(_ready(), member, workspace)), markup=False)


@admin.command(name="list")
def listed() -> None:
    """Everybody who looks after the app, by workspace."""
    for line in asyncio.run(_list(_ready())):
        out.print(line, markup=False)


async def _add(settings: Settings, member: str, workspace: str | None) -> str:
    from bot import app as root

    huddle = root.unconnected(settings)
    try:
        known = await huddle.storage.read(lambda s: [one.id for one in s.workspaces.all() if one.erase_at is None])
        if workspace is None:
            if len(known) != 1:
                which = f"One of these: {', '.join(known)}" if known else "It is known once `huddle run` has connected"
                raise AdminError(f"Which workspace? Give it with --workspace T0123ABCD. {which}.")
            workspace = known[0]
        elif not re.fullmatch(r"[TE][A-Z0-9]{2,}", workspace):
            raise AdminError(f"`{workspace}` is not a workspace's id; it looks like T0123ABCD.")
        where, at = workspace, system_clock()
        await huddle.storage.write(lambda s: huddle.workspaces.entrust(s, where, member, None, at))
    finally:
        huddle.close()
    return f"{member} looks after the app in {where}, and is told how to begin when it runs, within working hours."


async def _list(settings: Settings) -> list[str]:
    from bot import app as root

    huddle = root.unconnected(settings)
    try:
        known = await huddle.storage.read(lambda s: s.workspaces.all())
    finally:
        huddle.close()
    lines = [f"{one.id}{f' ({one.name})' if one.name else ''}: {', '.join(one.admins) or 'nobody'}" for one in known]
    return lines or ["No workspace is known yet; it is once `huddle run` has connected."]


def _ready() -> Settings:
    settings = load()
    configure(settings.huddle_log_level, settings.huddle_log_format)
    return settings
