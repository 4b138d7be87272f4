"""What a person settles for themselves, and what follows from it: their next question, their zone, what is shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.access import Action
from bot.domain.calendar import instant, local_date
from bot.domain.mornings import Morning, day_to_ask, starts_of_day
from bot.domain.people import Person, Team, is_at_work
from bot.domain.preferences import Move, Preferences
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services import access
from bot.services.access import Actor
from bot.services.checkin import set_check
from bot.services.nudge import next_look
from bot.services.summary import ask_for_summaries, subject
from bot.services.waking import is_to_come, set_morning

SHARED_BACK = 60
"""Commitments of a person among which wins that were shared are looked for: more than a week has."""


@dataclass(frozen=True)
class Settling:
    """Keeps what people settle, inside the caller's transaction."""

    def settle(self, store: Store, who: Actor, person: Person, wanted: Preferences, at: datetime) -> Morning | None:
        """Keep what they chose for themselves; their next question, None where there is none. What only others change
        (absences, moves, a suggestion) is kept as it stands. Refused, it changes nothing.
        """
        if not access.may(who, Action.SETTLE, person):
            return None
        person = store.people.get(person.id)
        was = person.preferences
        own = replace(
            wanted,
            absences=was.absences,
            moving=was.moving,
            suggested=was.suggested,
            suggestion=was.suggestion,
        )
        pending = is_to_come(store, person, at)
        settled = replace(person, preferences=own)
        store.people.save(settled)
        if was.wins and not own.wins:
            withdraw_wins(store, settled)
        if was.stand_in != own.stand_in:
            look_again(store, settled, at)
        return renew(store, settled, at, late=pending)

    def listen(self, store: Store, who: Actor, person: Person, at: datetime, *, wanted: bool) -> None:
        """They want messages, or none any more. Refused, it changes nothing."""
        if not access.may(who, Action.STOP, person):
            return
        person = store.people.get(person.id)
        if wanted == (person.stopped_at is None):
            return
        person = replace(person, stopped_at=None if wanted else at)
        store.people.save(person)
        renew(store, person, at)
        look_again(store, person, at)

    def moved(self, store: Store, person: Person, zone: str, at: datetime) -> None:
        """They seem to be in another zone. It counts from the first midnight there or here, so that the day they are in
        stays as it is; at once, where something would reach them until then in the night or twice in a day.
        """
        person = store.people.get(person.id)
        if not _is_zone(zone) or (person.preferences.moving is None and zone == person.zone):
            return
        if zone == person.zone:
            store.people.save(replace(person, preferences=replace(person.preferences, moving=None)))
            store.alarms.clear(AlarmKind.MOVE, person.id)
            return
        there = ZoneInfo(zone)
        midnight = starts_of_day(at, person.tz, there)
        move = Move(zone, local_date(midnight, there))
        store.people.save(replace(person, preferences=replace(person.preferences, moving=move)))
        moment = midnight if _fits(store, person, replace(person, zone=zone), at, midnight) else at
        store.alarms.set(Alarm(AlarmKind.MOVE, person.id, moment))

    def arrive(self, store: Store, person_id: str, at: datetime) -> None:
        """Their new zone counts from now on. A question of today that they would miss by it is asked at once, where
        there are hours enough left.
        """
        person = store.people.find(person_id)
        move = person.preferences.moving if person else None
        if person is None or move is None or person.left_at is not None:
            return
        person = replace(person, zone=move.zone, preferences=replace(person.preferences, moving=None))
        store.people.save(person)
        renew(store, person, at, late=True)
        look_again(store, person, at)


def renew(store: Store, person: Person, at: datetime, *, late: bool = False) -> Morning | None:
    """Set everything of theirs that depends on when they work: their next question, the checks of what they promised.

    Their next question, None where there is none. Its time changes summaries, which are looked at again.
    """
    morning = set_morning(store, person, at, late=late)
    team = store.people.find_team(person.rep_of or "")
    if team is None:
        return None
    for commitment in store.commitments.open_of(person.id):
        if commitment.due_at > at:
            set_check(store, commitment, person, team)
    ask_for_summaries(store, team, at)
    return morning if person.stopped_at is None else None


def look_again(store: Store, manager: Person, at: datetime) -> None:
    """Who reads a manager's messages, or where, may have changed: their summaries and nudges are looked at again."""
    teams = store.people.managed_by(manager.id)
    for team in teams:
        store.alarms.set(Alarm(AlarmKind.SUMMARY, subject(team.id, manager.id), at))
    if teams:
        store.alarms.set(Alarm(AlarmKind.NUDGE, manager.id, next_look(store, teams[0], manager, at)))


def withdraw_wins(store: Store, person: Person) -> None:
    """What they had agreed to have told, and was not yet, is not told."""
    for commitment in store.commitments.of(person.id, SHARED_BACK):
        if commitment.shared:
            store.commitments.save(
                replace(commitment, shared=False, version=commitment.version + 1), commitment.version
            )


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _fits(store: Store, person: Person, there: Person, at: datetime, until: datetime) -> bool:
    """Whether what reaches them until then by their old zone is right in the new one, too."""
    team = store.people.find_team(person.rep_of or "")
    morning = store.alarms.get(AlarmKind.CHECKIN, person.id)
    if team is not None:
        if morning is not None and morning.at < until:
            return day_to_ask(there, team, morning.at) == day_to_ask(person, team, morning.at)
        today = local_date(at, there.tz)
        if not store.checkins.on(person.id, today) and day_to_ask(there, team, at) == today:
            return False
    return all(_fits_manager(store, person, there, led, until) for led in store.people.managed_by(person.id))


def _fits_manager(store: Store, person: Person, there: Person, team: Team, until: datetime) -> bool:
    nudge = store.alarms.get(AlarmKind.NUDGE, person.id)
    summary = store.alarms.get(AlarmKind.SUMMARY, subject(team.id, person.id))
    coming = [alarm.at for alarm in (nudge, summary) if alarm is not None and alarm.at < until]
    if nudge is not None and nudge.at < until:
        day = local_date(nudge.at, there.tz)
        if nudge.at >= instant(day, team.times.nudge_until, there.tz) and is_at_work(person, team, nudge.at):
            return False
    return all(is_at_work(there, team, moment) for moment in coming if is_at_work(person, team, moment))
