"""An office for every test: a stand-in, the team set up by the real command, and the product, not yet started."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NoReturn

import pytest

from bot.demo.local_slack import LocalSlack, StandInMissing
from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from tests.e2e.moved import MODULE, Levers
from tests.e2e.office import TEAM, WORKSPACE, Office
from tests.support.between import Between
from tests.support.process import OURS, Product, environment
from tests.support.slack import StandIn, without_a_proxy

__all__ = ["without_a_proxy"]

REQUIRED = "HUDDLE_REQUIRE_STAND_IN"


def missing(reason: str) -> NoReturn:
    """Skip for this reason, or fail for it where the stand-in is said to be required."""
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{reason} ({REQUIRED}=1 says that it must be there.)")
    pytest.skip(reason)


@pytest.fixture
async def small() -> AsyncIterator[SmallSlack]:
    """The small Slack, in this process: it sends again what was not acknowledged."""
    async with SmallSlack(WORKSPACE) as slack:
        yield slack


@pytest.fixture
async def local() -> AsyncIterator[LocalSlack]:
    """The stand-in that npm installs, a process of its own."""
    slack = LocalSlack(WORKSPACE)
    try:
        await slack.__aenter__()
    except StandInMissing as reason:
        missing(str(reason))
    try:
        yield slack
    finally:
        await slack.__aexit__(None, None, None)


@pytest.fixture(params=["small", "local"])
def slack(request: pytest.FixtureRequest) -> StandIn:
    """Each stand-in in turn."""
    found: StandIn = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where databases with the team in them are kept, one for each kind of stand-in."""
    return tmp_path_factory.mktemp("set-up")


def copy_database(there: Path, here: Path) -> None:
    """The database that nobody works on now, with all its files."""
    for file in there.glob("huddle.db*"):
        shutil.copy(file, here)


Opened = Callable[..., AbstractAsyncContextManager[Office]]


@pytest.fixture
def open_office(tmp_path: Path, set_up: Path) -> Opened:
    """Opens an office in a stand-in. The team is set up by `python -m bot team apply`, once for each kind."""

    @contextlib.asynccontextmanager
    async def opened(
        slack: StandIn, module: tuple[str, ...] = OURS, by: Between | None = None
    ) -> AsyncIterator[Office]:
        api_url = by.api_url if by else slack.api_url
        ready = set_up / type(slack).__name__
        keys = environment(tmp_path, api_url, WORKSPACE.bot_token, WORKSPACE.app_token)
        async with SlackControl(slack.url) as people, Product(tmp_path, keys, module) as product:
            if not ready.exists():
                (tmp_path / "team.yaml").write_text(TEAM)
                code, output = await product.run("bot", "team", "apply", "team.yaml")
                assert code == 0, output
                ready.mkdir()
                copy_database(tmp_path, ready)
            else:
                copy_database(ready, tmp_path)
            yield Office(people, product, Levers(tmp_path))

    return opened


@pytest.fixture
async def office(slack: StandIn, open_office: Opened) -> AsyncIterator[Office]:
    """An office whose product is `python -m bot run`, in each stand-in."""
    async with open_office(slack) as found:
        yield found


@pytest.fixture
async def moved_office(slack: StandIn, open_office: Opened) -> AsyncIterator[Office]:
    """An office whose product has the two levers, in each stand-in."""
    async with open_office(slack, MODULE) as found:
        yield found


@pytest.fixture
async def small_between(small: SmallSlack) -> AsyncIterator[Between]:
    """A proxy in front of the small Slack."""
    async with Between(small.url) as proxy:
        yield proxy


@pytest.fixture
async def small_office(small: SmallSlack, small_between: Between, open_office: Opened) -> AsyncIterator[Office]:
    """An office in the small Slack, whose product has the two levers and reaches Slack through the proxy."""
    async with open_office(small, MODULE, small_between) as found:
        yield found


@pytest.fixture
async def between(slack: StandIn) -> AsyncIterator[Between]:
    """A proxy in front of the stand-in."""
    async with Between(slack.url) as proxy:
        yield proxy


@pytest.fixture
async def office_between(slack: StandIn, between: Between, open_office: Opened) -> AsyncIterator[Office]:
    """An office whose product has the two levers and reaches Slack through the proxy."""
    async with open_office(slack, MODULE, between) as found:
        yield found
