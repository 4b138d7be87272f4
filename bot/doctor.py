"""`huddle doctor`: each part checked, what is wrong said in a sentence, and how to mend it in another."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from rich.console import Console
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.openai_coach import completions
from bot.adapters.slack_messenger import translated
from bot.app import web_client
from bot.clock import system_clock
from bot.doctor_workspaces import workspaces
from bot.errors import HuddleError, SettingsError, StorageError
from bot.finding import Finding as Finding
from bot.ports.slack import NotAllowed, Refused
from bot.ports.usage import DayUse
from bot.scopes import SCOPES
from bot.services.reach import large_mornings
from bot.settings import Settings, load
from storage.address import Address, PostgresServer
from storage.looking import look, use_on, zones_on
from storage.migrate import newest
from storage.open import open_existing
from storage.server import OLDEST
from storage.usage import use_of_day

SKEW = timedelta(seconds=60)
"""More than this and messages go out noticeably early or late."""


def show(out: Console, findings: Sequence[Finding]) -> None:
    """The findings, a line each, with the mend under what is wrong."""
    for f in findings:
        out.print(f"[green]ok[/]   {f.part}:" if f.well else f"[red]bad[/]  {f.part}:", end=" ")
        out.print(f.says, markup=False)
        if not f.well:
            out.print(f"     {f.mend}", markup=False)


async def examine() -> list[Finding]:
    """Every check, in the order in which things must work."""
    try:
        settings = load()
    except SettingsError as error:
        return [Finding("settings", False, str(error), "Mend it in .env or in the environment.")]
    findings = [Finding("settings", True, "read")]
    findings += await slack(settings)
    findings.append(await asyncio.to_thread(database, settings))
    findings.append(await asyncio.to_thread(zones, settings))
    findings.append(await mornings(settings, system_clock()))
    findings.append(await model(settings))
    if settings.openai_api_key is not None:
        findings.append(await asyncio.to_thread(model_use, settings, system_clock()))
    return findings


async def slack(settings: Settings) -> list[Finding]:
    """Tokens, scopes, the clock against Slack's, and whether a socket can be opened; or the same of many workspaces."""
    try:
        if oauth := settings.oauth():
            return [*await workspaces(settings, oauth), over_http_at(settings)]
        bot_token, app_token = settings.tokens()
    except SettingsError as error:
        return [Finding("tokens", False, str(error), "README has the steps that make the two tokens.")]
    client = web_client(settings, bot_token)
    try:
        answer: Any = await client.auth_test()
    except SlackApiError as error:
        trouble = translated(error)
        if not isinstance(trouble, Refused | NotAllowed):
            return [unreachable(settings, str(trouble))]
        says = f"Slack refuses it ({trouble})."
        return [Finding("bot token", False, says, "Install the app again and copy the new token.")]
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        return [unreachable(settings, type(error).__name__)]
    found = [Finding("bot token", True, f"{answer['user']} in {answer['team']}")]
    found.append(scopes(answer.headers))
    found.append(clock(answer.headers, system_clock()))
    over_http = settings.signing_secret() is not None
    found.append(over_http_at(settings) if over_http else await socket(client, app_token))
    return found


def over_http_at(settings: Settings) -> Finding:
    """Where Slack is to send events; whether it can reach that address only Slack can tell."""
    where = f"{settings.huddle_http_host}:{settings.huddle_http_port}/slack/events"
    return Finding("events", True, f"over HTTP at {where}; Slack must reach it by the addresses in the app's settings")


def unreachable(settings: Settings, trouble: str) -> Finding:
    """Nothing is known of Slack, or of the tokens."""
    return Finding(
        "Slack",
        False,
        f"{settings.slack_api_url} cannot be reached ({trouble}).",
        "Check the network, a proxy (HTTPS_PROXY) and SLACK_API_URL.",
    )


