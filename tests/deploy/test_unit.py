"""The unit for systemd: it starts what there is, where there is room to write, with hardly a right, and lets it end."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest
import typer

from bot import cli, huddle
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "huddle-coach.service"
INSTALL = (ROOT / "docs" / "install.md").read_text("utf-8")
ENDS = 10
"""Seconds within which the process ends after SIGTERM; docs/operations.md promises it."""


def options(text: str) -> dict[str, list[str]]:
    """Every option of the unit and its values, in their order."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


OPTIONS = options(UNIT.read_text("utf-8"))


def only(name: str) -> str:
    """The one value of an option."""
    (value,) = OPTIONS[name]
    return value


def test_it_starts_a_command_that_there_is_from_where_the_instructions_put_it() -> None:
    program, *words = only("ExecStart").split()
    assert words == ["run"]
    assert "run" in typer.main.get_command(cli.cli).commands  # type: ignore[attr-defined]
    assert PurePosixPath(program).name == "huddle"
    folder = PurePosixPath(program).parents[2]
    assert str(folder) in INSTALL
    assert ".venv/bin/huddle" in INSTALL


def test_it_may_write_where_the_database_and_the_settings_are_and_nowhere_else(tmp_path: Path) -> None:
    state = f"/var/lib/{only('StateDirectory')}"
    assert only("WorkingDirectory") == state
    assert state in INSTALL
    assert only("ProtectSystem") == "strict"
    assert not {"ReadWritePaths", "BindPaths"} & set(OPTIONS)
    database = PurePosixPath(Settings.model_fields["huddle_database"].default.get_secret_value())
    assert not database.is_absolute(), "so it is in the working directory"
    assert Settings.model_config["env_file"] == ".env", "which is where the settings are read too"


def test_its_user_is_the_one_that_the_instructions_make() -> None:
    assert only("User") == only("Group") == "huddle"
    assert re.search(r"useradd --system .*\bhuddle\b", INSTALL)


def test_what_it_is_given_are_settings_that_there_are() -> None:
    names = {pair.partition("=")[0] for value in OPTIONS["Environment"] for pair in value.split()}
    known = {name.upper() for name in Settings.model_fields} | {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    assert names <= known
    assert not [value for value in OPTIONS["Environment"] if "xoxb" in value or "xapp" in value]


def test_it_is_started_again_however_it_ends_and_gets_time_to_finish() -> None:
    assert only("Restart") == "always"
    assert int(only("RestartSec")) <= 10
    assert only("StartLimitIntervalSec") == "0", "an outage of Slack may be long"
    assert int(only("TimeoutStopSec")) > ENDS > huddle.DRAIN
    assert "KillSignal" not in OPTIONS, "SIGTERM is what it listens to"


@pytest.mark.parametrize(
    "name",
    [
        "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateUsers", "ProtectHostname",
        "ProtectClock", "ProtectKernelTunables", "ProtectKernelModules", "ProtectKernelLogs", "ProtectControlGroups",
        "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality", "MemoryDenyWriteExecute",
    ],
)  # fmt: skip
def test_it_has_hardly_a_right(name: str) -> None:
    assert only(name) == "yes"
    assert only("CapabilityBoundingSet") == ""
    assert OPTIONS["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert only("UMask") == "0077"


@pytest.fixture
def verifiable(tmp_path: Path) -> Path:
    """The unit with a program that is on this machine."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here (Debian's package systemd)")
    there = tmp_path / UNIT.name
    text = UNIT.read_text("utf-8").replace(only("ExecStart").split()[0], shutil.which("true") or "/bin/true")
    there.write_text(text, "utf-8")
    return there


def test_systemd_itself_finds_nothing_wrong_with_it(verifiable: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", verifiable], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_itself_calls_it_hardly_exposed(verifiable: Path) -> None:
    """1.1 of 10, where an ordinary service has 9.6; the threshold is in tenths."""
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(verifiable)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze cannot judge a file")
    assert done.returncode == 0, done.stdout[-300:]


def test_a_mistake_in_it_would_be_found(verifiable: Path) -> None:
    verifiable.write_text(verifiable.read_text("utf-8").replace("ProtectSystem=", "ProtectSytem="), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", verifiable], capture_output=True, text=True, check=False)
    assert "ProtectSytem" in done.stderr
