"""Privacy at Slack's edge: what is kept, sent as files, and erased."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import Form
from bot.services.privacy import Privacy
from handlers.edge import Body, Edge, actor_of


@dataclass(frozen=True)
class PrivacyForms:
    """The forms behind "Privacy", wherever it is tapped."""

    edge: Edge
    privacy: Privacy

    def register(self, app: AsyncApp) -> None:
        app.action("privacy")(self.open)
        app.action("export_data")(self.export)
        app.action("erase_data")(self.ask)
        app.view("erase")(self.erase)

    async def open(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Show what is kept."""
        at = self.edge.clock()
        found = await self.edge.storage.read(lambda s: self.privacy.overview(s, actor_of(s, body, at)))
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=self._view(found))

    async def export(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Send it as files, and say in the form that they are coming."""
        at = self.edge.clock()
        await self.edge.write(lambda s: self.privacy.export(s, actor_of(s, body, at), at))
        await ack()
        if view := body.get("view"):
            text = self.edge.wording.text("privacy/coming", {})
            sent = Form("privacy", {"text": text, "buttons": False})
            await client.views_update(view_id=view["id"], view=self._view(sent))

    async def ask(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """What erasing means, before it is done."""
        at = self.edge.clock()
        found = await self.edge.storage.read(lambda s: self.privacy.confirmation(actor_of(s, body, at)))
        await ack()
        if found is not None:
            await client.views_push(trigger_id=body["trigger_id"], view=self._view(found))

    async def erase(self, ack: AsyncAck, body: Body) -> None:
        """Do it, and close everything that is open."""
        at = self.edge.clock()
        await self.edge.write(lambda s: self.privacy.erase(s, actor_of(s, body, at), at))
        await ack(response_action="clear")

    def _view(self, form: Form) -> dict[str, object]:
        return self.edge.wording.view(form.name, form.values)
