"""Speech as it is typed up: the ums are left out, and of a false start ("I'll, um, I'll send") only what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.language.said import Said, Word, word_set

_FILLERS = word_set("um umm ummm uh uhh uhm er erm err eh ehm mm mmm hmm hm")
_PAUSES = word_set(", - – — …")
_LONGEST_START = 5  # words of a false start that is taken back
# A lone word said twice is a slip only when nobody would stress it: "the the", not "very very" or "knock knock".
_UNSTRESSED = word_set("the a an i we he she they it to of for with at and my your our is am are will in on if this")
_STARTERS = _UNSTRESSED | word_set("let try what where when who how you that then so there")


def fluent(said: Said) -> Said:
    """`said` without the words that speakers take back themselves; places in the plain text stay as they are."""
    words = _without_false_starts(_without_fillers(said.words))
    return said if len(words) == len(said.words) else replace(said, words=tuple(words))


def _without_fillers(words: Sequence[Word]) -> list[Word]:
    """The words without the ums and the commas around them; an um that is the whole message stays."""
    kept: list[Word] = []
    dropped = False
    for word in words:
        if word.key in _FILLERS and not (len(words) < 3):
            dropped = True
            if kept and kept[-1].key == ",":
                kept.pop()
        elif dropped and word.key in (",", "…"):
            continue
        else:
            kept.append(word)
            dropped = False
    return kept or list(words)


def _without_false_starts(words: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    place = 0
    keys = [word.key for word in words]
    while place < len(words):
        if length := _taken_back(keys, place):
            place += length
        else:
            kept.append(words[place])
            place += 1
    return kept


def _taken_back(keys: Sequence[str], place: int) -> int:
    """How many words from `place` on are said again at once, with the pause between; 0 when none are."""
    if keys[place] not in _STARTERS:
        return 0
    for length in range(_LONGEST_START, 0, -1):
        again = place + length
        while again < len(keys) and keys[again] in _PAUSES and again < place + length + 2:
            again += 1
        start = keys[place : place + length]
        repeated = len(start) == length and keys[again : again + length] == start and not _PAUSES.intersection(start)
        if repeated and (length > 1 or (start[0] in _UNSTRESSED and again + 1 < len(keys))):
            return again - place
    return 0
