"""What people say before they come to the point: greetings, fillers, the time, "my plan for today is to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.language.phrases import Phrases
from bot.domain.language.said import word_set
from bot.domain.language.word_classes import (
    ADVERBS,
    BREAKS,
    DOUBTS,
    FINITES,
    FIRST_PERSON,
    TIME_ALONE,
    TIME_LEADERS,
    TIME_NOUNS,
)

# What people say before they come to the point.
LEADS = Phrases(
    """
    on second thought | on second thoughts | come to think of it | be advised that | be advised | be informed that
    | kindly be advised that | just to let you know that
    | just to let you know | for your information | just a heads up | a heads up | just a note | sir | ma'am
    | madam | same plan as yesterday | same as yesterday | same plan | kindly note that
    | kindly note | please note that | please note | note that | hi coach | hi there | hi | hey coach
    | hey there | hey | hello coach | hello there | hello | good morning coach | good morning
    | good afternoon | morning coach | morning all | morning mate | morning | mornin | moin | guten morgen
    | g'day mate | g'day | yes | yep | yup | yeah | yea | ya | ye | ok so | ok | okay so | okay | okey | k
    | kk | lor | lah | la | leh | eh | ah | wah | aiyo | alamak | paiseh | sure thing | sure | right so
    | right then | alright then | alright | all right | well | so | hmm
    | hm | um | uh | erm | er | ah | oh | aha | fine | cool | great | perfect | good | thanks | thank you
    | thanks coach | cheers | mate | coach | honestly | to be honest | tbh | frankly | basically | look
    | listen | no worries | no problem | no issues | no stress | sorry | anyway | anyways | btw | by the way
    | fyi | lol | haha | i think | i guess | i believe | i reckon | i suppose | i feel like | i feel
    | i would say | i mean | i figure | i assume | guess | reckon | i know | i swear | of course | for sure
    | sounds good | got it | understood | as i said | like i said | actually | good question | fair point
    | true | exactly | not much but | not sure but | as usual | as always | same as always | same here
    | same | for today | for now | for me | on my side | from my side | from my end | step one | step 1
    | number one | one thing | another thing | at least | at first | first of all | first off | first up
    | first thing | to start | to start with | how about | let us say | let's say | say | rather | i said
    | my bad | i am afraid | am afraid | afraid | unfortunately | sadly | regrettably | regret | i regret
    | i regret to say | sorry but | i am sorry | i am sorry but | brb | do not worry | as discussed | as agreed
    | as promised | as mentioned | per our call | further to our call | no prob | no probs | guys | team | all
    | to confirm | just to confirm | quick one | heads up | quick update | instead | i can confirm | i confirm that
    | kindly | please | also | and | but | then
    | because | plus | , | ( | ) | " | “ | ” | ' | * | + | - | – | — | ~ | > | # | / | . | ! | :
    """
)
# How people announce their action.
_ANNOUNCED = Phrases(
    """
    plan | action | goal | focus | priority | commitment | step | target | aim | task | to do | todo | to-do
    | answer | intention | mission
    """
)
_ANNOUNCERS = word_set(
    """
    my the today's todays one first main only next top number big single key
    """
)
_HOPING = Phrases(
    """
    i hope that | i hope | i am hoping | fingers crossed | with luck | with any luck | god willing
    | inshallah
    """
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:am|pm|h)?|\d{1,2}(?:am|pm|h)")
_NAMED_TIMES = word_set(
    """
    today tonight tomorrow now morning afternoon evening lunch noon midday eod cob eob monday tuesday wednesday
    thursday friday saturday sunday mon tue tues wed thu thur thurs fri o'clock oclock arvo shortly immediately
    """
)
_LONG_UNITS = word_set("business play day week month morning afternoon")
_UNITS = word_set("minutes minute mins min hour hours sec second seconds mo moment bit days")
_BEFORE_CLOCK = word_set("at by before around after till until between")
_AFTER_ANNOUNCED = word_set("on me us side end from for today of the day this morning now here")
_CLEFT = Phrases(
    """
    let us go with | let us go for | i will go with | i am going with | going with | go with
    | what i will do is | i promise that | i promise you that | i promise | i swear | you have my word that
    | you have my word | i give you my word that | i give you my word
    | my word | rest assured that | rest assured | be assured that | please be assured that | i assure you that
    | i can assure you that | i can assure you | i assure you | trust me | mark my words | i guarantee that
    | i guarantee | for me it is | for me it will be | on my side it is | mine is to | my bit is to | my part is to
    | my bit is | my part is | on me | i can confirm that | what i will do | what i am going to do is | what i can do is
    | what i want to do is | all i need to do is
    """
)


def after_leads(keys: Sequence[str], place: int = 0) -> int:
    """Where the point begins after greetings, yes-words, fillers and adverbs."""
    while place < len(keys):
        if length := LEADS.at(keys, place):
            place += length
        elif (
            keys[place] in ADVERBS
            or (keys[place].startswith(":") and len(keys[place]) > 1)
            or (
                keys[place] in ("no", "nah", "nope")
                and place + 1 < len(keys)
                and keys[place + 1] in (",", "not", *FIRST_PERSON)
            )
        ):
            place += 1
        else:
            break
    return place


class Point(NamedTuple):
    """Where the point of a clause begins, and what led up to it."""

    place: int
    doubt: bool
    announced: bool


def point(keys: Sequence[str]) -> Point:
    """Where the point begins, past fillers, times ("today I…"), doubts and announcements."""
    place, doubt, announced = 0, False, False
    while place < len(keys):
        moved = after_leads(keys, place)
        if length := _HOPING.at(keys, moved):
            moved, doubt = moved + length, True
        if moved < len(keys) and keys[moved] in DOUBTS:
            moved, doubt = moved + 1, True
        said = _CLEFT.at(keys, moved) or _announced(keys, moved)
        announced = announced or said > 0
        moved += said or time_words(keys, moved) or _clock(keys, moved)
        if moved == place:
            break
        place = moved
    return Point(place, doubt, announced)


def time_words(keys: Sequence[str], place: int) -> int:
    """How many words from `place` on only tell the time and lead up to more: "today", "this morning", "at 3"."""
    step = place
    while step < len(keys) and keys[step] in TIME_LEADERS:
        step += 1
    if step >= len(keys):
        return 0
    alone = keys[step] in TIME_ALONE
    led = step > place and (keys[step] in TIME_NOUNS or (keys[step][0].isdigit() and keys[step - 1] in _BEFORE_CLOCK))
    return step + 1 - place if alone or led else 0


def tells_time(keys: Sequence[str]) -> bool:
    """Whether a day, a part of a day or an hour is named: "on Monday", "by noon", "at 9", "in 20 minutes"."""
    for place, key in enumerate(keys):
        before = keys[place - 1] if place else ""
        if (
            (key in ("later", "ltr") and place == 0)
            or key in _NAMED_TIMES
            or (_CLOCK.fullmatch(key) and before not in ("my", "our", "his", "her", "the", "their"))
        ):
            return True
        if key[:1].isdigit() and before in _BEFORE_CLOCK | {"@", "at"}:
            return True
        if key in _LONG_UNITS and before in ("of", "this", "next", "end"):
            return True
        if key in _UNITS and before not in ("an", "this", "that") and "in" in keys[max(0, place - 3) : place]:
            return True
    return False


def _clock(keys: Sequence[str], place: int) -> int:
    """How many words are a clock time set before its action: "10:00 call Bosch", "3pm - call Bosch"."""
    if place + 1 >= len(keys) or not _CLOCK.fullmatch(keys[place]):
        return 0
    return 2 if keys[place + 1] in BREAKS else 1


def _announced(keys: Sequence[str], place: int) -> int:
    """How many words announce the action: "my plan for today is to", "action =", "goal is"."""
    step = place
    while step < len(keys) and keys[step] in _ANNOUNCERS:
        step += 1
    length = _ANNOUNCED.at(keys, step)
    if not length:
        return 0
    step += length
    while step < len(keys) and (keys[step] in _AFTER_ANNOUNCED or keys[step] in TIME_ALONE):
        step += 1
    if step < len(keys) and keys[step] in ("is", "=", "would", "will", "was"):
        step += 1
        while step < len(keys) and keys[step] in ("be", "to"):
            step += 1
        if step < len(keys) and keys[step] in FINITES | {"hard", "too", "unclear", "unrealistic"}:
            return 0
        return step - place
    return step - place if step == len(keys) else 0
