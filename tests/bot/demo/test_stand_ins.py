"""Both Slack stand-ins and the client that acts in them, with a tiny real Bolt app at the other end."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

import bot.demo
from bot.demo.local_slack import LocalSlack, StandInError, StandInMissing, find_binary
from bot.demo.slack_person import Button, DeedRefusedError, SlackControl, buttons
from bot.demo.small_slack import SmallSlack
from bot.demo.workspace import Json
from tests.support.slack import ANNA, BEN, WORKSPACE, StandIn, bolt_app, connected, eventually, web_client

pytestmark = pytest.mark.stand_in

MODAL: Json = {
    "type": "modal",
    "callback_id": "goal",
    "title": {"type": "plain_text", "text": "Goal"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "number",
            "label": {"type": "plain_text", "text": "How many calls?"},
            "element": {"type": "plain_text_input", "action_id": "typed", "initial_value": "three"},
        },
        {
            "type": "input",
            "block_id": "note",
            "optional": True,
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        },
    ],
}

KILLED = """
import asyncio, os, signal
from bot.demo.local_slack import LocalSlack
from bot.demo.workspace import Workspace

async def main():
    async with LocalSlack(Workspace(users=())) as slack:
        print(slack.url, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def typed(text: str) -> dict[str, dict[str, Json]]:
    return {"number": {"typed": {"type": "plain_text_input", "value": text}}}


def says(text: str) -> Callable[[Json], bool]:
    return lambda message: text in str(message["text"])


def listens(port: int, host: str = "127.0.0.1") -> bool:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except ConnectionRefusedError:
        return False
    return True


def option(label: str) -> Json:
    return {"text": {"type": "plain_text", "text": label}, "value": label.lower()}


class TinyApp:
    """Answers a message with a button and a select, and remembers what it heard."""

    def __init__(self, slack: StandIn) -> None:
        self.heard: list[Json] = []
        self.retries: list[tuple[str, str]] = []
        self.submitted: list[Json] = []
        self.in_home: list[str] = []
        self.bolt: AsyncApp = bolt_app(slack)
        self.bolt.use(self._notice_retry)
        self.bolt.event("message")(self._message)
        self.bolt.event("file_shared")(self._nothing)
        self.bolt.event("app_home_opened")(self._home)
        self.bolt.action("yes")(self._yes)
        self.bolt.action("when")(self._when)
        self.bolt.action("at_home")(self._at_home)
        self.bolt.command("/coach")(self._command)
        self.bolt.view("goal")(self._goal)

    async def until_heard(self, told: Callable[[Json], bool]) -> Json:
        await eventually(lambda: any(told(event) for event in self.heard))
        return [event for event in self.heard if told(event)][-1]

    async def _notice_retry(self, req: Any, next: Any) -> None:  # noqa: A002 - Bolt injects by this name
        if attempt := req.headers.get("x-slack-retry-num"):
            self.retries.append((attempt[0], req.body["event"].get("text", "")))
        await next()

    async def _message(self, event: Json, client: Any) -> None:
        self.heard.append(event)
        if "bot_id" in event or "subtype" in event:
            return
        yes = {
            "type": "button",
            "action_id": "yes",
            "value": "42",
            "text": {"type": "plain_text", "text": "Yes"},
        }
        when = {"type": "static_select", "action_id": "when", "options": [option("Today"), option("Friday")]}
        blocks = [{"type": "actions", "block_id": "ask", "elements": [yes, when]}]
        await client.chat_postMessage(channel=event["channel"], text=f"Heard: {event['text']}", blocks=blocks)

    async def _nothing(self) -> None:
        pass

    async def _yes(self, ack: Any, body: Json, action: Json, client: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text=f"{body['user']['id']} said yes to {action['value']}", blocks=[])

    async def _when(self, ack: Any, body: Json, action: Json, client: Any) -> None:
        await ack()
        text = f"On {action['selected_option']['value']} then"
        await client.chat_postMessage(channel=body["channel"]["id"], text=text)

    async def _command(self, ack: Any, command: Json, client: Any) -> None:
        if command["text"] == "goal":
            await client.views_open(trigger_id=command["trigger_id"], view=MODAL)
            await ack()
        else:
            await ack(f"No such thing: {command['text']}")

    async def _goal(self, ack: Any, view: Json) -> None:
        values = view["state"]["values"]
        if values["number"]["typed"]["value"].isdigit():
            self.submitted.append(values)
            await ack()
        else:
            await ack(response_action="errors", errors={"number": "Write a number."})

    async def _home(self, event: Json, client: Any) -> None:
        press = {
            "type": "button",
            "action_id": "at_home",
            "value": "7",
            "text": {"type": "plain_text", "text": "Go"},
        }
        view = {"type": "home", "blocks": [{"type": "actions", "block_id": "top", "elements": [press]}]}
        await client.views_publish(user_id=event["user"], view=view)

    async def _at_home(self, ack: Any, body: Json, action: Json) -> None:
        await ack()
        self.in_home.append(f"{body['user']['id']} {action['value']}")


@pytest.fixture
async def app(slack: StandIn) -> AsyncIterator[TinyApp]:
    tiny = TinyApp(slack)
    async with connected(tiny.bolt, slack):
        yield tiny


class TestBoth:
    async def test_a_message_is_answered(self, app: TinyApp, people: SlackControl) -> None:
        dm = await people.dm(ANNA.id)
        ts = await people.say(ANNA.id, dm, "I'll call Omega")
        answer = await people.wait_for(dm, says("Heard: I'll call Omega"), after=ts)
        assert answer["bot_id"] == WORKSPACE.bot_id
        assert buttons(answer) == [Button("Yes", "yes", "ask", "42")]
        assert await people.messages(await people.dm(BEN.id)) == []

    async def test_a_pressed_button_updates_its_message(self, app: TinyApp, people: SlackControl) -> None:
        await people.say(ANNA.id, ANNA.dm, "Now?")
        asked = await people.wait_for(ANNA.dm, says("Heard"))
        assert await people.press(ANNA.id, ANNA.dm, "Yes") == asked["ts"]
        updated = await people.wait_for(ANNA.dm, says(f"{ANNA.id} said yes to 42"))
        assert updated["ts"] == asked["ts"]
        assert not buttons(updated)

    async def test_a_button_is_clicked_by_its_action_id(self, app: TinyApp, people: SlackControl) -> None:
        await people.say(BEN.id, BEN.dm, "Now?")
        asked = await people.wait_for(BEN.dm, says("Heard"))
        await people.click(BEN.id, BEN.dm, asked["ts"], "yes")
        await people.wait_for(BEN.dm, says(f"{BEN.id} said yes"))

    async def test_an_option_is_chosen_by_its_label(self, app: TinyApp, people: SlackControl) -> None:
        await people.say(ANNA.id, ANNA.dm, "When?")
        await people.wait_for(ANNA.dm, says("Heard"))
        await people.choose(ANNA.id, ANNA.dm, "Friday")
        await people.wait_for(ANNA.dm, says("On friday then"))

    async def test_what_is_not_there_cannot_be_pressed_or_chosen(self, app: TinyApp, people: SlackControl) -> None:
        await people.say(ANNA.id, ANNA.dm, "Now?")
        await people.wait_for(ANNA.dm, says("Heard"))
        with pytest.raises(LookupError, match=r"'Maybe'[\s\S]*Heard: Now\? \[Yes\]"):
            await people.press(ANNA.id, ANNA.dm, "Maybe")
        with pytest.raises(LookupError, match="'Never'"):
            await people.choose(ANNA.id, ANNA.dm, "Never")

    async def test_a_modal_complains_and_is_then_accepted(self, app: TinyApp, people: SlackControl) -> None:
        assert await people.modal() is None
        await people.command(ANNA.id, ANNA.dm, "/coach", "goal")
        shown = await people.modal()
        assert shown is not None
        assert shown["callback_id"] == "goal"
        assert await people.submit(ANNA.id, {}) == {"number": "Write a number."}
        assert await people.modal() is not None
        assert await people.submit(ANNA.id, typed("3")) is None
        assert await people.modal() is None
        untouched = {"type": "plain_text_input", "value": None}
        assert app.submitted == [{**typed("3"), "note": {"typed": untouched}}]

    async def test_a_modal_is_closed_without_submitting_it(self, app: TinyApp, people: SlackControl) -> None:
        await people.command(ANNA.id, ANNA.dm, "/coach", "goal")
        with pytest.raises(LookupError, match="nowhere/typed"):
            await people.submit(ANNA.id, {"nowhere": {"typed": {}}})
        await people.close_modal(ANNA.id)
        assert await people.modal() is None
        with pytest.raises(LookupError, match="no modal is open"):
            await people.submit(ANNA.id, typed("3"))
        assert app.submitted == []

    async def test_a_command_is_answered_in_its_acknowledgement(self, app: TinyApp, people: SlackControl) -> None:
        await people.command(ANNA.id, ANNA.dm, "/coach", "dance")
        await people.wait_for(ANNA.dm, says("No such thing: dance"))

    async def test_a_home_is_published_and_pressed(self, app: TinyApp, people: SlackControl) -> None:
        assert await people.home(ANNA.id) is None
        await people.open_home(ANNA.id)
        home = await people.wait_for_home(ANNA.id)
        assert buttons(home) == [Button("Go", "at_home", "top", "7")]
        with pytest.raises(LookupError, match="'Stop'"):
            await people.press_home(ANNA.id, "Stop")
        await people.press_home(ANNA.id, "Go")
        await eventually(lambda: app.in_home == [f"{ANNA.id} 7"])
        with pytest.raises(TimeoutError, match="no such Home for U02BEN"):
            await people.wait_for_home(BEN.id, timeout=0.1)

    async def test_edits_deletions_and_files_are_heard_of(self, app: TinyApp, people: SlackControl) -> None:
        first = await people.say(ANNA.id, ANNA.dm, "by 3")
        await people.edit(ANNA.id, ANNA.dm, first, "by 4")
        edited = await app.until_heard(lambda e: e.get("subtype") == "message_changed")
        assert edited["message"]["text"] == "by 4"
        assert edited["message"]["ts"] == first
        await people.delete(ANNA.id, ANNA.dm, first)
        gone = await app.until_heard(lambda e: e.get("subtype") == "message_deleted")
        assert gone["deleted_ts"] == first
        await people.upload(ANNA.id, ANNA.dm, "pipeline.csv")
        shared = await app.until_heard(lambda e: e.get("subtype") == "file_share")
        assert [file["name"] for file in shared["files"]] == ["pipeline.csv"]
        with pytest.raises(DeedRefusedError):
            await people.edit(BEN.id, ANNA.dm, first, "by 5")

    async def test_waiting_in_vain_ends_with_the_transcript(self, slack: StandIn, people: SlackControl) -> None:
        await people.say(ANNA.id, ANNA.dm, "Anyone?")
        with pytest.raises(TimeoutError, match="U01ANNA: Anyone"):
            await people.wait_for(ANNA.dm, says("Yes"), timeout=0.1)

    async def test_a_reset_forgets_what_was_said(self, slack: StandIn, people: SlackControl) -> None:
        await people.say(ANNA.id, ANNA.dm, "Anyone?")
        await people.reset()
        assert await people.messages(ANNA.dm) == []

    async def test_it_listens_on_this_machine_only(self, slack: StandIn) -> None:
        port = int(slack.url.rpartition(":")[2])
        assert listens(port)
        assert not listens(port, "127.0.0.2")

    async def test_a_port_that_is_taken_is_an_error(self, slack: StandIn) -> None:
        port = int(slack.url.rpartition(":")[2])
        with pytest.raises((OSError, StandInError)):
            async with type(slack)(WORKSPACE, port=port):
                pass


class TestLocalSlack:
    async def test_it_stops_the_process_that_it_started(self, local_slack: LocalSlack) -> None:
        async with LocalSlack(WORKSPACE) as other, SlackControl(local_slack.url) as people:
            assert other.url != local_slack.url
            await people.dm(ANNA.id)
        assert not listens(int(other.url.rpartition(":")[2]))

    async def test_a_named_program_that_is_none_is_missing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("HUDDLE_STAND_IN", str(tmp_path / "nothing"))
        with pytest.raises(StandInMissing, match=r"HUDDLE_STAND_IN names .*nothing"):
            async with LocalSlack(WORKSPACE):
                pass

    def test_another_platform_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("HUDDLE_STAND_IN", raising=False)
        monkeypatch.setattr("platform.system", lambda: "Plan9")
        with pytest.raises(StandInMissing, match="this is Plan9"):
            find_binary()

    async def test_it_goes_when_the_process_that_started_it_is_killed(
        self, local_slack: LocalSlack, tmp_path: Path
    ) -> None:
        started = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", KILLED),
            cwd=Path(bot.demo.__file__).parents[2],
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await started.communicate()
        port = int(said.decode().rpartition(":")[2])
        await eventually(lambda: not listens(port), seconds=10)

    async def test_a_program_that_stops_at_once_is_an_error_and_sees_no_keys_of_ours(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        broken = tmp_path / "broken"
        broken.write_text('#!/bin/sh\necho "out of order, key=$OPENAI_API_KEY."\n')
        broken.chmod(0o755)
        monkeypatch.setenv("HUDDLE_STAND_IN", str(broken))
        monkeypatch.setenv("OPENAI_API_KEY", "ours")
        with pytest.raises(StandInError, match=r"out of order, key=\."):
            async with LocalSlack(WORKSPACE):
                pass

    def test_the_lock_file_pins_the_binary_and_names_no_address(self) -> None:
        text = (Path(bot.demo.__file__).parent / "stand_in" / "package-lock.json").read_text(encoding="utf-8")
        package = json.loads(text)["packages"]["node_modules/local-slack-linux-x64"]
        assert package["version"] == "0.1.8"
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in text
        assert "://" not in text


class TestSmallSlack:
    @pytest.fixture
    def slack(self, small_slack: SmallSlack) -> SmallSlack:
        return small_slack

    async def test_the_bot_hears_its_own_messages(self, app: TinyApp, slack: SmallSlack) -> None:
        metadata = {"event_type": "delivery", "event_payload": {"delivery_id": "d-1"}}
        posted = await web_client(slack).chat_postMessage(channel=ANNA.id, text="Good morning", metadata=metadata)
        assert posted["channel"] == ANNA.dm
        echo = await app.until_heard(lambda e: e["ts"] == posted["ts"])
        assert (echo["bot_id"], echo["channel_type"]) == (WORKSPACE.bot_id, "im")
        assert echo["metadata"] == metadata

    async def test_what_is_said_while_the_app_is_away_arrives_later_as_a_retry(
        self, slack: SmallSlack, people: SlackControl
    ) -> None:
        tiny = TinyApp(slack)
        async with connected(tiny.bolt, slack):
            await people.say(ANNA.id, ANNA.dm, "one")
            await people.wait_for(ANNA.dm, says("Heard: one"))
        await people.say(ANNA.id, ANNA.dm, "two")
        await people.say(ANNA.id, ANNA.dm, "three")
        back = TinyApp(slack)
        async with connected(back.bolt, slack):
            await people.wait_for(ANNA.dm, says("Heard: two"))
            await people.wait_for(ANNA.dm, says("Heard: three"))
        assert [text for _, text in back.retries if not text.startswith("Heard")] == ["two", "three"]

    async def test_an_event_that_is_not_acknowledged_is_sent_again(
        self, slack: SmallSlack, people: SlackControl
    ) -> None:
        app = bolt_app(slack)
        tries: list[str] = []

        @app.use
        async def busy(req: Any, next: Any) -> None:  # noqa: A002 - Bolt injects by this name
            tries.append(req.headers.get("x-slack-retry-num", ["0"])[0])
            if len(tries) == 1:
                raise RuntimeError("the database is locked")
            await next()

        async with connected(app, slack):
            await people.say(ANNA.id, ANNA.dm, "Remember this")
            await eventually(lambda: tries == ["0", "1"])

    async def test_an_event_in_hand_when_the_connection_closes_goes_to_the_next_one(
        self, slack: SmallSlack, people: SlackControl
    ) -> None:
        app = bolt_app(slack)
        in_hand: list[Json] = []

        @app.use
        async def hold(body: Json) -> None:
            in_hand.append(body)
            await asyncio.sleep(60)

        async with connected(app, slack):
            await people.say(ANNA.id, ANNA.dm, "Remember this")
            await eventually(lambda: bool(in_hand))
        back = TinyApp(slack)
        async with connected(back.bolt, slack):
            await people.wait_for(ANNA.dm, says("Heard: Remember this"))
        assert ("1", "Remember this") in back.retries

    async def test_an_event_goes_to_one_of_two_connections(self, slack: SmallSlack, people: SlackControl) -> None:
        one, other = TinyApp(slack), TinyApp(slack)
        async with connected(one.bolt, slack), connected(other.bolt, slack):
            said = [await people.say(ANNA.id, ANNA.dm, f"number {n}") for n in range(6)]
            await eventually(lambda: len(one.heard) + len(other.heard) == 2 * len(said))  # the answers, too
        assert one.heard
        assert other.heard
        assert sorted(e["ts"] for e in one.heard + other.heard if e["user"] == ANNA.id) == said

    async def test_a_command_that_nobody_hears_fails_for_the_person_alone(
        self, slack: SmallSlack, people: SlackControl
    ) -> None:
        await people.command(ANNA.id, ANNA.dm, "/coach", "goal")
        told = await people.wait_for(ANNA.dm, says("/coach failed"))
        assert told["ephemeral_to"] == ANNA.id

    async def test_history_has_metadata_on_request_and_no_ephemerals(self, slack: SmallSlack) -> None:
        client = web_client(slack)
        metadata = {"event_type": "delivery", "event_payload": {"delivery_id": "d-1"}}
        first = await client.chat_postMessage(channel=ANNA.dm, text="one", metadata=metadata)
        await client.chat_postEphemeral(channel=ANNA.dm, user=ANNA.id, text="psst")
        await client.chat_postMessage(channel=ANNA.dm, text="two")
        plain = (await client.conversations_history(channel=ANNA.dm))["messages"]
        assert [message["text"] for message in plain] == ["two", "one"]
        assert all("metadata" not in message for message in plain)
        whole = await client.conversations_history(
            channel=ANNA.dm, oldest=first["ts"], latest=first["ts"], inclusive=True, include_all_metadata=True
        )
        assert [message["metadata"] for message in whole["messages"]] == [metadata]
        page = await client.conversations_history(channel=ANNA.dm, limit=1)
        assert page["has_more"]
        rest = await client.conversations_history(
            channel=ANNA.dm, limit=1, cursor=page["response_metadata"]["next_cursor"]
        )
        assert [message["text"] for message in rest["messages"]] == ["one"]

    async def test_people_and_channels_are_known_by_the_web_api(self, slack: SmallSlack) -> None:
        client = web_client(slack)
        anna = (await client.users_info(user=ANNA.id))["user"]
        assert (anna["tz"], anna["profile"]["real_name"], anna["deleted"]) == (ANNA.tz, ANNA.real_name, False)
        members = (await client.users_list())["members"]
        assert [member["id"] for member in members if not member["is_bot"]] == [ANNA.id, BEN.id]
        assert (await client.conversations_open(users=BEN.id))["channel"]["id"] == BEN.dm
        assert (await client.conversations_info(channel=BEN.dm))["channel"]["user"] == BEN.id
        assert (await client.team_info())["team"]["id"] == WORKSPACE.team_id
        assert (await client.bots_info(bot=WORKSPACE.bot_id))["bot"]["app_id"] == WORKSPACE.app_id
        tested = await client.auth_test()
        assert tested["user_id"] == WORKSPACE.bot_user_id
        assert tested.headers["x-oauth-scopes"] == ",".join(WORKSPACE.scopes)

    @pytest.mark.parametrize(
        ("method", "args", "error"),
        [
            ("chat.postMessage", {"channel": "C99", "text": "hi"}, "channel_not_found"),
            ("chat.postMessage", {"channel": "C02LUNCH", "text": "hi"}, "not_in_channel"),
            ("chat.postMessage", {"channel": ANNA.dm}, "no_text"),
            ("chat.update", {"channel": ANNA.dm, "ts": "1.1", "text": "hi"}, "message_not_found"),
            ("users.info", {"user": "U99"}, "user_not_found"),
            ("conversations.open", {"users": "U99"}, "user_not_found"),
            ("views.open", {"trigger_id": "made-up", "view": MODAL}, "invalid_trigger_id"),
            ("views.update", {"view_id": "V99", "view": MODAL}, "not_found"),
            ("views.publish", {"user_id": ANNA.id}, "invalid_arguments"),
            ("apps.connections.open", {}, "not_allowed_token_type"),
            ("admin.everything", {}, "unknown_method"),
        ],
    )
    async def test_a_call_is_refused(self, slack: SmallSlack, method: str, args: Json, error: str) -> None:
        with pytest.raises(SlackApiError) as refused:
            await web_client(slack).api_call(method, json=args)
        assert refused.value.response["error"] == error

    async def test_a_wrong_token_is_refused(self, slack: SmallSlack) -> None:
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await web_client(slack, "xoxb-wrong").auth_test()

    async def test_a_trigger_opens_one_modal_in_time(
        self, app: TinyApp, slack: SmallSlack, people: SlackControl, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        triggers: list[str] = []

        @app.bolt.command("/keep")
        async def keep(ack: Any, command: Json) -> None:
            triggers.append(command["trigger_id"])
            await ack()

        client = web_client(slack)
        await people.command(ANNA.id, ANNA.dm, "/keep")
        opened = await client.views_open(trigger_id=triggers[0], view=MODAL)
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            await client.views_push(trigger_id=triggers[0], view=MODAL)
        await people.command(ANNA.id, ANNA.dm, "/keep")
        pushed = await client.views_push(trigger_id=triggers[1], view=MODAL)
        assert pushed["view"]["previous_view_id"] == opened["view"]["id"]
        await people.command(ANNA.id, ANNA.dm, "/keep")
        monkeypatch.setattr("bot.demo.small_slack_state.TRIGGER_SECONDS", 0.0)
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            await client.views_open(trigger_id=triggers[2], view=MODAL)

    async def test_a_view_is_updated_unless_it_has_changed_meanwhile(
        self, app: TinyApp, slack: SmallSlack, people: SlackControl
    ) -> None:
        client = web_client(slack)
        await people.command(ANNA.id, ANNA.dm, "/coach", "goal")
        shown = await people.modal()
        assert shown is not None
        changed = {**MODAL, "private_metadata": "second"}
        updated = await client.views_update(view_id=shown["id"], hash=shown["hash"], view=changed)
        assert updated["view"]["id"] == shown["id"]
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await client.views_update(view_id=shown["id"], hash=shown["hash"], view=changed)
