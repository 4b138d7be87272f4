"""How channels and the workspace change: each change as the Web API then tells of it, and as the app hears of it."""

from __future__ import annotations

import dataclasses

from tests.support.strict.delivery import Delivery
from tests.support.strict.refusal import Json
from tests.support.strict.state import Conversation, State
from tests.support.strict.web_api import Keys

SLACKBOT = "USLACKBOT"
_SLACKBOT_DM = "D0SLACKBOT"


class Places:
    """What becomes of channels, named by their ids, and of the workspace. `by` is whoever does it, if anybody is named.

    Of public channels the app hears always, of private ones only as a member; those events have names of their own
    (group_archive, group_rename, group_deleted, group_left). https://docs.slack.dev/reference/events
    """

    def __init__(self, state: State, delivery: Delivery, keys: Keys) -> None:
        self._state, self._delivery, self._keys = state, delivery, keys

    def archive(self, channel: str, by: str = SLACKBOT) -> None:
        """A channel is archived: its history stays, nothing can be said there."""
        found = self._state.conversations[channel]
        found.is_archived = True
        self._tell(found, "archive", {"channel": channel, "user": by})

    def unarchive(self, channel: str, by: str = SLACKBOT) -> None:
        """It is opened again."""
        found = self._state.conversations[channel]
        found.is_archived = False
        self._tell(found, "unarchive", {"channel": channel, "user": by})

    def rename(self, channel: str, name: str) -> None:
        """A channel is called otherwise; its id stays."""
        found = self._state.conversations[channel]
        found.name = name
        about = {"id": channel, "name": name, "name_normalized": name, "created": int(self._state.wall())}
        self._tell(found, "rename", {"channel": about})

    def delete(self, channel: str, by: str = SLACKBOT) -> None:
        """A channel is deleted: its id is unknown from now on."""
        found = self._state.conversations.pop(channel)
        self._tell(found, "deleted", {"channel": channel, "actor_id": by})

    def hide(self, channel: str) -> None:
        """A public channel is made private. No event that we listen to tells of it."""
        self._state.conversations[channel].is_private = True

    def invite(self, channel: str, user: str | None = None, by: str = SLACKBOT) -> None:
        """Somebody is invited to a channel and is there at once: the app where nobody is named."""
        self._state.enter(self._state.conversations[channel], user or self._state.workspace.bot_user_id, by)

    def leave(self, channel: str, user: str) -> None:
        """A person leaves a channel, which the app hears of where it stays."""
        found = self._state.conversations[channel]
        found.members.discard(user)
        if self._state.workspace.bot_user_id in found.members:
            more = {"user": user, "channel": channel, "channel_type": "C", "team": self._state.workspace.team_id}
            self._event("member_left_channel", more)

    def kick_bot(self, channel: str, by: str, *, told: bool = True) -> None:
        """Somebody removes the app from a channel.

        channel_left "is sometimes withheld": `told=False` (https://docs.slack.dev/reference/events/channel_left).
        Slackbot writes to the app about it, in a DM of theirs.
        """
        found = self._state.conversations[channel]
        found.members.discard(self._state.workspace.bot_user_id)
        if told:
            kind = "group_left" if found.is_private else "channel_left"
            self._event(kind, {"channel": channel, "actor_id": by})
        ts = self._state.new_ts()
        text = f"You have been removed from #{found.name} by <@{by}>"
        about = {"channel": _SLACKBOT_DM, "channel_type": "im", "team": self._state.workspace.team_id}
        message = {"type": "message", "user": SLACKBOT, "text": text, "ts": ts, "event_ts": ts}
        self._delivery.event("message.im", about | message)

    def rename_workspace(self, name: str) -> None:
        """The workspace is called otherwise: auth.test tells it; team_rename needs a scope (team:read) of its own."""
        self._state.workspace = dataclasses.replace(self._state.workspace, name=name)
        self._event("team_rename", {"name": name})

    def uninstall(self) -> None:
        """The app is removed from the workspace: both events in no certain order, and its token works no more."""
        bot = self._state.workspace.bot_user_id
        self._keys.bot = "account_inactive"
        self._event("tokens_revoked", {"tokens": {"oauth": [], "bot": [bot]}})
        self._event("app_uninstalled", {})

    def revoke_tokens(self) -> None:
        """Somebody revokes the app's token, while the app stays installed."""
        self._keys.bot = "token_revoked"
        self._event("tokens_revoked", {"tokens": {"oauth": [], "bot": [self._state.workspace.bot_user_id]}})

    def _tell(self, found: Conversation, what: str, more: Json) -> None:
        if found.is_private and self._state.workspace.bot_user_id not in found.members:
            return
        self._event(f"{'group' if found.is_private else 'channel'}_{what}", more)

    def _event(self, kind: str, more: Json) -> None:
        self._delivery.event(kind, {"type": kind, **more, "event_ts": self._state.new_ts()})
