"""The forms behind an admin's Home. What is wrong is said at the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import Form
from bot.ports.slack import Directory, TryLater
from bot.ports.storage import Store
from bot.services.access import Actor
from bot.services.keeping import LIMITS, Keeping, days
from handlers.edge import Body, Edge, actor_of, workspace_of
from handlers.home import HomeTab
from handlers.values import Filled


@dataclass(frozen=True)
class HomeForms:
    """How long words are kept, and who looks after the app."""

    edge: Edge
    keeping: Keeping
    directory: Directory
    home: HomeTab

    def register(self, app: AsyncApp) -> None:
        app.action("retention")(self.open_retention)
        app.action("admins")(self.open_admins)
        app.view("retention")(self.retain)
        app.view("admins")(self.entrust)

    async def open_retention(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Open the form, for an admin."""
        await self._open(ack, body, client, self.keeping.retention_form)

    async def open_admins(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Open the form, for an admin."""
        await self._open(ack, body, client, self.keeping.admins_form)

    async def _open(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, form: Callable[[Store, Actor], Form | None]
    ) -> None:
        at = self.edge.clock()
        found = await self.edge.storage.read(lambda s: form(s, actor_of(s, body, at)))
        await ack()
        if found is not None:
            view = self.edge.wording.view(found.name, found.values)
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def retain(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """Keep what is possible; say at each field what is not."""
        at, filled = self.edge.clock(), Filled(view["state"]["values"])
        found = {name: days(name, filled.text(name)) for name in LIMITS}
        errors = {name: self.edge.wording.label(f"error_{name}") for name, count in found.items() if count is None}
        texts, commitments = found["retention_texts"], found["retention_commitments"]
        if texts is None or commitments is None:
            await ack(response_action="errors", errors=errors)
            return
        await self.edge.write(lambda s: self.keeping.retain(s, actor_of(s, body, at), texts, commitments))
        await ack()
        await self.home.publish(body, client)

    async def entrust(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """Somebody stays, and only full members of the workspace are named."""
        at, chosen = self.edge.clock(), Filled(view["state"]["values"]).people("admins")
        new = await self.edge.storage.read(lambda s: self.keeping.new_among(s, actor_of(s, body, at), chosen))
        zones: dict[str, str | None] = {}
        trouble = "none" if not chosen else await self._trouble(workspace_of(body), new, zones)
        if trouble is not None:
            await ack(response_action="errors", errors={"admins": self.edge.wording.label(f"error_admins_{trouble}")})
            return
        await self.edge.write(lambda s: self.keeping.entrust(s, actor_of(s, body, at), chosen, zones, at))
        await ack()
        await self.home.publish(body, client)

    async def _trouble(self, workspace: str, slack_ids: Sequence[str], zones: dict[str, str | None]) -> str | None:
        """Why one of them cannot look after the app; where each lives is noted in `zones`."""
        try:
            for slack_id in slack_ids:
                profile = await self.directory.profile(workspace, slack_id)
                if profile is None or not profile.is_member:
                    return "outside"
                zones[slack_id] = profile.zone
        except TryLater:
            return "unknown"
        return None
