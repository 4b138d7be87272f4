"""The real process is killed again and again while people write and Slack makes trouble; afterwards nothing is missing
and nothing is there twice, by Slack's own record.

`HUDDLE_KILL_SEED` repeats a run's draws; moments are the machine's, so no two runs are the same.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.kill.audit import audit
from tests.kill.run import RETRIES, Office, run

pytestmark = pytest.mark.long

SECRET = "the strict Slack signs with this"


@pytest.fixture
def seed() -> int:
    """Another one each time, unless it is told."""
    return int(os.environ.get("HUDDLE_KILL_SEED") or secrets.randbelow(1_000_000))


@pytest.fixture(autouse=True)
def delayed_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack tries hourly for a day after the third retry."""
    monkeypatch.setattr("tests.support.strict.delivery.RETRY_AFTER", RETRIES)


async def held(office: Office, seed: int, kills: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A run, and that every promise was kept in it."""
    result = await run(office, seed, kills)
    with capsys.disabled():
        sys.stderr.write(f"\n{result.summary}\n")  # which the workers of pytest-xdist pass on
    wrong = audit(result.evidence)
    assert not wrong, "\n".join([result.summary, *wrong])


async def test_on_a_file(tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    await held(Office(tmp_path, str(tmp_path / "huddle.db"), [{}]), seed, 42, capsys)


async def test_two_processes_on_a_server(
    tmp_path: Path, bare_postgres: str, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Slack's showing us our own messages, so that all that is not known is read from the history."""
    await held(Office(tmp_path, bare_postgres, [{}, {}], echo=False), seed, 42, capsys)


async def test_two_processes_on_a_server_over_http(
    tmp_path: Path,
    bare_postgres: str,
    seed: int,
    unused_tcp_port_factory: Callable[[], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    ports = [unused_tcp_port_factory() for _ in range(2)]
    told = [{"SLACK_SIGNING_SECRET": SECRET, "HUDDLE_HTTP_PORT": str(port)} for port in ports]
    urls = [f"http://127.0.0.1:{port}/slack/events" for port in ports]
    await held(Office(tmp_path, bare_postgres, told, urls, SECRET), seed, 20, capsys)
