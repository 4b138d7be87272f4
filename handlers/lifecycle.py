"""The app is uninstalled, or its token revoked: done in one transaction before Slack hears that we know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.services.installing import Installing
from handlers.edge import Body, Edge, enterprise_of, is_org_wide, workspace_of

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"
GONE = frozenset({UNINSTALLED, REVOKED})
"""Slack sends both when an app is removed, in either order, and only the second when an admin revokes its token."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Lifecycle:
    """Listens to the app's leaving. `forgotten` is called when the tokens are deleted: nobody may use them any more."""

    edge: Edge
    installing: Installing
    forgotten: Callable[[], None]

    def register(self, app: AsyncApp) -> None:
        app.middleware(self.keep)
        for event in sorted(GONE):
            app.event(event)(self.accept)

    async def keep(self, body: Body, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002
        """Bolt's middleware: it acknowledges events before their listeners run, so what they say is done here."""
        event = body.get("event") or {}
        if body.get("type") == "event_callback" and _is_about_the_bot(event):
            at, place = self.edge.clock(), place_of(body)
            happened = _moment(body.get("event_time"))
            left = await self.edge.write(lambda s: self.installing.left(s, place, happened, at))
            self.forgotten()
            for workspace in left:
                log.info("the app was uninstalled", workspace=workspace)
        await next()

    async def accept(self) -> None:
        """Done already."""


def place_of(body: Body) -> str:
    """What it was installed in: the workspace, or the organisation when it was there for all of its workspaces."""
    return (enterprise_of(body) if is_org_wide(body) else None) or workspace_of(body)


def _is_about_the_bot(event: dict[str, Any]) -> bool:
    """Whether the app has left. Of revoked tokens only the bot's count: we have no others."""
    if event.get("type") == REVOKED:
        return bool((event.get("tokens") or {}).get("bot"))
    return event.get("type") == UNINSTALLED


def _moment(told: object) -> datetime | None:
    """When it happened, in Slack's whole seconds."""
    return datetime.fromtimestamp(told, UTC) if isinstance(told, int) and told > 0 else None
