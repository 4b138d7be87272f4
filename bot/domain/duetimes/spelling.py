"""Slips of the thumb in the words that name days and parts of the day: "thursdy", "tommorrow", "mornign".

A word is taken for a slip when it begins like one of a few long words and is nearly spelt like it. What is short, or
a word of its own, or a plural ("Fridays" are a habit), is left as it is.
"""

from __future__ import annotations

from functools import lru_cache

_MEANT = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "tomorrow",
    "tonight",
    "morning",
    "afternoon",
    "evening",
    "lunchtime",
)
_BY_LETTER = {letter: tuple(word for word in _MEANT if word[0] == letter) for letter in {word[0] for word in _MEANT}}
_WORDS_OF_THEIR_OWN = frozenset({"mourning", "mooring", "moaning", "sundry", "sundae", "sundar", "monda", "mondy"})
_FIGURES = {"2mo": "tomorrow", "2mr": "tomorrow", "2da": "today", "2ni": "tonight", "b/w": "between"}
_SHORTEST, _LONGEST = 5, 11
_LONG = 8  # letters: in so long a word two slips are forgiven


@lru_cache(maxsize=4096)
def respelt(word: str) -> str:
    """The word that was meant by a lower-case word, as a rule the word itself."""
    if short := _FIGURES.get(word[:3]):
        return short
    meant = _BY_LETTER.get(word[:1], ())
    if not meant or not _SHORTEST <= len(word) <= _LONGEST or word in _WORDS_OF_THEIR_OWN or not word.isalpha():
        return word
    if word.endswith("s") or word in meant:
        return word
    return next((each for each in meant if _slips(word, each) <= 1 + (len(each) >= _LONG)), word)


def _slips(said: str, meant: str) -> int:
    """How many letters are missing, added, wrong or changed places."""
    before, row = [0] * (len(meant) + 1), list(range(len(meant) + 1))
    for i, letter in enumerate(said, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(meant, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == meant[j - 2] and said[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
