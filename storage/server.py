"""Engines on a PostgreSQL server: nothing waits for ever, times are UTC, and errors do not repeat what people wrote."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, Pool

from storage.address import PostgresServer

OLDEST = 14
"""The oldest major version of PostgreSQL that we work with."""
CONNECTING = 5
"""Seconds in which a connection must stand."""
STATEMENT, LOCK, IDLE = 15.0, 12.0, 8.0
"""Seconds that a statement may take, may wait for a lock, and that a transaction may do nothing: a process that stands
still with the writers' lock loses it before the others give up waiting."""
NAME = "huddle-coach"
"""How our connections are called in `pg_stat_activity`."""


class NoZeros(StrDumperUnknown):
    """Text without the character zero, which PostgreSQL cannot keep and nobody can see."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", "") if "\0" in obj else obj)


def driver_options(url: URL, statement: float = STATEMENT, lock: float = LOCK) -> dict[str, Any]:
    """What psycopg is told for each connection; what the address says itself is kept."""
    given = str(url.query.get("options", ""))
    limits = {
        "timezone": "UTC",
        "statement_timeout": round(statement * 1000),
        "lock_timeout": round(lock * 1000),
        "idle_in_transaction_session_timeout": round(IDLE * 1000) if statement else 0,
    }
    defaults: dict[str, Any] = {
        "connect_timeout": CONNECTING,
        "application_name": NAME,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,  # a server whose machine is gone is noticed, not waited for
    }
    told = {name: value for name, value in defaults.items() if name not in url.query}
    return told | {"options": " ".join([*(f"-c {name}={value}" for name, value in limits.items()), given]).strip()}


def prepare(engine: Engine) -> None:
    """What holds for every connection of the engine."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.adapters.register_dumper(str, NoZeros)

    @event.listens_for(engine, "handle_error", retval=True)
    def hushed(context: ExceptionContext) -> BaseException | None:
        """PostgreSQL's own text quotes the row that it refuses; codes and names of columns are enough."""
        error = context.original_exception
        if not isinstance(error, psycopg.Error) or not error.sqlstate:
            return None
        told = error.diag
        names = [name for name in (told.table_name, told.column_name, told.constraint_name) if name]
        error.args = (" ".join([type(error).__name__, error.sqlstate, *names]),)
        return DBAPIError.instance(
            context.statement,
            None,
            error,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=context.is_disconnect,
            dialect=context.dialect,
        )


def server_engine(
    server: PostgresServer,
    isolation: Any = "READ COMMITTED",
    *,
    patient: bool = False,
    pool: type[Pool] = NullPool,
) -> Engine:
    """A plain engine for what happens once: migrations, copies, checks. `patient`: statements may take their time."""
    limits = driver_options(server.url, 0, 60) if patient else driver_options(server.url)
    engine = create_engine(
        server.url, poolclass=pool, connect_args=limits, hide_parameters=True, isolation_level=isolation
    )
    prepare(engine)
    return engine
