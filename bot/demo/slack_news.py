"""What changes around the people of the small Slack, which the larger stand-in has nothing of."""

from __future__ import annotations

from bot.demo.slack_screen import Screen


class News(Screen):
    """People and channels change: the app hears of each as from Slack, and the Web API agrees afterwards."""

    async def deactivate(self, user: str) -> None:
        """Somebody's account is closed."""
        await self.do("change-user", user=user, deleted=True)

    async def moves(self, user: str, tz: str) -> None:
        """Somebody's zone is another one."""
        await self.do("change-user", user=user, tz=tz)

    async def stands(self, user: str, **flags: bool) -> None:
        """Somebody's standing: is_admin, is_owner, is_restricted, is_ultra_restricted, is_stranger."""
        await self.do("change-user", user=user, **flags)

    async def sets_status(self, user: str, text: str = "", emoji: str = "", until: int = 0) -> None:
        """A status, `until` a Unix time (0: until it is changed)."""
        status = {"status_text": text, "status_emoji": emoji, "status_expiration": until}
        await self.do("change-user", user=user, status=status)

    async def archive(self, channel: str) -> None:
        """A channel is archived."""
        await self.do("change-channel", channel=channel, is_archived=True)

    async def rename_channel(self, channel: str, name: str) -> None:
        """A channel is called otherwise."""
        await self.do("change-channel", channel=channel, name=name)

    async def make_private(self, channel: str) -> None:
        """A channel is seen by its members alone from now on."""
        await self.do("change-channel", channel=channel, is_private=True)

    async def delete_channel(self, channel: str) -> None:
        """A channel is deleted."""
        await self.do("change-channel", channel=channel, deleted=True)

    async def invite_bot(self, channel: str, by: str) -> None:
        """Somebody invites the app to a channel."""
        await self.do("add-member", channel=channel, by=by)

    async def kick_bot(self, channel: str, by: str) -> None:
        """Somebody removes the app from a channel."""
        await self.do("remove-member", channel=channel, by=by)

    async def rename_workspace(self, name: str) -> None:
        """The workspace is called otherwise."""
        await self.do("rename-workspace", name=name)

    async def uninstall(self) -> None:
        """The app is removed from the workspace; its token works no more."""
        await self.do("uninstall")
