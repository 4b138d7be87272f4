"""The doctor: what is well in a word, what is not in a sentence, and in another how to mend it."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from rich.console import Console
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import doctor
from bot.adapters.openai_coach import OpenAICompletions
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import Workspace
from bot.doctor import SKEW, Finding
from bot.errors import StorageError
from bot.scopes import SCOPES
from bot.settings import Settings
from storage.address import PostgresServer
from storage.looking import Server
from storage.migrate import migrate, newest
from tests.support.postgres import bare_postgres

__all__ = ["bare_postgres"]

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)


def settings(**given: Any) -> Settings:
    """Settings from nowhere but here."""
    tokens = {"slack_bot_token": "xoxb-test", "slack_app_token": "xapp-test"}
    return Settings(_env_file=None, **tokens | given)


def told(finding: Finding) -> str:
    """A bad finding, checked for having both of its sentences."""
    assert not finding.well
    assert finding.says.endswith(".")
    assert re.match(r"^[A-Z].*\.$", finding.mend), finding.mend
    return f"{finding.part}: {finding.says}"


# -- Slack


def answer(data: Any, headers: dict[str, str] | None = None, status: int = 200) -> AsyncSlackResponse:
    client = AsyncWebClient(token="xoxb-test")
    given = headers if headers is not None else {"x-oauth-scopes": ",".join(SCOPES), "date": format_datetime(AT)}
    return AsyncSlackResponse(
        client=client, http_verb="POST", api_url="x", req_args={}, data=data, headers=given, status_code=status
    )


def refused(error: str) -> SlackApiError:
    return raised(answer({"ok": False, "error": error}))


def raised(response: AsyncSlackResponse) -> SlackApiError:
    return SlackApiError("no", response)  # type: ignore[no-untyped-call]


AUTH = {"ok": True, "user": "huddle", "team": "Northwind", "team_id": "T1"}


@dataclass
class FakeClient:
    """Stands in for Slack's client in the two calls that the doctor makes."""

    auth: Any = field(default_factory=lambda: answer(AUTH))
    opened: Any = field(default_factory=lambda: answer({"ok": True, "url": "wss://x"}))
    asked: list[str] = field(default_factory=list)

    async def auth_test(self) -> Any:
        return self._answer("auth.test", self.auth)

    async def apps_connections_open(self, *, app_token: str) -> Any:
        return self._answer(app_token, self.opened)

    def _answer(self, asked: str, given: Any) -> Any:
        self.asked.append(asked)
        if isinstance(given, Exception):
            raise given
        return given


async def examined(monkeypatch: pytest.MonkeyPatch, client: FakeClient) -> dict[str, Finding]:
    monkeypatch.setattr(doctor, "web_client", lambda _settings, token: client if token == "xoxb-test" else None)
    monkeypatch.setattr(doctor, "system_clock", lambda: AT + timedelta(seconds=2))
    return {finding.part: finding for finding in await doctor.slack(settings())}


async def test_a_slack_where_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    client = FakeClient()
    found = await examined(monkeypatch, client)
    assert list(found) == ["bot token", "scopes", "clock", "socket"]
    assert all(finding.well for finding in found.values())
    assert found["bot token"].says == "huddle in Northwind"
    assert client.asked == ["auth.test", "xapp-test"]


@pytest.mark.parametrize("missing", ["slack_bot_token", "slack_app_token"])
async def test_a_token_that_is_missing_is_named_and_slack_is_not_asked(missing: str) -> None:
    (finding,) = await doctor.slack(settings(**{missing: None}))
    assert missing.upper() in told(finding)
    assert "README" in finding.mend


async def test_a_token_that_slack_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await examined(monkeypatch, FakeClient(auth=refused("invalid_auth")))
    assert list(found) == ["bot token"]
    assert told(found["bot token"]) == "bot token: Slack refuses it (invalid_auth)."


@pytest.mark.parametrize(
    "error", [aiohttp.ClientConnectionError("x"), TimeoutError(), OSError("no route"), ConnectionRefusedError()]
)
async def test_a_slack_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    found = await examined(monkeypatch, FakeClient(auth=error))
    assert list(found) == ["Slack"]
    assert told(found["Slack"]) == f"Slack: https://slack.com/api/ cannot be reached ({type(error).__name__})."


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [({}, 502, "an answer that is not Slack's"), ({"error": "ratelimited"}, 429, "ratelimited")],
)
async def test_trouble_that_says_nothing_about_the_token_is_not_blamed_on_it(
    monkeypatch: pytest.MonkeyPatch, data: dict[str, Any], status: int, says: str
) -> None:
    found = await examined(monkeypatch, FakeClient(auth=raised(answer(data, status=status))))
    assert list(found) == ["Slack"]
    assert says in told(found["Slack"])


