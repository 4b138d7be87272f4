"""Promises told by what the other one will have: "you'll have the deck by noon", "it'll be with you by 5"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set

_YOURS = Phrases(
    """
    you will have | you will get | you will receive | you will see | you will find | you will be getting
    | you will hear from me | you will hear back from me
    | you will be hearing from me | you will be receiving | you will be having
    | you shall have | you shall get | you shall receive
    | you shall be receiving | you get it | you get them | you have it | he will have it | she will have it
    | he will have them | she will have them | they will have it | they will have them | he will get it
    | she will get it | they will get it | expect it | expect them | expect the | expect my | expect an | expect a
    | you can expect | consider it done | consider it sent | consider it sorted | consider it handled
    """
)
_IT = word_set("it they that this mine those these")
_WILL = Phrases("will be | shall be | is going to be | are going to be")
_READY = Phrases(
    """
    with you | with them | with him | with her | ready | done | there | over | on your desk | in your inbox | yours
    | sent
    | finished | sorted | out | in the post | on its way | complete | completed | in your hands | on his desk
    | on her desk | up | live | fixed | in place | at yours | at theirs
    """
)
_WITH_YOU = Phrases("with you | in your inbox | on your desk | in your hands | over to you | ready for you")
_GOES_OUT = Phrases(
    "goes out | go out | will go out | is going out | goes over | goes to | will go to | goes off | will go off"
)
_IS_READY = Phrases("mine is ready | mine will be ready | mine is done | mine comes | mine is coming")
_BARE = Phrases(
    """
    done | out | ready | sent | draft | finished | live | delivered | in your inbox | with you | on your desk
    | first draft | final draft | done and dusted | wrapped up | shipped
    """
)
_UNTIL = Phrases(
    "give me till | give me until | give me an hour | give me … minutes | give me … mins | give me … hours"
)


def hands_over(keys: Sequence[str], place: int) -> bool:
    """Whether the clause from `place` on tells what somebody will have of the writer; a time must go with it."""
    if place >= len(keys) or any(one == "from" and two != "me" for one, two in pairwise(keys[place:])):
        return False  # "you'll get a mail from HR"
    if _YOURS.at(keys, place) or _UNTIL.at(keys, place) or _IS_READY.at(keys, place):
        return True
    thing = place + 2 if keys[place] in ("the", "my", "our") and place + 2 < len(keys) else place
    if thing > place and (length := _WILL.at(keys, thing)) and (_WITH_YOU.at(keys, thing + length)):
        return True  # "the report will be with you tomorrow"
    if keys[place] in _IT and _GOES_OUT.at(keys, place + 1):
        return True
    if keys[place] in _IT and (length := _WILL.at(keys, place + 1)):
        return _READY.at(keys, place + 1 + length) > 0
    length = _BARE.at(keys, place)
    return length > 0 and keys[place + length : place + length + 1] in (("by",), ["by"], ("before",), ["before"])
