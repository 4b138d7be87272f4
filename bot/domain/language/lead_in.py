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
    sir | ma'am | madam | same plan as yesterday | same as yesterday | same plan | kindly note that
    | kindly note | please note that | please note | note that | hi coach | hi there | hi | hey coach
    | hey there | hey | hello coach | hello there | hello | good morning coach | good morning
    | good afternoon | morning coach | morning all | morning mate | morning | mornin | moin | guten morgen
    | g'day mate | g'day | yes | yep | yup | yeah | yea | ya | ye | ok so | ok | okay so | okay | okey | k
    | kk | sure thing | sure | right so | right then | alright then | alright | all right | well | so | hmm
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
    | my bad | instead | i can confirm | i confirm that | kindly | please | also | and | but | then
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
_BEFORE_CLOCK = word_set("at by before around after till until")
_AFTER_ANNOUNCED = word_set("for today of the day this morning now here")
_CLEFT = Phrases(
    """
    let us go with | let us go for | i will go with | i am going with | going with | go with
    | what i will do is | what i will do | what i am going to do is | what i can do is
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
            or (keys[place] == "no" and place + 1 < len(keys) and keys[place + 1] in (",", *FIRST_PERSON))
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
    while step < len(keys) and keys[step] in _AFTER_ANNOUNCED:
        step += 1
    if step < len(keys) and keys[step] in ("is", "=", "would", "will", "was"):
        step += 1
        while step < len(keys) and keys[step] in ("be", "to"):
            step += 1
        if step < len(keys) and keys[step] in FINITES | {"hard", "too", "unclear", "unrealistic"}:
            return 0
        return step - place
    return step - place if step == len(keys) else 0
