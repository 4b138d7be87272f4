"""The state machine of a morning: open, explore, act, sharpen, confirm.

`advance` takes a check-in, what the rep was understood to say, and the moment; it returns the check-in as it
is afterwards, the one line to say next and what else must happen. It decides everything; a language model
never does. The diagram stands in docs/funnel.md and a test holds the two together.

The promises, for any sequence of readings: at most `MOST_POSTS` messages are posted, later lines replace the
last one; two narrowing questions and two sharpening ones at the most; an ended check-in does not change; and
only an explicit yes to a shown action and a shown future time makes a commitment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.effects import Effect, KeepQuiet, MakeCommitment, MoveCommitment, Outcome, RecordOutcome, StopMessages
from bot.domain.reading import Asked, Intent, Reading

MOST_POSTS = 5
MOST_PROBES = 2
MOST_TRIES = 2
MOST_CHOICES = 5


class Stage(StrEnum):
    """How far the funnel has narrowed; the last three are ends."""

    OPENED = "opened"
    EXPLORING = "exploring"
    ACTING = "acting"
    SHARPENING = "sharpening"
    CONFIRMING = "confirming"
    COMMITTED = "committed"
    SKIPPED = "skipped"
    EXPIRED = "expired"


ENDS = frozenset({Stage.COMMITTED, Stage.SKIPPED, Stage.EXPIRED})


class Say(StrEnum):
    """The line that comes next; the words for it are chosen elsewhere."""

    ASK_OUTCOME = "ask_outcome"
    OPEN = "open"
    OBSTACLE = "obstacle"
    DIFFERENCE = "difference"
    ACT = "act"
    CHOOSE = "choose"
    SHARPEN_ACTION = "sharpen_action"
    SHARPEN_TIME = "sharpen_time"
    IF_THEN = "if_then"
    CONFIRM = "confirm"
    COMMITTED = "committed"
    MOVED = "moved"
    LEFT = "left"  # no action was found; left for today without blame
    SKIPPED = "skipped"  # the rep said not today
    STOPPED = "stopped"  # the rep wants no more messages
    CARE = "care"  # something that is not for coaching was said
    NOTHING = "nothing"


class Preface(StrEnum):
    """A short sentence before the line, answering what the rep said beside it."""

    NONE = "none"
    ANSWER = "answer"  # they asked us something
    HELP = "help"  # they would like a hand; a button offers to tell the manager
    NOTED = "noted"  # an earlier commitment got its outcome
    MOVED = "moved"  # an earlier commitment got a new time
    FIRST_OF_MANY = "first_of_many"  # several actions came at once; the first was taken
    TIME_PASSED = "time_passed"  # the time in the draft has gone by
    TAP = "tap"  # the words were neither a yes nor a change
    LATER = "later"  # they asked to be asked again


@dataclass(frozen=True)
class Checkin:
    """One rep's conversation on one local day (`number` counts fresh ones on the same day, from 1)."""

    id: str
    workspace: str
    person_id: str
    team_id: str
    local_date: date
    number: int
    opened_at: datetime
    expires_at: datetime
    stage: Stage = Stage.OPENED
    asked: Asked = Asked.OPEN
    reviewing: str | None = None  # the earlier commitment whose outcome was asked for
    posts: int = 1
    probes: int = 0
    tries: int = 0
    action: str | None = None
    others: tuple[str, ...] = ()  # further actions the rep named; while asked to choose, all of them
    due_at: datetime | None = None
    if_then: str | None = None
    planned: bool = False  # the if-then plan was asked for
    explained: bool = False  # a question of the rep's was answered
    obstacle: str | None = None
    help_wanted: bool = False
    help_shared: bool = False
    thin: bool = False
    answered_at: datetime | None = None
    last_key: str | None = None  # the key of the last message posted in it
    question: str = ""  # the words last asked
    version: int = 0

    @property
    def ended(self) -> bool:
        """Whether nothing can change it any more."""
        return self.stage in ENDS


@dataclass(frozen=True)
class Step:
    """What follows from one reading."""

    checkin: Checkin
    say: Say
    preface: Preface = Preface.NONE
    effects: tuple[Effect, ...] = ()
    post: bool = True  # False: the line takes the place of the last message
    again: bool = False  # the question that stands is asked once more, in the same words


