"""An installation for tests, and a database to keep it in."""

from __future__ import annotations

from datetime import UTC, datetime

from cryptography.fernet import Fernet

from bot.ports.installations import Installation

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
NEW, OLD, LOST = (Fernet.generate_key().decode() for _ in range(3))
NORTH = Installation(
    id="T0NORTH", name="Northwind", app_id="A1", bot_user_id="U0BOT", bot_id="B0BOT", scopes=("chat:write",),
    installed_by="U1", installed_at=AT, bot_token="xoxb-north-secret", refresh_token="xoxe-1-north-secret",
)  # fmt: skip
