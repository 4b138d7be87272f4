"""A rep's own weeks, in marks and small numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.commitment import Commitment
from bot.domain.effects import Outcome
from bot.domain.rhythm import Mark, first_day, rhythm, starts_at

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = frozenset(range(5))
THURSDAY = datetime(2026, 11, 26, 11, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def due(day: date, outcome: Outcome | None = None, hour: int = 10) -> Commitment:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Commitment(
        f"{day}{hour}{outcome}", "T1", "ana", "north", None, None, "call", moment, None, moment, outcome=outcome
    )


def test_each_day_has_a_mark_and_the_week_its_counts() -> None:
    monday = date(2026, 11, 16)
    days = [monday + timedelta(days=n) for n in range(5)]
    commitments = [
        due(days[0], Outcome.DONE),
        due(days[1], Outcome.DONE),
        due(days[1], Outcome.DROPPED, 14),
        due(days[2], Outcome.DROPPED),
        due(days[4], Outcome.PARTLY),
    ]
    *_, last_week, _ = rhythm(commitments, BERLIN, THURSDAY, WEEKDAYS, LONG_AGO)
    marks = [mark for _, mark in last_week.days]
    assert marks == [Mark.KEPT, Mark.PARTLY, Mark.NOT_KEPT, Mark.NOTHING, Mark.PARTLY]
    assert (last_week.kept, last_week.partly, last_week.due) == (2, 1, 5)


def test_what_is_still_to_come_is_open_and_not_counted() -> None:
    thursday, friday = date(2026, 11, 26), date(2026, 11, 27)
    *_, week = rhythm([due(thursday, hour=15)], BERLIN, THURSDAY, WEEKDAYS, LONG_AGO)
    assert dict(week.days)[thursday] is Mark.OPEN
    assert dict(week.days)[friday] is Mark.OPEN
    assert week.due == 0


def test_no_word_after_the_time_has_passed_counts_as_not_kept() -> None:
    *_, week = rhythm([due(date(2026, 11, 24))], BERLIN, THURSDAY, WEEKDAYS, LONG_AGO)
    assert dict(week.days)[date(2026, 11, 24)] is Mark.NOT_KEPT
    assert (week.kept, week.due) == (0, 1)


def test_a_day_is_the_one_the_rep_lives_not_the_one_in_greenwich() -> None:
    late = Commitment(
        "c",
        "T1",
        "ana",
        "north",
        None,
        None,
        "call",
        datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        None,
        THURSDAY,
        outcome=Outcome.DONE,
    )
    *_, week = rhythm([late], BERLIN, THURSDAY, WEEKDAYS, LONG_AGO)
    assert dict(week.days)[date(2026, 11, 24)] is Mark.KEPT


def test_shown_are_their_working_days_and_a_saturday_only_when_something_was_due_on_it() -> None:
    saturday = date(2026, 11, 21)
    *_, before, _ = rhythm([due(saturday, Outcome.DONE)], BERLIN, THURSDAY, frozenset({0, 2}), LONG_AGO)
    assert [day.weekday() for day, _ in before.days] == [0, 2, 5]
    assert before.kept == 1


def test_four_weeks_are_shown_and_none_from_before_they_joined() -> None:
    weeks = rhythm([], BERLIN, THURSDAY, WEEKDAYS, LONG_AGO)
    assert [week.first for week in weeks] == [first_day(date(2026, 11, 26)) + timedelta(weeks=n) for n in range(4)]
    assert weeks[-1].first == date(2026, 11, 23)
    assert len(rhythm([], BERLIN, THURSDAY, WEEKDAYS, date(2026, 11, 20))) == 2


def test_the_first_week_begins_at_midnight_where_they_live() -> None:
    assert starts_at(date(2026, 11, 26), BERLIN) == datetime(2026, 11, 1, 23, tzinfo=UTC)
