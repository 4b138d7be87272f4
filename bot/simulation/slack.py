"""A model of Slack: conversations, what it does to calls, and what it shows of them when.

Each process reaches it by a `Line` of its own, which implements the messenger and the directory. A call takes effect
at the latest `LATEST` seconds after it was made, in a history that lags by `LAG` seconds at the most.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from slack_bolt.authorization import AuthorizeResult

from bot.ports.messages import Delivery, Op
from bot.ports.slack import Place, Posted, Profile, Refused, TryLater, Unsure
from bot.simulation.conditions import Conditions
from bot.simulation.loop import context_of
from bot.simulation.record import Change, Record, Shown
from bot.simulation.trace import Trace
from bot.simulation.workers import Life

WORKSPACE = "T0WORLD"
LATEST = 13.0
LAG = 5.0
CHANNEL_BURST = 4.0
GONE = "user_not_found"


class Client:
    """Stands in for Bolt's client: forms and Home tabs, by user."""

    def __init__(self, slack: ModelSlack) -> None:
        self._slack = slack

    async def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> None:
        """A form opens for whoever the trigger belongs to."""
        await asyncio.sleep(self._slack.random.uniform(0.05, 0.3))
        self._slack.forms[trigger_id.partition(".")[0]] = view

    async def views_publish(self, *, user_id: str, view: dict[str, Any]) -> None:
        """Somebody's Home tab is drawn."""
        await asyncio.sleep(self._slack.random.uniform(0.05, 0.3))
        self._slack.trace.add(user_id, "home", str(len(view["blocks"])))


