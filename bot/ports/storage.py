"""What is kept, and how it is reached: one transaction is one plain function.

`Storage.read` and `Storage.write` run a synchronous function in a transaction of its own. Because such a function
cannot await, no transaction can be open across a call to Slack or to a model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.checkin import Checkin
from bot.domain.commitment import Commitment
from bot.domain.draft import TeamDraft
from bot.domain.nudge import Answer, Reason
from bot.domain.people import Person, Team
from bot.domain.reading import Reading
from bot.domain.workspace import Workspace
from bot.ports.installations import Installations, Leaving
from bot.ports.queues import Inbox, Outbox
from bot.ports.records import Records
from bot.ports.standing import Standings
from bot.ports.usage import Usage

T = TypeVar("T")


LONGEST_AHEAD = timedelta(days=60)
"""No commitment is looked for that was made longer before its time than this."""


class AlarmKind(StrEnum):
    """What an alarm wakes."""

    CHECKIN = "checkin"  # subject: a person
    EXPIRY = "expiry"  # subject: a check-in
    CHECK = "check"  # subject: a commitment
    SUMMARY = "summary"  # subject: "team:manager"
    NUDGE = "nudge"  # subject: a manager
    WINS = "wins"  # subject: a team
    LATER = "later"  # subject: a person who asked to be asked again
    MOVE = "move"  # subject: a person whose new zone begins to count
    SWEEP = "sweep"  # subject: a workspace, to be compared with Slack
    CLEANING = "cleaning"  # subject: a workspace, whose old words are to go
    OFFER = "offer"  # subject: a person whose Slack status looks like an absence


@dataclass(frozen=True)
class Alarm:
    """Something to do for a subject at an instant; at most one of a kind for each subject."""

    kind: AlarmKind
    subject: str
    at: datetime


@dataclass(frozen=True)
class Turn:
    """One message of a rep in a check-in, with the check-in as it was before and how it was read.

    `text` is None for a tap, and once the rep has deleted the message.
    """

    id: str
    checkin_id: str
    person_id: str
    at: datetime
    text: str | None
    slack_ts: str | None
    before: Checkin
    reading: Reading


@dataclass(frozen=True)
class SeenQuestion:
    """A question that a rep was asked, and why it was chosen."""

    person_id: str
    question_id: str
    at: datetime
    reason: str
    checkin_id: str | None


@dataclass(frozen=True)
class NudgeRecord:
    """What was decided for a manager's morning: a nudge to one rep, or nobody with the reason."""

    id: str
    workspace: str
    manager_id: str
    local_date: date
    number: int
    rep_id: str | None
    reason: Reason | None
    why: str
    question: str | None
    made_at: datetime
    answer: Answer | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Coaching:
    """A manager's conversation with a rep, recorded by a tap."""

    id: str
    manager_id: str
    rep_id: str
    at: datetime
    nudge_id: str | None


@dataclass(frozen=True)
class SummaryRecord:
    """A summary that went to a manager; `fingerprint` changes when its words do, `number` counts updates."""

    team_id: str
    manager_id: str
    local_date: date
    key: str
    fingerprint: str
    number: int
    posted_at: datetime
    reader_id: str | None = None  # who got it: the manager, or who stood in for them


class Workspaces(Protocol):
    """Workspaces that the app is, or lately was, installed in."""

    def get(self, workspace: str) -> Workspace:
        """What is known of it; one of which nothing is known yet is a blank one."""
        ...

    def save(self, workspace: Workspace) -> None: ...
    def all(self) -> Sequence[Workspace]: ...


class Drafts(Protocol):
    """Teams that are being set up."""

    def get(self, draft_id: str) -> TeamDraft | None: ...
    def save(self, draft: TeamDraft) -> None: ...
    def of_workspace(self, workspace: str) -> Sequence[TeamDraft]: ...
    def forget(self, draft_id: str) -> None: ...