def scopes(headers: Any) -> Finding:
    """Whether the token may do what the product does, by the header that Slack sends with every answer."""
    sent = next((v for k, v in headers.items() if k.lower() == "x-oauth-scopes"), None)
    if sent is None:
        return Finding("scopes", True, "not told by this server, so not checked")
    missing = [s for s in SCOPES if s not in {x.strip() for x in str(sent).split(",")}]
    if missing:
        return Finding(
            "scopes",
            False,
            f"missing: {', '.join(missing)}.",
            "Add them under OAuth & Permissions (or update the manifest), then install the app again.",
        )
    return Finding("scopes", True, ", ".join(SCOPES))


def clock(headers: Any, at: datetime) -> Finding:
    """This machine's clock against the time in Slack's answer."""
    sent = next((v for k, v in headers.items() if k.lower() == "date"), None)
    if sent is None:
        return Finding("clock", True, "no time came with the answer, so not checked")
    skew = at - parsedate_to_datetime(str(sent)).astimezone(UTC)
    if abs(skew) > SKEW:
        way = "fast" if skew > timedelta(0) else "slow"
        seconds = int(abs(skew).total_seconds())
        return Finding("clock", False, f"{seconds} s {way} against Slack.", "Turn on time synchronisation (NTP).")
    return Finding("clock", True, "agrees with Slack's")


