"""The only place where the product reads the time."""

from __future__ import annotations

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Now, as aware UTC."""
    return datetime.now(UTC)
