"""Messages as data: which template, with what values, which buttons; and the rows they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

Block = dict[str, Any]
"""One block of Slack's Block Kit, ready to send."""


@dataclass(frozen=True)
class Button:
    """A button: what it does (`action`), to what (`value`), and the key of its label in prompts/labels.yaml.

    In the label's place may stand a `moment`, shown in the message's zone, or `words` of the rep's own.
    """

    action: str
    value: str
    label: str = ""
    moment: datetime | None = None
    words: str | None = None
    style: str | None = None  # None, "primary" or "danger"


@dataclass(frozen=True)
class Message:
    """A message by its template's name ("checkin/opening"), the values it reads and its buttons."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    beside: Button | None = None  # stands to the right of the first paragraph


@dataclass(frozen=True)
class File:
    """A text file by its name, "commitments.csv"."""

    name: str
    content: str


@dataclass(frozen=True)
class Form:
    """A form to be opened: its name in `prompts.views`, and what it is filled with."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """A message ready to send. `text` holds all of it, for screen readers and notifications."""

    text: str
    blocks: list[Block]


class Lane(IntEnum):
    """Urgency: a lower lane is sent first."""

    REPLY = 0
    MORNING = 1
    NUDGE = 2
    SUMMARY = 3
    WINS = 4


class Op(StrEnum):
    """What a row does in Slack."""

    POST = "post"
    UPDATE = "update"


@dataclass(frozen=True)
class Outgoing:
    """A message to send, before it is a row.

    `key` is unique for ever: the same key a second time is not sent. `channel` is a Slack channel or user id (a
    user id opens the DM). An UPDATE replaces the message that was posted under the key `target`.
    """

    key: str
    workspace: str
    channel: str
    lane: Lane
    message: Message
    due_at: datetime
    expires_at: datetime
    op: Op = Op.POST
    target: str | None = None


@dataclass(frozen=True)
class Delivery:
    """A claimed row of the outbox, as the sender sees it.

    `attempts` counts the claims, so that a worker whose lease ran out is known. `slack_channel` and `slack_ts` locate
    an update's target; of a post, `slack_channel` is the conversation that `channel` stands for, where that is known.
    `unsure_since` is when Slack was first asked with an outcome that is still not known.
    """

    id: int
    key: str
    workspace: str
    channel: str
    lane: Lane
    op: Op
    text: str
    blocks: list[Block]
    created_at: datetime
    expires_at: datetime
    attempts: int
    delivery_id: str
    lease_until: datetime
    slack_channel: str | None = None
    slack_ts: str | None = None
    unsure_since: datetime | None = None


ATTACHED = "attached_file"


def attached(files: Sequence[File]) -> list[Block]:
    """Files as they wait in the outbox, in the place of blocks."""
    return [{"type": ATTACHED, "name": one.name, "content": one.content} for one in files]


def files_in(blocks: Sequence[Block]) -> list[File]:
    """The files that wait in the place of blocks; none for a message of words."""
    return [File(str(one["name"]), str(one["content"])) for one in blocks if one.get("type") == ATTACHED]


class Wording(Protocol):
    """Turns messages into words and blocks."""

    def render(self, message: Message) -> Rendered:
        """The message in words. Raises when a value the template needs is missing."""
        ...

    def text(self, template: str, values: Mapping[str, Any]) -> str:
        """The plain words of one template."""
        ...

    def label(self, key: str) -> str:
        """The words of a label."""
        ...

    def clock(self, moment: datetime, zone: ZoneInfo, at: datetime, locale: str = "") -> str:
        """A moment as a reader in `zone` would say it, in their language where they chose one: "Tue 14:00"."""
        ...

    def typable(self, moment: datetime, zone: ZoneInfo, at: datetime) -> str:
        """A moment as somebody would type it into a form, so that it reads back as the same moment."""
        ...

    def view(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """A modal by name, complete for `views.open`."""
        ...
