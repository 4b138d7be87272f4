"""The weeks in which clocks change, for a team spread over the world: everybody's day keeps to their own wall clock.

Ari works in Auckland, Lee in Los Angeles, and Maggie, who manages both, in London. Their clocks change on six
different Sundays of 2026, so that the distances between them change too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.domain.calendar import WorkingHours
from bot.domain.people import Times
from bot.services.people import Member, TeamPlan
from tests.support.team import MEETINGS, PLAN
from tests.support.world import Shown, World, local

AUCKLAND, LOS_ANGELES, LONDON = "Pacific/Auckland", "America/Los_Angeles", "Europe/London"
ARI, LEE, MAGGIE = "UARI", "ULEE", "UMAGGIE"
ZONES = {ARI: AUCKLAND, LEE: LOS_ANGELES, MAGGIE: LONDON}
TEAM = replace(
    PLAN,
    zone=LONDON,
    managers=(Member(MAGGIE, "Maggie Cole", LONDON),),
    reps=(Member(ARI, "Ari Tane", AUCKLAND, MEETINGS), Member(LEE, "Lee Cruz", LOS_ANGELES, MEETINGS)),
)
SEVEN_DAYS = replace(TEAM, times=Times(hours=WorkingHours(days=frozenset(range(7)))))

CHANGES = {
    "Los Angeles, spring": (LEE, date(2026, 3, 8), timedelta(hours=23)),
    "London, spring": (MAGGIE, date(2026, 3, 29), timedelta(hours=23)),
    "Auckland, autumn": (ARI, date(2026, 4, 5), timedelta(hours=25)),
    "Auckland, spring": (ARI, date(2026, 9, 27), timedelta(hours=23)),
    "London, autumn": (MAGGIE, date(2026, 10, 25), timedelta(hours=25)),
    "Los Angeles, autumn": (LEE, date(2026, 11, 1), timedelta(hours=25)),
}
"""Whose clock changes, on which Sunday, and how long that Sunday is."""
OF_REPS = {name: change for name, change in CHANGES.items() if change[0] != MAGGIE}
every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
every_change_of_a_rep = pytest.mark.parametrize("change", OF_REPS.values(), ids=OF_REPS)
Change = tuple[str, date, timedelta]


@dataclass
class Watched:
    """A world of which every new message is kept with the wall time its reader had."""

    world: World
    came: dict[str, list[tuple[datetime, Shown]]]

    async def until(self, moment: datetime) -> None:
        """Let time pass, and look at every moment at which something may happen."""
        world = self.world
        while (alarm := await world.huddle.storage.read(lambda s: s.alarms.next())) and alarm.at <= moment:
            await self._step(alarm.at)
        await self._step(moment)

    async def _step(self, moment: datetime) -> None:
        before = len(self.world.slack.messages)
        await self.world.go(moment)
        for shown in self.world.slack.messages[before:]:
            reader = f"U{shown.channel[1:]}"
            if reader in ZONES:
                self.came[reader].append((self.world.now.astimezone(ZoneInfo(ZONES[reader])), shown))

    def moments(
        self, reader: str, words: str = "", between: tuple[date, date] = (date.min, date.max)
    ) -> list[datetime]:
        """The wall times at which this person got a message with these words in it, from the first day to the last."""
        found = [moment.replace(tzinfo=None) for moment, shown in self.came[reader] if words in shown.text]
        return [moment for moment in found if between[0] <= moment.date() <= between[1]]


async def around(folder: Path, sunday: date, plan: TeamPlan, before: int) -> Watched:
    """A world at noon in Auckland so many days before the change, when the team is set up."""
    world = World(folder / "huddle.db", local(AUCKLAND, f"{sunday - timedelta(days=before)} 12:00"))
    await world.apply(plan)
    return Watched(world, defaultdict(list))


def each_at(clock: str, when: list[date]) -> list[datetime]:
    return [datetime.combine(day, time.fromisoformat(clock)) for day in when]


@every_change
@pytest.mark.parametrize(
    ("plan", "before", "after"), [(TEAM, 13, 7), (SEVEN_DAYS, 6, 1)], ids=["Monday to Friday", "every day"]
)
async def test_everybody_hears_from_us_at_the_same_wall_time_every_working_day(
    tmp_path: Path, change: Change, plan: TeamPlan, before: int, after: int
) -> None:
    _, sunday, _ = change
    first, last = sunday - timedelta(days=before), sunday + timedelta(days=after)
    watched = await around(tmp_path, sunday, plan, before + 2)
    await watched.until(local(LOS_ANGELES, f"{last} 23:00"))
    all_days = [first + timedelta(days=n) for n in range(before + after + 1)]
    work = [day for day in all_days if day.weekday() in plan.times.hours.days]

    for rep in (ARI, LEE):
        assert watched.moments(rep, between=(first, last)) == each_at("08:45", work), rep
    assert watched.moments(MAGGIE, "committed", (first, last)) == each_at("09:30", work)
    nudges = watched.moments(MAGGIE, "would help most", (first, last))
    assert nudges == each_at("11:15", work[-len(nudges) :])
    assert len(nudges) >= len(work) - 6
    for reader, zone in ZONES.items():
        outside = [m for m, _ in watched.came[reader] if not time(8, 30) <= m.time() <= time(17, 30)]
        assert outside == [], (reader, zone)
    watched.world.close()


@pytest_asyncio.fixture
async def across(tmp_path: Path, change: Change) -> AsyncIterator[Watched]:
    """A team that works every day, on the morning before somebody's clock changes: they have their question."""
    who, sunday, _ = change
    watched = await around(tmp_path, sunday, SEVEN_DAYS, 2)
    await watched.until(local(ZONES[who], f"{sunday - timedelta(days=1)} 10:00"))
    yield watched
    watched.world.close()


