"""What is erased is gone from the disk, and not only from the tables."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from storage.sqlite import SqliteStorage
from tests.storage.rows import ANA, AT, a_checkin, a_commitment, add_people

SECRET = "Zacharias"


@pytest_asyncio.fixture
async def storage(sqlite_storage: SqliteStorage) -> SqliteStorage:
    """Here it is always the file."""
    await sqlite_storage.write(add_people)
    await sqlite_storage.write(lambda s: s.checkins.add(a_checkin()))
    await sqlite_storage.write(lambda s: s.commitments.add(replace(a_commitment(), action=f"call {SECRET}")))
    return sqlite_storage


def files_with(storage: SqliteStorage, words: str) -> list[str]:
    """The database's files in which the words stand as they are."""
    folder, name = storage.path.parent, storage.path.name
    return sorted(file.name for file in Path(folder).glob(f"{name}*") if words.encode() in file.read_bytes())


async def test_what_somebody_wrote_stands_in_no_file_once_it_is_erased(storage: SqliteStorage) -> None:
    assert files_with(storage, SECRET)
    await storage.write(lambda s: s.records.erase(ANA, AT))
    assert files_with(storage, SECRET) == []


async def test_somebody_who_reads_delays_it_to_the_next_write_and_no_longer(storage: SqliteStorage) -> None:
    reading, read = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slowly(store: object) -> None:
        assert store.commitments.get("m1") is not None  # type: ignore[attr-defined]
        loop.call_soon_threadsafe(reading.set)
        asyncio.run_coroutine_threadsafe(read.wait(), loop).result(10)

    reader = asyncio.create_task(storage.read(slowly))
    await reading.wait()
    await storage.write(lambda s: s.records.erase(ANA, AT))
    assert files_with(storage, SECRET), "the reader sees the database as it was"
    read.set()
    await reader
    await storage.write(lambda s: s.workspaces.get("T1"))
    assert files_with(storage, SECRET) == []
