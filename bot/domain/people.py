"""Who takes part: workspaces know persons, persons are reps of one team or managers of some."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours, is_working_time, local_date
from bot.domain.question_bank import Kind, Moment, Question, Situation

NOON = time(12, 0)
"""No nudge is sent at or after this local time; a team may only set an earlier one."""


@dataclass(frozen=True)
class Times:
    """When things happen, in local clock time. Reps are asked in their own zone, managers told in theirs."""

    check_in: time = time(8, 45)
    summary: time = time(9, 30)
    nudge: time = time(11, 15)
    nudge_until: time = NOON
    wins: time = time(15, 0)
    wins_day: int = 4  # Monday is 0
    check_after: timedelta = timedelta(minutes=5)
    hours: WorkingHours = field(default_factory=WorkingHours)


@dataclass(frozen=True)
class Behaviour:
    """Something a rep controls today, in the team's words: a verb phrase such as "set first meetings"."""

    id: str
    words: str
    kind: Kind = Kind.ANY


@dataclass(frozen=True)
class Team:
    """A group of reps with its times, its zone (for the wins) and its channel."""

    id: str
    workspace: str
    name: str
    zone: str
    channel: str
    times: Times = field(default_factory=Times)
    behaviours: tuple[Behaviour, ...] = ()
    questions: tuple[Question, ...] = ()  # the team's own openings, asked among those of the bank
    care: tuple[str, ...] = ()  # whom to turn to with what is not for coaching, and how to reach them

    @property
    def tz(self) -> ZoneInfo:
        """The team's own zone."""
        return ZoneInfo(self.zone)

    def behaviour(self, behaviour_id: str | None) -> Behaviour | None:
        """The behaviour with that id, if the team has it."""
        return next((b for b in self.behaviours if b.id == behaviour_id), None)


def team_question(text: str, kind: Kind = Kind.ANY) -> Question:
    """A team's own opening question; the same words have the same id, so that nobody is asked it again too soon."""
    words = " ".join(text.split())
    identifier = f"team-{sha256(words.casefold().encode()).hexdigest()[:10]}"
    return Question(identifier, words, Moment.OPENING, frozenset({Situation.ANY}), frozenset({kind}))


@dataclass(frozen=True)
class Person:
    """Someone enrolled. `rep_of` is the team they are coached in, None for someone who only manages."""

    id: str
    workspace: str
    slack_id: str
    name: str
    zone: str
    rep_of: str | None = None
    focus: str | None = None  # id of a behaviour of the team
    introduced_at: datetime | None = None  # when purpose and ground rules were first told
    stopped_at: datetime | None = None  # when they asked for no more messages
    quiet_on: date | None = None  # the local day for whose rest we leave them alone

    @property
    def tz(self) -> ZoneInfo:
        """The zone they live in."""
        return ZoneInfo(self.zone)

    @property
    def first_name(self) -> str:
        """How we address them."""
        return self.name.split()[0] if self.name.split() else self.name


def may_hear_from_us(person: Person, times: Times, at: datetime) -> bool:
    """Whether a message we start may reach them now: not stopped, not left alone, within working hours."""
    return person.stopped_at is None and not is_quiet(person, at) and is_working_time(at, person.tz, times.hours)


def is_quiet(person: Person, at: datetime) -> bool:
    """Whether they are left alone for the rest of this local day."""
    return person.quiet_on == local_date(at, person.tz)
