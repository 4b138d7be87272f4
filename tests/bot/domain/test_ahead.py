"""The next days as a rep sees them coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.ahead import days_ahead
from bot.domain.people import Person, Team
from bot.domain.preferences import Absence, Preferences, PublicHolidays

TEAM = Team("north", "T1", "North", "Europe/Berlin", "C1")
ANA = Person("ana", "T1", "UANA", "Ana Sousa", "Europe/Berlin", rep_of="north")
TUESDAY_EARLY, TUESDAY_LATE = datetime(2026, 12, 22, 6, tzinfo=UTC), datetime(2026, 12, 22, 9, tzinfo=UTC)


def settled(**changed: object) -> Person:
    return replace(ANA, preferences=Preferences(**changed))  # type: ignore[arg-type]


def test_the_next_mornings_come_in_their_order_and_weekends_are_not_named() -> None:
    found = days_ahead(ANA, TEAM, TUESDAY_LATE)
    assert [one.day.day for one in found] == [23, 24, 25, 28]
    assert all(one.at is not None and one.away is None for one in found)


def test_today_is_among_them_until_its_time_and_not_once_it_was_asked() -> None:
    assert days_ahead(ANA, TEAM, TUESDAY_EARLY)[0].day == date(2026, 12, 22)
    assert days_ahead(ANA, TEAM, TUESDAY_EARLY, {date(2026, 12, 22)})[0].day == date(2026, 12, 23)


def test_a_public_holiday_is_named_and_counts_for_no_morning() -> None:
    team = replace(TEAM, holidays=PublicHolidays("DE", None, ((date(2026, 12, 25), "Christmas Day"),)))
    found = days_ahead(ANA, team, TUESDAY_LATE)
    assert [(one.day.day, one.away.holiday if one.away else None) for one in found] == [
        (23, None),
        (24, None),
        (25, "Christmas Day"),
        (28, None),
        (29, None),
    ]


def test_an_absence_is_one_entry_with_its_end() -> None:
    away = settled(absences=(Absence(date(2026, 12, 24), date(2027, 1, 6)),))
    found = days_ahead(away, TEAM, TUESDAY_LATE)
    assert [one.day for one in found][:3] == [date(2026, 12, 23), date(2026, 12, 24), date(2027, 1, 7)]
    assert found[1].away is not None
    assert found[1].away.until == date(2027, 1, 6)


def test_somebody_away_for_half_a_year_sees_that_and_nothing_else() -> None:
    away = settled(absences=(Absence(date(2026, 12, 1), date(2027, 6, 30)),))
    (found,) = days_ahead(away, TEAM, TUESDAY_LATE)
    assert found.away is not None
    assert found.at is None


def test_who_is_asked_the_evening_before_sees_the_day_it_is_about() -> None:
    (first, *_) = days_ahead(settled(evening=True), TEAM, TUESDAY_LATE)
    assert first.day == date(2026, 12, 23)
    assert first.at is not None
    assert first.at.date() == date(2026, 12, 22)
