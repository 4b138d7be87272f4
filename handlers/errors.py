"""What escapes a handler: a log line with a reference, never an exception shown to a person."""

from __future__ import annotations

import secrets

import structlog
from slack_bolt.async_app import AsyncApp

log = structlog.get_logger()


def register(app: AsyncApp) -> None:
    """Catch what listeners raise."""
    app.error(caught)


async def caught(error: Exception) -> None:
    """Log it. Slack tells the person that their tap did not work, since nothing was acknowledged."""
    log.error("handler failed", reference=secrets.token_hex(4), exc_info=error)
