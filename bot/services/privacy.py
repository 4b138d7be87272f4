"""What is kept of a person: shown, handed out and erased, for themselves and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.access import Action
from bot.domain.people import Person
from bot.ports.messages import Form, Message
from bot.ports.records import Seen
from bot.ports.storage import Store
from bot.services.access import Actor, may
from bot.services.changes import gives_up
from bot.services.departures import leave_team
from bot.services.exporting import files_of, written
from bot.services.news import News
from bot.services.sending import Sending
from bot.services.telling import Telling

AGAIN = timedelta(minutes=1)
"""Within which a second tap does not send the same files a second time."""


@dataclass(frozen=True)
class Privacy:
    """Inside the caller's transaction. Whoever is known by nothing but a Slack id has nothing kept of them."""

    sending: Sending
    telling: Telling
    command: str
    model: bool  # whether a language model reads along

    def overview(self, store: Store, actor: Actor) -> Form:
        """What is kept of them, for how long, and who has seen what of it."""
        person = actor.person
        values: dict[str, Any] = {
            "command": self.command,
            "model": self.model,
            "known": person is not None,
            "admin": actor.slack_id in store.workspaces.get(actor.workspace).admins,
            "keep": store.workspaces.get(actor.workspace).retention,
            "locale": person.preferences.locale if person else "",
        }
        if person is not None:
            values |= self._kept(store, person)
        text = self.sending.wording.text("privacy/overview", values)
        return Form("privacy", {"text": text, "buttons": person is not None})

    def _kept(self, store: Store, person: Person) -> dict[str, Any]:
        entries = store.records.of(person)
        coached = person.rep_of is not None or bool(entries["check_ins"])
        return {
            "coached": coached,
            "managers": [m.name for m in store.people.managers(person.rep_of)] if person.rep_of else [],
            "counts": {kind: len(entries[kind]) for kind in ("check_ins", "commitments")}
            | {"messages": len(written(entries))},
            "learnings": sum(bool(c["learning"]) for c in entries["commitments"]),
            "shared": sum(bool(c["shared"]) for c in entries["commitments"]),
            "seen": [self._who_saw(store, one) for one in store.records.seen(person)],
            "hands": sum(bool(c["doc"].get("help_shared")) for c in entries["check_ins"]),
        }

    def _who_saw(self, store: Store, seen: Seen) -> dict[str, Any]:
        manager = store.people.find(seen.manager_id)
        return {"name": manager.name if manager else "", "mornings": seen.mornings, "last": seen.last}

    def export(self, store: Store, actor: Actor, at: datetime) -> bool:
        """Send them all of it, as files in their conversation with us; False when they may not, or nothing is kept."""
        person = actor.person
        if person is None or not may(actor, Action.EXPORT, person):
            return False
        minute = int(at.timestamp() // AGAIN.total_seconds())
        return self.sending.files(
            store,
            Message("privacy/export", {"name": person.first_name}),
            files_of(store, person, at),
            key=f"export:{person.workspace}:{person.id}:{minute}",
            workspace=person.workspace,
            channel=person.slack_id,
            at=at,
        )

    def confirmation(self, actor: Actor) -> Form | None:
        """What erasing means, to be confirmed; None for whom nothing is kept of."""
        if actor.person is None or not may(actor, Action.ERASE, actor.person):
            return None
        return Form("erase", {"text": self.sending.wording.text("privacy/erase", {"command": self.command})})

    def erase(self, store: Store, actor: Actor, at: datetime) -> Mapping[str, int] | None:
        """Take away all of it, at once and for good; how much of what it was. None when they may not, or there is none.

        Counts stay, of nobody in particular. Managers hear that somebody has stopped; no name waits for their morning.
        """
        person = actor.person
        if person is None or not may(actor, Action.ERASE, person):
            return None
        news = News(self.telling)
        gives_up(store, person, news, at)
        if (team := store.people.find_team(person.rep_of or "")) is not None:
            leave_team(store, person, at)
            news.to_managers(store, team, {"what": "one_rep_less"}, at)
        counts = store.records.erase(person, at)
        news.post(store, at)
        self.sending.reply(store, person, Message("privacy/erased"), f"erased:told:{self.sending.new_id()}", at)
        return counts
