"""What an admin settles for the whole workspace: how long words are kept, and who else looks after the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.access import Action
from bot.domain.workspace import LONGEST_COMMITMENTS, LONGEST_TEXTS, SHORTEST, Retention, Workspace
from bot.ports.messages import Form
from bot.ports.storage import Store
from bot.services import access
from bot.services.access import Actor
from bot.services.workspaces import Workspaces

LIMITS = {"retention_texts": LONGEST_TEXTS, "retention_commitments": LONGEST_COMMITMENTS}
"""The longest that each may be kept, in days; the shortest is the same for both."""
MOST_ADMINS = 20


def days(name: str, typed: str) -> int | None:
    """The number of days that was typed for `name`; None when it is none, or not within the limits."""
    known = typed.isascii() and typed.isdecimal() and len(typed) <= 5
    return int(typed) if known and SHORTEST <= int(typed) <= LIMITS[name] else None


@dataclass(frozen=True)
class Keeping:
    """Shows and keeps it, inside the caller's transaction. Who may not is shown nothing and changes nothing."""

    workspaces: Workspaces

    def _theirs(self, store: Store, who: Actor) -> Workspace | None:
        workspace = store.workspaces.get(who.workspace)
        return workspace if access.may(who, Action.CHANGE_WORKSPACE, workspace) else None

    def retention_form(self, store: Store, who: Actor) -> Form | None:
        """For how many days words and commitments are kept."""
        workspace = self._theirs(store, who)
        kept = workspace.retention if workspace else None
        told = {"shortest": SHORTEST, "texts_most": LONGEST_TEXTS, "commitments_most": LONGEST_COMMITMENTS}
        return Form("retention", told | {"texts": kept.texts, "commitments": kept.commitments}) if kept else None

    def admins_form(self, store: Store, who: Actor) -> Form | None:
        """Who looks after the app."""
        workspace = self._theirs(store, who)
        return Form("admins", {"admins": workspace.admins, "most": MOST_ADMINS}) if workspace else None

    def retain(self, store: Store, who: Actor, texts: int, commitments: int) -> bool:
        """Keep words and commitments for so many days; what is older goes with the next night's cleaning."""
        workspace = self._theirs(store, who)
        if workspace is not None:
            store.workspaces.save(replace(workspace, retention=Retention(texts, commitments)))
        return workspace is not None

    def new_among(self, store: Store, who: Actor, slack_ids: Sequence[str]) -> Sequence[str]:
        """Those who do not look after it yet."""
        workspace = self._theirs(store, who)
        return [one for one in slack_ids if one not in workspace.admins] if workspace else []

    def entrust(
        self, store: Store, who: Actor, slack_ids: Sequence[str], zones: Mapping[str, str | None], at: datetime
    ) -> bool:
        """They, and nobody else, look after the app from now on; whoever is new is told how to begin, when they work.
        `zones`: where the new ones live, where Slack says so. False when nobody would be left, or it is not theirs to
        say.
        """
        workspace = self._theirs(store, who)
        if workspace is None or not slack_ids:
            return False
        for one in slack_ids:
            self.workspaces.entrust(store, workspace.id, one, zones.get(one), at)
        for one in workspace.admins:
            if one not in slack_ids:
                self.workspaces.unname_admin(store, workspace.id, one)
        return True
