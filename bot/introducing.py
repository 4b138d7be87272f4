"""At the start: the workspace whose bot token we have is known by its name, and so is who looks after the app there."""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Clock
from bot.ports.storage import Storage, Store
from bot.services.workspaces import Workspaces

log = structlog.get_logger()


async def introduce(
    storage: Storage, workspaces: Workspaces, clock: Clock, client: AsyncWebClient, admin: str | None
) -> None:
    """Keep the workspace, and welcome `admin` (a Slack id) once: with rows, so that nothing of it is lost or doubled.

    When Slack does not answer nothing is kept; whoever opens the connection next says why.
    """
    try:
        answer = await client.auth_test()
    except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
        log.warning("the workspace is not known yet", failure=type(error).__name__)
        return
    workspace, name, at = str(answer.get("team_id") or ""), str(answer.get("team") or ""), clock()

    def keep(store: Store) -> None:
        workspaces.installed(store, workspace, name, None, at)
        if admin is not None:  # the operator's word counts whoever else looks after it
            workspaces.name_admin(store, workspace, admin, at)

    if workspace:
        await storage.write(keep)
