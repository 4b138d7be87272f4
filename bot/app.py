"""The product as a process: by the settings on a database, connected to Slack, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.budget import Budget
from bot.adapters.rule_coach import RuleCoach
from bot.adapters.slack_clients import HTTP_TIMEOUT, OneClient, shared_session
from bot.adapters.slack_directory import SlackDirectory
from bot.adapters.slack_messenger import SlackMessenger
from bot.assembly import CoachOn as CoachOn
from bot.assembly import assemble as assemble
from bot.assembly import build as build
from bot.assembly import new_id as new_id
from bot.clock import system_clock
from bot.doors import Door, Ways, door_for, operators, ways_of
from bot.huddle import Huddle as Huddle
from bot.introducing import introduce
from bot.many import Many, many
from bot.ports import Clock
from bot.ports.coach import Coach
from bot.ports.usage import Limits
from bot.services.installing import Installing
from bot.settings import OAuth, Settings
from handlers.strangers import Strangers
from prompts.render import Prompts
from storage.open import open_storage

if TYPE_CHECKING:
    import aiohttp

    from bot.adapters.openai_coach import OpenAICompletions

log = structlog.get_logger()


def limits_of(settings: Settings) -> Limits | None:
    """What the model may be used for on a day; None where there is no key, and so no model."""
    if settings.openai_api_key is None:
        return None
    return Limits(settings.openai_calls_a_day, settings.openai_tokens_a_day)


def coach_for(settings: Settings) -> Coach | CoachOn:
    """The coach that the settings name: a model within its limits where there is a key, the rules otherwise."""
    if settings.openai_api_key is None:
        return RuleCoach()
    from bot.adapters.openai_coach import OpenAICoach  # twenty MiB that a process without a key does not need

    model, limits = model_for(settings), limits_of(settings) or Limits()
    return lambda storage: OpenAICoach(model, Prompts(), settings.openai_timeout, Budget(storage, limits))


def model_for(settings: Settings) -> OpenAICompletions:
    """The model that the settings name; there must be a key."""
    from bot.adapters.openai_coach import completions

    assert settings.openai_api_key is not None
    key = settings.openai_api_key.get_secret_value()
    return completions(key, settings.openai_base_url, settings.openai_model, settings.openai_timeout)


def web_client(settings: Settings, token: str, session: aiohttp.ClientSession | None = None) -> AsyncWebClient:
    """A client for Slack's Web API that calls once: the default retry handlers can post a message twice."""
    url = settings.slack_api_url
    return AsyncWebClient(token=token, base_url=url, retry_handlers=[], timeout=HTTP_TIMEOUT, session=session)


