"""The slash command: done in one transaction, answered with the acknowledgement."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services.commands import Commands
from handlers.edge import Body, Edge, workspace_of
from handlers.markup import plain

log = structlog.get_logger()
_LABEL = re.compile(r"(<@\w+)\|[^<>]*>")


def told(text: str) -> str:
    """What was typed, as plain words; a mention keeps its id alone, since Slack's label is a handle and no name."""
    return plain(_LABEL.sub(r"\1>", text))


@dataclass(frozen=True)
class SlashCommand:
    """`/coach` and what may follow it."""

    edge: Edge
    commands: Commands

    def register(self, app: AsyncApp) -> None:
        app.command(self.commands.command)(self.run)

    async def run(self, ack: AsyncAck, body: Body) -> None:
        """Answer whoever typed it, and only them."""
        at = self.edge.clock()
        workspace, user, typed = workspace_of(body), str(body["user_id"]), told(str(body.get("text") or ""))
        try:
            words = await self.edge.write(lambda s: self.commands.run(s, workspace, user, typed, at))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("command failed", reference=reference)
            words = self.edge.wording.text("commands/trouble", {"reference": reference})
        await ack(text=words, response_type="ephemeral")
