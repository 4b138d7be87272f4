"""The verbs that say how much a rep means it: "am going to", "will try to", "was going to", "can't"."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot.domain.language.declining import declining
from bot.domain.language.formulas import tells
from bot.domain.language.phrases import Phrases
from bot.domain.language.verbs import BASES, NOUNISH, PASTS, is_gerund, is_verb
from bot.domain.language.word_classes import ADVERBS, DETERMINERS, DOUBTS, OBJECT_PRONOUNS, PREPOSITIONS, TIME_ALONE


class Stance(IntEnum):
    """What is done with a clause; of the first eight, the higher number wins when a chain of verbs mixes them."""

    FIRM = 1  # "I'll call Anna"
    SOFT = 2  # "I'll let you know": something with a time, a hope without
    OFFERED = 3  # "happy to call": a promise with a time, a courtesy without
    WANTED = 4  # "I need to call Anna": a promise with a time, a wish without
    HEDGED = 5  # "I should", "I'll try to", "maybe"
    TRIED = 6  # "I tried to"
    UNMET = 7  # "I was going to", "I didn't"
    NEGATED = 8  # "I won't", "I can't", "not"
    PAST = 9  # "I called", "sent it"
    BARE = 10  # "call Anna"
    GERUND = 11  # "calling Anna"
    PRESENT = 12  # "I call Anna": a habit for a native, tonight's plan for many others
    STATE = 13  # "I'm in meetings", "I have three calls"
    THIRD = 14  # somebody or something else does or is something
    QUESTION = 15
    DECLINED = 16  # "I'll sit this one out", "I won't be calling"
    UNABLE = 17  # "I can't help with that": declines, or tells what stands in the way
    HANDED = 18  # "you'll have the deck by noon"
    FRAGMENT = 19  # words without a verb
    EMPTY = 20  # nothing but fillers


FIRM = Phrases(
    """
    will | shall | am going to | are going to | going to | am about to | about to | plan to | plan on
    | am planning to | planning to | planning on | am planning on | intend to | am intending to
    | commit to | am committing to | am committed to | promise to | am off to | am set to | am due to
    | would rather | would better | better | had better | let me | let us
    | are planning to | are planning on | agree to | decided to | have decided to | am gonna | am to
    | swear to | are about to | am determined to | am starting to | will start to | will be able to
    | will be in a position to | will manage to
    | will go ahead and | will go and | go ahead and | promise you to | vow to | undertake to | pledge to
    | will make sure to | make sure to | will be sure to | will remember to | aim is to | will endeavour to
    | have agreed to | have promised to | am scheduled to | am down to | am booked to | will then | allow me to
    | permit me to
    """
)
_OFFERED = Phrases(
    """
    am happy to | happy to | am ready to | ready to | am willing to | glad to | am glad to | would be happy to
    | would be glad to | will be happy to | will be glad to | will gladly | would be delighted to | more than happy to
    | am more than happy to | would be more than happy to | willing to | am available to | available to
    | do not mind | would not mind | delighted to | pleased to | am pleased to
    """
)
_WANTED = Phrases(
    """
    want to | am wanting to | need to | have to | have got to | got to | must | can | am able to | would like to
    | would love to | would prefer to | prefer to | get to | am keen to | keen to | do want to | do need to
    | really need to | ought to really | am itching to | would want to | would need to | am required to | be able to
    """
)
_HEDGED = Phrases(
    """
    may be in a position to | might be in a position to | may be able to | could be able to | may well | might well
    | best to | would be best to | would be good to | would be great to | would be nice to | try to | try and
    | try | trying to | am trying to | attempt to | aim to | aiming to | am aiming to | hope to | hoping to
    | am hoping to | should | might | may | could | would | ought to | look to | looking to | am looking to
    | looking at | am looking at | see if i can | see if we can | see whether i can
    | think about | thinking about | am thinking about | am thinking of | thinking of | think of | consider
    | considering | am considering | do my best to | give it a go to | supposed to | am supposed to
    | am meant to | meant to be | feel like | was thinking of | was thinking about | was wondering
    | are trying to | are hoping to | should be able to | might be able to | would have to | see about
    | will try to | will try and | will endeavour | endeavour to | will attempt to | would hope to | am toying with
    | would be up for | am up for | would like us to | want us to | need us to | was thinking i might
    | was thinking i could
    | was thinking i would | was thinking i should | was thinking we could | was thinking we might
    | was thinking we should | was thinking maybe | would love us to | would be interested in | are interested in
    | am interested in | would hope
    | do hope to | expect to | am expecting to | will do my best to | shall try to | would try to | will see if i can
    | will see if we can | will see about | will consider | might want to | may want to | may need to | might need to
    | would like to try | was hoping to maybe | do my level best to
    | try my best to | try my level best to | trying my best to | am considering | could always | can always
    | can maybe | can probably | can try to | can try and | can try | had better try | must try to | must try
    | wish to | wish i could | were thinking of | do plan to maybe | toying with | am tempted to
    """
)
_UNMET = Phrases(
    """
    was going to | were going to | wanted to | meant to | had planned to | planned to | intended to
    | was planning to | was planning on | was intending to | had wanted to | had meant to | had hoped to
    | was hoping to | hoped to | had to | needed to | was supposed to | was meant to | were supposed to
    | should have | would have | could have | might have | forgot to | forgot | did not | have not | had not
    | could not | was not able to | was unable to | failed to | never got to | never | was about to
    | was not | were not | did not manage to | struggled to | missed | skipped | ran out of | had no time to
    | have yet to | am yet to | still need to | still have to
    """
)
_TRIED = Phrases(
    """
    tried to | tried | have tried to | have tried | attempted to | did try to | did try | started to
    | have started to | trying it
    """
)
_PAST = Phrases(
    """
    was able to | were able to | managed to | did manage to | ended up | have already | have just
    | had already
    """
)
_NEGATED = Phrases(
    """
    will not be able to | will not | shall not | can not | am not going to | are not going to
    | am not able to | am not | are not | do not want to | do not plan to | do not need to | do not think i
    | do not think i can | do not think i will | do not | would not | should not | might not | not going to
    | need not | am unable to | unable to | would rather not | rather not | must not | may not | not
    | better not | am never going to | will never | no longer | would prefer not to
    """
)
REFERS = Phrases(
    """
    do it | do that | do this | do so | do the same | do both | do them | get it done | get that done
    | get this done | get to it | have it done | have that done | get onto it | get on it | doing it
    | doing that | make it happen | do the needful | get it over
    """
)
_CHAIN = (
    (_NEGATED, Stance.NEGATED),
    (_UNMET, Stance.UNMET),
    (_PAST, Stance.PAST),
    (_TRIED, Stance.TRIED),
    (_HEDGED, Stance.HEDGED),
    (_WANTED, Stance.WANTED),
    (_OFFERED, Stance.OFFERED),
    (FIRM, Stance.FIRM),
)
_AFTER_GOING = ADVERBS | DOUBTS | {"be", "try", "have", "to", "chase", "not"}


_NO_ONE = frozenset({"a", "an", "some"})
_TRIED_THINGS = frozenset({"", "my", "our", "harder", "again", "it", "that", "this", "not", "be", "something", "best"})
_AFTER_HAVE = frozenset({*PASTS, "been", "had", "not", ""})


def refers_from(keys: Sequence[str]) -> int | None:
    """Where "do it" or the like stands in a clause."""
    return REFERS.find(keys)


def _takes_an_object(keys: Sequence[str], place: int) -> bool:
    """Whether an unknown word is a verb by what follows it: "redo that graph", "sum it up"."""
    after = keys[place + 1] if place + 1 < len(keys) else ""
    return keys[place] not in PREPOSITIONS and (after in DETERMINERS or after in OBJECT_PRONOUNS)


def link(keys: Sequence[str], place: int, *, named: bool) -> tuple[int, Stance]:
    """The longest helping verb at `place` and what it makes of the clause; length 0 when there is none."""
    length, stance = max(((table.at(keys, place), stance) for table, stance in _CHAIN), key=lambda entry: entry[0])
    after = keys[place + length] if place + length < len(keys) else ""
    if not length:
        follows = keys[place + 1] if place + 1 < len(keys) else ""  # "I want call Anna"
        wants = keys[place] == "want" or (keys[place] == "need" and follows not in NOUNISH)
        return int(wants and is_verb(follows)), Stance.WANTED
    if keys[place + length - 1] == "have" and stance is Stance.UNMET and after not in _AFTER_HAVE:
        return length - 1, Stance.HEDGED  # "might have a go"
    last = keys[place + length - 2 : place + length]
    acted = (
        after in BASES | _AFTER_GOING
        or not after
        or tells(keys, place + length)
        or declining(keys, place + length)
        or _takes_an_object(keys, place + length)
    )
    if tuple(last) == ("going", "to") and (after in DETERMINERS or not acted):
        return 0, stance  # "I'm going to the plant" goes there
    if last == ("got", "to") and stance is Stance.WANTED and not is_verb(after):
        return length, Stance.PAST  # "I got to all of them"
    if keys[place + length - 1] == "try" and after == "again":
        again = keys[place + length + 1 : place + length + 2]
        if tuple(again) not in (("to",), ("and",)):
            return (0, stance) if length == 1 else (length - 1, Stance.FIRM)  # "will try again tomorrow": another call
    if (
        keys[place + length - 1] == "try"
        and after not in BASES
        and not is_gerund(after)
        and after not in _TRIED_THINGS | PREPOSITIONS | TIME_ALONE
        and (named is False or after not in _NO_ONE)
    ):
        return (0, stance) if length == 1 else (length - 1, Stance.FIRM)  # "try Anna again" is a call
    lone = not named and place + length + 1 >= len(keys)
    if keys[place] == "better" and (lone or not is_verb(after)):
        return 0, stance
    if keys[place] == "not" and not named and after in ("much", "really", "bad", "only"):
        return 0, stance
    return length, stance
