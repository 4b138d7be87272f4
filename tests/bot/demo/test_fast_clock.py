"""The clock that can be moved on: it never goes back, and nothing on the way is skipped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.adapters.rule_coach import RuleCoach
from bot.app import Huddle, build
from bot.demo.fast_clock import FastClock, advance_to
from bot.demo.history import seed
from bot.demo.running import counted_ids
from bot.demo.sample import ANA, BEN, DEV, team_time
from tests.support.world import RecordingSlack

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Seconds:
    """Real time, held in hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


class Office:
    """The sample team, whose mail is recorded, and whose clock stands still unless it is moved."""

    def __init__(self, huddle: Huddle, slack: RecordingSlack, clock: FastClock) -> None:
        self.huddle = huddle
        self.slack = slack
        self.clock = clock
        self.came: list[tuple[str, datetime]] = []

    async def note(self) -> datetime | None:
        """Note what came, and when."""
        now = self.clock()
        self.came += [(message.channel, now) for message in self.slack.messages[len(self.came) :]]
        return None


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    slack, clock = RecordingSlack(), FastClock(team_time(MONDAY, time()), Seconds())
    huddle = build(tmp_path / "demo.db", "/coach", RuleCoach(), slack, slack, clock, counted_ids())
    await seed(huddle, MONDAY)
    yield Office(huddle, slack, clock)
    huddle.close()


def test_it_runs_with_real_time() -> None:
    seconds = Seconds()
    clock = FastClock(NOON, seconds)
    seconds.passed += 90
    assert clock() == NOON + timedelta(seconds=90)
    assert clock().tzinfo is UTC


def test_it_jumps_ahead_and_runs_on_from_there() -> None:
    seconds = Seconds()
    clock = FastClock(NOON, seconds)
    seconds.passed += 30
    clock.jump(NOON + timedelta(hours=3))
    seconds.passed += 1
    assert clock() == NOON + timedelta(hours=3, seconds=1)


def test_it_never_goes_back() -> None:
    seconds = Seconds()
    clock = FastClock(NOON, seconds)
    seconds.passed += 30
    clock.jump(NOON)
    clock.jump(NOON - timedelta(days=1))
    assert clock() == NOON + timedelta(seconds=30)


async def test_everything_on_the_way_happens_at_its_own_time(office: Office) -> None:
    await advance_to(office.huddle, office.clock, team_time(MONDAY, time(9)), office.note)
    asked = dict(office.came)
    for user in (DEV, BEN, ANA):
        assert asked[user.dm] == datetime.combine(MONDAY, time(8, 45), tzinfo=user.zone)
    assert office.clock() == team_time(MONDAY, time(9))


async def test_what_is_due_at_the_very_target_happens(office: Office) -> None:
    await advance_to(office.huddle, office.clock, team_time(MONDAY, time(8, 45)))
    assert any(message.channel == ANA.dm for message in office.slack.messages)


async def test_a_target_that_has_gone_by_changes_nothing(office: Office) -> None:
    await advance_to(office.huddle, office.clock, team_time(MONDAY, time(9)))
    await advance_to(office.huddle, office.clock, team_time(MONDAY, time(8)))
    assert office.clock() == team_time(MONDAY, time(9))


async def test_people_may_name_a_moment_to_act_at(office: Office) -> None:
    wanted, acted = team_time(MONDAY, time(6, 10)), []

    async def meanwhile() -> datetime | None:
        acted.append(office.clock())
        return wanted if office.clock() < wanted else None

    await advance_to(office.huddle, office.clock, team_time(MONDAY, time(7)), meanwhile)
    assert wanted in acted
