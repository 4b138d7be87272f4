"""How people and channels change in the small Slack, and how the app hears of it. See small_slack.py for what it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping

from bot.demo.small_slack_state import SlackRefusalError, SlackState
from bot.demo.workspace import Json

_FLAGS = ("is_admin", "is_owner", "is_restricted", "is_ultra_restricted", "is_stranger", "deleted")


class SlackChanges:
    """The changes, by the names that the control surface has for them (`deeds`). `tell_app` gets the events.

    What is said of a change afterwards by the Web API is in SlackState. `by` is who did it.
    """

    def __init__(self, state: SlackState, tell_app: Callable[[Json], None]) -> None:
        self._state, self._tell_app = state, tell_app
        self.deeds: Mapping[str, Callable[[Json], Awaitable[Json]]] = {
            "change-user": self._change_user,
            "change-channel": self._change_channel,
            "add-member": self._add_member,
            "remove-member": self._remove_member,
            "rename-workspace": self._rename_workspace,
            "uninstall": self._uninstall,
        }

    async def _change_user(self, told: Json) -> Json:
        """Their `tz`, `real_name`, `status` or standing."""
        user = self._state.user(told["user"])
        user |= {name: told[name] for name in ("tz", "real_name", "status", *_FLAGS) if name in told}
        self._event("user_change", user=self._state.profile(user), cache_ts=int(self._state.now()))
        return {}

    async def _change_channel(self, told: Json) -> Json:
        """A new `name`, `is_archived`, `is_private`, or `deleted`."""
        channel = self._state.channel(told["channel"])
        by = told.get("by", "USLACKBOT")
        if name := told.get("name"):
            channel["name"] = name
            now = int(self._state.now())
            self._event("channel_rename", channel={"id": channel["id"], "name": name, "created": now})
        if "is_private" in told:
            channel["is_private"] = told["is_private"]
        if "is_archived" in told:
            channel["is_archived"] = told["is_archived"]
            kind = "channel_archive" if told["is_archived"] else "channel_unarchive"
            self._event(kind, channel=channel["id"], user=by)
        if told.get("deleted"):
            del self._state.channels[channel["id"]]
            self._event("channel_deleted", channel=channel["id"], actor_id=by)
        return {}

    async def _add_member(self, told: Json) -> Json:
        """Somebody is invited, the bot where no user is named."""
        channel = self._state.channel(told["channel"])
        self._state.join(channel, told.get("user") or self._state.bot["user"], told.get("by"))
        return {}

    async def _remove_member(self, told: Json) -> Json:
        """Somebody leaves or is removed, the bot where no user is named."""
        channel, bot = self._state.channel(told["channel"]), self._state.bot["user"]
        user = told.get("user") or bot
        if user not in channel["members"]:
            raise SlackRefusalError("not_in_channel")
        channel["members"].remove(user)
        if user == bot:
            self._event("channel_left", channel=channel["id"], actor_id=told.get("by", "USLACKBOT"))
        elif bot in channel["members"]:
            where = {"channel": channel["id"], "channel_type": "C", "team": self._state.workspace.team_id}
            self._event("member_left_channel", user=user, **where)
        return {}

    async def _rename_workspace(self, told: Json) -> Json:
        self._state.workspace = dataclasses.replace(self._state.workspace, name=told["name"])
        return {}

    async def _uninstall(self, _: Json) -> Json:
        """The app is removed: its token works no more."""
        self._state.installed = False
        self._event("tokens_revoked", tokens={"oauth": [], "bot": [self._state.bot["user"]]})
        self._event("app_uninstalled")
        return {}

    def _event(self, kind: str, **more: object) -> None:
        self._tell_app({"type": kind, **more, "event_ts": self._state.new_ts()})
