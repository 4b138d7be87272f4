"""People and places change: the app hears of it as from Slack, and the Web API agrees afterwards. Files, channels."""

from __future__ import annotations

import dataclasses
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.workspace import Channel, User
from tests.strict.conftest import ANNA, BEN, WORKSPACE, app_of, client_of, connected, error_of
from tests.support.slack import eventually
from tests.support.strict import UNLIMITED, ClientRefusal, StrictSlack

pytestmark = pytest.mark.stand_in

Json = dict[str, Any]
SALES, LUNCH, BOARD = "C01SALES", "C02LUNCH", "C03BOARD"
BOT = WORKSPACE.bot_user_id


class Listener:
    """An app that writes down the events of some kinds."""

    def __init__(self, slack: StrictSlack, *kinds: str) -> None:
        self.app, self.heard, self._slack = app_of(slack), list[Json](), slack
        for kind in kinds:
            self.app.event(kind)(self._hear)

    async def _hear(self, event: Json) -> None:
        self.heard.append(event)

    async def told(self, count: int) -> list[Json]:
        await eventually(lambda: len(self.heard) >= count)
        await self._slack.delivery.settled()
        return self.heard


async def test_a_person_changes_and_slack_tells_the_same_in_both_ways(
    client: AsyncWebClient, slack: StrictSlack
) -> None:
    listener = Listener(slack, "user_change", "team_join")
    async with connected(listener.app, slack):
        slack.people.moves(ANNA.id, "Asia/Tokyo")
        slack.people.sets_status(ANNA.id, "On holiday", ":palm_tree:", until=4_000_000_000)
        slack.people.stands(ANNA.id, is_admin=True)
        slack.people.joins(User("U09NEW", "neo", "Neo New", "Europe/Paris", is_restricted=True))
        heard = await listener.told(4)
    changes = sorted((e for e in heard if e["type"] == "user_change"), key=lambda e: str(e["event_ts"]))
    assert changes[0]["user"]["tz"] == "Asia/Tokyo"
    assert changes[0]["user"]["tz_offset"] == 9 * 3600
    (joined,) = [e["user"] for e in heard if e["type"] == "team_join"]
    assert (joined["id"], joined["is_restricted"]) == ("U09NEW", True)
    anna = (await client.users_info(user=ANNA.id))["user"]
    assert anna == changes[-1]["user"]
    assert anna["is_admin"]
    assert (anna["profile"]["status_text"], anna["profile"]["status_expiration"]) == ("On holiday", 4_000_000_000)
    assert (await client.conversations_open(users="U09NEW"))["ok"]
    slack.people.sets_status(ANNA.id, "Over", until=1)
    assert (await client.users_info(user=ANNA.id))["user"]["profile"]["status_text"] == "", "it has run out"


async def test_who_leaves_has_few_fields_left(client: AsyncWebClient, slack: StrictSlack) -> None:
    listener = Listener(slack, "user_change")
    async with connected(listener.app, slack):
        slack.people.deactivate(BEN.id)
        (event,) = await listener.told(1)
    assert event["user"]["deleted"]
    assert "tz" not in event["user"]
    assert (await client.users_info(user=BEN.id))["user"] == event["user"]
    slack.people.reactivate(BEN.id)
    assert (await client.users_info(user=BEN.id))["user"]["tz"] == BEN.tz


async def test_people_are_listed_in_pages(slack: StrictSlack) -> None:
    stranger = User("U07EVE", "eve", "Eve", "Etc/UTC", is_stranger=True, team_id="T0OTHER")
    many = tuple(User(f"U1{n:03d}", f"u{n}", f"User {n}", "Etc/UTC") for n in range(60))
    async with StrictSlack(dataclasses.replace(WORKSPACE, users=(*many, stranger)), rates=UNLIMITED) as crowd:
        client, found, cursor = client_of(crowd), list[Json](), ""
        while True:
            page = await client.users_list(limit=25, cursor=cursor)
            assert len(page["members"]) <= 25
            found += page["members"]
            cursor = page["response_metadata"]["next_cursor"]
            if not cursor:
                break
    assert len({one["id"] for one in found}) == len(found) == 62
    eve = next(one for one in found if one["id"] == "U07EVE")
    assert (eve["is_stranger"], eve["team_id"]) == (True, "T0OTHER")
    assert all("is_stranger" not in one for one in found if one is not eve)


