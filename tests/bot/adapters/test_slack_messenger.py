"""Slack's Web API behind our ports, through the real client, over a real socket to a server of our own."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_clients import OneClient
from bot.adapters.slack_directory import SlackDirectory, as_profile, known_zone
from bot.adapters.slack_messenger import (
    ACCOUNT,
    MARGIN,
    PAGE,
    PAGES,
    THROTTLED,
    UNTOLD,
    WAIT,
    WAIT_FOR_MENDING,
    SlackMessenger,
    told,
    translated,
)
from bot.ports.messages import Delivery, Lane, Op
from bot.ports.slack import NotAllowed, Posted, Profile, Refused, TryLater, Unsure
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


def delivery(op: Op = Op.POST, slack_channel: str | None = None, slack_ts: str | None = None) -> Delivery:
    return Delivery(
        id=7,
        key="reply:T1:D0ANA:1.2:0",
        workspace="T1",
        channel="U0ANA",
        lane=Lane.REPLY,
        op=op,
        text="Grüß dich &amp; viel Glück 🎯",
        blocks=BLOCKS,
        created_at=AT,
        expires_at=AT,
        attempts=1,
        delivery_id="d0c0ffee",
        lease_until=AT,
        slack_channel=slack_channel,
        slack_ts=slack_ts,
    )


def nobody_listens() -> str:
    """An address at which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/api/"


async def test_a_message_is_posted_to_the_person_and_its_place_is_what_slack_says(api: WebApi) -> None:
    assert await SlackMessenger(OneClient(api.client())).deliver(delivery()) == Posted("D0ANA", "1700000000.000100")
    assert [method for method, _ in api.asked] == ["chat.postMessage"]
    assert api.given("channel") == "U0ANA"
    assert api.given("text") == "Grüß dich &amp; viel Glück 🎯"
    assert api.given("blocks") == BLOCKS


async def test_the_metadata_that_anybody_can_read_is_an_opaque_id_and_nothing_else(api: WebApi) -> None:
    await SlackMessenger(OneClient(api.client())).deliver(delivery())
    assert api.given("metadata") == {"event_type": "delivery", "event_payload": {"delivery_id": "d0c0ffee"}}


async def test_links_that_somebody_wrote_are_not_unfolded(api: WebApi) -> None:
    await SlackMessenger(OneClient(api.client())).deliver(delivery())
    assert str(api.given("unfurl_links")).lower() in {"false", "0"}
    assert str(api.given("unfurl_media")).lower() in {"false", "0"}


async def test_an_update_replaces_the_message_where_it_was_posted(api: WebApi) -> None:
    update = delivery(Op.UPDATE, slack_channel="D0ANA", slack_ts="1.7")
    assert await SlackMessenger(OneClient(api.client())).deliver(update) == Posted("D0ANA", "1700000000.000100")
    assert [method for method, _ in api.asked] == ["chat.update"]
    assert (api.given("channel"), api.given("ts")) == ("D0ANA", "1.7")
    assert api.given("blocks") == BLOCKS


# -- what comes of a call


@pytest.mark.parametrize(
    ("headers", "answer", "reason", "seconds"),
    [
        ({"Retry-After": "30"}, {"ok": False, "error": "ratelimited"}, "ratelimited", 30),
        ({}, {"ok": False, "error": "ratelimited"}, "ratelimited", WAIT),
        ({"Retry-After": "soon"}, {"ok": False, "error": "ratelimited"}, "ratelimited", WAIT),
        ({"Retry-After": "12"}, "slow down", "ratelimited", 12),
    ],
)
async def test_when_we_call_too_often_we_wait_as_long_as_slack_says(
    api: WebApi, headers: dict[str, str], answer: dict[str, Any] | str, reason: str, seconds: float
) -> None:
    api.status, api.headers, api.answer = 429, headers, answer
    with pytest.raises(TryLater) as caught:
        await SlackMessenger(OneClient(api.client())).deliver(delivery())
    assert (caught.value.reason, caught.value.seconds, caught.value.throttled) == (reason, seconds, True)
    assert len(api.asked) == 1


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (200, {"ok": False, "error": "internal_error"}, "internal_error"),
        (200, {"ok": False, "error": "service_unavailable"}, "service_unavailable"),
        (500, {"ok": False, "error": "whatever"}, "whatever"),
        (503, {"ok": False}, "not Slack's .503."),
        (502, "<html>Bad gateway</html>", "not Slack's .502."),
        (200, "<html>Please log in to the hotel</html>", "not Slack's .200."),
    ],
)
async def test_an_answer_that_says_nothing_leaves_it_open_whether_the_message_arrived(
    api: WebApi, status: int, answer: dict[str, Any] | str, reason: str
) -> None:
    api.status, api.answer = status, answer
    with pytest.raises(Unsure, match=reason):
        await SlackMessenger(OneClient(api.client())).deliver(delivery())
    assert len(api.asked) == 1


