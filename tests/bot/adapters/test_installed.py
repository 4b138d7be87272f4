"""Installations as they are used: looked up, remembered for a minute, renewed before they end, forgotten at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.installed import ENDING, REMEMBERED, SOON, Installed
from bot.adapters.keys import FernetKeys
from bot.adapters.renewing import LEASE, Renewing
from bot.adapters.slack_clients import ClientsByInstallation
from bot.errors import KeysError
from bot.many import Rotated, rotate
from bot.ports.installations import LEFT, Installation
from bot.ports.slack import NotAllowed, Refused
from storage.open import open_storage
from storage.sqlite import SqliteStorage
from tests.bot.adapters.installations import AT, LOST, NEW, NORTH, OLD

ENDS = replace(NORTH, expires_at=AT + timedelta(hours=12))


@dataclass
class OAuth:
    """Stands in for Slack's `oauth.v2.access`: each refresh token is good once. `trouble` is raised instead."""

    good: set[str] = field(default_factory=lambda: {str(NORTH.refresh_token)})
    given: int = 0
    trouble: Exception | None = None
    gate: asyncio.Event | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def oauth_v2_access(self, *, grant_type: str, refresh_token: str, **_: Any) -> dict[str, Any]:
        assert grant_type == "refresh_token"
        self.asked.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        if refresh_token not in self.good:
            raise refused("invalid_refresh_token")
        self.good.remove(refresh_token)
        self.given += 1
        self.good.add(f"xoxe-1-{self.given}-secret")
        token, refresh = f"xoxb-{self.given}-secret", f"xoxe-1-{self.given}-secret"
        return {"access_token": token, "refresh_token": refresh, "expires_in": 43_200}


def refused(error: str) -> SlackApiError:
    client = AsyncWebClient()
    answer = AsyncSlackResponse(
        client=client, http_verb="POST", api_url="x", req_args={}, data={"ok": False, "error": error}, headers={},
        status_code=200,
    )  # fmt: skip
    return SlackApiError("no", answer)  # type: ignore[no-untyped-call]


@dataclass
class Process:
    """One process on a database, with a clock in hand."""

    storage: SqliteStorage
    oauth: OAuth
    clock: list[datetime]
    keys: FernetKeys = field(default_factory=lambda: FernetKeys([NEW]))
    reads: int = 0
    meanwhile: Callable[[], None] = lambda: None
    """What happens between a look into the database and what is made of it."""

    def __post_init__(self) -> None:
        renew = Renewing(self.storage, self.keys, self.oauth, "1.2", "secret", self.now)  # type: ignore[arg-type]
        self.installed = Installed(self, self.keys, self.now, renew)  # type: ignore[arg-type]

    def now(self) -> datetime:
        return self.clock[0]

    async def read(self, work: Any) -> Any:
        self.reads += 1
        found = await self.storage.read(work)
        self.meanwhile()
        return found

    async def write(self, work: Any) -> Any:
        return await self.storage.write(work)

    async def token(self, workspace: str = "T0NORTH") -> str | None:
        found = await self.installed.of(workspace)
        return found.bot_token if found else None

    async def keep(self, installation: Installation) -> None:
        sealed = self.keys.seal(installation)
        await self.storage.write(lambda s: s.installations.save(sealed))


@pytest_asyncio.fixture
async def process(tmp_path: Path) -> AsyncIterator[Process]:
    storage = open_storage(tmp_path / "huddle.db")
    assert isinstance(storage, SqliteStorage)
    yield Process(storage, OAuth(), [AT])
    storage.close()


def another(process: Process) -> Process:
    """A second process on the same database, at the same time."""
    return Process(process.storage, process.oauth, process.clock)


async def test_a_workspace_is_looked_up_once_a_minute(process: Process) -> None:
    await process.keep(NORTH)
    assert [await process.token() for _ in range(3)] == ["xoxb-north-secret"] * 3
    assert process.reads == 1
    await process.keep(replace(NORTH, bot_token="xoxb-new-secret"))
    assert await process.token() == "xoxb-north-secret"
    process.clock[0] += REMEMBERED
    assert await process.token() == "xoxb-new-secret"


