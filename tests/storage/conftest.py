"""A database for every test, of either kind: a SQLite file made once by the migrations and copied, or PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from storage.address import PostgresServer, parse
from storage.migrate import migrate
from storage.open import AnyStorage, open_storage
from storage.server import server_engine
from storage.sqlite import SqliteStorage, sqlite_engine
from tests.storage.rows import enrol
from tests.support.postgres import a_database, bare_postgres, migrated_postgres, postgres

__all__ = ["bare_postgres", "migrated_postgres", "postgres"]
BOTH = ["sqlite", "postgres"]


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


@pytest_asyncio.fixture(params=BOTH)
async def storage(request: pytest.FixtureRequest) -> AsyncIterator[AnyStorage]:
    """The storage on an empty database, once on each kind."""
    fixture = "database" if request.param == "sqlite" else "postgres"
    opened = open_storage(request.getfixturevalue(fixture), upgrade=False)
    yield opened
    opened.close()


@pytest_asyncio.fixture
async def sqlite_storage(database: Path) -> AsyncIterator[SqliteStorage]:
    """The storage on a SQLite file, for what only a file has."""
    opened = SqliteStorage(database)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=BOTH)
def engine(request: pytest.FixtureRequest, blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine for property tests, each of whose examples rolls back; a team, a manager and two reps are there."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            path = Path(shutil.copy(blank, tmp_path_factory.mktemp("examples") / "huddle.db"))
            made = sqlite_engine(path, "BEGIN IMMEDIATE", 1)
        else:
            where = parse(stack.enter_context(a_database()))
            migrate(where)
            assert isinstance(where, PostgresServer)
            made = server_engine(where, pool=QueuePool)
        enrol(made)
        yield made
        made.dispose()
