"""Messages to Slack, kept before they are sent: a key once, a channel one at a time, a workspace at its pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, desc, func, or_, select, tuple_
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.domain.draft import ERASED
from bot.domain.pace import Pace
from bot.ports.messages import Delivery, Lane, Op, Outgoing, Rendered
from storage.inbox import NOW, clock_went_back, held_back, running
from storage.paces import PaceStore
from storage.tables import OutboxRow, literals

OPEN = literals("waiting", "sending")
TROUBLE = literals("failed", "skipped")
SUPERSEDED = "a newer version of the message took its place"
NEVER_POSTED = "the message it would have changed was never posted"
EXPIRED = "it could not be sent in time"
LONGEST_KEPT = timedelta(days=4)
"""No message is of use for longer than half of this."""
ONE_A_CHANNEL = timedelta(seconds=1)
"""Slack takes one post a second in a channel."""


@dataclass(frozen=True)
class OutboxStore:
    """Implements `bot.ports.storage.Outbox`."""

    session: Session

    def add(self, outgoing: Outgoing, rendered: Rendered, delivery_id: str, at: datetime) -> bool:
        if self._by_key(outgoing.key) is not None:
            return False
        if outgoing.op is Op.UPDATE:
            self._supersede(outgoing.target, at)
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
        return self.session.exec(BY_KEY, params={"key": key}).first()

    def _supersede(self, target: str | None, at: datetime) -> None:
        older = select(OutboxRow).where(OutboxRow.target == target, OutboxRow.state == "waiting")
        for row in self.session.exec(older):
            self._end(row, "skipped", SUPERSEDED, at)

    def _end(self, row: OutboxRow, state: str, reason: str | None, at: datetime | None) -> None:
        """No more is done about it. What was sent is in Slack, what was skipped is not wanted: words are dropped."""
        row.state, row.reason, row.lease_until, row.ended_at = state, reason, None, at
        if row.key.startswith(f"{ERASED}:"):
            row.channel, row.slack_channel, row.text, row.blocks = ERASED, None, "", []
        if state != "failed":
            row.text, row.blocks = "", []
        self.session.add(row)

    def has(self, key: str) -> bool:
        return self._by_key(key) is not None

    def claim(self, at: datetime, lease_until: datetime, count: int) -> Sequence[Delivery]:
        claimed: list[Delivery] = []
        for workspace in self._workspaces(at):
            if len(claimed) < count:
                claimed += self._claim_in(workspace, at, lease_until, count - len(claimed))
        return claimed

    def _workspaces(self, at: datetime) -> Sequence[str]:
        return self.session.exec(WORKSPACES, params={"now": at}).all()

    def _claim_in(self, workspace: str, at: datetime, lease_until: datetime, count: int) -> Sequence[Delivery]:
        paces = PaceStore(self.session)
        pace = {op: paces.get(workspace, op.value, at) for op in Op}
        if not any(pace[op].takes(reply=True) for op in Op):
            return []
        within = {"posts_to": _last_lane(pace[Op.POST]), "updates_to": _last_lane(pace[Op.UPDATE])}
        moments = {"now": at, "before": at - ONE_A_CHANNEL, "after": at + ONE_A_CHANNEL}
        values = {"workspace": workspace, "most": count * 2} | within | moments
        claimed: list[Delivery] = []
        for row in self.session.exec(CLAIMABLE, params=values).all():
            op, lane = Op(row.op), Lane(row.lane)
            if len(claimed) == count or row.channel in {one.channel for one in claimed}:
                continue
            if not pace[op].takes(reply=lane is Lane.REPLY):
                continue
            if (place := self._place(row, at)) is None:
                continue
            pace[op] = pace[op].taken()
            claimed.append(self._take(row, at, lease_until, *place))
        for op in {one.op for one in claimed}:
            paces.save(workspace, op.value, pace[op])
        return claimed

    def _take(
        self, row: OutboxRow, at: datetime, lease_until: datetime, channel: str | None, ts: str | None
    ) -> Delivery:
        if row.state == "sending" and row.unsure_since is None:
            row.unsure_since = row.claimed_at  # whoever had it did not say what came of it
        row.state, row.lease_until, row.claimed_at = "sending", lease_until, at
        row.attempts += 1
        self.session.add(row)
        return _delivery(row, lease_until, channel, ts)

    def _place(self, row: OutboxRow, at: datetime) -> tuple[str | None, str | None] | None:
        """Where an update's message is, or the conversation a post goes to; None when there is no use in sending."""
        if row.op == Op.POST.value:
            return self._conversation(row), None
        target = self._by_key(row.target)
        if target is None or target.channel != row.channel or target.state != "sent":
            self._end(row, "skipped", NEVER_POSTED, at)
        elif self._newer_than(row):  # it was on its way when the newer one came, and Slack put it off
            self._end(row, "skipped", SUPERSEDED, at)
        else:
            return target.slack_channel, target.slack_ts
        return None

    def _conversation(self, row: OutboxRow) -> str | None:
        """The conversation in which earlier posts to this channel or person ended up; only asked for when unsure."""
        if row.state != "sending" and row.unsure_since is None:
            return None
        query = select(OutboxRow.slack_channel).where(
            OutboxRow.workspace == row.workspace,
            OutboxRow.channel == row.channel,
            col(OutboxRow.slack_channel).is_not(None),
        )
        return self.session.exec(query.order_by(desc(col(OutboxRow.id))).limit(1)).first()

    def _newer_than(self, row: OutboxRow) -> bool:
        newer = select(OutboxRow.id).where(OutboxRow.target == row.target, col(OutboxRow.id) > row.id)
        return self.session.exec(newer.limit(1)).first() is not None

    def _mine(self, delivery: Delivery) -> OutboxRow | None:
        """The row, while it is still this worker's."""
        row = self.session.get(OutboxRow, delivery.id)
        return row if row and row.state == "sending" and row.attempts == delivery.attempts else None

    def sent(self, delivery: Delivery, channel: str, ts: str) -> None:
        row = self._mine(delivery)
        if row is None and delivery.op is Op.POST:
            row = self.session.get_one(OutboxRow, delivery.id)  # it is in Slack, whoever has it now
        if row is not None:
            self._posted(row, channel, ts)

    def _posted(self, row: OutboxRow, channel: str, ts: str) -> None:
        if row.op == Op.POST.value and row.slack_ts is None:
            row.slack_channel, row.slack_ts = channel, ts
        row.unsure_since = None
        self._end(row, "sent", None, row.claimed_at)

    def is_unsent(self, workspace: str, delivery_id: str) -> bool:
        return self._unsent(workspace, delivery_id) is not None

    def echoed(self, workspace: str, delivery_id: str, channel: str, ts: str) -> bool:
        row = self._unsent(workspace, delivery_id)
        if row is None:
            return False
        was_unsure = row.state != "sending" or row.unsure_since is not None
        self._posted(row, channel, ts)
        return was_unsure

    def _unsent(self, workspace: str, delivery_id: str) -> OutboxRow | None:
        query = select(OutboxRow).where(
            OutboxRow.delivery_id == delivery_id,
            OutboxRow.workspace == workspace,
            OutboxRow.op == Op.POST.value,
            col(OutboxRow.slack_ts).is_(None),
        )
        return self.session.exec(query).first()

    def retry(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        row = self._mine(delivery)
        if row is not None and row.channel == ERASED:
            self._end(row, "skipped", reason, not_before)
        elif row is not None:
            row.state, row.not_before, row.reason, row.lease_until = "waiting", not_before, reason, None
            row.unsure_since = delivery.unsure_since
            self.session.add(row)

    def throttled(self, workspace: str, op: Op, at: datetime, seconds: float) -> None:
        paces = PaceStore(self.session)
        paces.save(workspace, op.value, paces.get(workspace, op.value, at).throttled(at, seconds))

    def reword(self, delivery: Delivery, rendered: Rendered) -> Delivery:
        if row := self._mine(delivery):
            row.text, row.blocks = rendered.text, rendered.blocks
            self.session.add(row)
        return replace(delivery, text=rendered.text, blocks=rendered.blocks)

    def failed(self, delivery: Delivery, reason: str, at: datetime) -> None:
        if row := self._mine(delivery):
            self._end(row, "failed", reason, at)

    def skip(self, delivery: Delivery, reason: str, at: datetime) -> None:
        if row := self._mine(delivery):
            self._end(row, "skipped", reason, at)

    def skip_for(self, workspace: str, channel: str, reason: str, at: datetime) -> int:
        waiting = select(OutboxRow).where(
            col(OutboxRow.state).in_(OPEN),
            OutboxRow.state == "waiting",
            OutboxRow.workspace == workspace,
            OutboxRow.channel == channel,
        )
        rows = self.session.exec(waiting).all()
        for row in rows:
            self._end(row, "skipped", reason, at)
        return len(rows)

    def take_up(self, row_id: int, at: datetime) -> bool:
        row = self.session.get(OutboxRow, row_id)
        if row is None or row.state != "failed" or row.expires_at <= at:
            return False
        row.state, row.not_before, row.ended_at = "waiting", None, None
        self.session.add(row)
        return True

    def clock_went_back(self, at: datetime, lease_until: datetime) -> None:
        clock_went_back(self.session, OutboxRow, OPEN, at, lease_until)

    def has_expired(self, at: datetime) -> bool:
        kept = (_late(at), _kept_in_vain(at))
        return any(self.session.exec(select(OutboxRow.id).where(late).limit(1)).first() is not None for late in kept)

    def skip_expired(self, at: datetime) -> int:
        rows = self.session.exec(select(OutboxRow).where(_late(at)).with_for_update(skip_locked=True)).all()
        for row in rows:
            self._end(row, "skipped", EXPIRED, at)
        kept = self.session.exec(select(OutboxRow).where(_kept_in_vain(at))).all()
        for row in kept:
            row.text, row.blocks = "", []
            self.session.add(row)
        return len(rows) + len(kept)

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

    def ready(self, at: datetime) -> bool:
        return self.session.exec(READY, params={"now": at}).first() is not None

    def waiting(self, at: datetime) -> int:
        query = (
            select(func.count())
            .select_from(OutboxRow)
            .where(col(OutboxRow.state).in_(OPEN), col(OutboxRow.due_at) <= at)
        )
        return self.session.exec(query).one()


def _last_lane(pace: Pace) -> int:
    """The least urgent lane that the pace has room for; -1 when it has room for none."""
    if pace.takes(reply=False):
        return int(max(Lane))
    return int(Lane.REPLY) if pace.takes(reply=True) else -1


def _due(row: Any, at: Any) -> ColumnElement[bool]:
    """What may be taken now: waiting for nothing, or left by a worker that did not come back.

    Of the latter it is not known whether Slack has it: it is looked for even after its time.
    """
    waiting = and_(
        row.state == "waiting",
        col(row.due_at) <= at,
        ~held_back(row, at),
        or_(col(row.expires_at) > at, col(row.unsure_since).is_not(None)),
    )
    left = and_(row.state == "sending", ~running(row, at))
    return and_(col(row.state).in_(OPEN), or_(waiting, left))


def _claimable() -> Any:
    """What may go in a workspace now, the most urgent first."""
    earlier, target, just_now = aliased(OutboxRow), aliased(OutboxRow), aliased(OutboxRow)
    not_there_yet = select(target.id).where(target.key == OutboxRow.target, col(target.state).in_(OPEN))
    under_way = and_(earlier.state == "sending", running(earlier, NOW))
    in_front = select(earlier.id).where(
        earlier.workspace == OutboxRow.workspace,
        earlier.channel == OutboxRow.channel,
        col(earlier.state).in_(OPEN),
        or_(under_way, and_(col(earlier.id) < col(OutboxRow.id), earlier.lane <= OutboxRow.lane)),
    )
    resting = select(just_now.workspace, just_now.channel).where(
        just_now.op == Op.POST.value,
        col(just_now.claimed_at) > bindparam("before", type_=UTCDateTime()),
        col(just_now.claimed_at) < bindparam("after", type_=UTCDateTime()),
    )
    post, update = OutboxRow.op == Op.POST.value, OutboxRow.op == Op.UPDATE.value
    return (
        select(OutboxRow)
        .where(
            col(OutboxRow.workspace) == bindparam("workspace"),
            or_(
                and_(post, col(OutboxRow.lane) <= bindparam("posts_to")),
                and_(update, col(OutboxRow.lane) <= bindparam("updates_to")),
            ),
            _due(OutboxRow, NOW),
            ~in_front.correlate(OutboxRow).exists(),
            or_(update, tuple_(OutboxRow.workspace, OutboxRow.channel).not_in(resting)),
            ~not_there_yet.correlate(OutboxRow).exists(),
        )
        .order_by(col(OutboxRow.lane), col(OutboxRow.id))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )


CLAIMABLE = _claimable()
WORKSPACES = select(OutboxRow.workspace).where(_due(OutboxRow, NOW)).distinct()
READY = select(OutboxRow.id).where(_due(OutboxRow, NOW)).limit(1)
BY_KEY = select(OutboxRow).where(col(OutboxRow.key) == bindparam("key"))


def _late(at: datetime) -> ColumnElement[bool]:
    """What is past its time and was certainly never sent."""
    return and_(
        col(OutboxRow.state).in_(OPEN),
        OutboxRow.state == "waiting",
        col(OutboxRow.unsure_since).is_(None),
        col(OutboxRow.expires_at) <= at,
    )


def _kept_in_vain(at: datetime) -> ColumnElement[bool]:
    """What failed and was kept for another try, for which it is too late now."""
    return and_(
        col(OutboxRow.state).in_(TROUBLE),
        OutboxRow.state == "failed",
        OutboxRow.text != "",
        col(OutboxRow.ended_at) > at - LONGEST_KEPT,
        col(OutboxRow.expires_at) <= at,
    )


def _delivery(row: OutboxRow, lease_until: datetime, channel: str | None, ts: str | None) -> Delivery:
    return Delivery(
        id=row.id or 0,
        key=row.key,
        workspace=row.workspace,
        channel=row.channel,
        lane=Lane(row.lane),
        op=Op(row.op),
        text=row.text,
        blocks=row.blocks,
        created_at=row.created_at,
        expires_at=row.expires_at,
        attempts=row.attempts,
        delivery_id=row.delivery_id,
        lease_until=lease_until,
        slack_channel=channel,
        slack_ts=ts,
        unsure_since=row.unsure_since,
    )
