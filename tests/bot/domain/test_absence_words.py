"""Days as people write them, seen from Wednesday, 25 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.absence_said import Leaves, Returns, heard
from bot.domain.absence_words import Trouble, read
from bot.domain.preferences import LONGEST_ABSENCE

TODAY = date(2026, 11, 25)
DAYS = {
    "24-28 Dec": "2026-12-24 2026-12-28",
    "24–28 Dec": "2026-12-24 2026-12-28",
    "24.12.–28.12.": "2026-12-24 2026-12-28",
    "24.–28.12.": "2026-12-24 2026-12-28",
    "1.-5. Dec": "2026-12-01 2026-12-05",
    "24/12-28/12": "2026-12-24 2026-12-28",
    "12/24 - 12/28": "2026-12-24 2026-12-28",
    "December 24th - 28th": "2026-12-24 2026-12-28",
    "from the 1st to the 5th of December": "2026-12-01 2026-12-05",
    "2026-12-24 - 2027-01-02": "2026-12-24 2027-01-02",
    "24 December 2026 to 3 January 2027": "2026-12-24 2027-01-03",
    "Dec 24 to Jan 2": "2026-12-24 2027-01-02",
    "24 Dec - 2 Jan": "2026-12-24 2027-01-02",
    "Dec 24-Jan 2": "2026-12-24 2027-01-02",
    "1 May to 3 May": "2027-05-01 2027-05-03",
    "today": "2026-11-25 2026-11-25",
    "this afternoon": "2026-11-25 2026-11-25",
    "tomorrow": "2026-11-26 2026-11-26",
    "today and tomorrow": "2026-11-25 2026-11-26",
    "Thursday and Friday": "2026-11-26 2026-11-27",
    "mon, tue and wed": "2026-11-30 2026-12-02",
    "Monday": "2026-11-30 2026-11-30",
    "on Friday": "2026-11-27 2026-11-27",
    "Friday 27 Nov": "2026-11-27 2026-11-27",
    "next Friday": "2026-12-04 2026-12-04",
    "Friday next week": "2026-12-04 2026-12-04",
    "the 24th": "2026-12-24 2026-12-24",
    "Mon-Wed": "2026-11-30 2026-12-02",
    "tue to thu next week": "2026-12-01 2026-12-03",
    "between Monday and Wednesday": "2026-11-30 2026-12-02",
    "Fri 27 Nov - Tue 1 Dec": "2026-11-27 2026-12-01",
    "this week": "2026-11-25 2026-11-29",
    "next week": "2026-11-30 2026-12-06",
    "the week after next": "2026-12-07 2026-12-13",
    "the rest of the week": "2026-11-25 2026-11-29",
    "next month": "2026-12-01 2026-12-31",
    "for 3 days": "2026-11-25 2026-11-27",
    "2 weeks": "2026-11-25 2026-12-08",
    "a couple of days": "2026-11-25 2026-11-26",
    "5 working days": "2026-11-25 2026-12-01",
    "one month": "2026-11-25 2026-12-24",
    "from Monday for two weeks": "2026-11-30 2026-12-13",
    "a fortnight from Monday": "2026-11-30 2026-12-13",
    "3 days from tomorrow": "2026-11-26 2026-11-28",
    "until Friday": "2026-11-25 2026-11-27",
    "tomorrow through Friday": "2026-11-26 2026-11-27",
    "from tomorrow until Friday": "2026-11-26 2026-11-27",
    "until the end of next week": "2026-11-25 2026-12-06",
    "back on Monday": "2026-11-25 2026-11-29",
    "tomorrow, back on Monday": "2026-11-26 2026-11-29",
}
TROUBLES = {
    "": Trouble.UNREADABLE,
    "lunch": Trouble.UNREADABLE,
    "31 Feb": Trouble.UNREADABLE,
    "from 24 Dec": Trouble.UNREADABLE,  # until when?
    "5/6": Trouble.UNREADABLE,  # the fifth of June, or the sixth of May
    "for 500 days": Trouble.UNREADABLE,
    "28-24 Dec": Trouble.REVERSED,
    "10-12 Nov": Trouble.PAST,
    "yesterday": Trouble.PAST,
    "1 Dec 2026 to 1 Dec 2028": Trouble.TOO_LONG,
}


def days(found: object) -> str:
    assert isinstance(found, tuple), found
    return f"{found[0]} {found[1]}"


@pytest.mark.parametrize(("words", "expected"), DAYS.items(), ids=DAYS)
def test_days_are_read_as_they_are_written(words: str, expected: str) -> None:
    assert days(read(words, TODAY)) == expected
    assert days(read(f" {words.upper()}. ", TODAY)) == expected


@pytest.mark.parametrize(("words", "trouble"), TROUBLES.items(), ids=TROUBLES)
def test_what_is_wrong_with_days_is_told(words: str, trouble: Trouble) -> None:
    assert read(words, TODAY) is trouble


def test_whoever_pauses_until_a_day_is_back_on_it() -> None:
    assert days(read("until Friday", TODAY, back_then=True)) == "2026-11-25 2026-11-26"
    assert days(read("until next week", TODAY, back_then=True)) == "2026-11-25 2026-11-29"


def test_whoever_is_away_until_a_monday_is_back_on_it() -> None:
    assert days(read("until Monday", TODAY)) == "2026-11-25 2026-11-29"
    assert days(read("through Monday", TODAY)) == "2026-11-25 2026-11-30"


def test_a_range_that_has_begun_before_the_year_turned_goes_on() -> None:
    assert days(read("24 Dec to 4 Jan", date(2027, 1, 1))) == "2027-01-01 2027-01-04"


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(0, 300), st.integers(0, 60))
def test_a_written_range_reads_back_as_itself(today: date, ahead: int, more: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=more)
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y"):
        assert read(f"{first:{form}} to {last:{form}}", today) == (first, last)
    if ahead < 250:
        assert read(f"{first:%d %b} - {last:%d %b}", today) == (first, last)


@given(st.text(alphabet="0123456789-.,/ abcdeilmnorstuwy", max_size=40), st.dates(date(2025, 1, 1), date(2030, 1, 1)))
def test_whatever_is_typed_comes_to_days_ahead_or_to_trouble(typed: str, today: date) -> None:
    found = read(typed, today)
    if isinstance(found, tuple):
        first, last = found
        assert today <= first <= last
        assert last - first < LONGEST_ABSENCE


# -- in a message


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("off tomorrow", "2026-11-26 2026-11-26"),
        ("I'm on vacation next week", "2026-11-30 2026-12-06"),
        ("out sick today", "2026-11-25 2026-11-25"),
        ("Hi, I'm sick today, sorry", "2026-11-25 2026-11-25"),
        ("I’m away 24–28 Dec.", "2026-12-24 2026-12-28"),
        ("Tomorrow I'm off", "2026-11-26 2026-11-26"),
        ("I have the day off on Friday", "2026-11-27 2026-11-27"),
        ("I won't be in tomorrow, back on Monday", "2026-11-26 2026-11-29"),
        ("not working tomorrow, please no questions", "2026-11-26 2026-11-26"),
        ("I'm out of office until 4 Dec", "2026-11-25 2026-12-04"),
        ("heads up: out Monday", "2026-11-30 2026-11-30"),
        ("annual leave from Monday for two weeks", "2026-11-30 2026-12-13"),
    ],
)
def test_a_message_about_days_away_is_recognised(said: str, expected: str) -> None:
    found = heard(said, TODAY)
    assert isinstance(found, Leaves)
    assert f"{found.first} {found.last}" == expected


@pytest.mark.parametrize(
    "said",
    [
        "the client is off tomorrow",
        "take a day off my list",
        "push it off until Monday",
        "I'm off to the client tomorrow",
        "I'm out with clients tomorrow",
        "I'm off at 4",
        "I'm out for lunch",
        "I'm away from my desk until 2",
        "Are you off tomorrow?",
        "my boss is on vacation next week so I call his deputy",
        "I'm not in today's call",
        "I'm off the hook until Monday",
        "finish the deck, I'm off tomorrow",
        "get the proposal out tomorrow",
        "on hold until Monday",
        "I'm on holiday planning tomorrow",
        "Ben is out sick today",
        "I'm sick of cold calls this week",
        "not today",
        "tomorrow",
        "off",
        "call back tomorrow",
        "get back to Anna on Monday",
        "I'm back at it",
    ],
)
def test_a_message_about_anything_else_is_left_alone(said: str) -> None:
    assert heard(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "on", "instead"),
    [
        ("I'm back", TODAY, False),
        ("back tomorrow", date(2026, 11, 26), False),
        ("I'll be back on Monday", date(2026, 11, 30), False),
        ("I'm working tomorrow after all", date(2026, 11, 26), True),
        ("cancel my vacation", TODAY, True),
    ],
)
def test_a_message_that_they_are_back_is_recognised(said: str, on: date, instead: bool) -> None:
    assert heard(said, TODAY) == Returns(on, instead)
