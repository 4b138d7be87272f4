"""Ifs and whens: where the condition of a plan opens in a sentence, and where its "then" begins."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.phrases import Phrases
from bot.domain.language.word_classes import ASKING, BREAKS, FIRST_PERSON

_IF = Phrases(
    """
    if | unless | in case | otherwise | or else | should she | should he | should they
    """
)
_NO_IF = Phrases("if only | if anything | if any")
TEMPORAL = Phrases(
    """
    when | whenever | once | as soon as | the moment | after i | after we | before i | before we | while i | while we
    | by the time | after she | after he | after they
    """
)
POLITE = Phrases(
    """
    if that is ok | if that is okay | if that is fine | if that is alright | if that is all right
    | if that works | if you do not mind | if it is ok | if it is okay | if ok | if okay | if that suits
    | if i may | if that makes sense
    """
)
DOUBTFUL = Phrases(
    """
    if i have time | if i have the time | if i have some time | if i have a | if i have any | if i get time
    | if i get some time | if i get a | if i get the | if i get round | if i get around | if i can
    | if i could | if i find | if i manage | if i remember | if i am lucky | if i make it | if i feel
    | if time | if there is time | if there is some time | if there is any time | if possible | if all goes
    | if everything goes | if nothing | if it fits | if my | if the day | if you want | if you like
    | if you wish | if you think | if you prefer | if you would like | if you insist | if you say
    | if you need | if that helps | if it helps | if we have time | if we get | when i have time
    | when i get time | when i get a | when i have a | when i find | when possible | when i can
    """
)


# What is not expected to happen: the act is the rule, and the condition its exception.
_EXCEPTIONS = Phrases(
    """
    unless i hear | unless we hear | unless you | unless anyone | unless anybody | unless someone | unless somebody
    | unless there is | unless there are | unless told | unless otherwise | unless instructed | unless advised
    | unless they | unless he | unless she | if nobody | if no one | if no-one | if there are no | if there is no
    | if i do not hear | if we do not hear | if i hear nothing | if we hear nothing | if you do not object
    | if you have no | if no objection | if no objections | if no further | if nothing changes | if none of you
    """
)


def expected(keys: Sequence[str]) -> bool:
    """Whether the act will come about unless somebody says no: "unless I hear otherwise", "if nobody objects"."""
    return _EXCEPTIONS.at(keys) > 0


def uncertain(keys: Sequence[str]) -> bool:
    """Whether a plan hangs on something that may not come about: an "if" or "unless" that is no mere exception."""
    place = next((step for step, key in enumerate(keys) if key in ("if", "unless")), None)
    return place is not None and not expected(keys[place:])


def condition(keys: Sequence[str]) -> int | None:
    """Where an if-clause opens that is a condition and not what somebody asks or checks."""
    for place in range(len(keys)):
        if DOUBTFUL.at(keys, place):
            return place
        aside = _NO_IF.at(keys, place)
        follows = keys[place + aside] if place + aside < len(keys) else ""
        if not _IF.at(keys, place) or (aside and (keys[place + 1] == "only" or not follows.isalpha())):
            continue
        if keys[place] == "should" and place > 0:
            continue
        if not ASKING.intersection(keys[max(0, place - 5) : place]):
            return place
    return None


def main_begins(keys: Sequence[str], opener: int) -> int | None:
    """Where the "then" begins: after the comma or mark, else at "I", else at "otherwise" plus one."""
    if keys[opener] in ("otherwise", "or"):
        return opener + _IF.at(keys, opener)
    for place in range(opener + 1, len(keys)):
        if keys[place] in BREAKS or keys[place] in (",", "then"):
            return place + 1
    # The subject of the condition itself may be "I": "if I finish early I'll call her".
    start = opener + max(1, TEMPORAL.at(keys, opener), _IF.at(keys, opener))
    start += 1 if keys[start : start + 1] and keys[start] in FIRST_PERSON else 0
    return next((place for place in range(max(start, opener + 3), len(keys)) if keys[place] in FIRST_PERSON), None)
