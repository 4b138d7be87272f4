"""What the strict Slack knows: people, conversations, messages and what stands in them. Nothing here awaits."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.workspace import User, Workspace
from tests.support.strict.records import Records
from tests.support.strict.refusal import Json, Refusal

Tell = Callable[[str, Json], None]
"""Hears of an event: the subscription that it belongs to ("message.im") and the event."""


@dataclass
class Conversation:
    """A channel, or the DM of one person with the app. `born` is when each message can be found in its history."""

    id: str
    name: str
    members: set[str]
    person: str | None = None
    is_archived: bool = False
    is_private: bool = False
    messages: list[Json] = field(default_factory=list)
    born: dict[str, float] = field(default_factory=dict)

    @property
    def is_im(self) -> bool:
        """Whether it is a DM."""
        return self.person is not None


class State:
    """The workspace as it stands. `clock` measures spans, `wall` dates messages, `tell` hears of what happened."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float], wall: Callable[[], float], tell: Tell) -> None:
        self.workspace = workspace
        self.clock, self.wall, self._tell = clock, wall, tell
        self.records = Records()
        self._numbers = itertools.count(1)
        self._last_micros = 0
        w = workspace
        self.author: Json = {"user": w.bot_user_id, "bot_id": w.bot_id, "app_id": w.app_id, "team": w.team_id}
        self.conversations: dict[str, Conversation] = {}
        self.users: dict[str, Json] = {}
        for user in w.users:
            self.add_user(user)
        bot = {"id": w.bot_user_id, "name": w.bot_name, "real_name": w.bot_name, "tz": "Etc/UTC", "team_id": w.team_id}
        self.users[w.bot_user_id] = bot | {"is_bot": True, "deleted": False, "status": {}}
        for c in w.channels:
            self.conversations[c.id] = Conversation(c.id, c.name, set(c.members), is_private=c.is_private)
        self.homes: dict[str, Json] = {}
        self.stacks: dict[str, list[Json]] = {}
        self.answers: dict[str, Json] = {}
        """The last ephemeral answer to a slash command, by whom it was for, with its `channel`."""

    def new_id(self, prefix: str) -> str:
        """An id that was not given out before."""
        return f"{prefix}{next(self._numbers):08d}"

    def new_ts(self) -> str:
        """A message's name: the wall time in microseconds, never twice."""
        self._last_micros = max(int(self.wall() * 1_000_000), self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def user(self, user_id: Any) -> Json:
        """A person or the bot, deleted or not; refuses with user_not_found."""
        if user_id in self.users:
            return self.users[user_id]
        raise Refusal("user_not_found")

    def add_user(self, user: User) -> None:
        """Somebody new, with an empty DM with the app."""
        names = {"id": user.id, "name": user.name, "real_name": user.real_name, "tz": user.tz, "is_bot": False}
        team = {"team_id": user.team_id or self.workspace.team_id, "updated": int(self.wall())}
        self.users[user.id] = names | team | user.flags | {"status": {}}
        here = {user.id, self.workspace.bot_user_id}
        self.conversations[user.dm] = Conversation(user.dm, f"dm-{user.name}", here, person=user.id)

    def conversation(self, wanted: Any) -> Conversation:
        """By its id; refuses with channel_not_found, also for a private channel that the bot is not in."""
        found = self.conversations.get(str(wanted))
        if found is None or (found.is_private and self.workspace.bot_user_id not in found.members):
            raise Refusal("channel_not_found")
        return found

    def enter(self, conversation: Conversation, user: str, inviter: str | None = None) -> None:
        """Somebody is a member from now on; the app hears of it as a member, of itself too."""
        conversation.members.add(user)
        if self.workspace.bot_user_id in conversation.members:
            about = {"user": user, "channel": conversation.id, "channel_type": "C", "team": self.workspace.team_id}
            by = {"inviter": inviter} if inviter else {}
            event = {"type": "member_joined_channel"} | about | by | {"event_ts": self.new_ts()}
            self._tell("member_joined_channel", event)

    def direct(self, user_id: str) -> Conversation:
        """The DM of a person with the app."""
        for conversation in self.conversations.values():
            if conversation.person == user_id:
                return conversation
        raise Refusal("channel_not_found")

    def find(self, conversation: Conversation, ts: Any) -> Json:
        """A message; refuses with message_not_found."""
        for message in conversation.messages:
            if message["ts"] == ts:
                return message
        raise Refusal("message_not_found")

    def post(self, conversation: Conversation, author: Json, content: Json, lag: float = 0.0) -> Json:
        """Add a message; it is in the history after `lag` seconds. Members hear of it at once."""
        message = {"type": "message", "ts": self.new_ts(), **author, "text": ""}
        message |= {name: copy.deepcopy(value) for name, value in content.items() if value}
        if "blocks" in message:
            message["blocks"] = self.with_ids(message["blocks"])
        conversation.messages.append(message)
        conversation.born[message["ts"]] = self.clock() + lag
        self._announce(conversation, copy.deepcopy(message) | {"event_ts": message["ts"]})
        return message

    def change(self, conversation: Conversation, message: Json, content: Json, editor: str) -> None:
        """Change a message in place; it is marked as edited."""
        before = copy.deepcopy(message)
        message |= copy.deepcopy(content) | {"edited": {"user": editor, "ts": self.new_ts()}}
        if message.get("blocks"):
            message["blocks"] = self.with_ids(message["blocks"])
        what = {"subtype": "message_changed", "message": copy.deepcopy(message), "previous_message": before}
        self._announce_hidden(conversation, what)

    def remove(self, conversation: Conversation, message: Json) -> None:
        """Delete a message."""
        conversation.messages.remove(message)
        gone = {"subtype": "message_deleted", "deleted_ts": message["ts"], "previous_message": message}
        self._announce_hidden(conversation, gone)

    def view(self, content: Json, view_id: str) -> Json:
        """A view as Slack hands it back: every field there, blocks with ids, nothing filled in."""
        w = self.workspace
        quiet = {"callback_id": "", "private_metadata": "", "external_id": "", "notify_on_close": False}
        about = {"id": view_id, "team_id": w.team_id, "app_id": w.app_id, "bot_id": w.bot_id}
        facts = about | {"hash": self.new_id("hash."), "root_view_id": view_id, "previous_view_id": None}
        blocks = self.with_ids(copy.deepcopy(content["blocks"]))
        return {**quiet, **content, **facts, "blocks": blocks, "state": {"values": {}}}

    def with_ids(self, blocks: list[Json]) -> list[Json]:
        """Slack names every block and every element that was left without an id."""
        named = [{"block_id": self.new_id("b"), **block} for block in blocks]
        for block in named:
            if block["type"] == "actions":
                block["elements"] = [{"action_id": self.new_id("a"), **element} for element in block["elements"]]
            for alone in ("element", "accessory"):
                if alone in block and block[alone]["type"] != "image":
                    block[alone] = {"action_id": self.new_id("a"), **block[alone]}
        return named

    def _announce(self, conversation: Conversation, event: Json) -> None:
        """The app hears only of conversations that its bot is in."""
        if self.workspace.bot_user_id in conversation.members:
            kind = "im" if conversation.is_im else "group" if conversation.is_private else "channel"
            name = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[kind]
            self._tell(name, {"channel": conversation.id, "channel_type": kind} | event)

    def _announce_hidden(self, conversation: Conversation, what: Json) -> None:
        ts = self.new_ts()
        self._announce(
            conversation, {"type": "message", "ts": ts, "event_ts": ts, "hidden": True} | copy.deepcopy(what)
        )
