"""What people are told when others, a team or its channel have changed."""

from __future__ import annotations

from typing import Any

from bot.services.news import MOST_COMMITMENTS, MOST_ITEMS
from tests.prompts.variants import AT, BERLIN, GONE, SOON, Case, each


def cases(words: str) -> list[Case]:
    """Each kind of news alone, and as many of them as one message holds."""
    reader = {"team": words, "zone": BERLIN, "at": AT}
    made = [{"action": words, "due_at": due} for due in (SOON, GONE)] * MOST_COMMITMENTS
    left: list[dict[str, Any]] = [
        {"what": "left", "name": words, "commitments": made[:count], "more": more, "help": wished}
        for count in (0, 1, MOST_COMMITMENTS)
        for more in (0, 3)
        for wished in (True, False)
    ]
    others = [{"what": what, "name": words, "to": words} for what in ("back", "manager", "nobody", "moved")]
    reasons = (None, "is_archived", "not_in_channel", "channel_not_found")
    channel = [{"what": "channel", "reason": reason} for reason in reasons]
    quietly = [{"what": what} for what in ("empty", "one_manager_less", "no_manager_left", "one_rep_less")]
    alone = [*left, *others, *channel, *quietly]
    several = (left[-1:] * MOST_ITEMS, [left[0], {"what": "empty"}], [*others, *channel])
    return [
        *each("changes/news", reader, items=[*([one] for one in alone), *several]),
        *each("changes/team", {"team": words, "former": words}, managers=([], [words], [words, words])),
    ]