REPORTS = {
    Intent.DONE: Outcome.DONE,
    Intent.PARTLY: Outcome.PARTLY,
    Intent.NOT_DONE: Outcome.DROPPED,
}


def open_checkin(blank: Checkin, reviewing: str | None) -> Step:
    """The first line of the morning: the outcome of an earlier commitment if one is missing, else the question."""
    if reviewing is not None:
        return Step(replace(blank, reviewing=reviewing, asked=Asked.OUTCOME), Say.ASK_OUTCOME)
    return Step(replace(blank, asked=Asked.OPEN), Say.OPEN)


def expire(checkin: Checkin) -> Checkin:
    """The day is over: an unfinished check-in ends without blame."""
    return checkin if checkin.ended else replace(checkin, stage=Stage.EXPIRED, asked=Asked.NOTHING)


def skip(checkin: Checkin, at: datetime) -> Step:
    """The rep tapped or typed "not today"."""
    if checkin.ended:
        return Step(checkin, Say.NOTHING, post=False)
    return _end(_heard(checkin, None, at), Stage.SKIPPED, Say.SKIPPED)


def change(checkin: Checkin, action: str, due_at: datetime, if_then: str | None, at: datetime) -> Step:
    """The rep rewrote the draft in the "change" form: show it once more for confirmation, in place."""
    if checkin.ended:
        return Step(checkin, Say.NOTHING, post=False)
    draft = replace(checkin, action=action, due_at=due_at, if_then=if_then, answered_at=checkin.answered_at or at)
    return Step(
        replace(draft, stage=Stage.CONFIRMING, asked=Asked.CONFIRM, version=draft.version + 1),
        Say.CONFIRM,
        post=False,
    )


def settle(checkin: Checkin, made: MakeCommitment, at: datetime) -> Step:
    """The rep made a commitment of their own in a form while the question stood: that answers it, in place."""
    if checkin.ended:
        return Step(checkin, Say.NOTHING, post=False)
    draft = replace(checkin, action=made.action, due_at=made.due_at, if_then=made.if_then)
    heard = replace(draft, answered_at=checkin.answered_at or at, version=checkin.version + 1)
    after = replace(heard, stage=Stage.COMMITTED, asked=Asked.NOTHING)
    return Step(after, Say.COMMITTED, effects=(made,), post=False)


def advance(checkin: Checkin, reading: Reading, at: datetime) -> Step:
    """The next step after `reading`, understood at `at`. Total over every stage and intent; ends absorb."""
    if checkin.ended:
        return Step(checkin, Say.NOTHING, post=False)
    now = _heard(checkin, reading, at)
    match reading.intent:
        case Intent.CONCERN:
            forgotten = replace(now, action=None, others=(), due_at=None, if_then=None, obstacle=None)
            return _end(forgotten, Stage.SKIPPED, Say.CARE, KeepQuiet())
        case Intent.STOP:
            return _end(now, Stage.SKIPPED, Say.STOPPED, StopMessages())
        case Intent.REFUSAL if now.asked is not Asked.IF_THEN:  # "no" to a plan is not a no to the day
            return _end(now, Stage.SKIPPED, Say.SKIPPED)
        case Intent.QUESTION if not now.explained:
            return repeat(replace(now, explained=True), Preface.ANSWER)
        case Intent.HELP if not checkin.help_wanted and now.asked in {Asked.OPEN, Asked.EXPLORE}:
            return replace(_narrow(now, reading, at), preface=Preface.HELP)
        case Intent.HELP if not checkin.help_wanted:
            return repeat(now, Preface.HELP)
    if now.asked is Asked.OUTCOME:
        return _after_outcome(now, reading, at)
    if now.asked is Asked.CONFIRM:
        return _after_confirm(now, reading, at)
    if now.asked is Asked.CHOOSE:
        return _after_choice(now, reading, at)
    if now.asked is Asked.IF_THEN:
        return _settle(now, reading, at)
    return _narrow(now, reading, at)


def in_place(step: Step, before: Checkin) -> Step:
    """The same step after a tap: the tapped message turns into the next line, so nothing more is posted."""
    return replace(step, post=False, checkin=replace(step.checkin, posts=before.posts))


