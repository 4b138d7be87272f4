"""The doctor of many workspaces: which have the app, and what is wrong with whose token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import doctor
from bot.adapters.keys import FernetKeys
from bot.finding import Finding
from bot.ports.installations import Installation
from bot.scopes import SCOPES
from bot.settings import Settings
from storage.open import open_storage
from tests.bot.adapters.installations import AT, LOST, NEW, NORTH, OLD
from tests.bot.adapters.web_api import WebApi, web_api

SOUTH = replace(NORTH, id="T0SOUTH", name="Southwind")
AUTH = {"ok": True, "user": "huddle", "team": "Northwind", "team_id": "T0NORTH"}
GRANTED = {"x-oauth-scopes": ",".join(SCOPES)}


@pytest.fixture(autouse=True)
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest_asyncio.fixture
async def api() -> AsyncIterator[WebApi]:
    async with web_api() as served:
        served.answer, served.headers = dict(AUTH), dict(GRANTED)
        yield served


async def examined(folder: Path, api: WebApi, *kept: Installation, keys: str = NEW, sealed_with: str = NEW) -> Any:
    """What the doctor finds about Slack."""
    where = folder / "huddle.db"
    if kept:
        storage = open_storage(where)
        for one in kept:
            sealed = FernetKeys([sealed_with]).seal(one)
            await storage.write(lambda s, sealed=sealed: s.installations.save(sealed))  # type: ignore[misc]
        storage.close()
    settings = Settings(
        _env_file=None, slack_client_id="1.2", slack_client_secret="s", huddle_keys=keys, slack_signing_secret="s",
        huddle_public_url="https://coach.example.com", huddle_http_port=8080, slack_api_url=api.url,
        huddle_database=str(where),
    )  # fmt: skip
    *findings, events = await doctor.slack(settings)
    assert events == doctor.over_http_at(settings)
    assert all(one.well or (one.says.endswith(".") and one.mend.endswith(".")) for one in findings)
    assert "secret" not in str(findings)
    return findings


async def test_workspaces_that_are_well(tmp_path: Path, api: WebApi) -> None:
    ends = replace(SOUTH, expires_at=AT + timedelta(hours=12))
    assert await examined(tmp_path, api, NORTH, ends) == [
        Finding("workspaces", True, "Northwind (T0NORTH), Southwind (T0SOUTH)"),
        Finding("workspace Northwind", True, "huddle in Northwind"),
        Finding("workspace Southwind", True, "huddle in Northwind, token renewed by 2026-11-23 20:45 UTC"),
    ]
    assert [method for method, _ in api.asked] == ["auth.test"] * 2


async def test_before_the_first_one(tmp_path: Path, api: WebApi) -> None:
    assert await examined(tmp_path, api) == [Finding("workspaces", True, "not known, see the database")]
    open_storage(tmp_path / "huddle.db").close()
    says = "none yet; the first one installs the app at https://coach.example.com/slack/install"
    assert await examined(tmp_path, api) == [Finding("workspaces", True, says)]


async def test_a_key_that_is_none(tmp_path: Path, api: WebApi) -> None:
    (finding,) = await examined(tmp_path, api, NORTH, keys="no-key")
    assert (finding.part, finding.well) == ("keys", False)
    assert "key 1 is not a Fernet key" in finding.says


async def test_tokens_that_no_key_opens(tmp_path: Path, api: WebApi) -> None:
    _, finding = await examined(tmp_path, api, NORTH, keys=f"{NEW},{OLD}", sealed_with=LOST)
    assert not finding.well
    assert "No key in HUDDLE_KEYS opens the tokens of Northwind" in finding.says
    assert api.asked == []


@pytest.mark.parametrize(
    ("error", "ends", "well", "says"),
    [
        ("account_inactive", False, False, "Slack refuses its token (account_inactive)."),
        ("token_revoked", True, False, "Slack refuses its token (token_revoked)."),
        ("token_expired", True, True, "its token ended while nothing was sent, and is renewed with the next message"),
        ("token_expired", False, False, "Slack refuses its token (token_expired)."),
        ("ratelimited", False, False, "Slack did not say (ratelimited)."),
    ],
)
async def test_a_token_that_slack_refuses(
    tmp_path: Path, api: WebApi, error: str, ends: bool, well: bool, says: str
) -> None:
    api.answer = {"ok": False, "error": error}
    _, finding = await examined(tmp_path, api, NORTH if ends else replace(NORTH, refresh_token=None))
    assert (finding.well, finding.says) == (well, says)


async def test_a_workspace_that_granted_too_little(tmp_path: Path, api: WebApi) -> None:
    api.headers = {"x-oauth-scopes": ",".join(SCOPES[:-1])}
    _, finding = await examined(tmp_path, api, NORTH)
    assert finding.says == f"it may not do everything; missing: {SCOPES[-1]}."
    assert "installed there again" in finding.mend


async def test_a_slack_that_is_away(tmp_path: Path, api: WebApi) -> None:
    api.hangs_up = True
    _, finding = await examined(tmp_path, api, NORTH)
    assert finding.says == "Slack did not answer (ServerDisconnectedError)."
