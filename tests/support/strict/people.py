"""What people do: each deed as Slack's client would let them, and as the app hears of it.

An event is only queued. An interaction returns once the app has acknowledged it (True) or did not in time (False).
"""

from __future__ import annotations

import html
import uuid

from tests.support.strict.choices import Choices, Given, option
from tests.support.strict.delivery import Delivery
from tests.support.strict.forms import ClientRefusal, wanted
from tests.support.strict.in_forms import InForms
from tests.support.strict.interactions import Interactions, name_of, sure_of
from tests.support.strict.lives import Lives
from tests.support.strict.refusal import Json
from tests.support.strict.state import Conversation, State
from tests.support.strict.triggers import Triggers
from tests.support.strict.views import Views
from tests.support.strict.writing import Writing


class People(InForms, Lives):
    """The deeds of the people of a State. Users and conversations are named by their ids."""

    def __init__(self, state: State, triggers: Triggers, delivery: Delivery, writing: Writing, views: Views) -> None:
        InForms.__init__(self, state, views, Interactions(state, triggers, delivery))
        Lives.__init__(self, state, delivery)
        self._triggers, self._writing = triggers, writing

    async def say(self, user: str, text: str, channel: str | None = None, *, markup: bool = False) -> str:
        """Write in the DM with the app, or in a channel; returns the message's ts.

        Slack escapes what is typed; with `markup` the text is in Slack's markup already.
        """
        conversation = self._place(user, channel)
        author = {"user": user, "team": self._state.user(user)["team_id"], "client_msg_id": str(uuid.uuid4())}
        return str(self._state.post(conversation, author, {"text": _typed(text, markup)})["ts"])

    async def edit(self, user: str, ts: str, text: str, channel: str | None = None, *, markup: bool = False) -> None:
        """Change an own message."""
        conversation, message = self._own(user, ts, channel)
        self._state.change(conversation, message, {"text": _typed(text, markup)}, user)

    async def delete(self, user: str, ts: str, channel: str | None = None) -> None:
        """Delete an own message."""
        self._state.remove(*self._own(user, ts, channel))

    async def press(
        self,
        user: str,
        ts: str,
        action: str,
        channel: str | None = None,
        *,
        value: str | None = None,
        sure: bool = True,
    ) -> bool:
        """Tap a button of a message, by its action id or its words; the message as it stands now.

        `value` tells several of one name apart. With `sure=False` they back out of its confirmation: nothing is sent.
        """
        conversation = self._place(user, channel)
        message = self._state.find(conversation, ts)
        block, element = wanted(message.get("blocks") or [], action, buttons=True, value=value)
        done = sure_of(element, sure)
        return done and await self._interactions.in_message(user, conversation, message, block, element, None)

    async def press_answer(self, user: str, action: str, *, value: str | None = None, sure: bool = True) -> bool:
        """Tap a button of the last answer to one's slash command, which nobody else sees; as for a message.

        The app is not told the message, only where it is: Slack keeps no ephemeral messages.
        """
        if user not in self._state.answers:
            raise ClientRefusal(f"{user} sees no answer")
        message = self._state.answers[user]
        conversation = self._place(user, message["channel"])
        block, element = wanted(message["blocks"], action, buttons=True, value=value)
        done = sure_of(element, sure)
        return done and await self._interactions.in_answer(user, conversation, message, block, element)

    async def choose(self, user: str, ts: str, name: str, given: Given, channel: str | None = None) -> bool:
        """Choose in a menu of a message, by the option's words or value."""
        conversation = self._place(user, channel)
        message = self._state.find(conversation, ts)
        block, element = wanted(message.get("blocks") or [], name)
        if element["type"] == "overflow":
            value = {"type": "overflow", "selected_option": option(element, str(given))}
        else:
            value = Choices(self._state, user).entered(element, given)
        return await self._interactions.in_message(user, conversation, message, block, element, value)

    async def press_home(self, user: str, action: str, *, value: str | None = None, sure: bool = True) -> bool:
        """Tap a button of the Home tab; `value` and `sure` as for a message."""
        view = self._home(user)
        block, element = wanted(view["blocks"], action, buttons=True, value=value)
        return sure_of(element, sure) and await self._interactions.in_view(user, view, block, element, None)

    async def choose_home(self, user: str, name: str, given: Given) -> bool | None:
        """Choose in a menu of the Home tab, or fill in a field there."""
        return await self._use(user, self._home(user), name, given)

    async def shortcut(self, user: str, ts: str, callback_id: str, channel: str | None = None) -> bool:
        """Use a message shortcut of the app on a message that this person can see, their own or not."""
        conversation = self._place(user, channel)
        return await self._interactions.shortcut(user, callback_id, conversation, self._state.find(conversation, ts))

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
            "channel_name": name_of(conversation),
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


def _typed(text: str, markup: bool) -> str:
    return text if markup else html.escape(text, quote=False)
