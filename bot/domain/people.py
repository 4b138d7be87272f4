"""Who takes part: workspaces know persons, persons are reps of one team or managers of some."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours, is_working_day, is_working_time, local_date, next_working_day
from bot.domain.preferences import NO_PREFERENCES, Away, Preferences, PublicHolidays
from bot.domain.question_bank import Kind, Moment, Question, Situation

NOON = time(12, 0)
"""No nudge is sent at or after this local time; a team may only set an earlier one."""


@dataclass(frozen=True)
class Times:
    """When things happen, in local clock time. Reps are asked in their own zone, managers told in theirs."""

    check_in: time = time(8, 45)
    check_in_until: time = time(11, 0)  # the latest time that a rep may choose for themselves
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
    holidays: PublicHolidays | None = None
    channel_trouble: str | None = None  # why the channel cannot be posted to, as was last known

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
    left_at: datetime | None = None  # when they were found to have left the workspace
    guest: bool = False  # of the workspace: they may be a rep, and nothing else
    preferences: Preferences = NO_PREFERENCES

    @property
    def tz(self) -> ZoneInfo:
        """The zone they live in."""
        return ZoneInfo(self.zone)

    @property
    def first_name(self) -> str:
        """How we address them."""
        return self.name.split()[0] if self.name.split() else self.name


def hours_of(person: Person, team: Team) -> WorkingHours:
    """When this person works: the team's hours on their own days, without public holidays and absences."""
    own = person.preferences
    hours = team.times.hours
    holidays = own.holidays or team.holidays
    off = hours.off.union(holidays.dates if holidays else (), *(absence.days for absence in own.absences))
    return replace(hours, days=own.days or hours.days, off=off)


def team_hours(team: Team) -> WorkingHours:
    """When the team as a whole works: its hours without its public holidays."""
    return replace(team.times.hours, off=team.times.hours.off | (team.holidays.dates if team.holidays else frozenset()))


def away_on(person: Person, team: Team, day: date) -> Away | None:
    """Why somebody who works on that weekday is not there on that day, and when they are back; None when they are."""
    own = person.preferences
    holidays = own.holidays or team.holidays
    holiday = holidays.name(day) if holidays else None
    absence = next((a for a in own.absences if day in a), None)
    if holiday is None and absence is None:
        return None
    back = next_working_day(day, hours_of(person, team))
    return Away(back - timedelta(days=1), absence.kind if absence else None, None if absence else holiday)


def may_hear_from_us(person: Person, team: Team, at: datetime) -> bool:
    """Whether a message we start may reach them now: there, not stopped, not left alone, within working hours."""
    wanted = person.stopped_at is None and person.left_at is None and not is_quiet(person, at)
    return wanted and is_at_work(person, team, at)


def is_at_work(person: Person, team: Team, at: datetime) -> bool:
    """Whether it is within their working hours: in their zone, and in the one in which they seem to be by now."""
    hours = hours_of(person, team)
    return all(is_working_time(at, zone, hours) for zone in living_in(person))


def living_in(person: Person) -> tuple[ZoneInfo, ...]:
    """Their zone, and the one in which they seem to be by now, where it is another."""
    move = person.preferences.moving
    return (person.tz, ZoneInfo(move.zone)) if move else (person.tz,)


def is_absent(person: Person, day: date) -> bool:
    """Whether an absence of theirs covers that day."""
    return any(day in absence for absence in person.preferences.absences)


def works_on(person: Person, team: Team, day: date) -> bool:
    """Whether that day is a working day of theirs."""
    return is_working_day(day, hours_of(person, team))


def is_quiet(person: Person, at: datetime) -> bool:
    """Whether they are left alone for the rest of this local day."""
    return person.quiet_on == local_date(at, person.tz)
