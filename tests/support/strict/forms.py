"""A form as a person finds it: which element they mean, and whether it can be sent as it is."""

from __future__ import annotations

from typing import Any

from bot.demo.slack_forms import FIELDS, elements
from tests.support.strict.limits import is_input
from tests.support.strict.refusal import Json


class ClientRefusal(Exception):
    """Slack's client would not let a person do this; the text says why."""


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


def _words(block: Json, element: Json) -> Any:
    if element["type"] == "button":
        return element["text"]["text"]
    return (block.get("label") or {}).get("text")
