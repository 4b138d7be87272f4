"""A form with every element: filled in as a person would, changed by the app meanwhile, stacked, sent, closed."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.strict.conftest import ANNA, BEN, app_of, client_of, connected, error_of
from tests.support.strict import ClientRefusal, Refusal, StrictSlack

pytestmark = pytest.mark.stand_in

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def field(name: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(name.title()),
        "element": {"action_id": "a"} | element,
    } | more


def modal(*blocks: Json, callback_id: str = "setup", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Set up"),
        "submit": plain("Next"),
        "blocks": list(blocks),
    } | more


def button(action_id: str, text: str = "Press", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


CONFIRM = {"title": plain("Sure?"), "text": plain("It is final."), "confirm": plain("Yes"), "deny": plain("No")}
ZONES = [{"label": plain(f"Group {n}"), "options": [option(f"Zone{n}x{k}") for k in range(100)]} for n in range(5)]
WHOLE = modal(
    field("name", {"type": "plain_text_input", "max_length": 10}),
    field("notes", {"type": "plain_text_input", "multiline": True}, optional=True),
    field("managers", {"type": "multi_users_select", "max_selected_items": 2}),
    field("deputy", {"type": "users_select"}, optional=True),
    field("wins", {"type": "conversations_select", "filter": {"include": ["public", "private"]}}),
    field("zone", {"type": "static_select", "option_groups": ZONES}),
    field("days", {"type": "multi_static_select", "options": [option("Mon"), option("Tue")]}),
    field("at", {"type": "timepicker", "initial_time": "08:45", "timezone": "Europe/Berlin"}),
    field("from", {"type": "datepicker"}),
    field("also", {"type": "checkboxes", "options": [option("Dry run"), option("Wins")]}, optional=True),
    field("tone", {"type": "radio_buttons", "options": [option("Warm"), option("Brief")]}),
    {"type": "divider"},
    {"type": "section", "block_id": "extra", "text": plain("More"), "accessory": button("preview")},
)
FILLED = {
    "name": "North",
    "managers": [ANNA.id, "Ben Sato"],
    "wins": "#sales",
    "zone": "Zone4x7",
    "days": ["Mon", "tue"],
    "from": "2026-11-30",
    "also": "Wins",
    "tone": "Warm",
}


class Setup:
    """An app whose command opens a form, and which remembers what it heard."""

    def __init__(self, slack: StrictSlack, view: Json) -> None:
        self.app: AsyncApp = app_of(slack)
        self.view, self.taps, self.sent, self.closed = view, list[Json](), list[Json](), list[Json]()
        self.answer: Json = {}
        self.on_tap: Json | None = None
        self.app.command("/coach")(self._open)
        self.app.view("setup")(self._submitted)
        self.app.view_closed("setup")(self._closed)
        self.app.block_action({"action_id": "a"})(self._tapped)
        self.app.block_action({"action_id": "preview"})(self._tapped)

    async def _open(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def _submitted(self, ack: Any, view: Json) -> None:
        self.sent.append(view)
        await ack(**self.answer)

    async def _closed(self, ack: Any, body: Json) -> None:
        await ack()
        self.closed.append(body)

    async def _tapped(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        self.taps.append(body)
        if self.on_tap is not None:
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=self.on_tap)
        await ack()


async def opened(slack: StrictSlack) -> None:
    assert await slack.people.slash(ANNA.id, "setup")


def values(view: Json) -> Json:
    return {name: next(iter(found.values())) for name, found in view["state"]["values"].items()}


async def test_every_element_is_filled_in_and_arrives_as_slack_reports_it(slack: StrictSlack) -> None:
    setup = Setup(slack, WHOLE)
    async with connected(setup.app, slack):
        await opened(slack)
        with pytest.raises(ClientRefusal, match="name must not stay empty"):
            await slack.people.submit_view(ANNA.id)
        assert await slack.people.submit_view(ANNA.id, FILLED) == {}
        assert slack.people.form(ANNA.id) is None
    found = {
        name: {key: value for key, value in one.items() if key != "type"} for name, one in values(setup.sent[0]).items()
    }
    assert found == {
        "name": {"value": "North"},
        "notes": {"value": None},
        "managers": {"selected_users": [ANNA.id, BEN.id]},
        "deputy": {"selected_user": None},
        "wins": {"selected_conversation": "C01SALES"},
        "zone": {"selected_option": option("Zone4x7")},
        "days": {"selected_options": [option("Mon"), option("Tue")]},
        "at": {"selected_time": "08:45"},
        "from": {"selected_date": "2026-11-30"},
        "also": {"selected_options": [option("Wins")]},
        "tone": {"selected_option": option("Warm")},
    }


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("name", "x" * 11, "11 characters"),
        ("name", "a\nb", "line break"),
        ("managers", [ANNA.id, BEN.id, ANNA.id], "3 are picked"),
        ("managers", "U0NOBODY", "not offered"),
        ("deputy", [ANNA.id], "one fits"),
        ("wins", ANNA.dm, "not offered"),
        ("zone", "Zone9x1", "not offered"),
        ("at", "8:45", "cannot be picked"),
        ("from", "2026-02-30", "cannot be picked"),
        ("preview", "x", "0 elements"),
    ],
)
async def test_what_slacks_client_would_not_take_is_refused(
    slack: StrictSlack, name: str, given: Any, why: str
) -> None:
    setup = Setup(slack, WHOLE)
    async with connected(setup.app, slack):
        await opened(slack)
        with pytest.raises(ClientRefusal, match=why):
            await slack.people.fill(ANNA.id, name, given)


async def test_who_left_and_where_one_is_not_cannot_be_picked(slack: StrictSlack) -> None:
    setup = Setup(slack, WHOLE)
    slack.people.deactivate(BEN.id)
    slack.places.archive("C01SALES")
    slack.places.hide("C02LUNCH")
    async with connected(setup.app, slack):
        await opened(slack)
        for name, given in (("deputy", BEN.id), ("wins", "sales")):
            with pytest.raises(ClientRefusal, match="not offered"):
                await slack.people.fill(ANNA.id, name, given)
        await slack.people.fill(ANNA.id, "wins", "lunch")
        slack.places.leave("C02LUNCH", ANNA.id)
        with pytest.raises(ClientRefusal, match="not offered"):
            await slack.people.fill(ANNA.id, "wins", "lunch")


async def test_a_change_is_told_at_once_where_the_app_asks_and_the_form_is_changed_with_what_was_typed(
    slack: StrictSlack,
) -> None:
    country = field("country", {"type": "static_select", "options": [option("DE"), option("AT")]}, dispatch_action=True)
    name = field("name", {"type": "plain_text_input", "initial_value": "as it was"})
    region = field("region", {"type": "static_select", "options": [option("BY"), option("BE")]})
    setup = Setup(slack, modal(name, country))
    setup.on_tap = modal(field("name", {"type": "plain_text_input"}), country, region)
    async with connected(setup.app, slack):
        await opened(slack)
        before = slack.people.form(ANNA.id)
        assert before is not None
        known = (before["id"], before["hash"])
        assert await slack.people.fill(ANNA.id, "name", "North") is None
        assert await slack.people.fill(ANNA.id, "Country", "DE") is True
        after = slack.people.form(ANNA.id)
        assert after is not None
        assert after["id"] == known[0]
        assert after["hash"] != known[1]
        assert await slack.people.submit_view(ANNA.id, {"region": "BY"}) == {}
    (tap,) = setup.taps
    assert tap["container"] == {"type": "view", "view_id": known[0]}
    assert "message" not in tap
    (action,) = tap["actions"]
    assert (action["type"], action["block_id"], action["selected_option"]) == ("static_select", "country", option("DE"))
    assert values(tap["view"])["name"]["value"] == "North"
    assert values(setup.sent[0])["name"]["value"] == "North", "kept, since both ids are the same"
    assert values(setup.sent[0])["country"]["selected_option"] == option("DE")
    assert values(setup.sent[0])["region"]["selected_option"] == option("BY")


async def test_a_button_in_a_form_may_ask_whether_one_is_sure(slack: StrictSlack) -> None:
    asking = {"type": "actions", "block_id": "row", "elements": [button("a", "Erase", confirm=CONFIRM, value="7")]}
    quiet = {"type": "actions", "block_id": "row2", "elements": [button("a", "Keep", value="8")]}
    setup = Setup(slack, modal(asking, quiet))
    async with connected(setup.app, slack):
        await opened(slack)
        assert not await slack.people.press_view(ANNA.id, "Erase", sure=False)
        assert setup.taps == []
        with pytest.raises(ClientRefusal, match="does not ask"):
            await slack.people.press_view(ANNA.id, "Keep", sure=False)
        with pytest.raises(ClientRefusal, match="2 buttons"):
            await slack.people.press_view(ANNA.id, "a")
        assert await slack.people.press_view(ANNA.id, "a", value="7")
    assert setup.taps[0]["actions"][0]["value"] == "7"


async def test_a_form_may_be_answered_with_another_and_another_on_top_but_no_fourth(slack: StrictSlack) -> None:
    name = field("name", {"type": "plain_text_input", "initial_value": "North"})
    setup = Setup(slack, modal(name, notify_on_close=True))
    async with connected(setup.app, slack):
        await opened(slack)
        first = slack.people.form(ANNA.id)
        assert first is not None
        setup.answer = {"response_action": "errors", "errors": {"name": "Taken."}}
        assert await slack.people.submit_view(ANNA.id, {"name": "South"}) == {"name": "Taken."}
        setup.answer = {"response_action": "push", "view": modal(name)}
        assert await slack.people.submit_view(ANNA.id) == {}
        second = slack.people.form(ANNA.id)
        assert second is not None
        assert second["previous_view_id"] == second["root_view_id"] == first["id"]
        setup.answer = {"response_action": "update", "view": modal(name, private_metadata="2")}
        assert await slack.people.submit_view(ANNA.id) == {}
        assert slack.people.form(ANNA.id) is second
        assert second["private_metadata"] == "2"
        await slack.people.close_view(ANNA.id)
        assert slack.people.form(ANNA.id) is first
        assert values(first)["name"]["value"] == "South", "with its prior state intact"
        setup.answer = {"response_action": "push", "view": modal(name)}
        for _ in range(2):
            await slack.people.submit_view(ANNA.id)
        with pytest.raises(Refusal, match="push_limit_reached"):
            await slack.people.submit_view(ANNA.id)
        setup.answer = {"response_action": "clear"}
        assert await slack.people.submit_view(ANNA.id) == {}
        assert slack.people.form(ANNA.id) is None
        await opened(slack)
        await slack.people.close_view(ANNA.id)
    assert setup.closed[0]["is_cleared"] is False


async def test_a_view_is_updated_and_pushed_over_the_web_api_as_it_stands(slack: StrictSlack) -> None:
    setup = Setup(slack, WHOLE)
    triggers: list[str] = []

    @setup.app.command("/keep")
    async def keep(ack: Any, command: Json) -> None:
        triggers.append(command["trigger_id"])
        await ack()

    client = client_of(slack)
    small = modal(field("name", {"type": "plain_text_input"}), external_id="one")
    async with connected(setup.app, slack):
        for _ in range(3):
            await slack.people.slash(ANNA.id, command="/keep")
        assert await error_of(client.views_push(trigger_id=triggers[0], view=small)) == "not_found"
        root = (await client.views_open(trigger_id=triggers[1], view=small))["view"]
        assert await error_of(client.views_push(trigger_id=triggers[2], view=small)) == "duplicate_external_id"
        updated = (await client.views_update(external_id="one", hash=root["hash"], view=small))["view"]
        assert updated["id"] == root["id"]
        conflict = client.views_update(view_id=root["id"], hash=root["hash"], view=small)
        assert await error_of(conflict) == "hash_conflict"
        assert await error_of(client.views_update(view_id="V0NONE", view=small)) == "not_found"
        assert await error_of(client.views_update(view_id=root["id"], view=modal())) == "invalid_arguments"
        huge = [{"type": "section", "text": plain("ü" * 1500)}] * 90
        assert await error_of(client.views_update(view_id=root["id"], view=modal(*huge))) == "view_too_large"


async def test_a_home_has_menus_and_several_buttons_of_one_name(slack: StrictSlack) -> None:
    app, taps = app_of(slack), list[Json]()
    more = {"type": "overflow", "action_id": "more", "options": [option("Pause"), option("Stop")]}
    pick = {"type": "static_select", "action_id": "page", "options": [option("1"), option("2")]}
    rows: list[Json] = [
        {"type": "section", "text": plain(name), "accessory": button("talked", value=name)} for name in ("Ana", "Ben")
    ]
    rows += [{"type": "section", "text": plain("Team"), "accessory": more}]
    rows += [{"type": "actions", "block_id": "pages", "elements": [pick]}]

    async def tapped(ack: Any, body: Json) -> None:
        await ack()
        taps.append(body)

    for action in ("talked", "more", "page"):
        app.block_action({"action_id": action})(tapped)
    client = client_of(slack)
    async with connected(app, slack):
        await client.views_publish(user_id=ANNA.id, view={"type": "home", "blocks": rows})
        assert await slack.people.press_home(ANNA.id, "talked", value="Ben")
        assert await slack.people.choose_home(ANNA.id, "more", "Stop")
        assert await slack.people.choose_home(ANNA.id, "page", "2")
        view = slack.state.homes[ANNA.id]
        await client.views_update(view_id=view["id"], view={"type": "home", "blocks": rows[:1]})
        assert len(slack.state.homes[ANNA.id]["blocks"]) == 1
    assert [tap["container"]["type"] for tap in taps] == ["view"] * 3
    assert [tap["actions"][0].get("value") for tap in taps] == ["Ben", None, None]
    assert taps[1]["actions"][0]["selected_option"] == option("Stop")
    assert taps[2]["view"]["state"]["values"]["pages"]["page"]["selected_option"] == option("2")


async def test_a_menu_in_a_message_is_used_and_its_state_told(slack: StrictSlack) -> None:
    app, taps = app_of(slack), list[Json]()

    @app.action("when")
    async def tapped(ack: Any, body: Json) -> None:
        await ack()
        taps.append(body)

    when = {"type": "static_select", "action_id": "when", "options": [option("Today"), option("Friday")]}
    blocks = [{"type": "actions", "block_id": "ask", "elements": [when]}]
    async with connected(app, slack):
        ts = (await client_of(slack).chat_postMessage(channel=ANNA.id, text="When?", blocks=blocks))["ts"]
        assert await slack.people.choose(ANNA.id, ts, "when", "Friday")
    assert taps[0]["actions"][0]["selected_option"] == option("Friday")
    assert taps[0]["state"]["values"]["ask"]["when"]["selected_option"] == option("Friday")


async def test_a_message_shortcut_carries_the_message_and_opens_a_form(slack: StrictSlack) -> None:
    app, used = app_of(slack), list[Json]()

    @app.shortcut("make_commitment")
    async def make(ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        used.append(shortcut)
        await client.views_open(trigger_id=shortcut["trigger_id"], view=WHOLE)

    async with connected(app, slack):
        ts = await slack.people.say(BEN.id, "I'll call Omega", "C01SALES")
        assert await slack.people.shortcut(ANNA.id, ts, "make_commitment", "C01SALES")
        assert slack.people.form(ANNA.id) is not None
        with pytest.raises(ClientRefusal):
            await slack.people.shortcut(BEN.id, ts, "make_commitment", "C02LUNCH")
    (shortcut,) = used
    assert shortcut["type"] == "message_action"
    assert (shortcut["message"]["user"], shortcut["message"]["text"]) == (BEN.id, "I'll call Omega")
    assert (shortcut["channel"]["id"], shortcut["user"]["id"], shortcut["message_ts"]) == ("C01SALES", ANNA.id, ts)
