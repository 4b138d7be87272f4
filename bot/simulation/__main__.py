"""Many worlds: `python -m bot.simulation --seeds 200 --jobs 2`."""

from __future__ import annotations

import time
from collections import Counter
from multiprocessing import get_context
from typing import Annotated

import typer

from bot.simulation.command import out, show
from bot.simulation.run import in_its_shape


def many(
    seeds: Annotated[int, typer.Option(min=1, help="How many worlds.")] = 200,
    first: Annotated[int, typer.Option(help="The first seed.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="How many at a time.")] = 1,
) -> None:
    """Play them, print those in which something was found, and what was put to the test in all."""
    began, checked, numbers = time.perf_counter(), Counter[str](), Counter[str]()
    rep_days, broken, busy = 0, 0, 0.0
    with get_context("spawn").Pool(jobs) as pool:
        for report in pool.imap_unordered(in_its_shape, range(first, first + seeds)):
            checked.update(report.checked)
            numbers.update(report.numbers)
            rep_days += report.rep_days
            busy += report.seconds
            broken += bool(report.findings)
            if report.findings:
                show(out, report)
    for name, count in checked.items():
        out.print(f"{name:<16} {count:>9,}")
    out.print(", ".join(f"{count:,} {name}" for name, count in numbers.items()))
    out.print(
        f"{seeds} worlds, {rep_days:,} rep-days in {time.perf_counter() - began:.0f} s "
        f"({1000 * busy / rep_days:.0f} ms each): something was found in {broken}"
    )
    raise typer.Exit(1 if broken else 0)


if __name__ == "__main__":
    typer.run(many)
