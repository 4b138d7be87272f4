"""Two workspaces install the app through its own web server, in a browser with cookies; one leaves, the other stays."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from cryptography.fernet import Fernet
from yarl import URL

from bot import app as root
from bot.adapters.oauth import INSTALL, REDIRECT
from bot.adapters.slack_clients import shared_session
from bot.domain.people import Times
from bot.domain.question_bank import Kind
from bot.logs import configure
from bot.ports.installations import LEFT
from bot.ports.messages import Lane, Message, Outgoing, Rendered
from bot.ports.storage import Store
from bot.scopes import SCOPES
from bot.services.people import Member, TeamPlan
from bot.settings import Settings
from bot.web import EVENTS, SlackHttp
from tests.bot.conftest import own_logging
from tests.support.process import until
from tests.support.strict.oauth import StrictOAuth, Team

__all__ = ["own_logging"]
pytestmark = [pytest.mark.stand_in, pytest.mark.usefixtures("without_a_proxy", "own_logging")]

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NORTH, SOUTH = Team("T0NORTH", "Northwind"), Team("T0SOUTH", "Southwind <b>", "U0BOSS")
GRID = Team("E0GRID", "Grid Inc", enterprise=True)
KEY = Fernet.generate_key().decode()


@pytest.fixture
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Product:
    """The product, as it listens; and Slack's hand at its door."""

    huddle: root.Huddle
    slack: StrictOAuth
    url: str
    database: Path
    session: aiohttp.ClientSession

    def browser(self) -> aiohttp.ClientSession:
        """A browser: cookies are kept, and secure ones go to this machine as browsers send them there."""
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(self.url))
        return aiohttp.ClientSession(cookie_jar=jar)

    async def install(self, team: Team | None, browser: aiohttp.ClientSession | None = None) -> tuple[int, str]:
        """Somebody of a workspace installs the app; None: they change their mind on Slack's page."""
        self.slack.consenting = team
        async with browser or self.browser() as used, used.get(self.url + INSTALL) as answer:
            return answer.status, await answer.text()

    async def installed(self, team: Team) -> None:
        """The app is installed, and whoever did has their message."""
        assert (await self.install(team))[0] == 200
        await self.huddle.settle()
        self.slack.posted.clear()

    async def begin(self, browser: aiohttp.ClientSession) -> str:
        """Open the page, and stop where Slack sends the browser back: the address that it is sent to."""
        async with browser.get(self.url + INSTALL, allow_redirects=False) as answer:
            consent = answer.headers["Location"]
        async with browser.get(consent, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def tell(self, body: dict[str, Any]) -> int:
        """Slack sends an event."""
        raw = json.dumps(body).encode()
        stamp = str(int(time.time()))
        digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
        headers["Content-Type"] = "application/json"
        async with self.session.post(self.url + EVENTS, data=raw, headers=headers) as answer:
            return answer.status

    async def event(self, team: Team, event: dict[str, Any], when: float | None = None) -> int:
        number = str(time.monotonic_ns())
        told = {"team_id": team.id, "event_time": int(when or time.time()), "event_id": f"Ev{number}", "event": event}
        known = {"team_id": team.id, "enterprise_id": None, "is_enterprise_install": False, "user_id": "U1"}
        return await self.tell({"type": "event_callback", "api_app_id": "A1", "authorizations": [known]} | told)

    async def hello(self, team: Team) -> int:
        """Somebody writes to the app."""
        ts = f"{time.time():.6f}"
        event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hello", "ts": ts}
        return await self.event(team, event)

    async def answered(self) -> list[str]:
        """The workspaces that something was posted to since this was last asked, once something was."""

        async def posted() -> bool:  # Slack takes one message a second in a channel
            await self.huddle.settle()
            return bool(self.slack.posted)

        await until(posted)
        places = [place for place, _ in self.slack.posted]
        self.slack.posted.clear()
        return places

    async def kept(self) -> list[str]:
        return [one.id for one in await self.huddle.storage.read(lambda s: s.installations.all())]

    def everything(self) -> bytes:
        """All that the database's files hold."""
        return b"".join(file.read_bytes() for file in self.database.parent.glob(self.database.name + "*"))


@pytest.fixture
async def slack() -> AsyncIterator[StrictOAuth]:
    async with StrictOAuth() as running:
        yield running


@pytest.fixture
async def product(
    slack: StrictOAuth, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Product]:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    configure("debug", "json")
    url = f"http://127.0.0.1:{unused_tcp_port}"
    slack.redirect_uris = (url + REDIRECT,)
    settings = Settings(
        _env_file=None, slack_client_id=slack.client_id, slack_client_secret=slack.client_secret, huddle_keys=KEY,
        huddle_public_url=url, slack_signing_secret=SECRET, huddle_http_port=unused_tcp_port,
        slack_api_url=slack.api_url, huddle_database=str(tmp_path / "huddle.db"),
    )  # fmt: skip
    oauth = settings.oauth()
    assert oauth is not None
    async with shared_session() as session, aiohttp.ClientSession() as outside:
        huddle = root.over_installations(settings, oauth, session)
        app = await root.for_installations(huddle, SECRET)
        huddle.register(app)
        door = SlackHttp(app, SECRET, "127.0.0.1", unused_tcp_port)
        await door.open()
        made = Product(huddle, slack, url, tmp_path / "huddle.db", outside)
        yield made
        await door.close()
        everything = made.everything()
        huddle.close()
    logged = written.getvalue()
    for secret in (*slack.secrets, slack.client_secret, KEY, SECRET):
        assert secret not in logged
        assert secret.encode() not in everything
    assert "Traceback" not in logged


async def test_two_workspaces_install_it_and_each_is_served_with_its_own_token(product: Product) -> None:
    status, page = await product.install(NORTH)
    assert status == 200
    assert "It is now in Northwind." in page
    status, page = await product.install(SOUTH)
    assert (status, "Southwind &lt;b&gt;" in page) == (200, True), "what Slack tells is shown as words"
    assert await product.kept() == ["T0NORTH", "T0SOUTH"]
    await product.huddle.settle()
    welcomes = [(place, args["channel"]) for place, args in product.slack.posted]
    assert sorted(welcomes) == [(NORTH.id, NORTH.installer), (SOUTH.id, SOUTH.installer)]
    for _, args in product.slack.posted:
        assert str(args["blocks"]).count("'type': 'button'") == 1
    product.slack.posted.clear()
    for team in (NORTH, SOUTH):
        await product.huddle.teams.apply(plan(team.id), datetime.now(UTC))
        assert await product.hello(team) == 200
        assert await product.answered() == [team.id]
    asked = [method for method, _ in product.slack.asked]
    assert asked.count("auth.test") == 2, "once at each installation, never for an event"


async def test_slack_is_asked_for_exactly_our_scopes_and_to_come_back_here(product: Product) -> None:
    async with product.browser() as browser:
        headers = {"allow_redirects": False}
        async with browser.get(product.url + INSTALL + "?team=T1%26redirect_uri=https://evil", **headers) as answer:  # type: ignore[arg-type]
            consent = urlsplit(answer.headers["Location"])
            cookie = answer.headers["Set-Cookie"]
    asked = parse_qs(consent.query)
    assert consent.path == "/oauth/v2/authorize"
    assert asked["scope"] == [",".join(SCOPES)]
    assert asked["redirect_uri"] == [product.url + REDIRECT]
    assert set(asked) == {"scope", "redirect_uri", "client_id", "state"}
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"):
        assert word in cookie


async def test_a_workspace_that_did_not_install_it_gets_nothing(product: Product) -> None:
    await product.installed(NORTH)
    product.slack.asked.clear()
    command = {"command": "/coach", "team_id": SOUTH.id, "user_id": "U1", "response_url": "https://hooks.invalid/1"}
    assert await product.tell(command) == 200
    assert await product.hello(SOUTH) == 200
    await product.huddle.settle()
    assert product.slack.asked == []
    with closing(sqlite3.connect(product.database)) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (0,)


async def test_a_consent_that_was_declined_is_told_and_changes_nothing(product: Product) -> None:
    status, page = await product.install(None)
    assert (status, "Nothing was installed" in page) == (200, True)
    assert await product.kept() == []


@pytest.mark.parametrize("how", ["another browser", "a made-up state", "no state", "no cookie"])
async def test_a_state_that_this_browser_did_not_get_is_refused(product: Product, how: str) -> None:
    product.slack.consenting = NORTH
    async with product.browser() as mine, product.browser() as other:
        back = await product.begin(mine)
        if how == "another browser":
            await product.begin(other)
        elif how == "a made-up state":
            back, other = back.partition("state=")[0] + "state=made-up", mine
        elif how == "no state":
            back, other = back.replace("state=", "stat="), mine
        async with other.get(back) as answer:
            assert answer.status == 400
            assert "began elsewhere" in await answer.text()
    assert await product.kept() == []


async def test_what_slack_sent_back_counts_once(product: Product) -> None:
    product.slack.consenting = NORTH
    async with product.browser() as browser:
        back = await product.begin(browser)
        cookies = {cookie.key: cookie.value for cookie in browser.cookie_jar}
        async with browser.get(back) as answer:
            assert answer.status == 200
        assert [cookie.value for cookie in browser.cookie_jar] == ["deleted"], "it is of no more use"
    cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    async with product.session.get(back, headers=cookie) as answer:
        assert answer.status == 400
        assert "each attempt counts once" in await answer.text()
    assert len([1 for method, _ in product.slack.asked if method == "oauth.v2.access"]) == 1


async def test_a_code_that_slack_refuses_is_told_with_a_reference(product: Product) -> None:
    product.slack.consenting = NORTH
    async with product.browser() as browser:
        back = await product.begin(browser)
        product.slack.codes.clear()
        async with browser.get(back) as answer:
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 401
    assert "this reference: " in page
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert await product.kept() == []


async def test_a_slack_that_is_away_is_told_with_a_reference(product: Product) -> None:
    product.slack.consenting = NORTH
    async with product.browser() as browser:
        back = await product.begin(browser)
        await product.slack.__aexit__(None, None, None)
        async with browser.get(back) as answer:
            assert answer.status == 503
            assert "this reference: " in await answer.text()


async def test_installations_that_are_begun_without_end_keep_nobody_from_installing(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.oauth.MOST_AT_ONCE", 3)
    async with product.browser() as browser:
        for _ in range(5):
            async with browser.get(product.url + INSTALL, allow_redirects=False) as answer:
                assert answer.status == 302
    with closing(sqlite3.connect(product.database)) as connection:
        assert connection.execute("SELECT count(*) FROM oauth_state").fetchone() == (3,)
    assert (await product.install(NORTH))[0] == 200
    assert await product.kept() == ["T0NORTH"]


async def test_whoever_installs_it_once_more_is_told_nothing_and_looks_after_nothing(product: Product) -> None:
    await product.installed(NORTH)
    again = Team(NORTH.id, NORTH.name, "U0OTHER")
    assert (await product.install(again))[0] == 200
    await product.huddle.settle()
    assert product.slack.posted == []
    known = await product.huddle.storage.read(lambda s: s.workspaces.get(NORTH.id))
    assert known.admins == (NORTH.installer,)


def plan(workspace: str, rep: str = "U1") -> TeamPlan:
    member = Member(rep, "Ana Sousa", "Europe/Lisbon", "set first meetings")
    boss = Member("U2", "Maria Kern", "Europe/Berlin")
    focus = (("set first meetings", Kind.PROSPECTING),)
    return TeamPlan(workspace, "North", "Europe/Berlin", "C1", (boss,), (member,), focus, times=Times())


def waiting(workspace: str, key: str) -> Any:
    """A message that is due in an hour."""
    due = datetime.now(UTC) + timedelta(hours=1)
    outgoing = Outgoing(key, workspace, "U1", Lane.NUDGE, Message("x"), due, due + timedelta(hours=1))
    return lambda s: s.outbox.add(outgoing, Rendered("some words", []), f"d-{key}", datetime.now(UTC))


def states(database: Path) -> dict[str, tuple[str, str, str | None]]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT key, state, text, reason FROM outbox").fetchall()
    return {key: (state, text, reason) for key, state, text, reason in rows}


GONE = (
    [{"type": "app_uninstalled"}],
    [{"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}],
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"], "oauth": ["U1"]}}],
    [{"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, {"type": "app_uninstalled"}],
    [{"type": "app_uninstalled"}] * 2,
)


@pytest.mark.parametrize("events", GONE, ids=lambda events: "+".join(one["type"] for one in events))
async def test_one_leaves_and_the_other_goes_on(product: Product, events: list[dict[str, Any]]) -> None:
    huddle = product.huddle
    for team in (NORTH, SOUTH):
        await product.installed(team)
        await huddle.teams.apply(plan(team.id), datetime.now(UTC))
        await huddle.storage.write(waiting(team.id, team.id))
        assert await product.hello(team) == 200
        assert await product.answered() == [team.id]
    product.slack.revoke(NORTH)
    for event in events:
        assert await product.event(NORTH, event) == 200
    assert await product.kept() == ["T0SOUTH"]
    assert states(product.database)["T0NORTH"] == ("skipped", "", LEFT)
    assert states(product.database)["T0SOUTH"][:2] == ("waiting", "some words")

    def subjects(store: Store) -> tuple[set[str], set[str]]:
        alarms = {alarm.subject for alarm in store.alarms.due(datetime.max.replace(tzinfo=UTC), 99)}
        north = {p.id for p in store.people.of_workspace(NORTH.id)} | {t.id for t in store.people.teams(NORTH.id)}
        south = {p.id for p in store.people.of_workspace(SOUTH.id)} | {t.id for t in store.people.teams(SOUTH.id)}
        return alarms & north, alarms & south

    asleep, awake = await huddle.storage.read(subjects)
    assert (asleep, len(awake)) == (set(), 3)
    erase_at = (await huddle.storage.read(lambda s: s.workspaces.get(NORTH.id))).erase_at
    assert erase_at is not None
    assert abs(erase_at - datetime.now(UTC) - timedelta(days=30)) < timedelta(minutes=1)

    assert await product.hello(NORTH) == 200, "what was on its way is taken, and nothing comes of it"
    assert await product.hello(SOUTH) == 200
    assert await product.answered() == [SOUTH.id]

    await product.install(NORTH)
    assert (await huddle.storage.read(lambda s: s.workspaces.get(NORTH.id))).erase_at is None
    awake_again, still_awake = await huddle.storage.read(subjects)
    assert (len(awake_again), still_awake) == (3, awake)
    assert await product.hello(NORTH) == 200
    assert await product.answered() == [NORTH.id]


async def test_a_farewell_that_comes_after_the_app_was_installed_again_takes_nothing(product: Product) -> None:
    long_ago = time.time() - 60
    await product.install(NORTH)
    assert await product.event(NORTH, {"type": "app_uninstalled"}, long_ago) == 200
    assert await product.event(NORTH, {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}) == 200
    assert await product.kept() == ["T0NORTH"]


async def test_an_organisation_installs_it_for_all_of_its_workspaces(product: Product) -> None:
    status, page = await product.install(GRID)
    assert (status, "Grid Inc" in page) == (200, True)
    assert await product.kept() == ["E0GRID"]
    await product.huddle.settle()
    ((place, args),) = product.slack.posted
    assert (place, args["channel"], args["team_id"]) == (GRID.id, GRID.installer, product.slack.home), "where they are"
    product.slack.posted.clear()
    await product.huddle.teams.apply(plan("T0EAST", "W1"), datetime.now(UTC))
    known = {"team_id": None, "enterprise_id": GRID.id, "is_enterprise_install": True, "user_id": "U1"}
    ts = f"{time.time():.6f}"
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "W1", "text": "hello", "ts": ts}
    event |= {"team": GRID.id, "user_team": GRID.id, "source_team": "T0EAST"}
    body = {"type": "event_callback", "team_id": "T0EAST", "enterprise_id": GRID.id, "authorizations": [known]}
    assert await product.tell(body | {"event": event, "event_id": "Ev1", "event_time": int(time.time())}) == 200
    await product.huddle.settle()
    ((place, args),) = product.slack.posted
    assert (place, args["team_id"]) == (GRID.id, "T0EAST"), "with the organisation's token, and for that workspace"

    gone = {"type": "app_uninstalled"}
    body = {"type": "event_callback", "team_id": GRID.id, "enterprise_id": GRID.id, "authorizations": [known]}
    assert await product.tell(body | {"event": gone, "event_id": "Ev2", "event_time": int(time.time())}) == 200
    assert await product.kept() == []
    for workspace in (GRID.id, "T0EAST", product.slack.home):
        left = await product.huddle.storage.read(lambda s, w=workspace: s.workspaces.get(w).erase_at)  # type: ignore[misc]
        assert left is not None


async def test_a_token_that_ends_is_renewed_before_anything_is_sent_with_it(product: Product) -> None:
    product.slack.rotates = True
    await product.installed(NORTH)
    await product.huddle.teams.apply(plan(NORTH.id), datetime.now(UTC))
    for token in product.slack.tokens.values():
        token.trouble = "token_expired"
    with closing(sqlite3.connect(product.database)) as connection, connection:
        connection.execute("UPDATE installation SET expires_at = '2026-01-01 00:00:00.000000'")
    assert product.huddle.joined is not None
    product.huddle.joined.installed.forget()
    assert await product.hello(NORTH) == 200
    assert await product.answered() == [NORTH.id]
    assert len([1 for method, args in product.slack.asked if args.get("grant_type") == "refresh_token"]) == 1
