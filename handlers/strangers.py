"""Workspaces that have not installed the app: nothing of theirs is read, and nobody is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from slack_bolt.response import BoltResponse

from handlers.edge import Body, enterprise_of, is_org_wide, workspace_of
from handlers.lifecycle import GONE

log = structlog.get_logger()

Knows = Callable[[str, str | None], Awaitable[bool]]
"""Whether the app is installed in a workspace, by itself or by its organisation."""


@dataclass(frozen=True)
class Strangers:
    """To be run before Bolt looks for a token: its own refusal would write to whoever asked."""

    knows: Knows

    async def refuse(self, body: Body, next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002
        """Bolt's middleware: `next` goes on. A stranger's request is taken, so that Slack does not repeat it."""
        workspace, enterprise = workspace_of(body), enterprise_of(body)
        leaving = str((body.get("event") or {}).get("type")) in GONE
        if not workspace or leaving or await self._installed(body, workspace, enterprise):
            await next()
            return None
        log.info("a request of a workspace without an installation was dropped", workspace=workspace)
        return BoltResponse(status=200, body="")

    async def _installed(self, body: Body, workspace: str, enterprise: str | None) -> bool:
        """For an org-wide installation the workspace is looked up too, so that it is known from then on."""
        if await self.knows(workspace, enterprise):
            return True
        return bool(enterprise) and is_org_wide(body) and await self.knows(str(enterprise), None)
