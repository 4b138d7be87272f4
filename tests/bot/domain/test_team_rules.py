"""What a team's times may be, one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.calendar import WorkingHours
from bot.domain.people import Times
from bot.domain.team_rules import Broken, Rule, broken, twice, usual_until

LATE = WorkingHours(time(13), time(21))


def test_the_usual_times_break_nothing() -> None:
    assert list(broken(Times())) == []


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        (Times(check_in=time(8)), Broken("check_in", Rule.OUTSIDE_THE_DAY)),
        (Times(summary=time(8, 45)), Broken("summary", Rule.SUMMARY_TOO_EARLY)),
        (Times(nudge=time(12)), Broken("nudge", Rule.NUDGE_TOO_LATE)),
        (Times(nudge_until=time(12, 1)), Broken("nudge_until", Rule.NUDGE_ENDS_TOO_LATE)),
        (Times(check_in_until=time(8, 40)), Broken("check_in_until", Rule.UNTIL_TOO_EARLY)),
        (Times(check_in_until=time(17, 30)), Broken("check_in_until", Rule.OUTSIDE_THE_DAY)),
        (Times(hours=WorkingHours(days=frozenset())), Broken("working_days", Rule.NO_WORKING_DAY)),
        (Times(hours=WorkingHours(time(9), time(9))), Broken("day_ends", Rule.ENDS_TOO_EARLY)),
    ],
)
def test_each_rule_names_the_time_to_change(times: Times, fault: Broken) -> None:
    assert list(broken(times)) == [fault]


def test_what_follows_from_another_fault_is_not_told_beside_it() -> None:
    found = list(broken(replace(Times(), hours=LATE)))
    assert {one.rule for one in found} == {Rule.OUTSIDE_THE_DAY}
    assert {one.field for one in found} == {"check_in", "summary", "nudge"}


@pytest.mark.parametrize(
    ("check_in", "end", "until"),
    [(time(8, 45), time(17), time(11)), (time(14), time(22), time(14)), (time(7), time(10), time(7))],
)
def test_the_latest_time_fits_into_the_day_where_nobody_says(check_in: time, end: time, until: time) -> None:
    assert usual_until(check_in, end) == until


def test_capital_letters_do_not_make_words_two() -> None:
    assert twice(["call", "write", "CALL"]) == "CALL"
    assert twice(["call", "write"]) is None
