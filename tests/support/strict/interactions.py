"""What the app is sent when somebody uses an element, a shortcut or a form: the payloads, as Slack builds them.

https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

import copy

from bot.demo.slack_forms import FIELDS, values
from tests.support.strict.delivery import Delivery
from tests.support.strict.forms import ClientRefusal
from tests.support.strict.refusal import Json
from tests.support.strict.state import Conversation, State
from tests.support.strict.triggers import Triggers

RESPONSE_URL = "https://hooks.invalid/actions/1"
"""Nobody listens there: what the app says goes through the Web API."""


class Interactions:
    """Sends interactions to the app and returns its acknowledgement, None without one in time."""

    def __init__(self, state: State, triggers: Triggers, delivery: Delivery) -> None:
        self._state, self._triggers, self._delivery = state, triggers, delivery

    async def in_message(
        self, user: str, conversation: Conversation, message: Json, block: Json, element: Json, value: Json | None
    ) -> bool:
        """An element of a message was used; `value` is what was chosen, None for a button."""
        place = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": conversation.id,
            "is_ephemeral": False,
        }
        state = values(message.get("blocks") or [])
        if value and element["type"] in FIELDS:
            state[block["block_id"]][element["action_id"]] = value
        more = {
            "container": place,
            "message": copy.deepcopy(message),
            "channel": {"id": conversation.id, "name": name_of(conversation)},
            "state": {"values": state},
            "response_url": RESPONSE_URL,
        }
        return await self._used(user, block, element, value, more)

    async def in_answer(self, user: str, conversation: Conversation, message: Json, block: Json, element: Json) -> bool:
        """A button of an ephemeral message was used: its place is told, the message is not."""
        place = {"type": "message", "message_ts": message["ts"], "channel_id": conversation.id, "is_ephemeral": True}
        more = {
            "container": place,
            "channel": {"id": conversation.id, "name": name_of(conversation)},
            "state": {"values": values(message["blocks"])},
            "response_url": RESPONSE_URL,
        }
        return await self._used(user, block, element, None, more)

    async def in_view(self, user: str, view: Json, block: Json, element: Json, value: Json | None) -> bool:
        """An element of a modal or of a Home was used. What was chosen is in `view.state.values` by now."""
        place = {"type": "view", "view_id": view["id"]}
        return await self._used(user, block, element, value, {"container": place, "view": copy.deepcopy(view)})

    async def shortcut(self, user: str, callback_id: str, conversation: Conversation, message: Json) -> bool:
        """A message shortcut was chosen from the menu of a message."""
        shown = {name: value for name, value in message.items() if name != "metadata"}
        more = {
            "callback_id": callback_id,
            "action_ts": self._state.new_ts(),
            "message_ts": message["ts"],
            "message": copy.deepcopy(shown),
            "channel": {"id": conversation.id, "name": name_of(conversation)},
            "response_url": RESPONSE_URL,
        }
        return await self._ask(user, "message_action", more) is not None

    async def submitted(self, user: str, view: Json) -> Json | None:
        """A form was sent."""
        return await self._ask(user, "view_submission", {"view": copy.deepcopy(view), "response_urls": []})

    async def closed(self, user: str, view: Json, *, cleared: bool) -> None:
        """A form was closed, which the app hears of where it asked to."""
        if view["notify_on_close"]:
            await self._ask(user, "view_closed", {"view": copy.deepcopy(view), "is_cleared": cleared})

    async def _used(self, user: str, block: Json, element: Json, value: Json | None, more: Json) -> bool:
        kept = ("action_id", "text", "value", "style", "type", "placeholder", "confirm")
        told = {name: element[name] for name in kept if name in element} | {"block_id": block["block_id"]}
        action = told | (value or {}) | {"action_ts": self._state.new_ts()}
        return await self._ask(user, "block_actions", more | {"actions": [action]}) is not None

    async def _ask(self, user: str, kind: str, more: Json) -> Json | None:
        w, who = self._state.workspace, self._state.user(user)
        payload = {
            "type": kind,
            "token": "verification",
            "api_app_id": w.app_id,
            "user": {"id": user, "username": who["name"], "name": who["name"], "team_id": who["team_id"]},
            "team": {"id": w.team_id, "domain": w.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._triggers.give(user),
        }
        return await self._delivery.ask("interactive", payload | more)


def sure_of(element: Json, sure: bool) -> bool:
    """Whether it is done: an element with a `confirm` asks first, any other has no question to say no to."""
    if sure:
        return True
    if "confirm" not in element:
        raise ClientRefusal(f"{element['action_id']} does not ask whether one is sure")
    return False


def name_of(conversation: Conversation) -> str:
    """A conversation's name as an interaction has it."""
    return "directmessage" if conversation.is_im else conversation.name
