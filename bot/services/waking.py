"""When somebody is asked next: the alarm of their morning, set anew whenever what it depends on has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import local_date
from bot.domain.mornings import Asked, Morning, day_of, day_to_ask, late_day, next_morning
from bot.domain.people import Person, Team, living_in
from bot.ports.storage import Alarm, AlarmKind, Store


def asked_on(store: Store, person: Person) -> Asked:
    """Whether they have had a check-in about a day, whoever began it."""

    def asked(day: date) -> bool:
        return bool(store.checkins.on(person.id, day))

    return asked


def set_morning(store: Store, person: Person, at: datetime, *, late: bool = False) -> Morning | None:
    """Set the alarm of their next question, and tell what it is; None for somebody who is not asked.

    `late`: today's question, where its time has passed unasked, comes at the time to which it was put off, or at once
    if enough of the day is left.
    """
    team = store.people.find_team(person.rep_of) if person.rep_of else None
    if team is None or person.left_at is not None:
        store.alarms.clear(AlarmKind.CHECKIN, person.id)
        return None
    asked = asked_on(store, person)
    morning = next_morning(person, team, at, asked)
    if late and (day := late_day(person, team, at, asked)):
        put_off = store.alarms.get(AlarmKind.CHECKIN, person.id)
        still = put_off is not None and put_off.at > at and day_to_ask(person, team, put_off.at) == day
        morning = Morning(put_off.at if put_off and still else at, day)
    store.alarms.set(Alarm(AlarmKind.CHECKIN, person.id, morning.at))
    return morning


def due_for(person: Person, team: Team, at: datetime) -> date | None:
    """The day about which a question is due now, in their zone and in the one in which they seem to be by now; None
    when there is none, or another in the other.
    """
    days = {day_to_ask(replace(person, zone=zone.key), team, at) for zone in living_in(person)}
    return days.pop() if len(days) == 1 else None


def is_to_come(store: Store, person: Person, at: datetime) -> bool:
    """Whether today's question is still to come."""
    team = store.people.find_team(person.rep_of or "")
    alarm = store.alarms.get(AlarmKind.CHECKIN, person.id)
    return team is not None and alarm is not None and day_of(alarm.at, person, team) <= local_date(at, person.tz)
