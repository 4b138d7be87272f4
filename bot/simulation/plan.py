"""Which world a seed stands for: when it begins, who lives in it, and how rough it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.question_bank import Kind
from bot.services.people import Member, TeamPlan
from bot.simulation.chance import chance
from bot.simulation.conditions import Conditions, drawn
from bot.simulation.slack import WORKSPACE

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Santiago",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Honolulu",
)
REMARKABLE = (
    date(2026, 3, 8),  # clocks change in the USA
    date(2026, 3, 29),  # in Europe
    date(2026, 4, 5),  # in Australia, New Zealand and Chile
    date(2026, 9, 6),  # in Chile
    date(2026, 9, 27),  # in New Zealand
    date(2026, 10, 4),  # in Australia
    date(2026, 10, 25),  # in Europe
    date(2026, 11, 1),  # in the USA
    date(2026, 12, 24),
    date(2026, 12, 31),
    date(2027, 1, 1),
)
NAMES = (
    "Ana Silva", "Ben Ortega", "Cleo Marsh", "Dev Patel", "Elif Kaya", "Finn Olsen", "Gül Demir", "Hana Sato",
    "Iris Cole", "Jonas Weber", "Kofi Mensah", "Lena Hoff",
)  # fmt: skip
BEHAVIOURS = (("set first meetings", Kind.PROSPECTING), ("find out who decides", Kind.DISCOVERY))
CHANNEL = "C0TEAM"


@dataclass(frozen=True)
class Plan:
    """A world before it begins."""

    start: datetime
    days: int
    team: TeamPlan
    workers: int
    conditions: Conditions


def planned(seed: int, days: int, reps: int, workers: int, conditions: Conditions | None) -> Plan:
    """The plan of a seed; `conditions` in the place of those that the seed draws."""
    random = chance(seed, "plan")
    near = random.choice(REMARKABLE) + timedelta(days=random.randint(-3, 1))
    day = near if random.random() < 0.6 else date(2026, 1, 1) + timedelta(days=random.randrange(365))
    start = datetime(day.year, day.month, day.day, random.randrange(24), random.randrange(60), tzinfo=UTC)
    weather = drawn(chance(seed, "conditions"))
    if workers > 1:  # leases hold among clocks that agree: an hour's difference is for whoever asks for it
        weather = replace(weather, clock_goes_back=False)
    zones = random.sample(ZONES, k=min(len(ZONES), random.choice((1, 3, 12))))
    people = [
        Member(f"U0R{n:02d}", NAMES[n % len(NAMES)], random.choice(zones), random.choice((None, BEHAVIOURS[n % 2][0])))
        for n in range(reps)
    ]
    managers = [Member(f"U0M{n:02d}", f"Maria {n}", random.choice(zones)) for n in range(random.choice((1, 1, 2)))]
    if random.random() < 0.3:  # somebody who manages and is coached
        managers.append(people[0])
    team = TeamPlan(WORKSPACE, "North", random.choice(zones), CHANNEL, tuple(managers), tuple(people), BEHAVIOURS)
    return Plan(start, days, team, workers, conditions if conditions is not None else weather)
