"""What is asked of the other person, with a question mark or without: a question, a leave, a favour, an order."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set

_WH = word_set("what who whom whose which where why how when")
_PERSONS = word_set(
    """
    i you he she it we they there anyone anybody someone somebody everyone everybody any my your the our his her their
    this that these those ya
    """
)
_AFTER_BE = word_set("i you he she it we they there this that these those anyone anybody someone everyone your the")
_MODALS = word_set("can could will would should shall may might")
_LED_BY = word_set("by at for to with until till since from on")
_THE_OTHERS = word_set("others other people customers clients managers reps colleagues all most")
_BES = word_set("is are am was were")
_DOS = {
    "do": word_set("i you we they ya"),
    "does": word_set("he she it this that anyone anybody someone the my your his her"),
    "did": word_set("i you he she we they anyone anybody someone the my your"),
    "have": word_set("you we they i"),
    "has": word_set("he she it anyone anybody someone everyone the your my"),
    "had": word_set("you they"),
}
_ASKING = Phrases(
    """
    any chance | any idea | any ideas | any tips | any advice | any suggestions | any update | any updates | any news
    | any word | any thoughts | any luck with | any preference | any reason | anyone | anybody got | anybody know
    | anybody have | anybody else | wondering if you | wondering whether you | wondering if we | wondering if i
    | wondering whether i | wondering whether we | wondering if anyone | wondering if someone | wondering what
    | wondering how | wondering when | wondering where | wondering who | wondering if there | let me know | let us know
    | lmk | keep me posted | keep me updated | keep me in the loop | keep us posted | would like you to
    | want you to | need you to | would love you to | would love for you to | would appreciate it if
    | would appreciate if | would appreciate your | would be grateful if | would be grateful for
    | would be great if you | would be good if you | would be helpful if you | would be nice if you
    | be so kind | grateful if you | appreciate it if you | was hoping you | hoping you could | hoping you can
    | need your | want your | would love your | would like your | would value your | would welcome your
    | do not forget to | remember to | you coming | you going to | you free | you around
    | you available | you able to | you joining | mind sending | mind checking | mind if i | mind if we
    | ok if i | okay if i | ok if we | all right if i | alright if i | would like to know | want to know
    | would like to ask | need to know | want to ask | curious if | curious whether
    | curious how | curious what | tell me | remind me | what about | how about | please advise | kindly advise
    | please confirm | kindly confirm | please revert | kindly revert | you want me to | you need me to | u want me
    | example ? | request you to | requesting you to | requested to | awaiting your | await your | looking for your
    | over to you | your thoughts | thoughts ? | can someone | can anyone | can anybody | could someone | could anyone
    | i wonder if | i wonder whether | wonder if you | wonder whether you | would you | could you | will you | can you
    """
)
_GIVEN = word_set(
    """
    tell send give show remind ask text ping message call explain share forward mail email write bring pass hand lend
    ring phone drop copy cc include loop keep get find fetch book buy update inform notify advise help add put
    """
)
_WISHING = word_set("wondering would want need curious request requesting hoping mind")
_TIME_UNITS = word_set("hour hours minute minutes min mins sec second seconds moment day days week while bit hr hrs")


def asks(keys: Sequence[str], place: int) -> bool:
    """Whether the words at `place` open a question, written with its mark or without: "will my manager see it"."""
    if place >= len(keys):
        return False
    first = keys[place]
    second = keys[place + 1] if place + 1 < len(keys) else ""
    if first in _LED_BY and second in _WH:
        return asks(keys, place + 1)
    if (first == "does" and second != "not") or (first == "do" and second in _THE_OTHERS):
        return True
    if first in _WH:
        if first == "when":
            return second in _MODALS or second in _BES or second in _DOS
        return not (first == "what" and second in ("i", "we", "a", "an"))
    if first in _MODALS:
        return second in _PERSONS or (second == "not" and _person(keys, place + 2))
    if first in _BES:
        return second in _AFTER_BE or (second in ("my", "our") and first in ("is", "are"))
    return second in _DOS.get(first, ())


def opens_with_wh(keys: Sequence[str], place: int) -> bool:
    """Whether a question word and a helping verb open the clause: "how do I change my hours"."""
    if place + 1 < len(keys) and keys[place] == "what" and keys[place + 1] in ("if", "about"):
        return True
    if keys[place : place + 1] and keys[place] in _MODALS | _BES | {"do", "did", "have"}:
        return keys[place + 1 : place + 2] in (("i",), ("we",), ["i"], ["we"])
    helping = place + 1 < len(keys) and (
        keys[place + 1] in _MODALS or keys[place + 1] in _BES or keys[place + 1] in _DOS or keys[place + 1] == "is"
    )
    return helping and keys[place] in _WH and keys[place] not in ("which", "whose", "who")


def _person(keys: Sequence[str], place: int) -> bool:
    return place < len(keys) and keys[place] in _PERSONS


_VOLUNTEERING = Phrases("put me down | put us down | sign me up | sign us up | count me in | count us in | put me on")
_COURTESIES = Phrases(
    """
    let me know if you have | let me know if you need | let me know if there is anything | let me know if there are any
    | let me know should you | let me know if i can | let me know if we can | let us know if you have
    | let me know if any
    | let us know if you need | let us know if there is anything | feel free | do not hesitate
    """
)


def courteous(keys: Sequence[str], place: int) -> bool:
    """Whether nothing is asked but to ask: "let me know if you have any questions"."""
    return _COURTESIES.at(keys, place) > 0


def requests(keys: Sequence[str], place: int) -> bool:
    """Whether somebody else is asked for an act or an answer: "let me know", "I'd like you to", "send me the list"."""
    if courteous(keys, place) and "please" not in keys[:place] and "kindly" not in keys[:place]:
        return False
    if _ASKING.at(keys, place):
        return True
    for step in range(place + 1, min(place + 4, len(keys))):
        if keys[step] in _WISHING and _ASKING.at(keys, step):
            return True
    follows = keys[place + 1 : place + 2]
    if _VOLUNTEERING.at(keys, place):
        return False
    if keys[place] in _GIVEN and follows and follows[0] in ("me", "us"):
        return not _asks_for_time(keys, place)
    to_me = any(keys[step] == "to" and keys[step + 1] in ("me", "us") for step in range(place + 1, len(keys) - 1))
    return keys[place] in _GIVEN and to_me


def _asks_for_time(keys: Sequence[str], place: int) -> bool:
    """ "Give me till 2", "give me an hour": a time is promised."""
    rest = keys[place + 2 : place + 5]
    return (
        keys[place] == "give" and bool(rest) and (rest[0] in ("till", "until") or bool(_TIME_UNITS.intersection(rest)))
    )
