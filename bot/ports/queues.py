"""What waits on its way in and out: events from Slack until they are done, messages to Slack until they are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.ports.messages import Delivery, Op, Outgoing, Rendered


@dataclass(frozen=True)
class Incoming:
    """An event from Slack as it is stored before it is acknowledged. `payload` holds only what is needed.

    `said` is Slack's own time of it, in seconds since 1970: what a person's events are ordered by, since Slack may
    deliver them in another order.
    """

    key: str
    workspace: str
    slack_user: str
    payload: dict[str, Any]
    received_at: datetime
    said: float = 0.0


@dataclass(frozen=True)
class Claimed:
    """An incoming event that a worker has taken for itself until its lease ends.

    `attempts` counts the claims, so that a worker whose lease ran out is known; `failures` those that ended in an
    error of ours.
    """

    id: int
    incoming: Incoming
    attempts: int
    failures: int = 0


class Inbox(Protocol):
    """Events from Slack, kept until they are done."""

    def add(self, incoming: Sequence[Incoming]) -> Sequence[bool]:
        """Keep them; False for each whose key is there already."""
        ...

    def claim(self, at: datetime, lease_until: datetime, count: int) -> Sequence[Claimed]:
        """Each person's earliest open event, if nobody works on it and it may be worked on now; marked as taken."""
        ...

    def done(self, claimed: Claimed) -> None:
        """It has had its effect; what was written in it is forgotten.

        Raises `Changed`, and so undoes the effect, when another worker took it after the lease of this one.
        """
        ...

    def clock_went_back(self, at: datetime, lease_until: datetime) -> None:
        """Make leases and waits that were counted by a later clock end soon."""
        ...

    def release(self) -> None:
        """Free what a process that is gone has claimed. To be called before any worker starts, and only by one that
        has the database for itself.
        """
        ...

    def retry(self, claimed: Claimed, not_before: datetime, reason: str, *, failed: bool) -> None:
        """Nothing came of it yet; `failed` when that was an error of ours."""
        ...

    def set_aside(self, claimed: Claimed, reason: str) -> None:
        """Not to be tried again by itself: it failed too often."""
        ...

    def erase_text(self, workspace: str, slack_ts: str) -> None: ...
    def is_open(self, key: str) -> bool:
        """Whether the event with this key is still to be worked on."""
        ...

    def take_up(self, inbox_id: int) -> bool:
        """Try one that was set aside again; False when it is not."""
        ...

    def knows(self, key: str) -> bool:
        """Whether an event with this key was ever kept."""
        ...

    def ready(self, at: datetime) -> bool:
        """Whether looking for something to work on may be worth it."""
        ...

    def waiting(self) -> int: ...


class Outbox(Protocol):
    """Messages to Slack, kept before they are sent."""

    def add(self, outgoing: Outgoing, rendered: Rendered, delivery_id: str, at: datetime) -> bool:
        """Keep it; False when its key is there already."""
        ...

    def claim(self, at: datetime, lease_until: datetime, count: int) -> Sequence[Delivery]:
        """The most urgent that may go now, within the pace of their workspaces and channels, marked as taken.

        In one channel nothing overtakes what is as urgent and was written before it.
        """
        ...

    def sent(self, delivery: Delivery, channel: str, ts: str) -> None:
        """It stands in Slack, whoever holds it now; its words are forgotten."""
        ...

    def is_unsent(self, workspace: str, delivery_id: str) -> bool:
        """Whether this message of ours is not known to have reached Slack."""
        ...

    def echoed(self, workspace: str, delivery_id: str, channel: str, ts: str) -> bool:
        """Slack showed us our own message: it is sent. Whether that was in doubt."""
        ...

    def retry(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        """Slack has not done it; whether an earlier attempt did is as the delivery's `unsure_since` says."""
        ...

    def reword(self, delivery: Delivery, rendered: Rendered) -> Delivery:
        """Put other words into it, before it is sent."""
        ...

    def throttled(self, workspace: str, op: Op, at: datetime, seconds: float) -> None:
        """Slack asked to be left alone with this kind of call for so long."""
        ...

    def failed(self, delivery: Delivery, reason: str, at: datetime) -> None:
        """Slack will not take it. The words are kept, so that it can be tried again while it is in time."""
        ...

    def take_up(self, row_id: int, at: datetime) -> bool:
        """Try a failed one again; False when it is not, or its time is over."""
        ...

    def skip(self, delivery: Delivery, reason: str, at: datetime) -> None:
        """It is no longer wanted; its words are forgotten."""
        ...

    def skip_for(self, workspace: str, channel: str, reason: str, at: datetime) -> int:
        """Nothing that waits for this channel or person is wanted any more; how many messages there were."""
        ...

    def clock_went_back(self, at: datetime, lease_until: datetime) -> None:
        """Make leases and waits that were counted by a later clock end soon."""
        ...

    def has_expired(self, at: datetime) -> bool: ...
    def skip_expired(self, at: datetime) -> int:
        """Give up on what could not be sent in time; how many there were."""
        ...

    def has(self, key: str) -> bool:
        """Whether a message was ever written under this key."""
        ...

    def key_at(self, workspace: str, channel: str, ts: str) -> str | None:
        """The key under which the message at that place was posted."""
        ...

    def ready(self, at: datetime) -> bool:
        """Whether looking for something to send may be worth it: it may still have to wait for its channel or pace."""
        ...

    def waiting(self, at: datetime) -> int: ...
