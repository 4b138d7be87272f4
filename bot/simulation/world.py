"""A world from its plan to its end: everything in it runs on one virtual loop, and all chance comes from the seed."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import structlog
from slack_bolt.app import async_app
from slack_bolt.listener import asyncio_runner

from bot.delivery import intake, sender
from bot.ports.slack import Profile
from bot.simulation.chance import chance
from bot.simulation.conditions import CALM
from bot.simulation.database import Database
from bot.simulation.events import Postman
from bot.simulation.hands import Hands
from bot.simulation.loop import VirtualLoop, bury, context_of
from bot.simulation.people import Manager, Rep, Someone
from bot.simulation.plan import Plan
from bot.simulation.policies import Policy
from bot.simulation.slack import ModelSlack
from bot.simulation.trace import Surprises, Trace
from bot.simulation.trouble import Trouble
from bot.simulation.workers import Worker

DAY = 86400.0
MOST_WAITING = 12 * 3600.0
"""Seconds that are given to come to rest when nothing goes wrong any more."""
OPEN = """
    SELECT id FROM inbox WHERE state IN ('waiting', 'working')
    UNION ALL SELECT id FROM outbox WHERE state IN ('waiting', 'sending') AND due_at <= '{now}'
"""


class World:
    """One database, some processes, a Slack, and the people in it."""

    def __init__(self, seed: int, plan: Plan, policy: Policy) -> None:
        self.seed, self.plan = seed, plan
        self.loop = VirtualLoop(chance(seed, "loop"))
        self.trace = Trace(self.clock)
        self.surprises = Surprises(self.trace)
        self.slack = ModelSlack(self.clock, chance(seed, "slack"), plan.conditions, self.trace)
        self.database = Database()
        self.over = False
        self.rested = False
        ids = chance(seed, "ids")
        self.new_id = lambda: f"{ids.getrandbits(128):032x}"
        self.workers = [
            Worker(
                name=f"worker{n}",
                database=self.database,
                slack=self.slack,
                trace=self.trace,
                random=chance(seed, f"worker{n}"),
                policy=policy,
                clock=self.clock,
                new_id=self.new_id,
                alone=plan.workers == 1,
                tick_every=chance(seed, f"tick{n}").choice((2.0, 2.0, 10.0, 30.0)),
            )
            for n in range(plan.workers)
        ]
        self.postman = Postman(self.slack, chance(seed, "postman"), self.workers)
        self.people = self._people()

    def clock(self) -> datetime:
        """The true time."""
        return self.plan.start + timedelta(seconds=self.loop.time())

    def _people(self) -> list[Someone]:
        found: list[Someone] = []
        reps = {member.slack_id for member in self.plan.team.reps}
        managers = [member for member in self.plan.team.managers if member.slack_id not in reps]
        for member in (*self.plan.team.reps, *managers):
            user = member.slack_id
            self.slack.profiles[user] = Profile(user, member.name, member.zone)
            self.slack.record.zones[user] = [(self.plan.start, member.zone)]
            random, hands = chance(self.seed, f"{user}"), Hands(self.slack, self.postman, user)
            made: Someone
            if user in reps:
                made = Rep(hands, random, member.zone, self.clock, lambda u=user: self._out(u))  # type: ignore[misc]
                made.diligence = random.choice((0.3, 0.8, 0.95))
            else:
                made = Manager(hands, random, member.zone, self.clock, lambda u=user: self._out(u))  # type: ignore[misc]
            found.append(made)
        return found

    def _out(self, user: str) -> bool:
        return self.over or user in self.slack.record.gone

    def run(self) -> None:
        """Play it to its end."""
        with self._in_place():
            try:
                self.loop.run_until_complete(self.loop.create_task(self._live(), context=context_of(None)))
            finally:
                bury(self.loop, [one for worker in self.workers for fate in worker.past for one in fate.grave])
                asyncio.set_event_loop(None)

    def close(self) -> None:
        """Throw the database away, and let go of what never ended."""
        self.database.close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a coroutine that died before its first step
            for worker in self.workers:
                worker.past.clear()
                worker.huddle = worker.app = None
            self.loop.close()
            gc.collect()

    @contextlib.contextmanager
    def _in_place(self) -> Iterator[None]:
        """Virtual time for Bolt, no idle looks (`Life` rings instead), and errors of the product kept for the audit."""
        before = (intake.IDLE, sender.IDLE, structlog.get_config())
        bolt = [vars(module) for module in (asyncio_runner, async_app)]
        times = [module["time"] for module in bolt]
        for module in bolt:
            module["time"] = SimpleNamespace(time=self.loop.time)
        intake.IDLE = sender.IDLE = 3600.0
        structlog.configure(processors=[self.surprises], cache_logger_on_first_use=False)
        collects = gc.isenabled()
        gc.disable()  # nothing is cleaned up in the middle, wherever the garbage would have come to weigh enough
        try:
            yield
        finally:
            if collects:
                gc.enable()
            for module, real in zip(bolt, times, strict=True):
                module["time"] = real
            intake.IDLE, sender.IDLE, config = before
            structlog.configure(**config)

    async def _live(self) -> None:
        plan, at = self.plan, self.clock()
        self.slack.changed.append(self.postman.echo)
        for someone in self.people:
            channel, news = someone.hands.channel, someone.news
            self.slack.changed.append(lambda c, _s, ch=channel, n=news: n.set() if c.channel == ch else None)  # type: ignore[misc]
        for worker in self.workers:
            worker.start()
        teams = self.workers[0].huddle.teams  # type: ignore[union-attr]
        self.database.write(lambda s: teams.apply_in(s, plan.team, at))
        seconds = plan.days * DAY
        trouble = Trouble(
            chance(self.seed, "trouble"),
            seconds,
            self.workers,
            self.slack,
            self.trace,
            self.database,
            self.clock,
            plan.team,
        )
        strikes = [asyncio.create_task(strike) for strike in trouble.all(self.people)]
        lives = [asyncio.create_task(someone.live()) for someone in self.people]  # type: ignore[attr-defined]
        await asyncio.sleep(seconds)
        self.over = True
        for task in (*strikes, *lives):
            task.cancel()
        self.slack.conditions = CALM
        self.slack.down_until = 0.0
        for worker in self.workers:
            worker.free, worker.down_until, worker.behind = True, 0.0, timedelta(0)
            if worker.fate.dead:
                worker.start()
        self.trace.add("world", "calm")
        self.rested = await self._rest()

    async def _rest(self) -> bool:
        """Wait until all is done that is to be done; False when that does not come."""
        until = self.loop.time() + MOST_WAITING
        while self.loop.time() < until:
            await asyncio.sleep(300)
            thawed = all(worker.fate.frozen_until < self.loop.time() for worker in self.workers)
            now = f"{self.clock() - timedelta(minutes=2):%Y-%m-%d %H:%M:%S}"
            if thawed and not self.postman.under_way and not self.database.rows(OPEN.format(now=now)):
                return True
        return False
