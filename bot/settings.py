"""The settings: from the environment and a .env file, read once, passed down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError, StorageError
from storage.address import Address, parse


@dataclass(frozen=True)
class OAuth:
    """What installing into many workspaces takes. `keys` seal tokens, the newest first; `public_url` has no path."""

    client_id: str
    client_secret: str = field(repr=False)
    keys: tuple[str, ...] = field(repr=False)
    public_url: str


class Settings(BaseSettings):
    """Everything that can be set; `.env.example` has a line for each."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    huddle_keys: SecretStr | None = None
    huddle_public_url: str | None = None
    slack_api_url: str = "https://slack.com/api/"
    huddle_sockets: int = Field(default=2, ge=1, le=10)
    huddle_deaf_after: float = Field(default=120, ge=10, le=3600)
    huddle_http_host: str = "127.0.0.1"
    huddle_http_port: int | None = Field(default=None, ge=1, le=65535)
    huddle_health_host: str = "127.0.0.1"
    huddle_health_port: int = Field(default=8790, ge=0, le=65535)
    huddle_command: str = "/coach"
    huddle_admin: str | None = None
    huddle_database: SecretStr = SecretStr("huddle.db")
    huddle_log_level: Literal["debug", "info", "warning", "error"] = "info"
    huddle_log_format: Literal["auto", "console", "json"] = "auto"
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_model: str = "gpt-4o-mini"
    openai_timeout: float = Field(default=8.0, gt=0, le=60)
    openai_calls_a_day: int = Field(default=500, ge=0)
    openai_tokens_a_day: int = Field(default=500_000, ge=0)

    @field_validator(
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "slack_client_id",
        "slack_client_secret",
        "huddle_keys",
        "huddle_public_url",
        "huddle_http_port",
        "huddle_admin",
        "openai_api_key",
        "openai_base_url",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("a bot token starts with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token starts with xapp-")
        return value

    @field_validator("huddle_public_url")
    @classmethod
    def _public_url(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"(https://|http://(127\.0\.0\.1|localhost)\b)[^\s/?#@]*/?", value):
            raise ValueError("an address such as https://coach.example.com is needed, without a path")
        return value and value.rstrip("/")

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", value):
            raise ValueError("an address such as https://slack.com/api/ is needed")
        return value if value.endswith("/") else value + "/"

    @field_validator("huddle_command")
    @classmethod
    def _command(cls, value: str) -> str:
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", value):
            raise ValueError("a slash command is / and up to 31 small letters, digits, - or _")
        return value

    @field_validator("huddle_admin")
    @classmethod
    def _member(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[UW][A-Z0-9]{2,}", value):
            raise ValueError("a Slack member id such as U0123ABCD is needed")
        return value

    @field_validator("huddle_database", mode="before")
    @classmethod
    def _database(cls, value: object) -> object:
        return str(value) if isinstance(value, Path) else value

    @field_validator("huddle_database")
    @classmethod
    def _database_address(cls, value: SecretStr) -> SecretStr:
        try:
            parse(value.get_secret_value())
        except StorageError as error:
            raise ValueError(str(error)) from None
        return value

    @property
    def database(self) -> Address:
        """Where the database is. The setting is a secret, since an address may have a password in it."""
        return parse(self.huddle_database.get_secret_value())

    def oauth(self) -> OAuth | None:
        """What installing into many workspaces takes; None where there is one, by its token.

        Raises `SettingsError` naming what is missing, or what must not be there.
        """
        if self.slack_client_id is None:
            return None
        if self.slack_bot_token is not None:
            raise SettingsError(
                "SLACK_CLIENT_ID and SLACK_BOT_TOKEN are both set. Each workspace that installs the app brings its own "
                "token, so take SLACK_BOT_TOKEN out."
            )
        secret, keys, public = self.slack_client_secret, self.huddle_keys, self.huddle_public_url
        needed = (
            ("SLACK_CLIENT_SECRET", secret),
            ("HUDDLE_KEYS", keys),
            ("HUDDLE_PUBLIC_URL", public),
            ("SLACK_SIGNING_SECRET", self.slack_signing_secret),
            ("HUDDLE_HTTP_PORT", self.huddle_http_port),
        )
        for name, value in needed:
            if value is None:
                raise SettingsError(
                    f"SLACK_CLIENT_ID is set and {name} is not. Installing into many workspaces needs both; "
                    "docs/workspaces.md says where to find it."
                )
        assert secret is not None
        assert keys is not None
        assert public is not None
        newest_first = tuple(key for key in re.split(r"[,\s]+", keys.get_secret_value()) if key)
        return OAuth(self.slack_client_id, secret.get_secret_value(), newest_first, public)

    def tokens(self) -> tuple[str, str]:
        """The bot token and the app-level token, which is empty where events come over HTTP.

        Raises `SettingsError` naming what is missing.
        """
        over_http = self.signing_secret() is not None
        for name, value, needed in (
            ("SLACK_BOT_TOKEN", self.slack_bot_token, True),
            ("SLACK_APP_TOKEN", self.slack_app_token, not over_http),
        ):
            if value is None and needed:
                raise SettingsError(f"{name} is not set. Put it into .env; .env.example says where to find it.")
        assert self.slack_bot_token is not None
        app_token = "" if over_http or self.slack_app_token is None else self.slack_app_token.get_secret_value()
        return self.slack_bot_token.get_secret_value(), app_token

    def signing_secret(self) -> str | None:
        """The signing secret where events come over HTTP, None where they come by Socket Mode.

        Raises `SettingsError` when the settings are half of each.
        """
        if (self.slack_signing_secret is None) != (self.huddle_http_port is None):
            there, missing = "SLACK_SIGNING_SECRET", "HUDDLE_HTTP_PORT"
            if self.slack_signing_secret is None:
                there, missing = missing, there
            raise SettingsError(
                f"{there} is set and {missing} is not. Events over HTTP need both, Socket Mode neither."
            )
        return None if self.slack_signing_secret is None else self.slack_signing_secret.get_secret_value()


def load() -> Settings:
    """The settings, or one sentence naming what is wrong with which."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "a setting"
        raise SettingsError(f"{name} cannot be used: {first['msg'].removeprefix('Value error, ')}.") from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(".env cannot be read; it must be a text file in UTF-8.") from None
