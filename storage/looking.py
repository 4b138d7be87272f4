"""A look at a PostgreSQL database from outside, for `huddle doctor`: nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from bot.errors import StorageError
from bot.ports.usage import DayUse
from storage.address import PostgresServer
from storage.migrate import revision_of
from storage.server import server_engine
from storage.tables import PersonRow
from storage.trouble import server_trouble
from storage.usage import UsageStore


@dataclass(frozen=True)
class Server:
    """What a server says of itself; `clock` is its time, `writable` whether this user may keep anything there."""

    version: int
    revision: str | None
    empty: bool
    writable: bool
    clock: datetime


@contextmanager
def _connected(server: PostgresServer) -> Iterator[Connection]:
    engine = server_engine(server, "REPEATABLE READ")
    try:
        with engine.connect().execution_options(postgresql_readonly=True) as connection:
            yield connection
    except DBAPIError as error:
        told = server_trouble(error, server)
        raise told or StorageError(f"{server} cannot be read ({type(error).__name__}).") from error
    finally:
        engine.dispose()


def look(server: PostgresServer) -> Server:
    """What the server says; raises `StorageError` with one sentence when it does not answer as it should."""
    with _connected(server) as connection:
        version, standby, schema, now = connection.execute(
            text(
                "SELECT current_setting('server_version_num')::int / 10000, pg_is_in_recovery(),"
                " coalesce(has_schema_privilege(current_schema(), 'CREATE'), false), clock_timestamp()"
            )
        ).one()
        tables = set(inspect(connection).get_table_names())
        writable = schema
        if "outbox" in tables:
            allowed = "SELECT has_table_privilege('outbox', 'INSERT') AND has_table_privilege('outbox', 'UPDATE')"
            writable = connection.execute(text(allowed)).scalar_one()
        revision = revision_of(connection) if "alembic_version" in tables else None
        return Server(version, revision, not tables, bool(writable) and not standby, now.astimezone(UTC))


def zones_on(server: PostgresServer) -> set[str]:
    """The zones that people live in."""
    with _connected(server) as connection, Session(connection) as session:
        return set(session.exec(select(PersonRow.zone).distinct()))


def use_on(server: PostgresServer, day: date) -> list[DayUse]:
    """Every workspace's use of the model on a day."""
    with _connected(server) as connection, Session(connection) as session:
        return list(UsageStore(session).of_day(day))