async def test_a_socket_that_slack_does_not_give(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await examined(monkeypatch, FakeClient(opened=refused("not_allowed_token_type")))
    assert told(found["socket"]) == "socket: Slack gives no connection (not_allowed_token_type)."
    assert "connections:write" in found["socket"].mend
    assert found["bot token"].well


@pytest.mark.parametrize("error", [TimeoutError(), aiohttp.ClientConnectionError("x")])
async def test_a_socket_about_which_slack_says_nothing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    found = await examined(monkeypatch, FakeClient(opened=error))
    assert told(found["socket"]) == f"socket: no answer ({type(error).__name__})."


@pytest.mark.parametrize(
    ("scopes", "missing"),
    [
        (" , ".join(SCOPES), None),
        (",".join([*SCOPES, "reactions:write"]), None),
        (",".join(SCOPES[:2]), ", ".join(SCOPES[2:])),
        ("", ", ".join(SCOPES)),
        (",".join(["chat:write.public", *SCOPES[1:]]), "chat:write"),
    ],
)
def test_scopes_are_told_by_name(scopes: str, missing: str | None) -> None:
    found = doctor.scopes({"X-OAuth-Scopes": scopes})
    if missing is None:
        assert found.well
    else:
        assert told(found) == f"scopes: missing: {missing}."
        assert "install the app again" in found.mend


def test_what_a_server_does_not_tell_is_not_called_bad() -> None:
    assert doctor.scopes({}).well
    assert "not checked" in doctor.scopes({}).says
    assert doctor.clock({}, AT).well
    assert "not checked" in doctor.clock({}, AT).says


@pytest.mark.parametrize(
    ("skew", "says"),
    [
        (timedelta(0), None),
        (SKEW, None),
        (-SKEW, None),
        (SKEW + timedelta(seconds=1), "61 s fast against Slack."),
        (timedelta(hours=-1), "3600 s slow against Slack."),
    ],
)
def test_a_clock_that_is_wrong_is_told_with_how_much(skew: timedelta, says: str | None) -> None:
    found = doctor.clock({"Date": format_datetime(AT)}, AT + skew)
    if says is None:
        assert found.well
    else:
        assert told(found) == f"clock: {says}"
        assert "NTP" in found.mend


# -- the database


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "huddle.db"
    migrate(path)
    return path


def look_at(path: Path) -> Finding:
    return doctor.database(settings(huddle_database=path))


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_a_sound_database(database: Path) -> None:
    found = look_at(database)
    assert found.well
    assert found.says == f"{database}, sound, revision {newest()}"


def test_a_database_is_looked_at_while_it_is_in_use_and_not_changed(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert look_at(database).well


def test_a_database_that_is_not_there_yet_will_be_made(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert look_at(path).well
    assert not path.exists()


def test_a_database_that_cannot_be_made(tmp_path: Path) -> None:
    found = look_at(tmp_path / "nowhere" / "huddle.db")
    assert told(found) == f"database: {tmp_path}/nowhere/huddle.db cannot be made."
    assert "HUDDLE_DATABASE" in found.mend


@pytest.mark.parametrize("content", [b"Dear diary, this is no database. " * 99, b"SQLite format 3\x00" + b"\xff" * 999])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notes").write_bytes(content)
    assert "cannot be read (file is not a database)" in told(look_at(tmp_path / "notes"))


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "cannot be read (" in told(look_at(tmp_path))


def test_a_damaged_database(database: Path) -> None:
    whole = database.read_bytes()
    database.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    found = look_at(database)
    assert re.search(r"is damaged \(|cannot be read \(", told(found))
    assert "backup" in found.mend


def test_a_database_whose_pages_do_not_add_up(database: Path) -> None:
    whole = bytearray(database.read_bytes())
    whole[36:40] = (7).to_bytes(4, "big")  # how many free pages there are: none, in truth
    database.write_bytes(whole)
    found = look_at(database)
    assert "is damaged (" in told(found)
    assert "\n" not in found.says
    assert "backup" in found.mend


def test_an_old_database(database: Path) -> None:
    change(database, "UPDATE alembic_version SET version_num = '0000'")
    found = look_at(database)
    assert told(found) == f"database: revision 0000, this version needs {newest()}."
    assert found.mend == "Run `huddle migrate`."


def test_a_database_without_our_tables(tmp_path: Path) -> None:
    change(tmp_path / "other.db", "CREATE TABLE note (id INTEGER)")
    assert told(look_at(tmp_path / "other.db")) == f"database: revision none, this version needs {newest()}."


def test_a_database_that_cannot_be_written(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the system: tests may run as a user who may write everything."""
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path) == database and mode == os.W_OK))
    assert told(look_at(database)) == f"database: {database} is read-only."


# -- the database on a server


@pytest.mark.usefixtures("bare")
def test_a_server_is_looked_at(bare_postgres: str) -> None:
    configured = settings(huddle_database=bare_postgres)
    shown = str(configured.database)
    assert doctor.zones(configured).well
    assert doctor.model_use(configured, AT).says == "not known, see the database"
    found = doctor.database(configured)
    assert found.well
    assert found.says.startswith(f"{shown}, PostgreSQL ")
    assert found.says.endswith(", empty: filled at the first start")
    migrate(bare_postgres)
    found = doctor.database(configured)
    assert found.well
    assert found.says.endswith(f", revision {newest()}")
    assert doctor.zones(configured).says == "all 1 known"
    assert doctor.model_use(configured, AT).says == "nothing yet today"


def a_server(**more: object) -> Server:
    known: dict[str, Any] = {"version": 16, "revision": newest(), "empty": False, "writable": True, "clock": AT}
    return Server(**known | more)


@pytest.mark.parametrize(
    ("found", "says", "mend"),
    [
        (a_server(version=13), " is PostgreSQL 13.", "14 or newer is needed."),
        (a_server(writable=False), " is read-only for this user.", "Make the user the database's owner."),
        (a_server(clock=AT + timedelta(seconds=90)), "its clock and this machine's are 90 s apart.", "Turn on time"),
        (a_server(revision="0001"), f"revision 0001, this version needs {newest()}.", "Run `huddle migrate`."),
        (a_server(revision=None), f"revision none, this version needs {newest()}.", "Run `huddle migrate`."),
        (StorageError("The database does not answer."), "The database does not answer.", "HUDDLE_DATABASE"),
    ],
)
def test_what_is_wrong_with_a_server(
    monkeypatch: pytest.MonkeyPatch, found: Server | StorageError, says: str, mend: str
) -> None:
    def look(_where: object) -> Server:
        if isinstance(found, StorageError):
            raise found
        return found

    monkeypatch.setattr(doctor, "look", look)
    where = settings(huddle_database="postgresql://huddle:hunter2@host/huddle").database
    assert isinstance(where, PostgresServer)
    finding = doctor.server(where, AT)
    assert not finding.well
    assert says in finding.says
    assert mend in finding.mend
    assert "hunter2" not in str(finding)


# -- zones and model


def test_every_zone_that_somebody_lives_in_is_known(database: Path) -> None:
    change(
        database,
        "INSERT INTO person (id, workspace, slack_id, name, zone, enrolled_on)"
        " VALUES ('a', 'T', 'U', 'Ana', 'Asia/Kathmandu', '2026-11-23')",
    )
    found = doctor.zones(settings(huddle_database=database))
    assert found.well
    assert found.says == "all 2 known"


@pytest.mark.parametrize("zone", ["Mars/Olympus_Mons", "Europe", "../x"])
def test_a_zone_that_this_machine_does_not_know(database: Path, zone: str) -> None:
    change(
        database,
        "INSERT INTO person (id, workspace, slack_id, name, zone, enrolled_on)"
        f" VALUES ('a', 'T', 'U', 'Ana', '{zone}', '2026-11-23')",
    )
    found = doctor.zones(settings(huddle_database=database))
    assert told(found) == f"time zones: unknown here: {zone}."
    assert "tzdata" in found.mend


@pytest.mark.parametrize("name", ["not-there.db", "notes.txt", "other.db"])
def test_zones_are_told_apart_from_what_is_wrong_with_the_database(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("no database " * 99)
    change(tmp_path / "other.db", "CREATE TABLE note (id INTEGER)")
    assert doctor.zones(settings(huddle_database=tmp_path / name)).well


async def test_without_a_key_there_is_no_model_to_ask() -> None:
    found = await doctor.model(settings(openai_api_key=None))
    assert found.well
    assert "the rules do the reading" in found.says


@pytest.mark.parametrize("trouble", [None, "AuthenticationError"])
async def test_a_model_answers_or_not(monkeypatch: pytest.MonkeyPatch, trouble: str | None) -> None:
    made: list[tuple[object, ...]] = []

    class Asked:
        async def answers(self) -> str | None:
            return trouble

    def completions(*given: object, retries: int) -> OpenAICompletions:
        made.append((*given, retries))
        return Asked()  # type: ignore[return-value]

    monkeypatch.setattr(doctor, "completions", completions)
    found = await doctor.model(settings(openai_api_key=SecretStr("sk-secret"), openai_model="llama", openai_timeout=3))
    assert made == [("sk-secret", None, "llama", 3.0, 0)]
    if trouble is None:
        assert found == Finding("model", True, "llama answers")
    else:
        assert told(found) == "model: llama does not answer (AuthenticationError)."
        assert "Until then the rules do the reading." in found.mend
    assert "sk-secret" not in str(found)


def test_without_any_use_the_model_was_of_no_use_yet(tmp_path: Path, database: Path) -> None:
    for path in (tmp_path / "not-there.db", database):
        found = doctor.model_use(settings(huddle_database=path), AT)
        assert (found.well, found.says) == (True, "nothing yet today")


def test_todays_use_of_the_model_is_told_with_its_limits_and_fall_backs(database: Path) -> None:
    day = AT.date().isoformat()
    for what, count in (
        ("calls", 12),
        ("helped", 9),
        ("prompt_tokens", 15_000),
        ("completion_tokens", 300),
        ("fell_back:timeout", 2),
        ("fell_back:bad_question", 3),
    ):
        change(database, f"INSERT INTO model_use VALUES ('T01', '{day}', '{what}', {count})")
    found = doctor.model_use(settings(huddle_database=database), AT)
    assert found.well
    assert found.says == (
        "today (UTC) 12 of 500 calls, 15,300 of 500,000 tokens, 9 of use; fell back: bad_question 3, timeout 2"
    )
    change(database, f"INSERT INTO model_use VALUES ('T02', '{day}', 'calls', 1)")
    unlimited = settings(huddle_database=database, openai_calls_a_day=0, openai_tokens_a_day=0)
    assert "; T02: today (UTC) 1 calls, 0 tokens, 0 of use; fell back: never" in doctor.model_use(unlimited, AT).says


def test_use_is_not_known_where_the_database_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database " * 99)
    found = doctor.model_use(settings(huddle_database=tmp_path / "notes.txt"), AT)
    assert (found.well, found.says) == (True, "not known, see the database")


# -- all of it


@pytest.mark.usefixtures("bare")
async def test_settings_that_cannot_be_used_end_the_examination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_TIMEOUT", "soon")
    (finding,) = await doctor.examine()
    assert "OPENAI_TIMEOUT" in told(finding)


@pytest.mark.usefixtures("bare")
async def test_everything_is_looked_at_in_the_order_in_which_it_must_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-test")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-test")
    monkeypatch.setattr(doctor, "web_client", lambda *_: FakeClient())
    monkeypatch.setattr(doctor, "system_clock", lambda: AT)
    found = await doctor.examine()
    parts = ["settings", "bot token", "scopes", "clock", "socket", "database", "time zones", "mornings", "model"]
    assert [finding.part for finding in found] == parts
    assert all(finding.well for finding in found)


@pytest.mark.usefixtures("bare")
async def test_one_trouble_does_not_hide_the_next() -> None:
    await asyncio.to_thread(Path("huddle.db").write_text, "no database " * 99)
    found = await doctor.examine()
    assert [finding.part for finding in found if not finding.well] == ["tokens", "database"]


def test_what_was_found_is_shown_a_line_each_with_the_mend_below() -> None:
    out = StringIO()
    findings = [Finding("settings", True, "read"), Finding("database", False, "[bold] is damaged.", "Mend [it].")]
    doctor.show(Console(file=out, highlight=False, soft_wrap=True), findings)
    assert out.getvalue() == "ok   settings: read\nbad  database: [bold] is damaged.\n     Mend [it].\n"


# -- against a Slack


@pytest.fixture
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.stand_in
@pytest.mark.usefixtures("without_a_proxy")
async def test_a_running_slack_is_examined() -> None:
    there = Workspace(users=())
    tokens = {"slack_bot_token": there.bot_token, "slack_app_token": there.app_token}
    async with SmallSlack(there) as slack:
        found = {f.part: f for f in await doctor.slack(settings(**tokens, slack_api_url=slack.api_url))}
        wrong = await doctor.slack(settings(slack_api_url=slack.api_url))
    assert all(finding.well for finding in found.values()), found
    assert found["bot token"].says == f"{there.bot_name} in {there.name}"
    assert told(wrong[0]) == "bot token: Slack refuses it (invalid_auth)."


@pytest.mark.stand_in
@pytest.mark.usefixtures("without_a_proxy")
async def test_a_running_slack_tells_what_the_app_may_not() -> None:
    there = Workspace(users=(), scopes=("chat:write",))
    tokens = {"slack_bot_token": there.bot_token, "slack_app_token": there.app_token}
    async with SmallSlack(there) as slack:
        found = {f.part: f for f in await doctor.slack(settings(**tokens, slack_api_url=slack.api_url))}
    assert told(found["scopes"]) == f"scopes: missing: {', '.join(SCOPES[1:])}."
