"""Workspaces: who looks after them, how long words are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from bot.domain.workspace import Workspace
from storage.mapping import from_document, to_document
from storage.tables import WorkspaceRow


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
