"""How a service sends: a message becomes words and a row, in the transaction that holds the reason for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import Person
from bot.ports import NewId
from bot.ports.messages import File, Lane, Message, Op, Outgoing, Rendered, Wording, attached
from bot.ports.storage import Store

REPLY_LASTS = timedelta(hours=12)
"""How long an answer to something a person did is still worth sending."""


def seen_by(person: Person, at: datetime) -> dict[str, Any]:
    """What a template needs to say times and days as this person reads them: their zone, their language, and now."""
    return {"zone": person.tz, "at": at, "locale": person.preferences.locale}


@dataclass(frozen=True)
class Sending:
    """Writes outgoing messages into the outbox."""

    wording: Wording
    new_id: NewId

    def post(
        self,
        store: Store,
        message: Message,
        *,
        key: str,
        workspace: str,
        channel: str,
        lane: Lane,
        at: datetime,
        expires_at: datetime | None = None,
        due_at: datetime | None = None,
    ) -> bool:
        """A new message, once for its key; not before `due_at`, where that is given. False when the key was used."""
        due, ends = due_at or at, expires_at or at + REPLY_LASTS
        outgoing = Outgoing(key, workspace, channel, lane, message, due_at=due, expires_at=ends)
        return store.outbox.add(outgoing, self.wording.render(message), self.new_id(), at)

    def reply(self, store: Store, person: Person, message: Message, key: str, at: datetime) -> bool:
        """An answer in their conversation with us to something they did, once for its key."""
        return self.post(
            store,
            message,
            key=key,
            workspace=person.workspace,
            channel=person.slack_id,
            lane=Lane.REPLY,
            at=at,
        )

    def files(
        self,
        store: Store,
        message: Message,
        files: Sequence[File],
        *,
        key: str,
        workspace: str,
        channel: str,
        at: datetime,
    ) -> bool:
        """Files with a line that says what they are, once for the key. False when it has been used."""
        outgoing = Outgoing(key, workspace, channel, Lane.REPLY, message, due_at=at, expires_at=at + REPLY_LASTS)
        rendered = Rendered(self.wording.render(message).text, attached(files))
        return store.outbox.add(outgoing, rendered, self.new_id(), at)

    def replace(
        self,
        store: Store,
        message: Message,
        *,
        target: str,
        workspace: str,
        channel: str,
        lane: Lane,
        at: datetime,
    ) -> None:
        """New words in the place of the message posted under `target`; the newest wins."""
        outgoing = Outgoing(
            f"{target}#{self.new_id()}",
            workspace,
            channel,
            lane,
            message,
            due_at=at,
            expires_at=at + timedelta(days=2),
            op=Op.UPDATE,
            target=target,
        )
        store.outbox.add(outgoing, self.wording.render(message), self.new_id(), at)
