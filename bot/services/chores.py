"""Chores: what takes a while or waits for Slack, once a night for each workspace, beside everything else.

An alarm is answered in one transaction, in which nobody can wait for Slack. A chore's alarm is only moved on there, an
hour ahead, and the chore runs in the background. When it ends well, its alarm is set to the next night; when it fails,
or the process dies, the hour brings it back. Taking an alarm is for one process alone, so that of two that share a
database one does the work.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import structlog

from bot.domain.calendar import instant, local_date
from bot.ports.slack import TryLater
from bot.ports.storage import Alarm, AlarmKind, Storage, Store

Chore = Callable[[str, datetime], Awaitable[None]]
"""Something done for a workspace, begun at an instant. Raises `TryLater` when Slack does not answer."""
AGAIN_AFTER = timedelta(hours=1)
"""How long a chore that did not come to its end waits before it is begun anew."""
NIGHT: Mapping[AlarmKind, time] = {AlarmKind.SWEEP: time(2), AlarmKind.CLEANING: time(3)}
"""The local time from which a chore is done, one after the other."""
SPREAD = 60
"""Minutes over which workspaces are spread, so that they do not all ask Slack at once."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Chores:
    """Runs chores in the background, each of them once at a time for a workspace."""

    storage: Storage
    work: Mapping[AlarmKind, Chore]
    _running: dict[tuple[AlarmKind, str], asyncio.Task[None]] = field(default_factory=dict)

    async def begin(self, alarm: Alarm, at: datetime) -> None:
        """Begin what the alarm is for, unless another worker has it or the last time is not over yet."""
        again = Alarm(alarm.kind, alarm.subject, at + AGAIN_AFTER)
        mine = await self.storage.write(lambda s: _moved_on(s, alarm, again))
        key = (alarm.kind, alarm.subject)
        if mine and key not in self._running:
            self._running[key] = asyncio.create_task(self._run(again, at))
            self._running[key].add_done_callback(lambda _: self._running.pop(key, None))

    async def _run(self, again: Alarm, at: datetime) -> None:
        try:
            await self.work[again.kind](again.subject, at)
            await self.storage.write(lambda s: _done(s, again, at))
        except TryLater as error:
            log.info("a chore waits for Slack", kind=again.kind, workspace=again.subject, reason=error.reason)
        except Exception:
            log.exception("a chore failed", kind=again.kind, workspace=again.subject)

    async def settle(self) -> None:
        """Wait until what is under way has ended."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def stop(self, within: float) -> None:
        """Give what is under way `within` seconds to end; what is left is begun anew within the hour."""
        running = list(self._running.values())
        if running:
            await asyncio.wait(running, timeout=within)
        for task in running:
            task.cancel()


def _moved_on(store: Store, alarm: Alarm, again: Alarm) -> bool:
    if not store.alarms.take(alarm):
        return False
    store.alarms.set(again)
    return True


def _done(store: Store, again: Alarm, at: datetime) -> None:
    """Wait for the next night; not where the alarm is gone, since then the workspace has left meanwhile."""
    if store.alarms.take(again):
        store.alarms.set(Alarm(again.kind, again.subject, next_night(store, again.kind, again.subject, at)))


def next_night(store: Store, kind: AlarmKind, workspace: str, at: datetime) -> datetime:
    """The next time at which a workspace's chore is done: at night where most of its teams are, each at its minute."""
    zones = Counter(team.zone for team in store.people.teams(workspace))
    zone = ZoneInfo(zones.most_common(1)[0][0] if zones else "Etc/UTC")
    minute = int(sha256(workspace.encode()).hexdigest(), 16) % SPREAD
    day, clock = local_date(at, zone), NIGHT[kind].replace(minute=minute)
    moment = instant(day, clock, zone)
    return moment if moment > at else instant(day + timedelta(days=1), clock, zone)
