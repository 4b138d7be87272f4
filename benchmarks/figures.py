"""What a benchmark returns: figures, some with a target that they meet or miss."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from statistics import median

from bot.logs import configure

FAILED = "FAILED"
"""How the note of a figure begins that was to be had and was not."""


@dataclass(frozen=True)
class Target:
    """What a figure is to be: at least `value`, or at most."""

    value: float
    at_least: bool

    def met(self, value: float) -> bool:
        """Whether a figure is good enough."""
        return value >= self.value if self.at_least else value <= self.value

    def spare(self, value: float) -> float:
        """By how much of the target it is met; below zero when it is missed."""
        apart = value - self.value if self.at_least else self.value - value
        return apart / self.value


def at_least(value: float) -> Target:
    """A figure that is to be so high."""
    return Target(value, at_least=True)


def at_most(value: float) -> Target:
    """A figure that is to be so low."""
    return Target(value, at_least=False)


@dataclass(frozen=True)
class Figure:
    """One measurement. Without a value it was skipped, and the note says why."""

    name: str
    value: float | None
    unit: str
    target: Target | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Met or missed, and by how much."""
        if self.value is None:
            return "FAILED" if self.note.startswith(FAILED) else "skipped"
        if self.target is None:
            return ""
        spare = self.target.spare(self.value)
        return f"met by {spare:.0%}" if self.target.met(self.value) else f"missed by {-spare:.0%}"


Figures = Sequence[Figure]


def skipped(name: str, why: str) -> Figure:
    """A figure that could not be had here."""
    return Figure(name, None, "", note=why)


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def high(values: Sequence[float], share: float = 0.95) -> float:
    """What that share of the values stay at or below."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def spread(values: Sequence[float], unit: str = "") -> str:
    """The smallest and the largest, to be noted beside the median."""
    return f"{min(values):,.4g} to {max(values):,.4g}{unit} in {len(values)} rounds"


def measured(name: str, quick: bool) -> Figures:
    """The figures of the benchmark with that name; runs in the process that is to be measured.

    An error is one figure that failed: not every error can be handed to another process.
    """
    configure("error", "json")
    try:
        figures: Figures = import_module(f"benchmarks.{name}").measure(quick)
    except Exception as error:
        traceback.print_exc()
        return [Figure(name, None, "", note=f"{FAILED}: {type(error).__name__}: {error}")]
    return figures