def bolt_app(
    client: AsyncWebClient,
    signing_secret: str | None = None,
    installations: tuple[Many, Installing] | None = None,
) -> AsyncApp:
    """Bolt over the client, which takes events over HTTP where there is a signing secret. Our own messages come back
    as events; the middleware knows them. With `installations` each workspace is served with its own token.

    Bolt's own warnings are kept out of the log: one of them is about the token in the environment, which we pass on
    with the client, and others quote what Slack sent.
    """
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    more: dict[str, Any] = {}
    if installations is not None:
        joined, installing = installations
        more = {
            "authorize": joined.authorize,
            "before_authorize": Strangers(joined.knows).refuse,
            "oauth_flow": joined.flow(installing.installed),
        }
    with _unseen("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        secret = signing_secret or ""
        return AsyncApp(client=client, logger=logger, signing_secret=secret, ignoring_self_events_enabled=False, **more)


@contextlib.contextmanager
def _unseen(*names: str) -> Iterator[None]:
    """Take these out of the environment for a moment. Bolt reads them by itself, and takes even empty ones for a sign
    that there are many workspaces, whose tokens it would keep in files of its own.
    """
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def over_slack(
    settings: Settings, client: AsyncWebClient, clock: Clock = system_clock, coach: Coach | None = None
) -> Huddle:
    """The product on the database that the settings name, sending by `client`; `coach` where not the settings' own."""
    return build(
        settings.database,
        settings.huddle_command,
        coach or coach_for(settings),
        SlackMessenger(OneClient(client)),
        SlackDirectory(OneClient(client)),
        clock,
        running=True,
        limits=limits_of(settings),
    )


def over_installations(settings: Settings, oauth: OAuth, session: aiohttp.ClientSession) -> Huddle:
    """The product on the database that the settings name, sending to each workspace with the token it gave us."""
    storage = open_storage(settings.database, running=True)
    try:
        joined = many(oauth, settings.slack_api_url, storage, system_clock, session)
        messenger, directory = SlackMessenger(joined.clients), SlackDirectory(joined.clients)
        command, coach = settings.huddle_command, coach_for(settings)
        limits = limits_of(settings)
        return assemble(storage, command, coach, messenger, directory, system_clock, new_id, joined, limits)
    except BaseException:
        storage.close()
        raise


def unconnected(settings: Settings) -> Huddle:
    """The product on the database that the settings name, for a command: what it writes, the one that runs sends."""
    clients = OneClient(web_client(settings, ""))
    messenger, directory = SlackMessenger(clients), SlackDirectory(clients)
    return build(settings.database, settings.huddle_command, RuleCoach(), messenger, directory)


async def run(settings: Settings) -> None:
    """The whole product, by Socket Mode or over HTTP as the settings say, until SIGINT or SIGTERM."""
    oauth, ways = settings.oauth(), ways_of(settings)
    async with shared_session() as session:
        if oauth is None:
            bot_token, app_token = settings.tokens()
            client = web_client(settings, bot_token, session)
            huddle = over_slack(settings, client)
            await introduce(huddle.storage, huddle.workspaces, huddle.clock, client, settings.huddle_admin)
            await until_told(huddle, bolt_app(client, ways.secret), app_token, ways)
            return
        huddle = over_installations(settings, oauth, session)
        try:
            app = await for_installations(huddle, ways.secret)
        except BaseException:
            huddle.close()
            raise
        await until_told(huddle, app, "", ways)


async def for_installations(huddle: Huddle, signing_secret: str | None) -> AsyncApp:
    """Bolt for every workspace that installed the app. Raises `KeysError` when none of their tokens can be opened."""
    assert huddle.joined is not None
    await huddle.joined.check_keys()
    return bolt_app(huddle.joined.client, signing_secret, (huddle.joined, huddle.installing))


async def until_told(huddle: Huddle, app: AsyncApp, app_token: str, ways: Ways | None = None) -> None:
    """Serve until SIGINT or SIGTERM, then let go of the database. Without `ways`: by one socket, no port of ours."""
    ways = ways or Ways()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    try:
        await serve(huddle, app, app_token, stop, ways)
    finally:
        huddle.close()


async def serve(huddle: Huddle, app: AsyncApp, app_token: str, stop: asyncio.Event, ways: Ways | None = None) -> None:
    """Connect, work until `stop`, then take nothing new and finish what is under way.

    Raises a `HuddleError` with one sentence when Slack cannot be reached at first, or no more.
    """
    huddle.register(app)
    ways = ways or Ways()
    door = door_for(app, app_token, ways, huddle.metrics)
    outside = operators(
        ways, huddle.pulse, huddle.use_database, app.client, door, huddle.metrics, huddle.where_things_stand
    )
    async with outside as health, huddle.running():
        working, stopping = asyncio.create_task(worked(door)), asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working
            log.info("stopping")
        finally:
            health.stopping = True
            working.cancel()
            stopping.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)
            await door.close()
    log.info("stopped")


async def worked(door: Door) -> None:
    """Have events come, until cancelled; raises what `Door` raises."""
    await door.open()
    log.info("connected")
    await door.watch()
