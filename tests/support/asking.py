"""What the bot asked, judged without knowing which question was drawn."""

from __future__ import annotations

from bot.domain.questions import faults

OPEN = "an open question"
"""Stands, in place of words, for a message that ends in any question the guard lets pass."""


def says(text: str, words: str) -> bool:
    """Whether the words stand in the text; for `OPEN`, whether its last line asks openly."""
    return asks_openly(text) if words == OPEN else words in text


def asks_openly(text: str) -> bool:
    """Whether the last line is an open question or an open invitation, quoted or not."""
    lines = text.strip().splitlines()
    return bool(lines) and not faults(lines[-1].removeprefix("> ").removeprefix("-# "))
