"""Messages to Slack, kept before they are sent; a key is sent at most once, a channel one message at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, desc, func, or_, select

from bot.ports.messages import Delivery, Op, Outgoing, Rendered
from storage.tables import OutboxRow

OPEN = ("waiting", "sending")
SUPERSEDED = "a newer version of the message took its place"
NEVER_POSTED = "the message it would have changed was never posted"
EXPIRED = "it could not be sent in time"


@dataclass(frozen=True)
class OutboxStore:
    """Implements `bot.ports.storage.Outbox`."""

    session: Session

    def add(self, outgoing: Outgoing, rendered: Rendered, delivery_id: str, at: datetime) -> bool:
        if self._by_key(outgoing.key) is not None:
            return False
        if outgoing.op is Op.UPDATE:
            self._supersede(outgoing.target)
        self.session.add(
            OutboxRow(
                key=outgoing.key,
                workspace=outgoing.workspace,
                channel=outgoing.channel,
                lane=int(outgoing.lane),
                op=outgoing.op.value,
                target=outgoing.target,
                text=rendered.text,
                blocks=rendered.blocks,
                due_at=outgoing.due_at,
                expires_at=outgoing.expires_at,
                delivery_id=delivery_id,
                created_at=at,
            )
        )
        self.session.flush()
        return True

    def _by_key(self, key: str | None) -> OutboxRow | None:
        return self.session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()

    def _supersede(self, target: str | None) -> None:
        older = select(OutboxRow).where(OutboxRow.target == target, OutboxRow.state == "waiting")
        for row in self.session.exec(older):
            self._skip(row, SUPERSEDED)

    def _skip(self, row: OutboxRow, reason: str) -> None:
        row.state, row.reason, row.lease_until = "skipped", reason, None
        self.session.add(row)

    def claim(self, at: datetime, lease_until: datetime, count: int) -> Sequence[Delivery]:
        busy = set(
            self.session.exec(
                select(OutboxRow.channel).where(OutboxRow.state == "sending", col(OutboxRow.lease_until) > at)
            )
        )
        free = or_(
            and_(
                OutboxRow.state == "waiting",
                col(OutboxRow.due_at) <= at,
                or_(col(OutboxRow.not_before).is_(None), col(OutboxRow.not_before) <= at),
            ),
            and_(OutboxRow.state == "sending", col(OutboxRow.lease_until) <= at),
        )
        target = aliased(OutboxRow)
        target_unsent = (
            select(target.id).where(target.key == OutboxRow.target, col(target.state).in_(OPEN)).correlate(OutboxRow)
        )
        query = (
            select(OutboxRow)
            .where(
                free,
                col(OutboxRow.expires_at) > at,
                col(OutboxRow.channel).not_in(busy),
                ~target_unsent.exists(),
            )
            .order_by(col(OutboxRow.lane), col(OutboxRow.id))
            .limit(count * 4)
        )
        claimed: list[Delivery] = []
        for row in self.session.exec(query):
            if row.channel in busy or len(claimed) == count:
                continue
            place = self._place(row)
            if place is None:
                continue
            busy.add(row.channel)
            row.state, row.lease_until, row.attempts = "sending", lease_until, row.attempts + 1
            self.session.add(row)
            claimed.append(_delivery(row, lease_until, *place))
        return claimed

    def _place(self, row: OutboxRow) -> tuple[str | None, str | None] | None:
        """Where an update's message is; (None, None) for a post; None when there is no use in sending it."""
        if row.op == Op.POST.value:
            return None, None
        target = self._by_key(row.target)
        if target is None or target.channel != row.channel or target.state != "sent":
            self._skip(row, NEVER_POSTED)
        elif self._newer_than(row):  # it was on its way when the newer one came, and Slack put it off
            self._skip(row, SUPERSEDED)
        else:
            return target.slack_channel, target.slack_ts
        return None

    def _newer_than(self, row: OutboxRow) -> bool:
        newer = select(OutboxRow.id).where(OutboxRow.target == row.target, col(OutboxRow.id) > row.id)
        return self.session.exec(newer.limit(1)).first() is not None

    def sent(self, row_id: int, channel: str, ts: str) -> None:
        row = self.session.get_one(OutboxRow, row_id)
        row.state, row.reason, row.lease_until = "sent", None, None
        row.text, row.blocks = "", []  # what was said is in Slack now; we keep that it was, not what
        if row.op == Op.POST.value:
            row.slack_channel, row.slack_ts = channel, ts
        self.session.add(row)

    def retry(self, row_id: int, not_before: datetime, reason: str) -> None:
        row = self.session.get_one(OutboxRow, row_id)
        if row.state == "sending":  # else another worker has sent it after the lease of this one
            row.state, row.not_before, row.reason, row.lease_until = "waiting", not_before, reason, None
            self.session.add(row)

    def failed(self, row_id: int, reason: str) -> None:
        row = self.session.get_one(OutboxRow, row_id)
        if row.state == "sending":
            row.state, row.reason, row.lease_until = "failed", reason, None
            self.session.add(row)

    def has_expired(self, at: datetime) -> bool:
        return self.session.exec(select(OutboxRow.id).where(_late(at)).limit(1)).first() is not None

    def skip_expired(self, at: datetime) -> int:
        rows = list(self.session.exec(select(OutboxRow).where(_late(at))))
        for row in rows:
            self._skip(row, EXPIRED)
        return len(rows)

    def key_at(self, workspace: str, channel: str, ts: str) -> str | None:
        query = (
            select(OutboxRow.key)
            .where(
                OutboxRow.workspace == workspace,
                OutboxRow.slack_channel == channel,
                OutboxRow.slack_ts == ts,
            )
            .order_by(desc(col(OutboxRow.id)))
        )
        return self.session.exec(query).first()

    def waiting(self, at: datetime) -> int:
        query = (
            select(func.count())
            .select_from(OutboxRow)
            .where(col(OutboxRow.state).in_(OPEN), col(OutboxRow.due_at) <= at)
        )
        return self.session.exec(query).one()


def _late(at: datetime) -> ColumnElement[bool]:
    free = or_(OutboxRow.state == "waiting", and_(OutboxRow.state == "sending", col(OutboxRow.lease_until) <= at))
    return and_(col(OutboxRow.state).in_(OPEN), col(OutboxRow.expires_at) <= at, free)


def _delivery(row: OutboxRow, lease_until: datetime, channel: str | None, ts: str | None) -> Delivery:
    return Delivery(
        id=row.id or 0,
        key=row.key,
        workspace=row.workspace,
        channel=row.channel,
        op=Op(row.op),
        text=row.text,
        blocks=row.blocks,
        expires_at=row.expires_at,
        attempts=row.attempts,
        delivery_id=row.delivery_id,
        lease_until=lease_until,
        slack_channel=channel,
        slack_ts=ts,
    )
