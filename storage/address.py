"""Where a database is: a SQLite file by its path, or a PostgreSQL server by its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True)
class SqliteFile:
    """A database in one file."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True)
class PostgresServer:
    """A database on a server. As text it has no password."""

    url: URL = field(repr=False)

    def __str__(self) -> str:
        url = self.url
        user = f"{url.username}@" if url.username else ""
        host = url.host or str(url.query.get("host", ""))
        return f"postgresql://{user}{host}{f':{url.port}' if url.port else ''}/{url.database}"


Address = SqliteFile | PostgresServer


def parse(given: str | Path | Address) -> Address:
    """The address that was written; raises `StorageError`, with what is wrong but never with what was written."""
    if isinstance(given, SqliteFile | PostgresServer):
        return given
    if isinstance(given, Path):
        return SqliteFile(given)
    scheme, there, rest = given.strip().partition("://")
    if not there:
        if not given.strip() or given.strip().startswith(":"):
            raise StorageError(
                "a path such as huddle.db or an address such as postgresql://huddle@host/huddle is needed"
            )
        return SqliteFile(Path(given.strip()))
    if scheme == "sqlite":
        if not rest.startswith("/") or rest in ("/", "/:memory:"):
            raise StorageError("a SQLite address is sqlite:/// and a path, as in sqlite:///huddle.db")
        return SqliteFile(Path(rest[1:]))
    if scheme not in SCHEMES:
        raise StorageError("only a path, sqlite:///… and postgresql://… can be used")
    return _server(rest)


def _server(rest: str) -> PostgresServer:
    try:
        url = make_url(f"postgresql+psycopg://{rest}")
        if "@" in f"{url.host}{url.database}":  # a part of the password, which would be shown as the server's name
            raise ValueError
    except (ArgumentError, ValueError):
        raise StorageError(
            "a PostgreSQL address is postgresql://user:password@host:port/name, and what is special in a password is "
            "written as %40 (@), %2F (/), %3A (:)"
        ) from None
    if not url.database:
        raise StorageError("a PostgreSQL address ends in the database's name, as in postgresql://huddle@host/huddle")
    return PostgresServer(url)
