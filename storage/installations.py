"""Where the app is installed: one row a place, its tokens sealed by whoever calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, or_, select, update

from bot.ports.installations import FIRST_CHORES, Place, Sealed
from bot.ports.storage import Alarm, AlarmKind
from storage.alarms import AlarmStore
from storage.mapping import from_row, new_row
from storage.tables import InstallationRow, OAuthStateRow
from storage.workspaces import WorkspaceStore


@dataclass(frozen=True)
class InstallationStore:
    """Implements `bot.ports.installations.Installations`."""

    session: Session

    def get(self, workspace: str, enterprise: str | None = None) -> Sealed | None:
        own = self._row(workspace)
        if own is None:
            known = enterprise or WorkspaceStore(self.session).get(workspace).enterprise_id
            own = self._row(known) if known else None
            if own is None or not own.org_wide:
                return None
        return from_row(Sealed, own)

    def _row(self, place_id: str) -> InstallationRow | None:
        query = select(InstallationRow).where(InstallationRow.id == place_id)
        return self.session.exec(query.execution_options(populate_existing=True)).first()

    def belongs(self, workspace: str, enterprise: str) -> None:
        workspaces = WorkspaceStore(self.session)
        known = workspaces.get(workspace)
        if known.enterprise_id != enterprise:
            workspaces.save(replace(known, enterprise_id=enterprise))
        if (own := self._row(enterprise)) is not None:
            self._set_chores(workspace, own.installed_at + FIRST_CHORES)

    def _set_chores(self, workspace: str, at: datetime) -> None:
        alarms = AlarmStore(self.session)
        for kind in (AlarmKind.SWEEP, AlarmKind.CLEANING):
            if alarms.get(kind, workspace) is None:
                alarms.set(Alarm(kind, workspace, at))

    def workspaces_of(self, place: Place) -> Sequence[str]:
        if not place.org_wide:
            return [place.id]
        own = {row.id for row in self.session.exec(select(InstallationRow)) if not row.org_wide}
        known = WorkspaceStore(self.session).all()
        return [place.id, *(w.id for w in known if w.enterprise_id == place.id and w.id not in {*own, place.id})]

    def all(self) -> Sequence[Sealed]:
        return [
            from_row(Sealed, row) for row in self.session.exec(select(InstallationRow).order_by(InstallationRow.id))
        ]

    def save(self, sealed: Sealed) -> None:
        before = self._row(sealed.id)
        version = before.version + 1 if before else sealed.version
        row = new_row(InstallationRow, replace(sealed, version=version))
        row.scopes = list(sealed.scopes)
        self.session.merge(row)
        self.session.flush()

    def lease(self, place: Place, at: datetime, until: datetime) -> bool:
        free = or_(col(InstallationRow.lease_until).is_(None), col(InstallationRow.lease_until) <= at)
        return self._changed(place, free, lease_until=until)

    def renew(self, sealed: Sealed) -> bool:
        return self._changed(
            sealed,
            sealed=sealed.sealed,
            expires_at=sealed.expires_at,
            version=sealed.version + 1,
            lease_until=None,
        )

    def _changed(self, place: Place, *conditions: Any, **values: Any) -> bool:
        """Change the row if it is still at the place's version; whether it was."""
        still = (col(InstallationRow.id) == place.id, col(InstallationRow.version) == place.version)
        result: Any = self.session.exec(update(InstallationRow).where(*still, *conditions).values(**values))
        return bool(result.rowcount == 1)

    def forget(self, place_id: str) -> bool:
        result: Any = self.session.exec(delete(InstallationRow).where(col(InstallationRow.id) == place_id))
        return bool(result.rowcount)

    def unname(self, workspace: str, slack_id: str) -> None:
        places = [workspace, WorkspaceStore(self.session).get(workspace).enterprise_id]
        there = col(InstallationRow.id).in_([one for one in places if one])
        theirs = update(InstallationRow).where(there, col(InstallationRow.installed_by) == slack_id)
        self.session.exec(theirs.values(installed_by=None))

    def add_state(self, digest: str, at: datetime, until: datetime, most: int) -> None:
        newest = select(OAuthStateRow.digest).order_by(col(OAuthStateRow.until).desc(), OAuthStateRow.digest)
        surplus = col(OAuthStateRow.digest).in_(newest.offset(most - 1))
        self.session.exec(delete(OAuthStateRow).where(or_(col(OAuthStateRow.until) <= at, surplus)))
        self.session.add(OAuthStateRow(digest=digest, until=until))
        self.session.flush()

    def take_state(self, digest: str, at: datetime) -> bool:
        row = self.session.get(OAuthStateRow, digest, with_for_update=True)
        if row is None:
            return False
        in_time = row.until > at
        self.session.delete(row)
        self.session.flush()
        return in_time