async def test_a_clock_that_goes_back_does_not_keep_it_longer(process: Process) -> None:
    await process.keep(NORTH)
    await process.token()
    process.clock[0] -= timedelta(days=1)
    await process.token()
    assert process.reads == 2


async def test_what_is_forgotten_is_not_used_any_more(process: Process) -> None:
    await process.keep(NORTH)
    await process.token()
    await process.storage.write(lambda s: s.installations.forget("T0NORTH"))
    process.installed.forget()
    assert await process.token() is None


async def test_a_look_that_was_under_way_when_it_was_forgotten_is_not_remembered(process: Process) -> None:
    await process.keep(NORTH)
    process.meanwhile = process.installed.forget
    await process.token()
    process.meanwhile = lambda: None
    await process.token()
    assert process.reads == 2


async def test_a_workspace_of_which_nothing_is_known_is_looked_up_each_time(process: Process) -> None:
    assert await process.token() is None
    await process.keep(NORTH)
    assert await process.token() == "xoxb-north-secret", "whoever installs it is served at once"


async def test_an_organisations_workspace_is_remembered_for_what_goes_out(process: Process) -> None:
    await process.keep(replace(NORTH, id="E0GRID", enterprise_id="E0GRID", org_wide=True))
    assert await process.token("T0EAST") is None
    found = await process.installed.of("T0EAST", "E0GRID")
    assert found is not None
    assert await another(process).token("T0EAST") == "xoxb-north-secret"


# -- renewing


async def test_a_token_is_renewed_in_good_time_and_the_old_one_serves_meanwhile(process: Process) -> None:
    await process.keep(ENDS)
    process.clock[0] = AT + timedelta(hours=12) - SOON - timedelta(seconds=1)
    assert await process.token() == "xoxb-north-secret"
    process.clock[0] += timedelta(seconds=1)
    process.installed.forget()
    assert await process.token() == "xoxb-north-secret"
    await process.installed.settle()
    assert await process.token() == "xoxb-1-secret"
    assert await another(process).token() == "xoxb-1-secret"
    assert process.oauth.given == 1
    process.clock[0] += timedelta(hours=12)
    assert await process.token() == "xoxb-2-secret", "and again, with the refresh token that came with it"


async def test_a_token_that_has_ended_is_waited_for(process: Process) -> None:
    await process.keep(ENDS)
    process.clock[0] = AT + timedelta(hours=12) - ENDING
    assert await asyncio.gather(*(process.token() for _ in range(5))) == ["xoxb-1-secret"] * 5
    assert process.oauth.given == 1


async def test_two_processes_use_a_refresh_token_once(process: Process) -> None:
    await process.keep(ENDS)
    other = another(process)
    process.clock[0] = AT + timedelta(hours=13)
    process.oauth.gate = asyncio.Event()
    first = asyncio.create_task(process.token())
    await process.oauth.asked.wait()
    async with asyncio.timeout(5):
        assert await other.token() == "xoxb-north-secret", "Slack refuses it, and the message waits a minute"
    process.oauth.gate.set()
    assert await first == "xoxb-1-secret"
    process.clock[0] += REMEMBERED
    assert (await process.token(), await other.token()) == ("xoxb-1-secret", "xoxb-1-secret")
    assert process.oauth.given == 1


@pytest.mark.parametrize(
    "trouble", [refused("invalid_refresh_token"), TimeoutError(), OSError("secret"), KeyError("secret")]
)
async def test_a_token_that_cannot_be_renewed_is_kept_and_one_line_says_so(
    process: Process, trouble: Exception
) -> None:
    await process.keep(ENDS)
    process.clock[0] = AT + timedelta(hours=11, minutes=45)
    process.oauth.trouble = trouble
    with structlog.testing.capture_logs() as logged:
        assert await process.token() == "xoxb-north-secret"
        await process.installed.settle()
        assert await process.token() == "xoxb-north-secret"
        await process.installed.settle()
    assert [line["event"] for line in logged] == ["a token could not be renewed; the old one is kept"], "once a lease"
    assert "secret" not in str(logged)
    process.oauth.trouble = None
    process.clock[0] += LEASE
    await process.token()
    await process.installed.settle()
    assert await process.token() == "xoxb-1-secret"


