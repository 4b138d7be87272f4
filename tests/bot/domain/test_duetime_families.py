"""Families of due times, each next to what is nearly the same and promises nothing, on a rep's own wall clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkingHours
from bot.domain.duetime import find
from bot.domain.duetimes.moments import HORIZON_DAYS
from bot.domain.duetimes.spelling import respelt

HOURS = WorkingHours()
LONDON, NEW_YORK, TOKYO, SYDNEY = "Europe/London", "America/New_York", "Asia/Tokyo", "Australia/Sydney"
TUESDAY = "2026-11-24 09:12"


def _meant(words: str, zone: str = LONDON, at: str = TUESDAY) -> str | None:
    here = ZoneInfo(zone)
    due = find(words, datetime.fromisoformat(at).replace(tzinfo=here).astimezone(UTC), here, HOURS)
    return due.moment.astimezone(here).strftime("%d %H:%M") if due else None


ZONES = [
    ("3pm CET", LONDON, "24 14:00"),
    ("9am ET tomorrow", LONDON, "25 14:00"),
    ("10 PST I'll try the LA office", NEW_YORK, "24 13:00"),
    ("noon Berlin time", LONDON, "24 11:00"),
    ("at 14:00 UTC+2", LONDON, "24 12:00"),
    ("3pm (JST)", TOKYO, "24 15:00"),
    ("2-3pm ET", LONDON, "24 20:00"),
    ("by EOD ET", LONDON, "24 22:30"),
    ("3pm GMT", LONDON, "24 15:00"),  # their own zone
    ("3pm IST", LONDON, "24 15:00"),  # letters of several zones
    ("3pm their time", LONDON, "24 15:00"),
    ("call 10 PT clinics", LONDON, None),
]

SEVERAL = [
    ("Ring Kylie before 11 and get the quote to Steve by Friday", "24 11:00"),
    ("after lunch I'll call Anna and send the quote by 5", "24 14:00"),
    ("I'll do it today. By 3.", "24 15:00"),
    ("by 3, no, make it 4", "24 16:00"),
    ("at 3, I mean 4", "24 16:00"),
    ("at 3, actually Friday", "27 17:30"),
    ("around 3, 4 at the latest", "24 16:00"),
    ("Thursday or Friday", "27 17:30"),
    ("between Monday and Wednesday", "25 17:30"),
    ("I have a call with her at 2, I'll send the notes by 4", "24 16:00"),
]

OTHERS = [
    ("She's back on Monday", None),
    ("She's back Monday so I'll ring her Monday at 10", "30 10:00"),
    ("I'll call him when he's back on Monday", "30 17:30"),
    ("They'll get back to us by Friday", None),
    ("They'll have it by Friday", "27 17:30"),
    ("Anna will call me at 3", None),
    ("anna will call me at 3", None),
    ("Anna will have it by 3", "24 15:00"),
    ("The offer will go out by 3", "24 15:00"),
    ("Can you call me at 3?", None),
    ("Shall I call her at 3?", "24 15:00"),
    ("You'll have it by 3", "24 15:00"),
    ("ask if she can meet on Friday", None),
    ("ask if she has a budget by Friday", "27 17:30"),
]

FACTS = [
    ("The demo is on Friday", None),
    ("My plan is Friday at 10", "27 10:00"),
    ("Friday won't work, Monday at 10", "30 10:00"),
    ("Friday is fine", "27 17:30"),
    ("It's due Friday so I'll send it tomorrow", "25 17:30"),
    ("I'm in Berlin on Thursday", None),
    ("I'm on it by 3", "24 15:00"),
    ("I'll be away Thursday and Friday", None),
    ("I have a demo on Thursday", None),
    ("I'll have a demo with her on Thursday", "26 17:30"),
    ("in today's demo I'll ask who signs", "24 17:30"),
    ("prep for tomorrow's demo", None),
    ("ask her for a meeting on Friday", None),
    ("at the end of the day it's about price", None),
    ("At the end of the day I'll send it", "24 17:30"),
    ("close Friday", "27 17:30"),
    ("before I log off", "24 17:30"),
    ("before I leave for Berlin", None),
]

DELIVERED = [
    ("The offer goes out at 3", "24 15:00"),
    ("The lorry goes out at 3", None),
    ("Anna gets a call at 3", "24 15:00"),
    ("Anna gets in at 3", None),
    ("Prospecting starts at 2", "24 14:00"),
    ("The webinar starts at 2", None),
    ("I finish it for tomorrow", "25 17:30"),
    ("The slides for tomorrow look good", None),
    ("The Wednesday I visit them", "25 17:30"),
    ("the Wednesday session", None),
    ("I'll see them Thursday in Leeds at 10", "26 10:00"),
    ("Please expect my call at 11:30", "24 11:30"),
    ("Please call at 11:30", None),
    ("this time tomorrow", "25 09:12"),
    ("after work", "24 18:30"),
    ("before work on Thursday", "26 08:30"),
    ("by dinner", "24 19:00"),
    ("Are you free on Friday at 3?", None),
    ('I\'ll ask her "what happens on Friday?" at 3', "24 15:00"),
]

REPORTS = [
    ("On Friday we agreed on the price", None),
    ("I agreed to send it by Friday", "27 17:30"),
    ("This morning I called Anna", None),
    ("This morning I call Anna", "24 12:00"),
    ("I was going to call at 3", None),
    ("I'm going to call at 3", "24 15:00"),
    ("I've sent it at 3", None),
    ("I'll have sent it by 3", "24 15:00"),
    ("it dragged on until 4", None),
    ("get it signed this morning", "24 12:00"),
    ("The call on Tuesday went well", None),
    ("Called him at 9, no answer, trying again at 2", "24 14:00"),
    ("I usually call around 10", None),
    ("as usual I'll call around 10", "24 10:00"),
    ("at 10 every day", None),
    ("Mondays at 9", None),
    ("I always call at 9 but today at 10", "24 10:00"),
]

CLOCKS = [
    ("at the top of the hour", "24 10:00"),
    ("at half past I'll call", "24 09:30"),
    ("ten to four I'll call", "24 15:50"),
    ("five to ten calls", None),
    ("at twelve minutes past five", "24 17:12"),
    ("two thirty", "24 14:30"),
    ("two thirty minute calls", None),
    ("call bea 1430", "24 14:30"),
    ("call extension 1430", None),
    ("kl 10", "24 10:00"),
    ("um 15 Uhr", "24 15:00"),
    ("15:30h", "24 15:30"),
    ("2-0", None),
    ("in our one on one", None),
    ("in an hour thirty", "24 10:42"),
    ("in a minute", None),
    ("by start of play tomorrow", "25 08:30"),
    ("by today evening", "24 19:00"),
    ("tomorrow first half", "25 12:00"),
    ("the first half of the year", None),
    ("by lunch tomorrow", "25 12:00"),
]

DATES = [
    ("by end of month", LONDON, "30 17:30"),
    ("by the end of November", LONDON, "30 17:30"),
    ("by end of Q4", LONDON, None),
    ("I'll send it 11/25", NEW_YORK, "25 17:30"),
    ("by 12/1", NEW_YORK, "01 17:30"),
    ("by 12/1", LONDON, None),
    ("by 1/12", LONDON, "01 17:30"),
    ("11/30 I'll call", TOKYO, "30 17:30"),
    ("I'm at 11/25", NEW_YORK, None),
    ("by 26.11.2026", LONDON, "26 17:30"),
    ("by mid-December", LONDON, None),
    ("until the 11.12.", LONDON, None),
    ("on 3.12., direct", LONDON, "03 17:30"),
    ("a week on Friday", SYDNEY, "04 17:30"),
    ("a week today", LONDON, "01 17:30"),
    ("on the morning of the 26th", LONDON, "26 12:00"),
    ("day after I'll call", "Asia/Kolkata", "26 17:30"),
    ("the day after the demo", LONDON, None),
]


@pytest.mark.parametrize(("words", "zone", "expected"), [*ZONES, *DATES])
def test_zones_and_dates_are_read_where_the_rep_is(words: str, zone: str, expected: str | None) -> None:
    assert _meant(words, zone) == expected


@pytest.mark.parametrize(("words", "expected"), [*SEVERAL, *OTHERS, *FACTS, *DELIVERED, *REPORTS, *CLOCKS])
def test_a_promise_is_told_from_its_innocent_neighbour(words: str, expected: str | None) -> None:
    assert _meant(words) == expected


def test_a_month_that_ends_on_a_weekend_ends_on_its_last_working_day() -> None:
    assert _meant("by the end of February", at="2027-02-24 08:15") == "26 17:30"


def test_a_summer_hour_in_california_is_meant_even_when_the_letters_are_those_of_winter() -> None:
    assert _meant("10 PST", "America/Chicago", "2026-08-11 07:20") == "11 12:00"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("thursdy", "thursday"), ("tommorow", "tomorrow"), ("mornign", "morning"), ("wensday", "wednesday")]
    + [(word, word) for word in ("mourning", "sundry", "fridays", "money", "warning", "mandy", "holiday", "payday")],
)
def test_slips_are_forgiven_and_words_of_their_own_are_kept(said: str, meant: str) -> None:
    assert respelt(said) == meant


# --- whatever is said, around the changes of the clocks -------------------------------------------------------------

_PIECES = [
    *(words for words, *_ in [*ZONES, *DATES]),
    *(words for words, _ in [*SEVERAL, *OTHERS, *FACTS, *DELIVERED, *REPORTS, *CLOCKS]),
]
_CHANGES = [datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1), datetime(2027, 3, 14, 7), datetime(2026, 10, 3, 16)]  # noqa: DTZ001
_around_a_change = st.builds(
    lambda change, minutes: change.replace(tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from(_CHANGES),
    st.integers(-20_000, 3_000),
)
_speech = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=12)), min_size=1, max_size=4).map(", ".join)


@given(_speech, _around_a_change, st.sampled_from([LONDON, NEW_YORK, TOKYO, SYDNEY, "Pacific/Auckland"]))
def test_any_words_give_nothing_or_an_aware_moment_soon_ahead(words: str, at: datetime, zone: str) -> None:
    due = find(words, at, ZoneInfo(zone), HOURS)
    if due is None:
        return
    assert due.moment > at
    assert due.moment.tzinfo is UTC
    days = due.moment.astimezone(ZoneInfo(zone)).date() - at.astimezone(ZoneInfo(zone)).date()
    assert days <= timedelta(days=HORIZON_DAYS)
    assert 0 <= due.start < due.end <= len(words)


@given(_around_a_change, st.sampled_from([LONDON, NEW_YORK, SYDNEY]))
def test_a_wait_is_real_time_and_a_clock_time_is_what_clocks_show(at: datetime, zone: str) -> None:
    here = ZoneInfo(zone)
    wait, clock = find("in 8 hours", at, here, HOURS), find("tomorrow at 15:30", at, here, HOURS)
    assert wait is not None
    assert wait.moment - at == timedelta(hours=8)
    assert clock is not None
    assert clock.moment.astimezone(here).strftime("%H:%M") == "15:30"


@pytest.mark.parametrize("lead", ["ok", "Ok", "yes", "Yes", "sure", "hey", "thanks", "Cool", "yep", "noted"])
def test_a_word_of_assent_is_nobodys_name(lead: str) -> None:
    said = f"{lead} will call her at 3"
    found = find(said, datetime(2026, 11, 24, 9, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"), WorkingHours())
    assert found is not None
    assert said[found.start : found.end] == "at 3"
