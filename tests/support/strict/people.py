"""What people do: each deed as Slack's client would let them, and as the app hears of it.

An event is only queued. An interaction returns once the app has acknowledged it (True) or did not in time (False).
"""

from __future__ import annotations

import html
import uuid
from collections.abc import Mapping

from tests.support.strict.delivery import Delivery
from tests.support.strict.forms import ClientRefusal, filled, pressed
from tests.support.strict.limits import check_view
from tests.support.strict.refusal import Json
from tests.support.strict.state import Conversation, State
from tests.support.strict.triggers import Triggers
from tests.support.strict.writing import Writing


class People:
    """The deeds of the people of a State. Users and conversations are named by their ids."""

    def __init__(self, state: State, triggers: Triggers, delivery: Delivery, writing: Writing) -> None:
        self._state, self._triggers, self._delivery, self._writing = state, triggers, delivery, writing

    async def say(self, user: str, text: str, channel: str | None = None, *, markup: bool = False) -> str:
        """Write in the DM with the app, or in a channel; returns the message's ts.

        Slack escapes what is typed; with `markup` the text is in Slack's markup already.
        """
        conversation = self._place(user, channel)
        author = {"user": user, "team": self._state.workspace.team_id, "client_msg_id": str(uuid.uuid4())}
        return str(self._state.post(conversation, author, {"text": _typed(text, markup)})["ts"])

    async def edit(self, user: str, ts: str, text: str, channel: str | None = None, *, markup: bool = False) -> None:
        """Change an own message."""
        conversation, message = self._own(user, ts, channel)
        self._state.change(conversation, message, {"text": _typed(text, markup)}, user)

    async def delete(self, user: str, ts: str, channel: str | None = None) -> None:
        """Delete an own message."""
        self._state.remove(*self._own(user, ts, channel))

    async def press(self, user: str, ts: str, action: str, channel: str | None = None) -> bool:
        """Tap a button of a message, by its action id or its words; the message as it stands now."""
        conversation = self._place(user, channel)
        message = self._state.find(conversation, ts)
        place = {"type": "message", "message_ts": ts, "channel_id": conversation.id, "is_ephemeral": False}
        more = {"container": place, "message": message, "channel": {"id": conversation.id, "name": _name(conversation)}}
        return await self._press(user, message.get("blocks") or [], action, more)

    async def press_home(self, user: str, action: str) -> bool:
        """Tap a button of the Home tab."""
        view = self._home(user)
        place = {"type": "view", "view_id": view["id"]}
        return await self._press(user, view["blocks"], action, {"container": place, "view": view})

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home tab, or its "messages" tab."""
        conversation = self._place(user, None)
        shown = {"view": self._state.homes[user]} if user in self._state.homes else {}
        event = {"type": "app_home_opened", "user": user, "channel": conversation.id, "tab": tab}
        self._delivery.event("app_home_opened", event | shown | {"event_ts": self._state.new_ts()})

    async def slash(self, user: str, text: str = "", command: str = "/coach", channel: str | None = None) -> bool:
        """Type a slash command; its answer is among what was seen, as "ephemeral". `text` is as Slack hands it on."""
        conversation = self._place(user, channel)
        w = self._state.workspace
        payload = {
            "token": "verification",
            "team_id": w.team_id,
            "team_domain": w.domain,
            "channel_id": conversation.id,
            "channel_name": _name(conversation),
            "user_id": user,
            "user_name": self._state.user(user)["name"],
            "command": command,
            "text": text,
            "api_app_id": w.app_id,
            "is_enterprise_install": "false",
            "response_url": "https://hooks.invalid/commands/1",
            "trigger_id": self._triggers.give(user),
        }
        answer = await self._delivery.ask("slash_commands", payload)
        if answer:
            self._writing.answer_command(conversation, user, answer)
        return answer is not None

    def form(self, user: str) -> Json | None:
        """The modal that this person looks at."""
        return self._state.modals.get(user)

    async def submit_view(self, user: str, values: Mapping[str, str]) -> dict[str, str] | None:
        """Send the open form. Returns the errors at its fields ({} when it closed), None without an acknowledgement."""
        view = self._form(user)
        sent = view | {"state": filled(view, values)}
        answer = await self._delivery.ask("interactive", self._about(user, "view_submission") | {"view": sent})
        if answer is None:
            return None
        match answer.get("response_action"):
            case "errors":
                known = {block["block_id"] for block in view["blocks"]}
                if not answer["errors"] or not set(answer["errors"]) <= known:
                    raise ClientRefusal(f"errors at fields that are not there: {answer['errors']}")
                return dict(answer["errors"])
            case "update" | "push":
                self._state.modals[user] = self._state.view(check_view(answer["view"], "modal"), view["id"])
            case _:
                del self._state.modals[user]
        return {}

    async def close_view(self, user: str) -> None:
        """Close the open form without sending it."""
        view = self._form(user)
        del self._state.modals[user]
        if view["notify_on_close"]:
            closed = self._about(user, "view_closed") | {"view": view, "is_cleared": False}
            await self._delivery.ask("interactive", closed)

    async def _press(self, user: str, blocks: list[Json], action: str, more: Json) -> bool:
        element = pressed(blocks, action)
        kept = ("action_id", "block_id", "text", "value", "style", "type")
        told = {name: element[name] for name in kept if name in element} | {"action_ts": self._state.new_ts()}
        payload = self._about(user, "block_actions") | {"actions": [told], "state": {"values": {}}}
        return await self._delivery.ask("interactive", payload | more) is not None

    def _about(self, user: str, kind: str) -> Json:
        w, name = self._state.workspace, self._state.user(user)["name"]
        return {
            "type": kind,
            "token": "verification",
            "api_app_id": w.app_id,
            "user": {"id": user, "username": name, "name": name, "team_id": w.team_id},
            "team": {"id": w.team_id, "domain": w.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._triggers.give(user),
            "response_urls": [],
        }

    def _place(self, user: str, channel: str | None) -> Conversation:
        if self._state.user(user)["deleted"]:
            raise ClientRefusal(f"{user} has left")
        conversation = self._state.conversation(channel) if channel else self._state.direct(user)
        if user not in conversation.members or conversation.is_archived:
            raise ClientRefusal(f"{user} cannot do that in {conversation.id}")
        return conversation

    def _own(self, user: str, ts: str, channel: str | None) -> tuple[Conversation, Json]:
        conversation = self._place(user, channel)
        message = self._state.find(conversation, ts)
        if message["user"] != user:
            raise ClientRefusal("not their own message")
        return conversation, message

    def _home(self, user: str) -> Json:
        if user not in self._state.homes:
            raise ClientRefusal(f"{user} sees an empty Home")
        return self._state.homes[user]

    def _form(self, user: str) -> Json:
        if user not in self._state.modals:
            raise ClientRefusal(f"{user} has no form open")
        return self._state.modals[user]


def _typed(text: str, markup: bool) -> str:
    return text if markup else html.escape(text, quote=False)


def _name(conversation: Conversation) -> str:
    return "directmessage" if conversation.is_im else conversation.name
