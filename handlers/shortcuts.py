"""A commitment from anywhere, by the shortcut on a message or the button on Home; and "in 30 minutes"."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.commitment import LONGEST_ACTION, TimeTrouble
from bot.ports.storage import Store
from bot.services.commitment import read_time
from bot.services.committing import Committing
from bot.services.later import Later
from handlers.commands import told
from handlers.edge import Body, Edge, actor_of, person_of, tapped_message
from handlers.home import HomeTab
from handlers.opening import Opener
from handlers.values import Filled


@dataclass(frozen=True)
class Shortcuts:
    """Opens the form for a commitment, and takes it; puts a question off."""

    edge: Edge
    committing: Committing
    later: Later
    opener: Opener
    home: HomeTab

    def register(self, app: AsyncApp) -> None:
        app.shortcut({"type": "message_action", "callback_id": "make_commitment"})(self.from_message)
        app.action("add_commitment")(self.from_home)
        app.action("later")(self.put_off)
        app.view("commitment")(self.save)
        app.view("no_commitment")(self.closed)

    async def from_message(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The form, filled with the words of a message, whosever it is."""
        at, message = self.edge.clock(), body.get("message")
        text = told(str(message.get("text") or "")) if isinstance(message, dict) else ""
        form = await self.edge.storage.read(lambda s: self.committing.draft(s, actor_of(s, body, at), text, at))
        await ack()
        await self.opener.open(client, body, form)

    async def from_home(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """The form with nothing in it yet."""
        at = self.edge.clock()
        form = await self.edge.storage.read(
            lambda s: self.committing.draft(s, actor_of(s, body, at), "", at, home=True)
        )
        await ack()
        await self.opener.open(client, body, form)

    async def put_off(self, ack: AsyncAck, body: Body, action: dict[str, Any], client: AsyncWebClient) -> None:
        """The question that stands comes back in half an hour; tapped on Home, that shows it."""
        at, mark = self.edge.clock(), str(action.get("value") or "")

        def work(store: Store) -> None:
            person = person_of(store, body)
            if person is not None:
                self.later.by_button(store, person, mark, tapped_message(store, body), at)

        await self.edge.write(work)
        await ack()
        if (body.get("view") or {}).get("type") == "home":
            await self.home.publish(body, client)

    async def save(self, ack: AsyncAck, body: Body, view: dict[str, Any], client: AsyncWebClient) -> None:
        """The form, sent. What is wrong is said at the field; one that was not touched Slack may leave out."""
        at, label = self.edge.clock(), self.edge.wording.label
        filled, known = Filled(view["state"]["values"]), json.loads(view.get("private_metadata") or "{}")
        action = _typed(filled, "action", known)[:LONGEST_ACTION]
        when, if_then = _typed(filled, "when", known), filled.text("if_then")[:LONGEST_ACTION]
        errors = {} if any(ch.isalnum() for ch in action) else {"action": label("error_action")}
        key = str(known.get("key") or view.get("id") or "")

        def apply(store: Store) -> dict[str, str] | None:
            who = actor_of(store, body, at)
            team = store.people.find_team(who.person.rep_of or "") if who.person else None
            if who.person is None or team is None:
                return None
            due = read_time(when, who.person, team, at)
            if isinstance(due, TimeTrouble):
                return errors | {"when": label(f"error_when_{due.value}")}
            if errors:
                return errors
            return {} if self.committing.save(store, who, key, action, due, if_then or None, at) else None

        found = await self.edge.write(apply)
        if found is None:
            why = self.committing.refusal("nobody")
            await ack(response_action="update", view=self.edge.wording.view(why.name, why.values))
        elif found:
            await ack(response_action="errors", errors=found)
        else:
            await ack()
            if known.get("home"):
                await self.home.publish(body, client)

    async def closed(self, ack: AsyncAck) -> None:
        """A form with nothing to send; some clients send it all the same."""
        await ack()


def _typed(filled: Filled, name: str, known: dict[str, Any]) -> str:
    """What stands in a field; one that was not touched holds what it was filled with."""
    state = filled.values.get(name) or {}
    untouched = (state.get(name) or {}).get("value") is None
    return str(known.get(name) or "") if untouched else filled.text(name)
