"""The two weeks before the demo's Monday: always the same, and what the product then says about them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.history import seed, working_days_before
from bot.demo.sample import ANA, BEN, CHLOE, DEV, MARIA, REPS, TEAM_ZONE, WINS, WORKSPACE, past_of, team_time
from bot.domain.effects import Outcome
from bot.domain.question_bank import Situation
from bot.domain.wins import week_start
from bot.ports.storage import Store
from bot.services.phrasing import situations
from tests.support.world import World

MONDAY = date(2026, 11, 23)


async def seeded(database: Path) -> World:
    world = World(database, team_time(MONDAY, time()))
    await seed(world.huddle, MONDAY)
    return world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = await seeded(tmp_path / "demo.db")
    yield made
    made.close()


def everything(store: Store) -> list[Any]:
    people = [store.people.by_slack(WORKSPACE.team_id, user.id) for user in (*REPS, MARIA)]
    known = [person for person in people if person]
    return [
        known,
        [store.checkins.recent(p.id, MONDAY, 50) for p in known],
        [store.checkins.seen(p.id, 50) for p in known],
        [store.commitments.of(p.id, 50) for p in known],
        [store.coachings.last_coaching(p.id) for p in known],
        store.alarms.due(team_time(MONDAY + timedelta(days=7), time()), 50),
    ]


async def test_it_is_the_same_every_time(world: World, tmp_path: Path) -> None:
    again = await seeded(tmp_path / "again.db")
    assert await world.huddle.storage.read(everything) == await again.huddle.storage.read(everything)
    again.close()


async def test_every_morning_is_a_check_in_with_its_question(world: World) -> None:
    def look(store: Store) -> None:
        for user in REPS:
            person = store.people.by_slack(WORKSPACE.team_id, user.id)
            assert person is not None
            assert person.introduced_at is not None
            checkins = store.checkins.recent(person.id, MONDAY, 50)
            assert [c.local_date for c in checkins] == [working_days_before(MONDAY, n) for n in range(1, 11)]
            assert all(c.ended and c.question for c in checkins)
            asked = [seen.question_id for seen in store.checkins.seen(person.id, 50)]
            assert len(set(asked)) == len(asked) == 10
            made = sum(bool(entry.action) for entry in past_of(user))
            assert len(store.commitments.of(person.id, 50)) == made

    await world.huddle.storage.read(look)


async def test_nothing_is_owed_from_before_monday(world: World) -> None:
    await world.settle()
    assert not world.slack.messages
    first = await world.huddle.storage.read(lambda s: s.alarms.next())
    assert first is not None
    assert first.at >= team_time(MONDAY, time())


async def test_a_question_may_take_up_how_the_last_days_went(world: World) -> None:
    def known(store: Store) -> dict[str, frozenset[Situation]]:
        found = {}
        for user in REPS:
            person = store.people.by_slack(WORKSPACE.team_id, user.id)
            assert person is not None
            found[user.name] = situations(store, person, team_time(MONDAY, time(9)))
        return found

    found = await world.huddle.storage.read(known)
    assert Situation.KEPT_STREAK in found["ben"]
    assert Situation.DROPPED_YESTERDAY in found["dev"]
    assert all(Situation.MONDAY in each for each in found.values())


async def test_ana_is_first_asked_how_friday_went(world: World) -> None:
    await world.go(team_time(MONDAY, time(8, 45)))
    assert "send Nordlicht the revised offer" in world.last(ANA.id).text
    assert "Done" in world.last(ANA.id).buttons
    assert list(world.last(CHLOE.id).buttons) == ["In 30 minutes"]


async def test_the_summary_tells_who_kept_what(world: World) -> None:
    await world.go(team_time(MONDAY, time(9, 30)))
    text = world.last(MARIA.id).text
    assert "0 of 4 committed" in text
    assert "write the first page of Saffron's account plan · dropped" in text
    assert "call three people who missed the webinar · done" in text


async def test_the_nudge_is_about_the_rep_who_dropped_something_and_was_not_talked_to_since(world: World) -> None:
    await world.go(team_time(MONDAY, time(11, 15)))
    nudge = world.last(MARIA.id)
    assert DEV.real_name in nudge.text
    assert "write the first page of Saffron's account plan" in nudge.text
    assert "I've talked to them" in nudge.buttons


async def test_last_weeks_wins_are_there_and_told(world: World) -> None:
    def last_week(store: Store) -> list[tuple[str, bool]]:
        team = store.people.team_named(WORKSPACE.team_id, "Harbour")
        assert team is not None
        assert store.coachings.week_told(team.id, "2026-W47")
        start = week_start(MONDAY - timedelta(days=7), TEAM_ZONE)
        return [(c.action, c.shared) for c in store.commitments.kept(team.id, start, start + timedelta(days=7))]

    kept = await world.huddle.storage.read(last_week)
    expected = [entry for user in REPS for entry in past_of(user) if entry.ago <= 5 and entry.outcome is Outcome.DONE]
    assert {action for action, _ in kept} == {entry.action for entry in expected}
    assert {action for action, shared in kept if shared} == {entry.action for entry in expected if entry.shared}


async def test_a_week_in_which_nobody_answers_has_no_wins(world: World) -> None:
    await world.go(team_time(MONDAY + timedelta(days=4), time(16)))
    assert not world.channel(WINS.id)
    assert world.dm(BEN.id)
