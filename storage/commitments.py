"""Commitments and how they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam
from sqlmodel import Session, col, desc, select, update

from bot.domain.commitment import Commitment, Outcome
from bot.errors import Changed
from storage.mapping import from_row, new_row
from storage.tables import CommitmentRow

# Built once, since every turn needs them and building costs more than running.
OF_A_PERSON = select(CommitmentRow).where(col(CommitmentRow.person_id) == bindparam("person"))
OPEN_OF = OF_A_PERSON.where(col(CommitmentRow.outcome).is_(None)).order_by(col(CommitmentRow.due_at))
LATEST_OF = OF_A_PERSON.order_by(desc(col(CommitmentRow.made_at))).limit(bindparam("most", type_=Integer))
LEARNING_OF = OF_A_PERSON.where(col(CommitmentRow.learning_due) > bindparam("now")).order_by(
    desc(col(CommitmentRow.learning_due))
)


@dataclass(frozen=True)
class CommitmentStore:
    """Implements `bot.ports.storage.Commitments`."""

    session: Session

    def get(self, commitment_id: str) -> Commitment | None:
        row = self.session.get(CommitmentRow, commitment_id)
        return from_row(Commitment, row) if row else None

    def add(self, commitment: Commitment) -> None:
        self.session.add(new_row(CommitmentRow, commitment))
        self.session.flush()

    def save(self, commitment: Commitment, expected: int) -> None:
        values = asdict(commitment)
        values["outcome"] = commitment.outcome.value if commitment.outcome else None
        statement = (
            update(CommitmentRow)
            .where(col(CommitmentRow.id) == commitment.id, col(CommitmentRow.version) == expected)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        result: Any = self.session.exec(statement)
        if result.rowcount != 1:
            raise Changed(f"commitment {commitment.id} is no longer at version {expected}")
        self.session.expire_all()

    def _some(self, query: Any, **values: Any) -> list[Commitment]:
        return [from_row(Commitment, row) for row in self.session.exec(query, params=values)]

    def open_of(self, person_id: str) -> Sequence[Commitment]:
        return self._some(OPEN_OF, person=person_id)

    def of(self, person_id: str, count: int) -> Sequence[Commitment]:
        return self._some(LATEST_OF, person=person_id, most=count)

    def in_checkins(self, checkin_ids: Sequence[str]) -> Sequence[Commitment]:
        if not checkin_ids:
            return []
        return self._some(
            select(CommitmentRow)
            .where(col(CommitmentRow.checkin_id).in_(checkin_ids))
            .order_by(col(CommitmentRow.made_at))
        )

    def kept(self, team_id: str, since: datetime, until: datetime) -> Sequence[Commitment]:
        return self._some(
            select(CommitmentRow)
            .where(
                CommitmentRow.team_id == team_id,
                CommitmentRow.outcome == Outcome.DONE.value,
                col(CommitmentRow.outcome_at) >= since,
                col(CommitmentRow.outcome_at) < until,
            )
            .order_by(col(CommitmentRow.outcome_at))
        )

    def learning_of(self, person_id: str, at: datetime) -> Commitment | None:
        return next(iter(self._some(LEARNING_OF, person=person_id, now=at)), None)

    def learned_in(self, person_id: str, slack_ts: str) -> Commitment | None:
        query = select(CommitmentRow).where(CommitmentRow.person_id == person_id, CommitmentRow.learning_ts == slack_ts)
        return next(iter(self._some(query)), None)
