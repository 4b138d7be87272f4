"""Whereto the buttons of the control message move the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.demo.control import MOVES
from bot.demo.sample import TEAM_ZONE, TIMES, WINS, WORKSPACE, team_time
from bot.domain.people import Team
from prompts.render import Prompts

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY + timedelta(days=4)
TEAM = Team("t1", WORKSPACE.team_id, "Harbour", TEAM_ZONE.key, WINS.id, TIMES)
MORNING = team_time(MONDAY, time(8, 45))
NOON = team_time(MONDAY, time(12))


@pytest.mark.parametrize(
    ("button", "now", "then"),
    [
        ("demo_summary", MORNING, team_time(MONDAY, time(9, 30))),
        ("demo_summary", NOON, team_time(MONDAY + timedelta(days=1), time(9, 30))),
        ("demo_nudge", MORNING, team_time(MONDAY, time(11, 15))),
        ("demo_nudge", team_time(FRIDAY, time(12)), team_time(FRIDAY + timedelta(days=3), time(11, 15))),
        ("demo_friday", MORNING, team_time(FRIDAY, time(15))),
        ("demo_hour", MORNING, team_time(MONDAY, time(9, 45))),
    ],
)
def test_each_button_has_its_moment(button: str, now: datetime, then: datetime) -> None:
    assert MOVES[button](now, TEAM) == then


def test_every_button_has_a_label() -> None:
    assert all(Prompts().label(button) for button in MOVES)
