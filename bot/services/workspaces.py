"""Workspaces: who looks after the app in them, and the one message with which everything begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.workspace import Workspace
from bot.ports.messages import Button, Lane, Message
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.sending import Sending

FIRST_SWEEP = timedelta(minutes=10)
"""How long after it is first seen a workspace is first compared with Slack, and its old words looked for."""


@dataclass(frozen=True)
class Workspaces:
    """Knows workspaces, inside the caller's transaction."""

    sending: Sending
    command: str

    def installed(self, store: Store, workspace: str, name: str, installer: str | None, at: datetime) -> Workspace:
        """The app is there: `installer` (a Slack id, where known) looks after it and is told once how to begin."""
        known = store.workspaces.get(workspace)
        seen = replace(known, name=name or known.name, erase_at=None)
        if seen != known:
            store.workspaces.save(seen)
        for kind in (AlarmKind.SWEEP, AlarmKind.CLEANING):
            if store.alarms.get(kind, workspace) is None:
                store.alarms.set(Alarm(kind, workspace, at + FIRST_SWEEP))
        return self.name_admin(store, workspace, installer, at) if installer else seen

    def name_admin(self, store: Store, workspace: str, slack_id: str, at: datetime) -> Workspace:
        """They look after the app from now on, and get the message that says how to begin, once."""
        known = store.workspaces.get(workspace)
        named = known
        if slack_id not in known.admins:
            named = replace(named, admins=(*known.admins, slack_id))
        if slack_id not in known.welcomed:
            named = replace(named, welcomed=(*known.welcomed, slack_id))
            self.sending.post(
                store,
                Message(
                    "setup/welcome",
                    {"command": self.command, "workspace": named.name},
                    (Button("create_team", "new", "create_team", style="primary"),),
                ),
                key=f"welcome:{workspace}:{slack_id}",
                workspace=workspace,
                channel=slack_id,
                lane=Lane.REPLY,
                at=at,
                expires_at=at + timedelta(days=7),
            )
        if named != known:
            store.workspaces.save(named)
        return named

    def unname_admin(self, store: Store, workspace: str, slack_id: str) -> None:
        """They look after it no more."""
        known = store.workspaces.get(workspace)
        if slack_id in known.admins:
            store.workspaces.save(replace(known, admins=tuple(a for a in known.admins if a != slack_id)))
