"""Migrations: from nothing to the tables of this version, once, and a sentence when the file cannot be used."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from bot.errors import StorageError
from storage.migrate import config, migrate, newest
from storage.sqlite import SqliteStorage, sqlite_engine
from tests.storage.rows import add_people


def shape(path: Path) -> dict[str, Any]:
    """What a database consists of, as SQLite tells it."""
    with closing(sqlite3.connect(path)) as connection:

        def ask(query: str) -> list[Any]:
            return list(connection.execute(query))

        tables = [row[0] for row in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: (
                sorted(row[1:] for row in ask(f"PRAGMA table_info('{table}')")),
                sorted(row[2:] for row in ask(f"PRAGMA foreign_key_list('{table}')")),
                sorted(
                    (row[2:], [column[2] for column in ask(f"PRAGMA index_info('{row[1]}')")])
                    for row in ask(f"PRAGMA index_list('{table}')")
                ),
            )
            for table in tables
            if table not in {"alembic_version", "sqlite_sequence"}
        } | {"partial indexes": sorted(ask("SELECT name, sql FROM sqlite_master WHERE sql LIKE '%INDEX%WHERE%'"))}


def test_the_migrations_make_the_tables_that_the_code_knows(blank: Path) -> None:
    engine = sqlite_engine(blank, "BEGIN", 1)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata)
    engine.dispose()
    assert found == []


def test_the_migrations_make_the_same_file_as_the_tables_would(blank: Path, tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "tables.db", "BEGIN IMMEDIATE", 1)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert shape(blank) == shape(tmp_path / "tables.db")


def test_a_new_file_is_made_and_brought_to_the_newest_revision(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert migrate(path) == (None, newest())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest(),)]


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert migrate(path) == (None, newest())


async def test_migrating_again_changes_nothing_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "huddle.db"
    migrate(path)
    storage = SqliteStorage(path)
    await storage.write(add_people)
    storage.close()
    before = shape(path)
    assert migrate(path) == (newest(), newest())
    assert shape(path) == before
    storage = SqliteStorage(path)
    assert [team.name for team in await storage.read(lambda s: s.people.teams())] == ["North"]
    storage.close()


def test_processes_that_start_at_the_same_time_migrate_once(tmp_path: Path) -> None:
    path = tmp_path / "huddle.db"
    results: list[tuple[str | None, str] | Exception] = []
    gate = threading.Barrier(3)

    def start() -> None:
        gate.wait(5)
        try:
            results.append(migrate(path))
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(map(str, results)) == sorted(map(str, [(None, newest()), (newest(), newest()), (newest(), newest())]))


def test_there_is_one_line_of_revisions_and_each_can_be_told_apart() -> None:
    script = ScriptDirectory.from_config(config())
    assert script.get_heads() == [newest()]
    assert all(one.down_revision is None or isinstance(one.down_revision, str) for one in script.walk_revisions())


def test_a_database_of_a_newer_version_is_left_alone(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = database.read_bytes()
    with pytest.raises(StorageError, match=r"was made by a newer version .* start that version, or restore a backup\."):
        migrate(database)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    assert shape(database)
    assert len(before) == len(database.read_bytes())


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("notes.txt", r"notes\.txt cannot be used as the database: file is not a database\."),
        ("folder", r"folder cannot be used as the database: unable to open database file\."),
        ("nowhere/huddle.db", r"The folder .*nowhere does not exist; make it or set HUDDLE_DATABASE\."),
        ("notes.txt/huddle.db", r"The folder .*notes\.txt does not exist; make it or set HUDDLE_DATABASE\."),
        ("strange.db", r"strange\.db cannot be used as the database: table .* already exists\."),
        ("damaged.db", r"damaged\.db cannot be used as the database: .*"),
    ],
)
def test_a_path_that_is_no_database_of_ours_is_told_in_one_sentence(
    blank: Path, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary, this is no database. " * 100)
    (tmp_path / "folder").mkdir()
    with closing(sqlite3.connect(tmp_path / "strange.db")) as connection, connection:
        connection.execute("CREATE TABLE alarm (id INTEGER)")
    (tmp_path / "damaged.db").write_bytes(blank.read_bytes()[:4096] + b"\xff" * 4096)
    with pytest.raises(StorageError, match=says) as caught:
        migrate(tmp_path / name)
    assert "\n" not in str(caught.value)
