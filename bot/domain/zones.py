"""The time zones that somebody can choose from: those that this machine knows, by continent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

CONTINENTS = (
    "Europe",
    "America",
    "Asia",
    "Africa",
    "Australia",
    "Pacific",
    "Atlantic",
    "Indian",
    "Arctic",
    "Antarctica",
)
MOST_IN_A_GROUP = 100
"""As many as Slack shows under one heading."""

Choice = tuple[str, str]
"""A value, and the words for it."""


def known(zone: str | None) -> bool:
    """Whether this machine knows a zone of that name."""
    try:
        return bool(zone) and ZoneInfo(str(zone)).key == zone
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder of zones
        return False


@cache
def zones() -> Mapping[str, Sequence[Choice]]:
    """Every zone that is a place, by continent; a large continent is several groups, headed by their first letters."""
    places = sorted(one for one in available_timezones() if one.partition("/")[0] in CONTINENTS)
    found: dict[str, Sequence[Choice]] = {}
    for continent in CONTINENTS:
        mine = sorted((place_of(one), one) for one in places if one.partition("/")[0] == continent)
        found |= in_groups(continent, [(zone, words) for words, zone in mine])
    return MappingProxyType(found)


def with_zone(zone: str) -> Mapping[str, Sequence[Choice]]:
    """All zones, and this one in any case: people's own need not be a place (UTC)."""
    listed = zones()
    if any(zone == value for group in listed.values() for value, _ in group):
        return listed
    return {zone.partition("/")[0]: [(zone, zone)]} | dict(listed)


def place_of(zone: str) -> str:
    """A zone as people say it: "Berlin", "Buenos Aires (Argentina)"."""
    *_, region, place = zone.replace("_", " ").split("/") if "/" in zone else ("", "", zone)
    return place if zone.count("/") < 2 else f"{place} ({region})"


def in_groups(heading: str, choices: Sequence[Choice]) -> Mapping[str, Sequence[Choice]]:
    """The choices, which are in the order of their words, under as few headings as hold them."""
    if len(choices) <= MOST_IN_A_GROUP:
        return {heading: choices} if choices else {}
    count = -(-len(choices) // MOST_IN_A_GROUP)
    size = -(-len(choices) // count)
    parts = [choices[start : start + size] for start in range(0, len(choices), size)]
    return {f"{heading} {part[0][1][:2]}\N{EN DASH}{part[-1][1][:2]}": part for part in parts}
