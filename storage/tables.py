"""The tables. Rows are plain storage: they do not validate; stores turn them into domain values and back.

A value that is only ever read and written whole (a check-in's state, a team's times) is one JSON document beside
the columns that queries need.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Index, UniqueConstraint, false, literal_column, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def document() -> Any:
    """A JSON column that must be there."""
    return Field(sa_column=Column(JSON, nullable=False))


def partial_index(name: str, *columns: str, where: Any) -> Index:
    """An index of the rows that `where` holds for, on either database."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class TeamRow(SQLModel, table=True):
    """A team; times and behaviours are in the document."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace", "name"),)
    id: str = Field(primary_key=True)
    workspace: str
    name: str
    doc: dict[str, Any] = document()


class WorkspaceRow(SQLModel, table=True):
    """A workspace that the app is, or lately was, installed in."""

    __tablename__ = "workspace"
    id: str = Field(primary_key=True)
    erase_at: datetime | None = None
    doc: dict[str, Any] = document()


class DraftRow(SQLModel, table=True):
    """A team that is being set up."""

    __tablename__ = "draft"
    id: str = Field(primary_key=True)
    workspace: str = Field(index=True)
    doc: dict[str, Any] = document()


class PersonRow(SQLModel, table=True):
    """Somebody enrolled."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("workspace", "slack_id"),)
    id: str = Field(primary_key=True)
    workspace: str
    slack_id: str
    name: str
    zone: str
    rep_of: str | None = Field(default=None, index=True, foreign_key="team.id")
    focus: str | None = None
    introduced_at: datetime | None = None
    stopped_at: datetime | None = None
    quiet_on: date | None = None
    left_at: datetime | None = None
    guest: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    preferences: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    enrolled_on: date


