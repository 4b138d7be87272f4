"""How fast each workspace is called, in rows that all workers share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from bot.domain.pace import Pace, first
from storage.mapping import from_row, new_row, onto_row
from storage.tables import PaceRow

PACE = (
    select(PaceRow)
    .where(col(PaceRow.workspace) == bindparam("workspace"), col(PaceRow.method) == bindparam("method"))
    .with_for_update()
)


@dataclass(frozen=True)
class PaceStore:
    """The paces of workspaces, within one transaction. A pace that was read is locked until it ends."""

    session: Session

    def get(self, workspace: str, method: str, at: datetime) -> Pace:
        """The pace as of `at`."""
        row = self._row(workspace, method)
        if row is None:
            return first(method, at)
        kept, pace = from_row(Pace, row), from_row(Pace, row).now(at)
        if at < kept.at:  # the clock went back: nobody is to wait until it is there again
            self.save(workspace, method, pace)
        return pace

    def save(self, workspace: str, method: str, pace: Pace) -> None:
        """Keep it."""
        row = self._row(workspace, method)
        if row is None:
            self.session.add(new_row(PaceRow, pace, workspace=workspace, method=method))
        else:
            self.session.add(onto_row(row, pace))

    def _row(self, workspace: str, method: str) -> PaceRow | None:
        return self.session.exec(PACE, params={"workspace": workspace, "method": method}).first()
