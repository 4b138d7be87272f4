"""Setting a team up: the form in two steps, the buttons of its preview, and who comes to it first."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import Form
from bot.ports.slack import TryLater
from bot.ports.storage import Store
from bot.services.access import Actor
from bot.services.drafts import Drafts
from bot.services.looking_after import LookingAfter
from bot.services.setting_up import SettingUp, When, Who
from handlers.edge import Body, Edge, actor_of, stranger_of, user_of, workspace_of
from handlers.opening import Opener
from handlers.values import Filled

CLOCKS = ("check_in", "check_in_until", "summary", "nudge", "wins", "day_starts", "day_ends")
SOON = 1.0
"""Seconds that a form may wait to be filled with what Slack knows: it must open within three."""


@dataclass(frozen=True)
class SetUp:
    """Listens to everything with which a team is set up."""

    edge: Edge
    setting_up: SettingUp
    drafts: Drafts
    looking_after: LookingAfter
    opener: Opener

    def register(self, app: AsyncApp) -> None:
        app.middleware(self.notice)
        app.action("create_team")(self.create)
        app.action("team_settings")(self.change)
        app.action("draft_change")(self.change)
        app.action("draft_try")(self.tap)
        app.action("draft_start")(self.tap)
        app.action("draft_discard")(self.tap)
        app.action("team_country")(self.country)
        app.action("team_back")(self.back)
        app.view("team_who")(self.who)
        app.view("team_when")(self.when)

    async def create(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The form for a new team."""
        await self._open(ack, body, client, None)

    async def change(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """The form with a draft, or with a team as it is."""
        await self._open(ack, body, client, str(action.get("value") or "").partition("|")[0] or "-")

    async def notice(self, body: Body, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002
        """Bolt's middleware: who types `setup` where nobody looks after the app yet may be who does from then on.

        It is asked before the command is answered, so that the answer is the form; and for those who may set up a team,
        where they live, so that the form begins with it.
        """
        typed = str(body.get("text") or "").split()
        if body.get("command") and typed[:1] == ["setup"] and stranger_of(body) is None:
            workspace, slack_id, at = workspace_of(body), user_of(body), self.edge.clock()
            with contextlib.suppress(TimeoutError, TryLater):
                async with asyncio.timeout(SOON):
                    await self.looking_after.noticed(workspace, slack_id, at)
            if await self.edge.storage.read(lambda s: slack_id in s.workspaces.get(workspace).admins):
                await self.looking_after.zone(workspace, slack_id, SOON)
        await next()

    async def _open(self, ack: AsyncAck, body: Body, client: AsyncWebClient, which: str | None) -> None:
        """Open the first step. A new team begins with the zone that its maker lives in, as far as that is known."""
        at, workspace, slack_id = self.edge.clock(), workspace_of(body), user_of(body)

        def filled(store: Store, zone: str | None = None) -> tuple[Actor, Form | None]:
            actor = actor_of(store, body, at)
            return actor, self.setting_up.form(store, actor, which, at, zone)

        actor, form = await self.edge.storage.read(filled)
        if form is not None and which is None and actor.person is None:
            zone = await self.looking_after.zone(workspace, slack_id, SOON)
            actor, form = await self.edge.storage.read(lambda s: filled(s, zone))
        await ack()
        if form is not None:
            await self.opener.open(client, body, form)

    async def who(self, ack: AsyncAck, body: Body, view: dict[str, Any]) -> None:
        """The first step was sent: on to the second."""
        at, marks, filled = self.edge.clock(), _marks(view), Filled(view["state"]["values"])
        given = Who(
            name=filled.text("team_name"),
            zone=filled.choice("team_zone"),
            channel=filled.channel("team_channel"),
            managers=tuple(filled.people("team_managers")),
            reps=tuple(filled.people("team_reps")),
            behaviours=tuple(filled.lines("team_behaviours")),
            care=tuple(filled.lines("team_care")),
        )
        answer = await self.edge.write(lambda s: self.setting_up.who(s, actor_of(s, body, at), marks, given, at))
        if isinstance(answer, Form):
            await ack(response_action="update", view=self.edge.wording.view(answer.name, answer.values))
        elif answer:
            await ack(response_action="errors", errors=dict(answer))
        else:
            await ack()

    async def when(self, ack: AsyncAck, body: Body, view: dict[str, Any]) -> None:
        """The second step was sent: the draft is complete."""
        at, sheet, given = self.edge.clock(), _marks(view).get("sheet", ""), _when(view)
        errors = await self.edge.write(lambda s: self.setting_up.when(s, actor_of(s, body, at), sheet, given, at))
        if errors:
            await ack(response_action="errors", errors=dict(errors))
        else:
            await ack()

    async def country(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """A country was chosen: the form again, with its regions."""
        at, view = self.edge.clock(), body["view"]
        sheet, given = _marks(view).get("sheet", ""), _when(view)
        form = await self.edge.storage.read(lambda s: self.setting_up.country(s, actor_of(s, body, at), sheet, given))
        await ack()
        await self._instead(client, view, form)

    async def back(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The first step again, in the place of the second."""
        at, view = self.edge.clock(), body["view"]
        sheet, given = _marks(view).get("sheet", ""), _when(view)
        form = await self.edge.write(lambda s: self.setting_up.back(s, actor_of(s, body, at), sheet, given))
        await ack()
        await self._instead(client, view, form)

    async def _instead(self, client: AsyncWebClient, view: dict[str, Any], form: Form | None) -> None:
        if form is not None:
            shown = self.edge.wording.view(form.name, form.values)
            await client.views_update(view_id=view["id"], view=shown)

    async def tap(self, ack: AsyncAck, body: Body, action: dict[str, Any]) -> None:
        """A button of a preview."""
        at, value = self.edge.clock(), str(action.get("value") or "")
        do = {
            "draft_try": self.drafts.try_out,
            "draft_start": self.drafts.start,
            "draft_discard": self.drafts.discard,
        }[str(action["action_id"])]
        await self.edge.write(lambda s: do(s, actor_of(s, body, at), value, at))
        await ack()


def _marks(view: Mapping[str, Any]) -> Mapping[str, str]:
    """What came with the form: ids that are looked up again before anything is done with them."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _when(view: Mapping[str, Any]) -> When:
    """The second step as it was filled in."""
    filled = Filled(view["state"]["values"])
    clocks = {key: filled.time(f"team_{key}") for key in CLOCKS}
    day = filled.choice("team_wins_day") or ""
    return When(
        clocks={key: clock for key, clock in clocks.items() if clock is not None},
        wins_day=int(day) if day in set("0123456") else None,
        days=frozenset(int(one) for one in filled.ticks("team_working_days") if one in set("0123456")),
        country=filled.choice("team_country"),
        region=filled.choice("team_region"),
    )
