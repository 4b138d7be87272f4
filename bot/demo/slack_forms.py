"""What can be filled in, in a modal, a Home or a message: the elements, and their values as Slack reports them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from bot.demo.workspace import Json

FIELDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "plain_text_input": ("value", "initial_value"),
        "number_input": ("value", "initial_value"),
        "email_text_input": ("value", "initial_value"),
        "url_text_input": ("value", "initial_value"),
        "static_select": ("selected_option", "initial_option"),
        "radio_buttons": ("selected_option", "initial_option"),
        "multi_static_select": ("selected_options", "initial_options"),
        "checkboxes": ("selected_options", "initial_options"),
        "users_select": ("selected_user", "initial_user"),
        "multi_users_select": ("selected_users", "initial_users"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "multi_conversations_select": ("selected_conversations", "initial_conversations"),
        "channels_select": ("selected_channel", "initial_channel"),
        "multi_channels_select": ("selected_channels", "initial_channels"),
        "datepicker": ("selected_date", "initial_date"),
        "timepicker": ("selected_time", "initial_time"),
        "datetimepicker": ("selected_date_time", "initial_date_time"),
    }
)
"""Each element that holds a value: how Slack reports it, and the field that fills it beforehand.

Buttons and overflow menus hold none. https://docs.slack.dev/reference/views/modal-views
"""
SEVERAL: Final = frozenset(kind for kind, (field, _) in FIELDS.items() if field.endswith("s"))
"""Those that hold several values."""
Given = str | list[str] | None
"""What a person enters: text, words or value of an option, name or id of a person or channel; None clears."""


class Button(NamedTuple):
    """A button as a person sees it, and what pressing it says."""

    label: str
    action_id: str
    block_id: str
    value: str | None


def buttons(message: Json) -> list[Button]:
    """The buttons of a message or a view, in order."""
    return [
        Button(element["text"]["text"], element["action_id"], block["block_id"], element.get("value"))
        for block, element in elements(message.get("blocks") or [])
        if element["type"] == "button"
    ]


def pressed(button: Button) -> Json:
    """What the app hears of a button that was pressed."""
    action = {"type": "button", "action_id": button.action_id, "block_id": button.block_id}
    text = {"type": "plain_text", "text": button.label}
    return {**action, "text": text, **({"value": button.value} if button.value is not None else {})}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each element that can be used, with its block, in order. A block without an id is named by its place."""
    for place, block in enumerate(blocks):
        inside = block["elements"] if block["type"] == "actions" else [block.get("element"), block.get("accessory")]
        named = {"block_id": f"b{place}", **block}
        yield from ((named, element) for element in inside if element and "action_id" in element)


def options(element: Json) -> list[Json]:
    """The choices of an element, those in groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def values(blocks: list[Json], before: Json | None = None) -> Json:
    """`state.values`: as the app had filled it, except for what was entered `before` and can stay.

    Slack keeps what a field holds where block_id, action_id and type are the same after an update, whatever the new
    `initial_…` says: an app that wants another value there gives the block another id. An option that is no longer
    offered is dropped. https://docs.slack.dev/reference/methods/views.update
    """
    found: Json = {}
    for block, element in elements(blocks):
        if element["type"] not in FIELDS:
            continue
        field, initial = FIELDS[element["type"]]
        value = {"type": element["type"], field: element.get(initial, [] if element["type"] in SEVERAL else None)}
        entered = ((before or {}).get(block["block_id"]) or {}).get(element["action_id"])
        if entered and entered["type"] == element["type"] and _offered(element, entered[field]):
            value = entered
        found.setdefault(block["block_id"], {})[element["action_id"]] = value
    return found


def entered(element: Json, given: Given, ids: Mapping[str, str]) -> Json:
    """The value of an element once this is entered. `ids` has the id for each name of a person or channel.

    Raises LookupError for an option, a person or a channel that is not there.
    """
    kind = element["type"]
    if kind == "overflow":
        return {"type": kind, "selected_option": _one(element, str(given), ids)}
    field = FIELDS[kind][0]
    if kind in SEVERAL:
        several = [given] if isinstance(given, str) else given or []
        return {"type": kind, field: [_one(element, word, ids) for word in several]}
    return {"type": kind, field: _one(element, str(given), ids) if given else None}


def found(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The first element, no button, with this action id, block id or label, and its block; raises LookupError."""
    there = [(block, element) for block, element in elements(blocks) if element["type"] != "button"]
    for block, element in there:
        if name in (element["action_id"], block["block_id"], (block.get("label") or {}).get("text")):
            return block, element
    raise LookupError(f"no element {name!r} among {[(b['block_id'], e['action_id']) for b, e in there]}")


def _one(element: Json, word: str, ids: Mapping[str, str]) -> Any:
    kind = str(element["type"])
    if options(element):
        for option in options(element):
            if word in (option["value"], option["text"]["text"]):
                return option
        raise LookupError(f"no option says {word!r}")
    if kind.endswith(("users_select", "conversations_select", "channels_select")):
        if word not in ids:
            raise LookupError(f"nobody and no channel is called {word!r}")
        return ids[word]
    return int(word) if kind == "datetimepicker" else word


def _offered(element: Json, chosen: Any) -> bool:
    if not options(element) or chosen is None:
        return True
    return all(one in options(element) for one in (chosen if isinstance(chosen, list) else [chosen]))
