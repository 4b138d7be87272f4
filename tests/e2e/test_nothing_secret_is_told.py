"""No token, no password and nobody's words in anything the process writes or answers, whatever goes wrong."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.demo.slack_person import SlackControl
from bot.demo.small_slack import SmallSlack
from tests.e2e.office import ANNA, TEAM, WORKSPACE, says
from tests.e2e.secrets import SECRETS, WORD, traces
from tests.support.asking import OPEN
from tests.support.between import Between
from tests.support.process import Product, environment, until

pytestmark = pytest.mark.stand_in


class RudeModel:
    """A model's server that refuses, breaks down and talks nonsense, and always repeats what it was told."""

    def __init__(self) -> None:
        self.port = 0
        self.asked = 0

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        heard = await request.text()
        status = (401, 500, 429, 200)[self.asked % 4]
        trouble = {"error": {"message": f"{request.headers.get('Authorization')} {heard}", "type": "x", "code": "y"}}
        return web.json_response(trouble, status=status)

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[RudeModel]:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()


OURS = dataclasses.replace(WORKSPACE, bot_token=SECRETS["SLACK_BOT_TOKEN"], app_token=SECRETS["SLACK_APP_TOKEN"])


@pytest.fixture
async def slack() -> AsyncIterator[SmallSlack]:
    async with SmallSlack(OURS, ack_seconds=0.5) as small:
        yield small


async def pages(port: str) -> str:
    """Everything that the operator's port says, errors included."""
    seen = []
    async with aiohttp.ClientSession() as session:
        for path in ("healthz", "readyz", "metrics", WORD, f"metrics?{WORD}"):
            async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                seen.append(f"{dict(answer.headers)} {await answer.text()}".replace(f"/{WORD}", ""))
    return "\n".join(seen)


@pytest.mark.parametrize("style", ["json", "console"])
async def test_a_day_on_which_everything_fails_leaves_no_trace(
    slack: SmallSlack, tmp_path: Path, unused_tcp_port_factory: Any, style: str
) -> None:
    """At the most talkative level: the model, Slack, the database and our own code all fail while people write."""
    health = str(unused_tcp_port_factory())
    async with RudeModel().listening() as model, Between(slack.url) as between, SlackControl(slack.url) as people:
        keys = environment(tmp_path, between.api_url, OURS.bot_token, OURS.app_token) | {
            "HUDDLE_LOG_LEVEL": "debug",
            "HUDDLE_LOG_FORMAT": style,
            "HUDDLE_HEALTH_PORT": health,
            "OPENAI_API_KEY": SECRETS["OPENAI_API_KEY"],
            "OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1",
        }
        (tmp_path / "team.yaml").write_text(TEAM)
        async with Product(tmp_path, keys) as product:
            code, said = await product.run("bot", "team", "apply", "team.yaml")
            assert code == 0, said
            await product.start()
            await people.wait_connected(15)
            await people.command(ANNA.id, ANNA.dm, "/coach", "")
            await people.wait_for(ANNA.dm, says(OPEN), 30)

            async def model_was_asked() -> bool:
                return model.asked > 0

            await people.say(ANNA.id, ANNA.dm, f"everything hangs on the {WORD} deal and I do not know how")
            await until(model_was_asked)
            between.refuse("chat.postMessage")
            await people.say(ANNA.id, ANNA.dm, f"then I call {WORD} at 15:00")
            await until(refused(between))
            seen = await pages(health)
            with contextlib.closing(sqlite3.connect(tmp_path / "huddle.db", timeout=10)) as database, database:
                for table in ("inbox", "outbox", "turn", "commitment"):
                    for deed in ("INSERT ON", "UPDATE ON"):
                        name = f"{table}_{deed[:6]}"
                        database.execute(
                            f"CREATE TRIGGER {name} BEFORE {deed} {table} BEGIN SELECT RAISE(ABORT, 'no room'); END"
                        )
            await people.say(ANNA.id, ANNA.dm, f"or rather mail {WORD}")
            await people.command(ANNA.id, ANNA.dm, "/coach", f"{WORD} please")

            async def database_failed() -> bool:
                return "no room" in product.output

            await until(database_failed)
            seen += await pages(health)
            await product.terminate()
            assert traces(seen) == []
            assert traces(product.output) == []


def refused(between: Between) -> Any:
    """Whether Slack has refused a call."""

    async def was() -> bool:
        return bool(between.refused)

    return was


async def test_a_token_that_slack_refuses_ends_it_without_being_quoted(slack: SmallSlack, tmp_path: Path) -> None:
    old = {name: f"{SECRETS[name]}-old" for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}
    keys = environment(tmp_path, slack.api_url, *old.values())
    async with Product(tmp_path, keys) as product:
        await product.start()
        assert await product.exited() == 1
        assert (await product.run("bot", "doctor"))[0] == 1
        assert "invalid_auth" in product.output
        assert traces(product.output) == []
