"""Backups: one SQLite file, whole and checked, from either database and into either."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StorageError
from storage.address import Address, PostgresServer, SqliteFile
from storage.copy import copy, tables
from storage.lock import SUFFIX, DatabaseLock
from storage.migrate import known_revisions, migrate
from storage.trouble import sqlite_trouble


@dataclass(frozen=True)
class Checked:
    """A backup that was looked at: its revision, and how many rows each table has."""

    revision: str
    rows: dict[str, int]


def backup(source: Address, file: Path, *, force: bool = False) -> Checked:
    """Write all that is kept, as it is at one moment, into a new file; the coach may go on working meanwhile.

    The file is there whole and checked or not at all. Raises `StorageError` when it is there already and `force` is
    not given, or when the copy is not sound.
    """
    if file.exists() and not force:
        raise StorageError(f"{file} is there already; give another name, or --force to write over it.")
    if isinstance(source, SqliteFile) and file.exists() and file.samefile(source.path):
        raise StorageError(f"{file} is the database itself; give another name.")
    with _beside(file) as made:
        if isinstance(source, SqliteFile):
            _duplicate(source.path, made)
        else:
            copy(source, SqliteFile(made), in_use=True)
        _in_one_file(made)
        checked = check(made)
        _put(made, file, over=force)
    return checked


def check(file: Path) -> Checked:
    """What is in a backup; raises `StorageError` when it is none of ours, damaged, or of a newer version."""
    if not file.is_file():
        raise StorageError(f"There is no backup at {file}.")
    try:
        with closing(_read_only(file)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            astray = connection.execute("PRAGMA foreign_key_check").fetchone()
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in names:
                raise StorageError(f"{file} is not a backup of Huddle Coach.")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            known = [table.name for table in tables() if table.name in names]
            rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in known}  # noqa: S608
    except sqlite3.Error as error:
        raise StorageError(f"{file} cannot be read as a backup: {error}.") from error
    if sound != "ok" or astray:
        raise StorageError(f"{file} is damaged; use another backup.")
    if row is None or row[0] not in known_revisions():
        raise StorageError(f"{file} was made by a newer version of Huddle Coach; use that version.")
    return Checked(row[0], rows)


def restore(file: Path, target: Address) -> tuple[Checked, Path | None]:
    """Put a backup in the database's place; returns what was in it and where the former database is now.

    A file that was there is kept beside; a PostgreSQL database must be empty. Raises `StorageError`, and changes
    nothing, when the backup is not sound or a process is working on the database.
    """
    checked = check(file)
    if isinstance(target, PostgresServer):
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "restoring.db"
            _same(file, made, checked)
            _in_doubt(made)
            copy(SqliteFile(made), target)
        return checked, None
    path = target.path.resolve()
    if path.exists() and file.samefile(path):
        raise StorageError(f"{file} is the database itself.")
    with DatabaseLock(target.path), _beside(path) as made:
        _same(file, made, checked)
        _in_doubt(made)
        _in_one_file(made)
        former = None
        if path.exists():
            shutil.copymode(path, made)
            former = _set_aside(path)
        _put(made, path, over=True)
    return checked, former


def _in_doubt(made: Path) -> None:
    """What was waiting when the backup was made may have been sent since: it is looked for in Slack before it goes."""
    with closing(sqlite3.connect(made)) as connection, connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(outbox)")}
        if "unsure_since" not in columns:
            return  # a version that did not know of doubt
        connection.execute(
            "UPDATE outbox SET unsure_since = coalesce(unsure_since, created_at)"
            " WHERE op = 'post' AND state IN ('waiting', 'sending')"
        )


def _same(file: Path, made: Path, checked: Checked) -> None:
    """What is in the backup, brought to this version's tables; the backup itself stays as it is."""
    _duplicate(file, made)
    if check(made) != checked:
        raise StorageError(f"{file} could not be copied whole; nothing was changed.")
    migrate(made)


@contextlib.contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A new file in the same folder, for this user only; gone afterwards unless it was put in its place."""
    if not file.resolve().parent.is_dir():
        raise StorageError(f"The folder {file.parent} does not exist.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.resolve().parent)
    except OSError as error:
        raise StorageError(f"{file} cannot be written ({error.strerror}).") from None
    os.close(handle)
    made = Path(name)
    try:
        yield made
    except OSError as error:
        raise StorageError(f"{file} cannot be written ({error.strerror or type(error).__name__}).") from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal", SUFFIX):
            made.with_name(made.name + suffix).unlink(missing_ok=True)


def _duplicate(source: Path, made: Path) -> None:
    """A copy of a file that may be written to meanwhile, as it was at one moment."""
    try:
        with closing(_read_only(source)) as old, closing(sqlite3.connect(made)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        told = sqlite_trouble(error, f"{source} or its copy")
        raise told or StorageError(f"{source} cannot be copied: {error}.") from error


def _read_only(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StorageError(f"There is no database at {path}.")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)


def _in_one_file(path: Path) -> None:
    """Nothing of it stands in a log beside it any more."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def _set_aside(path: Path) -> Path:
    """The former database under another name, with its log. It stays in its place too until it is replaced."""
    with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    number, kept = 1, path.with_name(f"{path.name}.before-restore")
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.name}.before-restore-{number}")
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        log.rename(kept.with_name(f"{kept.name}-wal"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return kept


def _put(made: Path, file: Path, *, over: bool) -> None:
    """In its place at once and for good: first the content reaches the disk, then the name."""
    with made.open("rb") as content:
        os.fsync(content.fileno())
    if over:
        made.replace(file)
    else:
        try:
            os.link(made, file)  # unlike a rename, never over somebody else's file
        except FileExistsError:
            raise StorageError(f"{file} is there already; give another name, or --force to write over it.") from None
        except OSError:  # a file system without links; that nothing is there was looked at before
            made.replace(file)
    folder = os.open(file.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
