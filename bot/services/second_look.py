"""The second look: what was written some time ago is decided again at the moment it is sent.

A message may wait: a large morning, a limit of Slack's, an hour without a network. By then the rep may have left the
day out, a commitment may have its outcome, a nudge may no longer be needed, a summary may have changed. Runs in the
transaction that takes the message, so that nothing comes in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.calendar import local_date
from bot.domain.checkin import Checkin
from bot.domain.people import Person, Team, is_absent, is_at_work, is_quiet, may_hear_from_us
from bot.ports.messages import Delivery, Lane, Op
from bot.ports.storage import Store
from bot.services import drafting, telling
from bot.services.checkin import put_back
from bot.services.nudge import Nudges
from bot.services.summary import Summaries
from bot.services.waking import due_for
from bot.services.wins import WeeklyWins

KINDS = frozenset({"checkin", "check", "nudge", "summary", "later", "offer", "wins", drafting.KIND, telling.KIND})
LEFT_OUT = "the day was left out meanwhile"
STOPPED = "no more messages are wanted"
NO_LONGER = "they are on no team any more"
AWAY = "they are away on that day"
MOVED_ON = "the conversation went on meanwhile"
KNOWN = "how it went is known meanwhile"
TOO_LATE = "its moment has passed, so it is asked anew"
NOT_NOW = "they are not to hear from us now"
NOTED = "the days are noted meanwhile"


@dataclass(frozen=True)
class SecondLook:
    """Looks at a message that is about to go for the first time."""

    summaries: Summaries
    nudges: Nudges
    wins: WeeklyWins

    def wants(self, delivery: Delivery) -> bool:
        """Whether this message is one that may have become untrue."""
        return delivery.op is Op.POST and delivery.key.partition(":")[0] in KINDS

    def __call__(self, store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
        """The message as it should go now; None when it is skipped, with the reason."""
        kind, *rest = delivery.key.split(":")
        reason: str | None = None
        if kind == "summary" and len(rest) == 4:
            return self.summaries.once_more(store, delivery, rest[1], rest[2], at)
        if kind == "wins" and len(rest) == 2:
            return self.wins.once_more(store, delivery, rest[0], at)
        if kind == telling.KIND:
            return telling.look_again(store, delivery, at)
        if kind == drafting.KIND and len(rest) == 3:
            return drafting.look_again(store, delivery, at)
        if kind == "nudge" and len(rest) == 4:
            reason = self.nudges.not_needed(
                store, rest[1], date.fromisoformat(rest[2]), int(rest[3]), delivery.channel, at
            )
        elif kind == "checkin" and len(rest) >= 3:
            number = int(rest[3]) if len(rest) > 3 else 1
            wanted = delivery.lane is Lane.REPLY  # they began it themselves
            reason = _opening(store, rest[1], date.fromisoformat(rest[2]), number, at, wanted=wanted)
        elif kind == "check" and len(rest) == 2:
            reason = _check(store, rest[0], int(rest[1]), at)
        elif kind == "later" and len(rest) == 2:
            reason = _brought_back(store, rest[0], int(rest[1]), at)
        elif kind == "offer" and len(rest) == 3:
            reason = _offered(store, rest[0], date.fromisoformat(rest[1]), at)
        if reason is None:
            return delivery
        store.outbox.skip(delivery, reason, at)
        return None


def _opening(store: Store, person_id: str, day: date, number: int, at: datetime, *, wanted: bool) -> str | None:
    person = store.people.get(person_id)
    if person.stopped_at is not None or person.left_at is not None:
        return STOPPED
    team = store.people.find_team(person.rep_of or "")
    if team is None:
        return NO_LONGER
    mine = next((c for c in store.checkins.on(person_id, day) if c.number == number), None)
    if wanted:
        return LEFT_OUT if mine is not None and mine.ended else None
    if is_absent(person, day):
        return AWAY
    if mine is not None and mine.ended:
        return LEFT_OUT
    reason = _not_now(person, team, day, mine, at)
    if reason is None or mine is None:
        return reason
    if mine.answered_at is not None:
        return MOVED_ON
    if reason == TOO_LATE or day > local_date(at, person.tz):  # left alone today, they are asked tomorrow
        put_back(store, person, team, mine, at)
    return reason


def _not_now(person: Person, team: Team, day: date, mine: Checkin | None, at: datetime) -> str | None:
    """Why a question that we begin does not go at this moment, although it is wanted."""
    if is_quiet(person, at):
        return STOPPED
    eve_is_over = mine is not None and local_date(mine.opened_at, person.tz) < day <= local_date(at, person.tz)
    if eve_is_over:  # it speaks of tomorrow
        return TOO_LATE
    return None if is_at_work(person, team, at) or due_for(person, team, at) == day else TOO_LATE


def _offered(store: Store, person_id: str, first: date, at: datetime) -> str | None:
    person = store.people.find(person_id)
    team = store.people.find_team(person.rep_of or "") if person else None
    if person is None or team is None:
        return NO_LONGER
    if is_absent(person, first):
        return NOTED
    return None if may_hear_from_us(person, team, at) else NOT_NOW


def _brought_back(store: Store, checkin_id: str, version: int, at: datetime) -> str | None:
    checkin = store.checkins.find(checkin_id)
    if checkin is None or checkin.ended or checkin.version != version:
        return MOVED_ON
    person, team = store.people.get(checkin.person_id), store.people.find_team(checkin.team_id)
    if person.rep_of is None or team is None:
        return NO_LONGER
    return None if may_hear_from_us(person, team, at) else STOPPED


def _check(store: Store, commitment_id: str, moves: int, at: datetime) -> str | None:
    commitment = store.commitments.get(commitment_id)
    if commitment is None or commitment.outcome is not None or commitment.moves != moves:
        return KNOWN
    person = store.people.get(commitment.person_id)
    gone = person.stopped_at is not None or person.left_at is not None
    if gone or is_quiet(person, at):
        return STOPPED
    return AWAY if is_absent(person, local_date(at, person.tz)) else None
