"""What is said about what is kept of somebody, with every variant, and its forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.workspace import Retention
from prompts.render import Prompts
from tests.prompts.variants import COMMAND, Case, each

DAY = date(2026, 11, 23)


def cases(words: str) -> list[Case]:
    """All of them."""
    base: dict[str, Any] = {"keep": Retention(), "locale": "", "model": False}
    none = {"messages": 0, "check_ins": 0, "commitments": 0}
    one, many = dict.fromkeys(none, 1), dict.fromkeys(none, 40)
    seen: list[dict[str, Any]] = [
        {"name": words, "mornings": 1, "last": DAY},
        {"name": "", "mornings": 12, "last": DAY},
    ]
    full = {
        "known": True,
        "admin": True,
        "coached": True,
        "managers": [words],
        "counts": many,
        "learnings": 2,
        "shared": 3,
        "seen": seen,
        "hands": 4,
    }
    return [
        *each("privacy/overview", base | {"known": False}, admin=(True, False)),
        *each("privacy/overview", base | full, admin=(True, False), coached=(True, False), model=(True, False)),
        *each("privacy/overview", base | full, managers=([words], [words, words], []), counts=(none, one)),
        *each("privacy/overview", base | full, learnings=(0, 2), shared=(0, 1), seen=([], seen), hands=(0, 1)),
        *each("privacy/erase", {"command": COMMAND}),
        *each("privacy/erased", {}),
        *each("privacy/coming", {}),
        *each("privacy/export", {"name": words}),
    ]


def forms(prompts: Prompts, words: str) -> dict[str, dict[str, Any]]:
    """What the forms are filled with, at their fullest."""
    texts = [prompts.text(one.template, one.values) for one in cases(words) if one.template == "privacy/overview"]
    return {
        "privacy": {"text": max(texts, key=len), "buttons": True},
        "erase": {"text": prompts.text("privacy/erase", {"command": COMMAND})},
    }
