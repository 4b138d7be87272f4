"""Many regular expressions tried as one, at little cost: each only where the word that it must begin with occurs."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUANTIFIERS = frozenset("?*{")


class AnyOf:
    """A set of regular expressions that are searched for together.

    Nothing is found or missed that the expressions alone would not find or miss; they have no flags and no groups
    that are referred to.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        alternatives = [each for pattern in patterns for each in _split(pattern)]
        self._screened = tuple((tuple(_beginnings(each) or {""}), re.compile(each).search) for each in alternatives)

    def found_in(self, text: str) -> bool:
        """Whether one of them occurs in the text."""
        for beginnings, search in self._screened:
            for beginning in beginnings:
                if beginning in text:
                    if search(text):
                        return True
                    break
        return False


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern, at its top level."""
    parts, depth, in_class, start, place = [], 0, False, 0, 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            parts.append(pattern[start:place])
            start = place + 1
        place += 1
    return [*parts, pattern[start:]]


def _beginnings(pattern: str) -> frozenset[str]:
    """Strings of which one must occur where the pattern does; empty when that cannot be told."""
    while True:
        if pattern.startswith(("\\b", "^")):
            pattern = pattern.removeprefix("\\b").removeprefix("^")
        elif pattern.startswith(("(?!", "(?<!")):
            pattern = pattern[_closing(pattern) + 1 :]
        else:
            break
    if pattern.startswith("(?:"):
        end = _closing(pattern)
        if pattern[end + 1 : end + 2] in _QUANTIFIERS and pattern[end + 1 :]:
            return frozenset()
        found = [_beginnings(each) for each in _split(pattern[3:end])]
        return frozenset().union(*found) if all(found) else frozenset()
    literal = re.match(r"[a-z' ,]*", pattern)
    word = literal.group() if literal else ""
    if pattern[len(word) : len(word) + 1] in _QUANTIFIERS and pattern[len(word) :]:
        word = word[:-1]
    return frozenset({word}) if word.strip() else frozenset()


def _closing(pattern: str) -> int:
    """Where the group that the pattern begins with ends."""
    depth, in_class, place = 0, False, 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            place += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return place
        place += 1
    return len(pattern)
