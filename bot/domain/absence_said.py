"""Absences in what a rep writes: "off tomorrow", "I'm on vacation next week", "I'm back".

Taken only where the whole message is about the writer's own days and nothing else, since it is offered in the place of
an answer: "the client is off tomorrow" and "push it off until Monday" are no absences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.absence_words import Days, read


@dataclass(frozen=True)
class Leaves:
    """They will be away from the first to the last day."""

    first: date
    last: date


@dataclass(frozen=True)
class Returns:
    """They are back at work on that day. `instead`: what was planned falls away altogether."""

    on: date
    instead: bool = False


LONGEST = 160
"""Characters; whoever writes more says more than when they are away."""
_GREETING = (
    r"(?:(?:hi|hey|hello|good morning|morning|fyi|btw|ok|(?:just )?(?:a )?(?:quick )?heads[- ]up|(?:please )?note"
    r"|sorry)(?: (?:coach|there))?[,.:!]*\s+(?:but |that )?)*"
)
_I_AM = r"(?:i'm|im|i am|i'll be|ill be|i will be|i'm going to be|i am going to be|i'm gonna be|will be)"
_LEAVE = (
    r"(?:(?:annual|parental|maternity|paternity|sick|medical|family|paid|unpaid|summer|winter) )?"
    r"(?:leave|vacation|vacations|holiday|holidays|pto|sabbatical)"
)
_DAY_OFF = r"(?:(?:the|a) )?(?:(?:whole )?day|week|few days|couple of days|time) off"
_SICK = r"(?:out sick|off sick|sick|ill|unwell|down with (?:a |the )?(?:flu|cold|fever|covid)|home sick|on sick leave)"
_AWAY = (
    rf"(?:{_SICK}|(?:completely |back )?(?:out of (?:the )?office|off work|off duty|off|away|out|ooo)"
    rf"(?: (?:on|for) {_LEAVE})?|on (?:my )?{_LEAVE}|taking {_DAY_OFF}|taking {_LEAVE}|having {_DAY_OFF}"
    r"|not (?:in the office|in|working|here|around|at work|available|there))"
)
_STATES = (
    rf"{_I_AM} {_AWAY}",
    rf"i (?:have|take|'ve got|got|will have|will take|'ll take|'ll have) (?:{_DAY_OFF}|{_LEAVE})",
    rf"i've (?:got )?(?:{_DAY_OFF}|{_LEAVE})",
    r"i (?:won't|will not|wont|can't) be (?:in|here|there|around|at work|working|available|in the office)",
    r"i (?:don't|do not|won't|will not) work",
    rf"{_AWAY}",
    rf"(?:{_DAY_OFF}|day off|sick day|{_LEAVE})",
)
_TAIL = re.compile(
    r"[,.;]? (?:(?:and |so )?(?:please )?(?:no|skip the|leave out the) "
    r"(?:check-?ins?|questions?|messages?)(?: please| then)?"
    r"|see you(?: \w+){0,2}|thanks(?: a lot)?|thank you|cheers|sorry|"
    r"(?:and )?(?:i'm |i'll be |i am |i will be )?back (?:on )?[\w .]+)[.!]*$"
)
_SAID = [re.compile(rf"{_GREETING}{state}(?: work)?,? (?P<when>.+)") for state in _STATES]
_FIRST_WHEN = re.compile(rf"{_GREETING}(?P<when>.+?),? (?:{'|'.join(_STATES[:5])})")
_ILL = re.compile(rf"{_GREETING}(?:{_I_AM} )?(?:out sick|off sick|home sick|{_I_AM} (?:sick|ill)|i called in sick)")
_BACK = re.compile(
    rf"{_GREETING}(?:(?:{_I_AM} )?(?:back|(?:back )?at work(?: again)?)(?: (?:at work|in the office|again|now))*"
    r"|i return|i'm returning|returning)(?:,? (?P<when>.+))?"
)
_AFTER_ALL = re.compile(
    rf"{_GREETING}(?:{_I_AM} (?:working|not off|not away|in|here|at work),?(?: (?P<when>.+?))?,? after all"
    r"|(?:please )?cancel my (?:time off|day off|days off|vacation|holiday|holidays|leave|absence|pause|pto)(?P<none>))"
)


def heard(text: str, today: date) -> Leaves | Returns | None:
    """What a message says about the writer's own days, seen from `today`; None when it says anything else."""
    words = " ".join(text.casefold().replace("’", "'").split()).strip(" .!")
    if not words or len(words) > LONGEST or "?" in words:
        return None
    if (after := _AFTER_ALL.fullmatch(words)) is not None:
        days = _days(after["when"], today) if after["when"] else (today, today)
        return Returns(days[0], instead=True) if days else None
    if (back := _BACK.fullmatch(words)) is not None:
        days = _days(back["when"], today) if back["when"] else (today, today)
        return Returns(days[0]) if days and days[0] == days[1] else None
    return _leaves(words, today) or _leaves(_TAIL.sub("", words), today)


def _leaves(words: str, today: date) -> Leaves | None:
    if _ILL.fullmatch(words):
        return Leaves(today, today)
    for pattern in (*_SAID, _FIRST_WHEN):
        found = pattern.fullmatch(words)
        if found and (days := _days(found["when"], today)):
            return Leaves(*days)
    return None


def _days(words: str, today: date) -> Days | None:
    found = read(words, today)
    return found if isinstance(found, tuple) else None
