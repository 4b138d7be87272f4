"""Everything that is kept, within one session: the same stores on either database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from bot.errors import StorageError
from storage.alarms import AlarmStore
from storage.checkins import CheckinStore
from storage.coachings import CoachingStore
from storage.commitments import CommitmentStore
from storage.inbox import InboxStore
from storage.installations import InstallationStore
from storage.leaving import LeavingStore
from storage.outbox import OutboxStore
from storage.people import PeopleStore
from storage.records import RecordStore
from storage.standings import StandingStore
from storage.usage import UsageStore
from storage.workspaces import DraftStore, WorkspaceStore

MOST_WAITING = 2000
"""Writes that may wait. More, and a new one is refused at once, so that its event is not acknowledged."""


class Busy(StorageError):
    """Too many writes are waiting; the one who asked has to come again."""

    def __init__(self) -> None:
        super().__init__(f"The database has {MOST_WAITING:,} writes to catch up with; try again in a moment.")


@dataclass(frozen=True)
class SqlStore:
    """Everything that is kept, within one session. Implements `bot.ports.storage.Store`."""

    session: Session

    @cached_property
    def workspaces(self) -> WorkspaceStore:
        return WorkspaceStore(self.session)

    @cached_property
    def drafts(self) -> DraftStore:
        return DraftStore(self.session)

    @cached_property
    def people(self) -> PeopleStore:
        return PeopleStore(self.session)

    @cached_property
    def checkins(self) -> CheckinStore:
        return CheckinStore(self.session)

    @cached_property
    def commitments(self) -> CommitmentStore:
        return CommitmentStore(self.session)

    @cached_property
    def coachings(self) -> CoachingStore:
        return CoachingStore(self.session)

    @cached_property
    def alarms(self) -> AlarmStore:
        return AlarmStore(self.session)

    @cached_property
    def inbox(self) -> InboxStore:
        return InboxStore(self.session)

    @cached_property
    def outbox(self) -> OutboxStore:
        return OutboxStore(self.session)

    @cached_property
    def usage(self) -> UsageStore:
        return UsageStore(self.session)

    @cached_property
    def records(self) -> RecordStore:
        return RecordStore(self.session)

    @cached_property
    def standings(self) -> StandingStore:
        return StandingStore(self.session)

    @cached_property
    def installations(self) -> InstallationStore:
        return InstallationStore(self.session)

    @cached_property
    def leaving(self) -> LeavingStore:
        return LeavingStore(self.session)
