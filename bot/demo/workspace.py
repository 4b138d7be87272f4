"""The workspace that a Slack stand-in is started with: its people, its channels, the keys of our app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    """One person of the workspace; `tz` is an IANA zone. The flags are named as in Slack's users.info.

    A guest `is_restricted` (several channels), perhaps `is_ultra_restricted` too (one channel). Who is here by Slack
    Connect has the `team_id` of another workspace, and `is_stranger` while no channel of the app is shared with them.
    """

    id: str  # starts with U
    name: str
    real_name: str
    tz: str
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    team_id: str | None = None

    @property
    def dm(self) -> str:
        """The channel in which this person and the bot talk. It is the same at every start."""
        return "D" + self.id[1:]

    @property
    def zone(self) -> ZoneInfo:
        """The zone they live in."""
        return ZoneInfo(self.tz)

    @property
    def flags(self) -> Json:
        """Their standing, in the fields of users.info."""
        return {
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "deleted": self.deleted,
        }


@dataclass(frozen=True)
class Channel:
    """A channel; only where the bot is among the `members` can it hear and post."""

    id: str  # starts with C
    name: str
    members: tuple[str, ...]
    is_private: bool = False


@dataclass(frozen=True)
class Workspace:
    """Everything a stand-in knows before anyone speaks. Each user has a direct channel with the bot."""

    users: tuple[User, ...]
    channels: tuple[Channel, ...] = ()
    name: str = "Stand-in"
    domain: str = "stand-in"
    team_id: str = "T0STANDIN"
    app_id: str = "A0HUDDLE"
    bot_user_id: str = "U0HUDDLE"
    bot_name: str = "huddle-coach"
    bot_token: str = "xoxb-stand-in"  # noqa: S105 - opens nothing but a stand-in on this machine
    app_token: str = "xapp-stand-in"  # noqa: S105 - as above
    scopes: tuple[str, ...] = (
        "chat:write",
        "commands",
        "im:history",
        "im:write",
        "users:read",
        "channels:read",
        "groups:read",
        "channels:join",
        "files:write",
    )

    @property
    def bot_id(self) -> str:
        """The id under which the bot's messages are signed (Slack has one for the user, one for the bot)."""
        return "B" + self.bot_user_id[1:]

    def conversations(self) -> list[Json]:
        """All channels and direct channels, in the fields that both stand-ins use."""
        channels = [_conversation(c.id, c.name, c.members, private=c.is_private) for c in self.channels]
        direct = [_conversation(u.dm, f"dm-{u.name}", (u.id, self.bot_user_id), direct=True) for u in self.users]
        return channels + direct


def _conversation(
    id_: str, name: str, members: tuple[str, ...], *, direct: bool = False, private: bool = False
) -> Json:
    return {
        "id": id_,
        "name": name,
        "is_channel": not direct,
        "is_private": direct or private,
        "is_im": direct,
        "topic": "",
        "purpose": "",
        "members": list(members),
    }