class People(Protocol):
    """Persons, teams and who belongs where."""

    def get(self, person_id: str) -> Person: ...
    def find(self, person_id: str) -> Person | None: ...
    def of_workspace(self, workspace: str) -> Sequence[Person]: ...
    def everywhere(self, slack_id: str) -> Sequence[Person]:
        """Whoever has that Slack id, in every workspace: for the operator, never for what comes from Slack."""
        ...

    def by_slack(self, workspace: str, slack_id: str) -> Person | None: ...
    def add(self, person: Person, enrolled_on: date) -> None: ...
    def save(self, person: Person) -> None: ...
    def team(self, team_id: str) -> Team: ...
    def find_team(self, team_id: str) -> Team | None: ...
    def team_named(self, workspace: str, name: str) -> Team | None: ...
    def teams(self, workspace: str | None = None) -> Sequence[Team]:
        """Every team, or those of one workspace."""
        ...

    def save_team(self, team: Team) -> None: ...
    def reps(self, team_id: str) -> Sequence[Person]: ...
    def managers(self, team_id: str) -> Sequence[Person]: ...
    def set_managers(self, team_id: str, person_ids: Sequence[str]) -> None: ...
    def managed_by(self, person_id: str) -> Sequence[Team]: ...
    def sizes(self, workspace: str) -> Mapping[str, int]:
        """How many reps each team has; a team without any is left out."""
        ...

    def managers_in(self, workspace: str) -> Mapping[str, Sequence[Person]]:
        """`managers` of every team of a workspace."""
        ...

    def enrolled_on(self, person_id: str) -> date: ...
    def enrolled_in(self, team_id: str) -> Mapping[str, date]:
        """`enrolled_on` for every rep of a team, by their ids."""
        ...


class Checkins(Protocol):
    """Check-ins, what was said in them, and the questions asked."""

    def get(self, checkin_id: str) -> Checkin: ...
    def add(self, checkin: Checkin) -> None: ...
    def save(self, checkin: Checkin, expected: int) -> None:
        """Keep it if the stored version is still `expected`; raises `Changed` otherwise."""
        ...

    def remove(self, checkin: Checkin) -> None:
        """Forget one of which the rep has seen nothing; raises `Changed` if it is no longer at this version."""
        ...

    def find(self, checkin_id: str) -> Checkin | None: ...
    def latest(self, person_id: str) -> Checkin | None: ...
    def on(self, person_id: str, day: date) -> Sequence[Checkin]: ...
    def on_day(self, person_ids: Sequence[str], day: date) -> Mapping[str, Sequence[Checkin]]:
        """`on` for several people at once; whoever has none is left out."""
        ...

    def asked_for_a_hand(self, person_ids: Sequence[str], since: date) -> Sequence[Checkin]:
        """The check-ins of that day and later in which one of them had their manager told so."""
        ...

    def recent(self, person_id: str, before: date, count: int) -> Sequence[Checkin]: ...
    def add_turn(self, turn: Turn) -> None: ...
    def turns(self, checkin_id: str) -> Sequence[Turn]: ...
    def turn_of(self, person_id: str, slack_ts: str) -> Turn | None: ...
    def save_turn(self, turn: Turn) -> None: ...
    def add_seen(self, seen: SeenQuestion) -> None: ...
    def seen(self, person_id: str, count: int) -> Sequence[SeenQuestion]: ...


