"""Settings: read from the environment and .env, and one sentence that names the one that cannot be used."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings import Settings, load

EXAMPLE = Path(__file__).parents[2] / ".env.example"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("bare")
def test_without_any_setting_the_defaults_are_a_product_that_needs_only_tokens() -> None:
    settings = load()
    assert settings.huddle_command == "/coach"
    assert settings.huddle_database == Path("huddle.db")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.openai_api_key is None
    assert (settings.huddle_log_level, settings.huddle_log_format) == ("info", "auto")


BAD = [
    ("SLACK_BOT_TOKEN", "xoxp-1-secret", "a bot token starts with xoxb-"),
    ("SLACK_BOT_TOKEN", "secret", "a bot token starts with xoxb-"),
    ("SLACK_APP_TOKEN", "xoxb-1-secret", "an app-level token starts with xapp-"),
    ("SLACK_API_URL", "slack.com", "an address such as https://slack.com/api/ is needed"),
    ("SLACK_API_URL", "", "an address such as https://slack.com/api/ is needed"),
    ("SLACK_API_URL", "https://slack.com/api/ secret", "an address such as https://slack.com/api/ is needed"),
    ("HUDDLE_COMMAND", "coach", "a slash command is / and up to 31 small letters"),
    ("HUDDLE_COMMAND", "/Coach Me", "a slash command is / and up to 31 small letters"),
    ("HUDDLE_COMMAND", "/" + "c" * 32, "a slash command is / and up to 31 small letters"),
    ("HUDDLE_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
    ("HUDDLE_LOG_FORMAT", "xml", "'auto', 'console' or 'json'"),
    ("OPENAI_TIMEOUT", "soon", "valid number"),
    ("OPENAI_TIMEOUT", "", "valid number"),
    ("OPENAI_TIMEOUT", "0", "greater than 0"),
    ("OPENAI_TIMEOUT", "61", "less than or equal to 60"),
    ("OPENAI_TIMEOUT", "nan", "less than or equal to 60"),
    ("OPENAI_CALLS_A_DAY", "-1", "greater than or equal to 0"),
    ("OPENAI_TOKENS_A_DAY", "many", "valid integer"),
]


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("name", "value", "says"), BAD)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    given(monkeypatch, **{name: value})
    with pytest.raises(SettingsError) as caught:
        load()
    told = str(caught.value)
    assert told.startswith(f"{name} cannot be used: ")
    assert says in told
    assert told.endswith(".")
    assert "\n" not in told
    assert "secret" not in told


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("missing", TOKENS)
@pytest.mark.parametrize("left", ["", "   ", None])
def test_a_missing_token_is_named_when_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, missing: str, left: str | None
) -> None:
    given(monkeypatch, **{name: value for name, value in TOKENS.items() if name != missing})
    if left is not None:
        given(monkeypatch, **{missing: left})
    settings = load()
    with pytest.raises(SettingsError, match=rf"^{missing} is not set\. .*\.env\.example says where to find it\.$"):
        settings.tokens()


@pytest.mark.usefixtures("bare")
def test_both_tokens_are_handed_out_only_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **TOKENS, OPENAI_API_KEY="sk-secret")
    settings = load()
    assert settings.tokens() == ("xoxb-1-secret", "xapp-1-secret")
    assert "secret" not in repr(settings)
    assert "secret" not in str(settings.model_dump())
    assert "secret" not in settings.model_dump_json()


@pytest.mark.usefixtures("bare")
def test_what_is_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, OPENAI_API_KEY="", OPENAI_BASE_URL=" ", SLACK_BOT_TOKEN="")
    settings = load()
    assert (settings.openai_api_key, settings.openai_base_url, settings.slack_bot_token) == (None, None, None)


@pytest.mark.usefixtures("bare")
def test_an_address_gets_the_slash_that_the_client_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SLACK_API_URL="http://127.0.0.1:4300/api")
    assert load().slack_api_url == "http://127.0.0.1:4300/api/"


def test_the_env_file_is_read_and_the_environment_wins(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / ".env").write_text("HUDDLE_COMMAND=/from-file\nHUDDLE_LOG_LEVEL=debug\nSOMETHING_ELSE=1\n", "utf-8")
    given(monkeypatch, HUDDLE_COMMAND="/from-env")
    settings = load()
    assert settings.huddle_command == "/from-env"
    assert settings.huddle_log_level == "debug"


def test_an_env_file_that_is_no_text_is_told_in_one_sentence(bare: Path) -> None:
    (bare / ".env").write_bytes("HUDDLE_COMMAND=/coach\n".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"^\.env cannot be read; it must be a text file in UTF-8\.$"):
        load()


@pytest.mark.usefixtures("bare")
def test_settings_do_not_change_once_they_are_read() -> None:
    with pytest.raises(ValidationError):
        load().huddle_command = "/other"  # type: ignore[misc]


# -- the example


def example_lines() -> list[str]:
    return EXAMPLE.read_text("utf-8").splitlines()


def test_the_example_names_every_setting_and_no_other() -> None:
    named = [line.partition("=")[0] for line in example_lines() if line and not line.startswith("#")]
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_in_the_example_is_explained_on_the_line_above() -> None:
    for before, line in pairwise(example_lines()):
        if line and not line.startswith("#"):
            assert before.startswith("# "), line
            assert before.endswith("."), before


@pytest.mark.usefixtures("bare")
def test_the_example_as_it_is_gives_the_defaults() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)
