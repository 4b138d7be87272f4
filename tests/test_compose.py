"""The container and how two of them run: as little rights as it takes, secrets from outside, known settings only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.adapters.oauth import REDIRECT
from bot.settings import Settings
from bot.web import EVENTS

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKERS = ("worker-1", "worker-2")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
SECRETS = (
    "POSTGRES_PASSWORD",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_SECRET",
    "HUDDLE_KEYS",
    "OPENAI_API_KEY",
)
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "HUDDLE_KEYS": "k",
    "HUDDLE_PUBLIC_URL": "https://coach.example.com",
}
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text("utf-8"))
OVER_HTTP: dict[str, Any] = yaml.safe_load((ROOT / "manifest-http.yaml").read_text("utf-8"))


def test_there_are_two_workers_and_a_database() -> None:
    assert set(SERVICES) == {*WORKERS, "database"}
    assert SERVICES["database"]["image"] == "postgres:17"


def test_the_workers_differ_in_nothing_but_their_ports() -> None:
    one, other = ({k: v for k, v in SERVICES[name].items() if k != "ports"} for name in WORKERS)
    assert one == other


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_has_no_more_rights_than_it_needs(name: str) -> None:
    worker = SERVICES[name]
    assert worker["read_only"] is True
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", worker["user"]), "not root"
    assert worker["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in worker["security_opt"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "volumes"} & set(worker)


def test_every_port_is_published_on_this_machine_only_and_once() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    outside = [port.split(":")[1] for port in ports]
    assert len(set(outside)) == len(outside) == 4
    assert "ports" not in SERVICES["database"]


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_is_healthy_when_it_is_ready_and_starts_after_the_database(name: str) -> None:
    worker = SERVICES[name]
    assert f":{worker['environment']['HUDDLE_HEALTH_PORT']}/readyz" in worker["healthcheck"]["test"][-1]
    assert worker["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in SERVICES["database"]["healthcheck"]["test"]
    assert worker["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_gets_ten_seconds_and_more_to_finish(name: str) -> None:
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > 10


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_is_given_settings_that_there_are(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= {field.upper() for field in Settings.model_fields}
    assert SERVICES[name]["environment"]["HUDDLE_DATABASE"].startswith("postgresql://")


@pytest.mark.parametrize(
    "given",
    [
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "HUDDLE_HTTP_PORT": "8080"},
        {"SLACK_SIGNING_SECRET": "s", "HUDDLE_HTTP_PORT": "8080", **MANY},
    ],
)
def test_the_settings_of_a_worker_can_be_used_in_every_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    outside = {"POSTGRES_PASSWORD": "p4ssw0rd", **given}

    def filled(match: re.Match[str]) -> str:
        name, _, otherwise = match[1].partition(":")
        return outside.get(name, otherwise.removeprefix("-"))

    for name, value in SERVICES["worker-1"]["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{([^}]*)\}", filled, str(value)))
    settings = Settings()
    assert (settings.oauth() is not None) == ("SLACK_CLIENT_ID" in given)
    if "SLACK_BOT_TOKEN" in given:
        settings.tokens()
    assert (settings.signing_secret() is not None) == ("SLACK_SIGNING_SECRET" in given)


def test_secrets_come_from_outside() -> None:
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if name in SECRETS:
                assert value.startswith("${" + name + ":"), name
    text = "\n".join(DOCKERFILE)
    assert not [name for name in (*SECRETS, "xoxb-", "xapp-") if name in text]


def test_what_needs_a_secret_says_so_when_it_is_missing() -> None:
    assert re.search(r"\$\{POSTGRES_PASSWORD:\?", (ROOT / "compose.yaml").read_text("utf-8"))


# -- the image


def test_the_image_is_made_of_what_the_lock_names_with_its_hashes() -> None:
    installs = [line for line in DOCKERFILE if re.search(r"\bpip\b.* (install|wheel) ", line)]
    assert installs
    for line in installs:
        assert "--require-hashes" in line or "--no-index" in line, line


def test_the_image_runs_as_a_user_that_is_not_root_and_is_the_one_of_the_workers() -> None:
    users = [line.split()[1] for line in DOCKERFILE if line.startswith("USER ")]
    assert users == [SERVICES["worker-1"]["user"]]
    assert DOCKERFILE.index(f"USER {users[0]}") > max(n for n, line in enumerate(DOCKERFILE) if line.startswith("FROM"))


def test_the_image_holds_what_is_named_and_no_env_file() -> None:
    lines = [x for x in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if x and not x.startswith("#")]
    assert lines[0] == "*", "what is not named stays outside"
    copied = {line.split()[1] for line in DOCKERFILE if line.startswith("COPY ") and "--from" not in line}
    assert {x.removeprefix("!") for x in lines if x.startswith("!")} == copied
    assert "**/.env*" in lines


# -- the manifest for HTTP


def test_the_manifest_for_http_is_the_other_one_but_for_the_way_that_events_come() -> None:
    address = f"https://YOUR-HOST{EVENTS}"
    settings = OVER_HTTP["settings"]
    assert settings.pop("socket_mode_enabled") is False
    assert settings["event_subscriptions"].pop("request_url") == address
    assert settings["interactivity"].pop("request_url") == address
    assert [command.pop("url") for command in OVER_HTTP["features"]["slash_commands"]] == [address]
    assert OVER_HTTP["oauth_config"].pop("redirect_urls") == [f"https://YOUR-HOST{REDIRECT}"]
    assert MANIFEST["settings"].pop("socket_mode_enabled") is True
    assert OVER_HTTP == MANIFEST
