"""Where deliveries stand: what waits, what failed, what was skipped and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from bot.ports.messages import Lane
from bot.ports.standing import Aside, Line, ModelUse, Queue, Standing
from storage.inbox import ASIDE
from storage.inbox import OPEN as INBOX_OPEN
from storage.outbox import OPEN, TROUBLE
from storage.tables import InboxRow, OutboxRow, literals
from storage.usage import UsageStore

DAY = timedelta(days=1)


@dataclass(frozen=True)
class StandingStore:
    """Implements `bot.ports.standing.Standings`."""

    session: Session

    def at(self, at: datetime, workspace: str | None = None) -> Standing:
        ended = or_(OutboxRow.state == "failed", OutboxRow.state == "skipped")
        lately = and_(ended, col(OutboxRow.state).in_(TROUBLE), col(OutboxRow.ended_at) > at - DAY)
        by_reason = select(OutboxRow.state, OutboxRow.reason, func.count()).where(lately, *_of(OutboxRow, workspace))
        found = self.session.exec(by_reason.group_by(col(OutboxRow.state), col(OutboxRow.reason))).all()
        sent = select(func.count()).select_from(OutboxRow).where(*_of(OutboxRow, workspace))
        aside = select(func.count()).select_from(InboxRow).where(*_of(InboxRow, workspace))
        return Standing(
            inbox=self._inbox(at, workspace),
            aside=self._one(aside.where(col(InboxRow.state) == ASIDE)),
            lanes=self._lanes(at, workspace),
            sent=self._one(sent.where(OutboxRow.state == "sent", col(OutboxRow.claimed_at) > at - DAY)),
            failed=sum(count for state, _, count in found if state == "failed"),
            skipped={str(reason): count for state, reason, count in found if state == "skipped"},
            model=self._model(at, workspace),
        )

    def _one(self, query: Any) -> int:
        return int(self.session.exec(query).one())

    def _inbox(self, at: datetime, workspace: str | None) -> Queue:
        query = select(func.count(), func.min(InboxRow.received_at)).where(col(InboxRow.state).in_(INBOX_OPEN))
        count, oldest = self.session.exec(query.where(*_of(InboxRow, workspace))).one()
        return Queue(count, _age(oldest, at))

    def _lanes(self, at: datetime, workspace: str | None) -> dict[Lane, Queue]:
        query = (
            select(OutboxRow.lane, func.count(), func.min(OutboxRow.due_at))
            .where(col(OutboxRow.state).in_(OPEN), col(OutboxRow.due_at) <= at, *_of(OutboxRow, workspace))
            .group_by(col(OutboxRow.lane))
        )
        return {Lane(lane): Queue(count, _age(oldest, at)) for lane, count, oldest in self.session.exec(query)}

    def _model(self, at: datetime, workspace: str | None) -> ModelUse:
        calls = helped = tokens = 0
        fell_back: dict[str, int] = {}
        usage = UsageStore(self.session)
        for use in usage.of_day(at.date()) if workspace is None else [usage.on(workspace, at.date())]:
            calls, helped, tokens = calls + use.calls, helped + use.helped, tokens + use.tokens
            for reason, count in use.fell_back.items():
                fell_back[reason.value] = fell_back.get(reason.value, 0) + count
        return ModelUse(calls, helped, tokens, fell_back)

    def lines(self, states: Sequence[str], since: datetime | None, count: int) -> Sequence[Line]:
        query = select(OutboxRow).where(col(OutboxRow.state).in_(literals(*states)))
        if since is not None:
            query = query.where(col(OutboxRow.ended_at) > since)
        if since is None:
            query = query.order_by(col(OutboxRow.lane), col(OutboxRow.id))
        else:
            query = query.order_by(col(OutboxRow.ended_at).desc())
        return [_line(row) for row in self.session.exec(query.limit(count))]

    def aside(self, count: int) -> Sequence[Aside]:
        query = select(InboxRow).where(col(InboxRow.state) == ASIDE).order_by(col(InboxRow.id)).limit(count)
        return [
            Aside(row.id or 0, row.workspace, row.slack_user, row.received_at, row.failures, row.reason or "")
            for row in self.session.exec(query)
        ]

    def refusals(self, workspace: str, since: datetime) -> Mapping[str, str]:
        lately = (
            OutboxRow.workspace == workspace,
            OutboxRow.op == "post",
            OutboxRow.state == "failed",
            col(OutboxRow.state).in_(TROUBLE),
            col(OutboxRow.ended_at) > since,
        )
        failed = {
            row.channel: row for row in self.session.exec(select(OutboxRow).where(*lately).order_by(col(OutboxRow.id)))
        }
        if not failed:
            return {}
        taken = select(OutboxRow.channel, func.max(OutboxRow.id)).where(
            OutboxRow.workspace == workspace,
            OutboxRow.op == "post",
            OutboxRow.state == "sent",
            col(OutboxRow.channel).in_(list(failed)),
            col(OutboxRow.id) > min(row.id or 0 for row in failed.values()),
        )
        later = dict(self.session.exec(taken.group_by(col(OutboxRow.channel))).all())
        return {
            channel: row.reason or "" for channel, row in failed.items() if (later.get(channel) or 0) < (row.id or 0)
        }


def _of(table: type[InboxRow] | type[OutboxRow], workspace: str | None) -> tuple[ColumnElement[bool], ...]:
    """The condition that keeps to one workspace, where one is asked for."""
    return () if workspace is None else (col(table.workspace) == workspace,)


def _age(oldest: datetime | None, at: datetime) -> float:
    return max((at - oldest).total_seconds(), 0.0) if oldest else 0.0


def _line(row: OutboxRow) -> Line:
    return Line(
        id=row.id or 0,
        kind=row.key.partition(":")[0] if row.op == "post" else "update",
        workspace=row.workspace,
        channel=row.channel,
        lane=Lane(row.lane),
        state=row.state,
        due_at=row.due_at,
        expires_at=row.expires_at,
        attempts=row.attempts,
        reason=row.reason or "",
        not_before=row.not_before,
        unsure=row.unsure_since is not None,
    )
