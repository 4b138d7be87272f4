"""Processes of the product: each dies, freezes, comes back, and knows nothing of what it was before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.adapters.rule_coach import RuleCoach
from bot.app import Huddle, assemble
from bot.simulation.database import SOONEST_TICK, SOONEST_WORK, Database, SimulatedStorage
from bot.simulation.loop import Fate, VirtualLoop, context_of
from bot.simulation.trace import Trace

if TYPE_CHECKING:
    from bot.simulation.policies import Policy
    from bot.simulation.slack import ModelSlack

COMMAND = "/coach"
ACK_WITHIN = 3.0
"""Seconds in which Slack wants an answer to what it sends."""
BEAT = 1.5
"""Seconds within which a process looks again at what is due."""

MOST_PATIENCE = 6.0
"""How much rarer those looks become while nothing that is due can be done."""

QUIET = logging.getLogger("slack_bolt.simulated")
QUIET.setLevel(logging.CRITICAL)


@dataclass(eq=False)
class Worker:
    """One process on the database. `alone`: it is the only one, and frees at its start what it had begun on."""

    name: str
    database: Database
    slack: ModelSlack
    trace: Trace
    random: Random
    policy: Policy
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    alone: bool
    tick_every: float
    lives: int = 0
    behind: timedelta = timedelta(0)
    fate: Fate = field(default_factory=lambda: Fate("unborn", dead=True))
    huddle: Huddle | None = None
    app: AsyncApp | None = None
    free: bool = False  # nothing goes wrong any more
    down_until: float = 0.0
    troubled: list[tuple[float, float]] = field(default_factory=list)  # when it was dead, frozen or wrong in time
    _died_at: float = 0.0
    past: list[Fate] = field(default_factory=list)  # kept, so that nothing of the dead is cleaned up in their name

    @property
    def loop(self) -> VirtualLoop:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        return loop

    @property
    def up(self) -> bool:
        """Whether Slack has a connection to it (one to a frozen process is still there)."""
        return not self.fate.dead and self.app is not None

    def wall(self) -> datetime:
        """What this process takes for the time."""
        return self.clock() - self.behind

    def start(self) -> None:
        """A fresh process on the same database."""
        self.lives += 1
        self.troubled.append((self._died_at, self.loop.time()))
        self.fate = Fate(f"{self.name}.{self.lives}")
        self.past.append(self.fate)
        self.trace.add(self.fate.name, "starts")
        life = Life(self, self.fate)
        context = context_of(self.fate)
        context.run(life.assemble)
        self.loop.create_task(life.live(), context=context)

    def die(self, why: str) -> None:
        """The process is gone; it comes back after a while."""
        if self.fate.dead or self.free:
            return
        self.trace.add(self.fate.name, "dies", why)
        self.fate.grave.extend(asyncio.all_tasks())
        self.fate.dead, self._died_at = True, self.loop.time()
        away = self.random.choice((0.5, 2.0, 10.0, 45.0, 300.0)) * self.random.uniform(0.5, 1.5)
        self.come_back(max(away, self.down_until - self.loop.time()))

    def come_back(self, seconds: float) -> None:
        """Start again later, in nobody's context."""
        context_of(None).run(lambda: self.loop.call_later(seconds, self._back))

    def _back(self) -> None:
        if self.fate.dead:
            if self.down_until > self.loop.time():
                self.come_back(self.down_until - self.loop.time())
            else:
                self.start()

    def freeze(self, seconds: float) -> None:
        """The process stands still, and then goes on as if nothing had been."""
        if not self.fate.dead and not self.free:
            self.trace.add(self.fate.name, "freezes", f"{seconds:.1f} s")
            until = max(self.fate.frozen_until, self.loop.time() + seconds)
            self.troubled.append((self.loop.time(), until))
            self.fate.frozen_until = until

    async def dispatch(self, body: dict[str, Any]) -> Any:
        """Hand it something of Slack's; its answer within three seconds, else None."""
        if not self.up or self.app is None:
            return None
        request = AsyncBoltRequest(mode="socket_mode", body=body)
        task = self.loop.create_task(self.app.async_dispatch(request), context=context_of(self.fate))
        done, _ = await asyncio.wait({task}, timeout=ACK_WITHIN)
        if not done or self.fate.dead or task.cancelled() or task.exception():
            self.fate.grave.append(task)
            return None
        return task.result()


@dataclass(eq=False)
class Life:
    """One process from its start to its end: the product put together, and its loops."""

    worker: Worker
    fate: Fate

    def assemble(self) -> None:
        """Build the product as `bot.app` does, on the world's database, Slack and clock."""
        worker = self.worker
        policy = worker.policy
        storage = policy.storage(SimulatedStorage(worker.database, self, alone=worker.alone), worker)
        messenger = policy.messenger(worker.slack.line(self), worker)
        worker.huddle = policy.huddle(
            assemble(storage, COMMAND, RuleCoach(), messenger, worker.slack.line(self), worker.wall, worker.new_id),
            worker,
        )
        worker.app = self._app(worker.huddle)

    def _app(self, huddle: Huddle) -> AsyncApp:
        slack = self.worker.slack

        async def authorize(**_: Any) -> AuthorizeResult:
            return slack.authorized

        async def with_client(context: Any, next: Any) -> None:  # noqa: A002
            context["client"] = slack.client
            await next()

        app = AsyncApp(
            authorize=authorize, logger=QUIET, request_verification_enabled=False, ignoring_self_events_enabled=False
        )
        app.middleware(with_client)
        huddle.register(app)
        return app

    async def live(self) -> None:
        """What `Huddle.running` does, with a tick that comes when one would find something."""
        huddle = self.worker.huddle
        assert huddle is not None
        if huddle.storage.alone:
            await huddle.storage.write(lambda store: store.inbox.release())
        loops = (huddle.intake.run(), huddle.sender.run(), self._ring(huddle), self._tick(huddle))
        await asyncio.gather(*(self.worker.loop.create_task(one) for one in loops))

    async def _ring(self, huddle: Huddle) -> None:
        """The workers' own idle looks: left out while they would find nothing, rarer while they change nothing."""
        database, patience, before = self.worker.database, 1.0, -1
        while True:
            await database.until_due(SOONEST_WORK, self.worker.wall)
            patience = min(patience * 1.5, MOST_PATIENCE) if database.version == before else 1.0
            before = database.version
            await asyncio.sleep(self.worker.random.uniform(0.2, BEAT) * patience)
            huddle.intake.ring()
            huddle.sender.ring()

    async def _tick(self, huddle: Huddle) -> None:
        while True:
            await self.worker.database.until_due(SOONEST_TICK, self.worker.wall)
            await asyncio.sleep(self.worker.random.uniform(0, self.worker.tick_every))
            await huddle.tick_now()

    async def point(self, name: str) -> None:
        """A place where the process may die or freeze; else a short while."""
        worker = self.worker
        random, conditions = worker.random, worker.slack.conditions
        seconds = random.uniform(0.0005, 0.01)
        if not worker.free and self.fate is worker.fate:
            drawn = random.random()
            if drawn < conditions.dies_at_point:
                worker.die(f"at {name}")
                await worker.loop.create_future()
            elif drawn < conditions.dies_at_point + conditions.freezes_at_point:
                worker.freeze(random.choice(conditions.freeze_seconds) * random.uniform(0.5, 1.5))
            if random.random() < conditions.slow_database:
                seconds = random.uniform(0.1, 4.0)
        await asyncio.sleep(seconds)
