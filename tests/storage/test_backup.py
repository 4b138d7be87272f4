"""Backups: made while the coach works, whole or not there at all, and put back without losing what was there."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.ports.messages import Delivery, Lane, Message, Outgoing, Rendered
from bot.ports.storage import Alarm, AlarmKind, Store
from storage import backup as backups
from storage.address import PostgresServer, SqliteFile, parse
from storage.backup import backup, check, restore
from storage.lock import DatabaseLock
from storage.migrate import newest
from storage.open import AnyStorage, open_storage
from storage.postgres import PostgresStorage
from storage.sqlite import SqliteStorage
from tests.storage.rows import AT, add_people


def address_of(storage: AnyStorage) -> SqliteFile | PostgresServer:
    return storage.server if isinstance(storage, PostgresStorage) else SqliteFile(storage.path)


def names(where: SqliteFile | PostgresServer) -> list[str]:
    async def read() -> list[str]:
        storage = open_storage(where, upgrade=False)
        found = [team.name for team in await storage.read(lambda s: s.people.teams())]
        storage.close()
        return found

    return asyncio.run(read())


def at_work(path: Path) -> SqliteStorage:
    """A storage in which something was just written."""
    storage = SqliteStorage(path)
    asyncio.run(storage.write(add_people))
    return storage


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def in_one_piece(file: Path) -> bool:
    """Whether it needs no log beside it."""
    return file.read_bytes()[18:20] == b"\x01\x01"


def rest(folder: Path) -> set[str]:
    """What lies there besides databases that were made on purpose and their logs."""
    return {path.name for path in folder.iterdir() if path.suffix not in {".db", ".lock"}} - {
        "huddle.db-wal",
        "huddle.db-shm",
    }


async def test_a_backup_has_everything_while_the_storage_is_at_work(storage: AnyStorage, tmp_path: Path) -> None:
    await storage.write(add_people)
    file = tmp_path / "kept.db"
    checked = await asyncio.to_thread(backup, address_of(storage), file)
    assert checked.revision == newest()
    assert {name: count for name, count in checked.rows.items() if count} == {"team": 1, "person": 3, "manager": 1}
    assert check(file) == checked
    assert rest(tmp_path) == set()
    assert mode(file) == 0o600
    assert in_one_piece(file)


async def test_a_backup_is_one_moment_of_a_database_that_never_rests(storage: AnyStorage, tmp_path: Path) -> None:
    """Two alarms are always set together; no backup may have one without the other."""
    stop = asyncio.Event()

    async def keep_writing() -> int:
        n = 0
        while not stop.is_set():
            n += 1

            def both(store: Store, n: int = n) -> None:
                store.alarms.set(Alarm(AlarmKind.CHECK, f"m{n}", AT))
                store.alarms.set(Alarm(AlarmKind.EXPIRY, f"m{n}", AT))

            await storage.write(both)
        return n

    writing = asyncio.ensure_future(keep_writing())
    counts = []
    for n in range(3):
        checked = await asyncio.to_thread(backup, address_of(storage), tmp_path / f"{n}.db")
        counts.append(checked.rows["alarm"])
    stop.set()
    assert await writing > 0
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)


def test_a_file_that_is_there_is_not_written_over_unless_told_so(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    file.write_text("something else")
    with pytest.raises(StorageError, match=r"is there already; give another name, or --force to write over it\."):
        backup(SqliteFile(database), file)
    assert file.read_text() == "something else"
    backup(SqliteFile(database), file, force=True)
    assert check(file).revision == newest()
    with pytest.raises(StorageError, match="is the database itself"):
        backup(SqliteFile(database), database, force=True)


def test_a_backup_that_went_wrong_is_not_there(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_path: Path) -> None:
        raise StorageError("it is damaged")

    monkeypatch.setattr(backups, "check", broken)
    with pytest.raises(StorageError, match="it is damaged"):
        backup(SqliteFile(database), tmp_path / "kept.db")
    assert not (tmp_path / "kept.db").exists()
    assert rest(tmp_path) == set()
    with pytest.raises(StorageError, match=r"The folder .*nowhere does not exist\."):
        backup(SqliteFile(database), tmp_path / "nowhere" / "kept.db")
    with pytest.raises(StorageError, match="There is no database at"):
        backup(SqliteFile(tmp_path / "none.db"), tmp_path / "kept.db")


def test_a_backup_to_a_full_disk_is_not_there(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match=r"kept\.db cannot be written \(No space left on device\)\."):
        backup(SqliteFile(database), tmp_path / "kept.db")
    assert not (tmp_path / "kept.db").exists()
    assert rest(tmp_path) == set()


# -- restore


def test_what_was_kept_is_put_back_and_what_was_there_is_kept_beside(database: Path, tmp_path: Path) -> None:
    target, file = SqliteFile(database), tmp_path / "kept.db"
    backup(target, file)  # empty
    storage = at_work(database)
    storage.close()
    database.chmod(0o640)
    checked, former = restore(file, target)
    assert checked == check(file)
    assert former == database.with_name("huddle.db.before-restore")
    assert names(target) == []
    assert names(SqliteFile(former)) == ["North"]
    assert mode(database) == 0o640
    _, second = restore(file, target)
    assert second == database.with_name("huddle.db.before-restore-2")
    assert names(SqliteFile(former)) == ["North"]


def test_what_only_stands_in_the_log_is_kept_beside_too(database: Path, tmp_path: Path) -> None:
    """As after a crash: the former database's last writes are not yet in its file, and must not reach the new one."""
    file, crashed = tmp_path / "kept.db", tmp_path / "crashed.db"
    backup(SqliteFile(database), file)
    storage = at_work(database)
    for suffix in ("", "-wal"):
        crashed.with_name(crashed.name + suffix).write_bytes(Path(f"{database}{suffix}").read_bytes())
    storage.close()
    _, former = restore(file, SqliteFile(crashed))
    assert former is not None
    assert names(SqliteFile(crashed)) == []
    assert names(SqliteFile(former)) == ["North"]


