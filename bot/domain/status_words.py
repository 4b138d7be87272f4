"""Whether a Slack status looks like days away, and until when. It is a guess, and only ever offered to its owner.

What says that somebody is at work, or away for an hour, wins over everything else: a suggestion too few costs a word,
one too many costs trust.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import local_date
from bot.domain.preferences import Suggestion
from bot.domain.status_days import Days, days_in
from bot.domain.status_phrases import (
    ALONE,
    ANOTHER_TIME,
    AT_WORK,
    AT_WORK_ELSEWHERE,
    AWAY,
    AWAY_ELSEWHERE,
    AWAY_WITH_DAYS,
    EMOJI,
    EXCUSED,
    HOURS,
)

LONGEST = timedelta(days=400)
"""An end that is further away than that is a slip of the pen."""
SHORT = timedelta(hours=5)
"""A status that goes sooner than that on the same day is about hours."""


def absence(text: str, emoji: str, until: datetime | None, at: datetime, zone: ZoneInfo) -> Suggestion | None:
    """The days that the status suggests its owner is away, seen at `at` where they live; None when it suggests none.

    `emoji` is its name, with colons or without. `until` is when Slack takes the status away. The last day is None
    where neither that nor the words tell it.
    """
    today = local_date(at, zone)
    days, rest = days_in(text, today)
    if not _speaks_of_it(rest, emoji.strip(":").partition("::")[0], days):
        return None
    if (days is None or days.first == today) and (HOURS.search(rest) or _is_short(until, at, zone)):
        return None
    last = days.last if days else None
    if last is None and until is not None:
        last = _last_day(until, zone)
    first = (days.first if days else None) or today
    if last is not None and (last < max(first, today) or last - today > LONGEST):
        return None
    return Suggestion(first, last)


def _speaks_of_it(rest: str, emoji: str, days: Days | None) -> bool:
    """Whether words or emoji look like an absence. `rest` is the text without the days it names."""
    words = EXCUSED.sub(" ", " ".join(rest.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()))
    if not re.search(r"\w", words):
        return emoji in EMOJI or emoji in ALONE or (days is not None and days.back)
    if AT_WORK.search(words) or AT_WORK_ELSEWHERE.search(words) or ANOTHER_TIME.search(words):
        return False
    if AWAY.search(words) or AWAY_ELSEWHERE.search(words) or emoji in EMOJI:
        return True
    return days is not None and (days.back or AWAY_WITH_DAYS.search(words) is not None)


def _is_short(until: datetime | None, at: datetime, zone: ZoneInfo) -> bool:
    if until is None:
        return False
    return until <= at or (local_date(until, zone) == local_date(at, zone) and until - at < SHORT)


def _last_day(until: datetime, zone: ZoneInfo) -> date:
    """The last day away when the status goes at that moment: when it goes by noon, they are back on that day."""
    local = until.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() <= time(12) else local.date()
