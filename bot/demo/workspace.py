"""The workspace that a Slack stand-in is started with: its people, its channels, the keys of our app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    """One person of the workspace; `tz` is an IANA zone."""

    id: str  # starts with U
    name: str
    real_name: str
    tz: str

    @property
    def dm(self) -> str:
        """The channel in which this person and the bot talk. It is the same at every start."""
        return "D" + self.id[1:]

    @property
    def zone(self) -> ZoneInfo:
        """The zone they live in."""
        return ZoneInfo(self.tz)


@dataclass(frozen=True)
class Channel:
    """A public channel; only where the bot is among the `members` can it hear and post."""

    id: str  # starts with C
    name: str
    members: tuple[str, ...]


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
    scopes: tuple[str, ...] = ("chat:write", "im:history", "im:write", "users:read", "commands")

    @property
    def bot_id(self) -> str:
        """The id under which the bot's messages are signed (Slack has one for the user, one for the bot)."""
        return "B" + self.bot_user_id[1:]

    def conversations(self) -> list[Json]:
        """All channels and direct channels, in the fields that both stand-ins use."""
        public = [_conversation(c.id, c.name, c.members, direct=False) for c in self.channels]
        direct = [_conversation(u.dm, f"dm-{u.name}", (u.id, self.bot_user_id), direct=True) for u in self.users]
        return public + direct


def _conversation(id_: str, name: str, members: tuple[str, ...], *, direct: bool) -> Json:
    return {
        "id": id_,
        "name": name,
        "is_channel": not direct,
        "is_private": direct,
        "is_im": direct,
        "topic": "",
        "purpose": "",
        "members": list(members),
    }
