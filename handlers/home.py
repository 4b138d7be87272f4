"""The Home tab: published when it is opened, always read afresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.commands import Home
from handlers.edge import Body, Edge, workspace_of


@dataclass(frozen=True)
class HomeTab:
    """Shows people their Home."""

    edge: Edge
    home: Home

    def register(self, app: AsyncApp) -> None:
        app.event("app_home_opened")(self.opened)

    async def opened(self, body: Body, event: dict[str, Any], client: AsyncWebClient) -> None:
        """Somebody opened one of the app's tabs; only the Home tab is drawn."""
        if event.get("tab") == "home":
            await self._show(workspace_of(body), str(event["user"]), client)

    async def publish(self, body: Body, client: AsyncWebClient) -> None:
        """Draw the Home of whoever tapped something on it."""
        await self._show(workspace_of(body), str(body["user"]["id"]), client)

    async def _show(self, workspace: str, slack_user: str, client: AsyncWebClient) -> None:
        at = self.edge.clock()
        view = await self.edge.storage.read(lambda s: self.home.view(s, workspace, slack_user, at))
        await client.views_publish(user_id=slack_user, view=view)