def test_a_damaged_database_can_be_replaced(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    storage = at_work(database)
    backup(SqliteFile(database), file)
    storage.close()
    database.write_bytes(b"\xa5" * 5000)
    _, former = restore(file, SqliteFile(database))
    assert former is not None
    assert former.read_bytes() == b"\xa5" * 5000
    assert names(SqliteFile(database)) == ["North"]


async def test_a_backup_moves_from_either_kind_to_either_kind(
    storage: AnyStorage, bare_postgres: str, tmp_path: Path
) -> None:
    await storage.write(add_people)
    file = tmp_path / "kept.db"
    await asyncio.to_thread(backup, address_of(storage), file)
    for target in (parse(bare_postgres), SqliteFile(tmp_path / "new.db")):
        _, former = await asyncio.to_thread(restore, file, target)
        assert former is None
        assert await asyncio.to_thread(names, target) == ["North"]
    with pytest.raises(StorageError, match="is not empty"):
        await asyncio.to_thread(restore, file, parse(bare_postgres))


def test_nothing_is_put_back_beneath_a_process_at_work(database: Path, tmp_path: Path) -> None:
    backup(SqliteFile(database), tmp_path / "kept.db")
    before = database.read_bytes()
    with DatabaseLock(database), pytest.raises(StorageError, match="Another process is working on"):
        restore(tmp_path / "kept.db", SqliteFile(database))
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "There is no backup at"),
        (b"Dear diary " * 99, "cannot be read as a backup: file is not a database"),
        (b"", "is not a backup of Huddle Coach"),
        ("other", "is not a backup of Huddle Coach"),
        ("newer", "was made by a newer version of Huddle Coach; use that version"),
        ("damaged", "is damaged; use another backup|cannot be read as a backup"),
        ("astray", "is damaged; use another backup"),
    ],
)
def test_a_file_that_cannot_be_put_back_changes_nothing(
    database: Path, blank: Path, tmp_path: Path, content: bytes | str | None, says: str
) -> None:
    file = tmp_path / "kept.db"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        if content != "other":
            backup(SqliteFile(blank), file)
        with closing(sqlite3.connect(file)) as connection, connection:
            if content == "other":
                connection.execute("CREATE TABLE note (id INTEGER)")
            elif content == "newer":
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
            elif content == "astray":
                connection.execute("INSERT INTO manager VALUES ('none', 'none', 1)")
        if content == "damaged":
            whole = file.read_bytes()
            file.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    before = database.read_bytes()
    for target in (SqliteFile(database), SqliteFile(tmp_path / "new.db")):
        with pytest.raises(StorageError, match=says) as caught:
            restore(file, target)
        assert "\n" not in str(caught.value)
    assert database.read_bytes() == before
    assert not (tmp_path / "new.db").exists()
    assert not list(tmp_path.glob("*before-restore*"))


def test_a_backup_of_an_older_version_is_brought_up_to_date(database: Path, tmp_path: Path) -> None:
    from alembic import command
    from sqlalchemy import create_engine

    from storage.migrate import config

    file = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        alembic = config()
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "0001")
    engine.dispose()
    checked, _ = restore(file, SqliteFile(database))
    assert checked.revision == "0001"
    assert check(database).revision == newest()
    assert check(file).revision == "0001"  # the backup itself stays as it is


def test_what_was_waiting_comes_back_in_doubt_since_it_may_have_been_sent_since(database: Path, tmp_path: Path) -> None:
    file, target = tmp_path / "kept.db", tmp_path / "new.db"
    message = Outgoing("k", "T1", "UANA", Lane.REPLY, Message("x"), AT, AT + timedelta(hours=1))

    async def put() -> None:
        storage = open_storage(database)
        await storage.write(lambda s: s.outbox.add(message, Rendered("hello", []), "d1", AT))
        storage.close()

    async def taken() -> Sequence[Delivery]:
        storage = open_storage(target)
        found = await storage.write(lambda s: s.outbox.claim(AT, AT + timedelta(seconds=30), 1))
        storage.close()
        return found

    asyncio.run(put())
    backup(SqliteFile(database), file)
    restore(file, SqliteFile(target))
    assert [one.unsure_since for one in asyncio.run(taken())] == [AT]