async def test_a_token_that_came_after_the_app_had_left_is_thrown_away(process: Process) -> None:
    await process.keep(ENDS)
    process.clock[0] = AT + timedelta(hours=11, minutes=45)
    process.oauth.gate = asyncio.Event()
    await process.token()
    await process.storage.write(lambda s: s.installations.forget("T0NORTH"))
    process.installed.forget()
    process.oauth.gate.set()
    await process.installed.settle()
    assert await process.token() is None


# -- clients


def clients(process: Process) -> ClientsByInstallation:
    return ClientsByInstallation(process.installed, lambda token, team: AsyncWebClient(token=token, team_id=team))


async def test_each_workspace_is_called_with_its_own_token(process: Process) -> None:
    await process.keep(NORTH)
    await process.keep(replace(NORTH, id="T0SOUTH", bot_token="xoxb-south-secret"))
    of = clients(process).of
    assert ((await of("T0NORTH")).token, (await of("T0SOUTH")).token) == ("xoxb-north-secret", "xoxb-south-secret")


async def test_with_an_organisations_token_slack_is_told_which_workspace(process: Process) -> None:
    await process.keep(replace(NORTH, id="E0GRID", enterprise_id="E0GRID", org_wide=True))
    await process.storage.write(lambda s: s.installations.belongs("T0EAST", "E0GRID"))
    of = clients(process).of
    assert (await of("T0EAST")).default_params["team_id"] == "T0EAST"
    assert "team_id" not in (await of("E0GRID")).default_params


async def test_without_an_installation_messages_wait_and_after_it_was_uninstalled_they_end(process: Process) -> None:
    with pytest.raises(NotAllowed, match="not installed there"):
        await clients(process).of("T0NORTH")

    def leave(store: Any) -> None:
        store.workspaces.save(replace(store.workspaces.get("T0NORTH"), erase_at=AT))

    await process.storage.write(leave)
    with pytest.raises(Refused, match=LEFT):
        await clients(process).of("T0NORTH")


async def test_without_the_key_messages_wait(process: Process) -> None:
    await process.keep(NORTH)
    other = Process(process.storage, process.oauth, process.clock, FernetKeys([LOST]))
    with pytest.raises(NotAllowed, match="No key in HUDDLE_KEYS opens"):
        await clients(other).of("T0NORTH")


# -- other keys


async def test_after_rotating_the_old_key_is_not_needed(process: Process) -> None:
    process.keys = FernetKeys([OLD])
    await process.keep(NORTH)
    await process.keep(replace(NORTH, id="T0SOUTH", name="Southwind"))
    assert await rotate(process.storage, FernetKeys([NEW, OLD]), AT) == Rotated(2)
    assert await another(process).token() == "xoxb-north-secret"
    assert await rotate(process.storage, FernetKeys([NEW]), AT) == Rotated(2), "as often as one likes"


async def test_a_token_that_is_being_renewed_is_left_to_whoever_does(process: Process) -> None:
    await process.keep(ENDS)
    process.clock[0] = AT + timedelta(hours=11, minutes=45)
    process.oauth.gate = asyncio.Event()
    await process.token()
    await process.oauth.asked.wait()
    assert await rotate(process.storage, FernetKeys([NEW]), process.now()) == Rotated(0, ("Northwind",))
    process.oauth.gate.set()
    await process.installed.settle()
    assert await process.token() == "xoxb-1-secret"
    assert await rotate(process.storage, FernetKeys([NEW]), process.now()) == Rotated(1)


async def test_a_key_that_is_missing_changes_nothing(process: Process) -> None:
    await process.keep(NORTH)
    process.keys = FernetKeys([LOST])
    await process.keep(replace(NORTH, id="T0SOUTH", name="Southwind"))
    before = await process.storage.read(lambda s: s.installations.all())
    with pytest.raises(KeysError, match="tokens of Southwind"):
        await rotate(process.storage, FernetKeys([OLD, NEW]), AT)
    assert await process.storage.read(lambda s: s.installations.all()) == before