async def test_an_answer_that_only_says_it_is_json_says_nothing_either(api: WebApi) -> None:
    api.answer, api.content_type = "<html>", "application/json"
    with pytest.raises(Unsure, match="not Slack's"):
        await SlackMessenger(OneClient(api.client())).deliver(delivery())


@pytest.mark.parametrize(
    "error", ["channel_not_found", "not_in_channel", "is_archived", "msg_too_long", "invalid_blocks"]
)
async def test_a_no_is_a_no(api: WebApi, error: str) -> None:
    api.answer = {"ok": False, "error": error}
    with pytest.raises(Refused, match=f"^{error}$"):
        await SlackMessenger(OneClient(api.client())).deliver(delivery())
    assert len(api.asked) == 1


async def test_where_nobody_listens_the_message_cannot_have_arrived_and_is_tried_again() -> None:
    client = AsyncWebClient(token="xoxb-test", base_url=nobody_listens(), retry_handlers=[])
    with pytest.raises(TryLater, match="no connection to Slack") as caught:
        await SlackMessenger(OneClient(client)).deliver(delivery())
    assert (caught.value.seconds, caught.value.throttled) == (WAIT, False)


async def test_a_connection_that_breaks_off_is_neither_a_yes_nor_a_no(api: WebApi) -> None:
    api.hangs_up = True
    with pytest.raises(Unsure):
        await SlackMessenger(OneClient(api.client())).deliver(delivery())
    assert len(api.asked) == 1


@pytest.mark.parametrize(
    "error", [TimeoutError(), ConnectionResetError(), aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError()]
)
def test_what_the_network_loses_on_the_way_is_not_known(error: Exception) -> None:
    with pytest.raises(Unsure, match=type(error).__name__), told():
        raise error


def test_a_mistake_of_ours_is_not_taken_for_trouble_with_slack() -> None:
    with pytest.raises(KeyError), told():
        raise KeyError("channel")


