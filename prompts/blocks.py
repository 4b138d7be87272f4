"""Block Kit from plain paragraphs. Pure functions; the limits are Slack's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from bot.ports.messages import Block

LONGEST_SECTION = 2900
LONGEST_HEADER = 150
LONGEST_TEXT = 3900
"""Bytes of the top-level text, as Slack counts them: chat.update refuses more than 4,000 (msg_too_long) although
chat.postMessage takes them. https://gitlab.com/gitlab-org/gitlab/-/merge_requests/258898"""
LONGEST_MESSAGE = 10_000
"""Characters in all the blocks of a message: Slack has refused 11,341 (msg_blocks_too_long), and documents no limit.
https://github.com/slackapi/bolt-js/issues/2867"""
MOST_APART = 24
"""Paragraphs with a block of their own; where there are more, neighbours share one. A message takes 50 blocks with
its buttons, a Home 100 for all that it shows."""
MOST_BUTTONS = 25
LONGEST_BUTTON = 75
OFFERED = frozenset({"time_pick", "choose", "done", "home_page"})
"""Buttons of which a message has several: Slack wants every action id once, so each gets a number."""
MARKS = ("# ", "-# ")
LEFT_OUT = "… and {count} more; there is no room for them here."


def message_blocks(text: str) -> tuple[str, list[Block]]:
    """The full text without layout marks, and the blocks that show it."""
    paragraphs = [p.strip() for p in text.split("\n\n") if p.strip()]
    shown = _fitting(paragraphs, LONGEST_MESSAGE, len)
    blocks = [_block(p) for p in (_together(shown) if len(shown) > MOST_APART else shown)]
    plain = "\n".join(_fitting(paragraphs, LONGEST_TEXT, _as_sent))
    return "\n".join(_unmarked(line) for line in plain.split("\n")), blocks


def _as_sent(text: str) -> int:
    """The bytes of a text as Slack counts them: a quote's `>` is escaped first."""
    return len(text.encode()) + 3 * text.count(">")


def _fitting(paragraphs: Sequence[str], most: int, size: Callable[[str], int]) -> list[str]:
    """The paragraphs that fit into `most` by `size`, and how many do not. Small print at the end stays."""

    def cost(paragraph: str) -> int:
        return size(paragraph) + 2  # and a blank line

    whole = [_cut(p, LONGEST_SECTION, size) for p in paragraphs]
    if sum(map(cost, whole)) <= most:
        return whole
    body, end = list(whole), list[str]()
    while len(body) > 1 and body[-1].startswith("-# ") and sum(map(cost, [body[-1], *end])) <= most // 4:
        end.insert(0, body.pop())
    room = most - sum(map(cost, end)) - cost(LEFT_OUT.format(count=len(body)))
    kept: list[str] = []
    for paragraph in body:
        room -= cost(paragraph)
        if room < 0:
            break
        kept.append(paragraph)
    return [*kept, LEFT_OUT.format(count=len(body) - len(kept)), *end]


def _cut(paragraph: str, most: int, size: Callable[[str], int]) -> str:
    """A paragraph that fits. Of several lines no long one pushes the others out, and lines left out are counted."""
    if size(paragraph) <= most or "\n" not in paragraph:
        return shortened(paragraph, most, size)
    lines = [shortened(line, most // 2, size) for line in paragraph.split("\n")]
    if size("\n".join(lines)) <= most:
        return "\n".join(lines)
    room = most - size(LEFT_OUT.format(count=len(lines)))
    kept: list[str] = []
    for line in lines:
        room -= size(line) + 1  # and its end
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, LEFT_OUT.format(count=len(lines) - len(kept))])


def _together(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, with neighbours in one as long as they fit into one block."""
    joined: list[str] = []
    for paragraph in paragraphs:
        both = f"{joined[-1]}\n\n{paragraph}" if joined else paragraph
        if (
            joined
            and not paragraph.startswith(MARKS)
            and not joined[-1].startswith(MARKS)
            and len(both) <= LONGEST_SECTION
        ):
            joined[-1] = both
        else:
            joined.append(paragraph)
    return joined


def _unmarked(line: str) -> str:
    return line.removeprefix("# ").removeprefix("-# ")


def _block(paragraph: str) -> Block:
    if paragraph.startswith("# "):
        words = shortened(paragraph.removeprefix("# "), LONGEST_HEADER)
        for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):  # a header is plain text
            words = words.replace(escaped, plain)
        return {"type": "header", "text": {"type": "plain_text", "text": words}}
    if paragraph.startswith("-# "):
        return {
            "type": "context",
            "elements": [_mrkdwn("\n".join(_unmarked(x) for x in paragraph.split("\n")))],
        }
    return {"type": "section", "text": _mrkdwn(paragraph), "expand": True}


def _mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def shortened(text: str, most: int, size: Callable[[str], int] = len) -> str:
    """`text` in at most `most` by `size`, never cutting an escaped character in two."""
    if size(text) <= most:
        return text
    room = most - size("…")
    cut = text[: bisect_right(range(1, len(text) + 1), room, key=lambda length: size(text[:length]))]
    tail = cut.rfind("&")
    if tail >= 0 and ";" not in cut[tail:]:
        cut = cut[:tail]
    return cut + "…"


def actions(elements: Sequence[Block]) -> Block:
    """A row of buttons."""
    for element in elements:
        element["text"]["text"] = shortened(element["text"]["text"], LONGEST_BUTTON)
    unique: list[Block] = [
        element | {"action_id": f"{element['action_id']}.{n}"} if element["action_id"] in OFFERED else element
        for n, element in enumerate(elements)
    ]
    return {"type": "actions", "block_id": "actions", "elements": unique[:MOST_BUTTONS]}
