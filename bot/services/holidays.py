"""Public holidays of teams: looked up ahead, so that nothing has to be looked up on the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.people import Team
from bot.domain.preferences import PublicHolidays
from bot.ports.holidays import Holidays

AHEAD = 3
"""Years looked up: this one and the next two."""


@dataclass(frozen=True)
class Calendars:
    """Knows the holidays of places, as far ahead as the product needs them."""

    holidays: Holidays

    def of(self, country: str | None, region: str | None, today: date) -> PublicHolidays | None:
        """The holidays of a place from this year on; those of the whole country where the region is not known."""
        if country is None:
            return None
        years = range(today.year, today.year + AHEAD)
        return self.holidays.of(country, region, years) or self.holidays.of(country, None, years)

    def again(self, known: PublicHolidays | None, today: date) -> PublicHolidays | None:
        """The same place's holidays as they are known now; those of a place that is not known any more stay."""
        return known and (self.of(known.country, known.region, today) or known)

    def renewed(self, team: Team, today: date) -> Team:
        """The team with its holidays looked up again, as far ahead as from `today`."""
        fresh = self.again(team.holidays, today)
        return team if fresh == team.holidays else replace(team, holidays=fresh)
