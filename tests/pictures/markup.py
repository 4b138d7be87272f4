"""Slack's mrkdwn as HTML: emphasis, code, quotes, links and mentions, and everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
QUOTE = re.compile(r"^(?:&gt;|>) ?")
FENCE = "```"
CODE = re.compile(r"`([^`\n]+)`")
ANGLED = re.compile(r"<([^<>\n]+)>")
EDGE_BEFORE, EDGE_AFTER = r"(?<![^\s\W_])(?<!\\)", r"(?![^\s\W_])"
EMPHASIS = tuple(
    (re.compile(rf"{EDGE_BEFORE}{mark}(?=\S)([^{mark}\n]*[^\s{mark}]){mark}{EDGE_AFTER}"), tag)
    for mark, tag in ((r"\*", "b"), ("_", "i"), ("~", "s"))
)
"""A mark counts at the edge of a word only, and round something that neither begins nor ends with a space."""
HELD = "\ue000{}\ue001"
HOLDER = re.compile("\ue000(\\d+)\ue001")
"""Where a finished piece stands while the rest is read: private characters, which nobody types."""

Names = Mapping[str, str]
"""What people and channels are called, by their ids."""


def unescaped(text: str) -> str:
    """The three characters that Slack wants escaped, as a person reads them."""
    for entity, plain in ENTITIES:
        text = text.replace(entity, plain)
    return text


def plain(text: str) -> str:
    """A plain text object: no markup of its own, its line ends kept."""
    return escape(text).replace("\n", "<br>")


def mrkdwn(text: str, names: Names) -> str:
    """A mrkdwn text object."""
    parts = text.split(FENCE)
    made = []
    for number, part in enumerate(parts):
        if number % 2 and number < len(parts) - 1:
            made.append(f"<pre>{escape(unescaped(part.strip(chr(10))))}</pre>")
        elif number % 2:
            made.append(_lines(FENCE + part, names))
        else:
            made.append(_lines(part, names))
    return "".join(made)


def _lines(text: str, names: Names) -> str:
    """Lines, of which neighbouring quoted ones share a quote."""
    made: list[str] = []
    quoted: list[str] = []
    loose: list[str] = []

    def end(lines: list[str], whole: Callable[[str], str]) -> None:
        if lines:
            made.append(whole("<br>".join(lines)))
            lines.clear()

    for line in text.split("\n"):
        if mark := QUOTE.match(line):
            end(loose, lambda words: f"<p>{words}</p>")
            quoted.append(_line(line[mark.end() :], names))
        else:
            end(quoted, lambda words: f"<blockquote>{words}</blockquote>")
            loose.append(_line(line, names))
    end(quoted, lambda words: f"<blockquote>{words}</blockquote>")
    while loose and not loose[-1]:
        loose.pop()
    end(loose, lambda words: f"<p>{words}</p>")
    return "".join(made)


def _line(text: str, names: Names) -> str:
    """One line: first what is taken as it stands, then emphasis in the rest."""
    held: list[str] = []

    def hold(made: str) -> str:
        held.append(made)
        return HELD.format(len(held) - 1)

    text = HOLDER.sub("", text)
    text = CODE.sub(lambda found: hold(f"<code>{escape(unescaped(found[1]))}</code>"), text)
    text = ANGLED.sub(lambda found: hold(_angled(found[1], names)), text)
    text = escape(unescaped(text))
    for mark, tag in EMPHASIS:
        text = mark.sub(rf"<{tag}>\1</{tag}>", text)
    while HOLDER.search(text):
        text = HOLDER.sub(lambda found: held[int(found[1])], text)
    return text


def _angled(inside: str, names: Names) -> str:
    """A mention, a channel or a link."""
    target, _, words = inside.partition("|")
    kind, rest = target[:1], target[1:]
    if kind == "@":
        return f'<span class="mention">@{escape(unescaped(words) or names.get(rest, rest))}</span>'
    if kind == "#":
        return f'<span class="mention">#{escape(unescaped(words) or names.get(rest, rest))}</span>'
    if kind == "!":
        return f'<span class="mention">{escape(unescaped(words) or f"@{rest}")}</span>'
    return f'<a href="{escape(unescaped(target))}">{escape(unescaped(words or target))}</a>'
