"""What the audit goes by: what people saw and did, and what the database says at the end of deliveries and promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.simulation.database import as_moment
from bot.simulation.record import Act, Change, Record
from bot.simulation.world import World

AFTERWARDS = 180.0
"""Seconds after trouble in which things may still take their time: leases run out, waits end."""


@dataclass(frozen=True)
class Finding:
    """A promise that was not kept: which, when, to whom, and the rows or acts it shows in."""

    check: str
    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Row:
    """An outbox row as it stands at the end."""

    id: int
    key: str
    channel: str
    lane: int
    op: str
    target: str | None
    state: str
    reason: str | None
    due_at: datetime
    expires_at: datetime
    created_at: datetime
    ended_at: datetime | None
    delivery_id: str
    slack_ts: str | None
    unsure_since: datetime | None

    @property
    def kind(self) -> str:
        """What it is about: the first word of its key."""
        return self.key.partition(":")[0]


@dataclass
class Evidence:
    """One world's. `checked` counts what each check looked at."""

    world: World
    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    @property
    def record(self) -> Record:
        """What people saw and did."""
        return self.world.slack.record

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The outbox."""
        names = list(Row.__dataclass_fields__)
        found = self.world.database.rows(f"SELECT {', '.join(names)} FROM outbox ORDER BY id")  # noqa: S608
        moments = {"due_at", "expires_at", "created_at", "ended_at", "unsure_since"}
        told: list[dict[str, Any]] = [
            {name: as_moment(value) if name in moments and value else value for name, value in row.items()}
            for row in found
        ]
        return [Row(**row) for row in told]

    @cached_property
    def inbox(self) -> dict[str, dict[str, Any]]:
        """The inbox by key."""
        return {row["key"]: row for row in self.world.database.rows("SELECT id, key, state, reason FROM inbox")}

    @cached_property
    def commitments(self) -> list[dict[str, Any]]:
        """The commitments, with the Slack id of whose they are."""
        return self.world.database.rows(
            "SELECT c.*, p.slack_id FROM commitment c JOIN person p ON p.id = c.person_id ORDER BY c.made_at, c.id"
        )

    @cached_property
    def slack_ids(self) -> dict[str, str]:
        """Who the persons are in Slack."""
        return {row["id"]: row["slack_id"] for row in self.world.database.rows("SELECT id, slack_id FROM person")}

    @cached_property
    def by_delivery(self) -> dict[str, Row]:
        """Rows by the id that their message carries."""
        return {row.delivery_id: row for row in self.rows}

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """Rows by key."""
        return {row.key: row for row in self.rows}

    @cached_property
    def changes_of(self) -> dict[str, list[Change]]:
        """What happened to each delivery's message."""
        found = defaultdict(list)
        for change in self.record.changes:
            found[change.delivery_id].append(change)
        return found

    @cached_property
    def end(self) -> datetime:
        """The last moment of this world."""
        return self.world.clock()

    @cached_property
    def reps(self) -> set[str]:
        """Who is coached."""
        return {member.slack_id for member in self.world.plan.team.reps}

    def acts(self, *kinds: str) -> Iterable[Act]:
        """What people did, of these kinds."""
        return (act for act in self.record.acts if act.kind in kinds)

    def found(self, check: str, at: datetime, who: str, what: str) -> None:
        """A promise was not kept."""
        self.findings.append(Finding(check, at, who, what))

    @cached_property
    def _bad(self) -> list[tuple[float, float]]:
        """When something was wrong, merged and in order."""
        spans = [*self.record.outages, *self.record.clocks_wrong]
        for worker in self.world.workers:
            spans += worker.troubled
        merged: list[tuple[float, float]] = []
        for begin, end in sorted((begin, end + AFTERWARDS) for begin, end in spans):
            if merged and begin <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((begin, end))
        return merged

    def good_seconds(self, since: datetime, until: datetime) -> float:
        """How much of that time everything was well."""
        begin, end = (max((m - self.world.plan.start).total_seconds(), 0.0) for m in (since, until))
        bad = sum(max(0.0, min(end, e) - max(begin, b)) for b, e in self._bad)
        seconds = max(0.0, end - begin - bad)
        return seconds / 6 if self.world.plan.conditions.tight_workspace else seconds

    def clock_was_wrong(self, moment: datetime) -> bool:
        """Whether some process was an hour back about then; what it does is an hour late."""
        now = (moment - self.world.plan.start).total_seconds()
        return any(begin <= now <= end + 3700 for begin, end in self.record.clocks_wrong)

    def local(self, user: str, moment: datetime) -> list[datetime]:
        """What the person's wall clock shows then; more than one just after they moved."""
        return [moment.astimezone(ZoneInfo(zone)) for zone in sorted(self.record.zones_at(user, moment))]


def utc(moment: datetime) -> str:
    """A moment, short."""
    return f"{moment.astimezone(UTC):%m-%d %H:%M:%S}"


SLACK = timedelta(seconds=14)
"""How long after it was made a call may still take effect."""
