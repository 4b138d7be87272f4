"""What a team to be will mean for whom: who is asked when by whose clock, whom it will not reach, what changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.mornings import next_morning
from bot.domain.people import Person, Team
from bot.domain.preferences import PublicHolidays

MOST_NAMES = 12
"""Names in one list; more are counted."""
MOST_CLOCKS = 4
"""Other clock times that are named, those of most people first."""
MOST_AT_A_CLOCK = 3
"""People at another clock time who are named; more are counted."""
MOST_HOLIDAYS = 3


class Why(StrEnum):
    """Why somebody is not reached, or what is to be known about them."""

    UNKNOWN = "unknown"  # nobody with that id in the workspace
    DEACTIVATED = "deactivated"
    BOT = "bot"
    OTHER_WORKSPACE = "other_workspace"
    GUEST_MANAGER = "guest_manager"  # a guest cannot manage
    STOPPED = "stopped"  # asked for no messages
    MOVES = "moves"  # is on another team, and leaves it for this one
    KEPT = "kept"  # is on another team, which is not for whoever put them on this one to change


@dataclass(frozen=True)
class Named:
    """Some people by name, and how many more there are."""

    names: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True)
class Trouble:
    """People with whom the same thing is to be known; `team` is the other one that they are on."""

    why: Why
    people: Named
    team: str = ""


@dataclass(frozen=True)
class AtYourTime:
    """So many people are asked when it is `clock` where the reader is; `names` where they are few."""

    count: int
    clock: time
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class First:
    """The first question of all: when it comes, and who gets it then."""

    at: datetime
    people: Named


def named(names: Iterable[str]) -> Named:
    """The names in their order, as many as are read."""
    listed = sorted(names, key=str.casefold)
    return Named(tuple(listed[:MOST_NAMES]), max(len(listed) - MOST_NAMES, 0))


def spans(days: Collection[int]) -> Sequence[tuple[int, int]]:
    """Weekdays as runs, first and last included: a week may run over its end, as from Sunday to Thursday."""
    if len(set(days)) == 7:
        return [(0, 6)]
    starts = [day for day in range(7) if day in days and (day - 1) % 7 not in days]
    runs = []
    for first in starts:
        last = first
        while (last + 1) % 7 in days:
            last = (last + 1) % 7
        runs.append((first, last))
    return sorted(runs, key=lambda run: run[0] > run[1], reverse=True)


def troubles(found: Iterable[tuple[Why, str, str]]) -> Sequence[Trouble]:
    """Reasons with names, and the other team, gathered by the reason, in the order of `Why`."""
    groups: dict[tuple[Why, str], list[str]] = {}
    for why, name, team in found:
        groups.setdefault((why, team), []).append(name)
    order = list(Why)
    keys = sorted(groups, key=lambda group: order.index(group[0]))
    return [Trouble(why, named(groups[why, team]), team) for why, team in keys]


def at_your_time(reps: Iterable[Person], team: Team, reader: ZoneInfo, at: datetime) -> Sequence[AtYourTime]:
    """Whose clock shows another time than the reader's when they are next asked, by the reader's clock."""
    clocks: dict[time, list[str]] = {}
    for rep in reps:
        moment = next_morning(rep, team, at).at
        here, there = moment.astimezone(reader), moment.astimezone(rep.tz)
        if (here.date(), here.time()) != (there.date(), there.time()):
            clocks.setdefault(here.time(), []).append(rep.name)
    most = sorted(clocks.items(), key=lambda one: len(one[1]), reverse=True)[:MOST_CLOCKS]
    few = {clock: tuple(sorted(names, key=str.casefold)) for clock, names in most if len(names) <= MOST_AT_A_CLOCK}
    return [AtYourTime(len(names), clock, few.get(clock, ())) for clock, names in most]


def first_question(reps: Iterable[Person], team: Team, at: datetime) -> First | None:
    """The first question of all if the team starts now; None without anybody to ask."""
    moments = [(next_morning(rep, team, at).at, rep) for rep in reps]
    if not moments:
        return None
    soonest = min(moment for moment, _ in moments)
    return First(soonest, named(rep.name for moment, rep in moments if moment == soonest))


def together(reps: Iterable[Person], team: Team, at: datetime) -> Counter[datetime]:
    """How many are asked at each moment of the next morning."""
    return Counter(next_morning(rep, team, at).at for rep in reps)


def coming(holidays: PublicHolidays | None, hours: WorkingHours, today: date) -> Sequence[tuple[date, str]]:
    """The next public holidays on which people would otherwise work."""
    days = holidays.days if holidays else ()
    return [(day, name) for day, name in days if day >= today and day.weekday() in hours.days][:MOST_HOLIDAYS]
