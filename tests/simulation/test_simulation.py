"""The product in made-up worlds: nothing is found, and the same seed is the same world wherever it is played."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.simulation.auditor import CHECKS
from bot.simulation.run import Report, shape, simulate

SEEDS = range(100, 105)
LONG_SEEDS = (*range(1000, 1005), 46, 51, 84)
"""The last three are worlds in which something was found once: a change that came before its message and took its
words, and a manager who moved and was nudged at night."""


def told(report: Report) -> str:
    """What was found, to be read."""
    found = [f"{f.check}: {f.at:%m-%d %H:%M:%S} {f.who} {f.what}" for f in report.findings[:10]]
    return "\n".join([f"seed {report.seed}, {report.days} days, {report.reps} reps, {report.workers} workers", *found])


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found(seed: int) -> None:
    report = simulate(seed, 2, 3, 1 + seed % 3)
    assert not report.findings, told(report)
    assert set(report.checked) == set(CHECKS)


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_nothing_is_found_in_many_worlds(seed: int) -> None:
    report = simulate(seed, *shape(seed))
    assert not report.findings, told(report)


def test_the_same_seed_is_the_same_world() -> None:
    first, second = (simulate(7, 1, 3, 2) for _ in range(2))
    assert first.hash == second.hash
    assert (first.checked, first.findings, first.numbers) == (second.checked, second.findings, second.numbers)
    assert simulate(8, 1, 3, 2).hash != first.hash


def test_it_is_the_same_world_in_another_process() -> None:
    here = simulate(7, 1, 3, 2).hash
    code = "from bot.simulation.run import simulate; print(simulate(7, 1, 3, 2).hash)"
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}
    there = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here
