"""Who will not be reached on the next day, and why; and how long a large morning takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.calendar import instant, is_working_day, local_date
from bot.domain.mornings import check_in_time, day_of
from bot.domain.pace import minutes_for
from bot.domain.people import Person, Team, away_on, hours_of
from bot.ports.storage import AlarmKind, Store
from bot.services.summary import subject


@dataclass(frozen=True)
class Unreached:
    """Somebody who gets nothing tomorrow, their tomorrow."""

    name: str
    slack_id: str
    team: str
    why: str


def unreached(store: Store, at: datetime) -> Sequence[Unreached]:
    """Everybody enrolled whom tomorrow's check-in or summary will not reach."""
    found: list[Unreached] = []
    for team in store.people.teams():
        reps, managers = store.people.reps(team.id), store.people.managers(team.id)
        whys = [(p, _rep(store, team, p, at)) for p in reps] + [(p, _manager(store, team, p, at)) for p in managers]
        found += [Unreached(person.name, person.slack_id, team.name, why) for person, why in whys if why]
        if refusal := store.standings.last_refusal(team.workspace, team.channel):
            found.append(Unreached("the wins channel", team.channel, team.name, f"Slack refused: {refusal}"))
    return found


def _rep(store: Store, team: Team, rep: Person, at: datetime) -> str | None:
    if why := _anybody(store, team, rep, at):
        return why
    alarm = store.alarms.get(AlarmKind.CHECKIN, rep.id)
    tomorrow = local_date(at, rep.tz) + timedelta(days=1)
    asked_by_then = alarm is not None and day_of(alarm.at, rep, team) <= tomorrow
    return None if asked_by_then else "no check-in is set; apply the team again"


def _manager(store: Store, team: Team, manager: Person, at: datetime) -> str | None:
    if why := _anybody(store, team, manager, at):
        return why
    alarm = store.alarms.get(AlarmKind.SUMMARY, subject(team.id, manager.id))
    return None if alarm else "no summary is set; apply the team again"


def _anybody(store: Store, team: Team, person: Person, at: datetime) -> str | None:
    if person.left_at is not None:
        return f"left the workspace on {local_date(person.left_at, person.tz):%d %b %Y}"
    if person.stopped_at is not None:
        return f"asked for no messages on {local_date(person.stopped_at, person.tz):%d %b %Y}"
    if refusal := store.standings.last_refusal(person.workspace, person.slack_id):
        return f"Slack refused the last message: {refusal}"
    tomorrow = local_date(at, person.tz) + timedelta(days=1)
    if away := away_on(person, team, tomorrow):
        return away.holiday or f"away until {away.until:%d %b %Y}"
    return None if is_working_day(tomorrow, hours_of(person, team)) else f"{tomorrow:%A} is no working day"


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
