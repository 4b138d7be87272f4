"""How a commitment went, told by the command: at once where only one can be meant, else asked in the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.commitment import Commitment
from bot.domain.effects import Outcome
from bot.domain.people import Person
from bot.domain.reading import Asked
from bot.ports import NewId
from bot.ports.messages import Button, Message
from bot.ports.storage import Store
from bot.services.checkin import open_now
from bot.services.commitment import Commitments
from bot.services.sending import Sending, seen_by
from bot.services.summary import ask_for_summaries

STILL_OPEN = timedelta(days=7)
"""How long after its time a commitment can still be said to be done."""
MOST_TO_CHOOSE = 10
"""Commitments offered as buttons at once."""


@dataclass(frozen=True)
class Reporting:
    """Inside the caller's transaction, for a rep whose right to it was asked. Typed twice it changes nothing."""

    sending: Sending
    commitments: Commitments
    new_id: NewId
    command: str

    def done(self, store: Store, person: Person, at: datetime) -> Message:
        """The one whose time has come is done, or else the only one that is open; the words to answer with."""
        waiting = [c for c in store.commitments.open_of(person.id) if c.due_at > at - STILL_OPEN]
        come = [c for c in waiting if c.due_at <= at] or waiting
        if len(come) > 1:
            self._ask_which(store, person, come[-MOST_TO_CHOOSE:], at)
            return self._say("several")
        if come:
            self._keep(store, person, come[0], at)
            return self._say("done", come[0].action)
        last = next(iter(store.commitments.of(person.id, 1)), None)
        return self._say("none", last.action if last is not None and last.outcome is Outcome.DONE else "")

    def _say(self, how: str, action: str = "") -> Message:
        return Message("commands/done", {"how": how, "action": action, "command": self.command})

    def _keep(self, store: Store, person: Person, commitment: Commitment, at: datetime) -> None:
        current = open_now(store, person, at)
        if current is not None and current.reviewing == commitment.id and current.asked is Asked.OUTCOME:
            place = current.last_key  # it is being asked about in the conversation: this is the answer
            self.commitments.outcome(store, person, commitment.id, commitment.moves, Outcome.DONE, place, at)
            return
        team = store.people.team(commitment.team_id)
        kept = self.commitments.keep_outcome(store, commitment, Outcome.DONE, at, asks=True)
        ask_for_summaries(store, team, at)
        self.sending.reply(
            store, person, self.commitments.message(store, kept, person, team, at), f"done:{kept.id}", at
        )

    def _ask_which(self, store: Store, person: Person, some: Sequence[Commitment], at: datetime) -> None:
        buttons = tuple(Button("done", f"{c.id}|{c.moves}", words=c.action) for c in some)
        values = {"commitments": [{"action": c.action, "due_at": c.due_at} for c in some]} | seen_by(person, at)
        self.sending.reply(store, person, Message("commitment/which", values, buttons), f"which:{self.new_id()}", at)
