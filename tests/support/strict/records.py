"""What the strict Slack keeps for tests to read: everything people saw, every request, what got lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.support.strict.mentions import Mention, mentioned
from tests.support.strict.refusal import Json

How = Literal["post", "update", "ephemeral", "modal", "home", "file"]


@dataclass(frozen=True)
class Seen:
    """Something came before somebody's eyes, once. `at` is the clock's time, `ts` Slack's name for the message.

    `reader` is whose DM, modal or Home it is, None in a channel; `request` the number of the request that did it,
    None for the answer to a slash command.
    """

    how: How
    at: float
    channel: str
    reader: str | None
    user: str
    text: str
    ts: str
    blocks: list[Json]
    delivery_id: str | None
    request: int | None

    @property
    def mentions(self) -> list[Mention]:
        """Whom it reached beyond its reader."""
        return mentioned(self.text, self.blocks)


@dataclass
class Asked:
    """A request as it came, in its order. `outcome` is "ok", Slack's error name, or what the chaos made of it.

    `done` says whether it was carried out, whatever was answered.
    """

    number: int
    at: float
    method: str
    args: Json
    outcome: str = ""
    done: bool = False
    details: tuple[str, ...] = ()


@dataclass
class Records:
    """Append-only lists, in the order in which things happened."""

    seen: list[Seen] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    rejected: list[Asked] = field(default_factory=list)
    """Requests that Slack refused, throttling included; not those that chaos spoiled."""
    lost_events: list[Json] = field(default_factory=list)
    """Payloads of the events that were given up after the last retry."""

    def posts(self, channel: str | None = None) -> list[Seen]:
        """The posts of the app, in that channel, or of that DM's person, where one is named."""
        return [s for s in self.seen if s.how == "post" and channel in (None, s.channel, s.reader)]

    def twice(self) -> list[str]:
        """The delivery ids that were posted more than once: what a person saw twice."""
        ids = [s.delivery_id for s in self.posts() if s.delivery_id]
        return sorted({one for one in ids if ids.count(one) > 1})

    def requests(self, method: str) -> list[Asked]:
        """The requests of one method."""
        return [a for a in self.asked if a.method == method]
