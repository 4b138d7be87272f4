"""The paces of workspaces: a row each, shared by all workers, of each kind of call in each workspace."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.domain.pace import START, Pace, first
from storage.open import AnyStorage, open_storage
from storage.paces import PaceStore
from storage.sqlite import SqliteStorage
from storage.store import SqlStore
from tests.storage.rows import AT, WORKSPACE, afresh, rolled_back
from tests.support.values import in_utc, moments

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SECOND = timedelta(seconds=1)
rates = st.floats(6, 600)
paces = st.builds(Pace, rates, st.floats(0, 60), moments, st.none() | rates, st.none() | moments, st.none() | moments)


def kept(store: SqlStore, workspace: str = WORKSPACE, method: str = "post", at: datetime = AT) -> Pace:
    return PaceStore(afresh(store).session).get(workspace, method, at)


@few
@given(pace=paces)
def test_a_pace_comes_back_as_it_was_kept(engine: Engine, pace: Pace) -> None:
    with rolled_back(engine) as store:
        PaceStore(store.session).save(WORKSPACE, "post", pace)
        assert in_utc(kept(store, at=pace.at)) == in_utc(pace.now(pace.at))


@few
@given(before=paces, after=paces)
def test_a_pace_takes_the_place_of_the_one_before(engine: Engine, before: Pace, after: Pace) -> None:
    with rolled_back(engine) as store:
        for pace in (before, after):
            PaceStore(store.session).save(WORKSPACE, "post", pace)
        assert in_utc(kept(store, at=after.at)) == in_utc(after.now(after.at))


@pytest.mark.parametrize("method", sorted(START))
def test_a_workspace_that_was_never_written_to_starts_with_its_room(engine: Engine, method: str) -> None:
    with rolled_back(engine) as store:
        assert kept(store, method=method) == first(method, AT)


def test_each_workspace_and_each_kind_of_call_has_a_pace_of_its_own(engine: Engine) -> None:
    slow = replace(first("post", AT), rate=50.0, tokens=0.0)
    with rolled_back(engine) as store:
        PaceStore(store.session).save(WORKSPACE, "post", slow)
        assert kept(store) == slow
        assert kept(store, method="update") == first("update", AT)
        assert kept(store, workspace="T02OTHER") == first("post", AT)


def test_a_pace_is_read_as_of_the_moment_it_is_asked_for(engine: Engine) -> None:
    empty = replace(first("post", AT), tokens=0.0)
    with rolled_back(engine) as store:
        PaceStore(store.session).save(WORKSPACE, "post", empty)
        assert kept(store, at=AT + 3 * SECOND) == empty.now(AT + 3 * SECOND)
        assert kept(store, at=AT + 3 * SECOND).takes(reply=True)


async def test_what_one_worker_takes_is_gone_for_the_others(
    storage: AnyStorage, request: pytest.FixtureRequest
) -> None:
    where = "database" if isinstance(storage, SqliteStorage) else "postgres"
    other = open_storage(request.getfixturevalue(where), upgrade=False)

    def take(store: object) -> bool:
        assert isinstance(store, SqlStore)
        mine = PaceStore(store.session)
        pace = mine.get(WORKSPACE, "post", AT)
        may = pace.takes(reply=True)
        if may:
            mine.save(WORKSPACE, "post", pace.taken())
        return may

    taken = [await worker.write(take) for _ in range(15) for worker in (storage, other)]
    assert sum(taken) == int(first("post", AT).room)
    other.close()


async def test_a_pace_that_was_taken_from_in_vain_is_as_it_was(storage: AnyStorage) -> None:
    def take(store: object) -> None:
        assert isinstance(store, SqlStore)
        PaceStore(store.session).save(WORKSPACE, "post", first("post", AT).taken())
        raise RuntimeError("the transaction is undone")

    def look(store: object) -> Pace:
        assert isinstance(store, SqlStore)
        return PaceStore(store.session).get(WORKSPACE, "post", AT)

    with pytest.raises(RuntimeError):
        await storage.write(take)
    assert await storage.write(look) == first("post", AT)  # to read a pace is to lock it
