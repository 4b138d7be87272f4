"""A small world for tests: the real app on a real SQLite file, through Bolt's own dispatch, with a clock in hand.

Slack is a recorder at the messenger port, so no test of this kind opens a socket. People are named by their Slack
ids; what they see is what the sender delivered.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from sqlmodel import col, select

from bot.adapters.rule_coach import RuleCoach
from bot.app import Huddle, build
from bot.ports.coach import Coach
from bot.ports.messages import Delivery, File, Op, files_in
from bot.ports.slack import Place, Posted, Profile
from bot.ports.storage import Store
from bot.services.people import Applied, TeamPlan
from storage.sqlite import SqlStore
from storage.tables import OutboxRow

WORKSPACE = "T01TEST"


MOST_SECONDS = 5.0
"""How long a listener may take after the acknowledgement; none comes near it."""
MOST_POSTS = 5
"""No scene has more posts at once in one channel."""


def _resting(store: Store, at: datetime) -> bool:
    """Whether a message waits only because its channel had one a moment ago."""
    assert isinstance(store, SqlStore)
    waiting = select(OutboxRow.id).where(
        OutboxRow.state == "waiting", col(OutboxRow.not_before).is_(None), col(OutboxRow.due_at) <= at
    )
    return store.session.exec(waiting.limit(1)).first() is not None


@dataclass
class Shown:
    """A message as it stands in Slack."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    edits: int = 0
    delivery_id: str = ""
    files: list[File] = field(default_factory=list)

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The buttons by their words."""
        rows = [b for b in self.blocks if b["type"] == "actions"]
        return {e["text"]["text"]: e for row in rows for e in row["elements"]}


@dataclass
class RecordingSlack:
    """Implements the messenger and the directory: keeps what was posted, and can be made to fail."""

    messages: list[Shown] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    name: str | None = None
    failures: list[Exception] = field(default_factory=list)
    counter: Any = field(default_factory=lambda: itertools.count(1))

    async def deliver(self, delivery: Delivery) -> Posted:
        if self.failures:
            raise self.failures.pop(0)
        if delivery.op is Op.UPDATE:
            shown = self.at(str(delivery.slack_channel), str(delivery.slack_ts))
            shown.text, shown.blocks, shown.edits = delivery.text, delivery.blocks, shown.edits + 1
            return Posted(shown.channel, shown.ts)
        channel = f"D{delivery.channel[1:]}" if delivery.channel.startswith("U") else delivery.channel
        files = files_in(delivery.blocks)
        shown = Shown(channel, f"{next(self.counter)}.000100", delivery.text, [] if files else delivery.blocks)
        shown.files = files
        shown.delivery_id = delivery.delivery_id
        self.messages.append(shown)
        return Posted(shown.channel, shown.ts)

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        shown = next((m for m in self.messages if m.delivery_id == delivery.delivery_id), None)
        return Posted(shown.channel, shown.ts) if shown else None

    def at(self, channel: str, ts: str) -> Shown:
        return next(m for m in self.messages if (m.channel, m.ts) == (channel, ts))

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        return self.profiles.get(slack_id)

    async def members(self, workspace: str) -> Sequence[Profile]:
        return list(self.profiles.values())

    async def place(self, workspace: str, channel: str) -> Place | None:
        return self.places.get(channel)

    async def join(self, workspace: str, channel: str) -> bool:
        found = self.places.get(channel)
        if found is None or found.is_private or found.is_archived:
            return False
        self.places[channel] = replace(found, is_member=True)
        return True

    async def workspace_name(self, workspace: str) -> str | None:
        return self.name


@dataclass
class RecordingClient:
    """Stands in for Bolt's client where Slack wants an answer inside the request."""

    opened: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: list[Exception] = field(default_factory=list)

    async def views_open(self, *, trigger_id: str, view: dict[str, Any]) -> None:
        assert trigger_id
        if self.failures:
            raise self.failures.pop(0)
        self.opened.append(view)

    async def views_push(self, *, trigger_id: str, view: dict[str, Any]) -> None:
        await self.views_open(trigger_id=trigger_id, view=view)

    async def views_update(self, *, view_id: str, view: dict[str, Any]) -> None:
        assert view_id
        self.opened.append(view)

    async def views_publish(self, *, user_id: str, view: dict[str, Any]) -> None:
        self.homes[user_id] = view


