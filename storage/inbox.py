"""Events from Slack, kept until they are done. Each person's events are worked on one at a time, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select, tuple_, update
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.errors import Changed
from bot.ports.queues import Claimed, Incoming
from storage.tables import InboxRow, literals

OPEN = literals("waiting", "working")
(ASIDE,) = literals("aside")
FAR = timedelta(minutes=15)
"""A lease or a wait that ends later than this was written before the clock went back."""


NOW: Any = bindparam("now", type_=UTCDateTime())
"""The moment, in statements that are built once: building one costs more than running it."""


def running(row: Any, at: Any) -> ColumnElement[bool]:
    """Whether somebody's lease on the row goes on."""
    return and_(col(row.lease_until).is_not(None), col(row.lease_until) > at)


def held_back(row: Any, at: Any) -> ColumnElement[bool]:
    """Whether the row is to wait a little longer."""
    return and_(col(row.not_before).is_not(None), col(row.not_before) > at)


def clock_went_back(session: Session, row: Any, still_open: Any, at: datetime, lease_until: datetime) -> None:
    """Of a table of open rows: leases end by `lease_until`, and nothing waits longer than `FAR` from now."""
    far, is_open = at + FAR, col(row.state).in_(still_open)
    session.exec(update(row).where(is_open, col(row.lease_until) > far).values(lease_until=lease_until))
    session.exec(update(row).where(is_open, col(row.not_before) > far).values(not_before=at))


def _claimable() -> Any:
    """Of each person nobody works on, the earliest open event, unless it has to wait."""
    earlier, busy = aliased(InboxRow), aliased(InboxRow)
    before_it = select(earlier.id).where(
        earlier.workspace == InboxRow.workspace,
        earlier.slack_user == InboxRow.slack_user,
        col(earlier.state).in_(OPEN),
        tuple_(col(earlier.said), col(earlier.id)) < tuple_(col(InboxRow.said), col(InboxRow.id)),
    )
    worked_on = select(busy.id).where(
        busy.workspace == InboxRow.workspace,
        busy.slack_user == InboxRow.slack_user,
        col(busy.state).in_(OPEN),
        busy.state == "working",
        running(busy, NOW),
    )
    return (
        select(InboxRow)
        .where(
            col(InboxRow.state).in_(OPEN),
            or_(InboxRow.state == "working", ~held_back(InboxRow, NOW)),
            ~before_it.correlate(InboxRow).exists(),
            ~worked_on.correlate(InboxRow).exists(),
        )
        .order_by(col(InboxRow.received_at), col(InboxRow.id))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )


CLAIMABLE = _claimable()
READY = (
    select(InboxRow.id)
    .where(col(InboxRow.state).in_(OPEN), ~running(InboxRow, NOW), ~held_back(InboxRow, NOW))
    .limit(1)
)
BY_KEY = select(InboxRow.id).where(col(InboxRow.key) == bindparam("key"))
OPEN_BY_KEY = BY_KEY.where(col(InboxRow.state).in_(OPEN))


@dataclass(frozen=True)
class InboxStore:
    """Implements `bot.ports.storage.Inbox`."""

    session: Session

    def add(self, incoming: Sequence[Incoming]) -> Sequence[bool]:
        if not incoming:
            return []
        values = [{**vars(one), "state": "waiting", "attempts": 0} for one in incoming]  # `asdict` copies all it holds
        postgres = self.session.get_bind().dialect.name == "postgresql"
        insert: Any = (postgresql if postgres else sqlite).insert(InboxRow)
        statement = insert.on_conflict_do_nothing(index_elements=["key"]).returning(InboxRow.key)
        added = set(self.session.connection().execute(statement, values).scalars())
        kept = []
        for one in incoming:
            kept.append(one.key in added)
            added.discard(one.key)
        return kept

    def claim(self, at: datetime, lease_until: datetime, count: int) -> Sequence[Claimed]:
        claimed = []
        for row in self.session.exec(CLAIMABLE, params={"now": at, "most": count}).all():
            row.state, row.lease_until, row.attempts = "working", lease_until, row.attempts + 1
            self.session.add(row)
            incoming = Incoming(row.key, row.workspace, row.slack_user, row.payload or {}, row.received_at, row.said)
            claimed.append(Claimed(row.id or 0, incoming, row.attempts, row.failures))
        return claimed

    def clock_went_back(self, at: datetime, lease_until: datetime) -> None:
        clock_went_back(self.session, InboxRow, OPEN, at, lease_until)

    def release(self) -> None:
        self.session.exec(
            update(InboxRow)
            .where(col(InboxRow.state).in_(OPEN), col(InboxRow.state) == "working")
            .values(state="waiting", lease_until=None)
        )

    def _mine(self, claimed: Claimed) -> InboxRow | None:
        """The row, while it is still this worker's."""
        row = self.session.get(InboxRow, claimed.id)
        return row if row and row.state == "working" and row.attempts == claimed.attempts else None

    def done(self, claimed: Claimed) -> None:
        row = self._mine(claimed)
        if row is None:
            raise Changed("another worker took the message")
        row.state, row.payload, row.lease_until, row.reason = "done", None, None, None
        self.session.add(row)

    def retry(self, claimed: Claimed, not_before: datetime, reason: str, *, failed: bool) -> None:
        if row := self._mine(claimed):
            row.state, row.not_before, row.reason, row.lease_until = "waiting", not_before, reason, None
            row.failures += failed
            self.session.add(row)

    def set_aside(self, claimed: Claimed, reason: str) -> None:
        if row := self._mine(claimed):
            row.state, row.reason, row.lease_until, row.failures = "aside", reason, None, row.failures + 1
            self.session.add(row)

    def take_up(self, inbox_id: int) -> bool:
        row = self.session.get(InboxRow, inbox_id)
        if row is None or row.state != "aside":
            return False
        row.state, row.failures, row.not_before = "waiting", 0, None
        self.session.add(row)
        return True

    def erase_text(self, workspace: str, slack_ts: str) -> None:
        for kept in (col(InboxRow.state).in_(OPEN), col(InboxRow.state) == ASIDE):
            for row in self.session.exec(select(InboxRow).where(InboxRow.workspace == workspace, kept)).all():
                if row.payload and row.payload.get("ts") == slack_ts and row.payload.get("text"):
                    row.payload = row.payload | {"text": "", "erased": True}
                    self.session.add(row)

    def knows(self, key: str) -> bool:
        return self.session.exec(BY_KEY, params={"key": key}).first() is not None

    def is_open(self, key: str) -> bool:
        return self.session.exec(OPEN_BY_KEY, params={"key": key}).first() is not None

    def ready(self, at: datetime) -> bool:
        return self.session.exec(READY, params={"now": at}).first() is not None

    def waiting(self) -> int:
        query = select(func.count()).select_from(InboxRow).where(col(InboxRow.state).in_(OPEN))
        return self.session.exec(query).one()
