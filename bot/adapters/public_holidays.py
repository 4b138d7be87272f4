"""Public holidays by the `holidays` package, countries' names by Babel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from bot.domain.preferences import PublicHolidays
from bot.ports.holidays import Choice

if TYPE_CHECKING:
    from holidays import HolidayBase


class PublicHolidayCalendars:
    """Implements `bot.ports.holidays.Holidays`. The package is loaded with the first question, a country at a time."""

    def countries(self) -> Mapping[str, Sequence[Choice]]:
        """Implements `bot.ports.holidays.Holidays`."""
        return _countries()

    def regions(self, country: str) -> Sequence[Choice]:
        """Implements `bot.ports.holidays.Holidays`."""
        return _regions(country)

    def of(self, country: str, region: str | None, years: Iterable[int]) -> PublicHolidays | None:
        """Implements `bot.ports.holidays.Holidays`."""
        if not _is_country(country) or (region is not None and region not in dict(_regions(country))):
            return None
        days = _calendar(country, region, tuple(years))
        return PublicHolidays(country, region, tuple(sorted((day, name) for day, name in days.items())))


@cache
def _countries() -> Mapping[str, Sequence[Choice]]:
    from babel import Locale
    from holidays import list_supported_countries

    names = Locale("en").territories
    listed = sorted((names.get(code, code), code) for code in list_supported_countries(include_aliases=False))
    groups: dict[str, list[Choice]] = {}
    for name, code in listed:
        groups.setdefault(_letter(name), []).append((code, name))
    return groups


def _letter(name: str) -> str:
    """The letter that a name is looked up under: Åland is among the As."""
    from unicodedata import normalize

    return normalize("NFD", name)[0].upper()


def _is_country(code: str) -> bool:
    return any(code == one for group in _countries().values() for one, _ in group)


@cache
def _regions(country: str) -> Sequence[Choice]:
    if not _is_country(country):
        return ()
    calendar = _calendar(country, None, ())
    aliases = calendar.get_subdivision_aliases()
    named = [(code, max(aliases.get(code) or [code], key=len)) for code in calendar.subdivisions]
    return sorted(named, key=lambda one: one[1].casefold())


def _calendar(country: str, region: str | None, years: Sequence[int]) -> HolidayBase:
    from holidays import country_holidays

    spoken = country_holidays(country, expand=False).supported_languages or ()
    english = next((one for one in ("en_US", "en_GB", *spoken) if one in spoken and one.startswith("en")), None)
    return country_holidays(country, subdiv=region, years=list(years), expand=False, language=english)
