"""How a service sends: a message becomes words and a row, in the transaction that holds the reason for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports import NewId
from bot.ports.messages import Lane, Message, Op, Outgoing, Wording
from bot.ports.storage import Store

REPLY_LASTS = timedelta(hours=12)
"""How long an answer to something a person did is still worth sending."""


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
    ) -> bool:
        """A new message, once for its key. False when the key has been used."""
        outgoing = Outgoing(
            key, workspace, channel, lane, message, due_at=at, expires_at=expires_at or at + REPLY_LASTS
        )
        return store.outbox.add(outgoing, self.wording.render(message), self.new_id(), at)

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
