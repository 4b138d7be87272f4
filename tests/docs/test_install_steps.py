"""The steps of docs/install.md, run one after the other in a copy of the source with a root of their own.

What would change this machine (users, units, packages) is played by scripts that write down what they were asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.docs.rules import UNIT

PAGE = (ROOT / "docs" / "install.md").read_text("utf-8")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = ("/opt/", "/var/lib/", "/etc/", "/usr/local/")
ACTORS = ("useradd", "systemctl", "python3")
PLAYED = """#!/bin/sh
echo "$(basename "$0") $*" >> "{log}"
if [ "$(basename "$0")" = python3 ]; then
    mkdir -p "$3/bin"
    for one in pip huddle; do cp "$0" "$3/bin/$one"; done
fi
"""
SUDO = """#!/bin/sh
while [ "${1#--}" != "$1" ]; do shift 2; done
exec "$@"
"""


def steps(title: str) -> list[str]:
    """The console blocks below a heading of the page, up to the next one."""
    part = re.split(r"(?m)^#+ ", PAGE.split(f"# {title}\n", 1)[1], maxsplit=1)[0]
    return BLOCK.findall(part)


class Machine:
    """A folder that stands for a machine, with the source in it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.source, self.log = folder / "root", folder / "source", folder / "log"
        self._scripts = folder / "bin"
        for place in (*(self.root / one.strip("/") for one in PLACES), self.source, self._scripts):
            place.mkdir(parents=True)
        for place in (self.root / "etc/systemd/system", self.root / "usr/local/bin"):
            place.mkdir(parents=True)
        for name in (".env.example", "pyproject.toml", "README.md", "requirements.lock"):
            shutil.copy(ROOT / name, self.source)
        shutil.copytree(ROOT / "deploy", self.source / "deploy")
        for name in ("bot", "handlers", "prompts", "storage"):
            (self.source / name).mkdir()
            shutil.copy(ROOT / name / "__init__.py", self.source / name)
        for name in ACTORS:
            self._script(name, PLAYED.format(log=self.log))
        self._script("sudo", SUDO)

    def run(self, block: str) -> None:
        """Type a block; raises when one of its commands fails."""
        for place in PLACES:
            block = re.sub(rf"(?<=[ =]){place}", f"{self.root}{place}", block)
        block = re.sub(r" --(owner|group) \S+", "", block)  # there is no such user here
        surroundings = {"PATH": f"{self._scripts}:{os.environ['PATH']}"}
        done = subprocess.run(
            ["sh", "-eu", "-c", block], cwd=self.source, env=surroundings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def mode(self, path: str) -> int:
        """The rights of a file there."""
        return stat.S_IMODE((self.root / path).stat().st_mode)

    def _script(self, name: str, text: str) -> None:
        (self._scripts / name).write_text(text)
        (self._scripts / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_program_is_installed_step_by_step(machine: Machine) -> None:
    (block,) = steps("2. Install the program")
    machine.run(block)
    assert (machine.source / ".env").read_text() == (ROOT / ".env.example").read_text()
    assert stat.S_IMODE((machine.source / ".env").stat().st_mode) == 0o600
    assert machine.log.read_text().splitlines() == [
        "python3 -m venv .venv",
        "pip install --require-hashes -r requirements.lock",
        "pip install --no-deps --no-build-isolation .",
    ]


def test_the_service_is_installed_step_by_step(machine: Machine) -> None:
    machine.run(steps("2. Install the program")[0])
    (machine.source / "huddle.db").write_text("kept")
    install, take_along, _ = steps("As a service, with systemd")
    before, last = install.strip().rsplit("\n", 1)
    machine.run(before)
    machine.run(take_along)
    machine.run(last)
    assert (machine.root / f"var/lib/{UNIT}/huddle.db").read_text() == "kept"
    assert machine.mode(f"var/lib/{UNIT}") == 0o750
    assert machine.mode(f"var/lib/{UNIT}/.env") == 0o640
    unit = (machine.root / f"etc/systemd/system/{UNIT}.service").read_text()
    program = re.search(r"(?m)^ExecStart=/(\S+)", unit)
    assert program is not None
    assert os.access(machine.root / program[1], os.X_OK), "the unit starts what was installed"
    assert os.access(machine.root / "usr/local/bin/huddle", os.X_OK)
    assert (machine.root / f"opt/{UNIT}/requirements.lock").is_file()
    told = machine.log.read_text()
    assert "useradd --system " in told
    assert told.rstrip().endswith(f"systemctl enable --now {UNIT}")


def test_everything_that_is_installed_is_copied_first(machine: Machine) -> None:
    """What the project says that it is made of; the readme too, since its metadata names it."""
    copied = re.search(r"cp --recursive (.+) /opt", PAGE)
    assert copied is not None
    project = (ROOT / "pyproject.toml").read_text()
    packages = {
        name.split(".")[0] for name in re.findall(r'(?m)^    "((?:bot|handlers|prompts|storage)[\w.]*)",$', project)
    }
    assert packages | {"pyproject.toml", "README.md", "requirements.lock", "deploy"} == set(copied[1].split())


def test_the_command_for_the_service_goes_where_the_unit_works() -> None:
    unit = (ROOT / "deploy" / f"{UNIT}.service").read_text()
    script = (ROOT / "deploy" / "huddle").read_text()
    folder = re.search(r"(?m)^WorkingDirectory=(\S+)", unit)
    program = re.search(r"(?m)^ExecStart=(\S+)", unit)
    assert folder is not None
    assert program is not None
    assert f'cd {folder[1]} && exec {program[1]} "$@"' in script
    assert subprocess.run(["sh", "-n", ROOT / "deploy" / "huddle"], check=False).returncode == 0
    assert os.access(ROOT / "deploy" / "huddle", os.X_OK)


def test_a_step_that_fails_would_be_seen(machine: Machine) -> None:
    with pytest.raises(AssertionError):
        machine.run("cp .env.nowhere .env\n")
