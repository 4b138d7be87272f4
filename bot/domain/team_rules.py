"""What a team may look like: the same rules for the form in Slack and for the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.domain.people import NOON, Times

LONGEST_NAME = 60
MOST_REPS = 100
"""Twice what one person can lead; more is a team of teams."""
MOST_BEHAVIOURS, LONGEST_BEHAVIOUR = 12, 120
"""More than a dozen behaviours is a list nobody works by, and each is a verb phrase."""
MOST_CARE, LONGEST_CARE = 5, 120
"""Whom to turn to is a short list, and each entry a name with a way to reach them."""
USUAL_UNTIL = Times().check_in_until


class Rule(StrEnum):
    """What is broken."""

    ENDS_TOO_EARLY = "ends_too_early"  # the day ends before it starts
    OUTSIDE_THE_DAY = "outside_the_day"
    UNTIL_TOO_EARLY = "until_too_early"  # the latest time for reps is before the team's own
    NUDGE_TOO_LATE = "nudge_too_late"
    NUDGE_ENDS_TOO_LATE = "nudge_ends_too_late"
    SUMMARY_TOO_EARLY = "summary_too_early"
    NO_WORKING_DAY = "no_working_day"


@dataclass(frozen=True)
class Broken:
    """A rule that times break, and the one of them to change, by the name that the team file has for it."""

    field: str
    rule: Rule


def broken(times: Times) -> Iterator[Broken]:
    """Everything that is wrong with a team's times, what others follow from first."""
    start, end = times.hours.start, times.hours.end
    if not times.hours.days:
        yield Broken("working_days", Rule.NO_WORKING_DAY)
    if start >= end:
        yield Broken("day_ends", Rule.ENDS_TOO_EARLY)
        return
    outside = [key for key in ("check_in", "summary", "nudge") if not start <= getattr(times, key) < end]
    yield from (Broken(key, Rule.OUTSIDE_THE_DAY) for key in outside)
    if times.nudge_until > NOON:
        yield Broken("nudge_until", Rule.NUDGE_ENDS_TOO_LATE)
    if times.nudge >= times.nudge_until and "nudge" not in outside:
        yield Broken("nudge", Rule.NUDGE_TOO_LATE)
    if times.summary <= times.check_in and not {"summary", "check_in"} & set(outside):
        yield Broken("summary", Rule.SUMMARY_TOO_EARLY)
    if times.check_in_until < times.check_in and "check_in" not in outside:
        yield Broken("check_in_until", Rule.UNTIL_TOO_EARLY)
    elif times.check_in_until >= end:
        yield Broken("check_in_until", Rule.OUTSIDE_THE_DAY)


def usual_until(check_in: time, end: time) -> time:
    """The latest time that a rep may choose, where nobody says: the usual one, if it fits into the day."""
    return USUAL_UNTIL if check_in <= USUAL_UNTIL < end else check_in


def twice(words: Sequence[str]) -> str | None:
    """The first of the words that stands there a second time, capital letters or not."""
    seen: set[str] = set()
    for one in words:
        if one.casefold() in seen:
            return one
        seen.add(one.casefold())
    return None
