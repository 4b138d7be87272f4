"""A workspace: who looks after the app in it, how long words are kept, and what the nightly jobs found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KEEP_TEXTS = 90
KEEP_COMMITMENTS = 400
"""Days: a quarter of what was said, and a year of commitments with room for the yearly look back."""
SHORTEST, LONGEST_TEXTS, LONGEST_COMMITMENTS = 14, 400, 1500
"""Days within which an admin may choose: for two weeks no question comes back, so that is the least."""


@dataclass(frozen=True)
class Retention:
    """For how many days words and commitments are kept."""

    texts: int = KEEP_TEXTS
    commitments: int = KEEP_COMMITMENTS


@dataclass(frozen=True)
class Workspace:
    """What is known of a workspace beside its teams. `admins` are Slack ids, in the order in which they came."""

    id: str
    name: str = ""
    enterprise_id: str | None = None
    admins: tuple[str, ...] = ()
    welcomed: tuple[str, ...] = ()  # who was told how to begin
    retention: Retention = Retention()
    there_at: datetime | None = None  # when the app was last installed, or started with a token that Slack took
    erase_at: datetime | None = None  # when all of it goes, after the app was uninstalled
    swept_at: datetime | None = None  # when people and channels were last compared with Slack
    cleaned_at: datetime | None = None  # when what is too old was last removed
    cleaned: tuple[tuple[str, int], ...] = ()  # what that removed, by kind
