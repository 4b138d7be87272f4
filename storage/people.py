"""Persons, teams and who belongs where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, func, select

from bot.domain.people import Person, Team
from bot.domain.preferences import NO_PREFERENCES, Preferences
from bot.errors import StorageError
from storage.mapping import from_document, from_row, new_row, onto_row, to_document
from storage.tables import ManagerRow, PersonRow, TeamRow

# Built once, since every turn needs them and building costs more than running.
BY_SLACK = select(PersonRow).where(
    col(PersonRow.workspace) == bindparam("workspace"), col(PersonRow.slack_id) == bindparam("slack_id")
)
REPS = (
    select(PersonRow).where(col(PersonRow.rep_of) == bindparam("team")).order_by(col(PersonRow.name), col(PersonRow.id))
)
MANAGERS = (
    select(PersonRow)
    .join(ManagerRow, col(ManagerRow.person_id) == col(PersonRow.id))
    .where(col(ManagerRow.team_id) == bindparam("team"))
    .order_by(col(ManagerRow.position))
)


@dataclass(frozen=True)
class PeopleStore:
    """Implements `bot.ports.storage.People`."""

    session: Session

    def get(self, person_id: str) -> Person:
        row = self.session.get(PersonRow, person_id)
        if row is None:
            raise StorageError(f"no person {person_id}")
        return _person(row)

    def find(self, person_id: str) -> Person | None:
        row = self.session.get(PersonRow, person_id)
        return _person(row) if row else None

    def of_workspace(self, workspace: str) -> Sequence[Person]:
        query = select(PersonRow).where(PersonRow.workspace == workspace).order_by(PersonRow.name, PersonRow.id)
        return [_person(row) for row in self.session.exec(query)]

    def by_slack(self, workspace: str, slack_id: str) -> Person | None:
        row = self.session.exec(BY_SLACK, params={"workspace": workspace, "slack_id": slack_id}).first()
        return _person(row) if row else None

    def add(self, person: Person, enrolled_on: date) -> None:
        row = new_row(PersonRow, person, enrolled_on=enrolled_on)
        row.preferences = to_document(person.preferences) if person.preferences != NO_PREFERENCES else None
        self.session.add(row)
        self.session.flush()

    def save(self, person: Person) -> None:
        row = self.session.get(PersonRow, person.id)
        if row is None:
            raise StorageError(f"no person {person.id}")
        onto_row(row, person)
        row.preferences = to_document(person.preferences) if person.preferences != NO_PREFERENCES else None
        self.session.add(row)

    def team(self, team_id: str) -> Team:
        row = self.session.get(TeamRow, team_id)
        if row is None:
            raise StorageError(f"no team {team_id}")
        return from_document(Team, row.doc)

    def everywhere(self, slack_id: str) -> Sequence[Person]:
        query = select(PersonRow).where(PersonRow.slack_id == slack_id).order_by(PersonRow.workspace)
        return [_person(row) for row in self.session.exec(query)]

    def find_team(self, team_id: str) -> Team | None:
        row = self.session.get(TeamRow, team_id)
        return from_document(Team, row.doc) if row else None

    def team_named(self, workspace: str, name: str) -> Team | None:
        query = select(TeamRow).where(TeamRow.workspace == workspace, TeamRow.name == name)
        row = self.session.exec(query).first()
        return from_document(Team, row.doc) if row else None

    def teams(self, workspace: str | None = None) -> Sequence[Team]:
        query = select(TeamRow).order_by(TeamRow.name)
        rows = self.session.exec(query if workspace is None else query.where(TeamRow.workspace == workspace))
        return [from_document(Team, row.doc) for row in rows]

    def save_team(self, team: Team) -> None:
        self.session.merge(TeamRow(id=team.id, workspace=team.workspace, name=team.name, doc=to_document(team)))
        self.session.flush()

    def reps(self, team_id: str) -> Sequence[Person]:
        return [_person(row) for row in self.session.exec(REPS, params={"team": team_id})]

    def managers(self, team_id: str) -> Sequence[Person]:
        return [_person(row) for row in self.session.exec(MANAGERS, params={"team": team_id})]

    def set_managers(self, team_id: str, person_ids: Sequence[str]) -> None:
        self.session.exec(delete(ManagerRow).where(col(ManagerRow.team_id) == team_id))
        for position, person_id in enumerate(person_ids):
            self.session.add(ManagerRow(team_id=team_id, person_id=person_id, position=position))
        self.session.flush()

    def managed_by(self, person_id: str) -> Sequence[Team]:
        query = (
            select(TeamRow)
            .join(ManagerRow, col(ManagerRow.team_id) == TeamRow.id)
            .where(ManagerRow.person_id == person_id)
            .order_by(TeamRow.name)
        )
        return [from_document(Team, row.doc) for row in self.session.exec(query)]

    def sizes(self, workspace: str) -> Mapping[str, int]:
        query = select(PersonRow.rep_of, func.count()).where(
            PersonRow.workspace == workspace, col(PersonRow.rep_of).is_not(None)
        )
        return {str(team): count for team, count in self.session.exec(query.group_by(col(PersonRow.rep_of)))}

    def managers_in(self, workspace: str) -> Mapping[str, Sequence[Person]]:
        query = (
            select(ManagerRow.team_id, PersonRow)
            .join(PersonRow, col(ManagerRow.person_id) == col(PersonRow.id))
            .join(TeamRow, col(ManagerRow.team_id) == col(TeamRow.id))
            .where(TeamRow.workspace == workspace)
            .order_by(ManagerRow.team_id, col(ManagerRow.position))
        )
        found: dict[str, list[Person]] = {}
        for team_id, row in self.session.exec(query):
            found.setdefault(team_id, []).append(_person(row))
        return found

    def enrolled_in(self, team_id: str) -> Mapping[str, date]:
        query = select(col(PersonRow.id), col(PersonRow.enrolled_on)).where(col(PersonRow.rep_of) == team_id)
        return {str(person_id): day for person_id, day in self.session.exec(query)}

    def enrolled_on(self, person_id: str) -> date:
        row = self.session.get(PersonRow, person_id)
        if row is None:
            raise StorageError(f"no person {person_id}")
        return row.enrolled_on


def _person(row: PersonRow) -> Person:
    settled = from_document(Preferences, row.preferences) if row.preferences else NO_PREFERENCES
    return from_row(Person, row, preferences=settled)
