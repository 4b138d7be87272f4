"""What Bolt asks before each request: with which token is this workspace served?"""

from __future__ import annotations

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bot.adapters.installed import Installed


class Authorizing(AsyncAuthorize):
    """Answers from what is installed, without a call to Slack: Bolt's own asks `auth.test` each time."""

    def __init__(self, installed: Installed) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._installed = installed

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,  # noqa: ARG002 - Bolt's signature
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult | None:
        """The workspace's token; None for one that has not installed the app."""
        place = enterprise_id if context.is_enterprise_install else team_id
        found = await self._installed.of(place or team_id or enterprise_id or "", enterprise_id)
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=found.enterprise_id,
            team_id=team_id,
            bot_user_id=found.bot_user_id,
            bot_id=found.bot_id,
            bot_token=found.bot_token,
            bot_scopes=list(found.scopes),
            user_id=user_id,
        )
