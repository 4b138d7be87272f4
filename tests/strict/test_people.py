"""Taps, forms, commands and Homes: what people can do, and what the app may answer."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.strict.conftest import ANNA, BEN, Clock, app_of, client_of, connected
from tests.support.slack import eventually
from tests.support.strict import ClientRefusal, Refusal, StrictSlack

pytestmark = pytest.mark.stand_in

GO = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "go", "value": "v1", "text": {"type": "plain_text", "text": "Go on"}}],
}
FORM = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "kept",
    "title": {"type": "plain_text", "text": "T"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {
                "type": "plain_text_input",
                "action_id": "what",
                "initial_value": "as before",
                "max_length": 20,
            },
        },
        {
            "type": "input",
            "block_id": "when",
            "optional": True,
            "label": {"type": "plain_text", "text": "When"},
            "element": {
                "type": "static_select",
                "action_id": "when",
                "options": [{"text": {"type": "plain_text", "text": "Mon 9:00"}, "value": "1"}],
            },
        },
    ],
}


async def with_button(slack: StrictSlack) -> str:
    posted = await client_of(slack).chat_postMessage(channel=ANNA.id, text="Go on?", blocks=[GO])
    return str(posted["ts"])


@pytest.mark.parametrize("action", ["go", "Go on"])
async def test_a_tap_arrives_with_the_message_and_its_place(slack: StrictSlack, action: str) -> None:
    app, taps = app_of(slack), []

    @app.action("go")
    async def tapped(ack: Any, body: dict[str, Any]) -> None:
        taps.append(body)
        await ack()

    async with connected(app, slack):
        ts = await with_button(slack)
        assert await slack.people.press(ANNA.id, ts, action)
    (body,) = taps
    assert body["user"]["id"] == ANNA.id
    assert body["actions"][0]["value"] == "v1"
    assert body["actions"][0]["block_id"] == slack.messages(ANNA.id)[0]["blocks"][0]["block_id"]
    assert (body["container"]["channel_id"], body["container"]["message_ts"]) == (ANNA.dm, ts)


async def test_nobody_can_tap_what_is_not_there(slack: StrictSlack) -> None:
    ts = await with_button(slack)
    with pytest.raises(ClientRefusal, match="0 buttons"):
        await slack.people.press(ANNA.id, ts, "stop")
    with pytest.raises(ClientRefusal):
        await slack.people.press(BEN.id, ts, "go", ANNA.dm)
    await client_of(slack).chat_update(channel=ANNA.dm, ts=ts, text="done", blocks=[])
    with pytest.raises(ClientRefusal):
        await slack.people.press(ANNA.id, ts, "go")


async def test_a_tap_that_nobody_acknowledges_is_told(slack: StrictSlack) -> None:
    assert not await slack.people.press(ANNA.id, await with_button(slack), "go")


def form_app(slack: StrictSlack, clock: Clock, wait: float = 0.0) -> tuple[AsyncApp, list[Any]]:
    """An app whose button opens a form, which refuses "bad"."""
    app, sent = app_of(slack), []

    @app.action("go")
    async def open_form(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        clock.now += wait
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        except SlackApiError as error:
            sent.append(error.response["error"])
        await ack()

    @app.view("form")
    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        sent.append((view["private_metadata"], values["what"]["what"]["value"], values["when"]["when"]))
        if values["what"]["what"]["value"] == "bad":
            await ack(response_action="errors", errors={"what": "Not that."})
        else:
            await ack()

    return app, sent


async def test_a_form_is_opened_once_filled_and_sent(slack: StrictSlack, clock: Clock) -> None:
    app, sent = form_app(slack, clock)
    async with connected(app, slack):
        await slack.people.press(ANNA.id, await with_button(slack), "go")
        assert slack.people.form(BEN.id) is None
        assert await slack.people.submit_view(ANNA.id, {"what": "bad"}) == {"what": "Not that."}
        assert slack.people.form(ANNA.id) is not None
        with pytest.raises(ClientRefusal, match="must not stay empty"):
            await slack.people.submit_view(ANNA.id, {"what": ""})
        with pytest.raises(ClientRefusal, match="21 characters"):
            await slack.people.submit_view(ANNA.id, {"what": "x" * 21})
        with pytest.raises(ClientRefusal, match="not offered"):
            await slack.people.submit_view(ANNA.id, {"when": "Tue"})
        with pytest.raises(ClientRefusal, match="0 elements 'why'"):
            await slack.people.submit_view(ANNA.id, {"why": "x"})
        assert await slack.people.submit_view(ANNA.id, {"what": "as before", "when": "Mon 9:00"}) == {}
        assert slack.people.form(ANNA.id) is None
    nothing = {"type": "static_select", "selected_option": None}
    monday = {"type": "static_select", "selected_option": FORM["blocks"][1]["element"]["options"][0]}  # type: ignore[index]
    assert sent == ["exchanged_trigger_id", ("kept", "bad", nothing), ("kept", "as before", monday)]


async def test_a_trigger_runs_out(slack: StrictSlack, clock: Clock) -> None:
    app, sent = form_app(slack, clock, wait=3.5)
    async with connected(app, slack):
        await slack.people.press(ANNA.id, await with_button(slack), "go")
    assert sent == ["expired_trigger_id"]
    with pytest.raises(ClientRefusal, match="no form"):
        await slack.people.close_view(ANNA.id)


async def test_a_command_is_answered_to_whoever_typed_it(slack: StrictSlack) -> None:
    app = app_of(slack)

    @app.command("/coach")
    async def answer(ack: Any, body: dict[str, Any]) -> None:
        await ack(text=f"{body['user_id']} typed {body['text']}", response_type="ephemeral")

    async with connected(app, slack):
        assert await slack.people.slash(ANNA.id, "help")
    (seen,) = slack.records.seen
    assert (seen.how, seen.reader, seen.text, seen.request) == ("ephemeral", ANNA.id, f"{ANNA.id} typed help", None)
    assert slack.messages(ANNA.id) == []


async def test_an_answer_to_a_command_keeps_slacks_limits(slack: StrictSlack) -> None:
    app = app_of(slack)

    @app.command("/coach")
    async def answer(ack: Any) -> None:
        await ack(text="x" * 40_001)

    async with connected(app, slack):
        with pytest.raises(Refusal, match="msg_too_long"):
            await slack.people.slash(ANNA.id)


async def test_a_home_is_opened_drawn_and_tapped(slack: StrictSlack) -> None:
    app, taps = app_of(slack), []

    @app.event("app_home_opened")
    async def draw(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [GO]})

    @app.action("go")
    async def tapped(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        taps.append(body)

    with pytest.raises(ClientRefusal, match="empty Home"):
        await slack.people.press_home(ANNA.id, "go")
    async with connected(app, slack):
        await slack.people.open_home(ANNA.id)
        await eventually(lambda: ANNA.id in slack.state.homes)
        assert await slack.people.press_home(ANNA.id, "go")
    assert taps[0]["view"]["id"] == slack.state.homes[ANNA.id]["id"]
    assert taps[0]["container"]["type"] == "view"


async def test_people_change_only_their_own_and_nobody_acts_after_leaving(slack: StrictSlack) -> None:
    ts = await with_button(slack)
    with pytest.raises(ClientRefusal, match="not their own"):
        await slack.people.edit(ANNA.id, ts, "x")
    slack.people.deactivate(ANNA.id)
    with pytest.raises(ClientRefusal, match="has left"):
        await slack.people.say(ANNA.id, "x")
