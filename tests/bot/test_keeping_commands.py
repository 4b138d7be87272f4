"""`huddle migrate --copy`, `backup` and `restore`: what they do, what they say, and one sentence when they cannot."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.keys import FernetKeys
from storage.lock import DatabaseLock
from storage.migrate import newest
from storage.open import open_storage
from tests.bot.adapters.installations import LOST, NEW, NORTH, OLD
from tests.bot.test_cli import Huddle, huddle, north, one_sentence
from tests.bot.test_settings import MANY
from tests.support.postgres import bare_postgres

__all__ = ["bare_postgres", "huddle", "north"]
pytestmark = pytest.mark.usefixtures("bare", "own_logging")


@pytest.fixture
def filled(huddle: Huddle, north: str) -> None:
    """A database with a team in it."""
    assert huddle("team", "apply", north, "--workspace", "T1")[0] == 0


def people(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])


@pytest.mark.usefixtures("filled")
def test_a_copy_is_told_table_by_table(huddle: Huddle, bare: Path) -> None:
    code, out, err = huddle("migrate", "--copy", "sqlite:///huddle.db", "new.db")
    assert (code, err) == (0, "")
    (row,) = [line for line in out.splitlines() if "person" in line]
    assert str(people(bare / "huddle.db")) in row
    assert out.splitlines()[-1] == (
        "new.db has all that is in huddle.db. Set HUDDLE_DATABASE to it before the next start."
    )
    assert people(bare / "new.db") == people(bare / "huddle.db") > 0
    assert one_sentence(huddle("migrate", "--copy", "huddle.db", "new.db")).endswith("nothing was copied.")


@pytest.mark.usefixtures("filled")
def test_a_copy_to_a_server_and_the_product_on_it(
    huddle: Huddle, bare_postgres: str, north: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = huddle("migrate", "--copy", "huddle.db", bare_postgres)
    assert (code, err) == (0, "")
    monkeypatch.setenv("HUDDLE_DATABASE", bare_postgres)
    assert huddle("migrate")[1] == f"The database is at revision {newest()}.\n"
    assert huddle("team", "apply", north, "--workspace", "T1")[1].splitlines()[0] == "North: up to date."
    assert "nothing was asked yet" in huddle("coach", "why")[1]
    code, out, _ = huddle("backup", "kept.db")
    assert code == 0
    assert out.startswith("Kept: ")
    assert one_sentence(huddle("restore", "kept.db")).endswith("nothing was copied.")


@pytest.mark.usefixtures("filled")
def test_what_was_kept_can_be_put_back(huddle: Huddle, bare: Path) -> None:
    code, out, _ = huddle("backup", "kept.db")
    assert code == 0
    assert "person" in out
    assert f"kept.db is whole, at revision {newest()}." in out
    assert "is there already" in one_sentence(huddle("backup", "kept.db"))
    assert huddle("backup", "kept.db", "--force")[0] == 0
    before = people(bare / "huddle.db")
    with closing(sqlite3.connect(bare / "huddle.db")) as connection, connection:
        connection.execute("DELETE FROM manager")
        connection.execute("DELETE FROM person")
    code, out, _ = huddle("restore", "kept.db")
    assert code == 0
    assert out.splitlines()[1:] == [
        "huddle.db is as it was in kept.db.",
        f"What was there before is in {bare.resolve() / 'huddle.db.before-restore'}.",
    ]
    assert people(bare / "huddle.db") == before
    assert people(bare / "huddle.db.before-restore") == 0


@pytest.mark.usefixtures("filled")
def test_a_process_at_work_is_not_disturbed(huddle: Huddle, bare: Path) -> None:
    huddle("backup", "kept.db")
    with DatabaseLock(bare / "huddle.db"):
        assert huddle("backup", "again.db")[0] == 0
        assert huddle("migrate")[0] == 0
        assert huddle("coach", "why")[0] == 0
        for arguments in (["restore", "kept.db"], ["migrate", "--copy", "huddle.db", "new.db"]):
            assert one_sentence(huddle(*arguments)).startswith("Another process is working on huddle.db.")


@pytest.mark.parametrize("given", ["mysql://root:hunter2@host/db", "postgresql://u:hunter2@host:x/db", "sqlite://"])
def test_an_address_that_is_none_is_one_sentence_without_what_was_given(huddle: Huddle, given: str) -> None:
    told = one_sentence(huddle("migrate", "--copy", given, "new.db"))
    assert told.startswith("That is no database: ")
    assert "hunter2" not in told


# -- keys


def many(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    """Settings for many workspaces."""
    for name, value in MANY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HUDDLE_KEYS", ",".join(keys))


def install(where: Path, key: str) -> None:
    """Keep an installation, sealed with the key."""
    storage = open_storage(where)
    sealed = FernetKeys([key]).seal(NORTH)
    asyncio.run(storage.write(lambda s: s.installations.save(sealed)))
    storage.close()


def test_keys_are_rotated_and_how_many_is_told(huddle: Huddle, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(bare / "huddle.db", OLD)
    many(monkeypatch, NEW, OLD)
    told = "1 installation sealed with the first key. The other keys can be taken out of HUDDLE_KEYS.\n"
    assert huddle("rotate-keys") == (0, told, "")
    many(monkeypatch, NEW)
    assert huddle("rotate-keys") == (0, told, "")


def test_without_the_key_nothing_is_rotated(huddle: Huddle, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(bare / "huddle.db", LOST)
    many(monkeypatch, NEW, OLD)
    assert one_sentence(huddle("rotate-keys")).startswith("No key in HUDDLE_KEYS opens the tokens of Northwind;")
    many(monkeypatch, "no-key")
    assert "key 1 is not a Fernet key" in one_sentence(huddle("rotate-keys"))


def test_with_one_token_there_is_no_key_to_rotate(huddle: Huddle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert one_sentence(huddle("rotate-keys")).startswith("SLACK_CLIENT_ID is not set")


def test_a_token_that_is_being_renewed_is_told(huddle: Huddle, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(bare / "huddle.db", OLD)
    with closing(sqlite3.connect(bare / "huddle.db")) as connection, connection:
        connection.execute("UPDATE installation SET lease_until = '2999-01-01 00:00:00.000000'")
    many(monkeypatch, NEW, OLD)
    told = one_sentence(huddle("rotate-keys"))
    assert told.startswith("0 installations sealed with the first key; the token of Northwind is being renewed.")
    assert told.endswith("keep the old key until then.")
