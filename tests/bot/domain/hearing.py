"""What the tests of the understanding share: one Wednesday morning in Berlin, and tables of messages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours
from bot.domain.reading import Asked, Reading
from bot.domain.understanding import read

MORNING = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)  # 9:00 in Berlin
BERLIN = ZoneInfo("Europe/Berlin")


def heard(text: str, asked: Asked) -> Reading:
    """How `text` is read when it answers `asked` on that morning."""
    return read(text, asked, MORNING, BERLIN, WorkingHours())


def clock(reading: Reading) -> str | None:
    """The due time of a reading as the rep's clock shows it: "Wed 15:00"."""
    return f"{reading.due.moment.astimezone(BERLIN):%a %H:%M}" if reading.due else None


def messages(table: str) -> list[str]:
    """One message a line."""
    return [line.strip() for line in table.strip().splitlines() if line.strip()]


def pairs(table: str) -> list[tuple[str, str]]:
    """One message a line with what is expected of it behind "=>", which may begin a line of its own."""
    split = (line.partition("=>") for line in messages(re.sub(r"\s*\n\s*=>", " =>", table)))
    return [(message.strip(), expected.strip()) for message, _, expected in split]


def answers(tables: dict[Asked, str]) -> list[tuple[Asked, str]]:
    """Messages by the question that they answer."""
    return [(asked, text) for asked, table in tables.items() for text in messages(table)]
