"""Events and interactions, as a Bolt app in Socket Mode gets them."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.strict.conftest import ANNA, WORKSPACE, app_of, client_of, connected
from tests.support.slack import eventually
from tests.support.strict import StrictSlack

pytestmark = pytest.mark.stand_in

Heard = list[dict[str, Any]]


def listening(slack: StrictSlack) -> tuple[AsyncApp, Heard]:
    """An app and the bodies of the messages that it hears."""
    app, heard = app_of(slack), []

    @app.event("message")
    async def hear(body: dict[str, Any]) -> None:
        heard.append(body)

    return app, heard


async def test_what_a_person_says_arrives_escaped_as_slack_does_it(slack: StrictSlack) -> None:
    app, heard = listening(slack)
    async with connected(app, slack):
        ts = await slack.people.say(ANNA.id, "R&D <3 @channel")
        await slack.people.say(ANNA.id, "<@U02BEN>", markup=True)
        await eventually(lambda: len(heard) == 2)
        await slack.delivery.settled()
    first, second = sorted((body["event"] for body in heard), key=lambda event: str(event["ts"]))
    assert (first["text"], first["ts"], first["user"]) == ("R&amp;D &lt;3 @channel", ts, ANNA.id)
    assert (first["channel"], first["channel_type"], first["team"]) == (ANNA.dm, "im", WORKSPACE.team_id)
    assert second["text"] == "<@U02BEN>"
    assert heard[0]["team_id"] == WORKSPACE.team_id
    assert heard[0]["event_id"] != heard[1]["event_id"]


async def test_edits_and_deletions_arrive_with_what_was_there(slack: StrictSlack) -> None:
    app, heard = listening(slack)
    async with connected(app, slack):
        ts = await slack.people.say(ANNA.id, "one")
        await eventually(lambda: len(heard) == 1)
        await slack.people.edit(ANNA.id, ts, "two")
        await eventually(lambda: len(heard) == 2)
        await slack.people.delete(ANNA.id, ts)
        await eventually(lambda: len(heard) == 3)
    changed, deleted = heard[1]["event"], heard[2]["event"]
    assert changed["subtype"] == "message_changed"
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("one", "two")
    assert (deleted["subtype"], deleted["deleted_ts"], deleted["previous_message"]["text"]) == (
        "message_deleted",
        ts,
        "two",
    )


@pytest.mark.parametrize("echo", [True, False])
async def test_an_app_hears_its_own_messages_where_there_is_an_echo(echo: bool) -> None:
    async with StrictSlack(WORKSPACE, echo=echo) as slack:
        app, heard = listening(slack)
        async with connected(app, slack):
            metadata = {"event_type": "delivery", "event_payload": {"delivery_id": "d1"}}
            posted = await client_of(slack).chat_postMessage(channel=ANNA.id, text="x", metadata=metadata)
            await client_of(slack).chat_update(channel=ANNA.dm, ts=posted["ts"], text="y")
            await slack.people.say(ANNA.id, "last")
            await eventually(lambda: any(body["event"].get("text") == "last" for body in heard))
            await slack.delivery.settled()
        assert len(heard) == (3 if echo else 1)
        if echo:
            event = next(body["event"] for body in heard if body["event"].get("text") == "x")
            assert "subtype" not in event
            assert (event["bot_id"], event["app_id"]) == (WORKSPACE.bot_id, WORKSPACE.app_id)
            assert (event["user"], event["metadata"]) == (WORKSPACE.bot_user_id, metadata)


async def test_only_what_was_subscribed_to_arrives(slack: StrictSlack) -> None:
    app, heard = listening(slack)
    async with connected(app, slack):
        await slack.people.say(ANNA.id, "in the channel", "C01SALES")
        await slack.people.say(ANNA.id, "in the DM")
        await eventually(lambda: bool(heard))
        await slack.delivery.settled()
    assert [body["event"]["text"] for body in heard] == ["in the DM"]


async def test_an_event_that_is_not_acknowledged_comes_again_three_times(slack: StrictSlack) -> None:
    app, heard = listening(slack)

    @app.middleware
    async def fail(body: dict[str, Any]) -> None:
        heard.append(body)
        raise RuntimeError("not stored")

    async with connected(app, slack):
        await slack.people.say(ANNA.id, "one")
        await eventually(lambda: bool(slack.records.lost_events))
    sent = [envelope for envelope in slack.sockets.envelopes if envelope["type"] == "events_api"]
    assert [(envelope["retry_attempt"], envelope["retry_reason"]) for envelope in sent] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({envelope["envelope_id"] for envelope in sent}) == 4
    assert len({envelope["payload"]["event_id"] for envelope in sent}) == 1
    assert slack.records.lost_events[0]["event"]["text"] == "one"


async def test_an_event_from_an_outage_arrives_with_a_retry() -> None:
    async with StrictSlack(WORKSPACE, hurry=0.02) as slack:
        await slack.people.say(ANNA.id, "meanwhile")
        await asyncio.sleep(0.05)
        app, heard = listening(slack)
        async with connected(app, slack):
            await eventually(lambda: bool(heard))
        assert heard[0]["event"]["text"] == "meanwhile"


async def test_an_acknowledgement_that_is_lost_brings_the_event_again(slack: StrictSlack) -> None:
    app, heard = listening(slack)
    slack.chaos.lose_ack = 1.0
    async with connected(app, slack):
        await slack.people.say(ANNA.id, "one")
        await eventually(lambda: len(heard) == 2)
        slack.chaos.calm()
        await slack.delivery.settled()
    assert {body["event_id"] for body in heard} == {heard[0]["event_id"]}
    assert slack.records.lost_events == []


async def test_an_event_may_come_twice(slack: StrictSlack) -> None:
    app, heard = listening(slack)
    slack.chaos.duplicate = 1.0
    async with connected(app, slack):
        await slack.people.say(ANNA.id, "one")
        await eventually(lambda: len(heard) == 2)
    assert heard[0]["event_id"] == heard[1]["event_id"]


async def test_each_event_goes_to_one_of_several_connections(slack: StrictSlack) -> None:
    (first, of_first), (second, of_second) = listening(slack), listening(slack)
    async with connected(first, slack), connected(second, slack):
        assert slack.sockets.connected == 2
        for n in range(6):
            await slack.people.say(ANNA.id, str(n))
        await eventually(lambda: len(of_first) + len(of_second) == 6)
        await slack.delivery.settled()
    assert of_first
    assert of_second


async def test_an_app_that_is_told_to_refresh_connects_anew(slack: StrictSlack) -> None:
    app, heard = listening(slack)
    async with connected(app, slack):
        await slack.sockets.refresh()
        await slack.sockets.wait_connected()
        await slack.people.say(ANNA.id, "after")
        await eventually(lambda: bool(heard))
    assert len(slack.records.requests("apps.connections.open")) == 2


async def test_a_connection_that_breaks_off_loses_nothing_in_the_end() -> None:
    async with StrictSlack(WORKSPACE, hurry=0.05) as slack:
        app, heard = listening(slack)
        async with connected(app, slack) as handler:
            handler.client.ping_interval = 0.2
            slack.chaos.cut = 1.0
            await slack.people.say(ANNA.id, "one")
            await eventually(lambda: slack.sockets.connected == 0)
            slack.chaos.calm()
            await slack.sockets.wait_connected(seconds=30)
            await slack.delivery.settled(30)
        assert {body["event"]["text"] for body in heard} == {"one"}
        assert slack.records.lost_events == []
        assert len(slack.sockets.envelopes) > 1


async def test_there_are_at_most_ten_connections_and_an_address_works_once(slack: StrictSlack) -> None:
    client = client_of(slack)
    async with aiohttp.ClientSession() as session:
        urls = [(await client.apps_connections_open(app_token=WORKSPACE.app_token))["url"] for _ in range(11)]
        sockets = [await session.ws_connect(url) for url in urls]
        hello = [(await socket.receive_json()) for socket in sockets]
        assert [frame["type"] for frame in hello] == ["hello"] * 10 + ["disconnect"]
        assert [frame["num_connections"] for frame in hello[:10]] == list(range(1, 11))
        assert hello[10]["reason"] == "too_many_websockets"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(urls[0])
        await sockets[0].ping(b"still there")
        for socket in sockets:
            await socket.close()


async def test_the_client_that_reads_history_sees_what_events_told(slack: StrictSlack, client: AsyncWebClient) -> None:
    ts = await slack.people.say(ANNA.id, "one")
    history = await client.conversations_history(channel=ANNA.dm)
    assert [(message["ts"], message["user"]) for message in history["messages"]] == [(ts, ANNA.id)]
