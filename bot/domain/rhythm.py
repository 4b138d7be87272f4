"""A rep's own rhythm: what they kept, day by day and week by week. Counts and marks; no score, and nobody compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import instant, local_date
from bot.domain.commitment import Commitment
from bot.domain.effects import Outcome

WEEKS = 4


class Mark(StrEnum):
    """How a day went, by the commitments that were due on it."""

    KEPT = "kept"  # all of them done
    PARTLY = "partly"  # some done, or done in part
    NOT_KEPT = "not_kept"  # dropped, or nothing was said of them
    OPEN = "open"  # still to come
    NOTHING = "nothing"  # nothing was due


@dataclass(frozen=True)
class Week:
    """A week from its Monday: a mark for each working day, and the commitments counted. What is to come counts not."""

    first: date
    days: tuple[tuple[date, Mark], ...]
    kept: int
    partly: int
    due: int


def first_day(today: date, weeks: int = WEEKS) -> date:
    """The Monday with which so many weeks begin, of which the last one is today's."""
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def starts_at(today: date, zone: ZoneInfo, weeks: int = WEEKS) -> datetime:
    """The instant at which that Monday begins."""
    return instant(first_day(today, weeks), time(), zone)


def rhythm(
    commitments: Sequence[Commitment],
    zone: ZoneInfo,
    at: datetime,
    working: AbstractSet[int],
    since: date,
    weeks: int = WEEKS,
) -> tuple[Week, ...]:
    """The last weeks, the oldest first, without those that were over before `since`.

    Shown are the weekdays in `working` (Monday is 0) and every other day on which something was due.
    """
    today = local_date(at, zone)
    due: dict[date, list[Commitment]] = {}
    for one in commitments:
        due.setdefault(local_date(one.due_at, zone), []).append(one)
    mondays = [first_day(today, weeks) + timedelta(weeks=n) for n in range(weeks)]
    return tuple(_week(monday, due, today, at, working) for monday in mondays if monday + timedelta(days=6) >= since)


def _week(
    monday: date, due: dict[date, list[Commitment]], today: date, at: datetime, working: AbstractSet[int]
) -> Week:
    week = [monday + timedelta(days=n) for n in range(7)]
    shown = [day for day in week if day.weekday() in working or day in due]
    over = [one for day in week for one in due.get(day, ()) if one.outcome is not None or one.due_at <= at]
    return Week(
        monday,
        tuple((day, _mark(due.get(day, ()), day, today, at)) for day in shown),
        kept=sum(one.outcome is Outcome.DONE for one in over),
        partly=sum(one.outcome is Outcome.PARTLY for one in over),
        due=len(over),
    )


def _mark(due: Iterable[Commitment], day: date, today: date, at: datetime) -> Mark:
    outcomes = [one.outcome for one in due if one.outcome is not None or one.due_at <= at]
    waiting = any(one.outcome is None and one.due_at > at for one in due)
    if waiting or (day > today and not outcomes):
        return Mark.OPEN
    if not outcomes:
        return Mark.NOTHING
    if all(outcome is Outcome.DONE for outcome in outcomes):
        return Mark.KEPT
    good = {Outcome.DONE, Outcome.PARTLY}
    return Mark.PARTLY if any(outcome in good for outcome in outcomes) else Mark.NOT_KEPT
