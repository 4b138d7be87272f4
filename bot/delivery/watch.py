"""Noticing that the clock went back: what was to end at a time that is now far off would otherwise wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

TOLERATED = timedelta(seconds=2)
"""Less than this is an ordinary correction of the clock."""

log = structlog.get_logger()


@dataclass
class Watch:
    """Sees every moment that a worker acts at."""

    last: datetime | None = None

    def has_gone_back(self, at: datetime) -> bool:
        """Whether times kept in the database may be of a later clock: at the start, and after a jump back."""
        before, self.last = self.last, at
        if before is None:
            return True
        if before - at <= TOLERATED:
            return False
        log.warning("the clock went back", seconds=round((before - at).total_seconds()))
        return True
