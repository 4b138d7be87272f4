"""What people saw and did: the messages of a conversation as they stand, and everything that was ever done to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Shown:
    """A message in a conversation as it stands now, and the buttons it ever had."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    at: datetime
    seen_from: float  # virtual time from which Slack's history shows it
    delivery_id: str = ""
    edits: int = 0
    old: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # what an older client may still show

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The buttons by their words."""
        rows = [b for b in self.blocks if b["type"] == "actions"]
        return {e["text"]["text"]: e for row in rows for e in row["elements"]}


@dataclass(frozen=True)
class Change:
    """A message of ours that appeared, or appeared anew, in a conversation."""

    at: datetime
    number: int  # the order in which Slack did it
    kind: str  # "post" or "update"
    channel: str
    ts: str
    text: str
    delivery_id: str
    attempt: int
    asked_at: datetime  # when the process called


@dataclass(eq=False)
class Act:
    """Something a person did. `acked_at`: when Slack first heard from us that we have it."""

    at: datetime
    user: str
    kind: str  # say, edit, delete, tap, submit, command, home
    detail: str
    number: int
    ts: str = ""
    shown: str = ""  # the text of the message that was tapped, or that stood last when it was said
    first_tried_at: datetime | None = None
    acked_at: datetime | None = None
    answer: str = ""
    gone_at: datetime | None = None  # a message that its author deleted
    now: str = ""  # the words of a message as its author left them


@dataclass
class Record:
    """All of it, in order."""

    changes: list[Change] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    outages: list[tuple[float, float]] = field(default_factory=list)  # Slack did not work
    clocks_wrong: list[tuple[float, float]] = field(default_factory=list)  # a process had its clock an hour back
    gone: dict[str, datetime] = field(default_factory=dict)  # who was deactivated, and when
    zones: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)  # whose zone was told when

    def of(self, channel: str) -> list[Change]:
        """What appeared in a conversation."""
        return [change for change in self.changes if change.channel == channel]

    def zones_at(self, user: str, moment: datetime, slack: float = 3600.0) -> set[str]:
        """The zones that held for somebody about then."""
        told = self.zones[user]
        found = set()
        for i, (since, zone) in enumerate(told):
            until = told[i + 1][0] if i + 1 < len(told) else None
            begun = (moment - since).total_seconds() >= -slack
            if begun and (until is None or (moment - until).total_seconds() <= slack):
                found.add(zone)
        return found
