"""Settings: read from the environment and .env, and one sentence that names the one that cannot be used."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings import Settings, load
from storage.address import SqliteFile

EXAMPLE = Path(__file__).parents[2] / ".env.example"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("bare")
def test_without_any_setting_the_defaults_are_a_product_that_needs_only_tokens() -> None:
    settings = load()
    assert settings.huddle_command == "/coach"
    assert settings.database == SqliteFile(Path("huddle.db"))
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
    ("HUDDLE_ADMIN", "ada", "a Slack member id such as U0123ABCD is needed"),
    ("HUDDLE_COMMAND", "coach", "a slash command is / and up to 31 small letters"),
    ("HUDDLE_COMMAND", "/Coach Me", "a slash command is / and up to 31 small letters"),
    ("HUDDLE_COMMAND", "/" + "c" * 32, "a slash command is / and up to 31 small letters"),
    ("HUDDLE_DATABASE", "", "a path such as huddle.db or an address such as postgresql://huddle@host/huddle"),
    ("HUDDLE_DATABASE", "mysql://secret@host/huddle", "only a path, sqlite:///… and postgresql://… can be used"),
    ("HUDDLE_DATABASE", "sqlite://", "a SQLite address is sqlite:/// and a path"),
    ("HUDDLE_DATABASE", "sqlite:///:memory:", "a SQLite address is sqlite:/// and a path"),
    ("HUDDLE_DATABASE", "postgresql://u:secret@host:x/huddle", "what is special in a password is written as %40"),
    ("HUDDLE_DATABASE", "postgresql://u:secret@host", "a PostgreSQL address ends in the database's name"),
    ("HUDDLE_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
    ("HUDDLE_LOG_FORMAT", "xml", "'auto', 'console' or 'json'"),
    ("HUDDLE_SOCKETS", "0", "greater than or equal to 1"),
    ("HUDDLE_SOCKETS", "11", "less than or equal to 10"),
    ("HUDDLE_DEAF_AFTER", "9", "greater than or equal to 10"),
    ("HUDDLE_DEAF_AFTER", "nan", "less than or equal to 3600"),
    (
        "HUDDLE_PUBLIC_URL",
        "coach.example.com",
        "an address such as https://coach.example.com is needed, without a path",
    ),
    ("HUDDLE_PUBLIC_URL", "http://coach.example.com", "an address such as https://coach.example.com is needed"),
    ("HUDDLE_PUBLIC_URL", "https://coach.example.com/slack", "without a path"),
    ("HUDDLE_PUBLIC_URL", "https://u:secret@example.com", "without a path"),
    ("HUDDLE_HTTP_PORT", "0", "greater than or equal to 1"),
    ("HUDDLE_HTTP_PORT", "http", "valid integer"),
    ("HUDDLE_HEALTH_PORT", "65536", "less than or equal to 65535"),
    ("HUDDLE_HEALTH_PORT", "", "valid integer"),
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
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("huddle.db", "huddle.db"),
        ("/var/lib/huddle/huddle.db", "/var/lib/huddle/huddle.db"),
        ("sqlite:///huddle.db", "huddle.db"),
        ("sqlite:////var/lib/huddle.db", "/var/lib/huddle.db"),
        (
            "postgresql://huddle:secret@db.example:5433/coach?sslmode=require",
            "postgresql://huddle@db.example:5433/coach",
        ),
        ("postgres://huddle:s%40cret@db.example/coach", "postgresql://huddle@db.example/coach"),
        ("postgresql:///coach?host=/run/postgresql&password=secret", "postgresql:///run/postgresql/coach"),
    ],
)
def test_a_database_is_a_path_or_an_address_and_shown_without_its_password(
    monkeypatch: pytest.MonkeyPatch, value: str, shown: str
) -> None:
    given(monkeypatch, HUDDLE_DATABASE=value)
    settings = load()
    assert str(settings.database) == shown
    told = repr(settings) + repr(settings.database) + settings.model_dump_json() + str(settings.database)
    assert "secret@" not in told
    assert "=secret" not in told
    assert "cret" not in repr(settings.database)


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
    for told in (repr(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert "-secret" not in told  # one setting has the word in its name


@pytest.mark.usefixtures("bare")
def test_by_default_events_come_by_two_sockets_and_only_this_machine_is_listened_to() -> None:
    settings = load()
    assert (settings.huddle_sockets, settings.huddle_deaf_after) == (2, 120)
    assert (settings.huddle_http_host, settings.huddle_http_port) == ("127.0.0.1", None)
    assert (settings.huddle_health_host, settings.huddle_health_port) == ("127.0.0.1", 8790)
    assert settings.signing_secret() is None


@pytest.mark.usefixtures("bare")
def test_over_http_no_app_level_token_is_needed_nor_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SLACK_BOT_TOKEN="xoxb-1-secret", SLACK_SIGNING_SECRET="a-secret", HUDDLE_HTTP_PORT="8080")
    assert load().tokens() == ("xoxb-1-secret", "")
    given(monkeypatch, SLACK_APP_TOKEN="xapp-1-secret")
    settings = load()
    assert settings.tokens() == ("xoxb-1-secret", "")
    assert settings.signing_secret() == "a-secret"
    assert "a-secret" not in repr(settings)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("there", "missing"),
    [("SLACK_SIGNING_SECRET", "HUDDLE_HTTP_PORT"), ("HUDDLE_HTTP_PORT", "SLACK_SIGNING_SECRET")],
)
def test_half_of_http_is_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch, there: str, missing: str) -> None:
    given(monkeypatch, **TOKENS, **{there: "8080", missing: " "})
    with pytest.raises(SettingsError) as caught:
        load().tokens()
    told = str(caught.value)
    assert told == f"{there} is set and {missing} is not. Events over HTTP need both, Socket Mode neither."


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


# -- many workspaces

MANY = {
    "SLACK_CLIENT_ID": "111.222",
    "SLACK_CLIENT_SECRET": "a-secret",
    "HUDDLE_KEYS": "new-secret, old-secret",
    "HUDDLE_PUBLIC_URL": "https://coach.example.com/",
    "SLACK_SIGNING_SECRET": "b-secret",
    "HUDDLE_HTTP_PORT": "8080",
}


@pytest.mark.usefixtures("bare")
def test_without_a_client_id_there_is_one_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **TOKENS, SLACK_CLIENT_ID=" ", SLACK_CLIENT_SECRET="", HUDDLE_KEYS="", HUDDLE_PUBLIC_URL="")
    assert load().oauth() is None


@pytest.mark.usefixtures("bare")
def test_what_many_workspaces_take_is_handed_out_together_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **MANY)
    settings = load()
    oauth = settings.oauth()
    assert oauth is not None
    assert (oauth.client_id, oauth.client_secret) == ("111.222", "a-secret")
    assert (oauth.keys, oauth.public_url) == (("new-secret", "old-secret"), "https://coach.example.com")
    for told in (repr(settings), repr(oauth), settings.model_dump_json()):
        assert "-secret" not in told


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("missing", [name for name in MANY if name != "SLACK_CLIENT_ID"])
def test_what_many_workspaces_still_need_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    given(monkeypatch, **MANY | {missing: ""})
    with pytest.raises(SettingsError) as caught:
        load().oauth()
    assert str(caught.value) == (
        f"SLACK_CLIENT_ID is set and {missing} is not. Installing into many workspaces needs both; "
        "docs/workspaces.md says where to find it."
    )


@pytest.mark.usefixtures("bare")
def test_one_token_and_many_workspaces_exclude_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **MANY, **TOKENS)
    with pytest.raises(SettingsError, match=r"are both set\. .* take SLACK_BOT_TOKEN out\.$"):
        load().oauth()


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
