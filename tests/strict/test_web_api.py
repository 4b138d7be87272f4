"""The Web API of the strict Slack, as slack_sdk's client meets it."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.strict.conftest import ANNA, BEN, WORKSPACE, Clock, client_of, error_of
from tests.support.strict import UNLIMITED, StrictSlack

pytestmark = pytest.mark.stand_in

SALES, LUNCH = "C01SALES", "C02LUNCH"
METADATA = {"event_type": "delivery", "event_payload": {"delivery_id": "d1"}}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "<@U02BEN>", "verbatim": True}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [SECTION]}


async def test_a_post_to_a_person_opens_their_dm_and_is_written_down(
    client: AsyncWebClient, slack: StrictSlack
) -> None:
    answer = await client.chat_postMessage(channel=ANNA.id, text="Hello", blocks=[SECTION], metadata=METADATA)
    assert answer["channel"] == ANNA.dm
    assert answer["message"]["ts"] == answer["ts"]
    (seen,) = slack.records.posts(ANNA.id)
    assert (seen.channel, seen.reader, seen.text, seen.delivery_id) == (ANNA.dm, ANNA.id, "Hello", "d1")
    assert (seen.at, seen.ts, seen.request) == (1_000.0, answer["ts"], 1)
    assert [one.target for one in seen.mentions] == [BEN.id]
    assert slack.messages(ANNA.id)[0]["bot_id"] == WORKSPACE.bot_id
    assert slack.records.requests("chat.postMessage")[0].done


async def test_a_token_must_be_right_and_of_the_right_kind(slack: StrictSlack) -> None:
    for token, error in (
        ("", "not_authed"),
        ("xoxb-other", "invalid_auth"),
        (WORKSPACE.app_token, "not_allowed_token_type"),
    ):
        assert await error_of(client_of(slack, token).auth_test()) == error
    assert await error_of(client_of(slack).apps_connections_open(app_token=WORKSPACE.bot_token)) == (
        "not_allowed_token_type"
    )
    slack.revoke("account_inactive")
    assert await error_of(client_of(slack).auth_test()) == "account_inactive"
    slack.revoke(None)
    assert (await client_of(slack).auth_test())["user_id"] == WORKSPACE.bot_user_id
    assert [asked.outcome for asked in slack.records.rejected][-1] == "account_inactive"


async def test_a_scope_that_is_missing_is_named(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.conversations_history(channel=SALES)
    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == "channels:history"


async def test_what_does_not_exist_is_refused(client: AsyncWebClient) -> None:
    assert await error_of(client.api_call("chat.shout")) == "unknown_method"
    assert await error_of(client.chat_postMessage(channel="C0NONE", text="x")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel="U0NONE", text="x")) == "channel_not_found"
    assert await error_of(client.users_info(user="U0NONE")) == "user_not_found"
    assert await error_of(client.chat_update(channel=ANNA.dm, ts="1.000000", text="x")) == "message_not_found"
    assert await error_of(client.views_publish(user_id="U0NONE", view=MODAL)) == "user_not_found"


async def test_channels_take_posts_of_members_while_they_are_open(client: AsyncWebClient, slack: StrictSlack) -> None:
    assert (await client.chat_postMessage(channel=SALES, text="x"))["channel"] == SALES
    assert await error_of(client.chat_postMessage(channel=LUNCH, text="x")) == "not_in_channel"
    slack.places.archive(SALES)
    assert await error_of(client.chat_postMessage(channel=SALES, text="x")) == "is_archived"
    assert (await client.conversations_info(channel=SALES))["channel"]["is_archived"]


async def test_nobody_who_left_can_be_written_to(client: AsyncWebClient, slack: StrictSlack) -> None:
    slack.people.deactivate(BEN.id)
    assert await error_of(client.chat_postMessage(channel=BEN.id, text="x")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=BEN.dm, text="x")) == "is_archived"
    assert await error_of(client.conversations_open(users=BEN.id)) == "user_disabled"
    assert (await client.users_info(user=BEN.id))["user"]["deleted"]
    assert [user["deleted"] for user in (await client.users_list())["members"]] == [False, True, False]


async def test_what_is_invalid_is_refused_and_nobody_sees_it(client: AsyncWebClient, slack: StrictSlack) -> None:
    assert await error_of(client.api_call("chat.postMessage", json={"channel": ANNA.id, "text": ""})) == "no_text"
    assert await error_of(client.chat_postMessage(channel=ANNA.id, text="x" * 40_001)) == "msg_too_long"
    broken = [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]
    assert await error_of(client.chat_postMessage(channel=ANNA.id, text="x", blocks=broken)) == "invalid_blocks"
    assert slack.records.seen == []
    assert [asked.outcome for asked in slack.records.rejected] == ["no_text", "msg_too_long", "invalid_blocks"]
    assert "json-pointer:/blocks/0/text/text" in slack.records.rejected[-1].details[0]


async def test_an_update_replaces_an_own_message_only(client: AsyncWebClient, slack: StrictSlack) -> None:
    posted = await client.chat_postMessage(channel=ANNA.id, text="before", metadata=METADATA)
    await client.chat_update(channel=ANNA.dm, ts=posted["ts"], text="after")
    (message,) = slack.messages(ANNA.id)
    assert (message["text"], message["metadata"], message["ts"]) == ("after", METADATA, posted["ts"])
    assert [(seen.how, seen.text, seen.delivery_id) for seen in slack.records.seen] == [
        ("post", "before", "d1"),
        ("update", "after", "d1"),
    ]
    assert await error_of(client.chat_update(channel=ANNA.id, ts=posted["ts"], text="x")) == "channel_not_found"
    theirs = await slack.people.say(ANNA.id, "mine")
    assert await error_of(client.chat_update(channel=ANNA.dm, ts=theirs, text="x")) == "cant_update_message"


async def test_history_is_read_newest_first_in_pages(slack: StrictSlack) -> None:
    async with StrictSlack(WORKSPACE, rates=UNLIMITED) as free:
        client = client_of(free)
        posted = [
            (await client.chat_postMessage(channel=ANNA.id, text=str(n), metadata=METADATA))["ts"] for n in range(7)
        ]
        read: list[str] = []
        cursor = ""
        while True:
            page = await client.conversations_history(channel=ANNA.dm, limit=3, cursor=cursor)
            read += [message["text"] for message in page["messages"]]
            assert "metadata" not in page["messages"][0]
            cursor = page["response_metadata"]["next_cursor"]
            assert page["has_more"] == bool(cursor)
            if not cursor:
                break
        assert read == ["6", "5", "4", "3", "2", "1", "0"]
        within = {"channel": ANNA.dm, "oldest": posted[1], "latest": posted[4]}
        inner = await client.conversations_history(**within, include_all_metadata=True)
        assert [message["text"] for message in inner["messages"]] == ["3", "2"]
        assert inner["messages"][0]["metadata"] == METADATA
        outer = await client.conversations_history(**within, inclusive=True)
        assert [message["text"] for message in outer["messages"]] == ["4", "3", "2", "1"]
        assert await error_of(client.conversations_history(channel=ANNA.dm, limit=0)) == "invalid_limit"
        assert await error_of(client.conversations_history(channel=ANNA.dm, cursor="x")) == "invalid_cursor"
        assert await error_of(client.conversations_history(channel=ANNA.dm, oldest="x")) == "invalid_ts_oldest"


async def test_a_dm_is_opened_and_described(client: AsyncWebClient) -> None:
    assert (await client.conversations_open(users=ANNA.id))["channel"]["id"] == ANNA.dm
    about = (await client.conversations_info(channel=ANNA.dm))["channel"]
    assert (about["is_im"], about["user"]) == (True, ANNA.id)
    assert await error_of(client.conversations_open(users=WORKSPACE.bot_user_id)) == "cannot_dm_bot"


async def test_too_many_posts_are_throttled_until_time_has_passed(
    client: AsyncWebClient, slack: StrictSlack, clock: Clock
) -> None:
    for n in range(3):
        await client.chat_postMessage(channel=ANNA.id, text=str(n))
    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel=ANNA.dm, text="3")
    response = refusal.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "1")
    clock.now += 1
    assert (await client.chat_postMessage(channel=ANNA.dm, text="3"))["ok"]
    assert [asked.outcome for asked in slack.records.asked] == ["ok"] * 3 + ["ratelimited", "ok"]


async def test_a_home_is_published_and_a_modal_needs_a_fresh_trigger(
    client: AsyncWebClient, slack: StrictSlack
) -> None:
    await client.views_publish(user_id=ANNA.id, view={"type": "home", "blocks": [SECTION]})
    assert slack.state.homes[ANNA.id]["blocks"][0]["block_id"]
    assert await error_of(client.views_publish(user_id=ANNA.id, view=MODAL)) == "invalid_arguments"
    assert await error_of(client.views_open(trigger_id="none", view=MODAL)) == "invalid_trigger_id"
    assert [(seen.how, seen.reader) for seen in slack.records.seen] == [("home", ANNA.id)]
