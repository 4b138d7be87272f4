"""The product with two levers for tests, run as `python -m tests.e2e.moved`: the clock and the coach.

It is what `python -m bot run` is, put together by the same functions, except that its clock runs ahead by as much
as a file in its working folder says, and that its coach waits while another file is there. `Levers` is the
test's end of both.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import app as root
from bot.adapters.rule_coach import RuleCoach
from bot.cli import ready
from bot.clock import system_clock
from bot.introducing import introduce
from bot.ports.coach import Heard, Understanding
from bot.ports.storage import Store
from tests.support.process import until

AHEAD = "ahead"
"""Whole seconds by which the clock is to run ahead; as the test wishes it."""
SHOWN = "shown"
"""Whole seconds by which it does; as the process has it."""
SETTLED = "settled"
"""The same, once the process has done everything that is due by then."""
HUSH = "hush"
"""While it is there, the coach does not answer."""
ASKED = "asked"
"""It is there once the coach has been asked and does not answer."""
MODULE = ("tests.e2e.moved",)


@dataclass
class MovedClock:
    """Implements `bot.ports.Clock`: the time plus `ahead`."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return system_clock() + self.ahead

    async def follow(self, huddle: root.Huddle, folder: Path) -> None:
        """Move as the file says, but only when nothing is under way: real time never jumps while a message is sent."""
        settled = None
        while True:
            wanted = _seconds(folder / AHEAD)
            if wanted != self.ahead and await huddle.storage.read(self._nothing_under_way):
                self.ahead = wanted
                _write(folder / SHOWN, str(round(wanted.total_seconds())))
            if settled != self.ahead and await huddle.storage.read(self._nothing_due):
                settled = self.ahead
                _write(folder / SETTLED, str(round(settled.total_seconds())))
            await asyncio.sleep(0.02)

    def _nothing_under_way(self, store: Store) -> bool:
        return not store.inbox.waiting() and not store.outbox.waiting(self())

    def _nothing_due(self, store: Store) -> bool:
        alarm = store.alarms.next()
        return (alarm is None or alarm.at > self()) and self._nothing_under_way(store)


@dataclass(frozen=True)
class HushedCoach:
    """Implements `bot.ports.coach.Coach`: the rules, whose answer can be held up."""

    folder: Path
    rules: RuleCoach = field(default_factory=RuleCoach)

    async def read(self, heard: Heard) -> Understanding:
        while (self.folder / HUSH).exists():
            (self.folder / ASKED).touch()
            await asyncio.sleep(0.02)
        return await self.rules.read(heard)


@dataclass(frozen=True)
class Levers:
    """The test's hands on a process that works in `folder`."""

    folder: Path

    def set(self, moment: datetime) -> None:
        """Have the clock show this from the next start on."""
        self._wish(moment)

    async def move(self, moment: datetime) -> None:
        """Have the running process see this time; returns when it has done everything that is due by then."""
        wish = self._wish(moment)
        await until(lambda: self._is(SETTLED, wish))

    async def noted(self) -> None:
        """Let a minute pass, so that the running process has noted where in Slack everything is that it has sent."""
        wish = str(int((self.folder / AHEAD).read_text()) + 60)
        _write(self.folder / AHEAD, wish)
        await until(lambda: self._is(SHOWN, wish))

    def hush(self) -> None:
        """Let the coach keep its answers to itself."""
        (self.folder / ASKED).unlink(missing_ok=True)
        (self.folder / HUSH).touch()

    async def asked(self) -> None:
        """Wait until the coach keeps an answer to itself: the message is stored, acknowledged and taken up."""
        await until(lambda: self._is(ASKED, ""))

    def speak(self) -> None:
        """Let the coach answer."""
        (self.folder / HUSH).unlink()

    def _wish(self, moment: datetime) -> str:
        wish = str(math.ceil((moment - datetime.now(UTC)).total_seconds()))
        _write(self.folder / AHEAD, wish)
        return wish

    async def _is(self, name: str, text: str) -> bool:
        file = self.folder / name
        return file.exists() and file.read_text() == text


def _write(file: Path, text: str) -> None:
    """Put the text there in one move: the other process never reads half of it."""
    draft = file.with_suffix(".draft")
    draft.write_text(text)
    draft.rename(file)


def _seconds(file: Path) -> timedelta:
    return timedelta(seconds=int(file.read_text())) if file.exists() else timedelta(0)


async def main() -> None:
    """As `bot.app.run`, with a clock and a coach of ours."""
    settings, folder = ready(), Path.cwd()
    bot_token, app_token = settings.tokens()
    client = root.web_client(settings, bot_token)
    clock = MovedClock(_seconds(folder / AHEAD))
    huddle = root.over_slack(settings, client, clock, HushedCoach(folder))
    await introduce(huddle.storage, huddle.workspaces, clock, client, settings.huddle_admin)
    following = asyncio.create_task(clock.follow(huddle, folder))
    try:
        await root.until_told(huddle, root.bolt_app(client), app_token)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
