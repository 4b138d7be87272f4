"""The app comes into a workspace, leaves it, and may come back before what is kept of it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.people import Team
from bot.ports.installations import LEFT, Place, Sealed
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.checkin import set_check
from bot.services.people import set_alarms

PROMISED = timedelta(days=30)
"""How long what was said is kept after the app was uninstalled; docs and the privacy page promise it."""

Welcome = Callable[[Store, Place, datetime], object]
"""What is done for a workspace that has just installed the app, in the same transaction. For an organisation, the place
is the workspace of whoever installed it, where that is known.
"""


@dataclass(frozen=True)
class Installing:
    """Keeps installations, and what follows from their coming and going."""

    welcome: Welcome

    def installed(self, store: Store, sealed: Sealed, home: str | None, at: datetime) -> None:
        """Keep it. Where the app was before, nothing is erased any more and its teams are woken again.

        `home` is the workspace of whoever installed it for a whole organisation, None where that is not known.
        """
        store.installations.save(sealed)
        if sealed.enterprise_id is not None:
            store.installations.belongs(home or sealed.id, sealed.enterprise_id)
        for workspace in store.installations.workspaces_of(sealed):
            known = store.workspaces.get(workspace)
            if known.erase_at is not None:
                store.workspaces.save(replace(known, erase_at=None))
                for team in store.people.teams(workspace):
                    wake(store, team, at)
        self.welcome(store, replace(sealed, id=home, name="") if home else sealed, at)

    def left(self, store: Store, place: str, happened: datetime | None, at: datetime) -> Sequence[str]:
        """The app is there no more: tokens deleted, nothing more sent, and all that is kept goes in `PROMISED`.

        Returns the workspaces that it left: none when it was not there, or was installed again since it `happened`
        (Slack's whole seconds; it may tell of the past).
        """
        found = next((one for one in store.installations.all() if one.id == place), None)
        if found is None or (happened is not None and happened < found.installed_at.replace(microsecond=0)):
            return ()
        workspaces = store.installations.workspaces_of(found)
        store.installations.forget(place)
        for workspace in workspaces:
            store.leaving.silence(workspace, LEFT, at)
            store.workspaces.save(replace(store.workspaces.get(workspace), erase_at=at + PROMISED))
        return workspaces


def erase_if_due(store: Store, workspace: str, at: datetime) -> Mapping[str, int] | None:
    """Delete everything of a workspace whose time has come; how many rows of each table, None where it has not.

    Never where the app is installed: that it came back may have been told in another way.
    """
    erase_at = store.workspaces.get(workspace).erase_at
    if erase_at is None or erase_at > at or store.installations.get(workspace) is not None:
        return None
    return store.leaving.erase(workspace)


def wake(store: Store, team: Team, at: datetime) -> None:
    """Set what wakes a team that slept, what is open between its reps and the coach included."""
    reps = store.people.reps(team.id)
    set_alarms(store, team, reps, store.people.managers(team.id), None, at)
    for rep in reps:
        latest = store.checkins.latest(rep.id)
        if latest is not None and not latest.ended:
            store.alarms.set(Alarm(AlarmKind.EXPIRY, latest.id, latest.expires_at))
        for commitment in store.commitments.open_of(rep.id):
            if commitment.due_at > at:  # what was due before is asked about in the next check-in
                set_check(store, commitment, rep, team)
