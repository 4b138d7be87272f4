"""`huddle simulate`: one made-up world, and what the audit says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from bot.simulation.run import Report

out = Console(highlight=False, soft_wrap=True)


def play(
    seed: Annotated[int, typer.Option(help="Which world: the same seed is the same world.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=60, help="How many days it lasts.")] = 3,
    reps: Annotated[int, typer.Option(min=1, max=99, help="How many people are coached.")] = 5,
    workers: Annotated[int, typer.Option(min=1, max=9, help="How many processes share the database.")] = 1,
) -> None:
    """Play days of a team with everything going wrong that may, and audit every promise."""
    from bot.simulation.run import simulate

    report = simulate(seed, days, reps, workers)
    show(out, report)
    raise typer.Exit(1 if report.findings else 0)


def show(console: Console, report: Report) -> None:
    """The audit's table, what it found with the trace around it, and the world's hash."""
    table = Table("promise", "put to the test", "not kept", title=f"Seed {report.seed}")
    for name, count in report.checked.items():
        broken = sum(finding.check == name for finding in report.findings)
        table.add_row(name, f"{count:,}", f"[red]{broken}[/red]" if broken else "0")
    console.print(table)
    for number, finding in enumerate(report.findings):
        line = f"seed {report.seed}, {finding.at:%Y-%m-%d %H:%M:%S} UTC, {finding.who}: {finding.check}: {finding.what}"
        console.print(line, style="red", markup=False)
        for told in report.excerpts[number] if number < len(report.excerpts) else ():
            console.print(f"    {told}", style="dim", markup=False)
    numbers = report.numbers
    console.print(
        f"{report.days} days of {report.reps} reps on {report.workers} workers ({numbers['lives']} lives): "
        f"{numbers['acts']} acts, {numbers['messages']} messages, {numbers['commitments']} commitments, "
        f"{report.seconds:.1f} s ({1000 * report.seconds / report.rep_days:.0f} ms a rep's day)"
    )
    console.print(f"trace {report.hash}")
