"""The zones somebody can choose from: all of them, as Slack takes them."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from bot.domain.zones import CONTINENTS, MOST_IN_A_GROUP, in_groups, known, place_of, with_zone, zones


def test_every_place_on_earth_is_there_once() -> None:
    listed = [zone for group in zones().values() for zone, _ in group]
    assert sorted(listed) == sorted(one for one in available_timezones() if one.partition("/")[0] in CONTINENTS)
    assert all(ZoneInfo(one) for one in listed)


def test_no_group_is_longer_than_slack_shows() -> None:
    assert all(0 < len(group) <= MOST_IN_A_GROUP for group in zones().values())
    assert len(zones()) <= 100


def test_places_are_called_as_people_call_them() -> None:
    assert place_of("Europe/Berlin") == "Berlin"
    assert place_of("America/Argentina/Buenos_Aires") == "Buenos Aires (Argentina)"
    assert place_of("America/New_York") == "New York"
    assert place_of("UTC") == "UTC"


def test_a_zone_that_is_no_place_can_still_be_ones_own() -> None:
    assert ("UTC", "UTC") in next(iter(with_zone("UTC").values()))
    assert with_zone("Europe/Berlin") == zones()


def test_only_a_zone_is_a_zone() -> None:
    assert known("Europe/Berlin")
    assert not any(known(one) for one in (None, "", "Europe", "Mars/Base", "../etc/passwd", "a" * 5000))


def test_a_long_list_is_split_evenly_and_headed_by_its_letters() -> None:
    many = [(str(n), f"{chr(65 + n // 10)}place{n}") for n in range(205)]
    groups = in_groups("Here", many)
    assert [one for group in groups.values() for one in group] == many
    assert all(len(group) <= MOST_IN_A_GROUP for group in groups.values())
    assert next(iter(groups)).startswith("Here Ap")
    assert in_groups("Here", []) == {}
