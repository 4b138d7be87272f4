"""What strikes out of nothing: processes die and freeze, all of them go down, Slack fails, clocks jump, people go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from bot.services.people import Member, TeamPlan
from bot.simulation.database import Database
from bot.simulation.people import Someone
from bot.simulation.plan import ZONES
from bot.simulation.slack import ModelSlack
from bot.simulation.trace import Trace
from bot.simulation.workers import Worker

HOUR = 3600.0
DEACTIVATED = "deactivated"


@dataclass(eq=False)
class Trouble:
    """Runs until the world is over; each kind by a clock of its own."""

    random: Random
    seconds: float
    workers: Sequence[Worker]
    slack: ModelSlack
    trace: Trace
    database: Database
    clock: Callable[[], datetime]
    team: TeamPlan

    def all(self, people: Sequence[Someone]) -> list[Coroutine[Any, Any, None]]:
        """Everything that may strike under the conditions of this world."""
        may = self.slack.conditions
        strikes = [self._again_and_again(may.hours_between_blackouts, self._blackout)]
        strikes.append(self._again_and_again(may.hours_between_outages, self._outage))
        for worker in self.workers:
            strikes.append(self._again_and_again(may.hours_between_deaths, partial(worker.die, "by chance")))
            strikes.append(self._again_and_again(may.hours_between_freezes, partial(self._freeze, worker)))
        if may.clock_goes_back:
            strikes.append(self._clock_back(self.random.choice(self.workers)))
        for someone in people:
            if self.random.random() < may.leaves:
                strikes.append(self._leaves(someone))
            elif self.random.random() < may.moves:
                strikes.append(self._moves(someone))
        return strikes

    async def _again_and_again(self, hours: float, strike: Callable[[], object]) -> None:
        if not hours:
            return
        while True:
            await asyncio.sleep(self.random.expovariate(1 / (hours * HOUR)))
            strike()

    def _freeze(self, worker: Worker) -> None:
        worker.freeze(self.random.choice((6.0, 15.0, 25.0, 45.0, 120.0, 900.0, 3000.0)) * self.random.uniform(0.6, 1.4))

    def _blackout(self) -> None:
        seconds = self.random.choice((300.0, 1800.0, 3 * HOUR, 10 * HOUR)) * self.random.uniform(0.5, 1.2)
        until = asyncio.get_running_loop().time() + seconds
        self.trace.add("world", "blackout", f"{seconds:.0f} s")
        for worker in self.workers:
            worker.down_until = max(worker.down_until, until)
            worker.die("blackout")

    def _outage(self) -> None:
        now = asyncio.get_running_loop().time()
        seconds = self.random.choice((30.0, 120.0, 600.0, 2400.0)) * self.random.uniform(0.5, 1.5)
        self.slack.down_until = now + seconds
        self.slack.record.outages.append((now, now + seconds))
        self.trace.add("slack", "does not work", f"{seconds:.0f} s")

    async def _clock_back(self, worker: Worker) -> None:
        await asyncio.sleep(self.random.uniform(0, self.seconds * 0.8))
        worker.behind = timedelta(hours=1)
        self.trace.add(worker.name, "has its clock an hour back")
        seconds = self.random.uniform(0.2, 6) * HOUR
        now = asyncio.get_running_loop().time()
        self.slack.record.clocks_wrong.append((now, now + seconds))
        await asyncio.sleep(seconds)
        worker.behind = timedelta(0)
        self.trace.add(worker.name, "has its clock right again")

    async def _leaves(self, someone: Someone) -> None:
        user = someone.hands.user
        await asyncio.sleep(self.random.uniform(0, self.seconds))
        self.slack.record.gone[user] = self.clock()
        self.slack.profiles[user] = replace(self.slack.profiles[user], deleted=True)
        self.trace.add(user, DEACTIVATED)

    async def _moves(self, someone: Someone) -> None:
        user = someone.hands.user
        await asyncio.sleep(self.random.uniform(0, self.seconds))
        someone.zone = zone = self.random.choice(ZONES)
        self.slack.record.zones[user].append((self.clock(), zone))
        self.trace.add(user, "moves to", zone)

        def moved(members: tuple[Member, ...]) -> tuple[Member, ...]:
            return tuple(replace(m, zone=zone) if m.slack_id == user else m for m in members)

        self.team = replace(self.team, reps=moved(self.team.reps), managers=moved(self.team.managers))
        plan, at = self.team, self.clock()
        self.database.write(lambda s: self.workers[0].huddle.teams.apply_in(s, plan, at))  # type: ignore[union-attr]
