"""Slack as the product needs it: post or replace a message, look for one that may have arrived, look a person up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.errors import HuddleError
from bot.ports.messages import Delivery


@dataclass(frozen=True)
class Posted:
    """Where a message ended up."""

    channel: str
    ts: str


class TryLater(HuddleError):
    """Slack has certainly not done it; try again after `seconds`. `throttled`: because we called too often."""

    def __init__(self, reason: str, seconds: float, *, throttled: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds
        self.throttled = throttled


class NotAllowed(TryLater):
    """Slack does not accept the app itself: its token, its scopes. Every message waits until that is mended."""


class Unsure(HuddleError):
    """It is not known whether Slack has done it: the answer was lost, late or an error of Slack's own."""


class Refused(HuddleError):
    """Slack will never take it; the text is Slack's reason."""


class Messenger(Protocol):
    """Carries one delivery to Slack."""

    async def deliver(self, delivery: Delivery) -> Posted:
        """Ask Slack once to post or replace the message. Raises `TryLater`, `Unsure` or `Refused`."""
        ...

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        """Where the message stands if it was posted after `since`; None when it certainly was not.

        Raises `TryLater` when that cannot be told now.
        """
        ...


@dataclass(frozen=True)
class Status:
    """What somebody shows beside their name; `until` is when Slack takes it away, None when it stays."""

    text: str
    emoji: str
    until: datetime | None


@dataclass(frozen=True)
class Place:
    """A channel as the app sees it. Of a private one it is not a member of, it sees nothing."""

    id: str
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_member: bool = False


@dataclass(frozen=True)
class Profile:
    """A member of the workspace, as Slack tells it."""

    slack_id: str
    name: str
    zone: str | None
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False  # belongs to another workspace (Slack Connect)
    deleted: bool = False
    is_admin: bool = False  # or an owner, of the workspace
    status: Status | None = None

    @property
    def is_member(self) -> bool:
        """Whether this is a full member of the workspace: no bot, no guest, nobody from outside, nobody who left."""
        return not (self.is_bot or self.is_guest or self.is_stranger or self.deleted)


class Directory(Protocol):
    """Knows the members of the workspace."""

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        """The member with that id, None when there is none. Raises `TryLater` when Slack does not answer."""
        ...

    async def members(self, workspace: str) -> Sequence[Profile]:
        """Everybody in the workspace, whoever left included. Raises `TryLater` when Slack does not answer."""
        ...

    async def place(self, workspace: str, channel: str) -> Place | None:
        """A channel, None when the app cannot see it. Raises `TryLater` when Slack does not answer."""
        ...

    async def join(self, workspace: str, channel: str) -> bool:
        """Become a member of a public channel; False when Slack does not let the app. Raises `TryLater`."""
        ...

    async def workspace_name(self, workspace: str) -> str | None:
        """What the workspace is called now. Raises `TryLater` when Slack does not answer."""
        ...
