"""Names, numbers and times in a text that nobody said: how a made-up fact is caught before a person reads it.

Capital letters and digits are all it goes by, so a made-up common noun passes. Times are compared as clock
readings, numbers by value: "3 pm" was said by who said "15:00", "three" by who said "3".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SMALL = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
)
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_NUMBER_WORDS = {
    **{word: value for value, word in enumerate(_SMALL)},
    **dict(zip(_TENS, range(20, 100, 10), strict=True)),
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
}
_FIGURES = frozenset({"zero", "one"})  # of speech: "one action", "zero in on"
_LETTERS = re.compile(r"[A-Za-z]+")
_CLOCK_WORDS = {"noon": 720, "midday": 720, "midnight": 0}  # minutes of the day
_CLOCK = re.compile(
    r"(?<![\w.,:])(\d{1,2})(?:[:.h](\d{2}))?\s?(a\.?m\.?|p\.?m\.?|o'clock|h)?(?![\w%€$£]|[:.,]\d)",
    re.IGNORECASE,
)
_CLOCK_CUE = re.compile(r"\b(?:at|by|before|after|until|till|around|from|about|past|to)\s+$", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d.,]*k?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+\d[^\W_]*|[^\W\d_]+(?:['.&-][^\W_]+)*")
_START = re.compile(r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?:^|[.?!:;\"“„(—–\n]|\s-)[\s\"'“„(*_]*$")

# Words that open sentences, which therefore have a capital letter without being names.
_OPENERS = frozenset(
    _words(
        """a about after afternoon again all alright also although an and another any anything are as ask at
        away back be because before being besides between beyond both but by call calls can choose close
        could day days describe did different do does doing done during each early either else enough even
        evening ever every everything far fewer first focus for from fresh get getting give given glad good
        got great had half hard has have having he hello help her here hey hi his how however i if imagine
        in instead is it its it's just keep knowing last late later less let like little long look looking
        looks make making many may maybe me meeting meetings might mind more morning mornings most moving
        much must my name never new next nice no noone not nothing now of off ok okay on once one only open
        or other others our out over part people perhaps pick picture please plenty prices progress put
        quiet rather right say saying share she should show since sleep slow small so some somebody someone
        something sometimes soon sorry sounds start starting still such suppose take taking talk tell thank
        thanks that that's the their them then there there's these they thing things think thinking this
        those though through time times to today today's together tomorrow tonight too trust turn two under
        until up us we week well were what what's whatever when whenever where which while who whose why
        will wins with without work working would yes yesterday yesterday's yet you you'd you'll you're
        you've your yours"""
    )
)
_THIRD_PERSON = frozenset(
    _words(
        """is was has had said says wants wanted asked asks told needs needed will would sounds seems matters
        likes promised replied answered called wrote knows decides expects wondered agreed signed runs owns
        and at from"""
    )
)


