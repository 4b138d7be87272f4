"""The process itself with many workspaces: installed into, looked at, given other keys, and wrong ones told apart."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from cryptography.fernet import Fernet
from yarl import URL

from bot.adapters.oauth import INSTALL, REDIRECT
from tests.support.process import Product, environment, until
from tests.support.strict.oauth import StrictOAuth, Team

pytestmark = pytest.mark.stand_in

NORTH = Team("T0NORTH", "Northwind")
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.fixture
async def slack() -> AsyncIterator[StrictOAuth]:
    async with StrictOAuth(consenting=NORTH) as running:
        yield running


@pytest.fixture
async def product(slack: StrictOAuth, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Product]:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    slack.redirect_uris = (url + REDIRECT,)
    many = {
        "SLACK_BOT_TOKEN": "",
        "SLACK_APP_TOKEN": "",
        "SLACK_CLIENT_ID": slack.client_id,
        "SLACK_CLIENT_SECRET": slack.client_secret,
        "SLACK_SIGNING_SECRET": "signed",
        "HUDDLE_HTTP_PORT": str(unused_tcp_port),
        "HUDDLE_PUBLIC_URL": url,
        "HUDDLE_KEYS": OLD,
    }
    async with Product(tmp_path, environment(tmp_path, slack.api_url, "", "") | many) as made:
        yield made
    for secret in (*slack.secrets, slack.client_secret, OLD, NEW):
        assert secret not in made.output


async def installed(product: Product) -> bool:
    """Whether somebody could install it: False while nobody listens."""
    url = URL(product.environment["HUDDLE_PUBLIC_URL"])
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=url)
    try:
        async with aiohttp.ClientSession(cookie_jar=jar) as browser, browser.get(str(url) + INSTALL) as answer:
            return "is installed" in await answer.text()
    except aiohttp.ClientConnectionError:
        return False


async def exited(product: Product) -> int:
    """The exit code, once it has ended by itself: a busy machine is slow to start."""
    for _ in range(3):
        with contextlib.suppress(TimeoutError):
            return await product.exited()
    return await product.exited()


async def test_it_is_installed_looked_at_and_given_another_key(product: Product, slack: StrictOAuth) -> None:
    await product.start()
    await until(lambda: installed(product))

    async def welcomed() -> bool:
        return [place for place, _ in slack.posted] == [NORTH.id]

    await until(welcomed)
    _, said = await product.run("bot", "doctor")
    assert "workspaces: Northwind (T0NORTH)" in said
    assert "workspace Northwind: huddle in Northwind" in said
    product.environment["HUDDLE_KEYS"] = f"{NEW},{OLD}"
    code, said = await product.run("bot", "rotate-keys")
    assert (code, "1 installation sealed with the first key." in said) == (0, True)
    assert await product.terminate() == 0

    product.environment["HUDDLE_KEYS"] = OLD
    await product.start()
    assert await exited(product) == 1
    assert "No key in HUDDLE_KEYS opens the tokens of Northwind;" in product.output
    product.environment["HUDDLE_KEYS"] = NEW
    await product.start()
    await until(lambda: installed(product))
    assert await product.terminate() == 0
    assert "Traceback" not in product.output


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("HUDDLE_KEYS", "no-key", "HUDDLE_KEYS: key 1 is not a Fernet key;"),
        ("HUDDLE_PUBLIC_URL", "", "SLACK_CLIENT_ID is set and HUDDLE_PUBLIC_URL is not."),
        ("SLACK_BOT_TOKEN", "xoxb-1", "SLACK_CLIENT_ID and SLACK_BOT_TOKEN are both set."),
        ("SLACK_SIGNING_SECRET", "", "SLACK_CLIENT_ID is set and SLACK_SIGNING_SECRET is not."),
    ],
)
async def test_what_cannot_work_ends_it_with_one_sentence(product: Product, name: str, value: str, says: str) -> None:
    product.environment[name] = value
    await product.start()
    assert await exited(product) == 1
    assert product.output.startswith(says)
    assert "Traceback" not in product.output
