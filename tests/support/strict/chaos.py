"""Trouble on the way: seeded, off by default, per method by chance or planned call by call."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """What may happen to a call. Where its name says "after", it was carried out."""

    DROP_BEFORE = "drop_before"  # the connection closes, nothing was done
    DROP_AFTER = "drop_after"  # it was done, the connection closes without an answer
    ERROR_BEFORE = "error_before"  # a 500, a 503 with a page, or internal_error
    ERROR_AFTER = "error_after"  # the same, although it was done
    LATE = "late"  # it was done, the answer comes `late_seconds` later
    THROTTLED = "throttled"  # a 429 out of the blue

    @property
    def done(self) -> bool:
        """Whether the call is carried out all the same."""
        return self in (Trouble.DROP_AFTER, Trouble.ERROR_AFTER, Trouble.LATE)


class Failure(StrEnum):
    """The faces of an error of Slack's own."""

    SERVER_ERROR = "500"
    PAGE = "503 html"
    INTERNAL_ERROR = "internal_error"


ANY: Final = "*"


@dataclass
class Chaos:
    """How likely each trouble is. `calls` maps a method (or "*") to its troubles and their probabilities.

    Events: `duplicate` is how likely an event comes twice, `cut` how likely the socket closes right after an
    envelope was sent, `lose_ack` how likely an acknowledgement is not heard. `history_lag` are the seconds after
    which a new message can be found in conversations.history.
    """

    seed: int = 0
    calls: Mapping[str, Mapping[Trouble, float]] = field(default_factory=dict)
    late_seconds: float = 15.0
    throttle_seconds: int = 1
    history_lag: float = 0.0
    duplicate: float = 0.0
    cut: float = 0.0
    lose_ack: float = 0.0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._planned: dict[str, deque[Trouble | None]] = defaultdict(deque)
        self._failures: deque[Failure] = deque()

    def plan(self, method: str, *troubles: Trouble | None, failure: Failure | None = None) -> None:
        """The next calls of the method meet these, one each; None lets one pass. Then chance rules again.

        `failure` is the face of the errors among them.
        """
        self._planned[method].extend(troubles)
        if failure:
            self._failures.extend(failure for one in troubles if one in (Trouble.ERROR_BEFORE, Trouble.ERROR_AFTER))

    def of(self, method: str) -> Trouble | None:
        """What happens to this call."""
        if self._planned[method]:
            return self._planned[method].popleft()
        for trouble, probability in self.calls.get(method, self.calls.get(ANY, {})).items():
            if self.happens(probability):
                return trouble
        return None

    def failure(self) -> Failure:
        """The face of this error."""
        return self._failures.popleft() if self._failures else self._random.choice(list(Failure))

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens now. What is off leaves the seed's course as it is."""
        return probability > 0 and self._random.random() < probability

    def calm(self) -> None:
        """No more trouble from now on, planned or by chance."""
        self._planned.clear()
        self._failures.clear()
        self.calls, self.history_lag, self.duplicate, self.cut, self.lose_ack = {}, 0.0, 0.0, 0.0, 0.0
