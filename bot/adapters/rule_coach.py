"""The coach that needs no key: our own grammar reads, and the bank has the questions."""

from __future__ import annotations

from bot.domain.answers import answer
from bot.domain.language.orders import orders_a_program
from bot.domain.reflection import reflect
from bot.ports.coach import Heard, Understanding


class RuleCoach:
    """Implements `bot.ports.coach.Coach` with the rules alone. Complete by itself, and the fall-back of any other."""

    async def read(self, heard: Heard) -> Understanding:
        """What the message says, by rules; instant, and always the same."""
        return by_rules(heard)


def by_rules(heard: Heard) -> Understanding:
    """The reading and the reflection that the rules give."""
    reading = answer(heard.text, heard.asked, heard.at, heard.zone, heard.hours, heard.options)
    meant_for_us = not orders_a_program(heard.text)
    return Understanding(reading, reflect(heard.text, reading) if meant_for_us else None)
