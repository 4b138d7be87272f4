"""The forms of privacy: what is kept, and the last word before it is erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ports.messages import Block
from prompts.blocks import message_blocks
from prompts.fields import Labels, View, form, plain


def _button(labels: Labels, action: str, style: str | None = None) -> dict[str, Any]:
    button: dict[str, Any] = {"type": "button", "action_id": action, "value": "me", "text": plain(labels(action))}
    return button | ({"style": style} if style else {})


def privacy(labels: Labels, values: Mapping[str, Any]) -> View:
    """What is kept of somebody, with the two things they can do about it."""
    blocks: list[Block] = message_blocks(values["text"])[1]
    if values["buttons"]:
        buttons = [_button(labels, "export_data"), _button(labels, "erase_data", "danger")]
        blocks.append({"type": "actions", "elements": buttons})
    return form(labels, "privacy", "", blocks, submit="") | {"close": plain(labels("shut"))}


def erase(labels: Labels, values: Mapping[str, Any]) -> View:
    """What erasing means."""
    return form(labels, "erase", "", message_blocks(values["text"])[1], submit="erase_now")
