"""The Home tab: drawn when it is opened and after every tap on it, always read afresh."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.access import Who
from bot.ports.slack import Directory, Profile, TryLater
from bot.ports.storage import Store
from bot.services.access import Actor, actor_by_slack
from bot.services.home import Home
from bot.services.look import Look
from bot.services.looking_after import LookingAfter
from bot.services.talks import Talks
from handlers.edge import Body, Edge, actor_of, person_of, stranger_of, user_of, workspace_of

log = structlog.get_logger()


@dataclass(frozen=True)
class HomeTab:
    """Shows people their Home. Which pages of it they look at is kept in the view, which comes back with every tap."""

    edge: Edge
    home: Home
    talks: Talks
    directory: Directory
    looking_after: LookingAfter

    def register(self, app: AsyncApp) -> None:
        app.event("app_home_opened")(self.opened)
        app.action(re.compile(r"^home_page(\.\d+)?$"))(self.page)
        app.action("talked_to")(self.talked_to)
        app.action("home_skip")(self.leave_out)

    async def opened(self, body: Body, event: dict[str, Any], client: AsyncWebClient) -> None:
        """Somebody opened one of the app's tabs; only the Home tab is drawn.

        Of somebody we do not know Slack is asked who they are: a guest or a stranger is told nothing of substance, and
        the first admin of a workspace where nobody looks after the app looks after it from then on.
        """
        if event.get("tab") != "home":
            return
        at, workspace, user = self.edge.clock(), workspace_of(body), str(event["user"])

        def known(store: Store) -> tuple[bool, bool]:
            kept = store.workspaces.get(workspace)
            return store.people.by_slack(workspace, user) is not None or user in kept.admins, bool(kept.admins)

        one_of_ours, looked_after = await self.edge.storage.read(known)
        if not looked_after:
            await self._noticed(workspace, user)
        profile = None if one_of_ours else await self._profile(workspace, user)
        outside = None if one_of_ours else _outside(profile)
        zone = ZoneInfo(profile.zone) if profile and profile.zone else None
        look = Look.parse(str((event.get("view") or {}).get("private_metadata") or ""))
        view = await self.edge.storage.read(
            lambda s: self.home.view(s, actor_by_slack(s, workspace, user, at, outside), look, at, zone)
        )
        await client.views_publish(user_id=user, view=view)

    async def _noticed(self, workspace: str, user: str) -> None:
        try:
            await self.looking_after.noticed(workspace, user, self.edge.clock())
        except TryLater as error:
            log.info("whether somebody is an admin is not known yet", reason=error.reason)

    async def _profile(self, workspace: str, user: str) -> Profile | None:
        try:
            return await self.directory.profile(workspace, user)
        except TryLater:
            return None

    async def page(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """Another page, or another team."""
        await ack()
        await self._draw(body, look_of(body).turned(str(action.get("value") or "")), client)

    async def talked_to(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """A conversation that a manager had."""
        at, rep = self.edge.clock(), str(action.get("value") or "")

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self.talks.talked_to(store, person, rep, at)

        await self.edge.write(work)
        await ack()
        await self.publish(body, client)

    async def leave_out(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """No question today."""
        at = self.edge.clock()
        await self.edge.write(lambda s: self.home.leave_out(s, actor_of(s, body, at), at))
        await ack()
        await self.publish(body, client)

    async def publish(self, body: Body, client: AsyncWebClient) -> None:
        """Draw the Home of whoever tapped something, where they were in it."""
        await self._draw(body, look_of(body), client)

    async def after(self, body: Body, client: AsyncWebClient) -> None:
        """Draw the Home again if it is where the tap was; a tap on a message or in a form leaves it as it is."""
        if on_home(body):
            await self.publish(body, client)

    async def _draw(self, body: Body, look: Look, client: AsyncWebClient) -> None:
        at, workspace, user = self.edge.clock(), workspace_of(body), user_of(body)
        outside = stranger_of(body)

        def read(store: Store) -> dict[str, Any]:
            who: Actor = actor_by_slack(store, workspace, user, at, outside)
            return self.home.view(store, who, look, at)

        await client.views_publish(user_id=user, view=await self.edge.storage.read(read))


def on_home(body: Body) -> bool:
    """Whether the tap was on a Home, and not on a message or in a form.

    Slack names the view. The stand-in of the demo names neither a view nor a message then.
    """
    if view := body.get("view"):
        return bool(view.get("type") == "home")
    place = (body.get("container") or {}).get("message_ts") or (body.get("message") or {}).get("ts")
    return body.get("type") == "block_actions" and not place


def look_of(body: Body) -> Look:
    """The pages that a Home showed when it was tapped; the first ones when it was something else."""
    return Look.parse(str((body.get("view") or {}).get("private_metadata") or "") if on_home(body) else "")


def _outside(profile: Profile | None) -> Who | None:
    """What somebody is who does not belong here, by Slack's word; somebody unknown is treated as a guest is."""
    if profile is None or profile.is_stranger or profile.deleted:
        return Who.STRANGER
    if profile.is_bot:
        return Who.BOT
    return Who.GUEST if profile.is_guest else None
