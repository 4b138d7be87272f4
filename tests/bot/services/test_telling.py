"""News comes when its reader works, wherever they are by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.people import Person, Team
from bot.domain.preferences import Absence, Move, Preferences
from bot.services.telling import working_moment
from tests.support.team import BERLIN, CHANNEL
from tests.support.world import WORKSPACE, local

NORTH = Team("n", WORKSPACE, "North", BERLIN, CHANNEL)
BEN = Person("b", WORKSPACE, "UBEN", "Ben Krug", BERLIN, rep_of="n")
NEW_YORK, TOKYO = "America/New_York", "Asia/Tokyo"


def moving_to(zone: str) -> Person:
    return replace(BEN, preferences=Preferences(moving=Move(zone, date(2026, 11, 24))))


@pytest.mark.parametrize(
    ("at", "zone", "told_at"),
    [
        ("2026-11-23 10:00", None, "2026-11-23 10:00"),
        ("2026-11-23 22:00", None, "2026-11-24 08:30"),
        ("2026-11-27 18:00", None, "2026-11-30 08:30"),
        ("2026-11-23 15:00", NEW_YORK, "2026-11-23 15:00"),  # 09:00 there
        ("2026-11-23 10:00", NEW_YORK, "2026-11-23 14:30"),  # 04:00 there
        ("2026-11-23 10:00", TOKYO, "2026-11-24 00:30"),  # 18:00 there; asked again at 08:30 there, which is night here
        ("2026-11-23 09:00", TOKYO, "2026-11-23 09:00"),  # 17:00 there
    ],
)
def test_news_waits_until_both_zones_of_somebody_who_moves_may_be_at_work(
    at: str, zone: str | None, told_at: str
) -> None:
    reader = moving_to(zone) if zone else BEN
    assert working_moment(reader, NORTH, local(BERLIN, at)) == local(BERLIN, told_at)


def test_news_waits_for_somebody_who_is_away_or_left_alone() -> None:
    monday, tomorrow = local(BERLIN, "2026-11-23 10:00"), local(BERLIN, "2026-11-24 08:30")
    away = replace(BEN, preferences=Preferences(absences=(Absence(date(2026, 11, 23), date(2026, 11, 23)),)))
    assert working_moment(away, NORTH, monday) == tomorrow
    assert working_moment(replace(BEN, quiet_on=date(2026, 11, 23)), NORTH, monday) == tomorrow


def test_news_for_somebody_on_no_team_waits_for_the_hours_of_the_team_it_is_about() -> None:
    assert working_moment(None, NORTH, local(BERLIN, "2026-11-23 22:00")) == local(BERLIN, "2026-11-24 08:30")