def _heard(checkin: Checkin, reading: Reading | None, at: datetime) -> Checkin:
    """The check-in with what the words add, whatever comes next."""
    heard = replace(checkin, answered_at=checkin.answered_at or at, version=checkin.version + 1)
    if reading is None:
        return heard
    promised = reading.intent in {Intent.COMMITMENT, Intent.RESCHEDULE} and checkin.asked is not Asked.IF_THEN
    timed = reading.due if promised or checkin.asked is Asked.SHARPEN_TIME else None
    return replace(
        heard,
        action=(reading.action if promised else None) or heard.action,
        due_at=timed.moment if timed else heard.due_at,
        if_then=reading.if_then or heard.if_then,
        obstacle=reading.obstacle or heard.obstacle,
        help_wanted=heard.help_wanted or reading.help_wanted or reading.intent is Intent.HELP,
        thin=reading.thin,
    )


def _after_outcome(now: Checkin, reading: Reading, at: datetime) -> Step:
    earlier = now.reviewing
    if earlier is None:
        return _narrow(now, reading, at)
    fresh = replace(now, reviewing=None, action=None, due_at=None, if_then=None)
    if outcome := REPORTS.get(reading.intent):
        return _say(fresh, Say.OPEN, Preface.NOTED, RecordOutcome(earlier, outcome))
    if reading.intent is Intent.RESCHEDULE and reading.due and reading.due.moment > at:
        return _say(fresh, Say.OPEN, Preface.MOVED, MoveCommitment(earlier, reading.due.moment))
    if reading.intent is Intent.COMMITMENT and reading.action:
        return _settle(replace(now, reviewing=None), reading, at)
    return _say(fresh, Say.OPEN)


def _after_confirm(now: Checkin, reading: Reading, at: datetime) -> Step:
    if reading.intent is not Intent.AFFIRM:
        changed = reading.action or reading.due or reading.if_then
        return _settle(now, reading, at, Preface.NONE if changed else Preface.TAP)
    if not now.action or not now.due_at or now.due_at <= at:
        return _settle(now, reading, at, Preface.TIME_PASSED)
    made = MakeCommitment(now.action, now.due_at, now.if_then)
    after = replace(now, stage=Stage.COMMITTED, asked=Asked.NOTHING)
    return Step(after, Say.COMMITTED, effects=(made,), post=False)  # the question turns into the commitment


def _after_choice(now: Checkin, reading: Reading, at: datetime) -> Step:
    """Take the action that was picked, a new one that was named instead, or else the one named first; keep the rest.

    A time that came with the list belongs to the action named first, so another one is asked for its own.
    """
    first, *_ = now.others
    picked = reading.action if reading.intent is Intent.COMMITMENT and reading.action else None
    taken = picked or first
    chosen = replace(
        now,
        action=taken,
        others=tuple(action for action in now.others if action != taken),
        due_at=now.due_at if reading.due or taken == first else None,
    )
    return _settle(chosen, reading, at, Preface.NONE if picked else Preface.FIRST_OF_MANY)


def _narrow(now: Checkin, reading: Reading, at: datetime) -> Step:
    """Between the open question and the confirmation: take the action where there is one, else ask on."""
    if now.action and (reading.intent is Intent.COMMITMENT or now.asked is Asked.SHARPEN_TIME):
        return _settle(now, reading, at)
    if now.asked in {Asked.ACT, Asked.SHARPEN_ACTION}:
        if reading.tentative and reading.action:  # what is missing is the promise, and the confirmation asks for that
            due_at = reading.due.moment if reading.due else now.due_at
            return _settle(replace(now, action=reading.action, due_at=due_at), reading, at)
        return _sharpen_action(now)
    if now.due_at or now.probes >= MOST_PROBES or now.posts >= MOST_POSTS - 2:
        return _say(now, Say.ACT)
    if now.probes == 0:
        return _say(now, Say.DIFFERENCE if now.obstacle else Say.OBSTACLE)
    telling = reading.obstacle and not reading.thin and reading.intent is not Intent.VAGUE
    return _say(now, Say.DIFFERENCE if telling else Say.ACT)


