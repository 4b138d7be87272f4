"""The second look: what was written some time ago is decided again at the moment it is sent.

A message may wait: a large morning, a limit of Slack's, an hour without a network. By then the rep may have left the
day out, a commitment may have its outcome, a nudge may no longer be needed, a summary may have changed. Runs in the
transaction that takes the message, so that nothing comes in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import is_quiet
from bot.ports.messages import Delivery, Op
from bot.ports.storage import Store
from bot.services.nudge import Nudges
from bot.services.summary import Summaries

KINDS = frozenset({"checkin", "check", "nudge", "summary"})
LEFT_OUT = "the day was left out meanwhile"
STOPPED = "no more messages are wanted"
NO_LONGER = "they are on no team any more"
AWAY = "they are away on that day"
KNOWN = "how it went is known meanwhile"


@dataclass(frozen=True)
class SecondLook:
    """Looks at a message that is about to go for the first time."""

    summaries: Summaries
    nudges: Nudges

    def wants(self, delivery: Delivery) -> bool:
        """Whether this message is one that may have become untrue."""
        return delivery.op is Op.POST and delivery.key.partition(":")[0] in KINDS

    def __call__(self, store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
        """The message as it should go now; None when it is skipped, with the reason."""
        kind, *rest = delivery.key.split(":")
        reason: str | None = None
        if kind == "summary" and len(rest) == 4:
            return self.summaries.once_more(store, delivery, rest[1], rest[2], at)
        if kind == "nudge" and len(rest) == 4:
            reason = self.nudges.not_needed(store, rest[1], date.fromisoformat(rest[2]), int(rest[3]), at)
        elif kind == "checkin" and len(rest) >= 3:
            number = int(rest[3]) if len(rest) > 3 else 1
            reason = _opening(store, rest[1], date.fromisoformat(rest[2]), number, at)
        elif kind == "check" and len(rest) == 2:
            reason = _check(store, rest[0], int(rest[1]), at)
        if reason is None:
            return delivery
        store.outbox.skip(delivery, reason, at)
        return None


def _opening(store: Store, person_id: str, day: date, number: int, at: datetime) -> str | None:
    person = store.people.get(person_id)
    if person.stopped_at is not None or person.left_at is not None or is_quiet(person, at):
        return STOPPED
    if person.rep_of is None:
        return NO_LONGER
    if any(day in absence for absence in person.preferences.absences) and number == 1:
        return AWAY
    mine = [c for c in store.checkins.on(person_id, day) if c.number == number]
    return LEFT_OUT if mine and mine[0].ended else None


def _check(store: Store, commitment_id: str, moves: int, at: datetime) -> str | None:
    commitment = store.commitments.get(commitment_id)
    if commitment is None or commitment.outcome is not None or commitment.moves != moves:
        return KNOWN
    person = store.people.get(commitment.person_id)
    gone = person.stopped_at is not None or person.left_at is not None
    return STOPPED if gone or is_quiet(person, at) else None
