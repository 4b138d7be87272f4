"""The forms: modals by name. Each builder takes the labels and the values and returns a whole view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.ports.messages import Block

Labels = Callable[[str], str]
View = dict[str, Any]

LONGEST_TITLE = 24


def plain(text: str) -> dict[str, str]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def text_input(
    labels: Labels, name: str, value: str, *, optional: bool = False, most: int = 200, lines: bool = False
) -> Block:
    """A field named `name`, labelled by `field_{name}`, with its hint, filled with `value`."""
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": name,
        "max_length": most,
        "multiline": lines,
        "placeholder": plain(labels(f"hint_{name}")),
    }
    if value:
        element["initial_value"] = value[:most]
    return {
        "type": "input",
        "block_id": name,
        "label": plain(labels(f"field_{name}")),
        "element": element,
        "optional": optional,
    }


def form(labels: Labels, name: str, metadata: str, blocks: list[Block]) -> View:
    """A modal that is sent under the callback id `name`."""
    return {
        "type": "modal",
        "callback_id": name,
        "private_metadata": metadata,
        "title": plain(labels(f"title_{name}")[:LONGEST_TITLE]),
        "submit": plain(labels("submit")),
        "close": plain(labels("close")),
        "blocks": blocks,
    }


def change(labels: Labels, values: Mapping[str, Any]) -> View:
    """The draft of a commitment, to be rewritten."""
    return form(
        labels,
        "change",
        values["metadata"],
        [
            text_input(labels, "action", values["action"]),
            text_input(labels, "when", values["when"], most=80),
            text_input(labels, "if_then", values["if_then"], optional=True),
        ],
    )


def move(labels: Labels, values: Mapping[str, Any]) -> View:
    """A new time for a commitment: pick one, or type one."""
    options = [{"text": plain(words), "value": value} for value, words in values["times"]]
    pick: Block = {
        "type": "input",
        "block_id": "pick",
        "optional": True,
        "label": plain(labels("field_pick")),
        "element": {
            "type": "static_select",
            "action_id": "pick",
            "placeholder": plain(labels("hint_pick")),
            "options": options,
        },
    }
    typed = text_input(labels, "when", "", optional=True, most=80)
    return form(labels, "move", values["metadata"], [pick, typed])


VIEWS: Mapping[str, Callable[[Labels, Mapping[str, Any]], View]] = {"change": change, "move": move}
