"""The verbs that say how much a rep means it: "am going to", "will try to", "was going to", "can't"."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot.domain.language.phrases import Phrases
from bot.domain.language.verbs import BASES, NOUNISH, PASTS, is_gerund, is_verb
from bot.domain.language.word_classes import ADVERBS, DETERMINERS, DOUBTS


class Stance(IntEnum):
    """What is done with a clause; of the first six, the higher number wins when a chain of verbs mixes them."""

    FIRM = 1  # "I'll call Anna"
    HEDGED = 2  # "I should", "I'll try to", "maybe"
    TRIED = 3  # "I tried to"
    UNMET = 4  # "I was going to", "I didn't"
    NEGATED = 5  # "I won't", "I can't", "not"
    PAST = 6  # "I called", "sent it"
    BARE = 7  # "call Anna"
    GERUND = 8  # "calling Anna"
    PRESENT = 9  # "I call Anna": a habit for a native, tonight's plan for many others
    STATE = 10  # "I'm in meetings", "I have three calls"
    THIRD = 11  # somebody or something else does or is something
    QUESTION = 12
    FRAGMENT = 13  # words without a verb
    EMPTY = 14  # nothing but fillers


FIRM = Phrases(
    """
    will | shall | am going to | are going to | going to | am about to | about to | plan to | plan on
    | am planning to | planning to | planning on | am planning on | intend to | am intending to | want to
    | am wanting to | need to | have to | have got to | got to | must | commit to | am committing to
    | am committed to | promise to | am off to | am set to | am due to | can | am able to | would like to
    | would love to | would rather | would prefer to | would better | better | had better | let me | let us
    | are planning to | are planning on | agree to | decided to | have decided to | am gonna | am to
    | prefer to | will be able to | will manage to | am happy to | happy to | am ready to | ready to
    | swear to | am willing to | are about to | am determined to | get to | am keen to | am starting to
    | will start to | do want to | do need to
    """
)
_HEDGED = Phrases(
    """
    best to | would be best to | would be good to | would be great to | would be nice to | try to | try and
    | try | trying to | am trying to | attempt to | aim to | aiming to | am aiming to | hope to | hoping to
    | am hoping to | should | might | may | could | would | ought to | look to | looking to | am looking to
    | looking at | am looking at | will look at | see if i can | see if we can | see whether i can
    | think about | thinking about | am thinking about | am thinking of | thinking of | think of | consider
    | considering | am considering | do my best to | give it a go to | supposed to | am supposed to
    | am meant to | meant to be | feel like | was thinking of | was thinking about | was wondering
    | are trying to | are hoping to | should be able to | might be able to | would have to | see about
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
NO_ACTION = Phrases(
    """
    check my calendar | check my diary | check my schedule | check my agenda | look at my calendar
    | leave early | leave at | leave by | go home | pick up the kids | pick up my | collect my
    | see the doctor | go to the doctor | see how | see if | see what | see whether | think | know
    | let you know | get back to you | come back to you | keep you posted | keep you | tell you | be | wait
    | like | love | hope | forget | remember to see | feel | want | look forward | pass | skip | let me know
    | need | guess | say | believe | mean | depends | do my best | do what i can | survive | manage | cope
    | see you | talk to you | speak to you | figure it out | figure something out | work something out
    | have to see | have | had | come up with something | do something | do whatever
    """
)
HAVING = Phrases(
    """
    have a crack | have a stab | have a shot | have a call | have a meeting | have a chat
    | have a conversation | have a word | have a look | have a go | have a … call | have a … meeting
    | have a … chat | have a proper | have another | have the call | have the meeting | have my call
    | have the conversation | have that | have an initial | have an intro | have lunch | have coffee
    | have a coffee | have a quick | have a short | have a first
    """
)
_CHAIN = (
    (_NEGATED, Stance.NEGATED),
    (_UNMET, Stance.UNMET),
    (_PAST, Stance.PAST),
    (_TRIED, Stance.TRIED),
    (_HEDGED, Stance.HEDGED),
    (FIRM, Stance.FIRM),
)
_AFTER_GOING = ADVERBS | DOUBTS | {"be", "try", "have", "to", "chase", "not"}


_AFTER_HAVE = frozenset({*PASTS, "been", "had", "not", ""})


def link(keys: Sequence[str], place: int, *, named: bool) -> tuple[int, Stance]:
    """The longest helping verb at `place` and what it makes of the clause; length 0 when there is none."""
    length, stance = max(((table.at(keys, place), stance) for table, stance in _CHAIN), key=lambda entry: entry[0])
    after = keys[place + length] if place + length < len(keys) else ""
    if not length:
        follows = keys[place + 1] if place + 1 < len(keys) else ""  # "I want call Anna"
        wants = keys[place] == "want" or (keys[place] == "need" and follows not in NOUNISH)
        return int(wants and is_verb(follows)), Stance.FIRM
    if keys[place + length - 1] == "have" and stance is Stance.UNMET and after not in _AFTER_HAVE:
        return length - 1, Stance.HEDGED  # "might have a go"
    last = keys[place + length - 2 : place + length]
    if last == ("going", "to") and (after in DETERMINERS or (after and after not in BASES | _AFTER_GOING)):
        return 0, stance  # "I'm going to the plant" goes there
    if last == ("got", "to") and stance is Stance.FIRM and not is_verb(after):
        return length, Stance.PAST  # "I got to all of them"
    if not named and keys[place] == "try" and length == 1 and not is_gerund(after):
        return 0, stance  # "try Anna again" is a call
    lone = not named and place + length + 1 >= len(keys)
    if keys[place] == "better" and (lone or not is_verb(after)):
        return 0, stance
    if keys[place] == "not" and not named and after in ("much", "really", "bad", "only"):
        return 0, stance
    return length, stance
