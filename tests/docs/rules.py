"""How each documented command that is not `huddle …` is checked: a pattern, and what must hold for what it matches.

What can be run here without a network and without changing the machine is run; of the rest, everything that it names
must be there: targets, files, services, units, options.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from typing import Any

import yaml

from tests.docs.pages import ROOT
from tests.evals import score

Check = Callable[[re.Match[str]], None]
UNIT = "huddle-coach"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
COMPOSE_OPTIONS = {
    "up": {"-d", "--build"}, "down": set(), "run": {"--rm", "-v"}, "logs": {"--follow"}, "ps": set(), "pull": set(),
}  # fmt: skip
"""Subcommands of `docker compose` and their options that the pages use, as Docker's reference has them."""


def make(match: re.Match[str]) -> None:
    """Each target is there, and make can tell what it would do."""
    targets = match["targets"].split()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in targets:
        assert re.search(rf"(?m)^{re.escape(target)}:", makefile), f"the Makefile has no target {target}"
    command = ["make", "--dry-run", "--directory", str(ROOT), *targets]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def module(match: re.Match[str]) -> None:
    """The module can be run, and knows the options."""
    name, words = match["module"], match["words"].split()
    assert importlib.util.find_spec(f"{name}.__main__"), f"{name} cannot be run"
    if name == "tests.evals":
        assert {word for word in words if not word.startswith("--")} <= set(score.SPLITS)
        assert {word for word in words if word.startswith("--")} <= {"--wrong"}
    elif words:
        told = _help(name)
        for option in (word for word in words if word.startswith("--")):
            assert f"{option} " in told, f"{name} has no option {option}"


@cache
def _help(name: str) -> str:
    done = subprocess.run([sys.executable, "-m", name, "--help"], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


def venv(_match: re.Match[str]) -> None:
    """Python brings it."""
    assert importlib.util.find_spec("venv")


def pip(match: re.Match[str]) -> None:
    """What is named is there, checked by hashes or taken without anything else."""
    words = match["words"].split()
    if "-r" in words:
        assert "--require-hashes" in words
        assert (ROOT / words[words.index("-r") + 1]).is_file()
    else:
        assert "--no-deps" in words
        assert words[-1] in (".", f"/opt/{UNIT}")
        assert (ROOT / "pyproject.toml").is_file()
    if "--no-build-isolation" in words:
        assert re.search(r"(?m)^setuptools==", (ROOT / "requirements.lock").read_text("utf-8"))
    told = _pip_help()
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"{re.escape(option)}\b", told), f"pip install has no option {option}"


@cache
def _pip_help() -> str:
    command = [sys.executable, "-m", "pip", "install", "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def compose(match: re.Match[str]) -> None:
    """The subcommand and its options are known ones, and what is named is a service."""
    name, words = match["sub"], match["words"].split()
    assert name in COMPOSE_OPTIONS, f"a table in {__file__} needs docker compose {name}"
    while words and words[0].startswith("-"):
        option = words.pop(0)
        assert option in COMPOSE_OPTIONS[name], f"a table in {__file__} needs {option} of docker compose {name}"
        if option == "-v":
            here, there, *how = words.pop(0).split(":")
            assert here.startswith("./")
            assert there.startswith("/")
            assert how in ([], ["ro"])
    if words:
        assert words[0] in COMPOSE["services"], f"compose.yaml has no service {words[0]}"
    assert (ROOT / COMPOSE["x-worker"]["build"] / "Dockerfile").is_file()


def systemd(match: re.Match[str]) -> None:
    """It is about our unit."""
    assert match["unit"] == UNIT
    assert (ROOT / "deploy" / f"{UNIT}.service").is_file()


def copied(match: re.Match[str]) -> None:
    """What is copied is there."""
    assert (ROOT / match["file"]).is_file()


def installed(match: re.Match[str]) -> None:
    """A step of the service's installation: that page's steps are all run, in their order, by a test of their own."""
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    assert match[0] in page, "only docs/install.md has the steps, and tests/docs/test_install_steps.py runs them"


def for_the_container(match: re.Match[str]) -> None:
    """Whom the folder is given to is who works in the container."""
    assert COMPOSE["x-worker"]["user"].split(":")[0] == match["user"]


def tried(match: re.Match[str]) -> None:
    """Does no harm in an empty folder, so it is run; what is not on this machine is taken on trust."""
    if shutil.which(match[0].split()[0]):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(match[0].split(), capture_output=True, check=True, cwd=folder)


RULES: tuple[tuple[str, Check], ...] = (
    (r"make (?P<targets>[a-z0-9 -]+)", make),
    (r"python -m (?P<module>(bot|tests|benchmarks)[\w.]*)(?P<words>.*)", module),
    (r"(sudo )?python3 -m venv (/opt/huddle-coach/)?\.venv", venv),
    (r"(sudo )?\S*\.venv/bin/pip install (?P<words>.+)", pip),
    (r"docker compose (?P<sub>\w+)(?P<words>.*)", compose),
    (r"sudo systemctl daemon-reload", installed),
    (r"(sudo )?systemctl (start|stop|restart|status|enable --now) (?P<unit>\S+)", systemd),
    (r"journalctl --unit (?P<unit>\S+)( --follow| --lines \d+)?", systemd),
    (r"cp (?P<file>\.env\.example) \.env", copied),
    (r"chmod 600 \.env", lambda match: None),  # run by tests/docs/test_install_steps.py
    (r"sudo install --directory --owner (?P<user>\d+) --mode 0700 backups", for_the_container),
    (r"sudo (useradd|mkdir|cp|install) .+", installed),
    (r"sudo chown --recursive huddle: /var/lib/(?P<unit>\S+)", systemd),
    (r"sudo timedatectl set-ntp true", lambda match: None),  # the clock of this machine is nobody's to test
    (r"systemd-analyze security", lambda match: None),  # run by tests/deploy
    (r"openssl rand -hex 24", tried),
)
