"""Slack's limits on messages and forms, and reading what a person would see."""

from __future__ import annotations

from typing import Any

from bot.ports.messages import Block

ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def unescaped(text: str) -> str:
    """Mrkdwn as a person reads it."""
    for escaped, plain in ENTITIES:
        text = text.replace(escaped, plain)
    return text


def texts(block: Block) -> list[str]:
    """The words of a block, as they are sent."""
    match block["type"]:
        case "header" | "section":
            return [block["text"]["text"]]
        case "context":
            return [element["text"] for element in block["elements"]]
        case "actions":
            return [element["text"]["text"] for element in block["elements"]]
    raise AssertionError(f"a block that no test knows: {block['type']}")


def check_blocks(blocks: list[Block], most: int = 50) -> None:
    """What Slack would refuse, each by its documented limit; and the undocumented one on all text together."""
    assert 0 < len(blocks) <= most
    assert sum(len(text) for block in blocks for text in texts(block)) <= 10_500
    for block in blocks:
        assert all(1 <= len(text) <= 3000 for text in texts(block))
        match block["type"]:
            case "header":
                assert block["text"]["type"] == "plain_text"
                assert len(block["text"]["text"]) <= 150
            case "section":
                assert block["text"]["type"] == "mrkdwn"
            case "context":
                assert 1 <= len(block["elements"]) <= 10
                assert all(element["type"] == "mrkdwn" for element in block["elements"])
            case "actions":
                check_buttons(block["elements"])


def check_buttons(elements: list[dict[str, Any]]) -> None:
    """A row of buttons that Slack takes."""
    assert 1 <= len(elements) <= 25
    ids = [element["action_id"] for element in elements]
    assert len(set(ids)) == len(ids)
    for element in elements:
        assert element["type"] == "button"
        assert element["text"]["type"] == "plain_text"
        assert 1 <= len(element["text"]["text"]) <= 75
        assert 1 <= len(element["action_id"]) <= 255
        assert 1 <= len(element["value"]) <= 2000
        assert element.get("style") in (None, "primary", "danger")


def sent_bytes(text: str) -> int:
    """How Slack counts the top-level text of chat.update, of which it takes 4,000."""
    return len(text.replace(">", "&gt;").encode())
