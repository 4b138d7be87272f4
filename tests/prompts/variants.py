"""What the cases of all messages are made of: a moment, people, and every combination of their variants."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.effects import Outcome
from bot.domain.preferences import Away, Leave
from bot.domain.summary import Promise, Row, Standing

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
SOON, NEXT_WEEK, GONE = AT + timedelta(hours=4), AT + timedelta(days=9), AT - timedelta(days=1)
COMMAND = "/coach"
OUTCOMES = (None, *Outcome)
MOST = 100
"""Variants of a template that are all tried."""
LAST = date(2026, 11, 27)
MARK: Final = f"{'c' * 32}|{10**6}"
"""The value of a button at its longest."""


@dataclass(frozen=True)
class Case:
    """A template and the values of one variant."""

    template: str
    values: Mapping[str, Any]


def each(
    template: str, fixed: Mapping[str, Any], together: Sequence[Mapping[str, Any]] = ({},), **variants: Sequence[Any]
) -> list[Case]:
    """A case for every combination of the variants; the values in each of `together` vary as one.

    Where that is more than `MOST`, as many as it takes for every two values to meet.
    """
    sizes = [range(len(together)), *(range(len(values)) for values in variants.values())]
    combinations = list(itertools.product(*sizes))
    if len(combinations) > MOST:
        combinations = list(_every_two(combinations))
    return [
        Case(
            template,
            {
                **fixed,
                **together[first],
                **{name: values[n] for (name, values), n in zip(variants.items(), rest, strict=True)},
            },
        )
        for first, *rest in combinations
    ]


def _every_two(combinations: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Those in which two values meet that have not met before."""
    met: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for one in combinations:
        pairs = set(itertools.combinations(enumerate(one), 2))
        if not pairs <= met:
            met |= pairs
            yield one


def summary_rows(words: str) -> tuple[Row, ...]:
    """Reps in every standing, with every kind of promise."""
    promises = tuple(
        Promise(words, due, outcome, overdue, moves)
        for due in (SOON, GONE)
        for outcome in OUTCOMES
        for overdue in (True, False)
        for moves in (0, 2)
    )
    rows = [
        Row(f"{standing}{n}", words, standing, focus, earlier=earlier, help_shared=help_shared, asks_at=asks_at)
        for standing in Standing
        for n, (focus, earlier, help_shared, asks_at) in enumerate(
            [(words, promises[0], True, SOON), (None, promises[-1], False, None), (None, None, False, SOON)]
        )
    ]
    rows += [
        Row(f"a{n}", words, Standing.AWAY, away=away)
        for n, away in enumerate((Away(LAST, Leave.AWAY), Away(LAST, Leave.PAUSED), Away(LAST, holiday=words), None))
    ]
    rows += [Row(f"e{n}", words, Standing.SILENT, earlier=one) for n, one in enumerate(promises)]
    return (*rows, Row("p", words, Standing.COMMITTED, words, promises))
