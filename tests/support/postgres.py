"""A PostgreSQL server for tests: databases of their own, made when they are needed and dropped afterwards.

`HUDDLE_TEST_POSTGRES` says where one is. Without one these tests are skipped, unless `HUDDLE_REQUIRE_POSTGRES=1`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from storage.copy import tables
from storage.migrate import migrate

SERVER = os.environ.get("HUDDLE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def server() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection that may make databases; skips the test when there is no server."""
    try:
        connection = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        reason = f"no PostgreSQL at HUDDLE_TEST_POSTGRES ({type(error).__name__})"
        if os.environ.get("HUDDLE_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with connection:
        yield connection


def address_of(name: str) -> str:
    """The address of a database on the server."""
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@contextmanager
def a_database(template: str = "template1") -> Iterator[str]:
    """The address of a new database, gone afterwards whoever still uses it."""
    name = f"huddle_test_{uuid.uuid4().hex[:12]}"
    with server() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    try:
        yield address_of(name)
    finally:
        with server() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """A database as the migrations leave it, one for the whole run; what is in it is whatever the last test left."""
    with a_database() as address:
        migrate(address)
        yield address


@pytest.fixture
def postgres(migrated_postgres: str) -> str:
    """That database, empty again."""
    empty(migrated_postgres)
    return migrated_postgres


@pytest.fixture
def bare_postgres() -> Iterator[str]:
    """A database in which nothing is yet."""
    with a_database() as address:
        yield address


def empty(address: str) -> None:
    """No row in any table, and numbers from 1 again."""
    with psycopg.connect(address) as connection:
        connection.execute("SET synchronous_commit = off")
        for table in reversed(tables()):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
            if table.autoincrement_column is not None:
                sequence = sql.Identifier(f"{table.name}_{table.autoincrement_column.name}_seq")
                connection.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sequence))
