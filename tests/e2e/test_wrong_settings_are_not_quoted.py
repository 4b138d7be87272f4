"""What the commands say when a setting is wrong, or what it leads to: never the setting itself, if it is a secret."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from bot import cli
from bot.settings import Settings
from tests.e2e.secrets import SECRETS, TRACES, WORD, traces

pytestmark = pytest.mark.stand_in

Huddle = Callable[..., int]


def test_every_secret_that_can_be_set_is_looked_for() -> None:
    secret = {name.upper() for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert secret == set(SECRETS)
    assert [traces(value) for value in SECRETS.values()] == [[one] for one in TRACES]


def test_what_is_called_like_a_secret_is_kept_as_one() -> None:
    numbers = {"openai_tokens_a_day"}
    for name in set(Settings.model_fields) - numbers:
        if any(word in name for word in ("token", "secret", "password", "_key", "keys")):
            assert "SecretStr" in str(Settings.model_fields[name].annotation), name


def test_a_trace_would_be_found() -> None:
    assert traces(json.dumps({"error": "token xoxb-7301-Heliotrope"})) == ["heliotrope"]
    assert traces("mysql://huddle:7306magenta@db") == ["magenta"]
    assert traces(f"could not keep {WORD.upper()}") == [WORD]
    assert traces(str(SecretStr(SECRETS["OPENAI_API_KEY"]))) == []


@pytest.fixture
def huddle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[Huddle]:
    """The command in an empty folder, without any server; what it says must be a sentence and hold no trace."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    nowhere = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    tokens = {name: SECRETS[name] for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}
    for name, value in (nowhere | tokens | {"HUDDLE_HEALTH_PORT": "0", "HUDDLE_LOG_LEVEL": "debug"}).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["huddle", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = "".join(capfd.readouterr())
        assert said.strip()
        assert "Traceback" not in said
        assert traces(said) == []
        return ended.value.code if isinstance(ended.value.code, int) else 0

    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield run
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("command", ["run", "doctor"])
@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_that_cannot_be_used_is_not_quoted(
    huddle: Huddle, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    """Cut short, or in the place of another: as happens when one copies the wrong line."""
    monkeypatch.setenv(name, {"HUDDLE_DATABASE": "mysql://huddle:7306magenta@db/huddle"}.get(name, SECRETS[name][5:]))
    assert huddle(command) == 1


@pytest.mark.parametrize(
    "address",
    [
        SECRETS["HUDDLE_DATABASE"],
        "postgresql://huddle:7306magenta@127.0.0.1:1/huddle?sslmode=7306magenta",
        "postgresql://huddle:7306magenta@127.0.0.1:none/huddle",
        "postgresql://huddle:7306@magenta@127.0.0.1:1/huddle",
        "postgresql://huddle:7306/magenta@127.0.0.1:1/huddle",
        "postgresql://huddle:7306?magenta@127.0.0.1:1/huddle",
        "postgresql://huddle:7306#magenta@127.0.0.1:1/huddle",
        "postgresql://huddle:7306:magenta@127.0.0.1:1/huddle",
        "postgresql://huddle:7306magenta@127.0.0.1:1/",
        "postgresql://127.0.0.1:1/huddle?user=huddle&password=7306magenta",
    ],
)
@pytest.mark.parametrize("command", [("run",), ("doctor",), ("migrate",), ("backup", "kept"), ("deliveries",)])
def test_an_address_with_a_password_is_not_quoted(
    huddle: Huddle, monkeypatch: pytest.MonkeyPatch, address: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HUDDLE_DATABASE", address)
    assert huddle(*command) == 1


def test_two_addresses_on_the_command_line_are_not_quoted_either(huddle: Huddle) -> None:
    assert huddle("migrate", "--copy", "postgresql://huddle:7306@magenta@127.0.0.1:1/huddle", "new.db") == 1
    assert huddle("migrate", "--copy", "huddle.db", SECRETS["HUDDLE_DATABASE"]) == 1


def test_the_doctor_with_everything_set_quotes_no_secret(huddle: Huddle, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HUDDLE_HTTP_PORT", "8080")
    assert huddle("doctor") == 1


def test_a_fault_of_ours_in_a_command_shows_no_variables(capfd: pytest.CaptureFixture[str]) -> None:
    """Typer prints a traceback of its own, by a hook that is set when a command fails."""

    @cli.cli.command("fail-for-a-test", hidden=True)
    def fail() -> None:
        word = "".join(("ultra", "marine"))
        raise LookupError(len(word))

    try:
        with pytest.raises(LookupError) as raised:
            cli.cli(["fail-for-a-test"])
        sys.excepthook(raised.type, raised.value, raised.tb)
    finally:
        cli.cli.registered_commands.pop()
    said = capfd.readouterr().err
    assert "LookupError: 11" in said
    assert traces(said) == []
