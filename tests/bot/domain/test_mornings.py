"""When somebody is asked, about which day, and from when times are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import is_working_day, is_working_time
from bot.domain.mornings import (
    asked_for,
    check_in_time,
    closes_at,
    counted_from,
    day_in_words,
    day_of,
    day_to_ask,
    is_first_day_back,
    late_day,
    next_morning,
    starts_of_day,
)
from bot.domain.people import Person, hours_of
from bot.domain.preferences import Absence, Move, Preferences, PublicHolidays
from tests.support.days import REP, TEAM
from tests.support.world import local

BERLIN = "Europe/Berlin"
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def rep(**settled: Any) -> Person:
    return replace(REP, preferences=Preferences(**settled))


def away(first: int, last: int) -> tuple[Absence, ...]:
    """Days of that November."""
    return (Absence(date(2026, 11, first), date(2026, 11, last)),)


def at(text: str) -> datetime:
    return local(BERLIN, f"2026-11-{text}")


@pytest.mark.parametrize(
    ("own", "expected"),
    [(None, time(8, 45)), (time(9, 30), time(9, 30)), (time(6), time(8, 30)), (time(15), time(11))],
)
def test_an_own_time_stays_within_the_teams_window(own: time | None, expected: time) -> None:
    assert check_in_time(rep(check_in=own), TEAM) == expected


@pytest.mark.parametrize(
    ("settled", "day", "expected"),
    [
        ({}, 24, "24 08:45"),
        ({"evening": True}, 24, "23 16:45"),
        ({"evening": True}, 30, "27 16:45"),  # a Monday, on Friday
        ({"evening": True, "days": frozenset({0, 3})}, 30, "26 16:45"),  # from Thursday
        ({"evening": True, "days": frozenset({0})}, 30, "30 08:45"),  # a week is too far
        ({"evening": True, "absences": away(25, 25)}, 26, "26 08:45"),  # the first day back
        ({"evening": True, "absences": away(25, 25)}, 27, "26 16:45"),
        ({"evening": True, "holidays": PublicHolidays("DE", None, ((date(2026, 11, 24), "x"),))}, 25, "23 16:45"),
    ],
)
def test_a_day_is_asked_about_at_its_time(settled: dict[str, Any], day: int, expected: str) -> None:
    assert asked_for(date(2026, 11, day), rep(**settled), TEAM) == at(expected)


def test_who_was_not_asked_in_the_evening_is_asked_in_the_morning() -> None:
    morning = next_morning(rep(evening=True), TEAM, at("23 20:00"))
    assert (morning.at, morning.day) == (at("24 08:45"), MONDAY + DAY)
    asked = next_morning(rep(evening=True), TEAM, at("23 20:00"), lambda day: day == MONDAY + DAY)
    assert (asked.at, asked.day) == (at("24 16:45"), MONDAY + 2 * DAY)


@pytest.mark.parametrize(
    ("settled", "now", "expected"),
    [
        ({}, "23 08:44", None),
        ({}, "23 08:45", 23),
        ({}, "23 17:30", None),
        ({}, "22 10:00", None),
        ({"evening": True}, "23 16:44", 23),
        ({"evening": True}, "23 16:45", 24),
        ({"evening": True}, "23 18:00", None),
        ({"absences": away(23, 23)}, "23 10:00", None),
    ],
)
def test_what_is_due_depends_on_the_hour(settled: dict[str, Any], now: str, expected: int | None) -> None:
    found = day_to_ask(rep(**settled), TEAM, at(now))
    assert found == (date(2026, 11, expected) if expected else None)


def test_a_late_question_wants_two_hours_of_the_day() -> None:
    assert late_day(REP, TEAM, at("23 15:30"), lambda _: False) == MONDAY
    assert late_day(REP, TEAM, at("23 15:31"), lambda _: False) is None
    assert late_day(REP, TEAM, at("23 10:00"), lambda _: True) is None
    assert late_day(REP, TEAM, at("23 08:00"), lambda _: False) is None


@pytest.mark.parametrize(
    ("absences", "day", "expected"),
    [
        (away(23, 25), 26, True),
        (away(23, 25), 27, False),
        (away(23, 25), 25, False),  # away still
        (away(21, 22), 23, False),  # nobody works on a weekend anyway
        (away(20, 20), 23, True),
        ((), 23, False),
    ],
)
def test_the_first_day_back_follows_a_working_day_away(absences: tuple[Absence, ...], day: int, expected: bool) -> None:
    assert is_first_day_back(rep(absences=absences), TEAM, date(2026, 11, day)) is expected


def test_a_holiday_after_an_absence_does_not_make_them_strangers() -> None:
    holidays = PublicHolidays("DE", None, ((date(2026, 11, 26), "x"),))
    assert is_first_day_back(rep(absences=away(23, 25), holidays=holidays), TEAM, date(2026, 11, 27))


def test_a_day_to_come_is_named() -> None:
    assert day_in_words(MONDAY, MONDAY) is None
    assert day_in_words(MONDAY + DAY, MONDAY) == "tomorrow"
    assert day_in_words(MONDAY + 3 * DAY, MONDAY) == "on Thursday"


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("call Anna at 14:00", "24 08:30"),
        ("by noon", "24 08:30"),
        ("tomorrow at 10", "23 16:50"),
        ("on Thursday", "23 16:50"),
        ("in 20 minutes", "23 16:50"),
        ("in an hour", "23 16:50"),
    ],
)
def test_in_the_evening_a_bare_time_is_one_of_the_next_day(words: str, counted: str) -> None:
    assert counted_from(words, MONDAY + DAY, REP, TEAM, at("23 16:50")) == at(counted)
    assert counted_from(words, MONDAY, REP, TEAM, at("23 16:50")) == at("23 16:50")


def test_a_move_counts_from_the_first_midnight_in_either_zone() -> None:
    there = replace(REP, zone="Asia/Tokyo", preferences=Preferences(moving=Move("x", MONDAY))).tz
    assert starts_of_day(at("23 10:00"), REP.tz, there) == at("23 16:00")
    assert starts_of_day(at("23 17:00"), REP.tz, there) == at("24 00:00")


SETTLED = st.builds(
    Preferences,
    check_in=st.one_of(st.none(), st.times()),
    days=st.one_of(st.none(), st.frozensets(st.integers(0, 6), min_size=1)),
    evening=st.booleans(),
    absences=st.lists(
        st.builds(
            lambda first, days: Absence(MONDAY + first * DAY, MONDAY + (first + days) * DAY),
            st.integers(-10, 30),
            st.integers(0, 12),
        ),
        max_size=3,
    ).map(tuple),
)
MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001


@given(SETTLED, MOMENTS)
def test_every_question_comes_within_working_hours_about_a_working_day(settled: Preferences, now: datetime) -> None:
    person = replace(REP, preferences=settled)
    hours = hours_of(person, TEAM)
    for _ in range(8):
        morning = next_morning(person, TEAM, now)
        assert morning.at > now
        assert is_working_time(morning.at, person.tz, hours)
        assert is_working_day(morning.day, hours)
        assert morning.at < closes_at(person, TEAM, morning.day)
        assert day_to_ask(person, TEAM, morning.at) == morning.day == day_of(morning.at, person, TEAM)
        now = morning.at