class ManagerRow(SQLModel, table=True):
    """Who manages which team, in the order the team names them."""

    __tablename__ = "manager"
    team_id: str = Field(primary_key=True, foreign_key="team.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    position: int


class CheckinRow(SQLModel, table=True):
    """A check-in; the document is its whole state, `version` guards it against lost updates."""

    __tablename__ = "checkin"
    __table_args__ = (UniqueConstraint("person_id", "local_date", "number"),)
    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    local_date: date
    number: int
    opened_at: datetime
    stage: str
    version: int
    doc: dict[str, Any] = document()


class TurnRow(SQLModel, table=True):
    """One message or tap of a rep in a check-in."""

    __tablename__ = "turn"
    __table_args__ = (Index("ix_turn_person_id_slack_ts", "person_id", "slack_ts"),)
    id: str = Field(primary_key=True)
    checkin_id: str = Field(foreign_key="checkin.id", index=True)
    person_id: str
    at: datetime
    text: str | None = None
    slack_ts: str | None = None
    before: dict[str, Any] = document()
    reading: dict[str, Any] = document()


class SeenQuestionRow(SQLModel, table=True):
    """A question somebody was asked."""

    __tablename__ = "seen_question"
    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(index=True)
    question_id: str
    at: datetime
    reason: str
    checkin_id: str | None = None


class CommitmentRow(SQLModel, table=True):
    """A confirmed commitment."""

    __tablename__ = "commitment"
    __table_args__ = (
        Index("ix_commitment_team_id_outcome_at", "team_id", "outcome_at"),
        Index("ix_commitment_person_id_made_at", "person_id", "made_at"),
        partial_index("ix_commitment_open", "person_id", "due_at", where=text("outcome IS NULL")),
    )
    id: str = Field(primary_key=True)
    workspace: str
    person_id: str = Field(foreign_key="person.id")
    team_id: str
    checkin_id: str | None = Field(default=None, index=True)
    behaviour_id: str | None = None
    action: str
    due_at: datetime
    if_then: str | None = None
    made_at: datetime
    moves: int
    outcome: str | None = None
    outcome_at: datetime | None = None
    learning: str | None = None
    learning_ts: str | None = None
    learning_due: datetime | None = None
    shared: bool
    version: int


class NudgeRow(SQLModel, table=True):
    """What was decided for a manager's morning."""

    __tablename__ = "nudge"
    __table_args__ = (UniqueConstraint("manager_id", "local_date", "number"),)
    id: str = Field(primary_key=True)
    workspace: str
    manager_id: str
    local_date: date
    number: int
    rep_id: str | None = None
    reason: str | None = None
    why: str
    question: str | None = None
    made_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


class CoachingRow(SQLModel, table=True):
    """A conversation that a manager said they had."""

    __tablename__ = "coaching"
    id: str = Field(primary_key=True)
    manager_id: str
    rep_id: str = Field(index=True)
    at: datetime
    nudge_id: str | None = None


class SummaryRow(SQLModel, table=True):
    """A summary that a manager has."""

    __tablename__ = "summary"
    team_id: str = Field(primary_key=True)
    manager_id: str = Field(primary_key=True)
    local_date: date = Field(primary_key=True)
    key: str
    fingerprint: str
    number: int
    posted_at: datetime
    reader_id: str | None = None


class WeekRow(SQLModel, table=True):
    """A week that was told to a team's channel, or why it was not."""

    __tablename__ = "week"
    team_id: str = Field(primary_key=True)
    week: str = Field(primary_key=True)
    at: datetime
    why: str


class AlarmRow(SQLModel, table=True):
    """Something to do at an instant."""

    __tablename__ = "alarm"
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    at: datetime = Field(index=True)


class ModelUseRow(SQLModel, table=True):
    """One count of a model's use in a workspace on a UTC day: calls, tokens, or a reason the rules answered."""

    __tablename__ = "model_use"
    workspace: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    what: str = Field(primary_key=True)
    count: int


class PaceRow(SQLModel, table=True):
    """How fast one method of Slack's may be called in a workspace, shared by all workers."""

    __tablename__ = "pace"
    workspace: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    rate: float
    tokens: float
    at: datetime
    top: float | None = None
    complained_at: datetime | None = None
    blocked_until: datetime | None = None


def literals(*states: str) -> tuple[ColumnElement[str], ...]:
    """States as they are written in an index's condition: bound values would keep SQLite from using the index."""
    return tuple(literal_column(f"'{state}'") for state in states)


INBOX_OPEN = text("state IN ('waiting', 'working')")
OUTBOX_OPEN = text("state IN ('waiting', 'sending')")


class InboxRow(SQLModel, table=True):
    """An event from Slack; `state` is waiting, working, done or aside."""

    __tablename__ = "inbox"
    __table_args__ = (
        partial_index("ix_inbox_open", "workspace", "slack_user", "said", "id", where=INBOX_OPEN),
        partial_index("ix_inbox_aside", "id", where=text("state = 'aside'")),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    workspace: str
    slack_user: str
    payload: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    received_at: datetime
    state: str = "waiting"
    attempts: int = 0
    not_before: datetime | None = None
    lease_until: datetime | None = None
    reason: str | None = None
    said: float = Field(default=0.0, sa_column_kwargs={"server_default": "0"})
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class OutboxRow(SQLModel, table=True):
    """A message to Slack; `state` is waiting, sending, sent, skipped or failed."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_open", "workspace", "lane", "id", where=OUTBOX_OPEN),
        partial_index("ix_outbox_queue", "workspace", "channel", "id", where=OUTBOX_OPEN),
        partial_index("ix_outbox_trouble", "ended_at", where=text("state IN ('failed', 'skipped')")),
        Index("ix_outbox_place", "workspace", "slack_channel", "slack_ts"),
        Index("ix_outbox_claimed_at", "claimed_at"),
        Index("ix_outbox_delivery_id", "delivery_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    workspace: str
    channel: str
    lane: int
    op: str
    target: str | None = Field(default=None, index=True)
    text: str
    blocks: list[dict[str, Any]] = document()
    due_at: datetime
    not_before: datetime | None = None
    expires_at: datetime
    state: str = "waiting"
    attempts: int = 0
    lease_until: datetime | None = None
    delivery_id: str
    slack_channel: str | None = None
    slack_ts: str | None = None
    reason: str | None = None
    created_at: datetime
    claimed_at: datetime | None = None
    unsure_since: datetime | None = None
    ended_at: datetime | None = None


class InstallationRow(SQLModel, table=True):
    """Where the app is installed; its tokens are sealed. `lease_until` is that of whoever renews them."""

    __tablename__ = "installation"
    id: str = Field(primary_key=True)
    enterprise_id: str | None = None
    org_wide: bool
    name: str
    app_id: str
    bot_user_id: str
    bot_id: str
    scopes: list[str] = document()
    installed_by: str | None = None
    installed_at: datetime
    expires_at: datetime | None = None
    sealed: str
    version: int
    lease_until: datetime | None = None


class OAuthStateRow(SQLModel, table=True):
    """Somebody began to install the app in a browser. Of the secret that binds it to that browser, a digest is kept."""

    __tablename__ = "oauth_state"
    digest: str = Field(primary_key=True)
    until: datetime = Field(index=True)
