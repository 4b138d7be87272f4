"""Events from Slack, kept until they are done. Each person's events are worked on one at a time, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, func, or_, select

from bot.ports.storage import Claimed, Incoming
from storage.mapping import new_row
from storage.tables import InboxRow

OPEN = ("waiting", "working")


@dataclass(frozen=True)
class InboxStore:
    """Implements `bot.ports.storage.Inbox`."""

    session: Session

    def add(self, incoming: Incoming) -> bool:
        found = self.session.exec(select(InboxRow.id).where(InboxRow.key == incoming.key)).first()
        if found is not None:
            return False
        self.session.add(new_row(InboxRow, incoming, state="waiting", attempts=0))
        self.session.flush()
        return True

    def claim(self, at: datetime, lease_until: datetime, count: int) -> Sequence[Claimed]:
        heads = (
            select(func.min(InboxRow.id))
            .where(col(InboxRow.state).in_(OPEN))
            .group_by(InboxRow.workspace, InboxRow.slack_user)
        )
        free = or_(
            and_(
                InboxRow.state == "waiting",
                or_(col(InboxRow.not_before).is_(None), col(InboxRow.not_before) <= at),
            ),
            and_(InboxRow.state == "working", col(InboxRow.lease_until) <= at),
        )
        query = select(InboxRow).where(col(InboxRow.id).in_(heads), free).order_by(col(InboxRow.id)).limit(count)
        claimed = []
        for row in self.session.exec(query):
            row.state, row.lease_until, row.attempts = "working", lease_until, row.attempts + 1
            self.session.add(row)
            incoming = Incoming(row.key, row.workspace, row.slack_user, row.payload or {}, row.received_at)
            claimed.append(Claimed(row.id or 0, incoming, row.attempts))
        return claimed

    def release(self) -> None:
        for row in self.session.exec(select(InboxRow).where(InboxRow.state == "working")):
            row.state, row.lease_until = "waiting", None
            self.session.add(row)

    def _row(self, inbox_id: int) -> InboxRow:
        return self.session.get_one(InboxRow, inbox_id)

    def done(self, inbox_id: int) -> None:
        row = self._row(inbox_id)
        row.state, row.payload, row.lease_until = "done", None, None
        self.session.add(row)

    def retry(self, inbox_id: int, not_before: datetime, reason: str) -> None:
        row = self._row(inbox_id)
        if row.state == "working":  # else another worker has finished it after the lease of this one
            row.state, row.not_before, row.reason, row.lease_until = "waiting", not_before, reason, None
            self.session.add(row)

    def set_aside(self, inbox_id: int, reason: str) -> None:
        row = self._row(inbox_id)
        if row.state == "working":
            row.state, row.reason, row.lease_until = "aside", reason, None
            self.session.add(row)

    def erase_text(self, workspace: str, slack_ts: str) -> None:
        waiting = select(InboxRow).where(InboxRow.workspace == workspace, col(InboxRow.state).in_((*OPEN, "aside")))
        for row in self.session.exec(waiting):
            if row.payload and row.payload.get("ts") == slack_ts and row.payload.get("text"):
                row.payload = row.payload | {"text": "", "erased": True}
                self.session.add(row)

    def waiting(self) -> int:
        query = select(func.count()).select_from(InboxRow).where(col(InboxRow.state).in_(OPEN))
        return self.session.exec(query).one()