@dataclass
class Bucket:
    """So many calls a second, with a burst."""

    rate: float
    most: float
    left: float
    at: float = 0.0

    def take(self, now: float) -> float:
        """0 when the call may go; else the seconds to wait."""
        self.left = min(self.most, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.rate


@dataclass
class ModelSlack:
    """One workspace. `changed` hears of each message of ours that appears or changes."""

    clock: Callable[[], datetime]
    random: Random
    conditions: Conditions
    trace: Trace
    record: Record = field(default_factory=Record)
    conversations: dict[str, list[Shown]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: list[Callable[[Change, Shown], None]] = field(default_factory=list)
    down_until: float = 0.0
    _buckets: dict[str, Bucket] = field(default_factory=dict)
    _micro: int = 0

    def __post_init__(self) -> None:
        self.client = Client(self)
        self.authorized = AuthorizeResult(
            enterprise_id=None,
            team_id=WORKSPACE,
            bot_token="xoxb-w",  # noqa: S106
            bot_id="B0BOT",
            bot_user_id="U0BOT",
        )
        rate = 0.5 if self.conditions.tight_workspace else 4.0
        self._buckets[""] = Bucket(rate, 10.0, 10.0)

    def line(self, life: Life) -> Line:
        """A process's way here."""
        return Line(self, life)

    def ts(self) -> str:
        """A place in a conversation: the time, never the same twice."""
        self._micro = (self._micro + 1) % 1000
        now = self.clock()
        return f"{int(now.timestamp())}.{now.microsecond // 1000:03d}{self._micro:03d}"

    def call(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """Carry a call: there, `work`, and back, with what may happen on the way. The future may never come true."""
        loop, random, may = asyncio.get_running_loop(), self.random, self.conditions
        answer: asyncio.Future[Any] = loop.create_future()
        context = context_of(None)
        there = random.uniform(0.03, 0.2)
        if random.random() < may.late_request:
            there = random.uniform(1.0, LATEST)
        back = random.uniform(0.03, 0.2)
        if random.random() < may.late_answer:
            back = random.uniform(1.0, 15.0)
        lost, unanswered = random.random() < may.lost_request, random.random() < may.lost_answer
        error = random.random() < may.internal_error
        worked, silent = random.random() < 0.5, random.random() < 0.5

        def tell(result: Any) -> None:
            if answer.done():
                return
            if isinstance(result, Exception):
                answer.set_exception(result)
                answer.exception()  # whoever waited may be dead
            else:
                answer.set_result(result)

        def arrive() -> None:
            result: Any
            if lost:
                result = Unsure("connection reset")
            elif loop.time() < self.down_until:
                result = TryLater("service_unavailable", 5.0) if worked else Unsure("fatal_error")
            elif (seconds := self._buckets[""].take(loop.time())) > 0:
                result = TryLater("ratelimited", max(1.0, round(seconds)), throttled=True)
            else:
                try:
                    result = work() if worked or not error else None
                except Exception as refused:
                    result = refused
                if error and not isinstance(result, Exception):
                    result = Unsure("internal_error")
            if not ((lost and silent) or unanswered):
                loop.call_later(back, tell, result, context=context)

        loop.call_later(there, arrive, context=context)
        return answer

    def deliver(self, delivery: Delivery, asked_at: datetime) -> Posted:
        """Post or replace, at Slack's own moment."""
        user = delivery.channel if delivery.channel.startswith("U") else ""
        if user in self.record.gone:
            raise Refused(GONE)
        place = delivery.slack_channel if delivery.op is Op.UPDATE else f"D{user[1:]}" if user else delivery.channel
        bucket = self._buckets.setdefault(str(place), Bucket(1.0, CHANNEL_BURST, CHANNEL_BURST))
        if (seconds := bucket.take(asyncio.get_running_loop().time())) > 0:
            raise TryLater("ratelimited", max(1.0, round(seconds)), throttled=True)
        shown = self._shown(delivery, str(place))
        change = Change(
            self.clock(),
            len(self.record.changes),
            delivery.op.value,
            shown.channel,
            shown.ts,
            delivery.text,
            delivery.delivery_id,
            delivery.attempts,
            asked_at,
        )
        self.record.changes.append(change)
        self.trace.add(shown.channel, change.kind, f"{shown.ts} {delivery.key} {delivery.text!r:.160}")
        for hear in self.changed:
            hear(change, shown)
        return Posted(shown.channel, shown.ts)

    def _shown(self, delivery: Delivery, channel: str) -> Shown:
        messages = self.conversations.setdefault(channel, [])
        if delivery.op is Op.UPDATE:
            found = next((m for m in messages if m.ts == delivery.slack_ts), None)
            if found is None:
                raise Refused("message_not_found")
            found.old.extend(found.buttons.items())
            found.text, found.blocks, found.edits = delivery.text, delivery.blocks, found.edits + 1
            return found
        seen_from = asyncio.get_running_loop().time() + self.random.uniform(0, LAG)
        shown = Shown(channel, self.ts(), delivery.text, delivery.blocks, self.clock(), seen_from, delivery.delivery_id)
        messages.append(shown)
        return shown

    def find(self, delivery: Delivery) -> Posted | None:
        """The message as Slack's history shows it now."""
        channel = f"D{delivery.channel[1:]}" if delivery.channel.startswith("U") else delivery.channel
        now = asyncio.get_running_loop().time()
        for shown in reversed(self.conversations.get(channel, [])):
            if shown.delivery_id == delivery.delivery_id and shown.seen_from <= now:
                return Posted(shown.channel, shown.ts)
        return None


@dataclass(frozen=True)
class Line:
    """Implements the messenger and the directory for one process."""

    slack: ModelSlack
    life: Life

    async def deliver(self, delivery: Delivery) -> Posted:
        """Implements `bot.ports.slack.Messenger`."""
        asked_at = self.slack.clock()
        posted: Posted = await self.slack.call(lambda: self.slack.deliver(delivery, asked_at))
        await self.life.point("delivered")
        return posted

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:  # noqa: ARG002  it forgets nothing
        """Implements `bot.ports.slack.Messenger`. Trouble says nothing about the message: it is to be asked later."""
        try:
            found: Posted | None = await self.slack.call(lambda: self.slack.find(delivery))
        except (Unsure, Refused) as error:
            raise TryLater(str(error), 5.0) from error
        await self.life.point("found")
        return found

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:  # noqa: ARG002  there is one
        """Implements `bot.ports.slack.Directory`."""
        try:
            profile: Profile | None = await self.slack.call(lambda: self.slack.profiles.get(slack_id))
        except Unsure as error:
            raise TryLater(str(error), 5.0) from error
        return profile

    async def members(self, workspace: str) -> Sequence[Profile]:  # noqa: ARG002
        """Implements `bot.ports.slack.Directory`."""
        try:
            found: list[Profile] = await self.slack.call(lambda: list(self.slack.profiles.values()))
        except Unsure as error:
            raise TryLater(str(error), 5.0) from error
        return found

    async def place(self, workspace: str, channel: str) -> Place | None:  # noqa: ARG002
        """Implements `bot.ports.slack.Directory`: the app is in every channel there is."""
        return Place(channel, channel.lower(), is_member=True)

    async def join(self, workspace: str, channel: str) -> bool:  # noqa: ARG002
        """Implements `bot.ports.slack.Directory`."""
        return True

    async def workspace_name(self, workspace: str) -> str | None:  # noqa: ARG002
        """Implements `bot.ports.slack.Directory`: nobody renames it."""
        return None
