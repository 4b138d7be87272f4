"""The command line: what it offers, and one sentence with exit code 1 when something is wrong."""

from __future__ import annotations

import json
import runpy
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot import doctor as doctor_module
from bot.doctor import Finding
from storage.migrate import newest
from tests.bot.test_team_setup import NAMED

pytestmark = pytest.mark.usefixtures("bare", "own_logging")

Huddle = Callable[..., tuple[int, str, str]]


@pytest.fixture
def huddle(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Huddle:
    """The command as it is installed: returns the exit code and what it printed to each stream."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["huddle", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, out, err

    return run


@pytest.fixture
def north(bare: Path) -> str:
    (bare / "north.yaml").write_text(NAMED, "utf-8")
    return "north.yaml"


def one_sentence(told: tuple[int, str, str]) -> str:
    """What went wrong: exit code 1, a sentence on standard error and nothing else."""
    code, out, err = told
    assert code == 1
    assert out == ""
    assert "Traceback" not in err
    assert err.count("\n") == 1
    return err.strip()


@pytest.mark.parametrize(
    ("arguments", "offers"),
    [
        (["--help"], ["run", "demo", "doctor", "migrate", "team", "coaching before the act"]),
        (["team", "--help"], ["apply"]),
        (["team", "apply", "--help"], ["FILE", "--workspace"]),
        (["demo", "--help"], ["--script", "--port"]),
        (["run", "--help"], ["Run the coach"]),
    ],
)
def test_help_names_what_there_is(arguments: list[str], offers: list[str]) -> None:
    result = CliRunner().invoke(cli.cli, arguments)
    assert result.exit_code == 0
    for word in offers:
        assert word.casefold() in result.output.casefold()


@pytest.mark.parametrize("arguments", [["fly"], ["team", "fly"], ["team", "apply"], ["demo", "--port", "many"]])
def test_what_is_typed_wrong_is_a_usage_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli.cli, arguments)
    assert result.exit_code == 2
    assert "Usage" in result.output


def test_migrate_makes_the_database_and_is_happy_the_second_time(huddle: Huddle, bare: Path) -> None:
    code, out, _ = huddle("migrate")
    assert (code, out) == (0, f"Made the database at revision {newest()}.\n")
    assert (bare / "huddle.db").exists()
    code, out, _ = huddle("migrate")
    assert (code, out) == (0, f"The database is at revision {newest()}.\n")


def test_migrate_says_from_where_to_where(huddle: Huddle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.migrate.migrate", lambda _path: ("0000", "0001"))
    assert huddle("migrate")[:2] == (0, "Migrated from 0000 to 0001.\n")


def test_a_database_of_a_newer_version_is_one_sentence(huddle: Huddle, bare: Path) -> None:
    huddle("migrate")
    with closing(sqlite3.connect(bare / "huddle.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "was made by a newer version of Huddle Coach" in one_sentence(huddle("migrate"))


def test_a_file_that_is_no_database_is_one_sentence(huddle: Huddle, bare: Path) -> None:
    (bare / "huddle.db").write_text("Dear diary " * 99)
    assert one_sentence(huddle("migrate")) == "huddle.db cannot be used as the database: file is not a database."


def test_a_setting_that_cannot_be_used_is_one_sentence(huddle: Huddle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDDLE_LOG_LEVEL", "loud")
    assert one_sentence(huddle("migrate")).startswith("HUDDLE_LOG_LEVEL cannot be used: ")


def test_running_without_a_token_is_one_sentence(huddle: Huddle, bare: Path) -> None:
    assert one_sentence(huddle("run")).startswith("SLACK_BOT_TOKEN is not set.")
    assert not (bare / "huddle.db").exists()


def test_a_team_is_applied_and_told(huddle: Huddle, north: str) -> None:
    code, out, err = huddle("team", "apply", north, "--workspace", "T1")
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == ["North: created.", "Joined: Ana Sousa, Benno."]
    assert huddle("team", "apply", north, "--workspace", "T1")[1].splitlines()[0] == "North: up to date."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "north.yaml: the file is empty."),
        ("team: [a, b\n", "north.yaml, line 2: this is not YAML"),
        (
            NAMED.replace("Europe/Berlin", "Berlin"),
            "north.yaml, line 2: `Berlin` is not a time zone; write one such as",
        ),
        (NAMED + "colour[red]: blue\n", "`colour[red]` is not known here"),
        (NAMED.replace("    name: Ana Sousa\n", ""), "north.yaml, line 8: U0ANA needs a `name`"),
    ],
)
def test_a_team_file_with_a_mistake_is_one_sentence(
    huddle: Huddle, bare: Path, north: str, text: str, says: str
) -> None:
    (bare / north).write_text(text, "utf-8")
    assert says in one_sentence(huddle("team", "apply", north, "--workspace", "T1"))
    assert not (bare / "huddle.db").exists()


def test_a_team_without_a_workspace_is_one_sentence(huddle: Huddle, north: str) -> None:
    assert "give it with --workspace T0123ABCD" in one_sentence(huddle("team", "apply", north))


def test_a_team_file_that_is_not_there_is_a_usage_error(huddle: Huddle) -> None:
    code, _, err = huddle("team", "apply", "nowhere.yaml")
    assert code == 2
    assert "nowhere.yaml" in err


@pytest.mark.parametrize(("well", "code"), [(True, 0), (False, 1)])
def test_the_doctors_exit_code_says_whether_all_is_well(
    huddle: Huddle, monkeypatch: pytest.MonkeyPatch, well: bool, code: int
) -> None:
    async def examine() -> list[Finding]:
        return [Finding("settings", True, "read"), Finding("database", well, "is damaged.", "Mend it.")]

    monkeypatch.setattr(doctor_module, "examine", examine)
    ended, out, _ = huddle("doctor")
    assert ended == code
    assert out.startswith("ok   settings: read\n")
    assert ("Mend it." in out) is not well


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["python -m bot", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bot", run_name="__main__")
    assert ended.value.code == 0


# -- the coach on the command line


@pytest.fixture
def lines(bare: Path) -> str:
    """Three lines, of which the second is no JSON."""
    text = '{"id": 1, "text": "How about calling Anna?"}\nnope\n{"id": 3, "text": "How will you open the call?"}\n'
    (bare / "lines.jsonl").write_text(text, "utf-8")
    return "lines.jsonl"


def test_questions_are_reviewed_line_by_line_and_a_bad_line_shows_in_the_exit_code(huddle: Huddle, lines: str) -> None:
    code, out, err = huddle("coach", "review", lines)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert err == ""
    assert [row.get("label") for row in rows] == ["bad", None, "good"]
    assert rows[1]["line"] == 2


def test_messages_are_read_line_by_line(huddle: Huddle, bare: Path) -> None:
    said = {"id": "a", "text": "call Anna by 3", "now": "2026-11-24T09:00:00+01:00", "tz": "Europe/Berlin"}
    (bare / "said.jsonl").write_text(json.dumps(said), "utf-8")
    code, out, _ = huddle("coach", "read", "said.jsonl")
    assert code == 0
    assert json.loads(out)["due_at"] == "2026-11-24T15:00:00+01:00"


def test_a_model_is_not_asked_without_a_key(huddle: Huddle, lines: str) -> None:
    assert "OPENAI_API_KEY" in one_sentence(huddle("coach", "read", lines, "--coach", "openai"))


def test_there_is_no_reason_to_tell_before_there_is_a_database(huddle: Huddle) -> None:
    assert "no database" in one_sentence(huddle("coach", "why"))


def test_the_reason_for_the_last_question_is_told_for_every_rep(huddle: Huddle, north: str) -> None:
    huddle("team", "apply", north, "--workspace", "T1")
    code, out, _ = huddle("coach", "why")
    assert code == 0
    assert "nothing was asked yet" in out
    assert "No rep is called 'Nemo'" in one_sentence(huddle("coach", "why", "Nemo"))


@pytest.mark.parametrize("arguments", [("deliveries",), ("deliveries", "retry", "all")])
def test_deliveries_of_no_database_are_told_in_a_sentence_and_make_none(
    huddle: Huddle, bare: Path, arguments: tuple[str, ...]
) -> None:
    assert "no database at huddle.db yet" in one_sentence(huddle(*arguments))
    assert not (bare / "huddle.db").exists()


def test_deliveries_of_a_database_that_is_no_database_are_told_in_a_sentence(huddle: Huddle, bare: Path) -> None:
    (bare / "huddle.db").write_text("not a database" * 100)
    assert "huddle.db" in one_sentence(huddle("deliveries"))


def test_deliveries_of_a_new_database_are_none_and_what_is_not_there_cannot_be_tried_again(
    huddle: Huddle, bare: Path
) -> None:
    assert huddle("migrate")[0] == 0
    code, out, _ = huddle("deliveries")
    assert (code, out) == (0, "Nothing is waiting, nothing failed, and everybody is reached tomorrow.\n")
    assert "in:9 is not set aside" in one_sentence(huddle("deliveries", "retry", "in:9"))
    assert "write in:12 or out:15" in one_sentence(huddle("deliveries", "retry", "everything"))
    code, out, _ = huddle("deliveries", "retry", "all")
    assert (code, out) == (0, "0 will be tried again.\n")