def invented(text: str, known: Collection[str]) -> tuple[str, ...]:
    """The names, numbers and times of `text`, as written there, that occur in none of the `known` texts."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    said = [unicodedata.normalize("NFKC", each).replace("’", "'") for each in known]
    return (*_unsaid_names(text, said), *_unsaid_numbers(text, said))


def _unsaid_names(text: str, said: list[str]) -> list[str]:
    words_said = {form for each in said for word in _WORD.findall(each) for form in _forms(word)}
    tokens = list(_WORD.finditer(text))
    unsaid = []
    for position, token in enumerate(tokens):
        word = token.group()
        following = tokens[position + 1].group() if position + 1 < len(tokens) else ""
        if not _is_name(word, following, at_start=_follows(_START, text, token.start())):
            continue
        if not _forms(word) & words_said and not all(_forms(part) & words_said for part in word.split("-")):
            unsaid.append(word)
    return unsaid


def _follows(cue: re.Pattern[str], text: str, place: int) -> bool:
    """Whether `cue` ends at `place`; looks back a few characters only, so that long texts stay cheap."""
    return bool(cue.search(text, max(place - 16, 0), place))


def _is_name(word: str, following: str, *, at_start: bool) -> bool:
    lower = word.casefold()
    if any(letter.isdigit() for letter in word):
        return True  # "Q3", "K8s"
    if not word[0].isupper() or lower.partition("'")[0] in {"i", "ok"}:
        return False
    if lower in _OPENERS and (at_start or word.isupper()):
        return False
    if not at_start:
        return True
    return following[:1].isupper() or lower.endswith("'s") or following.casefold() in _THIRD_PERSON


def _forms(word: str) -> set[str]:
    """The spellings under which `word` counts as the same: case, possessive and a plural s do not matter."""
    lower = word.casefold()
    stem = lower.removesuffix("'s").removesuffix("'")
    return {lower, stem, stem.removesuffix("s")}


def _unsaid_numbers(text: str, said: list[str]) -> list[str]:
    values = {value for each in said for _, value in _numbers(each)}
    clocks = {minute for each in said for _, minutes, _ in _clocks(each) for minute in minutes}
    unsaid: list[str] = []
    times: list[tuple[int, int]] = []
    for (start, end), minutes, certain in _clocks(text):
        if minutes & clocks:
            times.append((start, end))
        elif certain:
            times.append((start, end))
            unsaid.append(text[start:end])
    for (start, end), value in _numbers(text):
        written = text[start:end]
        is_time = any(first <= start < last for first, last in times)
        is_figure_of_speech = written.lower() in _FIGURES or text[max(start - 7, 0) : start].lower() == "one or "
        if not is_time and not is_figure_of_speech and value not in values:
            unsaid.append(written)
    return unsaid


def _clocks(text: str) -> list[tuple[tuple[int, int], set[int], bool]]:
    """(where, the minutes of the day it may mean, whether it can mean nothing else) for each clock time."""
    found: list[tuple[tuple[int, int], set[int], bool]] = []
    for match in _CLOCK.finditer(text):
        hour, minute, suffix = int(match[1]), int(match[2] or 0), (match[3] or "").lower().replace(".", "")
        certain = bool(match[2] or suffix)
        if hour > 24 or minute > 59 or not (certain or _follows(_CLOCK_CUE, text, match.start())):
            continue
        found.append((match.span(), _minutes(hour, minute, suffix), certain))
    for word in _LETTERS.finditer(text):
        spelt = word.group().lower()
        if spelt in _CLOCK_WORDS:
            found.append((word.span(), {_CLOCK_WORDS[spelt]}, True))
        elif 1 <= _NUMBER_WORDS.get(spelt, 0) <= 12 and _follows(_CLOCK_CUE, text, word.start()):
            found.append((word.span(), _minutes(_NUMBER_WORDS[spelt], 0, ""), False))
    return found


def _minutes(hour: int, minute: int, suffix: str) -> set[int]:
    if suffix in ("am", "pm"):
        return {(hour % 12 + (12 if suffix == "pm" else 0)) * 60 + minute}
    if hour <= 12:
        return {(hour % 12) * 60 + minute, (hour % 12 + 12) * 60 + minute}
    return {(hour % 24) * 60 + minute}


def _numbers(text: str) -> list[tuple[tuple[int, int], float | str]]:
    """(where, its value) for every number; a date such as "24.12.2026" has its own digits for a value."""
    found: list[tuple[tuple[int, int], float | str]] = []
    for match in _DIGITS.finditer(text):
        raw = match.group().lower().rstrip(".,")
        digits = raw.removesuffix("k").rstrip(".,")
        # "20,000" and "20.000" are one number; "2.5" and "2,5" are another.
        grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
        plain = re.sub(r"[.,]", "", digits) if grouped else digits.replace(",", ".")
        try:
            value: float | str = float(plain) * (1000 if raw.endswith("k") else 1)
        except ValueError:
            value = digits
        found.append((match.span(), value))
    spelt = ((word.span(), _NUMBER_WORDS.get(word.group().lower())) for word in _LETTERS.finditer(text))
    found.extend((span, float(number)) for span, number in spelt if number is not None)
    return found
