"""A form as a person fills it in: the values of its elements in the shape in which the app gets them, and whether it
can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from tests.support.strict.limits import is_input
from tests.support.strict.refusal import Json


class ClientRefusal(Exception):
    """Slack's client would not let a person do this; the text says why."""


FIELDS = MappingProxyType(
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
"""What holds state: how Slack reports its value, and the field that fills it beforehand. Buttons and overflow menus
hold none. https://docs.slack.dev/reference/views/modal-views (`state.values`)
"""
SEVERAL = frozenset(kind for kind, (field, _) in FIELDS.items() if field.endswith("s"))


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each element that can be used, with its block, in order."""
    for block in blocks:
        inside = block["elements"] if block["type"] == "actions" else [block.get("element"), block.get("accessory")]
        yield from ((block, element) for element in inside if element and "action_id" in element)


def options(element: Json) -> list[Json]:
    """The choices of an element, those in groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def values(blocks: list[Json], before: Json | None = None) -> Json:
    """`state.values`: as the app had filled it, except for what was entered `before` and can stay.

    Slack keeps an entry where the block_id, the action_id and the type are the same after an update; here an option
    that is no longer offered is dropped. https://docs.slack.dev/reference/methods/views.update
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


def wanted(blocks: list[Json], name: str, *, buttons: bool = False, value: str | None = None) -> tuple[Json, Json]:
    """The one element of this name with its block: its action id, its block's id, or the words on it.

    `value` tells apart several buttons of one name. Raises ClientRefusal where there is none, or more than one.
    """
    there = [(b, e) for b, e in elements(blocks) if (e["type"] == "button") == buttons]
    found = [
        (block, element)
        for block, element in there
        if name in (element["action_id"], block["block_id"], _words(block, element))
        and value in (None, element.get("value"))
    ]
    if len(found) != 1:
        names = [element["action_id"] for _, element in there]
        raise ClientRefusal(f"{len(found)} {'buttons' if buttons else 'elements'} {name!r} among {names}")
    return found[0]


def complete(view: Json) -> None:
    """Raises ClientRefusal while a field that must not stay empty is empty, or one is too short."""
    for block in view["blocks"]:
        if not is_input(block):
            continue
        element = block["element"]
        value = view["state"]["values"][block["block_id"]][element["action_id"]][FIELDS[element["type"]][0]]
        if value in (None, "", []) and not block.get("optional", False):
            raise ClientRefusal(f"{block['block_id']} must not stay empty")
        if isinstance(value, str) and element["type"] == "plain_text_input" and value:
            least = element.get("min_length", 0)
            if len(value) < least:
                raise ClientRefusal(f"{len(value)} characters where at least {least} are asked for")


def _offered(element: Json, chosen: Any) -> bool:
    if not options(element) or chosen is None:
        return True
    return all(one in options(element) for one in (chosen if isinstance(chosen, list) else [chosen]))


def _words(block: Json, element: Json) -> Any:
    if element["type"] == "button":
        return element["text"]["text"]
    return (block.get("label") or {}).get("text")
