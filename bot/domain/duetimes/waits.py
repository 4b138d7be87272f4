"""Times told as a length from now: "in 20", "within the hour", "in an hour and a half", "in two days".

`wait_at` reads what stands at one place of a text, and looks at a bounded number of words from there on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from bot.domain.duetimes import words
from bot.domain.duetimes.clocks import DAY, HOUR, counts, settled
from bot.domain.duetimes.text import Phrases, Text

A_WHILE = timedelta(minutes=15)  # "in a few", "in a few minutes"
BARE_MINUTES = range(5, 91, 5)  # "in 20": the bare numbers that are minutes
LONGEST_BARE_HOURS = 6  # "2h" alone is two hours from now, "9h" is nine o'clock

_leads = Phrases({True: words.WAIT_LEADS})
_tails = Phrases({True: words.WAIT_TAILS})
_roughly = Phrases({True: words.ROUGHLY})
_a_while = Phrases({True: words.A_WHILE})
_soon = Phrases({True: words.SOON})
_amounts = Phrases(words.AMOUNTS)
FIRST_WORDS_OF_WAITS = _leads.first_words | _amounts.first_words


class Wait(NamedTuple):
    """So long from now, said up to before the word `end`; or so many `days`, all of them or only those worked."""

    end: int
    length: timedelta = timedelta()
    days: int = 0
    working_days: bool = False
    rough: bool = False


def wait_at(text: Text, first: int, *, alone: bool) -> Wait | None:
    """The time from now said at `first`: "in 20", "within the hour", "in two days", or, `alone`, "20 mins"."""
    lead = _leads.at(text, first)
    i = lead[1] if lead else first
    roughly = _roughly.at(text, i) if lead else None
    i = roughly[1] if roughly else i
    if lead and text.word(i) in {"the", "this"} and text.word(i + 1) == "hour":
        return Wait(i + 2, timedelta(hours=1))
    if lead and (soon := _soon.at(text, i)) and settled(text, soon[1]):
        return None  # "in a minute" is no time
    if lead and (soon := _a_while.at(text, i)) and settled(text, soon[1]):
        return Wait(soon[1], A_WHILE, rough=True)
    amount, end, rough = _amount(text, i)
    if lead and text.word(i - 1) == "next" and text.word(i) in words.UNITS:
        amount, end = 1, i
    if amount is None:
        return None
    rough = rough or roughly is not None
    if lead and text.word(end) in {"working", "business"} and text.word(end + 1) in {"day", "days"}:
        return Wait(end + 2, days=int(min(amount, 99)), working_days=True)
    unit = words.UNITS.get(text.word(end))
    if unit is None or (text.word(end) in {"m", "d", "w"} and not text.glued(end)):
        bare = lead and amount in BARE_MINUTES and settled(text, end) and not counts(text, i, end)
        return Wait(end, timedelta(minutes=amount), rough=rough) if bare else None
    if amount > 1 and text.word(end) in {"minute", "hour", "day", "week"} and not (lead and text.stops(end + 1)):
        return None  # "in 2 hour blocks"
    if not lead and text.word(end) == "h" and (text.number(end + 1) is not None or amount > LONGEST_BARE_HOURS):
        return None  # "14h30" and "17h" are clock times
    if unit == DAY and amount <= 1 and not lead and _tails.at(text, end + 1) is None:
        return None  # "one day"
    minutes, end, so_or_so = _measured(text, end + 1, amount, unit)
    if tail := _tails.at(text, end):
        end = tail[1]
    elif not (lead or alone) or counts(text, i, end):
        return None  # "took 2 hours", "in 30 min blocks"
    if unit >= DAY:
        return Wait(end, days=int(min(minutes, 99 * DAY)) // DAY, rough=True)
    return Wait(end, timedelta(minutes=minutes), rough=rough or so_or_so)


def _measured(text: Text, end: int, amount: float, unit: int) -> tuple[float, int, bool]:
    """The minutes with what follows their unit ("and a half", "or two", "30 minutes"), and whether that is vague."""
    minutes = amount * unit
    following = text.word(end), text.word(end + 1)
    if unit == HOUR and (spelt := _amounts.at(text, end)) and spelt[0] in words.QUARTERS and settled(text, spelt[1]):
        return minutes + spelt[0], spelt[1], False  # "an hour thirty"
    if (*following, text.word(end + 2)) == ("and", "a", "half"):
        return minutes + unit / 2, end + 3, False
    if following == ("or", "two"):
        return unit * 2, end + 2, True
    at = end + (following[0] == "and")
    if unit == HOUR and text.number(at) in words.QUARTERS and settled(text, at + 1):
        return minutes + (text.number(at) or 0), at + 1, False  # "2 hours 15"
    named = words.UNITS.get(text.word(at + 1)) == 1
    more = text.number(at) if unit == HOUR and (named or text.glued(at)) else None
    return (minutes, end, False) if more is None else (minutes + more, at + 1 + named, False)


def _amount(text: Text, i: int) -> tuple[float | None, int, bool]:
    """How many of a unit, up to where, and whether roughly: "20", "1.5", "a couple of", "half an", "2-3" (its end)."""
    if amount := _amounts.at(text, i):
        if (
            text.word(amount[1]) in {"or", "to", "-"}
            and (upto := _amounts.at(text, amount[1] + 1))
            and upto[0] > amount[0]
        ):
            return *upto, True
        vague = {"couple", "few"} & {text.word(k) for k in range(i, amount[1])}
        return *amount, bool(vague)
    whole = text.number(i, 4)
    if whole is None:
        return None, i, False
    if text.word(i + 1) in {".", ","} and text.glued(i + 1) and text.glued(i + 2):
        tenths = text.number(i + 2, 1)
        return (None, i, False) if tenths is None else (whole + tenths / 10, i + 3, False)
    if text.word(i + 1) in {"-", "–", "or", "to"} and (more := text.number(i + 2, 4)) is not None:
        return more, i + 3, True
    return whole, i + 1, False
