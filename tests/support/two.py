"""Two workspaces of one product: the same ids for people, channels, messages and events, and nothing else in common."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.adapters.rule_coach import RuleCoach
from bot.app import build
from bot.ports.messages import Delivery
from bot.ports.slack import Place, Posted, Profile
from handlers.edge import workspace_of
from tests.support.team import MONDAY, PLAN
from tests.support.world import WORKSPACE, RecordingClient, RecordingSlack, World

HERE, THERE = WORKSPACE, "T02OTHER"


class Side(World):
    """One of the two: what its people do, and what they see. The clock is everybody's."""

    def __init__(self, workspace: str, clock: list[datetime]) -> None:
        self.workspace = workspace
        self.clock = clock
        self.slack = RecordingSlack()
        self.client = RecordingClient()

    @property
    def now(self) -> datetime:
        return self.clock[0]

    @now.setter
    def now(self, moment: datetime) -> None:
        self.clock[0] = moment

    async def dispatch(self, body: dict[str, Any]) -> Any:
        """What a world sends, from this workspace."""
        return await super().dispatch(json.loads(json.dumps(body).replace(WORKSPACE, self.workspace)))

    def everything(self) -> str:
        """All that anybody here was ever shown."""
        return json.dumps([[m.text, m.blocks] for m in self.slack.messages]) + json.dumps(self.client.opened)


class Two:
    """One database, one app, one clock, two workspaces."""

    def __init__(self, database: Path, start: datetime = MONDAY) -> None:
        self.database = database
        clock = [start]
        self.sides = {name: Side(name, clock) for name in (HERE, THERE)}
        self.here, self.there = self.sides[HERE], self.sides[THERE]
        counter = itertools.count(1)
        self._huddle = build(
            database, "/coach", RuleCoach(), self, self, lambda: clock[0], lambda: f"{next(counter):08d}"
        )
        app = self._bolt()
        for side in self.sides.values():
            side.database, side.huddle, side.app = database, self._huddle, app

    def _bolt(self) -> AsyncApp:
        async def authorize(team_id: str) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None, team_id=team_id, bot_token="xoxb-t", bot_id="B0BOT", bot_user_id="U0BOT"
            )

        async def with_client(context: Any, body: dict[str, Any], next: Any) -> None:  # noqa: A002
            context["client"] = self.sides[workspace_of(body)].client
            await next()

        app = AsyncApp(authorize=authorize, request_verification_enabled=False, ignoring_self_events_enabled=False)
        app.middleware(with_client)
        self._huddle.register(app)
        return app

    async def set_up(self) -> None:
        """The same team in both: the same people by their ids, whose names tell where they are."""
        for side, mark in ((self.here, "Hither"), (self.there, "Yonder")):
            managers = tuple(replace(one, name=f"{one.name} {mark}") for one in PLAN.managers)
            reps = tuple(replace(one, name=f"{one.name} {mark}") for one in PLAN.reps)
            await side.apply(replace(PLAN, workspace=side.workspace, managers=managers, reps=reps))

    async def go(self, moment: datetime) -> None:
        """Let time pass for everybody."""
        await self.here.go(moment)

    def close(self) -> None:
        self._huddle.close()

    # -- the messenger and the directory: each workspace's own Slack

    async def deliver(self, delivery: Delivery) -> Posted:
        return await self.sides[delivery.workspace].slack.deliver(delivery)

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        return await self.sides[delivery.workspace].slack.find(delivery, since)

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        return await self.sides[workspace].slack.profile(workspace, slack_id)

    async def members(self, workspace: str) -> Sequence[Profile]:
        return await self.sides[workspace].slack.members(workspace)

    async def place(self, workspace: str, channel: str) -> Place | None:
        return await self.sides[workspace].slack.place(workspace, channel)

    async def join(self, workspace: str, channel: str) -> bool:
        return await self.sides[workspace].slack.join(workspace, channel)

    async def workspace_name(self, workspace: str) -> str | None:
        return await self.sides[workspace].slack.workspace_name(workspace)
