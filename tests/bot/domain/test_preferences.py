"""Days away as a set of days: added, taken back, and never told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import away_on, is_at_work, works_on
from bot.domain.preferences import (
    Absence,
    Leave,
    Move,
    Preferences,
    PublicHolidays,
    with_absence,
    without_absence,
)
from tests.support.days import REP, TEAM
from tests.support.world import local

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
SPANS = st.builds(
    lambda first, days, kind: Absence(MONDAY + first * DAY, MONDAY + (first + days) * DAY, kind),
    st.integers(0, 30),
    st.integers(0, 8),
    st.sampled_from(Leave),
)


def days_of(own: Preferences) -> dict[date, Leave]:
    """Each day away and why; a day that stands twice is a fault."""
    found: dict[date, Leave] = {}
    for one in own.absences:
        for day in one.days:
            assert day not in found
            found[day] = one.kind
    return found


@given(st.lists(st.tuples(st.booleans(), SPANS), max_size=12))
def test_absences_are_a_set_of_days_of_which_the_last_word_counts(deeds: list[tuple[bool, Absence]]) -> None:
    own, expected = Preferences(), dict[date, Leave]()
    for adds, span in deeds:
        own = with_absence(own, span) if adds else without_absence(own, span.first, span.last)
        for day in span.days:
            expected.pop(day, None)
            if adds:
                expected[day] = span.kind
    assert days_of(own) == expected
    assert list(own.absences) == sorted(own.absences, key=lambda one: one.first)


@given(st.lists(SPANS, max_size=6))
def test_neighbours_of_a_kind_are_one(spans: list[Absence]) -> None:
    own = Preferences()
    for span in spans:
        own = with_absence(own, replace(span, kind=Leave.AWAY))
    for one, other in zip(own.absences, own.absences[1:], strict=False):
        assert one.last + DAY < other.first


def test_an_absence_is_told_until_the_last_day_before_they_are_back() -> None:
    away = replace(REP, preferences=Preferences(absences=(Absence(MONDAY + DAY, MONDAY + 4 * DAY, Leave.PAUSED),)))
    found = away_on(away, TEAM, MONDAY + DAY)
    assert found is not None
    assert (found.until, found.kind, found.holiday) == (MONDAY + 6 * DAY, Leave.PAUSED, None)
    assert found.back == MONDAY + 7 * DAY
    assert away_on(away, TEAM, MONDAY) is None
    assert not works_on(away, TEAM, MONDAY + DAY)


def test_own_public_holidays_stand_in_the_place_of_the_teams() -> None:
    team = replace(TEAM, holidays=PublicHolidays("DE", None, ((MONDAY, "Repentance Day"),)))
    found = away_on(REP, team, MONDAY)
    assert found is not None
    assert found.holiday == "Repentance Day"
    own = replace(REP, preferences=Preferences(holidays=PublicHolidays("PT")))
    assert works_on(own, team, MONDAY)


def test_who_is_on_the_way_is_at_work_only_where_both_clocks_say_so() -> None:
    moving = replace(REP, preferences=Preferences(moving=Move("Asia/Tokyo", MONDAY)))
    assert is_at_work(REP, TEAM, local("Europe/Berlin", "2026-11-23 11:00"))
    assert not is_at_work(moving, TEAM, local("Europe/Berlin", "2026-11-23 11:00"))
    assert is_at_work(moving, TEAM, local("Europe/Berlin", "2026-11-23 09:00"))
