"""A manager's own question before the guard: may it be asked, what keeps it from that, and what to ask instead."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.asking.rewrite import rewrite
from bot.domain.question_bank import Angle, angle
from bot.domain.questions import Fault, faults

_SAMPLE = (("{focus}", "set first meetings"), ("{name}", "Kim"))


@dataclass(frozen=True)
class Verdict:
    """What the guard says to a question. `angle` is how it looks at the day; with faults, often a way to ask it."""

    question: str
    faults: tuple[Fault, ...]
    rewrite: str | None
    angle: Angle


def judge(question: str) -> Verdict:
    """Judge a question in which {focus} and {name} may stand for what is filled in later."""
    words = " ".join(question.split())
    found = faults(_filled(words))
    instead = rewrite(words) if found else None
    if instead is not None and (instead == words or faults(_filled(instead))):
        instead = None
    return Verdict(words, found, instead, angle(words))


def _filled(words: str) -> str:
    for slot, sample in _SAMPLE:
        words = words.replace(slot, sample)
    return words