def of(status: int, data: object, **headers: str) -> SlackApiError:
    """Slack's error as its client raises it."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return SlackApiError("no", SimpleNamespace(status_code=status, data=data, headers=names))  # type: ignore[no-untyped-call]


def no(error: str, status: int = 200, **headers: str) -> SlackApiError:
    return of(status, {"ok": False, "error": error}, **headers)


@pytest.mark.parametrize(
    ("error", "kind"),
    [(no(name), TryLater) for name in sorted(THROTTLED)]
    + [(no("anything", 429), TryLater), (of(429, "slow down"), TryLater), (of(429, b""), TryLater)]
    + [(no(name), Unsure) for name in sorted(UNTOLD)]
    + [(no("anything", 500), Unsure), (no("invalid_blocks", 503), Unsure), (no("invalid_auth", 502), Unsure)]
    + [(of(200, "<html>"), Unsure), (of(200, {"ok": False}), Unsure), (of(200, {}), Unsure), (of(404, None), Unsure)]
    + [(no(name), NotAllowed) for name in sorted(ACCOUNT)]
    + [(no("channel_not_found"), Refused), (no("a_new_one"), Refused), (no("message_not_found", 404), Refused)],
)
def test_every_answer_of_slacks_is_one_of_four_things(error: SlackApiError, kind: type[Exception]) -> None:
    assert type(translated(error)) is kind


def test_only_a_rate_limit_says_that_we_call_too_often() -> None:
    limited, account = translated(no("ratelimited")), translated(no("token_revoked"))
    assert isinstance(limited, TryLater)
    assert limited.throttled
    assert isinstance(account, TryLater)
    assert (account.throttled, account.seconds) == (False, WAIT_FOR_MENDING)


@pytest.mark.parametrize(
    ("told_wait", "seconds"),
    [("1", 1), ("30", 30), ("0.5", 0.5), ("99999", 99999), ("-5", WAIT), ("1e9", WAIT), ("nan", WAIT), ("", WAIT)],
)
def test_a_wait_is_taken_from_slack_only_when_it_is_a_number_of_seconds(told_wait: str, seconds: float) -> None:
    error = translated(no("ratelimited", 429, Retry_After=told_wait))
    assert isinstance(error, TryLater)
    assert error.seconds == seconds


# -- looking for a message that may have arrived


@dataclass
class Asked:
    """One call of the Web API."""

    method: str
    arguments: dict[str, Any]


class Scripted(AsyncWebClient):
    """The real client with Slack's answers given: each is returned, or raised, in its turn."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        super().__init__(token="xoxb-test", retry_handlers=[])
        self.answers = list(answers)
        self.asked: list[Asked] = []

    async def api_call(self, api_method: str, **given: Any) -> Any:
        arguments = given.get("params") or given.get("json") or {}
        self.asked.append(Asked(api_method, {k: v for k, v in arguments.items() if v is not None}))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def posted(ts: str, delivery_id: str | None) -> dict[str, Any]:
    if delivery_id is None:
        return {"type": "message", "ts": ts, "text": "words"}
    metadata = {"event_type": "delivery", "event_payload": {"delivery_id": delivery_id}}
    return {"type": "message", "ts": ts, "text": "words", "metadata": metadata}


def page(*messages: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": True, "messages": list(messages), "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor is not None else {})


KNOWN = delivery(slack_channel="D0ANA")


async def test_a_message_is_known_by_the_id_in_its_metadata() -> None:
    client = Scripted(page(posted("9.1", "another"), posted("8.1", None), posted("7.1", "d0c0ffee")))
    assert await SlackMessenger(OneClient(client)).find(KNOWN, AT) == Posted("D0ANA", "7.1")
    (asked,) = client.asked
    assert asked.method == "conversations.history"
    assert asked.arguments["channel"] == "D0ANA"
    assert asked.arguments["include_all_metadata"] in (True, 1, "1", "true")
    assert int(asked.arguments["limit"]) == PAGE


async def test_the_conversation_is_read_back_to_a_little_before_the_first_try() -> None:
    client = Scripted(page())
    await SlackMessenger(OneClient(client)).find(KNOWN, AT)
    assert float(client.asked[0].arguments["oldest"]) == AT.timestamp() - MARGIN
    assert "e" not in str(client.asked[0].arguments["oldest"])


@pytest.mark.parametrize("end", [None, ""])
async def test_a_message_that_is_on_no_page_was_not_posted(end: str | None) -> None:
    client = Scripted(page(posted("9.1", None), cursor="more"), page(posted("8.1", "another"), cursor=end))
    assert await SlackMessenger(OneClient(client)).find(KNOWN, AT) is None
    assert [one.arguments.get("cursor") for one in client.asked] == [None, "more"]


async def test_older_pages_are_read_until_it_is_found() -> None:
    client = Scripted(page(cursor="2"), page(cursor="3"), page(posted("7.1", "d0c0ffee"), cursor="4"))
    assert await SlackMessenger(OneClient(client)).find(KNOWN, AT) == Posted("D0ANA", "7.1")
    assert [one.arguments.get("cursor") for one in client.asked] == [None, "2", "3"]


async def test_when_there_is_more_than_can_be_looked_through_it_cannot_be_told_now() -> None:
    client = Scripted(*(page(posted(f"{n}.1", None), cursor=f"{n}") for n in range(PAGES + 3)))
    with pytest.raises(TryLater) as caught:
        await SlackMessenger(OneClient(client)).find(KNOWN, AT)
    assert len(client.asked) == PAGES
    assert (caught.value.seconds, caught.value.throttled) == (WAIT_FOR_MENDING, False)


