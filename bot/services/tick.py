"""The tick: whatever is due happens, each thing once, in a transaction of its own. Chores are only begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.domain.people import is_quiet
from bot.ports.storage import Alarm, AlarmKind, Storage, Store
from bot.services.waking import due_for, set_morning

if TYPE_CHECKING:
    from bot.services.checkin import Checkins
    from bot.services.chores import Chores
    from bot.services.commitment import Commitments
    from bot.services.later import Later
    from bot.services.nudge import Nudges
    from bot.services.settling import Settling
    from bot.services.statuses import Statuses
    from bot.services.summary import Summaries
    from bot.services.wins import WeeklyWins

AT_ONCE = 200
"""Alarms looked up at a time."""
AGAIN_AFTER = timedelta(minutes=5)
"""How long an alarm that failed waits before it is tried again."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Tick:
    """Runs what is due."""

    storage: Storage
    checkins: Checkins
    commitments: Commitments
    summaries: Summaries
    nudges: Nudges
    wins: WeeklyWins
    statuses: Statuses
    settling: Settling
    chores: Chores
    later: Later

    async def run(self, at: datetime) -> int:
        """Everything due at `at`; returns how much there was. One failing alarm does not hold up the others."""
        done = 0
        while due := await self.storage.read(lambda s: s.alarms.due(at, AT_ONCE)):
            for alarm in due:
                await self._ring(alarm, at)
            done += len(due)
        skipped = await self.storage.read(lambda s: s.outbox.has_expired(at))
        if skipped:
            await self.storage.write(lambda s: s.outbox.skip_expired(at))
        return done

    async def _ring(self, alarm: Alarm, at: datetime) -> None:
        try:
            if alarm.kind in self.chores.work:
                await self.chores.begin(alarm, at)
                return
            await self.storage.write(lambda s: self._answer(s, alarm, at) if s.alarms.take(alarm) else None)
        except Exception:
            log.exception("alarm failed", kind=alarm.kind, subject=alarm.subject)
            later = Alarm(alarm.kind, alarm.subject, at + AGAIN_AFTER)
            await self.storage.write(lambda s: s.alarms.set(later) if s.alarms.take(alarm) else None)

    def _answer(self, store: Store, alarm: Alarm, at: datetime) -> None:
        match alarm.kind:
            case AlarmKind.CHECKIN:
                self._morning(store, alarm, at)
            case AlarmKind.EXPIRY:
                self.checkins.expire(store, alarm.subject, at)
            case AlarmKind.CHECK:
                self.commitments.check(store, alarm.subject, at)
            case AlarmKind.SUMMARY:
                self.summaries.look(store, alarm.subject, at)
            case AlarmKind.NUDGE:
                self.nudges.look(store, alarm.subject, at)
            case AlarmKind.WINS:
                self.wins.look(store, alarm.subject, alarm.at, at)
            case AlarmKind.LATER:
                self.later.ring(store, alarm.subject, at)
            case AlarmKind.MOVE:
                self.settling.arrive(store, alarm.subject, at)
            case AlarmKind.OFFER:
                self.statuses.ring(store, alarm.subject, at)

    def _morning(self, store: Store, alarm: Alarm, at: datetime) -> None:
        """Open the check-in that is due, unless its day is over, free, or has one; then wait for the next morning."""
        person = store.people.get(alarm.subject)
        if person.rep_of is None:
            return
        team = store.people.team(person.rep_of)
        day = due_for(person, team, at)
        wanted = person.stopped_at is None and person.left_at is None and not is_quiet(person, at)
        if day and wanted and not store.checkins.on(person.id, day):
            self.checkins.open(store, person, team, at, day=day)
        set_morning(store, person, at)
