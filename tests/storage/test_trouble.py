"""Trouble with the file: a sentence that says what to do, nothing half-written, and on it goes when it has passed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import structlog
from sqlalchemy import event

from bot.errors import StorageError
from bot.ports.storage import Alarm, AlarmKind, SeenQuestion, Store
from storage.sqlite import SqliteStorage
from tests.storage.rows import AT

WORD = "purple-heron"


def setting(subject: str) -> Callable[[Store], None]:
    return lambda store: store.alarms.set(Alarm(AlarmKind.CHECK, subject, AT))


def much(store: Store) -> None:
    """More than fits into a few pages."""
    for n in range(400):
        store.checkins.add_seen(SeenQuestion("ana", f"q{n}", AT, f"{WORD} " * 40, None))


async def kept(storage: SqliteStorage) -> tuple[list[str], int]:
    return await storage.read(
        lambda s: ([one.subject for one in s.alarms.due(AT, 99)], len(s.checkins.seen("ana", 9999)))
    )


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest_asyncio.fixture
async def limited(database: Path) -> AsyncIterator[tuple[SqliteStorage, list[str]]]:
    """A storage whose writing connections are made with the statements in the list."""
    statements: list[str] = []
    storage = SqliteStorage(database)

    def made(connection: sqlite3.Connection, _record: object) -> None:
        for statement in statements:
            connection.execute(statement)

    event.listen(storage._writing, "connect", made)
    yield storage, statements
    storage.close()


async def all_of(*writes: Any) -> list[Any]:
    return await asyncio.gather(*writes, return_exceptions=True)


async def refused(storage: SqliteStorage, work: Callable[[Store], None], logged: list[Any]) -> str:
    """The sentence that everybody in a batch gets; checks that nobody's words are in it, nor in the log."""
    logged.clear()
    results = await all_of(*(storage.write(one) for one in (setting("before"), work, setting("after"))))
    errors = [one for one in results if one is not None]
    assert errors
    assert all(isinstance(one, StorageError) for one in errors)
    assert logged
    assert all(line["log_level"] == "error" for line in logged)
    assert WORD not in str(logged) + str(errors) + repr([one.__cause__ for one in errors])
    assert len({str(one) for one in errors}) == 1
    assert logged[-1]["reason"] == str(errors[0])
    return str(errors[0])


async def test_a_full_disk(limited: tuple[SqliteStorage, list[str]], logged: list[Any]) -> None:
    storage, statements = limited
    statements.append("PRAGMA max_page_count=1")  # which SQLite raises to what the file has
    said = await refused(storage, much, logged)
    assert said.endswith("is full: no room is left on the disk. Make room; the coach goes on by itself.")
    assert (await kept(storage))[1] == 0
    statements.clear()
    await storage.write(setting("later"))
    await storage.write(much)
    subjects, seen = await kept(storage)
    assert "later" in subjects
    assert seen == 400


async def test_a_read_only_file(limited: tuple[SqliteStorage, list[str]], logged: list[Any]) -> None:
    storage, statements = limited
    statements.append("PRAGMA query_only=ON")  # SQLite's own answer, also for a user who may write every file
    said = await refused(storage, much, logged)
    assert said.endswith("is read-only. Make the file and its folder writable for this user.")
    assert await kept(storage) == ([], 0)
    statements.clear()
    await storage.write(setting("later"))
    assert await kept(storage) == (["later"], 0)


async def test_a_file_that_another_process_keeps_locked(
    database: Path, logged: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.BUSY_TIMEOUT", 0.1)
    storage = SqliteStorage(database)
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = await refused(storage, setting("m"), logged)
        assert said.endswith("is locked by another process. The coach goes on by itself when that one is done.")
        assert await kept(storage) == ([], 0)  # reading goes on meanwhile
        other.rollback()
    await storage.write(setting("later"))
    assert await kept(storage) == (["later"], 0)
    storage.close()


async def test_a_damaged_file(database: Path, logged: list[Any]) -> None:
    first = SqliteStorage(database)
    await first.write(much)
    first.close()
    whole = await asyncio.to_thread(database.read_bytes)
    head, rest = whole[: len(whole) // 2], len(whole) - len(whole) // 2
    await asyncio.to_thread(database.write_bytes, head + b"\xa5" * rest)
    storage = SqliteStorage(database)

    def touch_all(store: Store) -> None:
        list(store.checkins.seen("ana", 9999))

    said = await refused(storage, touch_all, logged)
    assert said.endswith("is damaged. Stop the coach and restore the last backup with `huddle restore`.")
    with pytest.raises(StorageError, match="is damaged"):
        await storage.read(touch_all)
    storage.close()


async def test_an_error_of_one_write_is_not_taken_for_trouble_with_the_file(
    sqlite_storage: SqliteStorage, logged: list[Any]
) -> None:
    def wrong(store: Store) -> None:
        raise ZeroDivisionError

    results = await all_of(sqlite_storage.write(setting("a")), sqlite_storage.write(wrong))
    assert isinstance(results[1], ZeroDivisionError)
    assert (await kept(sqlite_storage))[0] == ["a"]
    assert logged == []


async def test_a_disk_that_is_really_full(blank: Path, tmp_path: Path, logged: list[Any]) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = await asyncio.to_thread(
        subprocess.run, ["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small file system")
    try:
        path = folder / "huddle.db"
        await asyncio.to_thread(path.write_bytes, await asyncio.to_thread(blank.read_bytes))
        storage = SqliteStorage(path)
        await storage.write(setting("first"))
        said = await refused(storage, lambda s: [much(s) for _ in range(20)], logged)  # type: ignore[arg-type, func-returns-value]
        assert said.endswith(("Make room; the coach goes on by itself.", "Check the disk and its free space."))
        subjects, seen = await kept(storage)
        assert "first" in subjects
        assert seen == 0
        await asyncio.to_thread(subprocess.run, ["mount", "-o", "remount,size=64m", str(folder)], check=True)
        await storage.write(much)
        assert (await kept(storage))[1] == 400
        storage.close()
    finally:
        await asyncio.to_thread(subprocess.run, ["umount", "-l", str(folder)], check=True)


def test_a_process_that_may_write_no_larger_file(database: Path) -> None:
    """As with a quota: the system refuses in the middle of a transaction, the file stays whole."""
    script = textwrap.dedent(
        f"""
        import asyncio, resource, sys
        import structlog
        from pathlib import Path
        from storage.sqlite import SqliteStorage
        from tests.storage.test_trouble import much, setting

        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))

        async def main():
            storage = SqliteStorage(Path({str(database)!r}))
            await storage.write(setting("first"))
            resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
            try:
                await storage.write(much)
            except Exception as error:
                print(type(error).__name__, error)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            await storage.write(setting("later"))
            storage.close()

        asyncio.run(main())
        """
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, timeout=60, check=True
    )
    assert ran.stdout.startswith("StorageError The database "), ran.stderr
    assert ran.stdout.count("\n") == 1
    assert WORD not in ran.stdout + ran.stderr
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        subjects = [row[0] for row in connection.execute("SELECT subject FROM alarm ORDER BY subject")]
    assert subjects == ["first", "later"]


async def test_a_file_that_was_taken_away_while_it_is_open(database: Path, logged: list[Any]) -> None:
    """Not noticed by the system: what is open stays open. It must at least not be made anew, empty, in its place."""
    storage = SqliteStorage(database)
    await storage.write(setting("first"))
    await asyncio.to_thread(database.unlink)
    with contextlib.suppress(StorageError):
        await storage.write(setting("second"))
    assert not await asyncio.to_thread(database.exists)
    storage.close()
