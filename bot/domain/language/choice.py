"""Which of several things a short answer picks: "the first", "2", "Anna", "the offer, then Anna"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.language.said import keys_of, word_set

_ORDINALS = (
    word_set("1 1st first former erste"),
    word_set("2 2nd second two zweite"),
    word_set("3 3rd third three"),
    word_set("4 4th fourth four"),
    word_set("5 5th fifth five"),
)
_LAST = word_set("last latter bottom")
_ALL = word_set("both all everything each")
_SMALL = word_set(
    """
    a an and the to of for with on in at by from about i i'll will do it that this my me them then one ones thing
    first second third let us go start begin please ok okay yes would say think want first, her him his their it's
    """
)


def chosen(text: str, options: Sequence[str]) -> int | None:
    """The index of the option that `text` picks; None when it picks none, or none more than another.

    Words of an option that no other option has count; an ordinal alone decides too. "Both" picks the first, since one
    is asked for.
    """
    keys = [key for key in keys_of(text) if key[:1].isalnum()]
    if not keys or not options:
        return None
    own = [set(keys_of(option)) - _SMALL for option in options]
    shares = [len(words.intersection(keys) - _shared(own, place)) for place, words in enumerate(own)]
    best = max(shares)
    if best and shares.count(best) == 1:
        return shares.index(best)
    if best:
        named = [min(keys.index(word) for word in own[i].intersection(keys)) for i in range(len(own)) if shares[i]]
        return [i for i in range(len(own)) if shares[i]][named.index(min(named))]
    if _LAST.intersection(keys):
        return len(options) - 1
    for place, ordinals in enumerate(_ORDINALS[: len(options)]):
        if ordinals.intersection(keys):
            return place
    return 0 if _ALL.intersection(keys) or keys == ["one"] else None


def stems(text: str) -> set[str]:
    """The words of a text that carry it, "calling" and "calls" as "call"."""
    return {re.sub(r"(?<=\w{3})(?:ing|ed|es|s)$", "", key) for key in keys_of(text) if key[:1].isalnum()} - _SMALL


def _shared(own: Sequence[set[str]], place: int) -> set[str]:
    """The words of one option that stand in another one too."""
    others: set[str] = set()
    for other, words in enumerate(own):
        if other != place:
            others |= words
    return own[place] & others