def _settle(now: Checkin, reading: Reading, at: datetime, preface: Preface = Preface.NONE) -> Step:
    """There is (or should be) an action: see that it has a time to come, then ask for the yes."""
    if not now.action:
        return _sharpen_action(now)
    if reading.other_actions and now.asked is not Asked.CHOOSE:
        named = tuple(dict.fromkeys((now.action, *reading.other_actions)))[:MOST_CHOICES]
        if now.posts < MOST_POSTS - 1 and preface is Preface.NONE:
            return _say(replace(now, others=named), Say.CHOOSE)
        now, preface = replace(now, others=named[1:]), Preface.FIRST_OF_MANY
    if now.due_at and now.due_at > at:
        explored = now.obstacle and now.probes and now.asked is not Asked.CONFIRM
        if explored and not (now.if_then or now.planned) and now.posts < MOST_POSTS - 1:
            return _say(replace(now, planned=True), Say.IF_THEN, preface)
        return _say(now, Say.CONFIRM, preface)
    preface = Preface.TIME_PASSED if now.due_at else preface
    now = replace(now, due_at=None)
    if now.tries < MOST_TRIES:
        return _say(replace(now, tries=now.tries + 1), Say.SHARPEN_TIME, preface)
    return _end(now, Stage.SKIPPED, Say.LEFT)


def _sharpen_action(now: Checkin) -> Step:
    """Ask what exactly, the second time only while a message is left to end on; else leave it for today."""
    kept_back = 1 if now.tries else 0
    if now.tries < MOST_TRIES and now.posts < MOST_POSTS - kept_back:
        return _say(replace(now, tries=now.tries + 1), Say.SHARPEN_ACTION)
    return _end(now, Stage.SKIPPED, Say.LEFT)


_STAGE_OF = {
    Say.ASK_OUTCOME: (Stage.OPENED, Asked.OUTCOME),
    Say.OPEN: (Stage.OPENED, Asked.OPEN),
    Say.OBSTACLE: (Stage.EXPLORING, Asked.EXPLORE),
    Say.DIFFERENCE: (Stage.EXPLORING, Asked.EXPLORE),
    Say.ACT: (Stage.ACTING, Asked.ACT),
    Say.CHOOSE: (Stage.SHARPENING, Asked.CHOOSE),
    Say.SHARPEN_ACTION: (Stage.SHARPENING, Asked.SHARPEN_ACTION),
    Say.SHARPEN_TIME: (Stage.SHARPENING, Asked.SHARPEN_TIME),
    Say.IF_THEN: (Stage.SHARPENING, Asked.IF_THEN),
    Say.CONFIRM: (Stage.CONFIRMING, Asked.CONFIRM),
}


_LINE_OF = {
    Asked.OUTCOME: Say.ASK_OUTCOME,
    Asked.OPEN: Say.OPEN,
    Asked.EXPLORE: Say.OBSTACLE,
    Asked.ACT: Say.ACT,
    Asked.CHOOSE: Say.CHOOSE,
    Asked.SHARPEN_ACTION: Say.SHARPEN_ACTION,
    Asked.SHARPEN_TIME: Say.SHARPEN_TIME,
    Asked.IF_THEN: Say.IF_THEN,
    Asked.CONFIRM: Say.CONFIRM,
}


def repeat(now: Checkin, preface: Preface = Preface.NONE) -> Step:
    """The question that stands, once more: the conversation stays where it is."""
    post = now.posts < MOST_POSTS
    after = replace(now, posts=now.posts + post)
    return Step(after, _LINE_OF.get(now.asked, Say.NOTHING), preface, post=post, again=True)


def _say(now: Checkin, say: Say, preface: Preface = Preface.NONE, *effects: Effect) -> Step:
    stage, asked = _STAGE_OF[say]
    probes = now.probes + (say in {Say.OBSTACLE, Say.DIFFERENCE})
    post = now.posts < MOST_POSTS
    after = replace(now, stage=stage, asked=asked, probes=probes, posts=now.posts + post)
    return Step(after, say, preface, effects, post)


def _end(now: Checkin, stage: Stage, say: Say, *effects: Effect) -> Step:
    post = now.posts < MOST_POSTS
    after = replace(now, stage=stage, asked=Asked.NOTHING, posts=now.posts + post)
    return Step(after, say, Preface.NONE, effects, post)
