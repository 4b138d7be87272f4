"""Whole turns a second on one core: an event comes in by Bolt, and its answer is what the messenger is given.

Every rep has a check-in open and walks the whole funnel, from the first thought to the yes; 64 of them wait for an
answer at any time. The reps are so many that nobody writes twice within the second that Slack wants between two posts
in a channel. Slack answers at once and has no limits. The profile says which code the processor's time went to.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from benchmarks.cores import Timers, by_threads, on_one_core
from benchmarks.databases import NO_SERVER, a_folder, on_postgres
from benchmarks.figures import FAILED, Figure, Figures, at_least, high, middle, skipped
from benchmarks.office import (
    QUARTER_TO_NINE,
    WORKSPACE,
    QuickSlack,
    an_office,
    enrol,
    hurry,
    rep,
    request,
)
from bot.adapters.rule_coach import by_rules
from bot.app import Huddle
from bot.ports.coach import Heard, Understanding
from bot.ports.messages import Delivery
from bot.ports.queues import Incoming
from prompts.render import Prompts

TARGET = 250.0
AT_ONCE = 64
FUNNEL = (
    "I have three CFO calls this week, pricing is where they stall",
    "they push back on price and I go quiet",
    "I'd walk in calmer",
    "call Anna Weber about the pricing sheet by 3pm",
    "yes",
)
UNANSWERED = 60.0


@dataclass
class Walk:
    """What is going on: who waits for an answer, how long each answer took, and where the time went."""

    timers: Timers = field(default_factory=Timers)
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    opened: int = 0
    began: float = field(default_factory=time.monotonic)
    start: datetime = QUARTER_TO_NINE

    def clock(self) -> datetime:
        """Monday morning, a quarter to nine, and what has passed since."""
        return self.start + timedelta(seconds=time.monotonic() - self.began)

    def heard(self, delivery: Delivery) -> None:
        """Somebody has got a message."""
        self.opened += delivery.key.startswith("checkin:")
        waiting = self.waiting.pop(delivery.channel, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)


@dataclass(frozen=True)
class TimedCoach:
    """The rules, timed."""

    timers: Timers

    async def read(self, heard: Heard) -> Understanding:
        return self.timers.around("coach", by_rules)(heard)


def measure(quick: bool) -> Figures:
    """Turns a second, how long one takes, and what it is made of."""
    on_one_core()
    reps = 2 * AT_ONCE if quick else 600
    with a_folder() as folder, on_postgres() as address:
        figures = asyncio.run(_measure("SQLite", folder / "huddle.db", reps, ticking=False))
        figures += asyncio.run(_measure("SQLite, the clockwork on", folder / "ticking.db", reps, ticking=True))[:1]
        if address is None:
            return [*figures, skipped("turns, PostgreSQL", NO_SERVER)]
        try:
            return figures + asyncio.run(_measure("PostgreSQL", address, reps // 2, ticking=False))[:2]
        except TimeoutError:
            return [*figures, skipped("turns, PostgreSQL", f"{FAILED}: somebody had no answer in {UNANSWERED:.0f} s")]


async def _measure(name: str, database: str | Path, reps: int, *, ticking: bool) -> list[Figure]:
    walk = Walk()
    render = Prompts.render
    Prompts.render = walk.timers.around("rendering", render)  # type: ignore[method-assign]
    try:
        with an_office(database, QuickSlack(walk.heard), walk.clock, TimedCoach(walk.timers)) as huddle:
            await enrol(huddle, reps)
            await hurry(huddle, walk.clock())
            await huddle.settle()
            assert walk.opened == reps, f"{walk.opened} mornings of {reps}"
            await asyncio.sleep(1.1)  # so that no channel rests
            async with _working(huddle, ticking=ticking):
                return await _walked(name, huddle, walk, reps, target=not ticking)
    finally:
        Prompts.render = render  # type: ignore[method-assign]


async def _walked(name: str, huddle: Huddle, walk: Walk, reps: int, *, target: bool) -> list[Figure]:
    assert reps >= AT_ONCE, "nobody may have two messages on the way"
    app = _app(huddle)
    turns = iter([(rep(n), text, 1 + n + wave * reps) for wave, text in enumerate(FUNNEL) for n in range(reps)])
    keep = huddle.intake.keep

    async def kept(incoming: Incoming) -> bool:
        return await walk.timers.of("keep", keep(incoming))

    huddle.intake.keep = kept  # type: ignore[method-assign]
    walk.timers.seconds.clear()

    async def person() -> None:
        for user, text, number in turns:
            said = time.perf_counter()
            answered = walk.waiting[user] = asyncio.get_running_loop().create_future()
            ts = f"{walk.clock().timestamp():.0f}.{number:06d}"
            await walk.timers.of("bolt", app.async_dispatch(request(user, text, ts)))
            async with asyncio.timeout(UNANSWERED):
                await answered
            walk.waits.append(time.perf_counter() - said)

    threads, start = by_threads(), time.perf_counter()
    await asyncio.gather(*(person() for _ in range(AT_ONCE)))
    seconds = time.perf_counter() - start
    used = {thread: now - threads.get(thread, 0.0) for thread, now in by_threads().items()}
    made = await huddle.storage.read(lambda s: sum(bool(s.people.by_slack(WORKSPACE, rep(n))) for n in range(reps)))
    assert made == reps
    count = reps * len(FUNNEL)
    waits = f"{middle(walk.waits) * 1000:.0f} ms median, {high(walk.waits) * 1000:.0f} ms p95"
    busy = sum(used.values())
    return [
        Figure(f"turns, {name}", count / seconds, "turns/s", at_least(TARGET) if target else None, waits),
        Figure(
            f"processor time a turn, {name}", busy / count * 1000, "ms", note=f"the core was {busy / seconds:.0%} busy"
        ),
        *_profile(name, used, walk.timers.seconds, busy),
    ]


def _profile(name: str, used: dict[str, float], timed: dict[str, float], busy: float) -> list[Figure]:
    """Shares of the processor's time. Storage is SQLAlchemy, the database and the decisions in its transactions."""
    bolt = timed.get("bolt", 0.0) - timed.get("keep", 0.0)
    coach, rendering = timed.get("coach", 0.0), timed.get("rendering", 0.0)
    workers = used.get("write", 0.0) + used.get("read", 0.0)
    shares = {
        "reading (coach.read)": coach,
        "writing transactions": used.get("write", 0.0) - rendering,
        "reading transactions": used.get("read", 0.0),
        "rendering": rendering,
        "Bolt's dispatch": bolt,
        "the loop, workers, listeners": busy - workers - coach - bolt,
    }
    return [Figure(f"  {what}", seconds / busy * 100, "%", note=name) for what, seconds in shares.items()]


@asynccontextmanager
async def _working(huddle: Huddle, *, ticking: bool) -> AsyncIterator[None]:
    """The workers; with `ticking`, all that runs in production."""
    if ticking:
        async with huddle.running():
            yield
        return
    workers = [asyncio.create_task(huddle.intake.run()), asyncio.create_task(huddle.sender.run())]
    try:
        yield
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


def _app(huddle: Huddle) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=WORKSPACE, bot_token="xoxb-t", bot_id="B0HUDDLE", bot_user_id="U0HUDDLE"
        )

    app = AsyncApp(authorize=authorize, request_verification_enabled=False, ignoring_self_events_enabled=False)
    huddle.register(app)
    return app
