"""The sample team: its plan can be applied, and the rules understand what its people say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.demo.sample import REPS, TIMES, WORKSPACE, Lines, lines_of, next_monday, past_of, plan, talks_with
from bot.demo.workspace import User
from bot.domain.effects import Outcome
from bot.domain.reading import Asked, Intent
from bot.domain.team_rules import MOST_BEHAVIOURS
from bot.domain.understanding import read

MONDAY = date(2026, 11, 23)
EVERY_LINE = [
    pytest.param(user, lines, id=f"{user.name}-{day}") for user in REPS for day, lines in enumerate(lines_of(user))
]


@pytest.mark.parametrize(("user", "lines"), EVERY_LINE)
def test_the_last_line_of_a_day_settles_it(user: User, lines: Lines) -> None:
    at = datetime.combine(MONDAY, time(8, 50), tzinfo=user.zone).astimezone(UTC)
    reading = read(lines.says[-1], Asked.OPEN, at, user.zone, TIMES.hours)
    if lines.says[-1].startswith("Not today"):
        assert reading.intent is Intent.REFUSAL
    else:
        assert reading.intent is Intent.COMMITMENT
        assert reading.action
        assert not reading.other_actions
        assert reading.due
        assert reading.due.moment > at


@pytest.mark.parametrize(("user", "lines"), EVERY_LINE)
def test_only_who_asks_for_help_taps_for_it(user: User, lines: Lines) -> None:
    at = datetime.combine(MONDAY, time(8, 50), tzinfo=user.zone).astimezone(UTC)
    asks = [read(said, Asked.OPEN, at, user.zone, TIMES.hours).help_wanted for said in lines.says]
    assert any(asks) == lines.wants_help


def test_everybody_has_lines_for_five_days_and_a_past_of_ten() -> None:
    for user in REPS:
        assert len(lines_of(user)) == 5
        assert [entry.ago for entry in past_of(user)] == list(range(10, 0, -1))


def test_the_past_holds_something_true_to_say() -> None:
    by_name = {user.name: past_of(user) for user in REPS}
    assert by_name["dev"][-1].outcome is Outcome.DROPPED
    assert by_name["ana"][-1].outcome is None
    assert [entry.outcome for entry in by_name["ben"][-3:]] == [Outcome.DONE] * 3
    assert min(talks_with(next(user for user in REPS if user.name == "chloe"))) > 5


def test_the_plan_names_everybody_and_their_focus() -> None:
    behaviours = {words for words, _ in plan().behaviours}
    assert {member.focus for member in plan().reps} == behaviours
    assert len(behaviours) <= MOST_BEHAVIOURS
    assert plan().workspace == WORKSPACE.team_id


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_it_plays_on_this_monday_or_the_coming_one(today: date, monday: date) -> None:
    assert next_monday(today) == monday
