"""A team that somebody is setting up: all that was filled in, and nobody has heard of it yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.people import Times

ERASED = "erased"
"""Stands where the Slack id of somebody stood who had everything erased: nobody to look up, or to write to."""


@dataclass(frozen=True)
class TeamDraft:
    """A team to be. People are Slack ids, since none of them is enrolled before it starts.

    `team_id` is that of the team it changes, None for a new one. `number` counts its previews: 0 is a sheet that is
    still being filled in, for the draft `instead_of` where there is one. `told` are those who have the last preview;
    `shown` stands for what that was compared with. `filled_by` is whoever filled it in last.
    """

    id: str
    workspace: str
    made_by: str
    made_at: datetime
    name: str
    zone: str
    channel: str | None
    managers: tuple[str, ...]
    reps: tuple[str, ...]
    times: Times = field(default_factory=Times)
    country: str | None = None
    region: str | None = None
    behaviours: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    team_id: str | None = None
    started_at: datetime | None = None
    number: int = 0
    instead_of: str | None = None
    told: tuple[str, ...] = ()
    shown: str = ""
    filled_by: str = ""

    @property
    def maker(self) -> tuple[str, ...]:
        """Whoever made it, and nobody once they had everything erased."""
        return () if self.made_by == ERASED else (self.made_by,)

    def without(self, slack_id: str) -> TeamDraft:
        """The draft in which nothing names them any more."""
        managers, reps, told = (
            tuple(one for one in several if one != slack_id) for several in (self.managers, self.reps, self.told)
        )
        made_by, filled_by = (ERASED if one == slack_id else one for one in (self.made_by, self.filled_by))
        return replace(self, managers=managers, reps=reps, told=told, made_by=made_by, filled_by=filled_by)
