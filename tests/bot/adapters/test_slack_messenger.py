"""Slack's Web API behind our ports, through the real client, over a real socket to a server of our own."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_messenger import WAIT, SlackDirectory, SlackMessenger, as_profile, known_zone
from bot.ports.messages import Delivery, Op
from bot.ports.slack import Posted, Profile, Refused, TryLater
from tests.bot.adapters.web_api import WebApi, web_api

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Grüß dich &amp; viel Glück 🎯"}}]
ANA = {"id": "U0ANA", "team_id": "T1", "name": "ana", "real_name": "Ana Sousa", "tz": "Europe/Lisbon"}


@pytest.fixture(autouse=True)
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """slack_sdk sends everything through the proxy of the environment, 127.0.0.1 included."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest_asyncio.fixture
async def api() -> AsyncIterator[WebApi]:
    async with web_api() as served:
        yield served


def delivery(op: Op = Op.POST, **place: str) -> Delivery:
    return Delivery(
        id=7,
        key="reply:T1:D0ANA:1.2:0",
        workspace="T1",
        channel="U0ANA",
        op=op,
        text="Grüß dich &amp; viel Glück 🎯",
        blocks=BLOCKS,
        expires_at=AT,
        attempts=1,
        delivery_id="d0c0ffee",
        lease_until=AT,
        **place,
    )


def nobody_listens() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/api/"


async def test_a_message_is_posted_to_the_person_and_its_place_is_what_slack_says(api: WebApi) -> None:
    assert await SlackMessenger(api.client()).deliver(delivery()) == Posted("D0ANA", "1700000000.000100")
    assert [method for method, _ in api.asked] == ["chat.postMessage"]
    assert api.given("channel") == "U0ANA"
    assert api.given("text") == "Grüß dich &amp; viel Glück 🎯"
    assert api.given("blocks") == BLOCKS


async def test_the_metadata_that_anybody_can_read_is_an_opaque_id_and_nothing_else(api: WebApi) -> None:
    await SlackMessenger(api.client()).deliver(delivery())
    assert api.given("metadata") == {"event_type": "delivery", "event_payload": {"delivery_id": "d0c0ffee"}}


async def test_links_that_somebody_wrote_are_not_unfolded(api: WebApi) -> None:
    await SlackMessenger(api.client()).deliver(delivery())
    assert str(api.given("unfurl_links")).lower() in {"false", "0"}
    assert str(api.given("unfurl_media")).lower() in {"false", "0"}


async def test_an_update_replaces_the_message_where_it_was_posted(api: WebApi) -> None:
    update = delivery(Op.UPDATE, slack_channel="D0ANA", slack_ts="1.7")
    assert await SlackMessenger(api.client()).deliver(update) == Posted("D0ANA", "1700000000.000100")
    assert [method for method, _ in api.asked] == ["chat.update"]
    assert (api.given("channel"), api.given("ts")) == ("D0ANA", "1.7")
    assert api.given("blocks") == BLOCKS


@pytest.mark.parametrize(
    ("status", "headers", "answer", "reason", "seconds"),
    [
        (429, {"Retry-After": "30"}, {"ok": False, "error": "ratelimited"}, "ratelimited", 30),
        (429, {}, {"ok": False, "error": "ratelimited"}, "ratelimited", WAIT),
        (429, {"Retry-After": "soon"}, {"ok": False, "error": "ratelimited"}, "ratelimited", WAIT),
        (429, {"Retry-After": "12"}, "slow down", "an answer that is not Slack's", 12),
        (200, {}, {"ok": False, "error": "internal_error"}, "internal_error", WAIT),
        (200, {}, {"ok": False, "error": "service_unavailable"}, "service_unavailable", WAIT),
        (500, {}, {"ok": False, "error": "whatever"}, "whatever", WAIT),
        (503, {"Retry-After": "7"}, {"ok": False}, "an answer that is not Slack's", 7),
        (502, {}, "<html>Bad gateway</html>", "an answer that is not Slack's", WAIT),
        (200, {}, "<html>Please log in to the hotel</html>", "an answer that is not Slack's", WAIT),
    ],
)
async def test_trouble_that_passes_is_tried_again_later(
    api: WebApi, status: int, headers: dict[str, str], answer: dict[str, Any] | str, reason: str, seconds: float
) -> None:
    api.status, api.headers, api.answer = status, headers, answer
    with pytest.raises(TryLater) as caught:
        await SlackMessenger(api.client()).deliver(delivery())
    assert (caught.value.reason, caught.value.seconds) == (reason, seconds)
    assert len(api.asked) == 1


async def test_an_answer_that_only_says_it_is_json_is_tried_again_later(api: WebApi) -> None:
    api.answer, api.content_type = "<html>", "application/json"
    with pytest.raises(TryLater, match="not Slack's"):
        await SlackMessenger(api.client()).deliver(delivery())


@pytest.mark.parametrize(
    "error", ["channel_not_found", "not_in_channel", "is_archived", "msg_too_long", "invalid_blocks"]
)
async def test_a_no_is_a_no(api: WebApi, error: str) -> None:
    api.answer = {"ok": False, "error": error}
    with pytest.raises(Refused, match=f"^{error}$"):
        await SlackMessenger(api.client()).deliver(delivery())
    assert len(api.asked) == 1


