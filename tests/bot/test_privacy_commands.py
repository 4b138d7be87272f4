"""`huddle export` and `huddle erase`: for somebody who asks the operator."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.test_cli import Huddle, huddle, north, one_sentence

__all__ = ["huddle", "north"]
pytestmark = pytest.mark.usefixtures("bare", "own_logging")


@pytest.fixture
def filled(huddle: Huddle, north: str) -> None:
    """A database with a team in it."""
    assert huddle("team", "apply", north, "--workspace", "T1")[0] == 0


def somebody(path: Path) -> tuple[str, str]:
    """A rep's Slack id and name."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT slack_id, name FROM person WHERE rep_of IS NOT NULL").fetchone()
        return str(found[0]), str(found[1])


def said(path: Path, words: str) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return any(words in line for line in connection.iterdump())


@pytest.mark.usefixtures("filled")
def test_everything_kept_is_written_into_files_for_their_owner_only(huddle: Huddle, bare: Path) -> None:
    member, name = somebody(bare / "huddle.db")
    code, out, err = huddle("export", member, "theirs")
    assert (code, err) == (0, "")
    files = sorted((bare / "theirs").iterdir())
    assert sorted(out.split()) == [f"theirs/{one.name}" for one in files]
    assert [one.name.rpartition("-20")[0] for one in files] == ["commitments", "everything", "messages"]
    assert all(one.stat().st_mode & 0o077 == 0 for one in [*files, bare / "theirs"])
    whole = json.loads(next(one for one in files if one.suffix == ".json").read_text("utf-8"))
    assert whole["you"][0]["name"] == name


@pytest.mark.usefixtures("filled")
def test_erasing_asks_first_and_then_leaves_nothing_of_them(
    huddle: Huddle, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, name = somebody(bare / "huddle.db")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert huddle("erase", member)[0] == 1, "nobody said yes"
    assert said(bare / "huddle.db", name)
    code, out, err = huddle("erase", member, "--yes")
    assert (code, err) == (0, "")
    assert out.startswith("Erased: 0 messages")
    assert one_sentence(huddle("erase", member, "--yes")) == f"Nothing is kept of {member}."
    with closing(sqlite3.connect(bare / "huddle.db")) as connection:
        assert connection.execute("SELECT count(*) FROM person WHERE name = ?", (name,)).fetchone() == (0,)


@pytest.mark.usefixtures("filled")
def test_somebody_unknown_is_told_of_in_a_sentence(huddle: Huddle) -> None:
    assert one_sentence(huddle("export", "U0NOBODY", "x")) == "Nothing is kept of U0NOBODY."
    told = one_sentence(huddle("erase", "U0NOBODY", "--workspace", "T1", "--yes"))
    assert told == "Nothing is kept of U0NOBODY in T1."


@pytest.mark.usefixtures("filled")
def test_somebody_known_in_two_workspaces_has_to_be_told_apart(huddle: Huddle, north: str, bare: Path) -> None:
    assert huddle("team", "apply", north, "--workspace", "T2")[0] == 0
    member, _ = somebody(bare / "huddle.db")
    assert "name one: --workspace T1" in one_sentence(huddle("erase", member, "--yes"))
    assert huddle("erase", member, "--workspace", "T2", "--yes")[0] == 0
    assert huddle("export", member, "theirs")[0] == 0, "the other one is still there"


def test_without_a_database_there_is_nothing_to_hand_out(huddle: Huddle) -> None:
    assert "no database" in one_sentence(huddle("export", "U0ANA", "x"))
