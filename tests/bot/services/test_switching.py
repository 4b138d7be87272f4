"""Whatever somebody settles, cancels or wherever they travel: each of their working days is asked about once at most,
never outside their hours, and not missed by the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import is_working_day, local_date
from bot.domain.mornings import LEAST_LEFT
from bot.domain.people import hours_of
from tests.support.days import Arrival, Days

START = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # a Monday in Berlin, half an hour old
FIRST = date(2026, 11, 23)
SPAN = 14
ZONES = (
    "Europe/Berlin",
    "Europe/Lisbon",
    "Asia/Tokyo",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Asia/Kolkata",
    "America/New_York",
)
Deed = tuple[timedelta, str, Callable[[Days], None]]

WHEN = st.integers(0, SPAN * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
TIMES = st.one_of(st.none(), st.times(time(8, 30), time(11)).map(lambda one: one.replace(second=0, microsecond=0)))


def _deed(name: str, values: st.SearchStrategy[object], do: Callable[[Days, object], None]) -> st.SearchStrategy[Deed]:
    return st.builds(lambda when, value: (when, f"{name} {value}", lambda days: do(days, value)), WHEN, values)


def _today(days: Days) -> date:
    return local_date(days.now, days.rep.tz)


def _away(days: Days, span: object) -> None:
    assert isinstance(span, tuple)
    first = _today(days) + timedelta(days=span[0])
    days.away(first, first + timedelta(days=span[1]))


def _back(days: Days, span: object) -> None:
    assert isinstance(span, tuple)
    first = _today(days) + timedelta(days=span[0])
    days.back(first, first + timedelta(days=span[1]))


EVENING = _deed("evening", st.booleans(), lambda days, on: days.settle(evening=on))
TIME = _deed("time", TIMES, lambda days, at: days.settle(check_in=at))
WEEK = _deed("days", st.frozensets(st.integers(0, 6), min_size=1), lambda days, chosen: days.settle(days=chosen))
SPANS = st.tuples(st.integers(0, 6), st.integers(0, 4))
AWAY, BACK = _deed("away", SPANS, _away), _deed("back", SPANS, _back)
TRAVEL = _deed("travel", st.sampled_from(ZONES), lambda days, zone: days.travel(str(zone)))


def lived(deeds: list[Deed]) -> Days:
    """Two weeks in which all this happens."""
    days = Days(START)
    for when, _, do in sorted(deeds, key=lambda deed: deed[0]):
        days.go(START + when)
        do(days)
    days.go(START + timedelta(days=SPAN + 3))
    return days


def once_and_within_hours(days: Days) -> None:
    """The promise that holds whatever happens."""
    twice = [day for day, count in Counter(one.day for one in days.questions).items() if count > 1]
    assert not twice
    for one in days.questions:
        local = one.at.astimezone(one.zone)
        assert time(8, 30) <= local.time() <= time(17, 30), one
        assert local.date() <= one.day


def missed(days: Days) -> list[date]:
    """The working days of the two weeks that nothing was asked about."""
    hours, asked = hours_of(days.rep, days.team), {one.day for one in days.questions}
    span = (FIRST + timedelta(days=n) for n in range(SPAN))
    return [day for day in span if is_working_day(day, hours) and day not in asked]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(EVENING, TIME), max_size=12))
def test_a_change_of_when_they_are_asked_neither_doubles_nor_skips_a_day(deeds: list[Deed]) -> None:
    days = lived(deeds)
    once_and_within_hours(days)
    # what is left when the time passed while less than two hours of the day remain cannot happen: the latest is 11:00
    assert missed(days) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(EVENING, TIME, WEEK, AWAY, BACK, TRAVEL), max_size=14))
def test_whatever_they_do_no_day_is_asked_about_twice_nor_outside_their_hours(deeds: list[Deed]) -> None:
    days = lived(deeds)
    once_and_within_hours(days)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(EVENING, TIME, AWAY, BACK), max_size=10))
def test_a_day_on_which_nothing_changed_is_not_missed(deeds: list[Deed]) -> None:
    days = lived(deeds)
    berlin = ZoneInfo("Europe/Berlin")
    touched = {local_date(START + when, berlin) for when, _, _ in deeds}
    assert [day for day in missed(days) if day not in touched] == []


@settings(max_examples=400, deadline=None)
@given(st.lists(TRAVEL, max_size=4))
def test_no_day_is_missed_by_travelling_but_one_that_was_nearly_over_there(deeds: list[Deed]) -> None:
    days = lived(deeds)
    once_and_within_hours(days)
    assert [day for day in missed(days) if not any(_lost(day, one) for one in days.arrivals)] == []


def _lost(day: date, arrival: Arrival) -> bool:
    """Whether the journey left nothing of that day to ask about: it began before the question came, and ended with
    less than two hours of the day left, or on another one.
    """
    moment, before, after = arrival
    left = datetime.combine(day, time(17, 30), tzinfo=after) - moment
    begun = moment >= datetime.combine(day, time(8, 45), tzinfo=before)
    return left < LEAST_LEFT and not begun
