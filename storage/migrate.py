"""Bringing a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from bot.errors import StorageError
from storage.sqlite import sqlite_engine


def config() -> Config:
    """Alembic's configuration: the migrations lie beside this file, and there is no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", "storage:migrations")
    return made


def newest() -> str:
    """The revision that this version of the product works with."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head


def migrate(path: Path) -> tuple[str | None, str]:
    """Bring the file to the newest revision, making it if need be; returns the revision before and after.

    Raises `StorageError` when the file cannot be used or is newer than this version.
    """
    if not path.resolve().parent.is_dir():
        raise StorageError(f"The folder {path.parent} does not exist; make it or set HUDDLE_DATABASE.")
    engine = sqlite_engine(path, "BEGIN IMMEDIATE", 1)
    try:
        with engine.begin() as connection:
            before = MigrationContext.configure(connection).get_current_revision()
            known = {s.revision for s in ScriptDirectory.from_config(config()).walk_revisions()}
            if before is not None and before not in known:
                raise StorageError(
                    f"{path} was made by a newer version of Huddle Coach; start that version, or restore a backup."
                )
            alembic = config()
            alembic.attributes["connection"] = connection
            command.upgrade(alembic, "head")
        return before, newest()
    except DatabaseError as error:
        raise StorageError(f"{path} cannot be used as the database: {error.orig}.") from error
    finally:
        engine.dispose()
