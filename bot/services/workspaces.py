"""Workspaces: who looks after the app in them, and the one message with which everything begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkingHours, is_working_time, next_occurrence
from bot.domain.people import Team
from bot.domain.workspace import Workspace
from bot.ports.messages import Button, Lane, Message
from bot.ports.storage import Store
from bot.services.coming_back import come_back, set_chores
from bot.services.sending import Sending
from bot.services.telling import As, Telling

WELCOME = "setup/welcome"
BEGIN = (Button("create_team", "new", "create_team", style="primary"),)
LASTS = timedelta(days=7)
"""How long the first message is worth sending."""


@dataclass(frozen=True)
class Workspaces:
    """Knows workspaces, inside the caller's transaction."""

    sending: Sending
    telling: Telling
    command: str

    def installed(self, store: Store, workspace: str, name: str, installer: str | None, at: datetime) -> Workspace:
        """The app is there; where it had left, it is back. Where nobody looks after it yet, `installer` (a Slack id,
        where known) does, and is told once how to begin. Elsewhere installing makes nobody an admin: in most workspaces
        anybody may open the page that installs it.
        """
        come_back(store, workspace, at)
        known = store.workspaces.get(workspace)
        seen = replace(known, name=name or known.name, there_at=at)
        store.workspaces.save(seen)
        set_chores(store, workspace, at)
        return self.name_admin(store, workspace, installer, at) if installer and not known.admins else seen

    def name_admin(self, store: Store, workspace: str, slack_id: str, at: datetime) -> Workspace:
        """They look after the app from now on, by what they did themselves this moment: how to begin they are told at
        once, and once.
        """
        if self._named(store, workspace, slack_id):
            self._welcome(store, workspace, slack_id, at, at)
        return store.workspaces.get(workspace)

    def entrust(self, store: Store, workspace: str, slack_id: str, zone: str | None, at: datetime) -> None:
        """Somebody else has them look after the app from now on: how to begin they are told once, when they work.

        Their own hours count; where they are on no team, those of one of the workspace's; where there is none, the
        usual ones in `zone`, where they live by Slack's word. Only when that is not known either it is at once.
        """
        if not self._named(store, workspace, slack_id):
            return
        if team := _team_of(store, workspace, slack_id):
            self.telling.tell(store, WELCOME, self._values(store, workspace), team, slack_id, As.ADMIN, at, BEGIN)
            return
        self._welcome(store, workspace, slack_id, at, _usual_moment(zone, at) if zone else at)

    def unname_admin(self, store: Store, workspace: str, slack_id: str) -> None:
        """They look after it no more."""
        known = store.workspaces.get(workspace)
        if slack_id in known.admins:
            store.workspaces.save(replace(known, admins=tuple(a for a in known.admins if a != slack_id)))

    def _named(self, store: Store, workspace: str, slack_id: str) -> bool:
        """Make them an admin; whether they are still to be told how to begin."""
        known = store.workspaces.get(workspace)
        named = known
        if slack_id not in known.admins:
            named = replace(named, admins=(*known.admins, slack_id))
        if slack_id not in known.welcomed:
            named = replace(named, welcomed=(*known.welcomed, slack_id))
        if named != known:
            store.workspaces.save(named)
        return named.welcomed != known.welcomed

    def _welcome(self, store: Store, workspace: str, slack_id: str, at: datetime, due: datetime) -> None:
        self.sending.post(
            store,
            Message(WELCOME, self._values(store, workspace), BEGIN),
            key=f"welcome:{workspace}:{slack_id}",
            workspace=workspace,
            channel=slack_id,
            lane=Lane.REPLY,
            at=at,
            due_at=due,
            expires_at=due + LASTS,
        )

    def _values(self, store: Store, workspace: str) -> dict[str, str]:
        return {"command": self.command, "workspace": store.workspaces.get(workspace).name}


def _team_of(store: Store, workspace: str, slack_id: str) -> Team | None:
    """A team of theirs, else one of the workspace's, so that its hours and zone count."""
    person = store.people.by_slack(workspace, slack_id)
    if person is not None and person.rep_of is not None:
        return store.people.team(person.rep_of)
    led = store.people.managed_by(person.id) if person is not None else ()
    return next(iter([*led, *store.people.teams(workspace)]), None)


def _usual_moment(zone: str, at: datetime) -> datetime:
    """The first moment from `at` on within the usual hours in a zone."""
    there, hours = ZoneInfo(zone), WorkingHours()
    return at if is_working_time(at, there, hours) else next_occurrence(at, hours.start, there, hours)
