"""How Slack hands events to the processes: at least once, in no order, and until somebody has taken them.

What nobody acknowledges within three seconds comes again: at once, after a minute, after five, then every hour. Taps,
forms and commands come once; who tapped sees whether they worked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.simulation.record import Act, Change, Shown
from bot.simulation.slack import WORKSPACE, ModelSlack
from bot.simulation.workers import Worker

AGAIN = (0.1, 60.0, 300.0, *([3600.0] * 30))


@dataclass(eq=False)
class Postman:
    """Carries events and interactions from one Slack to whichever process is up."""

    slack: ModelSlack
    random: Random
    workers: Sequence[Worker]
    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _numbers: int = 0

    def event(self, event: dict[str, Any], act: Act | None = None) -> None:
        """Send an event on its way, perhaps late, perhaps twice."""
        self._numbers += 1
        may, random = self.slack.conditions, self.random
        body = {
            "type": "event_callback",
            "team_id": WORKSPACE,
            "api_app_id": "A1",
            "event_id": f"Ev{self._numbers:06d}",
            "event": event,
            "authorizations": [{"team_id": WORKSPACE, "user_id": "U0BOT", "is_bot": True}],
        }
        delays = [self._delay()]
        if random.random() < may.event_twice:
            delays.append(delays[0] + random.choice((0.0, 0.5, 20.0, 900.0)))
        for number, delay in enumerate(delays):
            again = body if random.random() < 0.5 or not number else body | {"event_id": f"{body['event_id']}b"}
            task = asyncio.create_task(self._carry(again, delay, act))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    def _delay(self) -> float:
        may, drawn = self.slack.conditions, self.random.random()
        if drawn < may.event_very_late:
            return self.random.uniform(60, 5400)
        if drawn < may.event_very_late + may.event_late:
            return self.random.uniform(1, 30)
        return self.random.uniform(0.05, 0.4)

    async def _carry(self, body: dict[str, Any], delay: float, act: Act | None) -> None:
        await asyncio.sleep(delay)
        for wait in AGAIN:
            worker = self._somebody()
            if worker is not None:
                if act is not None and act.first_tried_at is None:
                    act.first_tried_at = self.slack.clock()
                answer = await worker.dispatch(body)
                if answer is not None and answer.status == 200:
                    if act is not None and act.acked_at is None:
                        act.acked_at = self.slack.clock()
                        self.slack.trace.add(act.user, "acked", act.ts)
                    return
            await asyncio.sleep(wait)
        self.slack.trace.add("slack", "gave up", body["event_id"])

    def _somebody(self) -> Worker | None:
        up = [worker for worker in self.workers if worker.up]
        return self.random.choice(up) if up else None

    async def interact(self, body: dict[str, Any], act: Act) -> Any:
        """Hand over a tap, a form or a command once; None when nobody took it in time."""
        await asyncio.sleep(self.random.uniform(0.05, 0.4))
        act.first_tried_at = self.slack.clock()
        worker = self._somebody()
        answer = await worker.dispatch(body) if worker else None
        if answer is not None and answer.status == 200:
            act.acked_at = self.slack.clock()
            return answer
        return None

    def echo(self, change: Change, shown: Shown) -> None:
        """Our own message comes back as an event: soon, late, twice or never."""
        may, random = self.slack.conditions, self.random
        if change.kind != "post" or random.random() < may.echo_lost:
            return
        event = {
            "type": "message",
            "user": "U0BOT",
            "bot_id": "B0BOT",
            "app_id": "A1",
            "text": shown.text,
            "ts": shown.ts,
            "event_ts": shown.ts,
            "channel": shown.channel,
            "channel_type": "im" if shown.channel.startswith("D") else "channel",
            "metadata": {"event_type": "delivery", "event_payload": {"delivery_id": shown.delivery_id}},
        }
        for _ in range(2 if random.random() < may.echo_twice else 1):
            late = random.choice((0.0, 0.0, 4.0, 60.0))
            asyncio.get_running_loop().call_later(late, self.event, event)