class Commitments(Protocol):
    """Commitments and how they went."""

    def get(self, commitment_id: str) -> Commitment | None: ...
    def add(self, commitment: Commitment) -> None: ...
    def save(self, commitment: Commitment, expected: int) -> None: ...
    def open_of(self, person_id: str) -> Sequence[Commitment]: ...
    def of(self, person_id: str, count: int) -> Sequence[Commitment]: ...
    def latest_of(self, person_ids: Sequence[str], count: int) -> Mapping[str, Sequence[Commitment]]:
        """`of` for several people at once; whoever has none is left out."""
        ...

    def earlier(self, person_id: str, without: Sequence[str], first: int, count: int) -> Sequence[Commitment]:
        """A page of them, the latest first, `first` of them passed over and those in `without` not counted."""
        ...

    def count_of(self, person_id: str) -> int: ...
    def due_since(self, person_id: str, since: datetime) -> Sequence[Commitment]:
        """Those due from then on, by their time; made at most `LONGEST_AHEAD` before."""
        ...

    def in_checkins(self, checkin_ids: Sequence[str]) -> Sequence[Commitment]: ...
    def kept(self, team_id: str, since: datetime, until: datetime) -> Sequence[Commitment]: ...
    def learning_of(self, person_id: str, at: datetime) -> Commitment | None: ...
    def learned_in(self, person_id: str, slack_ts: str) -> Commitment | None: ...


class Coachings(Protocol):
    """Nudges, what managers did about them, summaries and the weeks that were told."""

    def add_nudge(self, nudge: NudgeRecord) -> None: ...
    def save_nudge(self, nudge: NudgeRecord) -> None: ...
    def nudge(self, nudge_id: str) -> NudgeRecord | None: ...
    def nudges_on(self, manager_id: str, day: date) -> Sequence[NudgeRecord]: ...
    def nudges_since(self, manager_id: str, day: date) -> Sequence[NudgeRecord]:
        """Those of that day and later, in their order."""
        ...

    def add_coaching(self, coaching: Coaching) -> None: ...
    def since(self, rep_ids: Sequence[str], since: datetime) -> Sequence[Coaching]:
        """Conversations with these reps from then on, whoever had them, in their order."""
        ...

    def last_coaching(self, rep_id: str) -> Coaching | None: ...
    def summary(self, team_id: str, manager_id: str, day: date) -> SummaryRecord | None: ...
    def save_summary(self, summary: SummaryRecord) -> None: ...
    def week_told(self, team_id: str, week: str) -> bool: ...
    def tell_week(self, team_id: str, week: str, at: datetime, why: str) -> None: ...


class Alarms(Protocol):
    """What is due, by an index on its time: the cost grows with what is due, not with who is enrolled."""

    def set(self, alarm: Alarm) -> None: ...
    def clear(self, kind: AlarmKind, subject: str) -> None: ...
    def take(self, alarm: Alarm) -> bool:
        """Remove it if it still stands as given; False when another worker has had it."""
        ...

    def due(self, at: datetime, count: int) -> Sequence[Alarm]: ...
    def next(self) -> Alarm | None: ...
    def get(self, kind: AlarmKind, subject: str) -> Alarm | None: ...
    def some(self, kind: AlarmKind, subjects: Sequence[str]) -> Mapping[str, Alarm]:
        """`get` for several subjects at once; what has none is left out."""
        ...


class Store(Protocol):
    """Everything that is kept, within one transaction."""

    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def people(self) -> People: ...
    @property
    def checkins(self) -> Checkins: ...
    @property
    def commitments(self) -> Commitments: ...
    @property
    def coachings(self) -> Coachings: ...
    @property
    def alarms(self) -> Alarms: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def records(self) -> Records: ...
    @property
    def standings(self) -> Standings: ...
    @property
    def installations(self) -> Installations: ...
    @property
    def leaving(self) -> Leaving: ...


class Storage(Protocol):
    """Runs plain functions in transactions. `alone`: no other process can be working on the same database.

    What a function does to anything but the store must not matter: it may be run more than once.
    """

    @property
    def alone(self) -> bool: ...

    async def read(self, work: Callable[[Store], T]) -> T:
        """The result of `work` on one consistent state; what it writes is not kept."""
        ...

    async def write(self, work: Callable[[Store], T]) -> T:
        """The result of `work`; all it wrote is durable when this returns, none of it when this raises."""
        ...
