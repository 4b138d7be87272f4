"""Direct messages: they are stored by the middleware and worked on by the intake; here they are only accepted."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.delivery.intake import Intake


@dataclass(frozen=True)
class Messages:
    """Accepts message events, so that Bolt acknowledges them."""

    intake: Intake

    def register(self, app: AsyncApp) -> None:
        app.event("message")(self.accept)

    async def accept(self) -> None:
        """Stored already; have it looked at."""
        self.intake.ring()
