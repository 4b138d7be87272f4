"""What Slack refuses of a message, a view, its metadata: pure functions that raise a Refusal with Slack's error name.

Lengths are counted in characters as they are sent, the text of chat.update in bytes (it takes 4,000, where
chat.postMessage takes 40,000 and would cut what is longer: here that is refused, since words would be lost).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.support.strict.blocks import MOST_CHARACTERS, all_texts, check_blocks
from tests.support.strict.elements import LONGEST_ID
from tests.support.strict.refusal import Faults, Json, Refusal
from tests.support.strict.texts import check_string, check_text, only

MOST_BLOCKS, MOST_BLOCKS_IN_VIEW = 50, 100
LARGEST_VIEW = 250 * 1024
"""Bytes of a whole view: "view_too_large" says 250kb. https://docs.slack.dev/reference/methods/views.open"""
LONGEST_TEXT, LONGEST_UPDATE = 40_000, 4_000
LONGEST_METADATA = 8_000


def read_json(value: Any, error: str) -> Any:
    """What came as JSON inside a form's field, read; anything but text as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(error, ["[ERROR] not valid JSON"]) from None


def check_message(args: Json, *, update: bool = False) -> Json:
    """The content of a message, its parts read: no_text, msg_too_long, invalid_blocks(_format), metadata errors."""
    text = args.get("text")
    if text is not None and not isinstance(text, str):
        raise Refusal("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    blocks = read_json(args.get("blocks"), "invalid_blocks_format")
    if blocks is not None and not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    attachments = read_json(args.get("attachments"), "invalid_attachments")
    if not (text or "").strip() and not blocks and not attachments:
        raise Refusal("no_text")
    if text and (len(text) > LONGEST_TEXT or (update and _counted(text) > LONGEST_UPDATE)):
        raise Refusal("msg_too_long")
    if blocks:
        faults = Faults()
        check_blocks(blocks, MOST_BLOCKS, faults)
        if faults:
            raise Refusal("invalid_blocks", faults)
        if sum(map(len, all_texts(blocks))) > MOST_CHARACTERS:
            raise Refusal("msg_blocks_too_long")
    metadata = check_metadata(read_json(args.get("metadata"), "invalid_metadata_format"))
    return {"text": text or "", "blocks": blocks, "metadata": metadata, "attachments": attachments}


def _counted(text: str) -> int:
    """Bytes as chat.update counts them: the `>` of a quote is escaped first."""
    return len(text.encode()) + 3 * text.count(">")


def check_metadata(metadata: Any) -> Json | None:
    """`event_type`, a text, and `event_payload`, a flat object; None when there is none."""
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refusal("invalid_metadata_format")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise Refusal("invalid_metadata_format")
    if any(not isinstance(value, str | int | float | bool) for value in payload.values()):
        raise Refusal("invalid_metadata_format", ["[ERROR] must be flat [json-pointer:/event_payload]"])
    if len(json.dumps(metadata)) > LONGEST_METADATA:
        raise Refusal("metadata_too_large")
    return metadata


def check_view(view: Any, kind: str) -> Json:
    """A view of the kind "modal" or "home", read; raises invalid_arguments with all that is wrong."""
    found = read_json(view, "invalid_arguments")
    if not isinstance(found, dict) or found.get("type") != kind:
        raise Refusal("invalid_arguments", [f"[ERROR] must be a {kind} [json-pointer:/view/type]"])
    faults = Faults()
    shared = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if kind == "home":
        only(found, shared, ("blocks",), "/view", faults)
    else:
        more = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}
        only(found, shared | more, ("blocks", "title"), "/view", faults)
        for name in ("title", "submit", "close"):
            if name in found:
                check_text(found[name], 24, f"/view/{name}", faults)
    check_string(found, "private_metadata", 3000, "/view", faults, least=0)
    check_string(found, "callback_id", LONGEST_ID, "/view", faults)
    check_string(found, "external_id", LONGEST_ID, "/view", faults)
    blocks = found.get("blocks")
    if not isinstance(blocks, list):
        faults.add("must be an array", "/view/blocks")
    else:
        check_blocks(blocks, MOST_BLOCKS_IN_VIEW, faults, "/view/blocks")
        if kind == "modal" and "submit" not in found and any(is_input(block) for block in blocks):
            faults.add("submit is required when an input block is within the blocks", "/view/submit")
        if sum(one.get("focus_on_load") is True for one in _elements(blocks)) > 1:
            faults.add("only one element can have focus_on_load", "/view/blocks")
    if faults:
        raise Refusal("invalid_arguments", faults)
    if len(json.dumps(found, ensure_ascii=False).encode()) > LARGEST_VIEW:
        raise Refusal("view_too_large")
    return found


def _elements(blocks: list[Any]) -> Iterator[Json]:
    for block in blocks:
        if isinstance(block, dict):
            several = block.get("elements")
            inside = several if isinstance(several, list) else [block.get("element"), block.get("accessory")]
            yield from (one for one in inside if isinstance(one, dict))


def is_input(block: Any) -> bool:
    """Whether it is a block that a form is filled in with."""
    return isinstance(block, dict) and block.get("type") == "input"
