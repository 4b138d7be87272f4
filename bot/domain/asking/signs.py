"""What a sentence is about: the turns of phrase that betray a blaming, lagging, advising or leading question.

To refuse a new turn of phrase, add a line to the table of its fault and two questions to the tests: the one to
refuse, and the nearest one to keep.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from bot.domain.asking.achieved import ACHIEVED
from bot.domain.asking.advice import ADVICE, FIRST_PERSON, TOLD
from bot.domain.asking.blame import BLAME, THEIR_WHY
from bot.domain.asking.lagging import LAGGING
from bot.domain.asking.leading import LEADING, NUMBER, VERDICT
from bot.domain.asking.patterns import AnyOf


class Sign(Enum):
    """What the words of a sentence give away."""

    NUMBER = auto()
    BLAME = auto()
    LAGGING = auto()
    ADVICE = auto()
    LEADING = auto()
    FIRST_PERSON = auto()
    VERDICT = auto()  # answered by "well"


_SIGNS = (
    (Sign.NUMBER, AnyOf(NUMBER)),
    (Sign.ADVICE, AnyOf(ADVICE)),
    (Sign.LEADING, AnyOf(LEADING)),
    (Sign.FIRST_PERSON, AnyOf(FIRST_PERSON)),
    (Sign.VERDICT, AnyOf(VERDICT)),
)
_BLAME, _THEIR_WHY = AnyOf(BLAME), re.compile("|".join(THEIR_WHY))
_TOLD = AnyOf(TOLD)
_LAGGING, _ACHIEVED = AnyOf(LAGGING), AnyOf(ACHIEVED)


def signs(sentence: str, *, asks: bool) -> frozenset[Sign]:
    """Every sign in one sentence of plain text, which asks or tells."""
    found = {sign for sign, pattern in _SIGNS if pattern.found_in(sentence)}
    if _BLAME.found_in(_THEIR_WHY.sub("", sentence)):
        found.add(Sign.BLAME)
    if _LAGGING.found_in(sentence) and not _ACHIEVED.found_in(sentence):
        found.add(Sign.LAGGING)
    if not asks and _TOLD.found_in(sentence):
        found.add(Sign.ADVICE)
    return frozenset(found)
