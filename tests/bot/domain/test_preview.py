"""What a team to be means for whom, by the clocks of those who read it."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkingHours
from bot.domain.people import Person, Team
from bot.domain.preferences import PublicHolidays
from bot.domain.preview import (
    AtYourTime,
    Named,
    Why,
    at_your_time,
    coming,
    first_question,
    named,
    spans,
    together,
    troubles,
)
from prompts.render import weekdays
from tests.support.team import BERLIN, LISBON
from tests.support.world import local

NORTH = Team("t", "T1", "North", BERLIN, "C1")
AT = local(BERLIN, "2026-11-23 07:00")


def rep(name: str, zone: str) -> Person:
    return Person(name, "T1", f"U{name}", name, zone, "t")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({0, 1, 2, 3, 4}, "Mon–Fri"),
        ({6, 0, 1, 2, 3}, "Sun–Thu"),
        ({0, 2, 4}, "Mon, Wed and Fri"),
        ({0, 1}, "Mon and Tue"),
        ({0, 1, 2, 5}, "Mon–Wed and Sat"),
        ({5, 6, 0}, "Sat–Mon"),
        (set(range(7)), "Every day"),
        ({3}, "Thu"),
    ],
)
def test_working_days_are_said_as_people_say_them(days: set[int], words: str) -> None:
    assert weekdays(spans(days)) == words


def test_a_reader_sees_when_others_are_asked_by_their_own_clock() -> None:
    reps = [rep("Ana", LISBON), rep("Ben", BERLIN), rep("Cy", "Asia/Tokyo"), rep("Di", "Asia/Tokyo")]
    assert list(at_your_time(reps, NORTH, ZoneInfo(BERLIN), AT)) == [
        AtYourTime(2, time(0, 45), ("Cy", "Di")),
        AtYourTime(1, time(9, 45), ("Ana",)),
    ]
    assert [one.names for one in at_your_time(reps[:2], NORTH, ZoneInfo(LISBON), AT)] == [("Ben",)]


def test_where_many_are_asked_at_another_time_they_are_counted_and_not_named() -> None:
    reps = [rep(f"Rep {n}", LISBON) for n in range(4)]
    assert list(at_your_time(reps, NORTH, ZoneInfo(BERLIN), AT)) == [AtYourTime(4, time(9, 45))]
    assert [one.names for one in at_your_time(reps[:3], NORTH, ZoneInfo(BERLIN), AT)] == [("Rep 0", "Rep 1", "Rep 2")]


def test_the_first_question_comes_to_whoever_wakes_first() -> None:
    first = first_question([rep("Ana", LISBON), rep("Ben", BERLIN), rep("Bo", BERLIN)], NORTH, AT)
    assert first is not None
    assert first.at == local(BERLIN, "2026-11-23 08:45")
    assert first.people == Named(("Ben", "Bo"))
    assert first_question([], NORTH, AT) is None


def test_those_asked_at_one_moment_are_counted_across_zones() -> None:
    asked = together([rep("Ben", BERLIN), rep("Vi", "Europe/Vienna"), rep("Ana", LISBON)], NORTH, AT)
    assert sorted(asked.values()) == [1, 2]


def test_long_lists_are_cut_and_counted() -> None:
    assert named(f"Rep {n:02}" for n in range(60)).more == 48
    assert named(["b", "A"]) == Named(("A", "b"))


def test_people_are_gathered_by_the_reason() -> None:
    found = troubles(
        [(Why.MOVES, "Cy", "South"), (Why.BOT, "App", ""), (Why.BOT, "Agent", ""), (Why.MOVES, "Di", "West")]
    )
    assert [(one.why, one.people.names, one.team) for one in found] == [
        (Why.BOT, ("Agent", "App"), ""),
        (Why.MOVES, ("Cy",), "South"),
        (Why.MOVES, ("Di",), "West"),
    ]


def test_only_holidays_to_come_on_working_days_are_named() -> None:
    days = ((date(2026, 11, 1), "gone"), (date(2026, 12, 25), "Christmas Day"), (date(2026, 12, 26), "a Saturday"))
    holidays = PublicHolidays("DE", None, days)
    assert list(coming(holidays, WorkingHours(), date(2026, 11, 23))) == [days[1]]
    assert list(coming(None, WorkingHours(), date(2026, 11, 23))) == []
