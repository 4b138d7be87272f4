"""Who will not be reached on the next day, and why; and how long a large morning takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.calendar import instant, is_working_day, local_date
from bot.domain.mornings import check_in_time, day_of
from bot.domain.pace import minutes_for
from bot.domain.people import Person, Team, away_on, hours_of
from bot.ports.storage import AlarmKind, Store
from bot.services.summary import subject

REMEMBERED = timedelta(days=30)
"""How long a message that Slack refused speaks against the next one."""


@dataclass(frozen=True)
class Unreached:
    """Somebody who gets nothing tomorrow, their tomorrow. `free`: it is no working day of theirs, and all is well."""

    name: str
    slack_id: str
    team: str
    why: str
    free: bool = False


def unreached(store: Store, at: datetime, workspace: str | None = None) -> Sequence[Unreached]:
    """Everybody enrolled whom tomorrow's check-in or summary will not reach; of one workspace where it is named."""
    found: list[Unreached] = []
    refused: dict[str, Mapping[str, str]] = {}
    for team in store.people.teams(workspace):
        if team.workspace not in refused:
            refused[team.workspace] = store.standings.refusals(team.workspace, at - REMEMBERED)
        found += _in_team(store, team, store.people.reps(team.id), refused[team.workspace], at)
    return found


def unreached_in(store: Store, team: Team, reps: Sequence[Person], at: datetime) -> Sequence[Unreached]:
    """The same for one team, whose reps are these."""
    return _in_team(store, team, reps, store.standings.refusals(team.workspace, at - REMEMBERED), at)


def _in_team(
    store: Store, team: Team, reps: Sequence[Person], refusals: Mapping[str, str], at: datetime
) -> list[Unreached]:
    found = _reps(store, team, reps, refusals, at)
    found += _managers(store, team, store.people.managers(team.id), refusals, at)
    if refusal := refusals.get(team.channel):
        found.append(Unreached("the wins channel", team.channel, team.name, f"Slack refused: {refusal}"))
    return found


def _reps(
    store: Store, team: Team, reps: Sequence[Person], refusals: Mapping[str, str], at: datetime
) -> list[Unreached]:
    alarms = store.alarms.some(AlarmKind.CHECKIN, [rep.id for rep in reps])
    found = []
    for rep in reps:
        alarm, tomorrow = alarms.get(rep.id), local_date(at, rep.tz) + timedelta(days=1)
        asked_by_then = alarm is not None and day_of(alarm.at, rep, team) <= tomorrow
        found.append(
            _anybody(team, rep, refusals, at)
            or (None if asked_by_then else _because(team, rep, "no check-in is set; apply the team again"))
        )
    return [one for one in found if one]


def _managers(
    store: Store, team: Team, managers: Sequence[Person], refusals: Mapping[str, str], at: datetime
) -> list[Unreached]:
    alarms = store.alarms.some(AlarmKind.SUMMARY, [subject(team.id, manager.id) for manager in managers])
    unset = "no summary is set; apply the team again"
    found = [
        _anybody(team, manager, refusals, at)
        or (None if subject(team.id, manager.id) in alarms else _because(team, manager, unset))
        for manager in managers
    ]
    return [one for one in found if one]


def _because(team: Team, person: Person, why: str, *, free: bool = False) -> Unreached:
    return Unreached(person.name, person.slack_id, team.name, why, free)


def _anybody(team: Team, person: Person, refusals: Mapping[str, str], at: datetime) -> Unreached | None:
    if person.left_at is not None:
        return _because(team, person, f"left the workspace on {local_date(person.left_at, person.tz):%d %b %Y}")
    if person.stopped_at is not None:
        asked = f"asked for no messages on {local_date(person.stopped_at, person.tz):%d %b %Y}"
        return _because(team, person, asked)
    if (refusal := refusals.get(person.slack_id)) is not None:
        return _because(team, person, f"Slack refused the last message: {refusal}")
    tomorrow = local_date(at, person.tz) + timedelta(days=1)
    if away := away_on(person, team, tomorrow):
        return _because(team, person, away.holiday or f"away, back {away.back:%a} {away.back.day} {away.back:%b}")
    if is_working_day(tomorrow, hours_of(person, team)):
        return None
    return _because(team, person, f"{tomorrow:%A} is no working day", free=True)


@dataclass(frozen=True)
class LargeMorning:
    """A moment at which so many check-ins are due in a workspace that they take minutes."""

    reps: int
    start: time
    zone: str
    minutes: int

    def __str__(self) -> str:
        last = (datetime.combine(datetime.min, self.start) + timedelta(minutes=self.minutes)).time()  # noqa: DTZ901
        return f"{self.reps} reps: {self.start:%H:%M}\N{EN DASH}{last:%H:%M} ({self.zone})"


def large_mornings(store: Store, at: datetime) -> Sequence[LargeMorning]:
    """The mornings that take longer than a minute at the pace at which Slack takes messages, the longest first."""
    due: Counter[tuple[str, datetime]] = Counter()
    clock: dict[tuple[str, datetime], tuple[time, str]] = {}
    for team in store.people.teams():
        for rep in store.people.reps(team.id):
            if rep.stopped_at is None:
                day = local_date(at, rep.tz)
                asked = check_in_time(rep, team)
                moment = instant(day, asked, rep.tz)
                due[(team.workspace, moment)] += 1
                clock.setdefault((team.workspace, moment), (asked, rep.zone))
    found = [LargeMorning(count, *clock[key], minutes) for key, count in due.items() if (minutes := minutes_for(count))]
    return sorted(found, key=lambda one: -one.minutes)
