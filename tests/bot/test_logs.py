"""Logs: one line an event, with ids and states, and without tokens or anybody's words, whatever goes wrong."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlmodel import Session

from bot.delivery import intake
from bot.domain.commitment import Commitment
from bot.logs import configure
from bot.ports.coach import Heard, Understanding
from storage.migrate import migrate
from storage.sqlite import SqlStore, sqlite_engine
from tests.support.team import ANA, BERLIN, MARIA, a_world
from tests.support.world import local

BOT_TOKEN, APP_TOKEN, KEY = "xoxb-1234-abcDEF", "xapp-1-A0B1-secret", "sk-proj-a_B-3"
TOKENS = (BOT_TOKEN, APP_TOKEN, KEY)

pytestmark = pytest.mark.usefixtures("own_logging")


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == "", "logs go to standard error"
    return err


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed(capsys).splitlines()]


def fail(words: str) -> None:
    """An exception below which somebody's words are a local variable."""
    raise LookupError(len(words))


def test_an_event_is_one_line_with_its_time_and_what_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json")
    structlog.get_logger().info("message kept", inbox=7, state="waiting")
    logging.getLogger("somebody.else").warning("slow %s", "disk")
    ours, theirs = lines(capsys)
    assert (ours["event"], ours["level"], ours["inbox"], ours["state"]) == ("message kept", "info", 7, "waiting")
    assert (theirs["event"], theirs["level"]) == ("slow disk", "warning")
    for line in (ours, theirs):
        assert datetime.fromisoformat(line["timestamp"]).utcoffset() == timedelta(0)
        assert not any(key.startswith("_") for key in line)


@pytest.mark.parametrize(
    ("level", "ours", "theirs"),
    [
        ("debug", ["debug", "info", "warning", "error"], ["warning", "error"]),
        ("info", ["info", "warning", "error"], ["warning", "error"]),
        ("warning", ["warning", "error"], ["warning", "error"]),
        ("error", ["error"], ["error"]),
    ],
)
def test_the_level_holds_for_us_and_libraries_are_never_heard_below_a_warning(
    capsys: pytest.CaptureFixture[str], level: str, ours: list[str], theirs: list[str]
) -> None:
    configure(level, "json")
    for name in ("debug", "info", "warning", "error"):
        getattr(structlog.get_logger(), name)("ours")
        getattr(logging.getLogger("slack_sdk"), name)("theirs")
    found = lines(capsys)
    assert [line["level"] for line in found if line["event"] == "ours"] == ours
    assert [line["level"] for line in found if line["event"] == "theirs"] == theirs


def test_where_nobody_watches_the_lines_are_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "auto")
    structlog.get_logger().info("hello")
    assert json.loads(printed(capsys))["event"] == "hello"


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_cut_out_wherever_it_stands(capsys: pytest.CaptureFixture[str], style: str, token: str) -> None:
    configure("debug", style)
    log = structlog.get_logger()
    log.info(f"event with {token}", url=f"https://x/?token={token}&a=b", header=f"Bearer {token}")
    log.info("nested", given={"deep": [{"er": (token, 1, None)}]}, error=ValueError(token), several={token})
    log.bind(token=token).warning("bound")
    logging.getLogger("x").error("formatted %s %s", token, {"k": token})
    logging.getLogger("x").error(f"ready {token}")
    for raising in (log, logging.getLogger("x")):
        try:
            raise RuntimeError(f"refused: {token}\n{token}")
        except RuntimeError:
            raising.exception("failed")
    told = printed(capsys)
    assert token not in told
    assert token[8:] not in told
    assert told.count("…") + told.count("\\u2026") >= 11


def test_words_that_only_look_a_little_like_a_token_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    configure("info", "json")
    structlog.get_logger().info("task-list of the risk-averse desk-bound", numbers=[1, 2.5, True, None])
    (line,) = lines(capsys)
    assert line["event"] == "task-list of the risk-averse desk-bound"
    assert line["numbers"] == [1, 2.5, True, None]


@pytest.mark.parametrize("style", ["json", "console"])
def test_an_exception_is_told_without_what_was_in_the_variables(capsys: pytest.CaptureFixture[str], style: str) -> None:
    configure("debug", style)
    words = "".join(("purple", "heron"))
    for log in (structlog.get_logger(), logging.getLogger("x")):
        try:
            fail(words)
        except LookupError:
            log.exception("failed")
    told = printed(capsys)
    assert told.count("LookupError: 11") == 2
    assert "Traceback" in told
    assert words not in told


def test_an_error_of_the_database_is_told_without_the_words_it_was_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    configure("debug", "json")
    migrate(tmp_path / "huddle.db")
    engine = sqlite_engine(tmp_path / "huddle.db", "BEGIN IMMEDIATE", 1)
    words, at = "".join(("purple", "heron")), local(BERLIN, "2026-11-23 09:00")
    lost = Commitment("m", "T", "nobody", "no-team", None, None, words, at, words, at)
    with Session(engine) as session:
        try:
            SqlStore(session).commitments.add(lost)
        except Exception:
            structlog.get_logger().exception("could not keep it", commitment=lost.id)
    engine.dispose()
    told = printed(capsys)
    assert "IntegrityError" in told
    assert words not in told


class ForgetfulCoach:
    """A coach with a bug: one that raises, which no coach may."""

    async def read(self, heard: Heard) -> Understanding:
        raise LookupError(len(heard.text))


async def test_a_morning_with_every_kind_of_trouble_leaves_nobodys_words_in_the_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """At the most talkative level: replies, edits, commands, forms, a bug in the coach, a refusal by Slack."""
    configure("debug", "json")
    word = "".join(("purple", "heron"))
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    ts = await world.say(ANA, f"everything hangs on the {word} deal")
    await world.edit(ANA, ts, f"I'll call {word} by 14:00", before=f"everything hangs on the {word} deal")
    world.slack.failures += [RuntimeError("connection broke"), ValueError("no idea")]
    await world.say(ANA, f"rather mail {word} at 15:00")
    await world.command(ANA, f"{word} please")
    await world.say(MARIA, f"how is {word} doing?")
    await world.delete(ANA, ts)
    world.close()
    await broken_coach(tmp_path_factory.mktemp("second"), word)
    told = printed(capsys)
    assert "sending failed" in told
    assert "message could not be worked on" in told
    assert word not in told.casefold()


async def broken_coach(folder: Path, word: str) -> None:
    world = await a_world(folder, coach=ForgetfulCoach())
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    await world.say(ANA, f"I'll call {word} by 14:00")
    for _ in range(intake.MOST_FAILURES):
        await world.wait(seconds=40)
    world.close()
