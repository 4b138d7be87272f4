"""The coach that needs no key: our own grammar reads, and the bank has the questions."""

from __future__ import annotations

from bot.domain.reflection import reflect
from bot.domain.understanding import read
from bot.ports.coach import Heard, Understanding


class RuleCoach:
    """Implements `bot.ports.coach.Coach` with the rules alone. Complete by itself, and the fall-back of any other."""

    async def read(self, heard: Heard) -> Understanding:
        """What the message says, by rules; instant, and always the same."""
        return by_rules(heard)


def by_rules(heard: Heard) -> Understanding:
    """The reading and the reflection that the rules give."""
    reading = read(heard.text, heard.asked, heard.at, heard.zone, heard.hours)
    return Understanding(reading, reflect(heard.text, reading))
