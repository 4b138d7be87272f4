"""Databases to measure on: a SQLite file, and one on a PostgreSQL server where there is a server, gone afterwards."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

SERVER = os.environ.get("HUDDLE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
"""A server on which databases may be made; the tests use the same one."""
FOLDER = os.environ.get("HUDDLE_BENCHMARKS_FOLDER")
"""Where the files are: on the disk that the product would use, and no tmpfs. The system's folder for passing files."""
NO_SERVER = "no PostgreSQL at HUDDLE_TEST_POSTGRES"


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder for one benchmark's files."""
    with tempfile.TemporaryDirectory(prefix="huddle-bench-", dir=FOLDER) as folder:
        yield Path(folder)


@contextmanager
def on_postgres() -> Iterator[str | None]:
    """The address of a new database on the server, None when there is no server."""
    try:
        connection = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    name = f"huddle_bench_{uuid.uuid4().hex[:12]}"
    with connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
