"""Alarms: what is due, found by an index on its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, select

from bot.ports.storage import Alarm, AlarmKind
from storage.mapping import from_row, new_row
from storage.tables import AlarmRow

# Built once, since building a statement costs more than running it.
SOME = select(AlarmRow.subject, AlarmRow.at).where(
    col(AlarmRow.kind) == bindparam("kind"), col(AlarmRow.subject).in_(bindparam("subjects", expanding=True))
)


@dataclass(frozen=True)
class AlarmStore:
    """Implements `bot.ports.storage.Alarms`."""

    session: Session

    def set(self, alarm: Alarm) -> None:
        self.session.merge(new_row(AlarmRow, alarm))
        self.session.flush()

    def clear(self, kind: AlarmKind, subject: str) -> None:
        self.session.exec(delete(AlarmRow).where(col(AlarmRow.kind) == kind.value, col(AlarmRow.subject) == subject))

    def take(self, alarm: Alarm) -> bool:
        standing = select(AlarmRow).where(
            col(AlarmRow.kind) == alarm.kind.value, col(AlarmRow.subject) == alarm.subject, col(AlarmRow.at) == alarm.at
        )
        if self.session.exec(standing.with_for_update(skip_locked=True)).first() is None:
            return False  # gone, or in another worker's hands
        result: Any = self.session.exec(
            delete(AlarmRow)
            .where(
                col(AlarmRow.kind) == alarm.kind.value,
                col(AlarmRow.subject) == alarm.subject,
                col(AlarmRow.at) == alarm.at,
            )
            .execution_options(synchronize_session="fetch")
        )
        return bool(result.rowcount == 1)

    def due(self, at: datetime, count: int) -> Sequence[Alarm]:
        query = select(AlarmRow).where(col(AlarmRow.at) <= at).order_by(col(AlarmRow.at)).limit(count)
        return [from_row(Alarm, row) for row in self.session.exec(query)]

    def next(self) -> Alarm | None:
        row = self.session.exec(select(AlarmRow).order_by(col(AlarmRow.at)).limit(1)).first()
        return from_row(Alarm, row) if row else None

    def get(self, kind: AlarmKind, subject: str) -> Alarm | None:
        row = self.session.get(AlarmRow, (kind.value, subject))
        return from_row(Alarm, row) if row else None

    def some(self, kind: AlarmKind, subjects: Sequence[str]) -> Mapping[str, Alarm]:
        found = self.session.exec(SOME, params={"kind": kind.value, "subjects": list(subjects)})
        return {subject: Alarm(kind, subject, at) for subject, at in found}
