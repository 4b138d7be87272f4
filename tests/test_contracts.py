"""The architecture is held by import-linter, the manifest by the code: a step over a line fails by its name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.scopes import SCOPES
from bot.settings import Settings
from handlers.lifecycle import GONE
from handlers.people import LISTENED

ROOT = Path(__file__).parents[1]
TOP = ("bot", "handlers", "prompts", "storage")
LINTER = (sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()")
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))

DOWN = "Imports go down"
ONLY_APP = "Only the app and the commands know who implements the ports"
IMPLEMENTATIONS = "Implementations see ports and domain"
PURE = "The domain is the standard library only"
DATABASE = "The database libraries belong to storage"
SLACK = "Slack's libraries belong to the edge"

PLANTED = [
    ("bot/domain/checkin.py", "import storage.tables", ONLY_APP),
    ("bot/domain/checkin.py", "import bot.services.checkin", DOWN),
    ("bot/domain/people.py", "import pydantic", PURE),
    ("bot/ports/storage.py", "import bot.services.tick", DOWN),
    ("bot/services/checkin.py", "import bot.adapters.rule_coach", ONLY_APP),
    ("bot/services/checkin.py", "import sqlmodel", DATABASE),
    ("bot/services/nudge.py", "import bot.delivery.sender", DOWN),
    ("bot/services/nudge.py", "import slack_sdk", SLACK),
    ("bot/services/summary.py", "import bot.settings", ONLY_APP),
    ("bot/delivery/intake.py", "import storage.inbox", ONLY_APP),
    ("bot/scheduler.py", "import storage.alarms", ONLY_APP),
    ("handlers/buttons.py", "import prompts.render", ONLY_APP),
    ("handlers/buttons.py", "import bot.app", DOWN),
    ("storage/inbox.py", "import bot.services.replies", IMPLEMENTATIONS),
    ("storage/outbox.py", "import prompts.blocks", "Storage and prompts stand alone"),
    ("bot/adapters/rule_coach.py", "import storage.people", "Adapters do not reach into storage"),
    ("bot/adapters/team_file.py", "import openai", "openai belongs to its adapter"),
    ("bot/app.py", "import jinja2", "jinja2 belongs to prompts"),
    ("handlers/commands.py", "import apscheduler", "apscheduler belongs to the scheduler"),
    ("prompts/render.py", "import sqlalchemy", DATABASE),
]


def lint(folder: Path) -> tuple[int, str]:
    """import-linter's exit code and what it says, on one line."""
    ended = subprocess.run(
        [*LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    return ended.returncode, " ".join((ended.stdout + ended.stderr).split())


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code to plant things in."""
    folder = tmp_path_factory.mktemp("tree")
    for top in TOP:
        shutil.copytree(ROOT / top, folder / top, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def planted(tree: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The copy with one import too many."""
    file, line = request.param
    path = tree / file
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{line}\n", "utf-8")
    yield tree
    path.write_text(before, "utf-8")


def test_the_tree_keeps_every_contract() -> None:
    code, told = lint(ROOT)
    assert code == 0, told
    assert "0 broken" in told


@pytest.mark.parametrize(("planted", "contract"), [((f, i), c) for f, i, c in PLANTED], indirect=["planted"])
def test_an_import_over_a_line_fails_by_the_name_of_the_contract(planted: Path, contract: str) -> None:
    code, told = lint(planted)
    assert code == 1, told
    broken = told.split("Broken contracts")[1]
    assert contract in broken, told


# -- the manifest


def test_the_manifest_asks_for_exactly_the_scopes_that_the_doctor_checks() -> None:
    assert sorted(MANIFEST["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot"}


def test_the_manifest_subscribes_to_the_events_that_are_listened_to() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert subscribed == sorted(["app_home_opened", "message.im", *GONE, *LISTENED])


def test_each_scope_has_its_reason_beside_it() -> None:
    for name in ("manifest.yaml", "manifest-http.yaml"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        for scope in SCOPES:
            (line,) = [line for line in lines if line.startswith(f"      - {scope} ")]
            assert len(line.partition(" # ")[2].split()) > 1, line


def test_the_manifest_has_the_command_that_the_settings_name() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == Settings.model_fields["huddle_command"].default
    assert len(command["description"]) <= 2000


def test_the_manifest_turns_on_what_the_app_lives_by() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True
    home = MANIFEST["features"]["app_home"]
    assert home["home_tab_enabled"] is True
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False, "else nobody can write to the coach"


def test_the_manifest_keeps_slacks_limits() -> None:
    words = MANIFEST["display_information"]
    assert len(words["name"]) <= 35
    assert len(words["description"]) <= 140
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80
