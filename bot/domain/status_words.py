"""Whether a Slack status looks like an absence."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.preferences import Suggestion


def absence(text: str, emoji: str, until: datetime | None, at: datetime, zone: ZoneInfo) -> Suggestion | None:
    return None
