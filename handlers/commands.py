"""The slash command: done in one transaction, answered with the acknowledgement or by a form."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import Form, Message
from bot.services.commands import LONGEST_TYPED, Answer, Commands
from handlers.edge import Body, Edge, actor_of
from handlers.markup import plain
from handlers.opening import Opener

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
    opener: Opener

    def register(self, app: AsyncApp) -> None:
        app.command(self.commands.command)(self.run)

    async def run(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Answer whoever typed it, and only them."""
        at, typed = self.edge.clock(), told(str(body.get("text") or ""))
        answer: Answer
        try:
            answer = await self.edge.write(lambda s: self.commands.run(s, actor_of(s, body, at), typed, at))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("command failed", reference=reference)
            answer = Message("commands/trouble", {"reference": reference})
        if isinstance(answer, Form):
            await ack()
            await self.opener.open(client, body, answer, " ".join(typed.split())[:LONGEST_TYPED])
            return
        rendered = self.edge.wording.render(answer)
        await ack(text=rendered.text, blocks=rendered.blocks, response_type="ephemeral")
