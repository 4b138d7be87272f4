"""When somebody is asked next: the alarm of their morning, set anew whenever what it depends on has changed."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.mornings import Asked, Morning, late_day, next_morning
from bot.domain.people import Person
from bot.ports.storage import Alarm, AlarmKind, Store


def asked_on(store: Store, person: Person) -> Asked:
    """Whether they have had a check-in about a day, whoever began it."""

    def asked(day: date) -> bool:
        return bool(store.checkins.on(person.id, day))

    return asked


def set_morning(store: Store, person: Person, at: datetime, *, late: bool = False) -> Morning | None:
    """Set the alarm of their next question, and tell what it is; None for somebody who is not asked.

    `late`: today's question comes at once where its time has passed unasked and enough of the day is left.
    """
    team = store.people.find_team(person.rep_of) if person.rep_of else None
    if team is None or person.left_at is not None:
        store.alarms.clear(AlarmKind.CHECKIN, person.id)
        return None
    asked = asked_on(store, person)
    day = late_day(person, team, at, asked) if late else None
    morning = Morning(at, day) if day else next_morning(person, team, at, asked)
    store.alarms.set(Alarm(AlarmKind.CHECKIN, person.id, morning.at))
    return morning