class World:
    """One database, one app, one clock."""

    def __init__(self, database: Path, start: datetime, coach: Coach | None = None) -> None:
        self.now = start
        self.database = database
        self.coach = coach or RuleCoach()
        self.slack = RecordingSlack()
        self.client = RecordingClient()
        self.counter = itertools.count(1)
        self.huddle = self._built()
        self.app = self._app()

    def _built(self) -> Huddle:
        return build(self.database, "/coach", self.coach, self.slack, self.slack, lambda: self.now, self._id)

    def _id(self) -> str:
        return f"{next(self.counter):08d}"

    def _app(self) -> AsyncApp:
        async def authorize(**_: Any) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None, team_id=WORKSPACE, bot_token="xoxb-t", bot_id="B0BOT", bot_user_id="U0BOT"
            )

        async def with_client(context: Any, next: Any) -> None:  # noqa: A002
            context["client"] = self.client
            await next()

        app = AsyncApp(authorize=authorize, request_verification_enabled=False, ignoring_self_events_enabled=False)
        app.middleware(with_client)
        self.huddle.register(app)
        return app

    def restart(self) -> None:
        """The process dies and starts again on the same file; what was in memory is gone."""
        self.huddle.close()
        self.huddle = self._built()
        self.app = self._app()

    def close(self) -> None:
        self.huddle.close()

    async def apply(self, plan: TeamPlan) -> Applied:
        return await self.huddle.teams.apply(plan, self.now)

    async def settle(self) -> None:
        """Let everything happen that is due; the seconds pass that Slack wants between two posts in a channel."""
        await self.huddle.settle()
        for _ in range(MOST_POSTS):
            if not await self.huddle.storage.read(lambda s: _resting(s, self.now)):
                return
            self.now += timedelta(seconds=1)
            await self.huddle.settle()

    async def go(self, moment: datetime) -> None:
        """Let time pass until `moment`: everything due on the way happens at its own time."""
        while (alarm := await self.huddle.storage.read(lambda s: s.alarms.next())) and alarm.at <= moment:
            self.now = max(self.now, alarm.at)
            await self.settle()
        self.now = max(self.now, moment)
        await self.settle()

    async def wait(self, **delta: float) -> None:
        await self.go(self.now + timedelta(**delta))

    async def dispatch(self, body: dict[str, Any]) -> Any:
        """What Slack sends, with the answer; returns when what follows the acknowledgement is done, too."""
        before = asyncio.all_tasks()
        answer = await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        if following := asyncio.all_tasks() - before:
            await asyncio.wait(following, timeout=MOST_SECONDS)
        return answer

    # -- what people do

    async def event(self, event: dict[str, Any], event_id: str | None = None, settle: bool = True) -> Any:
        number = next(self.slack.counter)
        answer = await self.dispatch(
            {
                "type": "event_callback",
                "team_id": WORKSPACE,
                "api_app_id": "A1",
                "event_id": event_id or f"Ev{number}",
                "event": event,
                "authorizations": [{"team_id": WORKSPACE, "user_id": "U0BOT", "is_bot": True}],
            }
        )
        if settle:
            await self.settle()
        return answer

    async def say(self, user: str, text: str, settle: bool = True, **more: Any) -> str:
        ts = f"{next(self.slack.counter)}.000200"
        event = {"type": "message", "user": user, "text": text, "ts": ts, "channel": f"D{user[1:]}"}
        await self.event(event | {"channel_type": "im", "event_ts": ts} | more, settle=settle)
        return ts

    async def edit(self, user: str, ts: str, text: str, before: str = "") -> None:
        message = {"user": user, "text": text, "ts": ts, "edited": {"user": user, "ts": f"{ts}9"}}
        previous = {"user": user, "text": before, "ts": ts}
        await self.event(self._changed(user, "message_changed", message=message, previous_message=previous))

    async def delete(self, user: str, ts: str) -> None:
        previous = {"user": user, "text": "", "ts": ts}
        await self.event(self._changed(user, "message_deleted", deleted_ts=ts, previous_message=previous))

    def _changed(self, user: str, subtype: str, **more: Any) -> dict[str, Any]:
        ts = f"{next(self.slack.counter)}.000300"
        base = {"type": "message", "subtype": subtype, "channel": f"D{user[1:]}", "channel_type": "im", "ts": ts}
        return base | {"event_ts": ts} | more

    async def press(self, user: str, words: str, message: Shown | None = None) -> Any:
        """Tap a button of the newest message that has it (or of `message`)."""
        found = message or next(m for m in reversed(self.dm(user)) if words in m.buttons)
        return await self.tap(user, found.buttons[words], found)

    async def tap(self, user: str, element: dict[str, Any], message: Shown) -> Any:
        answer = await self.dispatch(
            {
                "type": "block_actions",
                "team": {"id": WORKSPACE},
                "user": {"id": user, "team_id": WORKSPACE},
                "api_app_id": "A1",
                "trigger_id": "1.2.3",
                "container": {"type": "message", "channel_id": message.channel, "message_ts": message.ts},
                "channel": {"id": message.channel},
                "actions": [
                    {"type": "button", "block_id": "actions", "action_ts": "1"}
                    | {k: element[k] for k in ("action_id", "value")}
                ],
            }
        )
        await self.settle()
        return answer

    async def tap_view(self, user: str, action: str, value: str = "", **more: Any) -> Any:
        """Use an element of a Home or an open form; `more` is what Slack tells of it beside its value."""
        view: dict[str, Any] = {"id": "V1", "type": "modal" if self.client.opened else "home", "state": {"values": {}}}
        answer = await self.dispatch(
            {
                "type": "block_actions",
                "team": {"id": WORKSPACE},
                "user": {"id": user, "team_id": WORKSPACE},
                "api_app_id": "A1",
                "trigger_id": "1.2.3",
                "container": {"type": "view", "view_id": "V1"},
                "view": (self.client.opened[-1] if self.client.opened else {}) | view,
                "actions": [
                    {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1"} | more
                ],
            }
        )
        await self.settle()
        return answer

    async def submit(self, user: str, **fields: Any) -> Any:
        """Send the form opened last; `fields` are what was typed (or a dict for anything but text)."""
        view = self.client.opened[-1]
        values = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            name, element = block["block_id"], block["element"]
            given = fields.get(name, element.get("initial_value"))
            chosen = {
                key.replace("initial", "selected"): one
                for key, one in element.items()
                if key.startswith("initial_") and key != "initial_value"
            }
            state = given if isinstance(given, dict) else {"type": element["type"], "value": given} | chosen
            values[name] = {name: state}
        answer = await self.dispatch(
            {
                "type": "view_submission",
                "team": {"id": WORKSPACE},
                "user": {"id": user, "team_id": WORKSPACE},
                "api_app_id": "A1",
                "view": view | {"id": "V1", "state": {"values": values}},
            }
        )
        await self.settle()
        return answer

    async def command(self, user: str, text: str = "") -> str:
        """Type the command; the words of the answer, "" where it is a form."""
        return str((await self.typed(user, text)).get("text", ""))

    async def typed(self, user: str, text: str = "", **more: Any) -> dict[str, Any]:
        """Type the command; the answer as Slack gets it, with its blocks; empty where it is a form."""
        answer = await self.dispatch(
            {
                "type": "slash_commands",
                "command": "/coach",
                "text": text,
                "team_id": WORKSPACE,
                "user_id": user,
                "channel_id": "C01",
                "api_app_id": "A1",
                "trigger_id": "1.2.3",
            }
            | more
        )
        await self.settle()
        found: dict[str, Any] = json.loads(answer.body) if answer.body else {}
        return found

    async def shortcut(
        self, user: str, text: str | None, author: str = "UANA", home: str = WORKSPACE, **more: Any
    ) -> Any:
        """Use "Make this a commitment" on a message that `author` wrote; `home` is the user's own workspace."""
        message = {"type": "message", "user": author, "ts": "1.000100"} | ({"text": text} if text is not None else {})
        answer = await self.dispatch(
            {
                "type": "message_action",
                "callback_id": "make_commitment",
                "team": {"id": WORKSPACE},
                "user": {"id": user, "team_id": home},
                "channel": {"id": "C01"},
                "api_app_id": "A1",
                "trigger_id": "1.2.3",
                "response_url": "https://hooks.example/1",
                "message_ts": "1.000100",
                "message": message,
            }
            | more
        )
        await self.settle()
        return answer

    async def open_home(self, user: str) -> dict[str, Any]:
        await self.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user[1:]}"})
        for _ in range(100):
            if user in self.client.homes:
                break
            await self.settle()
        return self.client.homes.pop(user)

    # -- what people see

    def dm(self, user: str) -> Sequence[Shown]:
        return [m for m in self.slack.messages if m.channel == f"D{user[1:]}"]

    def last(self, user: str) -> Shown:
        return self.dm(user)[-1]

    def channel(self, channel: str) -> Sequence[Shown]:
        return [m for m in self.slack.messages if m.channel == channel]


def local(zone: str, text: str) -> datetime:
    """The instant of a local wall time, "2026-11-23 08:45"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
