"""Statuses that people show in Slack: which look like days away, and until when. Seen on Monday, 23 November 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.preferences import Suggestion
from bot.domain.status_words import absence

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def on(text: str) -> date:
    day, month = text.split(".")
    year = 2026 if int(month) >= 11 else 2027
    return date(year, int(month), int(day))


AWAY_WITHOUT_AN_END = [
    ("Vacationing", "palm_tree"),
    ("Out sick", "face_with_thermometer"),
    ("On vacation", ""),
    ("vacation!", "tada"),
    ("OOO", ""),
    ("ooo", "no_entry"),
    ("OOOOO", ""),
    ("OOF", ""),
    ("PTO", "spiral_calendar_pad"),
    ("on PTO, back when I'm back", ""),
    ("Out of office", "no_entry"),
    ("Out of the office", ""),
    ("Sick", "mask"),
    ("Sick day", ""),
    ("Sick today, sorry", ""),
    ("Sick kid", ""),
    ("Under the weather", "sneezing_face"),
    ("Parental leave", "baby"),
    ("On parental leave :)", "baby_bottle"),
    ("maternity leave", ""),
    ("Paternity leave", ""),
    ("On leave", ""),
    ("Bereavement leave", ""),
    ("Annual leave", ""),
    ("Day off", ""),
    ("Bank holiday", ""),
    ("Honeymoon", "ring"),
    ("On sabbatical", "books"),
    ("Jury duty", "scales"),
    ("Gone fishing", "fishing_pole_and_fish"),
    ("Away", ""),
    ("On holiday", "airplane"),
    ("On vacation, no meetings please", "palm_tree"),
    ("PTO, limited Slack", ""),
    ("Im Urlaub", "palm_tree"),
    ("Urlaub", ""),
    ("Krank", "face_with_thermometer"),
    ("Krankgeschrieben", ""),
    ("Elternzeit", "baby"),
    ("Abwesend", ""),
    ("Nicht im Büro", ""),
    ("En vacances", "palm_tree"),
    ("En congé", ""),
    ("En congé maladie", "face_with_thermometer"),
    ("Malade", ""),
    ("De vacaciones", "palm_tree"),
    ("De baja por enfermedad", ""),
    ("Enferma", ""),
    ("Fuera de la oficina", ""),
    ("De férias", ""),
    ("Doente", ""),
    ("In ferie", ""),
    ("In malattia", ""),
    ("Op vakantie", ""),
    ("Ziek", ""),
    ("Na urlopie", ""),
    ("休暇中", "palm_tree"),
    ("病欠", ""),
    ("", "palm_tree"),
    ("", ":palm_tree:"),
    ("", "desert_island"),
    ("", "face_with_thermometer"),
    ("", "airplane"),
    ("", "no_entry"),
    ("", "ooo"),
    ("Living the dream", "palm_tree"),
    ("Recharging", "beach_with_umbrella"),
]
AWAY_UNTIL = [
    ("OOO until Friday", "", "23.11", "27.11"),
    ("OOO till 3 Dec", "", "23.11", "3.12"),
    ("Vacation through Dec 4", "palm_tree", "23.11", "4.12"),
    ("PTO thru 12/18", "", "23.11", "18.12"),
    ("Out until 2026-12-01", "", "23.11", "1.12"),
    ("On vacation until January 4th", "", "23.11", "4.1"),
    ("Vacation, back on 3 Dec", "palm_tree", "23.11", "2.12"),
    ("Back on Dec 3", "palm_tree", "23.11", "2.12"),
    ("Back Thursday", "", "23.11", "25.11"),
    ("OOO - back in the office on Dec 1", "", "23.11", "30.11"),
    ("PTO. Returning 14 December", "", "23.11", "13.12"),
    ("I'm on vacation; I'll be back Dec 7", "", "23.11", "6.12"),
    ("Out today", "", "23.11", "23.11"),
    ("OOO today", "", "23.11", "23.11"),
    ("Off this week", "", "23.11", "27.11"),
    ("OOO tomorrow", "", "24.11", "24.11"),
    ("OOO Friday", "", "27.11", "27.11"),
    ("Off next week", "", "30.11", "4.12"),
    ("PTO 24-28 Dec", "", "24.12", "28.12"),
    ("PTO Dec 24-28", "", "24.12", "28.12"),
    ("Vacation 24 Dec - 2 Jan", "", "24.12", "2.1"),
    ("OOO 24\N{EN DASH}28 Dec", "", "24.12", "28.12"),
    ("Vacation from 7 Dec to 11 Dec", "", "7.12", "11.12"),
    ("Leave from Wed to Fri", "", "25.11", "27.11"),
    ("Urlaub bis 5.12.", "palm_tree", "23.11", "5.12"),
    ("Im Urlaub bis einschließlich 4. Dezember", "", "23.11", "4.12"),
    ("Urlaub 24.12. - 31.12.", "", "24.12", "31.12"),
    ("Wieder da am 1. Dezember", "palm_tree", "23.11", "30.11"),
    ("Krank bis Freitag", "", "23.11", "27.11"),
    ("Vacances jusqu'au 4 décembre", "", "23.11", "4.12"),
    ("En congé, de retour le 30 novembre", "", "23.11", "29.11"),
    ("Vacaciones hasta el 4 de diciembre", "", "23.11", "4.12"),
    ("Until Friday", "palm_tree", "23.11", "27.11"),
    ("until Dec 4", "airplane", "23.11", "4.12"),
]
AT_WORK = [
    ("In a meeting", "spiral_calendar_pad"),
    ("Commuting", "bus"),
    ("Working remotely", "house_with_garden"),
    ("Lunch", "sandwich"),
    ("Out for lunch", "no_entry"),
    ("Lunch, back at 13:00", ""),
    ("Focus time", "headphones"),
    ("Focusing", "no_entry"),
    ("Heads down", "no_entry_sign"),
    ("Deep work until 14:00", ""),
    ("Do not disturb", "no_entry"),
    ("WFH", "house"),
    ("WFH today", ""),
    ("Working from home, sick kid", "face_with_thermometer"),
    ("On a call", "telephone_receiver"),
    ("On-call this week", "pager"),
    ("BRB", ""),
    ("Be right back", "away"),
    ("AFK 20 min", ""),
    ("Back soon", ""),
    ("Coffee", "coffee"),
    ("Doctor's appointment", "hospital"),
    ("Dentist, back in an hour", ""),
    ("School run", "car"),
    ("Gym", "muscle"),
    ("At a client", "airplane"),
    ("Traveling to a customer", "airplane"),
    ("Business trip until Thursday", "airplane"),
    ("Flying to Madrid", "airplane"),
    ("At the conference until Wednesday", ""),
    ("Offsite", "tent"),
    ("Workshop all day", ""),
    ("Interviewing", ""),
    ("Vacation planning meeting", ""),
    ("Back from vacation", "palm_tree"),
    ("Just back from PTO", ""),
    ("Not on vacation", ""),
    ("Need a vacation", "weary"),
    ("Dreaming of vacation", ""),
    ("3 days until vacation", "palm_tree"),
    ("Vacation soon", "palm_tree"),
    ("No longer sick", ""),
    ("OOO until 14:00", ""),
    ("OOO this afternoon", ""),
    ("Out for an hour", ""),
    ("Half day", ""),
    ("PTO half day", ""),
    ("OOO 1-3pm", ""),
    ("Available", "white_check_mark"),
    ("Happy Friday", "tada"),
    ("Quota crushing", "rocket"),
    ("Q4!!", "fire"),
    ("Hiring two AEs", ""),
    ("Ask me about pricing", "speech_balloon"),
    ("Demo until Friday", ""),
    ("Busy", "no_entry"),
    ("Slow to respond", "snail"),
    ("Driving", "car"),
    ("Reading until Friday", "books"),
    ("In einer Besprechung", "spiral_calendar_pad"),
    ("Homeoffice", ""),
    ("Mittagspause", ""),
    ("Unterwegs", "train"),
    ("Arzttermin", ""),
    ("Bald Urlaub", "palm_tree"),
    ("Urlaubsreif, noch nicht im Urlaub", ""),
    ("En réunion", ""),
    ("En télétravail", ""),
    ("Dans les transports", ""),
    ("En pause déjeuner", ""),
    ("En una reunión", ""),
    ("Teletrabajo", ""),
    ("De camino al trabajo", ""),
    ("Em reunião", ""),
    ("In riunione", ""),
    ("会議中", ""),
    ("在宅勤務", ""),
    ("", ""),
    ("", "house_with_garden"),
    ("", "headphones"),
    ("", "coffee"),
    ("", "rocket"),
    ("", "spiral_calendar_pad"),
    ("  ", "bus"),
]


@pytest.mark.parametrize(("text", "emoji"), AWAY_WITHOUT_AN_END)
def test_a_status_that_speaks_of_days_away_suggests_an_absence(text: str, emoji: str) -> None:
    assert absence(text, emoji, None, NOW, BERLIN) in {Suggestion(TODAY, None), Suggestion(TODAY, TODAY)}


@pytest.mark.parametrize(("text", "emoji", "first", "last"), AWAY_UNTIL)
def test_the_days_that_it_names_are_the_days_that_it_suggests(text: str, emoji: str, first: str, last: str) -> None:
    assert absence(text, emoji, None, NOW, BERLIN) == Suggestion(on(first), on(last))


@pytest.mark.parametrize(("text", "emoji"), AT_WORK)
@pytest.mark.parametrize("until", [None, NOW + timedelta(days=3)])
def test_being_at_work_or_gone_for_an_hour_is_no_absence(text: str, emoji: str, until: datetime | None) -> None:
    assert absence(text, emoji, until, NOW, BERLIN) is None


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (datetime(2026, 11, 27, 22, 59, tzinfo=UTC), date(2026, 11, 27)),
        (datetime(2026, 11, 27, 23, 0, tzinfo=UTC), date(2026, 11, 27)),  # midnight in Berlin
        (datetime(2026, 11, 30, 7, 0, tzinfo=UTC), date(2026, 11, 29)),  # Monday at eight: back on Monday
        (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_where_the_words_name_no_day_it_lasts_as_long_as_the_status(until: datetime, last: date) -> None:
    assert absence("On vacation", "palm_tree", until, NOW, BERLIN) == Suggestion(TODAY, last)


def test_what_the_words_say_counts_more_than_when_the_status_goes() -> None:
    until = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    assert absence("OOO until Friday", "", until, NOW, BERLIN) == Suggestion(TODAY, date(2026, 11, 27))


def test_a_status_that_goes_within_hours_is_about_hours() -> None:
    assert absence("OOO", "", NOW + timedelta(hours=2), NOW, BERLIN) is None
    assert absence("", "no_entry", NOW + timedelta(hours=4), NOW, BERLIN) is None


def test_days_that_have_gone_by_suggest_nothing() -> None:
    assert absence("OOO until 20 Nov", "", None, NOW, BERLIN) is None
    assert absence("Vacation 2-6 Nov", "palm_tree", None, NOW, BERLIN) is None
    assert absence("Back on Monday", "palm_tree", None, NOW, BERLIN) is None, "that is today"


def test_a_date_that_may_be_two_is_none() -> None:
    assert absence("OOO until 12/3", "", None, NOW, BERLIN) == Suggestion(TODAY, None)


@given(st.text(max_size=100), st.text(max_size=30), st.none() | st.datetimes(timezones=st.just(UTC)))
def test_whatever_it_says_the_days_are_in_order_and_to_come(text: str, emoji: str, until: datetime | None) -> None:
    found = absence(text, emoji, until, NOW, BERLIN)
    if found is not None and found.last is not None:
        assert found.first <= found.last
        assert found.last >= TODAY
