"""Workspaces, and the teams that are being set up in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from bot.domain.draft import TeamDraft
from bot.domain.workspace import Workspace
from storage.mapping import from_document, to_document
from storage.tables import DraftRow, WorkspaceRow


@dataclass(frozen=True)
class WorkspaceStore:
    """Implements `bot.ports.storage.Workspaces`."""

    session: Session

    def get(self, workspace: str) -> Workspace:
        row = self.session.get(WorkspaceRow, workspace)
        return from_document(Workspace, row.doc) if row else Workspace(workspace)

    def save(self, workspace: Workspace) -> None:
        row = WorkspaceRow(id=workspace.id, erase_at=workspace.erase_at, doc=to_document(workspace))
        self.session.merge(row)
        self.session.flush()

    def all(self) -> Sequence[Workspace]:
        rows = self.session.exec(select(WorkspaceRow).order_by(WorkspaceRow.id))
        return [from_document(Workspace, row.doc) for row in rows]


@dataclass(frozen=True)
class DraftStore:
    """Implements `bot.ports.storage.Drafts`."""

    session: Session

    def get(self, draft_id: str) -> TeamDraft | None:
        row = self.session.get(DraftRow, draft_id)
        return from_document(TeamDraft, row.doc) if row else None

    def save(self, draft: TeamDraft) -> None:
        self.session.merge(DraftRow(id=draft.id, workspace=draft.workspace, doc=to_document(draft)))
        self.session.flush()

    def of_workspace(self, workspace: str) -> Sequence[TeamDraft]:
        rows = self.session.exec(select(DraftRow).where(DraftRow.workspace == workspace).order_by(DraftRow.id))
        return [from_document(TeamDraft, row.doc) for row in rows]

    def forget(self, draft_id: str) -> None:
        self.session.exec(delete(DraftRow).where(col(DraftRow.id) == draft_id))
