"""Rows that other rows point to, and a transaction that leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from bot.domain.checkin import Checkin
from bot.domain.commitment import Commitment
from bot.domain.people import Person, Team
from bot.ports.storage import Store
from storage.sqlite import SqlStore

WORKSPACE = "T01TEST"
AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
DAY = date(2026, 11, 23)

NORTH = Team("north", WORKSPACE, "North", "Europe/Berlin", "C01WINS")
MARIA = Person("maria", WORKSPACE, "UMARIA", "Maria Kern", "Europe/Berlin")
ANA = Person("ana", WORKSPACE, "UANA", "Ana Sousa", "Europe/Lisbon", rep_of="north")
BEN = Person("ben", WORKSPACE, "UBEN", "Ben Krug", "Europe/Berlin", rep_of="north")


def add_people(store: Store) -> None:
    """The team and its three people."""
    store.people.save_team(NORTH)
    for person in (MARIA, ANA, BEN):
        store.people.add(person, DAY)
    store.people.set_managers(NORTH.id, [MARIA.id])


def enrol(engine: Engine) -> None:
    """`add_people`, kept."""
    with Session(engine) as session, session.begin():
        add_people(SqlStore(session))


@contextmanager
def rolled_back(engine: Engine) -> Iterator[SqlStore]:
    """A store whose writes are gone afterwards."""
    with Session(engine, expire_on_commit=False) as session:
        yield SqlStore(session)
        session.rollback()


def afresh(store: SqlStore) -> SqlStore:
    """The same store with nothing in memory: what is read next comes from the file."""
    store.session.flush()
    store.session.expunge_all()
    return store


def a_checkin(checkin_id: str = "c1", person: Person = ANA, day: date = DAY, number: int = 1) -> Checkin:
    """A check-in as it is opened."""
    return Checkin(checkin_id, WORKSPACE, person.id, NORTH.id, day, number, AT, AT + timedelta(hours=8))


def a_commitment(commitment_id: str = "m1", person: Person = ANA, made_at: datetime = AT) -> Commitment:
    """An open commitment, due in three hours."""
    return Commitment(
        id=commitment_id,
        workspace=WORKSPACE,
        person_id=person.id,
        team_id=NORTH.id,
        checkin_id="c1",
        behaviour_id=None,
        action="call Jonas about the offer",
        due_at=made_at + timedelta(hours=3),
        if_then=None,
        made_at=made_at,
    )
