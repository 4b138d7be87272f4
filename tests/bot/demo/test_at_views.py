"""Forms, Homes, shortcuts, files and changes in the Slack stand-ins; what the larger one has not is said by a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.demo.local_slack import LocalSlack
from bot.demo.slack_person import DeedRefusedError, SlackControl
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import Json
from tests.support.slack import ANNA, BEN, WORKSPACE, StandIn, bolt_app, connected, eventually, web_client

pytestmark = pytest.mark.stand_in

SALES, LUNCH = "C01SALES", "C02LUNCH"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def field(name: str, element: Json, **more: Any) -> Json:
    named = {"type": "input", "block_id": name, "label": plain(name.title())}
    return {**named, "element": {"action_id": "a", **element}, **more}


def modal(*blocks: Json, callback_id: str = "setup") -> Json:
    words = {"title": plain("Set up"), "submit": plain("Next")}
    return {"type": "modal", "callback_id": callback_id, **words, "blocks": list(blocks)}


COUNTRY = field("country", {"type": "static_select", "options": [option("DE"), option("AT")]}, dispatch_action=True)
REGION = field("region", {"type": "static_select", "options": [option("BY"), option("BE")]})
NAME = field("name", {"type": "plain_text_input"})
WHOLE = modal(
    NAME,
    field("managers", {"type": "multi_users_select"}),
    field("deputy", {"type": "users_select"}, optional=True),
    field("wins", {"type": "conversations_select", "filter": {"include": ["public"]}}),
    field("zone", {"type": "static_select", "option_groups": [{"label": plain("E"), "options": [option("Berlin")]}]}),
    field("days", {"type": "multi_static_select", "options": [option("Mon"), option("Tue")]}),
    field("at", {"type": "timepicker", "initial_time": "08:45"}),
    field("from", {"type": "datepicker"}),
    field("also", {"type": "checkboxes", "options": [option("Wins")]}, optional=True),
    field("tone", {"type": "radio_buttons", "options": [option("Warm"), option("Brief")]}),
)
SECTION = {"type": "section", "block_id": "look", "text": plain("Look"), "accessory": None}
PREVIEW = {"type": "button", "action_id": "preview", "text": plain("Preview"), "value": "1"}


class SetupApp:
    """Opens the form it is given by its command, by its button and by its shortcut, and remembers what it heard."""

    def __init__(self, slack: StandIn) -> None:
        self.bolt: AsyncApp = bolt_app(slack)
        self.view, self.after = WHOLE, modal(NAME, COUNTRY, REGION)
        self.taps, self.sent, self.used, self.events = list[Json](), list[Json](), list[Json](), list[Json]()
        self.answers: list[Json] = []
        self.bolt.command("/coach")(self._open)
        self.bolt.view("setup")(self._submitted)
        self.bolt.shortcut("make_commitment")(self._shortcut)
        for action in ("a", "preview", "page", "more"):
            self.bolt.action(action)(self._tapped)
        kinds = ("message", "user_change", "channel_rename", "channel_archive", "channel_left", "member_joined_channel")
        for kind in (*kinds, "channel_deleted", "app_uninstalled", "tokens_revoked"):
            self.bolt.event(kind)(self._hear)

    async def _open(self, ack: Any, body: Json, client: Any) -> None:
        if body["text"] == "privacy":
            block = {**SECTION, "text": {"type": "mrkdwn", "text": "*stored*"}, "accessory": PREVIEW}
            await ack(text="stored", blocks=[block], response_type="ephemeral")
            return
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _submitted(self, ack: Any, view: Json) -> None:
        self.sent.append(view["state"]["values"])
        await ack(**(self.answers.pop(0) if self.answers else {}))

    async def _tapped(self, ack: Any, body: Json, client: Any) -> None:
        self.taps.append(body)
        if body.get("view", {}).get("type") == "modal":
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=self.after)
        await ack()

    async def _shortcut(self, ack: Any, shortcut: Json, client: Any) -> None:
        await ack()
        self.used.append(shortcut)
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(NAME))

    async def _hear(self, event: Json) -> None:
        self.events.append(event)

    async def until_heard(self, kind: str) -> Json:
        await eventually(lambda: any(event["type"] == kind for event in self.events))
        return next(event for event in self.events if event["type"] == kind)


@pytest.fixture
async def app(slack: StandIn) -> AsyncIterator[SetupApp]:
    setup = SetupApp(slack)
    async with connected(setup.bolt, slack):
        yield setup


async def opened(people: SlackControl) -> None:
    await people.command(ANNA.id, ANNA.dm, "/coach", "setup")
    await people.wait_for_modal("setup")


class TestBoth:
    async def test_a_form_with_every_element_is_filled_in_and_sent(self, app: SetupApp, people: SlackControl) -> None:
        await opened(people)
        filled: Json = {
            "Name": "North",
            "managers": [ANNA.id, "Ben Sato"],
            "wins": "#sales",
            "zone": "Berlin",
            "tone": "Warm",
        }
        for name, given in {**filled, "days": ["Mon", "tue"], "from": "2026-11-30", "also": "Wins"}.items():
            await people.fill(ANNA.id, name, given)
        with pytest.raises(LookupError, match="Friday"):
            await people.fill(ANNA.id, "days", "Friday")
        with pytest.raises(LookupError, match="nobody"):
            await people.fill(ANNA.id, "deputy", "Zoe")
        assert await people.submit(ANNA.id) is None
        assert await people.modal() is None
        (sent,) = app.sent
        assert {name: next(iter(found.values())) for name, found in sent.items()} == {
            "name": {"type": "plain_text_input", "value": "North"},
            "managers": {"type": "multi_users_select", "selected_users": [ANNA.id, BEN.id]},
            "deputy": {"type": "users_select", "selected_user": None},
            "wins": {"type": "conversations_select", "selected_conversation": SALES},
            "zone": {"type": "static_select", "selected_option": option("Berlin")},
            "days": {"type": "multi_static_select", "selected_options": [option("Mon"), option("Tue")]},
            "at": {"type": "timepicker", "selected_time": "08:45"},
            "from": {"type": "datepicker", "selected_date": "2026-11-30"},
            "also": {"type": "checkboxes", "selected_options": [option("Wins")]},
            "tone": {"type": "radio_buttons", "selected_option": option("Warm")},
        }

    async def test_a_form_is_answered_with_errors_with_another_one_and_with_nothing(
        self, app: SetupApp, people: SlackControl
    ) -> None:
        app.view = modal(NAME)
        app.answers = [
            {"response_action": "errors", "errors": {"name": "Taken."}},
            {"response_action": "update", "view": modal(NAME, callback_id="preview")},
        ]
        await opened(people)
        await people.fill(ANNA.id, "name", "North")
        assert await people.submit(ANNA.id) == {"name": "Taken."}
        assert await people.submit(ANNA.id) is None
        shown = await people.wait_for_modal("preview")
        assert shown["title"]["text"] == "Set up"
        await people.close_modal(ANNA.id)

    async def test_a_command_is_answered_with_a_button_for_one_person_alone(
        self, app: SetupApp, people: SlackControl
    ) -> None:
        await people.command(ANNA.id, ANNA.dm, "/coach", "privacy")
        told = await people.wait_for(ANNA.dm, lambda message: message["text"] == "stored")
        assert told["ephemeral_to"] == ANNA.id
        assert told["blocks"][0]["text"]["text"] == "*stored*"
        await people.press(ANNA.id, ANNA.dm, "Preview")
        assert app.taps[0]["container"]["message_ts"] == told["ts"]

    async def test_files_are_shared_in_a_dm(self, app: SetupApp, slack: StandIn, people: SlackControl) -> None:
        files = [{"filename": "you.json", "content": '{"a": "ü"}'}, {"filename": "you.csv", "content": "a,b\n"}]
        await web_client(slack).files_upload_v2(
            channel=ANNA.dm, file_uploads=files, initial_comment="Here is what we keep."
        )
        shared = await people.wait_for(ANNA.dm, lambda message: bool(message.get("files")))
        assert shared["text"] == "Here is what we keep."
        assert [file["name"] for file in shared["files"]] == ["you.json", "you.csv"]
        assert await people.download(shared["files"][0]) == '{"a": "ü"}'.encode()
        (kept,) = (await web_client(slack).conversations_history(channel=ANNA.dm))["messages"]
        assert len(kept["files"]) == 2


class TestLocalSlack:
    """What it has not, so that a test of it runs on the small Slack."""

    @pytest.fixture
    def slack(self, local_slack: LocalSlack) -> LocalSlack:
        return local_slack

    async def test_nothing_can_be_used_inside_a_form_or_chosen_in_a_home(
        self, app: SetupApp, slack: LocalSlack, people: SlackControl
    ) -> None:
        app.view = modal(NAME, COUNTRY)
        await opened(people)
        with pytest.raises(DeedRefusedError, match="messageTs"):
            await people.fill(ANNA.id, "country", "DE")
        pick = {"type": "static_select", "action_id": "page", "options": [option("1")]}
        home = {"type": "home", "blocks": [{"type": "actions", "block_id": "pages", "elements": [pick]}]}
        await web_client(slack).views_publish(user_id=ANNA.id, view=home)
        with pytest.raises(DeedRefusedError, match="messageTs"):
            await people.choose_home(ANNA.id, "page", "1")

    async def test_there_are_no_shortcuts_no_changes_and_no_joining(
        self, slack: LocalSlack, people: SlackControl
    ) -> None:
        ts = await people.say(ANNA.id, ANNA.dm, "I'll call Omega")
        with pytest.raises(DeedRefusedError, match="no shortcut"):
            await people.shortcut(ANNA.id, ANNA.dm, ts, "make_commitment")
        with pytest.raises(DeedRefusedError, match="no change-user"):
            await people.deactivate(ANNA.id)
        with pytest.raises(SlackApiError, match="unknown_method"):
            await web_client(slack).conversations_join(channel=LUNCH)


class TestSmallSlack:
    @pytest.fixture
    def slack(self, small_slack: SmallSlack) -> SmallSlack:
        return small_slack

    async def test_a_form_changes_while_it_is_filled_in_and_keeps_what_was_typed(
        self, app: SetupApp, people: SlackControl
    ) -> None:
        app.view = modal(NAME, COUNTRY)
        await opened(people)
        await people.fill(ANNA.id, "name", "North")
        await people.fill(ANNA.id, "country", "DE")
        await people.fill(ANNA.id, "region", "BY")
        assert await people.submit(ANNA.id) is None
        (tap,) = app.taps
        assert tap["container"]["type"] == "view"
        assert tap["actions"][0]["selected_option"] == option("DE")
        assert tap["view"]["state"]["values"]["name"]["a"]["value"] == "North"
        assert app.sent[0]["name"]["a"]["value"] == "North"
        assert app.sent[0]["region"]["a"]["selected_option"] == option("BY")

    async def test_a_button_in_a_form_tells_what_is_filled_in(self, app: SetupApp, people: SlackControl) -> None:
        app.view = app.after = modal(NAME, {**SECTION, "accessory": PREVIEW})
        await opened(people)
        await people.fill(ANNA.id, "name", "North")
        await people.press_modal(ANNA.id, "Preview")
        assert app.taps[0]["actions"][0]["value"] == "1"
        assert app.taps[0]["view"]["state"]["values"]["name"]["a"]["value"] == "North"
        with pytest.raises(LookupError, match="no button"):
            await people.press_modal(ANNA.id, "Start")

    async def test_a_home_has_menus_and_several_buttons_of_one_name(
        self, app: SetupApp, slack: SmallSlack, people: SlackControl
    ) -> None:
        pick = {"type": "static_select", "action_id": "page", "options": [option("1"), option("2")]}
        more = {"type": "overflow", "action_id": "more", "options": [option("Pause"), option("Stop")]}
        rows: list[Json] = [
            {**SECTION, "block_id": name, "accessory": {**PREVIEW, "value": name}} for name in ("one", "two")
        ]
        rows += [{**SECTION, "accessory": more}, {"type": "actions", "block_id": "pages", "elements": [pick]}]
        await web_client(slack).views_publish(user_id=ANNA.id, view={"type": "home", "blocks": rows})
        await people.choose_home(ANNA.id, "page", "2")
        await people.choose_home(ANNA.id, "more", "Stop")
        await people.press_home(ANNA.id, "Preview", "two")
        await eventually(lambda: len(app.taps) == 3)
        assert app.taps[0]["view"]["state"]["values"]["pages"]["page"]["selected_option"] == option("2")
        assert app.taps[1]["actions"][0]["selected_option"] == option("Stop")
        assert app.taps[2]["actions"][0]["value"] == "two"

    async def test_a_shortcut_carries_the_message_and_opens_a_form(self, app: SetupApp, people: SlackControl) -> None:
        ts = await people.say(BEN.id, SALES, "I'll call Omega")
        await people.shortcut(ANNA.id, SALES, ts, "make_commitment")
        await people.wait_for_modal("setup")
        (used,) = app.used
        assert (used["type"], used["message"]["text"], used["channel"]["id"]) == (
            "message_action",
            "I'll call Omega",
            SALES,
        )

    async def test_the_app_joins_a_public_channel_and_not_a_private_one(
        self, app: SetupApp, slack: SmallSlack, people: SlackControl
    ) -> None:
        client = web_client(slack)
        assert (await client.conversations_join(channel=LUNCH))["channel"]["is_member"]
        assert (await app.until_heard("member_joined_channel"))["user"] == WORKSPACE.bot_user_id
        assert (await client.conversations_join(channel=LUNCH))["warning"] == "already_in_channel"
        await people.make_private(LUNCH)
        with pytest.raises(SlackApiError, match="method_not_supported_for_channel_type"):
            await client.conversations_join(channel=LUNCH)
        assert (await client.conversations_info(channel=LUNCH))["channel"]["is_private"]
        await people.kick_bot(LUNCH, BEN.id)
        assert (await app.until_heard("channel_left"))["actor_id"] == BEN.id
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await client.conversations_info(channel=LUNCH)
        await people.invite_bot(LUNCH, ANNA.id)
        assert (await client.chat_postMessage(channel=LUNCH, text="hello"))["ok"]

    async def test_people_change_and_the_web_api_agrees(
        self, app: SetupApp, slack: SmallSlack, people: SlackControl
    ) -> None:
        client = web_client(slack)
        await people.moves(ANNA.id, "Asia/Tokyo")
        await people.stands(ANNA.id, is_admin=True)
        await people.sets_status(ANNA.id, "Away", ":palm_tree:", 4_000_000_000)
        assert (await app.until_heard("user_change"))["user"]["tz"] == "Asia/Tokyo"
        anna = (await client.users_info(user=ANNA.id))["user"]
        assert (anna["tz_offset"], anna["is_admin"]) == (9 * 3600, True)
        assert (anna["profile"]["status_text"], anna["profile"]["status_expiration"]) == ("Away", 4_000_000_000)
        await people.deactivate(BEN.id)
        found = (await client.users_list(limit=2))["members"]
        assert len(found) == 2
        assert (await client.users_info(user=BEN.id))["user"]["deleted"]
        with pytest.raises(SlackApiError, match="is_archived"):
            await client.chat_postMessage(channel=BEN.dm, text="hello")

    async def test_channels_and_the_workspace_change_and_the_app_is_removed(
        self, app: SetupApp, slack: SmallSlack, people: SlackControl
    ) -> None:
        client = web_client(slack)
        await people.rename_channel(SALES, "sales-emea")
        await people.archive(SALES)
        assert (await app.until_heard("channel_rename"))["channel"]["name"] == "sales-emea"
        about = (await client.conversations_info(channel=SALES))["channel"]
        assert (about["name"], about["is_archived"]) == ("sales-emea", True)
        with pytest.raises(SlackApiError, match="is_archived"):
            await client.chat_postMessage(channel=SALES, text="hello")
        await people.delete_channel(SALES)
        await app.until_heard("channel_deleted")
        await people.rename_workspace("Acme")
        assert (await client.auth_test())["team"] == "Acme"
        await people.uninstall()
        await app.until_heard("tokens_revoked")
        await app.until_heard("app_uninstalled")
        with pytest.raises(SlackApiError, match="account_inactive"):
            await client.auth_test()
        await people.reset()
        assert (await client.auth_test())["team"] == WORKSPACE.name
