"""Public holidays as the product needs them: where there are some, and on which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.domain.preferences import PublicHolidays

Choice = tuple[str, str]
"""A code, and the name people know."""


class Holidays(Protocol):
    """Knows the public holidays of countries and their regions."""

    def countries(self) -> Mapping[str, Sequence[Choice]]:
        """The countries by their ISO 3166-1 codes, in groups by their first letter, each in the order of the names."""
        ...

    def regions(self, country: str) -> Sequence[Choice]:
        """The regions of a country that have holidays of their own; none where it is not known."""
        ...

    def of(self, country: str, region: str | None, years: Iterable[int]) -> PublicHolidays | None:
        """The holidays of these years, with English names where there are such; None for an unknown place."""
        ...
