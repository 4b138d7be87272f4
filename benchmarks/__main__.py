"""`python -m benchmarks [names…] [--quick]`: a table, and the same as benchmarks/latest.json."""

from __future__ import annotations

import json
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import machine
from benchmarks.databases import a_folder
from benchmarks.figures import Figure, Figures, measured

NAMES = ("intake", "turns", "tick", "mornings", "storage", "startup", "store")
LATEST = Path(__file__).parent / "latest.json"
out = Console(highlight=False)


def main(
    names: Annotated[list[str] | None, typer.Argument(help=" ".join(NAMES))] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Small: to see that it runs, not to be quoted.")] = False,
) -> None:
    """Measure what is named, or everything. Each benchmark has a process of its own."""
    chosen = names or list(NAMES)
    if unknown := [name for name in chosen if name not in NAMES]:
        raise typer.BadParameter(f"{', '.join(unknown)}: there are {', '.join(NAMES)}")
    with a_folder() as folder:
        where = machine.describe(folder)
    out.print(", ".join(f"{name} {value}" for name, value in where.items()))
    found: dict[str, Figures] = {}
    took: dict[str, float] = {}
    for name in chosen:
        start = time.perf_counter()
        with out.status(f"{name} …"), ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            found[name] = alone.submit(measured, name, quick).result()
        took[name] = time.perf_counter() - start
        out.print(_table(name, found[name], took[name]))
    LATEST.write_text(json.dumps(_document(where, found, took, quick=quick), indent=1, ensure_ascii=False) + "\n")


def _table(name: str, figures: Figures, took: float) -> Table:
    table = Table(title=f"{name} ({took:.0f} s)", title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("target", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("note", style="dim")
    for one in figures:
        style = (
            "red"
            if one.verdict.startswith(("missed", "FAILED"))
            else "green"
            if one.verdict.startswith("met")
            else "yellow"
        )
        table.add_row(
            one.name, _value(one), _target(one), f"[{style}]{one.verdict}[/]" if one.verdict else "", one.note
        )
    return table


def _value(one: Figure) -> str:
    return "" if one.value is None else f"{_number(one.value)} {one.unit}"


def _target(one: Figure) -> str:
    if one.target is None:
        return ""
    return f"{'≥' if one.target.at_least else '≤'} {_number(one.target.value)} {one.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _document(where: dict[str, Any], found: dict[str, Figures], took: dict[str, float], *, quick: bool) -> Any:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "machine": where,
        "seconds": {name: round(seconds, 1) for name, seconds in took.items()},
        "figures": {
            name: [asdict(one) | {"verdict": one.verdict} for one in figures] for name, figures in found.items()
        },
    }


if __name__ == "__main__":
    typer.run(main)
