"""Every command in the documentation is run, or checked as far as it can be; one that no test knows fails.

To document a new one: a row in `huddle.py`, or a rule in `rules.py`.
"""

from __future__ import annotations

import io
import logging
import re
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot import cli
from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from bot.services import commands as spoken
from bot.settings import Settings
from tests.bot.test_team_setup import NAMED
from tests.docs.huddle import ROWS, WITH_SLACK, Row
from tests.docs.pages import Command, documented, slash_commands
from tests.docs.rules import RULES, Check
from tests.e2e.office import WORKSPACE
from tests.support.process import Product, environment

HUDDLE = re.compile(r"(?:sudo --user huddle )?(?:\S*\.venv/bin/)?huddle (?P<words>.+)")
WITHIN = re.compile(r"docker compose run (?:--rm |-v \S+ )*worker-\d (?P<words>.+)")
PIPED = re.compile(r"echo '(?P<line>.+)' \| huddle (?P<words>coach (?:read|review))")
Huddle = Callable[..., tuple[int, str]]


def parts(command: Command) -> list[str]:
    """The single commands of a line."""
    return command.text.split(" && ")


def ours(text: str) -> list[str]:
    """What follows `huddle` in a command, if it is one of ours, however it is called."""
    return [found["words"] for pattern in (HUDDLE, WITHIN) if (found := pattern.fullmatch(text))]


def row_for(words: str) -> Row | None:
    """How such a command of ours is run."""
    return next((row for row in ROWS if re.fullmatch(row.typed, words)), None)


def rule_for(text: str) -> tuple[re.Match[str], Check] | None:
    """How any other is checked."""
    return next(((found, check) for pattern, check in RULES if (found := re.fullmatch(pattern, text))), None)


def unknown(text: str) -> str | None:
    """Why no test would run this; None where one does."""
    for words in ours(text):
        if words not in WITH_SLACK and row_for(words) is None:
            return f"`{text}`: tests/docs/huddle.py needs a row for it"
    if not HUDDLE.fullmatch(text) and not PIPED.fullmatch(text) and rule_for(text) is None:
        return f"`{text}`: tests/docs/rules.py needs a rule for it"
    return None


DOCUMENTED = documented()
OURS = sorted({words for command in DOCUMENTED for text in parts(command) for words in ours(text)})
OTHERS = sorted({text for command in DOCUMENTED for text in parts(command) if rule_for(text)})


def test_every_documented_command_is_run_or_checked() -> None:
    found = [f"{command.where}: {why}" for command in DOCUMENTED for text in parts(command) if (why := unknown(text))]
    assert found == []


@pytest.mark.parametrize("text", ["huddle fly", "make it; true", "sudo rm -rf x", "docker compose run worker-1 fly"])
def test_a_command_that_no_test_knows_would_be_found(text: str) -> None:
    assert unknown(text)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_documented_and_not_ours_names_what_there_is(text: str) -> None:
    found = rule_for(text)
    assert found is not None
    match, check = found
    check(match)


@pytest.mark.parametrize(
    "text",
    [
        "make coffee", "python -m tests.nothing", "python -m bot.simulation --seed 1", "docker compose up --fast",
        "docker compose run --rm worker-9 doctor", "systemctl status huddle",
        ".venv/bin/pip install -r requirements.lock",
        ".venv/bin/pip install --no-deps --no-such .", "sudo install x /etc", "python -m tests.evals tune fourth",
        "sudo install --directory --owner 0 --mode 0700 backups",
    ],
)  # fmt: skip
def test_a_command_that_names_what_is_not_there_fails(text: str) -> None:
    found = rule_for(text)
    assert found is not None
    match, check = found
    with pytest.raises((AssertionError, ModuleNotFoundError)):
        check(match)


# -- ours, without Slack


def typed(monkeypatch: pytest.MonkeyPatch, *words: str, said: str = "") -> int:
    """Run the command as it is installed, with this on its standard input; the exit code."""
    monkeypatch.setattr(sys, "argv", ["huddle", *words])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code if isinstance(ended.value.code, int) else 0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the pages take it for granted: a database with one team, its file, a backup."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "team.yaml").write_text(NAMED, "utf-8")
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in Settings.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.chdir(folder)
        assert typed(monkeypatch, "team", "apply", "team.yaml", "--workspace", "T1") == 0
        assert typed(monkeypatch, "backup", "kept.db") == 0
    return folder


@pytest.fixture
def huddle(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Huddle]:
    """The command in a copy of that folder: the exit code, and what it said."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    shutil.copytree(prepared, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")

    def run(*words: str, said: str = "") -> tuple[int, str]:
        code = typed(monkeypatch, *words, said=said)
        return code, "".join(capsys.readouterr())

    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield run
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("words", [words for words in OURS if words not in WITH_SLACK and row_for(words)])
def test_a_documented_command_of_ours_does_what_the_page_says(
    huddle: Huddle, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    row = row_for(words)
    assert row is not None
    for name, value in row.settings.items():
        monkeypatch.setenv(name, value)
    code, said = huddle(*row.runs)
    assert code == row.code, said
    assert row.says in said


@pytest.mark.parametrize("command", [one for one in DOCUMENTED if PIPED.fullmatch(one.text)], ids=lambda one: one.where)
def test_what_a_page_shows_below_a_command_is_what_it_answers(huddle: Huddle, command: Command) -> None:
    found = PIPED.fullmatch(command.text)
    assert found is not None
    code, said = huddle(*found["words"].split(), said=f"{found['line']}\n")
    assert (code, said.strip()) == (0, command.output.strip())


# -- ours, with Slack


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[tuple[Product, SlackControl]]:
    """The product in an empty folder, and a small Slack to talk to."""
    async with SmallSlack(WORKSPACE) as slack, SlackControl(slack.url) as people:
        keys = environment(tmp_path, slack.api_url, WORKSPACE.bot_token, WORKSPACE.app_token)
        async with Product(tmp_path, keys) as found:
            yield found, people


@pytest.mark.stand_in
async def test_it_runs_until_it_is_told_to_stop(product: tuple[Product, SlackControl]) -> None:
    process, people = product
    await process.start()
    await people.wait_connected(15)
    assert await process.terminate() == 0


@pytest.mark.stand_in
async def test_the_doctor_finds_a_first_day_well_and_says_what_the_page_shows(
    product: tuple[Product, SlackControl],
) -> None:
    code, said = await product[0].run("bot", "doctor")
    assert code == 0, said
    page = (Path(__file__).parents[2] / "docs" / "install.md").read_text("utf-8")
    shown = [line for line in page.splitlines() if line.startswith("ok   ")]
    assert len(shown) > 5
    for line in shown:
        assert line[: line.index(":") + 1] in said


# -- in Slack


def known_words() -> set[str]:
    """Every word that the slash command knows."""
    return {word for name, words in vars(spoken).items() if name.endswith("WORDS") for word in words}


@pytest.mark.parametrize("command", slash_commands(), ids=str)
def test_a_documented_word_of_the_slash_command_is_one_that_it_knows(command: Command) -> None:
    words = command.text.split()[1:]
    assert not words or words[0] in known_words(), f"{command} is not among {sorted(known_words())}"
