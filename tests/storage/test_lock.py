"""One process works on a file: the second is told so, whoever only looks is let in, and a crash leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage.lock import DatabaseLock
from storage.migrate import migrate, newest
from storage.open import open_storage
from tests.storage.rows import add_people

HOLD = """
import sys, time
from storage.open import open_storage
storage = open_storage(sys.argv[1], running=True)
print("working", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(database: Path) -> subprocess.Popen[str]:
    """Another process that works on the database."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    return process


def ended(process: subprocess.Popen[str], by: signal.Signals) -> None:
    process.send_signal(by)
    process.wait(10)
    assert process.stdout is not None
    process.stdout.close()


async def test_a_second_process_is_refused_until_the_first_is_gone_however_it_went(
    database: Path, other: subprocess.Popen[str]
) -> None:
    try:
        with pytest.raises(StorageError) as caught:
            open_storage(database, running=True)
        assert str(caught.value) == (
            f"Another process is working on {database}. Stop it first: two would do everything twice."
        )
        looking = open_storage(database)  # as `team apply` does
        await looking.write(add_people)
        assert [team.name for team in await looking.read(lambda s: s.people.teams())] == ["North"]
        looking.close()
    finally:
        ended(other, signal.SIGKILL)
    open_storage(database, running=True).close()


def test_the_same_file_by_another_name_is_the_same_file(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linked = database.with_name("linked.db")
    linked.symlink_to(database)
    monkeypatch.chdir(database.parent)
    held = open_storage(database, running=True)
    for name in (str(linked), database.name, f"sqlite:///{database}"):
        with pytest.raises(StorageError, match="Another process is working on"):
            open_storage(name, running=True)
    held.close()
    open_storage(linked, running=True).close()


def test_what_could_not_be_opened_is_not_locked(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary " * 99)
    for _ in range(2):
        with pytest.raises(StorageError, match="file is not a database"):
            open_storage(path, running=True)


def test_a_folder_that_is_not_there_is_told_as_ever(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"The folder .*nowhere does not exist; make it or set HUDDLE_DATABASE\."):
        open_storage(tmp_path / "nowhere" / "huddle.db", running=True)


def test_tables_are_not_changed_beneath_a_process_that_works_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrate.BUSY_TIMEOUT", 0.1)
    path = tmp_path / "huddle.db"
    with DatabaseLock(path), pytest.raises(StorageError, match="Another process is working on"):
        migrate(path)
    assert migrate(path) == (None, newest())
    with DatabaseLock(path):
        assert migrate(path) == (newest(), newest())  # nothing to change
