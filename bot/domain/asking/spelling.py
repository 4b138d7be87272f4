"""How people type in a hurry, read as what they meant: lost apostrophes, text-message words, slips in small words.

Only the small words that make a question are mended; names and everything else stay as they were typed.
"""

from __future__ import annotations

import re

_SHORTHAND = {
    "u": "you", "ya": "you", "ur": "your", "r": "are", "y": "why", "pls": "please", "plz": "please", "thru": "through",
    "abt": "about", "cld": "could", "cud": "could", "wld": "would", "wud": "would", "shld": "should", "shud": "should",
    "shd": "should", "wt": "what", "wot": "what", "wots": "what's", "wats": "what's", "hw": "how", "hv": "have",
    "hve": "have", "hav": "have", "bcoz": "because", "coz": "because", "cuz": "because", "tmrw": "tomorrow",
    "tmr": "tomorrow", "tmw": "tomorrow", "tomo": "tomorrow", "2moro": "tomorrow", "2day": "today", "b4": "before",
    "wid": "with", "nxt": "next", "mtg": "meeting", "yday": "yesterday", "gonna": "going to", "gotta": "have to",
    "wanna": "want to", "lemme": "let me", "gimme": "give me", "dnt": "don't", "dint": "didn't", "cannot": "can't",
    "cant": "can't", "wont": "won't", "im": "i'm", "ive": "i've", "youre": "you're", "youve": "you've",
    "theyre": "they're", "youll": "you'll", "theyll": "they'll", "thats": "that's", "bt": "but", "doin": "doing",
    "goin": "going", "k": "ok", "wdyt": "what do you think", "frm": "from", "wrk": "work", "yr": "your",
}  # fmt: skip
_NOT = re.compile(r"(do|is|are|was|were|did|does|would|should|could|have|has|had)nt")

_SMALL_WORDS = ("what", "which", "where", "when", "how", "who", "will", "would", "could", "should", "your", "you")
# A slip that makes another word of it is no slip.
_REAL = frozenset(
    [
        "were",
        "cold",
        "wold",
        "you",
        "who",
        "how",
        "hat",
        "wan",
        "well",
        "wild",
        "our",
        "ho",
        "yo",
        "wall",
        "wile",
        "whee",
        "hen",
        "ill",
        "hill",
        "loud",
        "hall",
    ]
)


def _slips(word: str) -> set[str]:
    """The ways a finger slips in `word`: two letters swapped, one lost or one doubled, the first one right."""
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    lost = {word[:i] + word[i + 1 :] for i in range(1, len(word))} if len(word) > 3 else set()
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    return (swapped | lost | doubled) - _REAL - {word}


_MEANT = {slip: word for word in _SMALL_WORDS for slip in _slips(word)} | _SHORTHAND

_WRITTEN_OUT = tuple(
    (re.compile(short), full)
    for short, full in (
        (r"\b(what|how|who|where|when|that|there)'?s\b", r"\1 is"),
        (r"\b(it|he|she|here)'s\b", r"\1 is"),
        (r"\b(what|how|who|where|when)'d\b", r"\1 did"),
        (r"\b(\w+)'ll\b", r"\1 will"),
        (r"\b(\w+)'re\b", r"\1 are"),
        (r"\b(\w+)'ve\b", r"\1 have"),
        (r"\b(i|you|we|they|he|she|it)'d\b", r"\1 would"),
        (r"\bi'm\b", "i am"),
        (r"\b(\w{2,}in)'(?= )", r"\1g"),
    )
)


def mended(text: str) -> str:
    """`text`, in small letters and with straight apostrophes, with its small words written out."""
    text = re.sub(r"(?<![&\w'])[a-z0-9']+(?![&\w'])", lambda match: _meant(match.group()), text)
    for short, full in _WRITTEN_OUT:
        text = short.sub(full, text)
    return text


def _meant(word: str) -> str:
    if _NOT.fullmatch(word):
        return f"{word[:-1]}'t"
    return _MEANT.get(word, word)
