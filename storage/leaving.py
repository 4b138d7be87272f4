"""A workspace that leaves: nothing more is sent to it, and in the end nothing of it is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, delete, or_, select, update

from bot.ports.storage import AlarmKind
from storage.outbox import OPEN
from storage.scrubbing import erased
from storage.tables import (
    AlarmRow,
    CheckinRow,
    CoachingRow,
    CommitmentRow,
    DraftRow,
    InboxRow,
    InstallationRow,
    ManagerRow,
    ModelUseRow,
    NudgeRow,
    OutboxRow,
    PaceRow,
    PersonRow,
    SeenQuestionRow,
    SummaryRow,
    TeamRow,
    TurnRow,
    WeekRow,
    WorkspaceRow,
)

Condition = Callable[[str], ColumnElement[bool]]
"""Which rows of a table are a workspace's."""


def _people(workspace: str) -> Any:
    return select(PersonRow.id).where(PersonRow.workspace == workspace)


def _teams(workspace: str) -> Any:
    return select(TeamRow.id).where(TeamRow.workspace == workspace)


def _by_workspace(row: Any) -> Condition:
    return lambda workspace: col(row.workspace) == workspace


def _by(column: Any, owners: Callable[[str], Any]) -> Condition:
    return lambda workspace: col(column).in_(owners(workspace))


OWNED: dict[type[SQLModel], Condition] = {
    TurnRow: _by(TurnRow.person_id, _people),
    SeenQuestionRow: _by(SeenQuestionRow.person_id, _people),
    CommitmentRow: _by_workspace(CommitmentRow),
    CheckinRow: _by(CheckinRow.person_id, _people),
    NudgeRow: _by_workspace(NudgeRow),
    CoachingRow: _by(CoachingRow.manager_id, _people),
    SummaryRow: _by(SummaryRow.team_id, _teams),
    WeekRow: _by(WeekRow.team_id, _teams),
    InboxRow: _by_workspace(InboxRow),
    OutboxRow: _by_workspace(OutboxRow),
    ModelUseRow: _by_workspace(ModelUseRow),
    PaceRow: _by_workspace(PaceRow),
    DraftRow: _by_workspace(DraftRow),
    ManagerRow: _by(ManagerRow.team_id, _teams),
    PersonRow: _by_workspace(PersonRow),
    TeamRow: _by_workspace(TeamRow),
    InstallationRow: lambda workspace: col(InstallationRow.id) == workspace,
    WorkspaceRow: lambda workspace: col(WorkspaceRow.id) == workspace,
}
"""Whose each row is, in the order in which rows can go. Alarms come before all of them: whose they are is read here."""


@dataclass(frozen=True)
class LeavingStore:
    """Implements `bot.ports.installations.Leaving`."""

    session: Session

    def silence(self, workspace: str, reason: str, at: datetime) -> int:
        result: Any = self.session.exec(
            update(OutboxRow)
            .where(col(OutboxRow.state).in_(OPEN), col(OutboxRow.workspace) == workspace)
            .values(state="skipped", reason=reason, lease_until=None, ended_at=at, text="", blocks=[])
        )
        self.session.expire_all()
        # what is too old still has to go, whether or not anybody is spoken to
        waking = delete(AlarmRow).where(self._wakes(workspace), col(AlarmRow.kind) != AlarmKind.CLEANING.value)
        self.session.exec(waking.execution_options(synchronize_session=False))
        return int(result.rowcount)

    def erase(self, workspace: str) -> Mapping[str, int]:
        erased(self.session)
        counts = {"alarm": self._delete(AlarmRow, self._wakes(workspace))}
        for row, condition in OWNED.items():
            counts[str(row.__tablename__)] = self._delete(row, condition(workspace))
        self.session.expire_all()
        return counts

    def _delete(self, row: type[SQLModel], condition: ColumnElement[bool]) -> int:
        result: Any = self.session.exec(delete(row).where(condition).execution_options(synchronize_session=False))
        return int(result.rowcount)

    def _wakes(self, workspace: str) -> ColumnElement[bool]:
        """The alarms of a workspace: their subjects are its people, teams, check-ins, commitments, or itself."""
        subject = col(AlarmRow.subject)
        checkins = select(CheckinRow.id).where(col(CheckinRow.person_id).in_(_people(workspace)))
        commitments = select(CommitmentRow.id).where(CommitmentRow.workspace == workspace)
        summaries = [subject.startswith(f"{team}:", autoescape=True) for team in self.session.exec(_teams(workspace))]
        return or_(
            subject == workspace,
            subject.in_(_people(workspace)),
            subject.in_(_teams(workspace)),
            subject.in_(checkins),
            subject.in_(commitments),
            *summaries,
        )
