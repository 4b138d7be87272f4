"""Reps and managers who act on what Slack shows them, each by a seed of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from bot.simulation.hands import Hands
from bot.simulation.phrases import TIMES, any_text, filled, fitting
from bot.simulation.record import Act, Shown

MOST_ACTS = 9
"""What one person does in a day, so that no talk goes on for ever."""
COMMANDS = ("", "start", "skip", "commitments", "help", "stop", "strat", "start")


@dataclass(eq=False)
class Someone:
    """A person: what is new to them, and how many things they did on which day."""

    hands: Hands
    random: Random
    zone: str
    clock: Callable[[], datetime]
    over: Callable[[], bool]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    said: list[Act] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    stopped: bool = False

    @property
    def local(self) -> datetime:
        """Their wall clock."""
        return self.clock().astimezone(ZoneInfo(self.zone))

    def awake(self) -> bool:
        """Whether they would look at Slack now; some do at odd hours."""
        return 6 <= self.local.hour < 20 or self.random.random() < 0.03

    def tired(self) -> bool:
        """Whether they have done enough for today; counts one more thing."""
        today = str(self.local.date())
        self.done[today] = self.done.get(today, 0) + 1
        return self.done[today] > MOST_ACTS

    async def wait(self, quiet: float) -> bool:
        """Until something is new (True), or for about so many seconds."""
        try:
            async with asyncio.timeout(self.random.expovariate(1 / quiet)):
                await self.news.wait()
        except TimeoutError:
            return False
        self.news.clear()
        return True

    async def think(self) -> None:
        """However long it takes until they get to it."""
        drawn = self.random.random()
        most = 3.0 if drawn < 0.1 else 60.0 if drawn < 0.6 else 900.0 if drawn < 0.9 else 10800.0
        await asyncio.sleep(self.random.uniform(0.5, most))

    async def tap(self, message: Shown, words: str | None = None) -> None:
        """Tap a button, perhaps twice, and fill the form if one opens."""
        if not message.buttons:
            return
        element = message.buttons[words or self.random.choice(sorted(message.buttons))]
        taps = [self.hands.tap(message, element)]
        if self.random.random() < 0.12:
            taps.append(self._again(message, element))
        acts = await asyncio.gather(*taps)
        if any(act.acked_at for act in acts) and element["action_id"] in {"change", "outcome_moved"}:
            await self._fill()

    async def _again(self, message: Shown, element: dict[str, str]) -> Act:
        await asyncio.sleep(self.random.choice((0.0, 0.2, 3.0)))
        return await self.hands.tap(message, element)

    async def _fill(self) -> None:
        view = await self.hands.form()
        if view is None or self.random.random() < 0.15:
            return
        await asyncio.sleep(self.random.uniform(3, 90))
        typed = {"when": filled(self.random, TIMES)} if self.random.random() < 0.7 else {}
        if view["callback_id"] == "change" and self.random.random() < 0.5:
            typed |= {"action": filled(self.random, ("call Ben", "write the agenda for {time}", "x"))}
        if not await self.hands.submit(view, typed) and self.random.random() < 0.8:
            await asyncio.sleep(self.random.uniform(2, 20))
            await self.hands.submit(view, {"when": "tomorrow 11:00", "action": "call Ben back"})


@dataclass(eq=False)
class Rep(Someone):
    """Somebody who is coached. `diligence` is how often they react at all."""

    diligence: float = 0.8

    async def live(self) -> None:
        """Day after day, until the world is over."""
        while not self.over():
            new = await self.wait(9000.0)
            if self.over() or (not new and (not self.awake() or self.random.random() < 0.6)):
                continue
            if new and self.random.random() > self.diligence:
                continue
            await self.think()
            if self.over() or not self.awake() or self.tired():
                continue
            await self._act(new)

    async def _act(self, new: bool) -> None:
        drawn, shown = self.random.random(), self.hands.shown
        buttons = next((m for m in reversed(shown[-3:]) if m.buttons), None)
        if buttons and drawn < 0.42:
            commit = "Commit" in buttons.buttons and self.random.random() < 0.6
            await self.tap(buttons, "Commit" if commit else None)
        elif shown and drawn < 0.46:
            await self._tap_old()
        elif self.said and drawn < 0.50:
            self.hands.edit(self.said[-1], any_text(self.random))
        elif self.said and drawn < 0.53:
            self.hands.delete(self.said.pop())
        elif drawn < (0.58 if new else 0.63):
            await self._command()
        elif drawn < 0.65:
            self.hands.home()
        else:
            await self._talk()

    async def _tap_old(self) -> None:
        message = self.random.choice(self.hands.shown)
        past = sorted(message.old, key=lambda pair: pair[0]) + sorted(message.buttons.items())
        if past:
            await self.hands.tap(message, self.random.choice(past)[1])

    async def _command(self) -> None:
        word = "start" if self.stopped and self.random.random() < 0.8 else self.random.choice(COMMANDS)
        answer = await self.hands.command(word)
        if answer:
            self.stopped = word == "stop" or (self.stopped and word not in {"start", ""})

    async def _talk(self) -> None:
        for _ in range(self.random.choice((1, 1, 1, 1, 2, 3))):
            self.said.append(self.hands.say(fitting(self.random, self.hands.last)))
            await asyncio.sleep(self.random.choice((0.0, 0.3, 1.5, 20.0)))
        if self.random.random() < 0.08:
            self.hands.edit(self.said[-1], any_text(self.random))
        elif self.random.random() < 0.05:
            self.hands.delete(self.said.pop())


@dataclass(eq=False)
class Manager(Someone):
    """Somebody who gets summaries and nudges."""

    async def live(self) -> None:
        """Tap nudges, now and then write or type something."""
        while not self.over():
            new = await self.wait(20000.0)
            await self.think()
            if self.over() or not self.awake() or self.tired():
                continue
            message = next((m for m in reversed(self.hands.shown[-6:]) if m.buttons), None)
            drawn = self.random.random()
            if new and message and drawn < 0.7:
                await self.tap(message)
            elif drawn < 0.75:
                self.said.append(self.hands.say(any_text(self.random)))
            elif drawn < 0.8:
                await self.hands.command(self.random.choice(("help", "question Why is it late?", "start")))
            elif drawn < 0.85:
                self.hands.home()