@every_change_of_a_rep
async def test_what_is_due_the_day_after_is_checked_at_the_clock_time_that_was_said(
    across: Watched, change: Change
) -> None:
    rep, sunday, _ = change
    world, zone = across.world, ZONES[rep]
    await world.say(rep, "call Bea Lang tomorrow at 3pm")
    assert "*Sun 15:00*" in world.last(rep).text
    await world.press(rep, "Commit")
    await across.until(local(zone, f"{sunday} 15:04"))
    assert across.moments(rep, "How did this go?") == []
    await across.until(local(zone, f"{sunday} 18:00"))
    assert across.moments(rep, "It's past Sun 15:00. How did this go?") == each_at("15:05", [sunday])


@every_change_of_a_rep
async def test_the_night_of_a_change_is_as_long_as_it_is(across: Watched, change: Change) -> None:
    rep, sunday, length = change
    world, zone = across.world, ZoneInfo(ZONES[rep])
    await world.say(rep, "call Bea Lang tomorrow at 10am")
    said_at = world.now
    await world.press(rep, "Commit")
    await across.until(local(ZONES[rep], f"{sunday} 10:05"))
    moment, _ = across.came[rep][-1]
    assert moment - said_at == timedelta(days=1, minutes=5), "by the wall clock, a day and five minutes"
    assert moment.timestamp() - said_at.timestamp() == (length + timedelta(minutes=5)).total_seconds()
    assert moment.tzinfo == zone


@every_change_of_a_rep
async def test_monday_after_the_weekend_of_a_change_begins_and_is_checked_on_time(
    tmp_path: Path, change: Change
) -> None:
    rep, sunday, _ = change
    zone = ZONES[rep]
    friday, monday = sunday - timedelta(days=2), sunday + timedelta(days=1)
    watched = await around(tmp_path, sunday, TEAM, 4)
    world = watched.world
    await watched.until(local(zone, f"{friday} 16:00"))
    await world.say(rep, "call Bea Lang on Monday at 11am")
    assert "*Mon 11:00*" in world.last(rep).text
    await world.press(rep, "Commit")
    asked = len(watched.came[rep])
    await watched.until(local(zone, f"{monday} 12:00"))
    assert watched.moments(rep)[asked:] == [*each_at("08:45", [monday]), *each_at("11:05", [monday])]
    assert "First, what you set out to do" not in watched.came[rep][asked][1].text
    world.close()
