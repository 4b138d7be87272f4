"""A check-in put off by the rep: asked later than planned, or brought back while it stands open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.access import Action
from bot.domain.calendar import is_working_time, local_date
from bot.domain.checkin import Checkin, Preface, repeat
from bot.domain.commitment import TimeTrouble
from bot.domain.mornings import LATER, closes_at, day_of, day_to_ask
from bot.domain.people import Person, Team, hours_of, may_hear_from_us, works_on
from bot.ports.messages import Lane, Message
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services import access
from bot.services.checkin import Checkins, open_now
from bot.services.commitment import read_time
from bot.services.sending import Sending, seen_by
from bot.services.summary import ask_for_summaries
from bot.services.taps import Taps

_WAIT = re.compile(
    r"(?:in\s+|for\s+)?(?:(?P<hours>\d{1,2})\s*(?:h|hrs?|hours?)\s*)?(?:(?P<minutes>\d{1,3})\s*(?:m|mins?|minutes?)?)?[.!]?",
    re.IGNORECASE,
)
"""A number on its own is minutes, so that "20" is not eight in the evening; "8h" is a wait and no clock time here."""


class PutOff(StrEnum):
    """What came of putting it off."""

    OPEN = "open"  # the question that stands comes back then
    PLANNED = "planned"  # today's question comes then
    AFRESH = "afresh"  # today's is over or left out, so a new one comes then
    UNREADABLE = "unreadable"
    PAST = "past"
    OUTSIDE = "outside"  # outside their working hours
    ANOTHER_DAY = "another_day"
    DAY_OFF = "day_off"


@dataclass(frozen=True)
class Later:
    """Inside the caller's transaction. Nothing is asked outside the rep's working hours, nor on another day."""

    sending: Sending
    checkins: Checkins
    taps: Taps
    command: str

    def by_words(self, store: Store, person: Person, team: Team, typed: str, at: datetime) -> Message:
        """Put it off to the time that was typed, or for half an hour when none was; the words to answer with."""
        planned = store.alarms.get(AlarmKind.CHECKIN, person.id)
        moment = self._read(typed, person, team, at)
        how = self._put_off(store, person, team, moment, at) if isinstance(moment, datetime) else PutOff(moment.value)
        values = {
            "how": how.value,
            "moment": moment if isinstance(moment, datetime) else None,
            "instead": planned.at if planned and how is PutOff.PLANNED else None,
            "hours": team.times.hours,
            "command": self.command,
        } | seen_by(person, at)
        return Message("commands/later", values)

    def _read(self, typed: str, person: Person, team: Team, at: datetime) -> datetime | TimeTrouble:
        words = typed.strip()
        if not words:
            return at + LATER
        if wait := _WAIT.fullmatch(words):
            span = timedelta(hours=int(wait["hours"] or 0), minutes=int(wait["minutes"] or 0))
            return at + span if span else TimeTrouble.PAST
        return read_time(words, person, team, at)

    def by_button(self, store: Store, person: Person, mark: str, target: str | None, at: datetime) -> bool:
        """A tap on "in 30 minutes" under a question; the message says when it comes back. False when it is not theirs.

        A tap on an old question shows what is true, as every tap does.
        """
        checkin_id, _, version = mark.partition("|")
        checkin = store.checkins.find(checkin_id)
        if checkin is None or not access.may(access.actor(store, person, at), Action.CHECK_IN, person):
            return False
        if checkin.person_id != person.id:
            return False
        current = open_now(store, person, at)
        if current is None or current.id != checkin.id or str(current.version) != version:
            self.taps.show_truth(store, person, checkin, target, at)
            return True
        team = store.people.team(checkin.team_id)
        silent = person.stopped_at is not None
        how = PutOff.OUTSIDE if silent else self._put_off(store, person, team, at + LATER, at)
        values = {
            "question": current.question,
            "moment": at + LATER if how is PutOff.OPEN else None,
        } | seen_by(person, at)
        self.sending.replace(
            store,
            Message("checkin/put_off", values),
            target=target or current.last_key or current.id,
            workspace=person.workspace,
            channel=person.slack_id,
            lane=Lane.REPLY,
            at=at,
        )
        return True

    def _put_off(self, store: Store, person: Person, team: Team, moment: datetime, at: datetime) -> PutOff:
        """Set what wakes it, if that is a moment at which they may be asked."""
        if trouble := _trouble(person, team, moment, at):
            return trouble
        person = self.checkins.hear_again(store, person)
        current = open_now(store, person, at)
        if current is not None:
            if moment >= current.expires_at:
                return PutOff.OUTSIDE
            store.alarms.set(Alarm(AlarmKind.LATER, person.id, moment))
            return PutOff.OPEN
        store.alarms.set(Alarm(AlarmKind.LATER, person.id, moment))
        planned, today = store.alarms.get(AlarmKind.CHECKIN, person.id), local_date(at, person.tz)
        if planned is None or local_date(planned.at, person.tz) != today:
            return PutOff.AFRESH
        day = day_of(planned.at, person, team)
        if store.checkins.on(person.id, day) or (day != today and moment < planned.at):
            return PutOff.AFRESH
        if moment > planned.at:  # the morning is not to come before
            store.alarms.set(Alarm(AlarmKind.CHECKIN, person.id, moment))
        ask_for_summaries(store, team, at)
        return PutOff.PLANNED

    def ring(self, store: Store, person_id: str, at: datetime) -> None:
        """The time has come: bring back the question that stands, or ask a new one.

        Whoever has left, stopped, or is not at work gets nothing.
        """
        person = store.people.find(person_id)
        team = store.people.find_team(person.rep_of or "") if person else None
        if person is None or team is None or not may_hear_from_us(person, team, at):
            return
        current = open_now(store, person, at)
        if current is None:
            day = day_to_ask(person, team, at)
            asked = day is None or bool(store.checkins.on(person.id, day))
            self.checkins.open(store, person, team, at, day=None if asked else day)
            return
        self._bring_back(store, current, person, team, at)

    def _bring_back(self, store: Store, current: Checkin, person: Person, team: Team, at: datetime) -> None:
        """The line that stands, once more and as a message of its own; the rep asked for it, so it is always posted."""
        step = repeat(replace(current, version=current.version + 1), Preface.LATER)
        key = f"later:{current.id}:{step.checkin.version}"
        self.checkins.carry_out(store, current, replace(step, post=True), person, team, at, key=key)


def _trouble(person: Person, team: Team, moment: datetime, at: datetime) -> PutOff | None:
    today = local_date(at, person.tz)
    if not works_on(person, team, today):
        return PutOff.DAY_OFF
    if local_date(moment, person.tz) != today:
        return PutOff.ANOTHER_DAY
    inside = is_working_time(moment, person.tz, hours_of(person, team)) and moment < closes_at(person, team, today)
    return None if inside else PutOff.OUTSIDE
