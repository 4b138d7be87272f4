"""A form as a person fills it in: what Slack's client lets them send, in the shape in which the app gets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.strict.limits import is_input
from tests.support.strict.refusal import Json


class ClientRefusal(Exception):
    """Slack's client would not let a person do this; the text says why."""


def pressed(blocks: list[Json], action: str) -> Json:
    """The one button with this action id, or these words on it, as the app hears of it.

    Raises ClientRefusal where there is none, or more than one.
    """
    found = [b for b in _buttons(blocks) if action in (b["action_id"], b["text"]["text"])]
    if len(found) != 1:
        there = [b["action_id"] for b in _buttons(blocks)]
        raise ClientRefusal(f"{len(found)} buttons {action!r} among {there}")
    return found[0]


def filled(view: Json, given: Mapping[str, str]) -> Json:
    """The state of a form with these values by block id; what is not given stays as the app had filled it.

    Raises ClientRefusal for a field that is not there, one that must not stay empty, words that are too long and
    options that are not offered.
    """
    inputs = {block["block_id"]: block for block in view["blocks"] if is_input(block)}
    if unknown := sorted(set(given) - set(inputs)):
        raise ClientRefusal(f"no such fields: {unknown}")
    values: Json = {}
    for name, block in inputs.items():
        element = block["element"]
        value = _value(element, given.get(name))
        empty = all(one in (None, "", []) for one in value.values())
        if empty and not block.get("optional", False):
            raise ClientRefusal(f"{name} must not stay empty")
        values[name] = {element.get("action_id", name): {"type": element["type"]} | value}
    return {"values": values}


def _value(element: Json, given: str | None) -> Json:
    if element["type"] == "static_select":
        return {"selected_option": _chosen(element, given)}
    words = element.get("initial_value") if given is None else given
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if words and not least <= len(words) <= most:
        raise ClientRefusal(f"{len(words)} characters where {least} to {most} fit")
    if words and not element.get("multiline") and "\n" in words:
        raise ClientRefusal("a line break in a field of one line")
    return {"value": words or None}


def _chosen(element: Json, given: str | None) -> Any:
    if given is None:
        return element.get("initial_option")
    for option in element["options"]:
        if given in (option["value"], option["text"]["text"]):
            return option
    raise ClientRefusal(f"{given!r} is not offered")


def _buttons(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        elements = block["elements"] if block["type"] == "actions" else [block.get("accessory") or {}]
        for element in elements:
            if element.get("type") == "button":
                yield {"block_id": block["block_id"]} | element
