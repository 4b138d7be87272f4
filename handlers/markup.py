"""Slack's markup in what people write, as the plain words they saw when they wrote it."""

from __future__ import annotations

import html
import re

MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
PERSON = re.compile(r"[UW][A-Z0-9]+")


def plain(text: str) -> str:
    """Links by their label, channels by their name, `&amp;` and its like undone.

    A mention without a name stays `<@U0123>`: whose it is only the database knows.
    """
    return html.unescape(MARKED.sub(_words, text))


def _words(match: re.Match[str]) -> str:
    target, label = match.group(1), match.group(2)
    if target.startswith("@"):
        return f"@{label}" if label else match.group() if PERSON.fullmatch(target[1:]) else target
    if target.startswith("#"):
        return f"#{label}" if label else "a channel"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:").removeprefix("tel:")
