"""What Slack refuses of a message, of a view, of metadata is refused by its name, and what is just within is taken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.strict import Refusal, check_message, check_metadata, check_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "a", text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def row(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int, text: str = "o") -> list[Json]:
    return [{"text": plain(text), "value": str(n)} for n in range(count)]


def select(count: int = 2, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(count), **more}


def field(**more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "f", **more}
    return {"type": "input", "block_id": "f", "label": plain("Label"), "element": element}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def groups(count: int, size: int, label: str = "g") -> list[Json]:
    return [{"label": plain(label), "options": options(size)} for _ in range(count)]


FILTER = {"include": ["public", "private"], "exclude_bot_users": True}
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("Really"), "confirm": plain("Yes"), "deny": plain("No")}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a cat"}

TAKEN: list[Json] = [
    section("x" * 3000, expand=True),
    {"type": "section", "text": mrkdwn("x") | {"verbatim": True}, "fields": [mrkdwn("x" * 2000), *[mrkdwn("x")] * 9]},
    {"type": "section", "fields": [plain("x")]},
    section(accessory=select(100)),
    section(accessory=button(url="https://example.com/x", confirm=CONFIRM, value="v" * 2000, style="danger")),
    section(accessory=IMAGE),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("x")] * 9 + [IMAGE]},
    row(*(button(str(n), "x" * 75) for n in range(25))),
    row({"type": "overflow", "action_id": "o", "options": options(5)}),
    row({"type": "radio_buttons", "action_id": "r", "options": options(10)}),
    row({"type": "static_select", "option_groups": [{"label": plain("g"), "options": options(2)}]}),
    row({"type": "datepicker", "action_id": "d", "placeholder": plain("When")}),
    row({"type": "timepicker", "action_id": "t", "initial_time": "08:45", "timezone": "Europe/Berlin"}),
    row({"type": "datepicker", "action_id": "d", "initial_date": "2026-12-24"}),
    row({"type": "checkboxes", "action_id": "c", "options": [{"text": mrkdwn("*x*"), "value": "x"}]}),
    row({"type": "users_select", "initial_user": "U1"}, {"type": "conversations_select", "filter": FILTER}),
    section(accessory={"type": "multi_users_select", "initial_users": ["U1", "W2"], "max_selected_items": 2}),
    section(accessory={"type": "multi_static_select", "option_groups": groups(20, 100)}),
    field(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}, multiline=True) | {"hint": plain("x")},
    {**IMAGE, "title": plain("Cat")},
    {"type": "markdown", "text": "**x**"},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
    field(),
]

REFUSED: dict[str, Json] = {
    "a section that is too long": section("x" * 3001),
    "an empty section": section(""),
    "a section of nothing": {"type": "section"},
    "a section whose text is a string": {"type": "section", "text": "x"},
    "eleven fields": {"type": "section", "fields": [mrkdwn("x")] * 11},
    "a long field": {"type": "section", "fields": [mrkdwn("x" * 2001)]},
    "no fields": {"type": "section", "fields": []},
    "a field that no section has": section(colour="red"),
    "an emoji flag on mrkdwn": {"type": "section", "text": mrkdwn("x") | {"emoji": True}},
    "a flag that is no flag": section(expand="yes"),
    "a header in mrkdwn": {"type": "header", "text": mrkdwn("x")},
    "a long header": {"type": "header", "text": plain("x" * 151)},
    "a header without words": {"type": "header"},
    "a divider with words": {"type": "divider", "text": plain("x")},
    "eleven in a context": {"type": "context", "elements": [mrkdwn("x")] * 11},
    "a button in a context": {"type": "context", "elements": [button()]},
    "an empty context": {"type": "context", "elements": []},
    "26 buttons": row(*(button(str(n)) for n in range(26))),
    "no buttons": row(),
    "two buttons with one id": row(button("a"), button("a")),
    "a long button": row(button(text="x" * 76)),
    "a button without words": row(button(text="")),
    "a button in mrkdwn": row({"type": "button", "text": mrkdwn("x")}),
    "a long value": row(button(value="v" * 2001)),
    "an empty value": row(button(value="")),
    "a value that is no text": row(button(value=7)),
    "a style that is none": row(button(style="blue")),
    "an address that is none": row(button(url="no address")),
    "a long action id": row(button("a" * 256)),
    "a long block id": section(block_id="b" * 256),
    "a confirmation without a no": row(button(confirm={k: v for k, v in CONFIRM.items() if k != "deny"})),
    "a long confirmation": row(button(confirm=CONFIRM | {"text": mrkdwn("x" * 301)})),
    "101 options": section(accessory=select(101)),
    "a long option": row({"type": "static_select", "options": options(1, "x" * 76)}),
    "an option without a value": row({"type": "static_select", "options": [{"text": plain("x")}]}),
    "a long option value": row({"type": "static_select", "options": [{"text": plain("x"), "value": "v" * 151}]}),
    "a value twice": row({"type": "static_select", "options": options(1) * 2}),
    "a choice that is not offered": row(select(initial_option={"text": plain("z"), "value": "z"})),
    "a long placeholder": row(select(placeholder=plain("x" * 151))),
    "options and groups": row(select(option_groups=[{"label": plain("g"), "options": options(1)}])),
    "an overflow of one": row({"type": "overflow", "options": options(1)}),
    "an overflow of six": row({"type": "overflow", "options": options(6)}),
    "a field in a row of buttons": row({"type": "plain_text_input", "action_id": "f"}),
    "an image without words": {"type": "image", "image_url": "https://example.com/a.png"},
    "an image without a picture": {"type": "image", "alt_text": "x"},
    "a field without a label": {"type": "input", "element": {"type": "plain_text_input"}},
    "a long label": field() | {"label": plain("x" * 2001)},
    "a field of 3,001": field(max_length=3001),
    "a field filled beyond its size": field(max_length=3, initial_value="four"),
    "a field filled with nothing": field(initial_value=""),
    "a confirmation with a long title": row(button(confirm=CONFIRM | {"title": plain("x" * 101)})),
    "a confirmation with a long yes": row(button(confirm=CONFIRM | {"confirm": plain("x" * 31)})),
    "a confirmation with a long no": row(button(confirm=CONFIRM | {"deny": plain("x" * 31)})),
    "a confirmation whose title is mrkdwn": row(button(confirm=CONFIRM | {"title": mrkdwn("x")})),
    "an option in mrkdwn": row({"type": "static_select", "options": [{"text": mrkdwn("x"), "value": "x"}]}),
    "an option with an address": row(
        {"type": "static_select", "options": [options(1)[0] | {"url": "https://example.com"}]}
    ),
    "101 groups": section(accessory={"type": "static_select", "option_groups": groups(101, 1)}),
    "a group of 101": section(accessory={"type": "static_select", "option_groups": groups(1, 101)}),
    "a group without words": section(accessory={"type": "static_select", "option_groups": [{"options": options(1)}]}),
    "a group with a long label": section(accessory={"type": "static_select", "option_groups": groups(1, 1, "x" * 76)}),
    "eleven boxes": row({"type": "checkboxes", "options": options(11)}),
    "a placeholder on boxes": row({"type": "checkboxes", "options": options(1), "placeholder": plain("x")}),
    "a placeholder on a button": row(button(placeholder=plain("x"))),
    "a time that is none": row({"type": "timepicker", "initial_time": "8:45"}),
    "a zone that is none": row({"type": "timepicker", "timezone": "Mars/Base"}),
    "a day that is none": row({"type": "datepicker", "initial_date": "2026-02-30"}),
    "a person by name": row({"type": "users_select", "initial_user": "anna"}),
    "a person as a list": row({"type": "users_select", "initial_users": ["U1"]}),
    "a person twice": section(accessory={"type": "multi_users_select", "initial_users": ["U1", "U1"]}),
    "more people than fit": section(
        accessory={"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 1}
    ),
    "more options than fit": section(
        accessory={"type": "multi_static_select", "options": options(2), "initial_options": options(2)}
        | {"max_selected_items": 1}
    ),
    "room for none": section(accessory={"type": "multi_users_select", "max_selected_items": 0}),
    "an empty filter": row({"type": "conversations_select", "filter": {}}),
    "a filter for nothing": row({"type": "conversations_select", "filter": {"include": []}}),
    "a filter for what is none": row({"type": "conversations_select", "filter": {"include": ["secret"]}}),
    "a field that tells of nothing": field(dispatch_action_config={"trigger_actions_on": []}),
    "a flag that is no boolean": field() | {"dispatch_action": "yes"},
    "a block of no known type": {"type": "carousel"},
    "a block without a type": {"text": plain("x")},
}


@pytest.mark.parametrize("block", TAKEN, ids=lambda block: str(block["type"]))
def test_a_block_within_its_limits_is_taken(block: Json) -> None:
    assert check_message({"text": "x", "blocks": [block]})["blocks"] == [block]
    assert check_message({"blocks": json.dumps([block])})["blocks"] == [block], "as a form's field"
    assert check_view(modal(block), "modal")


@pytest.mark.parametrize("fault", REFUSED)
def test_a_block_beyond_its_limits_is_refused_and_the_place_is_told(fault: str) -> None:
    with pytest.raises(Refusal) as message:
        check_message({"text": "x", "blocks": [section(), REFUSED[fault]]})
    assert message.value.error == "invalid_blocks"
    assert "[json-pointer:/blocks/1" in message.value.details[0]
    with pytest.raises(Refusal) as view:
        check_view(modal(section(), REFUSED[fault]), "modal")
    assert view.value.error == "invalid_arguments"
    assert "[json-pointer:/view/blocks/1" in view.value.details[0]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": " \n "}, "no_text"),
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section()] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [section(block_id="b"), section(block_id="b")]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("x" * 2900)] * 4}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": "not json"}, "invalid_metadata_format"),
    ],
)
def test_a_message_that_slack_refuses_is_refused_by_its_name(args: Json, error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_message(args)
    assert refusal.value.error == error
    assert refusal.value.answer()["error"] == error


def test_a_message_at_its_limits_is_taken() -> None:
    assert check_message({"text": "x" * 40_000, "blocks": [section()] * 50})
    assert check_message({"blocks": [section()]})["text"] == ""


def test_an_update_takes_less_than_a_post_and_counts_bytes() -> None:
    assert check_message({"text": "ü" * 2000}, update=True)
    with pytest.raises(Refusal, match="msg_too_long"):
        check_message({"text": "ü" * 2001}, update=True)
    with pytest.raises(Refusal, match="msg_too_long"):
        check_message({"text": ">" * 1001}, update=True)


def test_one_refusal_tells_all_that_is_wrong() -> None:
    with pytest.raises(Refusal) as refusal:
        check_message({"blocks": [section(""), row(), {"type": "header", "text": plain("")}]})
    assert len(refusal.value.details) == 3
    assert refusal.value.answer()["response_metadata"]["messages"] == list(refusal.value.details)


@pytest.mark.parametrize(
    "view",
    [
        section(),
        "not json",
        modal(section(), title=plain("x" * 25)),
        modal(section(), submit=plain("x" * 25)),
        modal(section(), close=plain("x" * 25)),
        modal(section(), close=mrkdwn("x")),
        modal(*[section()] * 101),
        modal(),
        modal(field(focus_on_load=True), field(focus_on_load=True) | {"block_id": "g"}),
        modal(section(), private_metadata="x" * 3001),
        modal(section(), callback_id="x" * 256),
        modal(section(block_id="b"), section(block_id="b")),
        {name: value for name, value in modal(section()).items() if name != "title"},
        {name: value for name, value in modal(field()).items() if name != "submit"},
        modal(section(), colour="red"),
        {"type": "home", "blocks": [section()]},
    ],
)
def test_a_modal_that_slack_refuses_is_refused(view: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        check_view(view, "modal")
    assert refusal.value.error == "invalid_arguments"


def test_a_view_at_its_limits_is_taken() -> None:
    full = {"title": plain("x" * 24), "close": plain("x" * 24), "private_metadata": "x" * 3000}
    assert check_view(modal(*[section()] * 100, callback_id="x" * 255, **full), "modal")
    assert check_view(json.dumps({"type": "home", "blocks": [section()] * 100}), "home")


@pytest.mark.parametrize(
    "view",
    [{"type": "home", "blocks": [section()] * 101}, {"type": "home", "blocks": [section()], "title": plain("x")}],
)
def test_a_home_that_slack_refuses_is_refused(view: Json) -> None:
    with pytest.raises(Refusal, match="invalid_arguments"):
        check_view(view, "home")


def test_metadata_has_a_type_and_a_flat_payload() -> None:
    good = {"event_type": "delivery", "event_payload": {"delivery_id": "d1"}}
    assert check_metadata(good) == good
    assert check_metadata(None) is None
    for bad in (
        "text",
        {},
        {"event_type": "x"},
        {"event_type": 7, "event_payload": {}},
        {"event_type": "", "event_payload": {}},
        {"event_type": "x", "event_payload": []},
        {"event_type": "x", "event_payload": {"deep": {"a": 1}}},
        {"event_type": "x", "event_payload": {}, "other": 1},
    ):
        with pytest.raises(Refusal, match="invalid_metadata_format"):
            check_metadata(bad)
    with pytest.raises(Refusal, match="metadata_too_large"):
        check_metadata({"event_type": "x", "event_payload": {"a": "x" * 8000}})
