"""Where the app is installed and what it may do there. Tokens are in memory only; what is kept of them is sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

LEFT = "the app was uninstalled"
"""Why a message was not sent; people read it."""
FIRST_CHORES = timedelta(minutes=10)
"""How long after the app is there a workspace is first compared with Slack, and its old words looked for."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the app is installed, and as whom: nothing secret.

    `id` is the workspace's id, or the organisation's where it is installed for all of its workspaces (`org_wide`).
    `expires_at` is when the token ends, None for one that does not. `version` counts the changes, so that two
    processes do not both renew one token.
    """

    id: str
    enterprise_id: str | None = None
    org_wide: bool = False
    name: str = ""
    app_id: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    scopes: tuple[str, ...] = ()
    installed_by: str | None = None
    installed_at: datetime
    expires_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Installation(Place):
    """A place with its tokens, which no log and no database may see."""

    bot_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Sealed(Place):
    """A place as it is kept: its tokens as text that only whoever has the key can read."""

    sealed: str = field(repr=False)


class Keys(Protocol):
    """Seals tokens before they are kept. Not to be used within a transaction: it is work that needs none."""

    def seal(self, installation: Installation) -> Sealed:
        """Its tokens sealed with the newest key, for this place only."""
        ...

    def open(self, sealed: Sealed) -> Installation:
        """With its tokens. Raises `KeysError` when no key opens it, or it was sealed for another place."""
        ...


class Installations(Protocol):
    """Where the app is installed, within a transaction."""

    def get(self, workspace: str, enterprise: str | None = None) -> Sealed | None:
        """The workspace's own installation, else that of its organisation when it is for all of its workspaces.

        `enterprise` is the organisation as Slack just told it; without it, the one that the workspace belonged to when
        it was last heard of.
        """
        ...

    def belongs(self, workspace: str, enterprise: str) -> None:
        """The workspace is one of this organisation's. Where that has installed the app, the workspace's nightly chores
        are set, if they are not: as if it had been heard of when that was.
        """
        ...

    def workspaces_of(self, place: Place) -> Sequence[str]:
        """The workspaces that live by this installation: itself, or every one of the organisation without its own."""
        ...

    def all(self) -> Sequence[Sealed]: ...
    def save(self, sealed: Sealed) -> None:
        """Keep it, in the place of whatever was kept there."""
        ...

    def lease(self, place: Place, at: datetime, until: datetime) -> bool:
        """Take the renewing of its token for oneself; False when somebody has, or has done it."""
        ...

    def renew(self, sealed: Sealed) -> bool:
        """Keep its new tokens if it is still at `sealed.version`, which grows by one; False when it is not."""
        ...

    def forget(self, place_id: str) -> bool:
        """Delete it with its tokens; False when it is not there."""
        ...

    def unname(self, workspace: str, slack_id: str) -> None:
        """Forget that this person of the workspace installed it, there or for its organisation."""
        ...

    def add_state(self, digest: str, at: datetime, until: datetime, most: int) -> None:
        """Remember that somebody began to install, `until` then. What is over goes, and of more than `most` the oldest:
        nobody can keep others from installing by beginning without end.
        """
        ...

    def take_state(self, digest: str, at: datetime) -> bool:
        """Whether somebody began so and has not ended yet; it is forgotten."""
        ...


class Leaving(Protocol):
    """What is done with everything of one workspace, within a transaction: never with anything of another's."""

    def silence(self, workspace: str, reason: str, at: datetime) -> int:
        """Skip what waits to be sent and clear what would wake the workspace's people and teams; how many messages."""
        ...

    def erase(self, workspace: str) -> Mapping[str, int]:
        """Delete everything of the workspace from every table; how many rows of each."""
        ...
