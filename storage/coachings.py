"""Nudges and what managers did about them, summaries, and the weeks that were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, desc, select

from bot.ports.storage import Coaching, NudgeRecord, SummaryRecord
from storage.mapping import from_row, new_row, onto_row
from storage.tables import CoachingRow, NudgeRow, SummaryRow, WeekRow


@dataclass(frozen=True)
class CoachingStore:
    """Implements `bot.ports.storage.Coachings`."""

    session: Session

    def add_nudge(self, nudge: NudgeRecord) -> None:
        self.session.add(new_row(NudgeRow, nudge))
        self.session.flush()

    def save_nudge(self, nudge: NudgeRecord) -> None:
        row = self.session.get_one(NudgeRow, nudge.id)
        self.session.add(onto_row(row, nudge))

    def nudge(self, nudge_id: str) -> NudgeRecord | None:
        row = self.session.get(NudgeRow, nudge_id)
        return from_row(NudgeRecord, row) if row else None

    def nudges_on(self, manager_id: str, day: date) -> Sequence[NudgeRecord]:
        query = (
            select(NudgeRow)
            .where(NudgeRow.manager_id == manager_id, NudgeRow.local_date == day)
            .order_by(col(NudgeRow.number))
        )
        return [from_row(NudgeRecord, row) for row in self.session.exec(query)]

    def nudges_since(self, manager_id: str, day: date) -> Sequence[NudgeRecord]:
        query = (
            select(NudgeRow)
            .where(NudgeRow.manager_id == manager_id, NudgeRow.local_date >= day)
            .order_by(col(NudgeRow.local_date), col(NudgeRow.number))
        )
        return [from_row(NudgeRecord, row) for row in self.session.exec(query)]

    def since(self, rep_ids: Sequence[str], since: datetime) -> Sequence[Coaching]:
        query = (
            select(CoachingRow)
            .where(col(CoachingRow.rep_id).in_(rep_ids), CoachingRow.at >= since)
            .order_by(col(CoachingRow.at))
        )
        return [from_row(Coaching, row) for row in self.session.exec(query)]

    def add_coaching(self, coaching: Coaching) -> None:
        self.session.add(new_row(CoachingRow, coaching))

    def last_coaching(self, rep_id: str) -> Coaching | None:
        query = select(CoachingRow).where(CoachingRow.rep_id == rep_id).order_by(desc(CoachingRow.at)).limit(1)
        row = self.session.exec(query).first()
        return from_row(Coaching, row) if row else None

    def summary(self, team_id: str, manager_id: str, day: date) -> SummaryRecord | None:
        row = self.session.get(SummaryRow, (team_id, manager_id, day))
        return from_row(SummaryRecord, row) if row else None

    def save_summary(self, summary: SummaryRecord) -> None:
        self.session.merge(new_row(SummaryRow, summary))

    def week_told(self, team_id: str, week: str) -> bool:
        return self.session.get(WeekRow, (team_id, week)) is not None

    def tell_week(self, team_id: str, week: str, at: datetime, why: str) -> None:
        self.session.add(WeekRow(team_id=team_id, week=week, at=at, why=why))
