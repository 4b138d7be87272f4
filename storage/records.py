"""Everything that is kept of one person: read out whole, and erased so that only counts are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any

from sqlmodel import Session, SQLModel, and_, col, delete, func, or_, select, update

from bot.domain.checkin import Checkin
from bot.domain.draft import ERASED
from bot.domain.people import Person
from bot.ports.records import Entry, Seen, Stale
from storage.cleaning import Cleaning, without_words
from storage.erasing import erase_messages
from storage.installations import InstallationStore
from storage.mapping import from_document, to_document
from storage.people import PeopleStore
from storage.scrubbing import erased
from storage.tables import (
    AlarmRow,
    CheckinRow,
    CoachingRow,
    CommitmentRow,
    InboxRow,
    ManagerRow,
    NudgeRow,
    OutboxRow,
    PersonRow,
    SeenQuestionRow,
    SummaryRow,
    TeamRow,
    TurnRow,
)
from storage.workspaces import DraftStore, WorkspaceStore

PEOPLE = "people"
"""The kind under which those are counted who are not part of anything any more."""


def aware(moment: datetime | None) -> datetime | None:
    """What an aggregate returns, which on SQLite has lost its zone, as UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


@dataclass(frozen=True)
class RecordStore:
    """Implements `bot.ports.records.Records`."""

    session: Session

    def of(self, person: Person) -> Mapping[str, Sequence[Entry]]:
        me = person.id
        by_me, about_me = col(NudgeRow.manager_id) == me, col(NudgeRow.rep_id) == me
        return {
            "you": [self._you(person)],
            "check_ins": self._rows(CheckinRow, CheckinRow.person_id == me, CheckinRow.opened_at, drop=("person_id",)),
            "messages": self._rows(TurnRow, TurnRow.person_id == me, TurnRow.at, drop=("person_id",)),
            "questions_asked": self._rows(
                SeenQuestionRow, SeenQuestionRow.person_id == me, SeenQuestionRow.at, drop=("person_id", "id")
            ),
            "commitments": self._rows(
                CommitmentRow, CommitmentRow.person_id == me, CommitmentRow.made_at, drop=("person_id", "version")
            ),
            "suggested_conversations": self._rows(NudgeRow, or_(by_me, about_me), NudgeRow.made_at),
            "conversations": self._rows(
                CoachingRow, or_(CoachingRow.manager_id == me, CoachingRow.rep_id == me), CoachingRow.at
            ),
            "summaries_sent_to_you": self._rows(
                SummaryRow, SummaryRow.manager_id == me, SummaryRow.posted_at, drop=("key", "fingerprint")
            ),
            "waiting_for_you": self._rows(
                OutboxRow,
                and_(
                    OutboxRow.workspace == person.workspace, OutboxRow.channel == person.slack_id, OutboxRow.text != ""
                ),
                OutboxRow.created_at,
                keep=("text", "due_at", "state"),
            ),
            "not_read_yet": self._rows(
                InboxRow,
                and_(
                    InboxRow.workspace == person.workspace,
                    InboxRow.slack_user == person.slack_id,
                    col(InboxRow.payload).is_not(None),
                ),
                InboxRow.received_at,
                keep=("payload", "received_at", "state"),
            ),
        }

    def _you(self, person: Person) -> Entry:
        row = self.session.get_one(PersonRow, person.id)
        team = self.session.get(TeamRow, row.rep_of) if row.rep_of else None
        leads = self.session.exec(
            select(TeamRow.name)
            .join(ManagerRow, col(ManagerRow.team_id) == TeamRow.id)
            .where(ManagerRow.person_id == person.id)
        ).all()
        return row.model_dump(mode="json") | {"team": team.name if team else None, "manages": list(leads)}

    def _rows(
        self,
        table: type[SQLModel],
        where: Any,
        order: Any,
        *,
        keep: tuple[str, ...] = (),
        drop: tuple[str, ...] = (),
    ) -> list[Entry]:
        rows = self.session.exec(select(table).where(where).order_by(order)).all()
        found = [row.model_dump(mode="json") for row in rows]
        return [{k: v for k, v in one.items() if (k in keep if keep else k not in drop)} for one in found]

    def seen(self, person: Person) -> Sequence[Seen]:
        """A summary shows the commitments of its day, so a manager has seen those of the days of their summaries."""
        days: Any = CheckinRow.local_date
        asked = select(days).where(CheckinRow.person_id == person.id)
        teams = select(CommitmentRow.team_id).where(CommitmentRow.person_id == person.id)
        reader = func.coalesce(SummaryRow.reader_id, SummaryRow.manager_id)
        columns: Any = (reader, func.count(), func.max(SummaryRow.local_date))
        query = (
            select(*columns)
            .where(col(SummaryRow.local_date).in_(asked), col(SummaryRow.team_id).in_(teams))
            .group_by(reader)
            .order_by(reader)
        )
        return [Seen(*found) for found in self.session.exec(query).all()]

    def erase(self, person: Person, at: datetime) -> Mapping[str, int]:
        erased(self.session)
        counts = self._erase_words(person)
        erase_messages(self.session, person, at)
        self._erase_traces(person)
        InstallationStore(self.session).unname(person.workspace, person.slack_id)
        row = self.session.get_one(PersonRow, person.id)
        row.slack_id, row.name, row.zone = f"{ERASED}:{person.id}", "", "UTC"
        row.rep_of = row.focus = row.introduced_at = row.quiet_on = row.preferences = None
        row.left_at, row.stopped_at, row.guest = at, at, False
        self.session.add(row)
        self.session.flush()
        self.session.expire_all()
        return counts

    def _erase_words(self, person: Person) -> dict[str, int]:
        """What they wrote and agreed to, and the questions that were put to them with their name in it."""
        me = person.id
        counts = {}
        for name, table in (("messages", TurnRow), ("questions_asked", SeenQuestionRow)):
            counts[name] = self._run(delete(table).where(col(table.person_id) == me))
        checkins = self.session.exec(select(CheckinRow).where(CheckinRow.person_id == me)).all()
        for row in checkins:
            row.doc = to_document(without_words(from_document(Checkin, row.doc)))
            self.session.add(row)
        counts["check_ins"] = len(checkins)
        blank = {"action": "", "if_then": None, "learning": None, "learning_ts": None, "shared": False}
        counts["commitments"] = self._run(
            update(CommitmentRow).where(col(CommitmentRow.person_id) == me).values(**blank)
        )
        about = or_(col(NudgeRow.rep_id) == me, col(NudgeRow.manager_id) == me)
        self._run(update(NudgeRow).where(about).values(question=None))
        return counts

    def _erase_traces(self, person: Person) -> None:
        """Where others' rows name them: teams they lead, alarms, drafts, stand-ins, who looks after the app."""
        people, me = PeopleStore(self.session), person.id
        for team in people.managed_by(me):
            self._run(delete(AlarmRow).where(col(AlarmRow.subject) == f"{team.id}:{me}"))
        self._run(delete(ManagerRow).where(col(ManagerRow.person_id) == me))
        self._run(delete(AlarmRow).where(col(AlarmRow.subject) == me))
        mine = select(CommitmentRow.id).where(CommitmentRow.person_id == me)
        checkins = select(CheckinRow.id).where(CheckinRow.person_id == me)
        self._run(delete(AlarmRow).where(or_(col(AlarmRow.subject).in_(mine), col(AlarmRow.subject).in_(checkins))))
        for other in people.of_workspace(person.workspace):
            if other.preferences.stand_in == me:
                people.save(replace(other, preferences=replace(other.preferences, stand_in=None)))
        drafts = DraftStore(self.session)
        for draft in drafts.of_workspace(person.workspace):
            if (left := draft.without(person.slack_id)) != draft:
                drafts.save(left)
        workspaces = WorkspaceStore(self.session)
        known = workspaces.get(person.workspace)
        if person.slack_id in (*known.admins, *known.welcomed):
            rest = {
                name: tuple(one for one in getattr(known, name) if one != person.slack_id)
                for name in ("admins", "welcomed")
            }
            workspaces.save(replace(known, admins=rest["admins"], welcomed=rest["welcomed"]))

    def _run(self, statement: Any) -> int:
        return int(self.session.connection().execute(statement).rowcount)

    def stale(self, workspace: str, texts: datetime, commitments: datetime, most: int) -> Stale:
        found = Cleaning(self.session).stale(workspace, texts, commitments, most)
        return Stale({**found.rows, PEOPLE: tuple(self._long_gone(workspace, texts)[:most])})

    def _long_gone(self, workspace: str, since: datetime) -> list[str]:
        """Who is on no team, leads none, stands in for nobody, looks after nothing, and did nothing `since` then."""
        people = PeopleStore(self.session)
        everybody = people.of_workspace(workspace)
        admins = WorkspaceStore(self.session).get(workspace).admins
        needed = {one.preferences.stand_in for one in everybody}
        free = [
            one
            for one in everybody
            if one.rep_of is None
            and one.id not in needed
            and one.slack_id not in admins
            and not one.slack_id.startswith(f"{ERASED}:")
            and not people.managed_by(one.id)
        ]
        return [one.id for one in free if self._last_heard_of(one) < since]

    def _last_heard_of(self, person: Person) -> datetime:
        enrolled = datetime.combine(self.session.get_one(PersonRow, person.id).enrolled_on, time(), tzinfo=UTC)
        latest = self.session.exec(
            select(func.max(CheckinRow.opened_at)).where(CheckinRow.person_id == person.id)
        ).first()
        known = [enrolled, person.left_at, aware(latest)]
        return max(moment for moment in known if moment is not None)

    def clean(self, stale: Stale, at: datetime) -> Mapping[str, int]:
        counts = dict(Cleaning(self.session).clean(stale))
        for person_id in stale.rows.get(PEOPLE, ()):
            found = PeopleStore(self.session).find(person_id)
            if found is not None:
                self.erase(found, at)
                counts[PEOPLE] = counts.get(PEOPLE, 0) + 1
        return counts
