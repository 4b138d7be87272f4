"""A real database and a clock in hand for the workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from storage.migrate import migrate
from storage.sqlite import SqliteStorage


@dataclass
class Watch:
    """A clock that stands still until it is set."""

    now: datetime = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, seconds: float) -> None:
        """Let that many seconds pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    """The time."""
    return Watch()


@pytest_asyncio.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqliteStorage]:
    """The storage of one test."""
    path = tmp_path / "huddle.db"
    migrate(path)
    opened = SqliteStorage(path)
    yield opened
    opened.close()
