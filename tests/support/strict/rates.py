"""How often the app may call, as Slack counts it: token buckets, and the seconds to wait where one is empty."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Rate:
    """So many calls a minute; `burst` of them may come at once."""

    a_minute: float
    burst: int


TIER_1, TIER_2, TIER_3, TIER_4 = Rate(1, 1), Rate(20, 20), Rate(50, 50), Rate(100, 100)
METHODS: Mapping[str, Rate] = MappingProxyType(
    {
        "apps.connections.open": Rate(20, 20),
        "auth.test": Rate(600, 100),
        "chat.update": TIER_3,
        "conversations.history": TIER_3,
        "conversations.info": TIER_3,
        "conversations.join": TIER_3,
        "conversations.open": TIER_3,
        "files.completeUploadExternal": TIER_4,
        "files.getUploadURLExternal": TIER_4,
        "users.info": TIER_4,
        "users.list": TIER_2,
        "views.open": TIER_4,
        "views.publish": TIER_4,
        "views.push": TIER_4,
        "views.update": TIER_4,
    }
)


@dataclass(frozen=True)
class Rates:
    """The limits that hold. `posting` is of each channel, `workspace` of all posts together."""

    posting: Rate = Rate(60, 3)
    workspace: Rate = Rate(240, 20)
    methods: Mapping[str, Rate] = field(default_factory=lambda: METHODS)


UNLIMITED = Rates(Rate(1e9, 10**9), Rate(1e9, 10**9), MappingProxyType({}))
"""For tests that are not about limits."""


class _Bucket:
    """Fills with time, is emptied by calls."""

    def __init__(self, rate: Rate, at: float) -> None:
        self._rate, self._left, self._at = rate, float(rate.burst), at

    def wait(self, at: float) -> float:
        """Seconds until the next call may come: 0 when it may come now."""
        a_second = self._rate.a_minute / 60
        self._left = min(float(self._rate.burst), self._left + (at - self._at) * a_second)
        self._at = at
        return 0.0 if self._left >= 1 - 1e-9 else (1 - self._left) / a_second

    def take(self) -> None:
        """One call was made."""
        self._left -= 1


class Throttle:
    """Counts calls. A call that is refused costs nothing."""

    def __init__(self, rates: Rates, clock: Callable[[], float]) -> None:
        self._rates, self._clock = rates, clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def retry_after(self, method: str, channel: str) -> int | None:
        """None when the call may be made, which counts it; else the whole seconds to wait, as the header tells."""
        wanted: list[tuple[tuple[str, str], Rate]] = []
        if method == "chat.postMessage":
            wanted = [((method, channel), self._rates.posting), ((method, ""), self._rates.workspace)]
        elif method in self._rates.methods:
            wanted = [((method, ""), self._rates.methods[method])]
        at = self._clock()
        buckets = [self._buckets.setdefault(key, _Bucket(rate, at)) for key, rate in wanted]
        if wait := max((bucket.wait(at) for bucket in buckets), default=0.0):
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.take()
        return None
