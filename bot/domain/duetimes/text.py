"""A message cut into words, and a way to look for phrases in it.

For `duetime`: what matters is where words stand, what they are glued to, and that nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from bot.domain.duetimes.spelling import respelt

_T = TypeVar("_T")

_TOKEN = re.compile(
    r"<[^<>]*>|(?:https?://|www\.)\S+|:[a-z][a-z0-9_+'-]*:"  # Slack's mentions and links, addresses, emoji
    r"|2(?:mo[a-z]+|mrw|day|nite|night)\b|b/w(?=\s*[0-9n])"  # "2moro", "b/w 10 and 11"
    r"|[0-9]+|[^\W\d_]+(?:['’][^\W\d_]+)*|\n|\S",
    re.IGNORECASE,
)
_FIRST_NAME = re.compile("['’]")  # what stands before it: "Anna's"
_OPAQUE = re.compile(r"<.|https?:|www\.|:[a-z]", re.IGNORECASE | re.DOTALL)


class Token(NamedTuple):
    """A word, a number or a sign, in lower case and respelt, and where it stands; "" for a link, mention or emoji."""

    word: str
    start: int
    end: int


class Text:
    """A message cut into tokens. Any index may be asked for; outside of the text there is the empty word."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tokens = [
            Token("" if _OPAQUE.match(m[0]) else respelt(m[0].lower().replace("’", "'")), m.start(), m.end())
            for m in _TOKEN.finditer(raw)
        ]
        self._words = [token.word for token in self.tokens]
        self._size = len(self._words)

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, i: int) -> str:
        """The `i`th word in lower case, or ""."""
        return self._words[i] if 0 <= i < self._size else ""

    def number(self, i: int, digits: int = 2) -> int | None:
        """The value of the `i`th word if it is written in at most so many digits."""
        word = self.word(i)
        return int(word) if 0 < len(word) <= digits and word.isascii() and word.isdigit() else None

    def glued(self, i: int) -> bool:
        """Whether no space stands between the `i`th word and the one before."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def titled(self, i: int) -> bool:
        """Whether the `i`th word is written like a name: "Anna", not "anna" nor "CFOs"."""
        return (
            bool(self.word(i)) and _FIRST_NAME.split(self.raw[self.tokens[i].start : self.tokens[i].end])[0].istitle()
        )

    def shouted(self, i: int) -> bool:
        """Whether the `i`th word is written in capitals: "PST"."""
        return bool(self.word(i)) and self.raw[self.tokens[i].start : self.tokens[i].end].isupper()

    def stops(self, i: int) -> bool:
        """Whether a sentence or a clause ends before the `i`th word, as far as signs tell."""
        word = self.word(i)
        return i >= len(self.tokens) or (bool(word) and not word[0].isalnum() and word not in "%&+/#$£€@")

    def stands_alone(self, first: int, end: int) -> bool:
        """Whether the words from `first` up to `end` are not a piece of something longer: "v2", "$3", "24/7"."""
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        before, after = self.raw[max(0, start - 2) : start], self.raw[stop : stop + 2]
        if before:
            sign, far = before[-1], before[-2:-1]
            if sign.isalnum() or sign in "#$£€¥&@^=+%\\<" or (sign in ".-/_'’,:" and far.isalnum()):
                return sign in ",:" and far.isalpha()
        if after:
            sign, far = after[0], after[1:]
            if sign.isalnum() or sign in "%$£€¥+@#=&\\^" or (sign in ".,:-/_'’" and far.isalnum()):
                return sign in ",:/" and far.isalpha()
        return True


class Phrases(Generic[_T]):
    """Finds which of many phrases stands at a place; the longest one wins."""

    def __init__(self, table: Mapping[_T, str]) -> None:
        self._single: dict[str, _T] = {}
        self._by_two: dict[str, dict[str, list[tuple[list[str], _T]]]] = {}  # by the first word and the second one
        for value, phrases in table.items():
            for phrase in phrases.split("|"):
                words = phrase.split()
                if len(words) == 1:
                    self._single.setdefault(words[0], value)
                else:
                    self._by_two.setdefault(words[0], {}).setdefault(words[1], []).append((words, value))
        for seconds in self._by_two.values():
            for known in seconds.values():
                known.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which a phrase can begin."""
        return frozenset(self._single) | frozenset(self._by_two)

    def at(self, text: Text, i: int) -> tuple[_T, int] | None:
        """What stands at `i` and where it ends, or None."""
        first = text.word(i)
        if seconds := self._by_two.get(first):
            second = text.word(i + 1)
            if second == "-" and "-" not in seconds:
                second = text.word(i + 2)
            for words, value in seconds.get(second, ()):
                if (end := _end_of(text, i, words)) is not None:
                    return value, end
        return (self._single[first], i + 1) if first in self._single else None


def _end_of(text: Text, i: int, words: list[str]) -> int | None:
    """Where the words end that stand at `i`, hyphens between them or not; None when they do not stand there."""
    end = i
    for word in words:
        if end > i and text.word(end) == "-" != word:
            end += 1
        if text.word(end) != word:
            return None
        end += 1
    return end
