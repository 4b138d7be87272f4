"""Forms are opened inside the request; when Slack does not take one any more, the person is told in a sentence."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import Form, Lane, Message
from bot.services.sending import Sending
from handlers.edge import Body, Edge, user_of, workspace_of

log = structlog.get_logger()


@dataclass(frozen=True)
class Opener:
    """Opens forms. A trigger lives for three seconds; a busy moment may outlast it."""

    edge: Edge
    sending: Sending
    command: str

    async def open(self, client: AsyncWebClient, body: Body, form: Form, typed: str = "") -> None:
        """Open the form. `typed` is what to type after the command to have it once more, where it came from there."""
        try:
            view = self.edge.wording.view(form.name, form.values)
            await client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("a form did not open", form=form.name, reference=reference)
            await self._tell(body, typed, reference)

    async def _tell(self, body: Body, typed: str, reference: str) -> None:
        at, workspace, user = self.edge.clock(), workspace_of(body), user_of(body)
        message = Message("commands/not_opened", {"typed": typed, "command": self.command})
        await self.edge.write(
            lambda store: self.sending.post(
                store,
                message,
                key=f"not_opened:{workspace}:{user}:{reference}",
                workspace=workspace,
                channel=user,
                lane=Lane.REPLY,
                at=at,
            )
        )
