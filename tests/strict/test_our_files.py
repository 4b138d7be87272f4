"""Files of ours on a strict Slack: shared once, found again when it is not known whether they arrived."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.slack_clients import OneClient
from bot.adapters.slack_messenger import SlackMessenger
from bot.ports.messages import Delivery, File, Lane, Op, attached
from bot.ports.slack import NotAllowed
from tests.strict.conftest import ANNA, WORKSPACE, client_of
from tests.support.strict import StrictSlack

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FILES = (File("everything-2026-11-23.json", '{"a": "ü"}\n'), File("messages-2026-11-23.csv", "at,text\r\n"))


def delivery(delivery_id: str) -> Delivery:
    ends = AT + timedelta(hours=12)
    words = "Anna, this is everything I keep about you."
    where = ("export:T1:p1:1", WORKSPACE.team_id, ANNA.id, Lane.REPLY, Op.POST)
    return Delivery(1, *where, words, attached(FILES), AT, ends, 1, delivery_id, AT + timedelta(seconds=45))


@pytest.fixture
async def slack() -> AsyncIterator[StrictSlack]:
    async with StrictSlack(dataclasses.replace(WORKSPACE, scopes=(*WORKSPACE.scopes, "files:write"))) as running:
        yield running


async def test_files_go_to_the_persons_own_conversation_in_one_message(slack: StrictSlack) -> None:
    messenger = SlackMessenger(OneClient(client_of(slack)))
    posted = await messenger.deliver(delivery("0a1b2c3d4e5f60718293a4b5c6d7e8f9"))
    assert posted.channel == ANNA.dm
    (message,) = (await client_of(slack).conversations_history(channel=ANNA.dm))["messages"]
    assert message["text"] == "Anna, this is everything I keep about you."
    assert [one["name"] for one in message["files"]] == [
        "everything-2026-11-23-0a1b2c3d4e5f.json",
        "messages-2026-11-23-0a1b2c3d4e5f.csv",
    ]
    assert slack.files.content(message["files"][0]["id"]) == '{"a": "ü"}\n'.encode()


async def test_whether_they_arrived_is_told_by_their_names(slack: StrictSlack) -> None:
    messenger = SlackMessenger(OneClient(client_of(slack)))
    mine, other = delivery("0a1b2c3d4e5f60718293a4b5c6d7e8f9"), delivery("ffffffffffff60718293a4b5c6d7e8f9")
    assert await messenger.find(mine, AT) is None
    await messenger.deliver(mine)
    found = await messenger.find(mine, datetime.fromtimestamp(0, UTC) + timedelta(days=1))
    assert found is not None
    assert found.channel == ANNA.dm
    assert await messenger.find(other, datetime.fromtimestamp(0, UTC) + timedelta(days=1)) is None


async def test_without_the_permission_they_wait(slack: StrictSlack) -> None:
    async with StrictSlack(WORKSPACE) as without:
        with pytest.raises(NotAllowed, match="missing_scope"):
            await SlackMessenger(OneClient(client_of(without))).deliver(delivery("0a1b2c3d4e5f"))
    assert slack.records.seen == []