async def socket(client: AsyncWebClient, app_token: str) -> Finding:
    """Whether Slack gives a Socket Mode address to the app-level token."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        reason = translated(error)
        return Finding(
            "socket",
            False,
            f"Slack gives no connection ({reason}).",
            "Turn Socket Mode on, and make an app-level token with the scope connections:write.",
        )
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        return Finding("socket", False, f"no answer ({type(error).__name__}).", "Check the network and try again.")
    return Finding("socket", True, "Slack gives a Socket Mode connection")


def database(settings: Settings) -> Finding:
    """Whether the file is whole, writable and of this version. A file that is not there yet is made by `run`."""
    where = settings.database
    if isinstance(where, PostgresServer):
        return server(where, system_clock())
    path = where.path
    if not path.exists():
        if not os.access(path.resolve().parent, os.W_OK):
            return Finding(
                "database",
                False,
                f"{path} cannot be made.",
                "Make its folder writable, or set HUDDLE_DATABASE.",
            )
        return Finding("database", True, f"{path} will be made at the first start")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            sound = " ".join(connection.execute("PRAGMA quick_check").fetchone()[0].split())
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            revision = (
                connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if "alembic_version" in tables
                else None
            )
    except sqlite3.Error as error:
        return Finding(
            "database",
            False,
            f"{path} cannot be read ({error}).",
            "Restore a backup, or set HUDDLE_DATABASE.",
        )
    if sound != "ok":
        return Finding("database", False, f"{path} is damaged ({sound}).", "Restore the last backup.")
    if not os.access(path, os.W_OK):
        return Finding(
            "database", False, f"{path} is read-only.", "Make the file and its folder writable for this user."
        )
    if revision is None or revision[0] != newest():
        now = revision[0] if revision else "none"
        return Finding("database", False, f"revision {now}, this version needs {newest()}.", "Run `huddle migrate`.")
    return Finding("database", True, f"{path}, sound, revision {revision[0]}")


def server(where: PostgresServer, at: datetime) -> Finding:
    """Whether a PostgreSQL server answers, lets us write, is of this version, and has our time."""
    part = "database"
    try:
        found = look(where)
    except StorageError as error:
        return Finding(part, False, str(error), "Mend it, or set HUDDLE_DATABASE.")
    if found.version < OLDEST:
        says = f"{where} is PostgreSQL {found.version}."
        return Finding(part, False, says, f"PostgreSQL {OLDEST} or newer is needed.")
    if not found.writable:
        return Finding(part, False, f"{where} is read-only for this user.", "Make the user the database's owner.")
    skew = abs(at - found.clock)
    if skew > SKEW:
        says = f"its clock and this machine's are {int(skew.total_seconds())} s apart."
        return Finding(part, False, says, "Turn on time synchronisation (NTP) on both.")
    if found.empty:
        return Finding(part, True, f"{where}, PostgreSQL {found.version}, empty: filled at the first start")
    if found.revision != newest():
        says = f"revision {found.revision or 'none'}, this version needs {newest()}."
        return Finding(part, False, says, "Run `huddle migrate`.")
    return Finding(part, True, f"{where}, PostgreSQL {found.version}, revision {found.revision}")


def zones(settings: Settings) -> Finding:
    """Whether this machine knows every zone that people live in."""
    names = {"Europe/Berlin"} | _zones_in(settings.database)
    unknown = []
    for name in sorted(names):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            unknown.append(name)
    if unknown:
        return Finding("time zones", False, f"unknown here: {', '.join(unknown)}.", "Update the tzdata package.")
    return Finding("time zones", True, f"all {len(names)} known")


def _zones_in(where: Address) -> set[str]:
    """None where the database cannot be read: its own finding says what is wrong with it."""
    try:
        if isinstance(where, PostgresServer):
            return zones_on(where)
        if not where.path.exists():
            return set()
        uri = f"{where.path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
            return {row[0] for row in connection.execute("SELECT DISTINCT zone FROM person")}
    except (sqlite3.Error, StorageError):
        return set()


async def mornings(settings: Settings, at: datetime) -> Finding:
    """How long the mornings take at which many are asked at once, at the pace at which Slack takes messages."""
    part, where = "mornings", settings.database
    if not isinstance(where, PostgresServer) and not where.path.exists():
        return Finding(part, True, "nobody is asked yet")
    try:
        storage = open_existing(where)
    except HuddleError:
        return Finding(part, True, "not known, see the database")
    try:
        large = await storage.read(lambda store: large_mornings(store, at))
    except Exception:
        return Finding(part, True, "not known, see the database")
    finally:
        storage.close()
    return Finding(part, True, "; ".join(map(str, large)) or "everybody is asked within a minute")


async def model(settings: Settings) -> Finding:
    """Whether the model answers, if one is configured."""
    if settings.openai_api_key is None:
        return Finding("model", True, "none configured; the rules do the reading")
    key, seconds = settings.openai_api_key.get_secret_value(), settings.openai_timeout
    asked = completions(key, settings.openai_base_url, settings.openai_model, seconds, retries=0)
    if trouble := await asked.answers():
        return Finding(
            "model",
            False,
            f"{settings.openai_model} does not answer ({trouble}).",
            "Check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL. Until then the rules do the reading.",
        )
    return Finding("model", True, f"{settings.openai_model} answers")


def model_use(settings: Settings, at: datetime) -> Finding:
    """What the model was used for today, and how often and why the rules answered instead."""
    part = "model use"
    where = settings.database
    try:
        if isinstance(where, PostgresServer):
            used = use_on(where, at.date())
        elif not where.path.exists():
            used = []
        else:
            uri = f"{where.path.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
                used = use_of_day(connection, at.date())
    except (sqlite3.Error, StorageError):
        return Finding(part, True, "not known, see the database")
    if not used:
        return Finding(part, True, "nothing yet today")
    return Finding(part, True, "; ".join(_use(one, settings, alone=len(used) == 1) for one in used))


def _use(use: DayUse, settings: Settings, *, alone: bool) -> str:
    """A workspace's day in a line."""
    calls = _of(use.calls, settings.openai_calls_a_day, "calls")
    tokens = _of(use.tokens, settings.openai_tokens_a_day, "tokens")
    reasons = sorted(use.fell_back.items(), key=lambda each: (-each[1], each[0]))
    fell_back = ", ".join(f"{reason.value} {count}" for reason, count in reasons) or "never"
    where = "" if alone else f"{use.workspace}: "
    return f"{where}today (UTC) {calls}, {tokens}, {use.helped} of use; fell back: {fell_back}"


def _of(count: int, limit: int, what: str) -> str:
    return f"{count:,} of {limit:,} {what}" if limit else f"{count:,} {what}"
