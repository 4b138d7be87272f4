"""The words after the slash command: what each is called, for whom it works, and which one somebody meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.access import ALLOWED, Action, Who

EVERYBODY: Final = frozenset(Who) - {Who.STRANGER, Who.BOT}

ACTIONS: Final[Mapping[str, frozenset[Action]]] = {
    "start": frozenset({Action.CHECK_IN, Action.STOP}),  # who may end the messages may have them back
    "skip": frozenset({Action.CHECK_IN}),
    "later": frozenset({Action.CHECK_IN}),
    "commit": frozenset({Action.CHECK_IN}),  # who left their team may end what they promised, and promise nothing new
    "done": frozenset({Action.CHECK_IN}),
    "commitments": frozenset({Action.CHECK_IN}),
    "team": frozenset({Action.CHECK_IN, Action.SEE_TEAM}),
    "question": frozenset({Action.TRY_QUESTION}),
    "setup": frozenset({Action.CREATE_TEAM}),
    "away": frozenset({Action.SET_ABSENCE}),
    "pause": frozenset({Action.SET_ABSENCE}),
    "settings": frozenset({Action.SETTLE}),
    "privacy": frozenset({Action.EXPORT}),
    "stop": frozenset({Action.STOP}),
    "help": frozenset(),
}
"""Each word with the actions of which somebody must be allowed one; none for what anybody in the workspace may."""

ROLES: Final[Mapping[str, frozenset[Who]]] = {
    word: frozenset(who for action in actions for who, _ in ALLOWED[action]) or EVERYBODY
    for word, actions in ACTIONS.items()
}
"""For whom each word works, by the table of who may what. docs/commands.md shows the same, and a test compares them."""

WORDS: Final = tuple(ACTIONS)

SAME: Final[Mapping[str, str]] = {"begin": "start", "setting": "settings", "?": "help"}
"""Other words for the same."""

_FIRST = re.compile(r"\W*(\w+)[^\w\s]*\s*(.*)", re.DOTALL)
ALIKE = 0.6
"""From 0 to 1, how much of a word must be right for it to be taken for a slip of the pen."""


def parted(typed: str, command: str) -> tuple[str, str]:
    """What was typed as one of our words in its plain spelling, or the first word as it is, and all that follows it.

    Capitals, punctuation and spaces do not matter, nor does the command typed a second time. Nothing is "start".
    """
    text = typed.strip()
    if text.casefold().startswith(command.casefold()):
        text = text[len(command) :].strip()
    if " ".join(text.casefold().strip(" .!").split()) == "not today":
        return "skip", ""
    found = _FIRST.fullmatch(text)
    if found is None:
        return SAME.get(text, text or "start"), ""
    first, rest = found[1].casefold(), found[2].strip()
    return SAME.get(first, first), rest


def work_for(who: Iterable[Who]) -> tuple[str, ...]:
    """The words that work for somebody who is all of `who`, in the order in which they are told."""
    roles = frozenset(who)
    return tuple(word for word in WORDS if ROLES[word] & roles)


def nearest(first: str, words: Iterable[str]) -> str | None:
    """The one of `words` that was probably meant; None when nothing is near."""
    return next(iter(difflib.get_close_matches(first, list(words), 1, ALIKE)), None)
