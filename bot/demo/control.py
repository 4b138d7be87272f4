"""The message in #demo-clock whose buttons move the app's clock on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.demo.cast import Cast, Unanswered
from bot.demo.fast_clock import advance_to
from bot.demo.running import Running
from bot.demo.sample import ANA, CLOCK, MARIA, TEAM_ZONE, TIMES, WINS
from bot.domain.calendar import next_occurrence
from bot.domain.people import Team
from bot.ports.messages import Button, Message
from bot.services.wins import next_wins

MOVES: Mapping[str, Callable[[datetime, Team], datetime]] = {
    "demo_summary": lambda at, _: next_occurrence(at, TIMES.summary, TEAM_ZONE, TIMES.hours),
    "demo_nudge": lambda at, _: next_occurrence(at, TIMES.nudge, TEAM_ZONE, TIMES.hours),
    "demo_friday": lambda at, team: next_wins(team, at),
    "demo_hour": lambda at, _: at + timedelta(hours=1),
}
"""What each button is called in the labels, and whereto it moves the clock."""


@dataclass
class ClockControl:
    """The control message. `register` comes before the app connects, `begin` after."""

    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    _at_work: Running | None = None
    _cast: Cast | None = None
    _ts: str = ""
    _shows: str = ""

    def register(self, app: AsyncApp) -> None:
        """Listen to the buttons."""
        for action in MOVES:
            app.action(action)(self.move)

    async def begin(self, at_work: Running, cast: Cast) -> None:
        """Post the message. From now on its buttons work; `cast` answers while the clock is moved."""
        self._at_work, self._cast = at_work, cast
        words = self._words(None)
        posted: Any = await at_work.client.chat_postMessage(channel=CLOCK.id, **words)
        self._ts, self._shows = str(posted["ts"]), words["text"]

    async def move(self, ack: AsyncAck, action: dict[str, Any]) -> None:
        """A tap: move the clock, and say so in the message's place. A tap while it moves does nothing."""
        await ack()
        if self._at_work is None or self._cast is None or self._moving.locked():
            return
        async with self._moving:
            target = MOVES[str(action["action_id"])](self._at_work.clock(), self._at_work.team)
            await self._show(target)
            with contextlib.suppress(Unanswered):  # then the clock has stopped on the way, and the message says where
                await advance_to(self._at_work.huddle, self._at_work.clock, target, self._cast.react)
            await self._show(None)

    async def keep_true(self) -> None:
        """Show the time as it is by now, unless the clock is being moved."""
        if not self._moving.locked():
            await self._show(None)

    async def _show(self, target: datetime | None) -> None:
        words = self._words(target)
        if self._at_work is not None and words["text"] != self._shows:
            self._shows = words["text"]
            await self._at_work.client.chat_update(channel=CLOCK.id, ts=self._ts, **words)

    def _words(self, target: datetime | None) -> dict[str, Any]:
        assert self._at_work is not None
        assert self._cast is not None
        buttons = () if target else tuple(Button(name, "go", name) for name in MOVES)
        values = {
            "at": self._at_work.clock(),
            "zone": TEAM_ZONE,
            "target": target,
            "rep": ANA.real_name,
            "manager": MARIA.real_name,
            "others": [user.real_name.split()[0] for user in self._cast.players],
            "wins": WINS.name,
        }
        rendered = self._at_work.huddle.edge.wording.render(Message("demo/clock", values, buttons))
        return {"text": rendered.text, "blocks": rendered.blocks}
