"""How fast a workspace is written to: a bucket that fills at an adaptive rate, a part of it kept for replies.

Slack names no figure for posting ("several hundred a minute" in a workspace); 229 a minute were seen. So the rate is
found: it starts below that, is halved when Slack says that it is too much, soon returns to just under where that
happened, and climbs slowly from there. The state is a row, so that all workers share one pace.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

START = {"post": 200.0, "update": 50.0}
"""Calls a minute to begin with. `chat.update` has a limit of its own: "50+ a minute" in Slack's tiers."""
LEAST, MOST = 6.0, 600.0
BURST = timedelta(seconds=6)
"""How much may go at once after a quiet time: what the rate gives in so long."""
KEPT_FOR_REPLIES = 0.3
"""The share of that which only replies may use: whoever writes to us does not wait behind a large morning."""
CLIMB = 2.0
"""Calls a minute by which the rate grows in a minute of use without a complaint."""
RETURN = timedelta(seconds=10)
"""How long the way back from the half takes, to `NEARLY` what was too much."""
NEARLY = 0.97
ONE_COMPLAINT = timedelta(seconds=5)
"""Complaints this soon after one another are one: the calls were under way together."""
USE = timedelta(seconds=5)
"""A longer pause between two looks is no use of the rate, and proves nothing."""


@dataclass(frozen=True)
class Pace:
    """What may be called now, as of `at`. `rate` is a minute, `top` the rate at which Slack complained last."""

    rate: float
    tokens: float
    at: datetime
    top: float | None = None
    complained_at: datetime | None = None
    blocked_until: datetime | None = None

    @property
    def room(self) -> float:
        """The most that may go at once."""
        return max(self.rate * (BURST / timedelta(minutes=1)), 2.0)

    def now(self, at: datetime) -> Pace:
        """The pace at a later moment. When the clock went back, nothing is gained and nothing lost."""
        if self.blocked_until is not None and at < self.blocked_until <= at + LONGEST:
            return replace(self, at=at)
        counted_from = max(self.at, self.blocked_until or self.at)  # while it was blocked nothing was saved up
        passed = max(at - counted_from, timedelta(0))
        grown = replace(self, rate=self._grown(min(passed, USE)), at=at, blocked_until=None)
        tokens = self.tokens + grown.rate * (passed / timedelta(minutes=1))
        return replace(grown, tokens=min(tokens, grown.room))

    def _grown(self, used: timedelta) -> float:
        if self.top is not None and self.rate < self.top * NEARLY:
            back = self.top * (NEARLY - 0.5) * (used / RETURN)
            return min(self.rate + back, self.top * NEARLY)
        return min(self.rate + CLIMB * (used / timedelta(minutes=1)), MOST)

    def takes(self, *, reply: bool) -> bool:
        """Whether one more may go; anything but a reply leaves the replies' share alone."""
        if self.blocked_until is not None:
            return False
        kept = 0.0 if reply else self.room * KEPT_FOR_REPLIES
        return self.tokens - kept >= 1.0

    def taken(self) -> Pace:
        """One more goes."""
        return replace(self, tokens=self.tokens - 1.0)

    def throttled(self, at: datetime, seconds: float) -> Pace:
        """Slack complained, and wants to be left alone for so long."""
        until = at + min(timedelta(seconds=seconds), LONGEST)
        if self.blocked_until is not None and at < self.blocked_until:
            until = max(until, self.blocked_until)
        if self.complained_at is not None and abs(at - self.complained_at) < ONE_COMPLAINT:
            return replace(self, blocked_until=until)
        half = max(self.rate / 2, LEAST)
        return Pace(half, min(self.tokens, 0.0), at, top=self.rate, complained_at=at, blocked_until=until)


LONGEST = timedelta(minutes=10)
"""No complaint holds us back for longer: a wait that is further off is a mistake, or a clock that went back."""


def first(method: str, at: datetime) -> Pace:
    """The pace of a workspace that was never written to."""
    fresh = Pace(START[method], 0.0, at)
    return replace(fresh, tokens=fresh.room)


def minutes_for(count: int, rate: float = START["post"]) -> int:
    """Whole minutes that `count` messages at one moment take, with the replies' share left free."""
    burst = rate * (BURST / timedelta(minutes=1)) * (1 - KEPT_FOR_REPLIES)
    return max(round((count - burst) / (rate * (1 - KEPT_FOR_REPLIES))), 0)
