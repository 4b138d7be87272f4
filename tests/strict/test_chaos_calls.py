"""What chaos does to a call: what is carried out, and what the client is left with."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.strict.conftest import ANNA, WORKSPACE, Clock, client_of
from tests.support.strict import UNLIMITED, Chaos, Failure, StrictSlack, Trouble

pytestmark = pytest.mark.stand_in

POST = "chat.postMessage"


@pytest.mark.parametrize(("trouble", "done"), [(Trouble.DROP_BEFORE, 0), (Trouble.DROP_AFTER, 1)])
async def test_a_dropped_call_ends_without_an_answer(
    client: AsyncWebClient, slack: StrictSlack, trouble: Trouble, done: int
) -> None:
    slack.chaos.plan(POST, trouble)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=ANNA.id, text="x")
    assert len(slack.records.posts()) == done
    (asked,) = slack.records.asked
    assert (asked.outcome, asked.done) == (trouble, bool(done))
    assert (await client.chat_postMessage(channel=ANNA.id, text="x"))["ok"]


@pytest.mark.parametrize("trouble", [Trouble.ERROR_BEFORE, Trouble.ERROR_AFTER])
@pytest.mark.parametrize("failure", Failure)
async def test_an_error_of_slacks_own_may_come_before_or_after(
    client: AsyncWebClient, slack: StrictSlack, trouble: Trouble, failure: Failure
) -> None:
    slack.chaos.plan(POST, trouble, failure=failure)
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel=ANNA.id, text="x")
    assert error.value.response.status_code == {"500": 500, "503 html": 503}.get(failure.value, 200)
    assert len(slack.records.posts()) == trouble.done


async def test_a_late_answer_comes_after_the_client_gave_up(slack: StrictSlack) -> None:
    slack.chaos.plan(POST, Trouble.LATE)
    with pytest.raises((TimeoutError, asyncio.TimeoutError)):
        await client_of(slack, seconds=1).chat_postMessage(channel=ANNA.id, text="x")
    assert len(slack.records.posts()) == 1


async def test_a_sudden_throttling_does_nothing(client: AsyncWebClient, slack: StrictSlack) -> None:
    slack.chaos.plan(POST, Trouble.THROTTLED)
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel=ANNA.id, text="x")
    assert error.value.response.status_code == 429
    assert slack.records.posts() == []
    assert slack.records.rejected == [], "that was chaos, and no fault of the app's"


async def test_what_would_be_refused_is_refused_in_trouble_too(client: AsyncWebClient, slack: StrictSlack) -> None:
    slack.chaos.plan(POST, Trouble.DROP_AFTER)
    with pytest.raises(aiohttp.ClientError):
        await client.api_call(POST, json={"channel": ANNA.id, "text": ""})
    assert [asked.outcome for asked in slack.records.rejected] == ["no_text"]
    assert not slack.records.asked[0].done


async def test_a_new_message_is_in_the_history_only_after_the_lag(
    client: AsyncWebClient, slack: StrictSlack, clock: Clock
) -> None:
    slack.chaos.history_lag = 5.0
    await client.chat_postMessage(channel=ANNA.id, text="x")
    assert (await client.conversations_history(channel=ANNA.dm))["messages"] == []
    clock.now += 5
    assert len((await client.conversations_history(channel=ANNA.dm))["messages"]) == 1


async def test_a_seed_makes_the_same_day_twice() -> None:
    async def outcomes() -> list[str]:
        calls = {"*": {Trouble.DROP_AFTER: 0.2, Trouble.ERROR_BEFORE: 0.2, Trouble.THROTTLED: 0.2}}
        async with StrictSlack(WORKSPACE, rates=UNLIMITED, chaos=Chaos(7, calls)) as slack:
            client = client_of(slack)
            for n in range(30):
                try:
                    await client.chat_postMessage(channel=ANNA.id, text=str(n))
                except (SlackApiError, aiohttp.ClientError):
                    continue
            return [asked.outcome for asked in slack.records.asked]

    first = await outcomes()
    assert first == await outcomes()
    assert {"ok", "drop_after", "error_before", "throttled"} == set(first)
