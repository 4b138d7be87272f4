"""What one message of a rep was understood to say.

A reading is data. It never changes anything by itself: the state machine in `checkin` decides what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Intent(StrEnum):
    """What the rep is doing with the words."""

    COMMITMENT = "commitment"  # says what they will do, or (with no action) by when
    VAGUE = "vague"  # an intention without a graspable action: "I'll try to prospect more"
    AFFIRM = "affirm"  # "yes", "ok", "go": agrees to what was just asked
    REFUSAL = "refusal"  # "not today", "no", "skip"
    QUESTION = "question"  # asks the bot something
    HELP = "help"  # would like a hand from a person
    SMALLTALK = "smalltalk"  # "morning", "thanks"
    DONE = "done"  # reports that something promised was done
    PARTLY = "partly"  # ... was done in part
    NOT_DONE = "not_done"  # ... was not done
    RESCHEDULE = "reschedule"  # wants to move something promised
    STOP = "stop"  # wants no more messages from us
    CONCERN = "concern"  # distress, or a complaint that is not for coaching: harassment, health, leaving
    OTHER = "other"  # anything else: a fact, an obstacle, a thought


class Asked(StrEnum):
    """What the bot asked last; the same words mean different things after different questions."""

    NOTHING = "nothing"  # nothing is open
    OUTCOME = "outcome"  # how an earlier commitment went
    OPEN = "open"  # the open question of the morning
    EXPLORE = "explore"  # a narrowing question
    ACT = "act"  # what one action, and by when
    CHOOSE = "choose"  # which of several actions comes first
    SHARPEN_ACTION = "sharpen_action"  # what exactly, with whom
    SHARPEN_TIME = "sharpen_time"  # by when
    IF_THEN = "if_then"  # what they will do if something gets in the way
    CONFIRM = "confirm"  # the closed question: shall this be the commitment
    LEARN = "learn"  # how they got there, or what they would do differently


class Concern(StrEnum):
    """What somebody said that is not for coaching. Never stored, never shown to anybody else."""

    DANGER = "danger"  # they may hurt themselves, or be hurt
    HARM = "harm"  # harassment, or a complaint about a person
    HEALTH = "health"  # illness, exhaustion, grief
    LEAVING = "leaving"  # thoughts of giving up the job, or fear of losing it


class Topic(StrEnum):
    """What a rep asks the coach about."""

    WHO_SEES = "who_sees"
    WHO_ARE_YOU = "who_are_you"
    MEANING = "meaning"  # what the question means
    NEXT = "next"  # what happens, or can be done, now
    PURPOSE = "purpose"
    OTHER = "other"


class Certainty(StrEnum):
    """How sure we are of a moment that was read out of words."""

    EXACT = "exact"  # "at 14:30", "in 20 minutes"
    ASSUMED = "assumed"  # working hours decided: "by 3"
    FUZZY = "fuzzy"  # a stated default stands for a part of a day: "this afternoon"


@dataclass(frozen=True)
class DueTime:
    """A moment promised in words: where the words stand in the text (`start`, `end`), the instant, how sure."""

    start: int
    end: int
    moment: datetime
    certainty: Certainty


@dataclass(frozen=True)
class Reading:
    """One message, understood.

    `action` is in the rep's own words, cleaned to start with a verb ("call Anna Weber about pricing"), without
    the words that tell the time. `other_actions` holds further actions of the same message, in order.
    `obstacle` is what they say stands in the way, in their words. `if_then` is an if-then plan, in their words.
    `tentative` goes with a VAGUE action that could be grasped, where only the promise is missing
    ("I should call Anna"). `thin` is set when the message carries too little to build on (a word or two). `concern`
    goes with a CONCERN, `topic` with a QUESTION.
    """

    intent: Intent
    action: str | None = None
    other_actions: tuple[str, ...] = ()
    due: DueTime | None = None
    obstacle: str | None = None
    if_then: str | None = None
    help_wanted: bool = False
    thin: bool = False
    tentative: bool = False
    concern: Concern | None = None
    topic: Topic | None = None
