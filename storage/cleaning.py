"""What is older than it is kept, found a little at a time and taken away.

Words go first: messages, what was asked, what was learned, deliveries. What is left of a check-in is when it was and
how it ended, and of a commitment the commitment itself, until its own time comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, SQLModel, and_, col, delete, or_, select

from bot.domain.checkin import Checkin
from bot.ports.records import Stale
from storage.mapping import from_document, to_document
from storage.scrubbing import erased
from storage.tables import (
    CheckinRow,
    CoachingRow,
    CommitmentRow,
    InboxRow,
    ModelUseRow,
    NudgeRow,
    OutboxRow,
    PersonRow,
    SeenQuestionRow,
    SummaryRow,
    TeamRow,
    TurnRow,
    WeekRow,
)

Found = tuple[Any, ...]


def without_words(checkin: Checkin) -> Checkin:
    """A check-in of which only the course is left: when it was, how far it came, how it ended."""
    return replace(
        checkin, action=None, others=(), if_then=None, obstacle=None, question="", last_key=None, reviewing=None
    )


@dataclass(frozen=True)
class Cleaning:
    """Finds and removes what is too old in one workspace."""

    session: Session

    def stale(self, workspace: str, texts: datetime, commitments: datetime, most: int) -> Stale:
        """Ids of up to `most` rows of each kind."""
        people = select(PersonRow.id).where(PersonRow.workspace == workspace)
        teams = select(TeamRow.id).where(TeamRow.workspace == workspace)
        theirs = col(CommitmentRow.person_id).in_(people)
        ended_inbox = col(InboxRow.state).in_(("done", "aside"))
        ended_outbox = col(OutboxRow.state).in_(("sent", "skipped", "failed"))
        old: dict[str, Any] = {
            "messages": select(TurnRow.id).where(col(TurnRow.person_id).in_(people), TurnRow.at < texts),
            "words": select(CheckinRow.id).where(
                col(CheckinRow.person_id).in_(people), CheckinRow.opened_at < texts, _has_words()
            ),
            "questions_asked": select(SeenQuestionRow.id).where(
                col(SeenQuestionRow.person_id).in_(people), SeenQuestionRow.at < texts
            ),
            "learnings": select(CommitmentRow.id).where(
                theirs,
                or_(col(CommitmentRow.learning).is_not(None), col(CommitmentRow.if_then).is_not(None)),
                CommitmentRow.made_at < texts,
                or_(col(CommitmentRow.outcome_at).is_(None), col(CommitmentRow.outcome_at) < texts),
            ),
            "received": select(InboxRow.id).where(
                InboxRow.workspace == workspace, ended_inbox, InboxRow.received_at < texts
            ),
            "sent": select(OutboxRow.id).where(
                OutboxRow.workspace == workspace, ended_outbox, OutboxRow.created_at < texts
            ),
            "commitments": select(CommitmentRow.id).where(theirs, CommitmentRow.made_at < commitments),
            "check_ins": select(CheckinRow.id).where(
                col(CheckinRow.person_id).in_(people), CheckinRow.opened_at < commitments
            ),
            "nudges": select(NudgeRow.id).where(NudgeRow.workspace == workspace, NudgeRow.made_at < commitments),
            "conversations": select(CoachingRow.id).where(
                col(CoachingRow.manager_id).in_(people), CoachingRow.at < commitments
            ),
        }
        found = {kind: tuple(self.session.exec(query.limit(most)).all()) for kind, query in old.items()}
        by_key: dict[str, tuple[Any, ...]] = {
            "summaries": (SummaryRow.team_id, SummaryRow.manager_id, SummaryRow.local_date),
            "weeks": (WeekRow.team_id, WeekRow.week),
            "model_use": (ModelUseRow.workspace, ModelUseRow.day, ModelUseRow.what),
        }
        too_old: dict[str, Any] = {
            "summaries": and_(col(SummaryRow.team_id).in_(teams), col(SummaryRow.posted_at) < commitments),
            "weeks": and_(col(WeekRow.team_id).in_(teams), col(WeekRow.at) < commitments),
            "model_use": and_(col(ModelUseRow.workspace) == workspace, col(ModelUseRow.day) < commitments.date()),
        }
        for kind, key in by_key.items():
            rows = self.session.exec(select(*key).where(too_old[kind]).limit(most)).all()
            found[kind] = tuple(tuple(row) for row in rows)
        return Stale(found)

    def clean(self, stale: Stale) -> Mapping[str, int]:
        """Take them away, what hangs on them first."""
        erased(self.session)
        counts: dict[str, int] = {}
        for kind, remove in REMOVERS.items():
            if ids := stale.rows.get(kind):
                counts[kind] = remove(self.session, ids)
                self.session.flush()
                self.session.expire_all()
        return counts


def _by_id(table: Any) -> Callable[[Session, Found], int]:
    def remove(session: Session, ids: Found) -> int:
        return int(session.connection().execute(delete(table).where(col(table.id).in_(ids))).rowcount)

    return remove


def _by_key(table: type[SQLModel]) -> Callable[[Session, Found], int]:
    def remove(session: Session, keys: Found) -> int:
        rows = [row for key in keys if (row := session.get(table, key)) is not None]
        for row in rows:
            session.delete(row)
        return len(rows)

    return remove


def _has_words() -> Any:
    """Whether any of somebody's words, or the question put to them, still stands in a check-in's document."""
    doc: Any = col(CheckinRow.doc)
    fields = [doc[name].as_string().is_not(None) for name in ("action", "if_then", "obstacle")]
    return or_(*fields, doc["question"].as_string() != "")


def _words(session: Session, ids: Found) -> int:
    """The words in check-ins, whichever way they came there."""
    rows = session.exec(select(CheckinRow).where(col(CheckinRow.id).in_(ids))).all()
    for row in rows:
        row.doc = to_document(without_words(from_document(Checkin, row.doc)))
        session.add(row)
    return len(rows)


def _learnings(session: Session, ids: Found) -> int:
    rows = session.exec(select(CommitmentRow).where(col(CommitmentRow.id).in_(ids))).all()
    for row in rows:
        row.learning = row.learning_ts = row.if_then = None
        session.add(row)
    return len(rows)


def _checkins(session: Session, ids: Found) -> int:
    session.flush()
    session.connection().execute(delete(TurnRow).where(col(TurnRow.checkin_id).in_(ids)))
    return _by_id(CheckinRow)(session, ids)


REMOVERS: Final[Mapping[str, Callable[[Session, Found], int]]] = {
    "messages": _by_id(TurnRow),
    "words": _words,
    "questions_asked": _by_id(SeenQuestionRow),
    "learnings": _learnings,
    "received": _by_id(InboxRow),
    "sent": _by_id(OutboxRow),
    "commitments": _by_id(CommitmentRow),
    "check_ins": _checkins,
    "nudges": _by_id(NudgeRow),
    "conversations": _by_id(CoachingRow),
    "summaries": _by_key(SummaryRow),
    "weeks": _by_key(WeekRow),
    "model_use": _by_key(ModelUseRow),
}
"""How each kind is taken away, in this order: what hangs on something else goes before it."""
