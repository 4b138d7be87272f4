"""Public holidays as the package knows them, and as teams keep them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.public_holidays import PublicHolidayCalendars
from bot.domain.people import Team
from bot.domain.preferences import PublicHolidays
from bot.services.holidays import Calendars

PACKAGE = PublicHolidayCalendars()
CALENDARS = Calendars(PACKAGE)
TODAY = date(2026, 11, 23)


def test_countries_are_found_by_the_letter_they_begin_with() -> None:
    groups = PACKAGE.countries()
    assert ("DE", "Germany") in groups["G"]
    assert ("AX", "Åland Islands") in groups["A"]
    assert all(len(group) <= 100 for group in groups.values())
    codes = [code for group in groups.values() for code, _ in group]
    assert len(codes) == len(set(codes)) > 200


def test_every_country_has_its_regions_and_a_calendar() -> None:
    for group in PACKAGE.countries().values():
        for code, _ in group:
            assert all(region and name for region, name in PACKAGE.regions(code))
            assert PACKAGE.of(code, None, [2026]) is not None


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("DE", "BY", date(2026, 1, 6), "Epiphany"),
        ("GB", "SCT", date(2026, 11, 30), "Saint Andrew's Day"),
        ("JP", None, date(2026, 11, 23), "Labor Thanksgiving Day"),
        ("PT", None, date(2026, 12, 8), "Immaculate Conception"),
        ("US", None, date(2026, 11, 26), "Thanksgiving Day"),
    ],
)
def test_days_are_named_in_english(country: str, region: str | None, day: date, name: str) -> None:
    found = PACKAGE.of(country, region, [2026])
    assert found is not None
    assert found.name(day) == name


@pytest.mark.parametrize(("country", "region"), [("XX", None), ("", None), ("DE", "XX"), ("de", None), ("DEU", None)])
def test_a_place_that_is_not_known_has_no_calendar(country: str, region: str | None) -> None:
    assert PACKAGE.of(country, region, [2026]) is None


def test_three_years_are_looked_up_and_a_lost_region_is_the_country() -> None:
    found = CALENDARS.of("DE", "gone", TODAY)
    assert found is not None
    assert found.region is None
    assert {day.year for day in found.dates} == {2026, 2027, 2028}
    assert CALENDARS.of(None, None, TODAY) is None


def test_a_team_is_renewed_as_the_years_go_by() -> None:
    team = Team("t", "T1", "North", "Europe/Berlin", "C1", holidays=CALENDARS.of("DE", "BY", TODAY))
    assert CALENDARS.renewed(team, TODAY) is team
    renewed = CALENDARS.renewed(team, date(2027, 1, 1)).holidays
    assert renewed is not None
    assert renewed.region == "BY"
    assert {day.year for day in renewed.dates} == {2027, 2028, 2029}
    bare = Team("t", "T1", "North", "Europe/Berlin", "C1")
    assert CALENDARS.renewed(bare, TODAY) is bare


def test_a_country_that_is_not_known_any_more_keeps_its_days() -> None:
    old = PublicHolidays("YU", None, ((date(2026, 11, 29), "Republic Day"),))
    assert CALENDARS.again(old, TODAY) == old
