"""Slack's limits on blocks, each by its type, and on all of them together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.strict.elements import IN_ACTIONS, IN_INPUTS, IN_SECTIONS, LONGEST_ID, check_element
from tests.support.strict.refusal import Faults, Json
from tests.support.strict.texts import MARKDOWN, check_string, check_text, check_url, only

MOST_CHARACTERS = 11_340
"""In all the texts of a message's blocks together: Slack documents no limit, and has refused 11,341
(msg_blocks_too_long). https://github.com/slackapi/bolt-js/issues/2867"""

_CHECKS: dict[str, Callable[[Json, str, Faults], None]] = {}


def check_blocks(blocks: list[Any], most: int, faults: Faults, place: str = "/blocks") -> None:
    """At most so many blocks, each of a known type and within its limits, no block_id twice."""
    if not 1 <= len(blocks) <= most:
        faults.add(f"must have 1 to {most} items", place)
    for n, block in enumerate(blocks):
        here = f"{place}/{n}"
        if not isinstance(block, dict) or block.get("type") not in _CHECKS:
            kind = block.get("type") if isinstance(block, dict) else block
            faults.add(f"unsupported block type: {kind}", here)
            continue
        check_string(block, "block_id", LONGEST_ID, here, faults)
        _CHECKS[block["type"]](block, here, faults)
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    for repeated in sorted({str(one) for one in ids if ids.count(one) > 1}):
        faults.add(f"block_id {repeated} already exists", place)


def _section(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, (), place, faults)
    if "text" not in block and "fields" not in block:
        faults.add("missing required field: text or fields", place)
    if "text" in block:
        check_text(block["text"], 3000, f"{place}/text", faults, MARKDOWN)
    if "fields" in block:
        fields = block["fields"]
        if not isinstance(fields, list) or not 1 <= len(fields) <= 10:
            faults.add("must have 1 to 10 fields", f"{place}/fields")
        else:
            for n, field in enumerate(fields):
                check_text(field, 2000, f"{place}/fields/{n}", faults, MARKDOWN)
    if "accessory" in block:
        check_element(block["accessory"], IN_SECTIONS, f"{place}/accessory", faults)
    if not isinstance(block.get("expand", True), bool):
        faults.add("must be a boolean", f"{place}/expand")


def _header(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id", "text"}, ("text",), place, faults)
    if "text" in block:
        check_text(block["text"], 150, f"{place}/text", faults)


def _divider(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id"}, (), place, faults)


def _context(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id", "elements"}, ("elements",), place, faults)
    for here, element in _several(block, 10, place, faults):
        if isinstance(element, dict) and element.get("type") == "image":
            check_element(element, frozenset({"image"}), here, faults)
        else:
            check_text(element, 3000, here, faults, MARKDOWN)


def _actions(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id", "elements"}, ("elements",), place, faults)
    found = _several(block, 25, place, faults)
    for here, element in found:
        check_element(element, IN_ACTIONS, here, faults)
    ids = [e["action_id"] for _, e in found if isinstance(e, dict) and "action_id" in e]
    for repeated in sorted({str(one) for one in ids if ids.count(one) > 1}):
        faults.add(f"action_id {repeated} already exists", f"{place}/elements")


def _input(block: Json, place: str, faults: Faults) -> None:
    known = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    only(block, known, ("label", "element"), place, faults)
    for name in ("label", "hint"):
        if name in block:
            check_text(block[name], 2000, f"{place}/{name}", faults)
    if "element" in block:
        check_element(block["element"], IN_INPUTS, f"{place}/element", faults)
    for flag in ("optional", "dispatch_action"):
        if not isinstance(block.get(flag, True), bool):
            faults.add("must be a boolean", f"{place}/{flag}")


def _image(block: Json, place: str, faults: Faults) -> None:
    known = {"type", "block_id", "image_url", "alt_text", "title", "slack_file"}
    only(block, known, ("alt_text",), place, faults)
    check_string(block, "alt_text", 2000, place, faults)
    check_url(block, "image_url", place, faults)
    if ("image_url" in block) == ("slack_file" in block):
        faults.add("must have either image_url or slack_file", place)
    if "title" in block:
        check_text(block["title"], 2000, f"{place}/title", faults)


def _markdown(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id", "text"}, ("text",), place, faults)
    check_string(block, "text", 12_000, place, faults)


def _rich_text(block: Json, place: str, faults: Faults) -> None:
    only(block, {"type", "block_id", "elements"}, ("elements",), place, faults)
    known = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
    for here, element in _several(block, 100, place, faults):
        if not isinstance(element, dict) or element.get("type") not in known:
            faults.add("unsupported rich text", here)


def _several(block: Json, most: int, place: str, faults: Faults) -> list[tuple[str, Any]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= most:
        faults.add(f"must have 1 to {most} elements", f"{place}/elements")
        return []
    return [(f"{place}/elements/{n}", element) for n, element in enumerate(elements)]


_CHECKS |= {
    "actions": _actions,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
}


def all_texts(value: Any) -> list[str]:
    """The words of every text object in blocks or a view, in order."""
    if isinstance(value, list):
        return [text for one in value for text in all_texts(one)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in (*MARKDOWN, "markdown") and isinstance(value.get("text"), str):
        return [value["text"]]
    return [text for one in value.values() for text in all_texts(one)]
