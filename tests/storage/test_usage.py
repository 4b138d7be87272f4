"""What a model was used for: counted per workspace and day, held before it is spent."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.ports.usage import DayUse, FellBack, Limits
from storage.sqlite import SqliteStorage
from storage.usage import use_of_day
from tests.storage.rows import DAY, WORKSPACE, afresh, rolled_back


def test_a_day_without_use_is_all_zero(engine: Engine) -> None:
    with rolled_back(engine) as store:
        assert store.usage.on(WORKSPACE, DAY) == DayUse(WORKSPACE, DAY)
        assert store.usage.of_day(DAY) == []


def test_what_is_held_counts_until_it_is_settled(engine: Engine) -> None:
    with rolled_back(engine) as store:
        assert store.usage.reserve(WORKSPACE, DAY, 1000, Limits())
        assert afresh(store).usage.on(WORKSPACE, DAY) == DayUse(WORKSPACE, DAY, calls=1, held=1000)
        store.usage.settle(WORKSPACE, DAY, 1000, 700, 60, helped=True)
        store.usage.fell_back(WORKSPACE, DAY, [FellBack.MARKUP, FellBack.BAD_QUESTION, FellBack.MARKUP])
        used = afresh(store).usage.on(WORKSPACE, DAY)
    reasons = {FellBack.MARKUP: 2, FellBack.BAD_QUESTION: 1}
    assert used == DayUse(WORKSPACE, DAY, 1, 1, 700, 60, 0, reasons)
    assert used.tokens == 760


@pytest.mark.parametrize(
    ("limits", "room"),
    [
        (Limits(), 5),
        (Limits(calls=2), 2),
        (Limits(tokens=250), 2),
        (Limits(calls=1, tokens=999), 1),
        (Limits(tokens=99), 0),
    ],
)
def test_nothing_is_held_past_a_limit(engine: Engine, limits: Limits, room: int) -> None:
    with rolled_back(engine) as store:
        assert sum(store.usage.reserve(WORKSPACE, DAY, 100, limits) for _ in range(5)) == room
        used = store.usage.on(WORKSPACE, DAY)
        assert (used.calls, used.held) == (room, room * 100)


def test_workspaces_and_days_are_counted_apart(engine: Engine) -> None:
    with rolled_back(engine) as store:
        limits = Limits(calls=1)
        for workspace, day in ((WORKSPACE, DAY), ("T02", DAY), (WORKSPACE, DAY + timedelta(days=1))):
            assert store.usage.reserve(workspace, day, 10, limits)
        assert [used.workspace for used in store.usage.of_day(DAY)] == [WORKSPACE, "T02"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(costs=st.lists(st.integers(1, 400), max_size=12), limit=st.integers(1, 1500))
def test_whatever_calls_may_cost_the_limit_holds(engine: Engine, costs: list[int], limit: int) -> None:
    with rolled_back(engine) as store:
        for cost in costs:
            store.usage.reserve(WORKSPACE, DAY, cost, Limits(tokens=limit))
        assert store.usage.on(WORKSPACE, DAY).tokens <= limit


async def test_a_day_is_read_over_a_plain_connection_too(sqlite_storage: SqliteStorage, database: Path) -> None:
    await sqlite_storage.write(lambda s: s.usage.reserve(WORKSPACE, DAY, 50, Limits()))
    await sqlite_storage.write(lambda s: s.usage.fell_back("T02", DAY, [FellBack.BUDGET]))
    kept = await sqlite_storage.read(lambda s: s.usage.of_day(DAY))
    with closing(sqlite3.connect(database)) as connection:
        assert use_of_day(connection, DAY) == list(kept)
        connection.execute("UPDATE model_use SET what = 'fell_back:of_another_version' WHERE workspace = 'T02'")
        assert use_of_day(connection, DAY)[1] == DayUse("T02", DAY)
