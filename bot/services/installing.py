"""The app comes into a workspace, leaves it, and may come back before what is kept of it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.ports.installations import LEFT, Place, Sealed
from bot.ports.storage import AlarmKind, Store
from bot.services.coming_back import come_back, set_chores

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
        """Keep it, and set each of its workspaces' nightly chores. Where the app was before, nothing is erased any more
        and its teams are woken again.

        `home` is the workspace of whoever installed it for a whole organisation, None where that is not known.
        """
        store.installations.save(sealed)
        if sealed.enterprise_id is not None:
            store.installations.belongs(home or sealed.id, sealed.enterprise_id)
        for workspace in store.installations.workspaces_of(sealed):
            come_back(store, workspace, at)
            if workspace != sealed.enterprise_id:  # an organisation has no members that Slack would list for it
                set_chores(store, workspace, at)
        self.welcome(store, replace(sealed, id=home, name="") if home else sealed, at)

    def left(self, store: Store, place: str, happened: datetime | None, at: datetime) -> Sequence[str]:
        """The app is there no more: tokens deleted, nothing more sent, and all that is kept goes in `PROMISED`.

        So it is where a workspace lives by the one token in the settings, which nobody but the operator can delete.
        Returns the workspaces that it left: none when it was not there, or was installed again, or was started with a
        token that Slack took, since it `happened` (Slack's whole seconds; it may tell of the past).
        """
        found = next((one for one in store.installations.all() if one.id == place), None)
        since = found.installed_at if found else _there_without(store, place)
        if since is None or (happened is not None and happened < since.replace(microsecond=0)):
            return ()
        workspaces = store.installations.workspaces_of(found) if found else [place]
        store.installations.forget(place)
        for workspace in workspaces:
            store.leaving.silence(workspace, LEFT, at)
            set_chores(store, workspace, at, [AlarmKind.CLEANING])  # which erases it
            store.workspaces.save(replace(store.workspaces.get(workspace), erase_at=at + PROMISED))
        return workspaces


def _there_without(store: Store, workspace: str) -> datetime | None:
    """Since when the app is known to be in a workspace without an installation; None where it is not, or has left, or
    where the workspace lives by its organisation's.
    """
    known = store.workspaces.get(workspace)
    if known.erase_at is not None or store.installations.get(workspace) is not None:
        return None
    return known.there_at


def erase_if_due(store: Store, workspace: str, at: datetime) -> Mapping[str, int] | None:
    """Delete everything of a workspace whose time has come; how many rows of each table, None where it has not.

    Never where the app is installed: that it came back may have been told in another way.
    """
    erase_at = store.workspaces.get(workspace).erase_at
    if erase_at is None or erase_at > at or store.installations.get(workspace) is not None:
        return None
    return store.leaving.erase(workspace)
