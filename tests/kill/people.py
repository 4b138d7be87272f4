"""Reps, their manager and a stranger, each by a seed of their own, who go on writing whatever becomes of the app."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from random import Random

from bot.demo.workspace import User
from tests.kill.deeds import Command, Deeds, Tap
from tests.kill.team import CUSTOMER, RESTLESS
from tests.support.strict import ClientRefusal, Refusal, StrictSlack
from tests.support.strict.refusal import Json

MOST_WORDS = 22
"""Messages of one person: what is left when the killing ends is answered at one a second in a conversation."""
YES = "yes"


@dataclass
class Someone:
    """A person in front of Slack."""

    slack: StrictSlack
    user: User
    deeds: Deeds
    random: Random
    said: list[str] = field(default_factory=list)

    async def live(self, over: asyncio.Event, pause: float) -> None:
        """Do one thing after another until it is over, about one in `pause` seconds."""
        while not over.is_set():
            await asyncio.sleep(self.random.uniform(0.2, 1.8) * pause)
            with contextlib.suppress(ClientRefusal, Refusal):  # a button that went while they aimed at it
                await self.act()

    async def act(self) -> None:
        """One thing."""
        if self.random.random() < 0.6:
            await self.say(self.random.choice(("how are they doing?", "good morning", "who sees this?")))
        else:
            await self.command(self.random.choice(("help", "")))

    async def say(self, text: str) -> None:
        """Write a message."""
        if len(self.said) < MOST_WORDS:
            self.said.append(await self.slack.people.say(self.user.id, text))

    async def command(self, text: str) -> None:
        """Type the slash command."""
        command = Command(self.user.id, text, time.monotonic())
        self.deeds.commands.append(command)
        command.acked = await self.slack.people.slash(self.user.id, text)

    async def tap(self, message: Json, action: str) -> None:
        """Tap a button of a message."""
        tap = Tap(self.user.id, action, buttons(message)[action], time.monotonic())
        self.deeds.taps.append(tap)
        tap.acked = await self.slack.people.press(self.user.id, message["ts"], action)

    @property
    def shown(self) -> list[Json]:
        """The app's messages in their conversation, oldest first, as they stand now."""
        return [message for message in self.slack.messages(self.user.id) if message.get("bot_id")]


@dataclass
class Rep(Someone):
    """Somebody who is coached. Each promise names a customer that was never named before."""

    number: int = 0

    async def act(self) -> None:
        """Answer what stands there, or begin something; impatient now and then."""
        last = self.shown[-1] if self.shown else None
        waits = self.said and (last is None or self.said[-1] > last["ts"])
        asking = [message for message in self.shown[-3:] if "commit" in buttons(message)]
        if self.user.id in RESTLESS and self.random.random() < 0.25:
            await self._second_thoughts()
        elif asking and self.random.random() < 0.8:
            await self._decide(asking[-1])
        elif not waits or self.random.random() < 0.3:
            await self._talk(last)

    async def _decide(self, last: Json) -> None:
        drawn = self.random.random()
        if drawn < 0.7:
            taps = [self.tap(last, "commit")]
            if self.random.random() < 0.3:
                taps.append(self._tap_again(last))
            await asyncio.gather(*taps)
        elif drawn < 0.85:
            await self.say(f"make it tomorrow at {self.random.randint(10, 16)}:{self.random.randint(10, 59)}")
        elif drawn < 0.93:
            await self.say(YES)
        else:
            await self.say("hmm, who sees this?")

    async def _tap_again(self, message: Json) -> None:
        await asyncio.sleep(self.random.choice((0.0, 0.05, 0.3)))
        with contextlib.suppress(ClientRefusal, KeyError):
            await self.tap(message, "commit")

    async def _talk(self, last: Json | None) -> None:
        drawn = self.random.random()
        if drawn < (0.45 if last is None or "start" in buttons(last) else 0.15):
            await self.command("")
        elif drawn < 0.65:
            await self.say(self._promise())
            if self.random.random() < 0.15:
                await self.say(f"that is {CUSTOMER[self.user.id]}{self.number}, I mean")
        elif drawn < 0.75:
            await self.say(f"the buyer at {CUSTOMER[self.user.id]}{self.number} goes quiet after every demo")
        elif drawn < 0.85:
            await self.say("done")
        elif drawn < 0.95 and last is not None and "share_win" in buttons(last):
            await self.tap(last, "share_win")
        else:
            await self.command("commitments")

    def _promise(self) -> str:
        self.number += 1
        verb = self.random.choice(("call", "visit"))
        hour, minute = self.random.randint(10, 16), self.random.randint(10, 59)
        return f"{verb} {CUSTOMER[self.user.id]}{self.number} tomorrow at {hour}:{minute}"

    async def _second_thoughts(self) -> None:
        drawn = self.random.random()
        past = [message for message in self.shown if "commit" in buttons(message)]
        if self.said and drawn < 0.4:
            await self.slack.people.edit(self.user.id, self.said[-1], self._promise())
        elif self.said and drawn < 0.55:
            await self.slack.people.delete(self.user.id, self.said.pop())
        elif past and drawn < 0.8:
            await self.tap(self.random.choice(past), self.random.choice(("commit", "not_today")))
        else:
            await self.command("skip")


def buttons(message: Json) -> dict[str, str]:
    """The values of a message's buttons by their action ids."""
    rows = [block["elements"] for block in message.get("blocks") or [] if block["type"] == "actions"]
    return {button["action_id"]: button.get("value", "") for row in rows for button in row}
