"""The team's week, for its channel: what was kept. Counts for the team; names and words only with a tap.

No ranking, no rates, nobody who did not. Nothing true to say: nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.people import Team

MOST_STORIES = 8
"""Named wins in one message, so that it stays one screen."""


@dataclass(frozen=True)
class Kept:
    """A commitment that was done in the week."""

    person_id: str
    name: str
    action: str
    behaviour_id: str | None
    shared: bool


@dataclass(frozen=True)
class Story:
    """The wins of one person, told with their name because they agreed."""

    person: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Wins:
    """What the channel reads: how many were kept, by how many people, by behaviour, and the shared ones."""

    kept: int
    people: int
    by_behaviour: tuple[tuple[str, int], ...]
    stories: tuple[Story, ...]


def gather(team: Team, kept: Sequence[Kept]) -> Wins | None:
    """The week's wins, or None when there is nothing true to say. Stories stay in the order they happened."""
    if not kept:
        return None
    counts = Counter(k.behaviour_id for k in kept if k.behaviour_id)
    named = tuple((b.words, counts[b.id]) for b in team.behaviours if counts[b.id])
    return Wins(
        kept=len(kept),
        people=len({k.person_id for k in kept}),
        by_behaviour=tuple(sorted(named, key=lambda pair: -pair[1])),
        stories=_stories([k for k in kept if k.shared][:MOST_STORIES]),
    )


def _stories(shared: Sequence[Kept]) -> tuple[Story, ...]:
    """By person, whatever two of them are called, in the order in which each was first heard of."""
    actions: dict[str, list[str]] = {}
    for one in shared:
        actions.setdefault(one.person_id, []).append(one.action)
    names = {one.person_id: one.name for one in shared}
    return tuple(Story(names[person], tuple(theirs)) for person, theirs in actions.items())


def iso_week(day: date) -> str:
    """The week a day belongs to, as "2026-W48"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_start(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the week of `day` began in `zone`: Monday, midnight."""
    monday = day - timedelta(days=day.weekday())
    return datetime.combine(monday, time(), tzinfo=zone).astimezone(UTC)
