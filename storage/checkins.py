"""Check-ins, turns and the questions asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Integer, bindparam
from sqlmodel import Session, col, delete, desc, select, update

from bot.domain.checkin import Checkin
from bot.domain.reading import Reading
from bot.errors import Changed, StorageError
from bot.ports.storage import SeenQuestion, Turn
from storage.mapping import from_document, from_row, new_row, to_document
from storage.tables import CheckinRow, SeenQuestionRow, TurnRow

# Building a statement costs more than running it: those that every turn needs are built once.
OF_A_PERSON = select(CheckinRow).where(col(CheckinRow.person_id) == bindparam("person"))
NEWEST_FIRST = desc(CheckinRow.local_date), desc(CheckinRow.number)
LATEST = OF_A_PERSON.order_by(*NEWEST_FIRST).limit(1)
ON = OF_A_PERSON.where(col(CheckinRow.local_date) == bindparam("day")).order_by(col(CheckinRow.number))
ON_DAY = (
    select(CheckinRow)
    .where(
        col(CheckinRow.person_id).in_(bindparam("people", expanding=True)),
        col(CheckinRow.local_date) == bindparam("day"),
    )
    .order_by(col(CheckinRow.person_id), col(CheckinRow.number))
)
WANTED_A_HAND = (
    select(CheckinRow)
    .where(
        col(CheckinRow.person_id).in_(bindparam("people", expanding=True)),
        col(CheckinRow.local_date) >= bindparam("day"),
        col(CheckinRow.doc)["help_shared"].as_boolean(),
    )
    .order_by(col(CheckinRow.opened_at))
)
RECENT = (
    OF_A_PERSON.where(col(CheckinRow.local_date) < bindparam("day"))
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most", type_=Integer))
)
TURNS = (
    select(TurnRow).where(col(TurnRow.checkin_id) == bindparam("checkin")).order_by(col(TurnRow.at), col(TurnRow.id))
)
SEEN = (
    select(SeenQuestionRow)
    .where(col(SeenQuestionRow.person_id) == bindparam("person"))
    .order_by(desc(col(SeenQuestionRow.id)))
    .limit(bindparam("most", type_=Integer))
)


@dataclass(frozen=True)
class CheckinStore:
    """Implements `bot.ports.storage.Checkins`."""

    session: Session

    def get(self, checkin_id: str) -> Checkin:
        checkin = self.find(checkin_id)
        if checkin is None:
            raise StorageError(f"no check-in {checkin_id}")
        return checkin

    def find(self, checkin_id: str) -> Checkin | None:
        row = self.session.get(CheckinRow, checkin_id)
        return from_document(Checkin, row.doc) if row else None

    def add(self, checkin: Checkin) -> None:
        self.session.add(new_row(CheckinRow, checkin, doc=to_document(checkin)))
        self.session.flush()

    def save(self, checkin: Checkin, expected: int) -> None:
        statement = (
            update(CheckinRow)
            .where(col(CheckinRow.id) == checkin.id, col(CheckinRow.version) == expected)
            .values(stage=checkin.stage.value, version=checkin.version, doc=to_document(checkin))
            .execution_options(synchronize_session=False)
        )
        result: Any = self.session.exec(statement)
        if result.rowcount != 1:
            raise Changed(f"check-in {checkin.id} is no longer at version {expected}")
        self.session.expire_all()

    def remove(self, checkin: Checkin) -> None:
        found = delete(CheckinRow).where(col(CheckinRow.id) == checkin.id, col(CheckinRow.version) == checkin.version)
        result: Any = self.session.exec(found.execution_options(synchronize_session=False))
        if result.rowcount != 1:
            raise Changed(f"check-in {checkin.id} is no longer at version {checkin.version}")
        self.session.expire_all()

    def _some(self, query: Any, **values: Any) -> list[Checkin]:
        return [from_document(Checkin, row.doc) for row in self.session.exec(query, params=values)]

    def latest(self, person_id: str) -> Checkin | None:
        return next(iter(self._some(LATEST, person=person_id)), None)

    def on(self, person_id: str, day: date) -> Sequence[Checkin]:
        return self._some(ON, person=person_id, day=day)

    def on_day(self, person_ids: Sequence[str], day: date) -> Mapping[str, Sequence[Checkin]]:
        found = self._some(ON_DAY, people=list(person_ids), day=day)
        return {person: list(some) for person, some in groupby(found, lambda one: one.person_id)}

    def asked_for_a_hand(self, person_ids: Sequence[str], since: date) -> Sequence[Checkin]:
        return self._some(WANTED_A_HAND, people=list(person_ids), day=since)

    def recent(self, person_id: str, before: date, count: int) -> Sequence[Checkin]:
        return self._some(RECENT, person=person_id, day=before, most=count)

    def add_turn(self, turn: Turn) -> None:
        self.session.add(_turn_row(turn))
        self.session.flush()

    def save_turn(self, turn: Turn) -> None:
        self.session.merge(_turn_row(turn))

    def turns(self, checkin_id: str) -> Sequence[Turn]:
        return [_turn(row) for row in self.session.exec(TURNS, params={"checkin": checkin_id})]

    def turn_of(self, person_id: str, slack_ts: str) -> Turn | None:
        query = select(TurnRow).where(TurnRow.person_id == person_id, TurnRow.slack_ts == slack_ts)
        row = self.session.exec(query).first()
        return _turn(row) if row else None

    def add_seen(self, seen: SeenQuestion) -> None:
        self.session.add(new_row(SeenQuestionRow, seen))

    def seen(self, person_id: str, count: int) -> Sequence[SeenQuestion]:
        rows = self.session.exec(SEEN, params={"person": person_id, "most": count})
        return [from_row(SeenQuestion, row) for row in rows][::-1]


def _turn_row(turn: Turn) -> TurnRow:
    return TurnRow(
        id=turn.id,
        checkin_id=turn.checkin_id,
        person_id=turn.person_id,
        at=turn.at,
        text=turn.text,
        slack_ts=turn.slack_ts,
        before=to_document(turn.before),
        reading=to_document(turn.reading),
    )


def _turn(row: TurnRow) -> Turn:
    return from_row(Turn, row, before=from_document(Checkin, row.before), reading=from_document(Reading, row.reading))
