"""Commitments and how they went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Integer, bindparam, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, desc, func, select, update
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.domain.commitment import Commitment, Outcome
from bot.errors import Changed
from bot.ports.storage import LONGEST_AHEAD
from storage.mapping import from_row, new_row
from storage.tables import CommitmentRow, PersonRow

# Built once, since every turn needs them and building costs more than running.
OF_A_PERSON = select(CommitmentRow).where(col(CommitmentRow.person_id) == bindparam("person"))
OPEN_OF = OF_A_PERSON.where(col(CommitmentRow.outcome).is_(None)).order_by(col(CommitmentRow.due_at))
LATEST_OF = OF_A_PERSON.order_by(desc(col(CommitmentRow.made_at))).limit(bindparam("most", type_=Integer))
_NEWER = aliased(CommitmentRow)
_OLDEST_WANTED = (
    select(_NEWER.made_at)
    .where(col(_NEWER.person_id) == col(PersonRow.id))
    .order_by(desc(col(_NEWER.made_at)))
    .limit(1)
    .offset(bindparam("passed", type_=Integer))
    .correlate(PersonRow)
    .scalar_subquery()
)
# A range of the index for each person: a window over all of them would read years of history.
LATEST_OF_SOME = (
    select(CommitmentRow)
    .join(PersonRow, col(CommitmentRow.person_id) == col(PersonRow.id))
    .where(
        col(PersonRow.id).in_(bindparam("people", expanding=True)),
        col(CommitmentRow.made_at)
        >= func.coalesce(_OLDEST_WANTED, literal(datetime.min.replace(tzinfo=UTC), UTCDateTime())),
    )
    .order_by(col(CommitmentRow.person_id), desc(col(CommitmentRow.made_at)))
)
DUE_SINCE = OF_A_PERSON.where(
    col(CommitmentRow.made_at) >= bindparam("made"), col(CommitmentRow.due_at) >= bindparam("due")
).order_by(col(CommitmentRow.due_at))
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

    def latest_of(self, person_ids: Sequence[str], count: int) -> Mapping[str, Sequence[Commitment]]:
        found = self._some(LATEST_OF_SOME, people=list(person_ids), passed=count - 1)
        return {person: list(some)[:count] for person, some in groupby(found, lambda one: one.person_id)}

    def earlier(self, person_id: str, without: Sequence[str], first: int, count: int) -> Sequence[Commitment]:
        query = OF_A_PERSON.where(col(CommitmentRow.id).not_in(without)).order_by(
            desc(col(CommitmentRow.made_at)), desc(col(CommitmentRow.id))
        )
        return self._some(query.offset(first).limit(count), person=person_id)

    def count_of(self, person_id: str) -> int:
        query = select(func.count()).select_from(CommitmentRow).where(CommitmentRow.person_id == person_id)
        return int(self.session.exec(query).one())

    def due_since(self, person_id: str, since: datetime) -> Sequence[Commitment]:
        return self._some(DUE_SINCE, person=person_id, made=since - LONGEST_AHEAD, due=since)

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