async def test_a_channel_changes_and_the_web_api_agrees(client: AsyncWebClient, slack: StrictSlack) -> None:
    kinds = ("channel_rename", "channel_archive", "channel_deleted", "member_left_channel", "member_joined_channel")
    listener = Listener(slack, *kinds)
    async with connected(listener.app, slack):
        slack.places.rename(SALES, "sales-emea")
        slack.places.leave(SALES, BEN.id)
        slack.places.invite(SALES, BEN.id, by=ANNA.id)
        slack.places.archive(SALES, by=ANNA.id)
        heard = await listener.told(4)
        about = (await client.conversations_info(channel=SALES))["channel"]
        assert (about["name"], about["is_archived"], about["is_member"]) == ("sales-emea", True, True)
        slack.places.delete(SALES, by=ANNA.id)
        await listener.told(5)
    by_kind = {event["type"]: event for event in heard}
    assert by_kind["channel_rename"]["channel"]["name"] == "sales-emea"
    assert by_kind["member_left_channel"]["user"] == BEN.id
    assert by_kind["member_joined_channel"]["inviter"] == ANNA.id
    assert by_kind["channel_archive"]["user"] == ANNA.id
    assert by_kind["channel_deleted"]["channel"] == SALES
    assert await error_of(client.conversations_info(channel=SALES)) == "channel_not_found"


async def test_the_app_is_removed_and_invited_again(client: AsyncWebClient, slack: StrictSlack) -> None:
    listener = Listener(slack, "channel_left", "message", "member_joined_channel")
    async with connected(listener.app, slack):
        slack.places.kick_bot(SALES, by=ANNA.id)
        left = {event["type"]: event for event in await listener.told(2)}
        assert (left["channel_left"]["channel"], left["channel_left"]["actor_id"]) == (SALES, ANNA.id)
        assert left["message"]["user"] == "USLACKBOT"
        assert await error_of(client.chat_postMessage(channel=SALES, text="x")) == "not_in_channel"
        slack.places.invite(SALES, by=ANNA.id)
        joined = (await listener.told(3))[2]
        assert (joined["user"], joined["inviter"]) == (BOT, ANNA.id)
        assert (await client.chat_postMessage(channel=SALES, text="x"))["ok"]
        slack.places.kick_bot(SALES, by=ANNA.id, told=False)
        heard = await listener.told(4)
    assert [event["type"] for event in heard].count("channel_left") == 1


async def test_the_app_joins_public_channels_only() -> None:
    scopes = (*WORKSPACE.scopes, "channels:join", "groups:read")
    private = Channel(BOARD, "board", (ANNA.id, BOT), is_private=True)
    closed = Channel("C04SECRET", "secret", (ANNA.id,), is_private=True)
    workspace = dataclasses.replace(WORKSPACE, channels=(*WORKSPACE.channels, private, closed), scopes=scopes)
    async with StrictSlack(workspace) as slack:
        client, listener = client_of(slack), Listener(slack, "member_joined_channel")
        async with connected(listener.app, slack):
            assert (await client.conversations_join(channel=LUNCH))["channel"]["is_member"]
            assert (await listener.told(1))[0]["user"] == BOT
            assert (await client.conversations_join(channel=LUNCH))["warning"] == "already_in_channel"
            for channel in (BOARD, "C04SECRET", ANNA.dm):
                answer = await error_of(client.conversations_join(channel=channel))
                assert answer == "method_not_supported_for_channel_type"
            assert await error_of(client.conversations_join(channel="C0NONE")) == "channel_not_found"
            slack.places.archive(LUNCH)
            assert await error_of(client.conversations_join(channel=LUNCH)) == "is_archived"
            assert (await client.conversations_info(channel=BOARD))["channel"]["is_private"]
            assert await error_of(client.conversations_info(channel="C04SECRET")) == "channel_not_found"


async def test_a_scope_that_is_missing_is_named_for_joining_and_for_files(client: AsyncWebClient) -> None:
    assert await error_of(client.conversations_join(channel=LUNCH)) == "missing_scope"
    assert await error_of(client.files_getUploadURLExternal(filename="x", length=1)) == "missing_scope"


