"""Bringing a database to the tables of this version.

Alembic and the server's driver are only loaded where they are needed: a process on a file that is up to date has no use
for either, and they take twenty MiB.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from storage.address import Address, PostgresServer, SqliteFile, parse
from storage.lock import DatabaseLock
from storage.sqlite import BUSY_TIMEOUT, sqlite_engine
from storage.trouble import server_trouble, sqlite_trouble

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0004"
"""The revision that this version of the product works with: the head of the migrations."""
MIGRATING = 0x48554444
"""The advisory lock of whoever migrates a PostgreSQL database."""


def config() -> Config:
    """Alembic's configuration: the migrations lie beside this file, and there is no alembic.ini."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", "storage:migrations")
    return made


def newest() -> str:
    """The revision that this version of the product works with."""
    return NEWEST


def migrate(address: str | Path | Address, lock: DatabaseLock | None = None) -> tuple[str | None, str]:
    """Bring the database to the newest revision, making it if need be; returns the revision before and after.

    Raises `StorageError` when it cannot be used, is newer than this version, or (a file) is being worked on by
    another process and would have to change beneath it. `lock` is that of a caller who works on the file already.
    """
    where = parse(address)
    if isinstance(where, PostgresServer):
        return _on_server(where)
    return _in_file(where.path, lock)


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None


def revision_at(where: Address) -> str | None:
    """The revision of the database at an address that is there. Raises `StorageError` when it cannot be read."""
    engine = engine_of(where)
    try:
        with engine.connect() as connection:
            return revision_of(connection)
    except DBAPIError as error:
        told = sqlite_trouble(error, where) or (server_trouble(error, where) if _is_server(where) else None)
        raise told or StorageError(f"{where} cannot be used as the database: {error.orig}.") from error
    finally:
        engine.dispose()


def _is_server(where: Address) -> bool:
    return isinstance(where, PostgresServer)


def known_revisions() -> set[str]:
    """Every revision that this version has heard of."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def engine_of(where: Address, begin: str = "BEGIN", *, patient: bool = False) -> Engine:
    """A plain engine on either database; `begin` is how SQLite starts a transaction."""
    if isinstance(where, SqliteFile):
        return sqlite_engine(where.path, begin, 1)
    from storage.server import server_engine

    return server_engine(where, patient=patient)


def _in_file(path: Path, lock: DatabaseLock | None) -> tuple[str | None, str]:
    if not path.resolve().parent.is_dir():
        raise StorageError(f"The folder {path.parent} does not exist; make it or set HUDDLE_DATABASE.")
    engine = engine_of(SqliteFile(path), "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            if revision_of(connection) == newest():
                return newest(), newest()
        mine = DatabaseLock(path).take(BUSY_TIMEOUT) if lock is None else None
        try:
            with engine.begin() as connection:
                return _upgraded(connection, path)
        finally:
            if mine is not None:
                mine.free()
    except DBAPIError as error:
        raise StorageError(f"{path} cannot be used as the database: {error.orig}.") from error
    finally:
        engine.dispose()


def _on_server(server: PostgresServer) -> tuple[str | None, str]:
    from storage.server import OLDEST

    engine = engine_of(server, patient=True)
    try:
        with engine.begin() as connection:
            version = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10000
            if version < OLDEST:
                raise StorageError(f"{server} is PostgreSQL {version}; {OLDEST} or newer is needed.")
            # one of several processes that start together migrates, the others find it done
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
            return _upgraded(connection, server)
    except DBAPIError as error:
        told = server_trouble(error, server)
        raise told or StorageError(f"{server} cannot be used as the database: {error.orig}.") from error
    finally:
        engine.dispose()


def _upgraded(connection: Connection, where: object) -> tuple[str | None, str]:
    before = revision_of(connection)
    if before == NEWEST:
        return before, NEWEST
    if before is not None and before not in known_revisions():
        raise StorageError(
            f"{where} was made by a newer version of Huddle Coach; start that version, or restore a backup."
        )
    from alembic import command

    alembic = config()
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, "head")
    return before, NEWEST