async def test_where_nobody_listens_the_message_cannot_have_arrived_and_is_tried_again() -> None:
    client = AsyncWebClient(token="xoxb-test", base_url=nobody_listens(), retry_handlers=[])
    with pytest.raises(TryLater, match="no connection to Slack"):
        await SlackMessenger(client).deliver(delivery())


async def test_a_connection_that_breaks_off_is_neither_a_yes_nor_a_no(api: WebApi) -> None:
    """The message may have arrived: it stays open until its lease ends."""
    api.hangs_up = True
    with pytest.raises(aiohttp.ClientError):
        await SlackMessenger(api.client()).deliver(delivery())
    assert len(api.asked) == 1


# -- people


async def test_a_member_is_looked_up_by_id(api: WebApi) -> None:
    api.answer = {"ok": True, "user": ANA}
    found = await SlackDirectory(api.client()).profile("T1", "U0ANA")
    assert found == Profile("U0ANA", "Ana Sousa", "Europe/Lisbon")
    assert found.is_member
    assert api.asked == [("users.info", {"user": "U0ANA"})]


async def test_somebody_whom_slack_does_not_know_is_nobody(api: WebApi) -> None:
    api.answer = {"ok": False, "error": "user_not_found"}
    assert await SlackDirectory(api.client()).profile("T1", "U0NOBODY") is None


async def test_a_connection_that_breaks_off_says_nothing_about_a_person(api: WebApi) -> None:
    api.hangs_up = True
    with pytest.raises(TryLater, match="no connection to Slack"):
        await SlackDirectory(api.client()).profile("T1", "U0ANA")


@pytest.mark.parametrize("status", [200, 429, 502])
async def test_when_slack_does_not_answer_nobody_is_taken_for_a_stranger(api: WebApi, status: int) -> None:
    api.status, api.answer = status, "<html>"
    with pytest.raises(TryLater):
        await SlackDirectory(api.client()).profile("T1", "U0ANA")


async def test_without_a_connection_nobody_is_taken_for_a_stranger() -> None:
    client = AsyncWebClient(token="xoxb-test", base_url=nobody_listens(), retry_handlers=[])
    with pytest.raises(TryLater, match="no connection to Slack"):
        await SlackDirectory(client).profile("T1", "U0ANA")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, Profile("U0ANA", "Ana Sousa", "Europe/Lisbon")),
        ({"is_restricted": True}, Profile("U0ANA", "Ana Sousa", "Europe/Lisbon", is_guest=True)),
        ({"is_ultra_restricted": True}, Profile("U0ANA", "Ana Sousa", "Europe/Lisbon", is_guest=True)),
        ({"is_bot": True}, Profile("U0ANA", "Ana Sousa", "Europe/Lisbon", is_bot=True)),
        ({"is_stranger": True}, Profile("U0ANA", "Ana Sousa", "Europe/Lisbon", is_stranger=True)),
        ({"team_id": "T2"}, Profile("U0ANA", "Ana Sousa", "Europe/Lisbon", is_stranger=True)),
        ({"deleted": True, "tz": None}, Profile("U0ANA", "Ana Sousa", None, deleted=True)),
        ({"id": "USLACKBOT"}, Profile("USLACKBOT", "Ana Sousa", "Europe/Lisbon", is_bot=True)),
        ({"tz": "Mars/Olympus_Mons"}, Profile("U0ANA", "Ana Sousa", None)),
        ({"real_name": "", "profile": {"real_name": "Ana S."}}, Profile("U0ANA", "Ana S.", "Europe/Lisbon")),
        ({"real_name": None, "profile": {"display_name": "ana.s"}}, Profile("U0ANA", "ana.s", "Europe/Lisbon")),
        ({"real_name": None, "profile": None}, Profile("U0ANA", "ana", "Europe/Lisbon")),
        ({"real_name": None, "name": None}, Profile("U0ANA", "U0ANA", "Europe/Lisbon")),
    ],
)
def test_a_member_is_seen_for_what_they_are(more: dict[str, Any], expected: Profile) -> None:
    assert as_profile(ANA | more, "T1") == expected


def test_only_a_full_member_of_this_workspace_is_one() -> None:
    more: list[dict[str, Any]] = [{"is_bot": True}, {"is_restricted": True}, {"team_id": "T2"}, {"deleted": True}]
    assert as_profile(ANA, "T1").is_member
    assert not any(as_profile(ANA | one, "T1").is_member for one in more)


@pytest.mark.parametrize("name", [None, "", "Mars", "Europe", "../etc/passwd", "/etc/passwd", "A" * 5000, "a\x00b", 7])
def test_a_zone_that_this_machine_does_not_know_is_none(name: object) -> None:
    assert known_zone(name) is None


@pytest.mark.parametrize("name", ["Europe/Lisbon", "Asia/Kathmandu", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_zone_is_kept_by_its_name(name: str) -> None:
    assert known_zone(name) == name
