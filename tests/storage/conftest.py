"""A database file for every test: made once by the migrations, then copied."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from storage.migrate import migrate
from storage.sqlite import SqliteStorage, sqlite_engine
from tests.storage.rows import enrol


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the migrations leave it; not to be written to."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    migrate(path)
    return path


@pytest.fixture
def database(blank: Path, tmp_path: Path) -> Path:
    """A database of the test's own."""
    return Path(shutil.copy(blank, tmp_path / "huddle.db"))


@pytest_asyncio.fixture
async def storage(database: Path) -> AsyncIterator[SqliteStorage]:
    """The storage on that database."""
    opened = SqliteStorage(database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def engine(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine for property tests, each of whose examples rolls back; a team, a manager and two reps are there."""
    path = Path(shutil.copy(blank, tmp_path_factory.mktemp("examples") / "huddle.db"))
    made = sqlite_engine(path, "BEGIN IMMEDIATE", 1)
    enrol(made)
    yield made
    made.dispose()
