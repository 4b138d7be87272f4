"""The command line: run, demo, doctor, migrate, backup, restore, team apply, and coach read, review, why."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import app as root
from bot import keeping_commands, privacy_commands
from bot.admin_commands import admin
from bot.coach_commands import coach
from bot.delivery_commands import deliveries
from bot.errors import HuddleError
from bot.logs import configure
from bot.settings import Settings, load
from bot.simulation.command import play

cli = typer.Typer(
    help="Huddle Coach: coaching before the act, in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # among them would be tokens, and people's words
)
team = typer.Typer(help="Set up teams.", no_args_is_help=True)
cli.add_typer(team, name="team")
cli.add_typer(admin, name="admin")
cli.add_typer(coach, name="coach")
cli.add_typer(deliveries, name="deliveries")
cli.command("simulate")(play)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """The `huddle` command. What goes wrong is one sentence and exit code 1."""
    try:
        cli()
    except HuddleError as error:
        err.print(str(error), style="red", markup=False)
        raise SystemExit(1) from None


def ready() -> Settings:
    """The settings, with logging set up by them."""
    settings = load()
    configure(settings.huddle_log_level, settings.huddle_log_format)
    return settings


@cli.command()
def run() -> None:
    """Run the coach until it is told to stop."""
    asyncio.run(root.run(ready()))


keeping_commands.register(cli)
privacy_commands.register(cli)


@cli.command()
def doctor() -> None:
    """Check tokens, scopes, socket, database, clock, zones and model, and say how to mend what is wrong."""
    from bot.doctor import examine, show

    findings = asyncio.run(examine())
    show(out, findings)
    raise typer.Exit(0 if all(f.well for f in findings) else 1)


@cli.command()
def demo(
    script: Annotated[bool, typer.Option("--script", help="Play the day here, without a browser.")] = False,
    port: Annotated[int, typer.Option(help="The port of the demo's page.")] = 4300,
) -> None:
    """A newcomer's day with a sample team, without Slack."""
    from bot.demo import day, page

    configure("error", "auto")
    raise typer.Exit(asyncio.run(day.play(out)) if script else asyncio.run(page.open_up(out, port)))


@team.command()
def apply(
    file: Annotated[Path, typer.Argument(help="The team's YAML file.", exists=True, dir_okay=False)],
    workspace: Annotated[str | None, typer.Option(help="The workspace's id, where Slack cannot be asked.")] = None,
) -> None:
    """Make a team as its file says. Doing it twice changes nothing."""
    from bot.team_setup import apply_file

    for line in asyncio.run(apply_file(ready(), file, workspace)):
        out.print(line, markup=False)