@pytest.mark.parametrize(
    "odd",
    [{"metadata": None}, {"metadata": {}}, {"metadata": {"event_payload": None}}, {"metadata": {"event_type": "x"}}],
)
async def test_a_message_without_our_metadata_is_not_ours(odd: dict[str, Any]) -> None:
    client = Scripted(page(posted("9.1", None) | odd))
    assert await SlackMessenger(OneClient(client)).find(KNOWN, AT) is None


@pytest.mark.parametrize("user", ["U0ANA", "W0ANA"])
async def test_a_conversation_that_is_not_known_yet_is_opened_and_read(user: str) -> None:
    client = Scripted({"ok": True, "channel": {"id": "D7"}}, page(posted("7.1", "d0c0ffee")))
    assert await SlackMessenger(OneClient(client)).find(replace(delivery(), channel=user), AT) == Posted("D7", "7.1")
    opened, read = client.asked
    assert (opened.method, opened.arguments["users"]) == ("conversations.open", user)
    assert read.arguments["channel"] == "D7"


async def test_a_channel_is_read_as_it_is() -> None:
    client = Scripted(page())
    await SlackMessenger(OneClient(client)).find(replace(delivery(), channel="C01WINS"), AT)
    assert [(one.method, one.arguments["channel"]) for one in client.asked] == [("conversations.history", "C01WINS")]


@pytest.mark.parametrize(
    ("error", "seconds", "throttled"),
    [
        (no("ratelimited", 429, Retry_After="30"), 30, True),
        (no("internal_error"), WAIT, False),
        (of(502, "<html>"), WAIT, False),
        (aiohttp.ServerDisconnectedError(), WAIT, False),
        (TimeoutError(), WAIT, False),
        (no("channel_not_found"), WAIT_FOR_MENDING, False),
        (no("missing_scope"), WAIT_FOR_MENDING, False),
    ],
)
@pytest.mark.parametrize("step", ["opening", "reading"])
async def test_whatever_keeps_us_from_looking_means_that_it_cannot_be_told_now(
    error: Exception, seconds: float, throttled: bool, step: str
) -> None:
    client = Scripted(error) if step == "opening" else Scripted({"ok": True, "channel": {"id": "D7"}}, error)
    with pytest.raises(TryLater) as caught:
        await SlackMessenger(OneClient(client)).find(delivery(), AT)
    assert (caught.value.seconds, caught.value.throttled) == (seconds, throttled)


# -- people


async def test_a_member_is_looked_up_by_id(api: WebApi) -> None:
    api.answer = {"ok": True, "user": ANA}
    found = await SlackDirectory(OneClient(api.client())).profile("T1", "U0ANA")
    assert found == Profile("U0ANA", "Ana Sousa", "Europe/Lisbon")
    assert found.is_member
    assert api.asked == [("users.info", {"user": "U0ANA"})]


async def test_somebody_whom_slack_does_not_know_is_nobody(api: WebApi) -> None:
    api.answer = {"ok": False, "error": "user_not_found"}
    assert await SlackDirectory(OneClient(api.client())).profile("T1", "U0NOBODY") is None


async def test_a_connection_that_breaks_off_says_nothing_about_a_person(api: WebApi) -> None:
    api.hangs_up = True
    with pytest.raises(TryLater, match="no connection to Slack"):
        await SlackDirectory(OneClient(api.client())).profile("T1", "U0ANA")


@pytest.mark.parametrize("status", [200, 429, 502])
async def test_when_slack_does_not_answer_nobody_is_taken_for_a_stranger(api: WebApi, status: int) -> None:
    api.status, api.answer = status, "<html>"
    with pytest.raises(TryLater):
        await SlackDirectory(OneClient(api.client())).profile("T1", "U0ANA")


async def test_without_a_connection_nobody_is_taken_for_a_stranger() -> None:
    client = AsyncWebClient(token="xoxb-test", base_url=nobody_listens(), retry_handlers=[])
    with pytest.raises(TryLater, match="no connection to Slack"):
        await SlackDirectory(OneClient(client)).profile("T1", "U0ANA")


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