async def test_a_file_is_sent_to_a_dm_and_shown_there() -> None:
    workspace = dataclasses.replace(WORKSPACE, scopes=(*WORKSPACE.scopes, "files:write"))
    async with StrictSlack(workspace) as slack:
        client = client_of(slack)
        await client.files_upload_v2(
            channel=ANNA.dm,
            file_uploads=[
                {"filename": "you.json", "content": '{"a": "ü"}', "title": "Everything"},
                {"filename": "you.csv", "content": "a,b\n"},
            ],
            initial_comment="Here is what we keep.",
        )
        (message,) = (await client.conversations_history(channel=ANNA.dm))["messages"]
        assert message["text"] == "Here is what we keep."
        assert [file["title"] for file in message["files"]] == ["Everything", "you.csv"]
        assert slack.files.content(message["files"][0]["id"]) == '{"a": "ü"}'.encode()
        assert [(seen.how, seen.reader) for seen in slack.records.seen] == [("file", ANNA.id)]


async def test_a_file_that_is_not_sent_or_has_no_place_is_refused() -> None:
    workspace = dataclasses.replace(WORKSPACE, scopes=(*WORKSPACE.scopes, "files:write"))
    async with StrictSlack(workspace) as slack, aiohttp.ClientSession() as session:
        client = client_of(slack)
        assert await error_of(client.files_getUploadURLExternal(filename="x", length=0)) == "invalid_arguments"
        given = await client.files_getUploadURLExternal(filename="x", length=3)
        files = [{"id": given["file_id"]}]
        assert await error_of(client.files_completeUploadExternal(files=files)) == "file_not_found"
        async with session.post(given["upload_url"], data=b"four") as answer:
            assert answer.status == 400
        given = await client.files_getUploadURLExternal(filename="x", length=3)
        files = [{"id": given["file_id"]}]
        async with session.post(given["upload_url"], data=b"abc") as answer:
            assert answer.status == 200
        for channel, error in ((ANNA.id, "channel_not_found"), (LUNCH, "not_in_channel")):
            assert await error_of(client.files_completeUploadExternal(files=files, channel_id=channel)) == error
        assert (await client.files_completeUploadExternal(files=files, channel_id=SALES))["ok"]
        assert await error_of(client.files_completeUploadExternal(files=files, channel_id=SALES)) == "file_not_found"


async def test_the_workspace_is_renamed_and_the_app_removed(client: AsyncWebClient, slack: StrictSlack) -> None:
    listener = Listener(slack, "app_uninstalled", "tokens_revoked")
    async with connected(listener.app, slack):
        slack.places.rename_workspace("Acme")
        assert (await client.auth_test())["team"] == "Acme"
        slack.places.uninstall()
        heard = await listener.told(2)
    assert {event["type"] for event in heard} == {"app_uninstalled", "tokens_revoked"}
    assert next(e for e in heard if e["type"] == "tokens_revoked")["tokens"]["bot"] == [BOT]
    assert await error_of(client.auth_test()) == "account_inactive"


async def test_an_answer_to_a_command_may_have_buttons(slack: StrictSlack) -> None:
    app = app_of(slack)
    taps = list[Json]()
    export = {"type": "button", "action_id": "export", "text": {"type": "plain_text", "text": "Export"}, "value": "1"}
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*stored*"}, "accessory": export}

    @app.command("/coach")
    async def answer(ack: Any) -> None:
        await ack(text="stored", blocks=[block], response_type="ephemeral")

    @app.action("export")
    async def tapped(ack: Any, body: Json) -> None:
        await ack()
        taps.append(body)

    with pytest.raises(ClientRefusal, match="no answer"):
        await slack.people.press_answer(ANNA.id, "export")
    async with connected(app, slack):
        assert await slack.people.slash(ANNA.id, "privacy")
        assert await slack.people.press_answer(ANNA.id, "Export")
    assert slack.records.seen[0].blocks[0]["text"]["text"] == "*stored*"
    assert taps[0]["container"]["is_ephemeral"]
    assert "message" not in taps[0]
    assert slack.messages(ANNA.id) == []
