"""What the small Slack knows: channels, messages, Homes, modals, triggers."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import system_clock
from bot.demo.workspace import Json, Workspace

TRIGGER_SECONDS: Final = 3.0  # Slack: a trigger_id can be used once, within three seconds


class SlackRefusalError(Exception):
    """A call is refused; the text is Slack's error code."""


class SlackState:
    """Every change is told to the app and to the screens.

    `tell_app` gets events of the Events API, `tell_screens` the frames of the control surface's `/ui`; both
    only queue. Records are plain dictionaries in the shape in which they travel.
    """

    def __init__(
        self, workspace: Workspace, tell_app: Callable[[Json], None], tell_screens: Callable[[Json], None]
    ) -> None:
        self.workspace = self._first = workspace
        self._tell_app = tell_app
        self._tell_screens = tell_screens
        self._numbers = count(1)
        self._triggers: dict[str, float | None] = {}  # when it was given out; None once it was used
        w = workspace
        self.bot = {"user": w.bot_user_id, "bot_id": w.bot_id, "app_id": w.app_id, "team": w.team_id}
        names = {"name": w.bot_name, "real_name": w.bot_name}
        bot = {"id": w.bot_user_id, **names, "tz": "Etc/UTC", "is_bot": True}
        self._bot_user = {**bot, "team_id": w.team_id, "deleted": False}
        self.installed = True
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, list[Json]] = {}
        self.homes: dict[str, Json] = {}
        self.modals: list[Json] = []
        self.reset()

    def reset(self) -> None:
        """Forget everything said, shown and changed since the start."""
        self.installed, self.workspace = True, self._first
        self.users = {self.bot["user"]: dict(self._bot_user)}
        for u in self.workspace.users:
            names = {"id": u.id, "name": u.name, "real_name": u.real_name, "tz": u.tz, "is_bot": False}
            self.users[u.id] = {**names, "team_id": u.team_id or self.workspace.team_id, **u.flags}
        self.channels = {c["id"]: {**c, "is_archived": False} for c in self.workspace.conversations()}
        self.messages = {channel: [] for channel in self.channels}
        self.homes = {}
        self.modals = []

    def new_id(self, prefix: str) -> str:
        """An id that was not given out before."""
        return f"{prefix}{next(self._numbers):08d}"

    def new_ts(self) -> str:
        """A message's timestamp and id: unique, and rising with the clock."""
        return f"{int(self.now())}.{next(self._numbers):06d}"

    def now(self) -> float:
        """What this Slack's clock shows, in seconds since 1970."""
        return system_clock().timestamp()

    def user(self, user_id: str) -> Json:
        """The person or bot; refuses with user_not_found."""
        if found := self.users.get(user_id):
            return found
        raise SlackRefusalError("user_not_found")

    def channel(self, wanted: str) -> Json:
        """By id, by name, or a person's direct channel by their user id; refuses with channel_not_found."""
        for c in self.channels.values():
            if wanted in (c["id"], c["name"], f"#{c['name']}") or (c["is_im"] and wanted == c["members"][0]):
                return c
        raise SlackRefusalError("channel_not_found")

    def profile(self, user: Json) -> Json:
        """A person as users.info and user_change tell of them."""
        offset = system_clock().astimezone(ZoneInfo(user["tz"])).utcoffset() or timedelta()
        facts = {name: value for name, value in user.items() if name != "status"}
        names = {"real_name": user["real_name"], "display_name": user["name"], "team": user["team_id"]}
        status = {"status_text": "", "status_emoji": "", "status_expiration": 0, **user.get("status", {})}
        return {**facts, "tz_offset": int(offset.total_seconds()), "profile": {**names, **status}}

    def seen_by_app(self, wanted: str) -> Json:
        """As `channel`, except for a private one that the bot is not in: of that the app knows nothing."""
        found = self.channel(wanted)
        if found["is_private"] and self.bot["user"] not in found["members"]:
            raise SlackRefusalError("channel_not_found")
        return found

    def writable(self, wanted: str) -> Json:
        """A channel in which the app can write; refuses with not_in_channel or is_archived."""
        found = self.seen_by_app(wanted)
        if self.bot["user"] not in found["members"]:
            raise SlackRefusalError("not_in_channel")
        if found["is_archived"] or (found["is_im"] and self.users[found["members"][0]]["deleted"]):
            raise SlackRefusalError("is_archived")
        return found

    def join(self, channel: Json, user: str, inviter: str | None = None) -> None:
        """Somebody is a member from now on; the app hears of it where its bot is, of itself too."""
        if user not in channel["members"]:
            channel["members"].append(user)
            if self.bot["user"] in channel["members"]:
                about = {"user": user, "channel": channel["id"], "channel_type": "C", "team": self.bot["team"]}
                by = {"inviter": inviter} if inviter else {}
                self._tell_app({"type": "member_joined_channel", **about, **by, "event_ts": self.new_ts()})

    def find(self, channel: Json, ts: str) -> Json:
        """A message; refuses with message_not_found."""
        for message in self.messages[channel["id"]]:
            if message["ts"] == ts:
                return message
        raise SlackRefusalError("message_not_found")

    def post(self, channel: Json, author: Json, content: Json) -> Json:
        """Add a message. The app hears of it where its bot is a member, its own included, as in Slack."""
        kept = {name: value for name, value in content.items() if value}
        place = {"type": "message", "ts": self.new_ts(), "channel": channel["id"]}
        message = {**place, **author, "text": "", **kept}
        if "blocks" in message:
            message["blocks"] = self._with_ids(message["blocks"])
        self.messages[channel["id"]].append(message)
        self._tell_screens({"t": "message", "message": message})
        if "ephemeral_to" not in message:  # Slack sends no event for what one person alone can see
            self.tell_members(channel, {**message, "event_ts": message["ts"]})
        return message

    def change(self, channel: Json, message: Json, changes: Json, editor: str) -> Json:
        """Change a message in place and mark it as edited."""
        before = without_channel(message)
        message |= {**changes, "edited": {"user": editor, "ts": self.new_ts()}}
        if message.get("blocks"):
            message["blocks"] = self._with_ids(message["blocks"])
        self._tell_screens({"t": "message_update", "message": message})
        what = {"subtype": "message_changed", "message": without_channel(message), "previous_message": before}
        self._tell_hidden(channel, what)
        return message

    def remove(self, channel: Json, message: Json) -> None:
        """Delete a message."""
        self.messages[channel["id"]].remove(message)
        self._tell_screens({"t": "message_delete", "channel": channel["id"], "ts": message["ts"]})
        gone = {"deleted_ts": message["ts"], "previous_message": without_channel(message)}
        self._tell_hidden(channel, {"subtype": "message_deleted", **gone})

    def tell_members(self, channel: Json, event: Json) -> None:
        """Send the app an event of this channel, if its bot is a member."""
        if self.bot["user"] in channel["members"]:
            self._tell_app({**event, "channel_type": "im" if channel["is_im"] else "channel"})

    def open_trigger(self) -> str:
        """A trigger_id for one modal, valid for three seconds."""
        trigger = self.new_id("trigger.")
        self._triggers[trigger] = time.monotonic()
        return trigger

    def spend_trigger(self, trigger: str) -> None:
        """Use a trigger_id; refuses one that is unknown, was used, or came too late."""
        if trigger not in self._triggers:
            raise SlackRefusalError("invalid_trigger_id")
        given, self._triggers[trigger] = self._triggers[trigger], None
        if given is None:
            raise SlackRefusalError("exchanged_trigger_id")
        if time.monotonic() - given > TRIGGER_SECONDS:
            raise SlackRefusalError("expired_trigger_id")

    def push_modal(self, content: Json, *, first: bool = False) -> Json:
        """Open a modal over those that are open, or as the `first` in their place."""
        stack = [] if first else self.modals
        view = self._view(content, self.new_id("V"))
        if stack:
            view |= {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
        self.show_modals([*stack, view])
        return view

    def replace_modal(self, shown: Json, content: Json) -> Json:
        """Give an open modal new content; its id and its place stay."""
        kept = {name: shown[name] for name in ("root_view_id", "previous_view_id")}
        view = self._view(content, shown["id"]) | kept
        self.show_modals([view if v["id"] == shown["id"] else v for v in self.modals])
        return view

    def show_modals(self, stack: list[Json]) -> None:
        """Replace the open modals, the topmost last."""
        self.modals = stack
        self._tell_screens({"t": "view", "stack": stack})

    def publish_home(self, user_id: str, content: Json) -> Json:
        """Show this Home to this person."""
        shown = self.homes.get(user_id)
        view = self._view(content, shown["id"] if shown else self.new_id("V"))
        self.homes[user_id] = view
        self._tell_screens({"t": "home", "user": user_id, "appId": self.bot["app_id"], "view": view})
        return view

    def _view(self, content: Json, id_: str) -> Json:
        """A view as Slack hands it back: every field present, blocks with ids, a new hash."""
        quiet = {"callback_id": "", "private_metadata": "", "external_id": "", "notify_on_close": False}
        facts = {"id": id_, "root_view_id": id_, "previous_view_id": None, "hash": self.new_id("hash.")}
        facts |= {"team_id": self.bot["team"], "app_id": self.bot["app_id"], "bot_id": self.bot["bot_id"]}
        blocks = self._with_ids(content.get("blocks") or [])
        return {**quiet, **content, **facts, "blocks": blocks, "state": {"values": {}}}

    def _with_ids(self, blocks: list[Json]) -> list[Json]:
        """Slack names every block that its app left without an id."""
        return [{"block_id": self.new_id("b"), **block} for block in blocks]

    def _tell_hidden(self, channel: Json, what: Json) -> None:
        ts = self.new_ts()
        place = {"channel": channel["id"], "ts": ts, "event_ts": ts, "hidden": True}
        self.tell_members(channel, {"type": "message", **place, **what})


def without_channel(message: Json) -> Json:
    """A message as it stands inside an answer or an event, which names the channel beside it."""
    return {name: value for name, value in message.items() if name != "channel"}
