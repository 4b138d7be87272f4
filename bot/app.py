"""The composition root: the only file that knows every class. Builds the app, starts it, stops it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.budget import Budget
from bot.adapters.public_holidays import PublicHolidayCalendars
from bot.adapters.rule_coach import RuleCoach
from bot.adapters.slack_clients import HTTP_TIMEOUT, OneClient, shared_session
from bot.adapters.slack_directory import SlackDirectory, as_profile
from bot.adapters.slack_messenger import SlackMessenger
from bot.clock import system_clock
from bot.delivery.intake import Intake
from bot.delivery.sender import Sender
from bot.domain.preferences import Leave
from bot.doors import Door, Ways, door_for, operators, ways_of
from bot.health import Pulse
from bot.introducing import introduce
from bot.many import Many, many
from bot.metrics import Metrics
from bot.ports import Clock, NewId
from bot.ports.coach import Coach
from bot.ports.installations import Place
from bot.ports.slack import Directory, Messenger
from bot.ports.standing import Standing
from bot.ports.storage import AlarmKind, Storage, Store
from bot.ports.usage import Limits
from bot.scheduler import ticking
from bot.services.absences import Absences
from bot.services.changes import Changes
from bot.services.checkin import Checkins
from bot.services.chores import Chores
from bot.services.commands import Commands, Elsewhere
from bot.services.commitment import Commitments
from bot.services.committing import Committing
from bot.services.drafting import KIND
from bot.services.drafts import Drafts
from bot.services.dry_run import DryRun
from bot.services.holidays import Calendars
from bot.services.home import home_of
from bot.services.installing import Installing
from bot.services.keeping import Keeping
from bot.services.later import Later
from bot.services.looking_after import LookingAfter
from bot.services.looking_up import LookingUp
from bot.services.nudge import Nudges
from bot.services.own_settings import OwnSettings
from bot.services.people import Teams
from bot.services.phrasing import Phrasing
from bot.services.privacy import Privacy
from bot.services.replies import Replies
from bot.services.reporting import Reporting
from bot.services.rereading import Rereading
from bot.services.retention import Retention
from bot.services.second_look import SecondLook
from bot.services.sending import Sending
from bot.services.setting_up import SettingUp
from bot.services.settling import Settling
from bot.services.statuses import Statuses
from bot.services.summary import Summaries
from bot.services.sweep import Sweep
from bot.services.talks import Talks
from bot.services.taps import Taps
from bot.services.telling import Telling
from bot.services.tick import Tick
from bot.services.wins import WeeklyWins
from bot.services.workspaces import Workspaces
from bot.settings import OAuth, Settings
from handlers import errors
from handlers.buttons import Buttons
from handlers.commands import SlashCommand
from handlers.edge import Edge
from handlers.home import HomeTab
from handlers.home_forms import HomeForms
from handlers.lifecycle import Lifecycle
from handlers.messages import Messages
from handlers.middleware import KeepEvents
from handlers.modals import Modals
from handlers.opening import Opener
from handlers.people import PeopleChange
from handlers.privacy import PrivacyForms
from handlers.settings import SettingsForms
from handlers.setup import SetUp
from handlers.shortcuts import Shortcuts
from handlers.strangers import Strangers
from prompts.questions import load_bank
from prompts.render import Prompts
from storage.address import Address
from storage.open import AnyStorage, open_storage

if TYPE_CHECKING:
    import aiohttp

    from bot.adapters.openai_coach import OpenAICompletions

CHORES_DRAIN = 1.0
"""Seconds that a chore under way gets: what it does not end is done again."""
DRAIN = 6.0
"""Seconds that work under way gets to finish when the process is told to stop. With the two of a `Door` and the half of
the operator's port, within the ten that supervisors usually wait."""

log = structlog.get_logger()

CoachOn = Callable[[Storage], Coach]
"""Makes a coach that keeps count of its use in the storage."""


class Surface(Protocol):
    """One way in which people or Slack itself turn to us."""

    def register(self, app: AsyncApp) -> None:
        """Listen to it."""


def new_id() -> str:
    """A random id."""
    return uuid.uuid4().hex


@dataclass
class Huddle:
    """The product, put together. `start` and `stop` bracket its life; tests and the demo reach its parts."""

    storage: AnyStorage
    clock: Clock
    intake: Intake
    sender: Sender
    tick: Tick
    teams: Teams
    edge: Edge
    installing: Installing
    workspaces: Workspaces
    surfaces: tuple[Surface, ...]
    metrics: Metrics
    pulse: Pulse
    joined: Many | None = None

    def register(self, app: AsyncApp) -> None:
        """Listen to everything Slack sends us."""
        for surface in self.surfaces:
            surface.register(app)
        errors.register(app)

    async def tick_now(self) -> None:
        """Do whatever is due."""
        with self.pulse.ticking():
            await self.tick.run(self.clock())

    async def use_database(self) -> None:
        """Read and write, to no effect; raises when that cannot be done."""
        await self.storage.read(lambda store: store.inbox.waiting())
        await self.storage.write(lambda _: None)

    async def where_things_stand(self) -> Standing:
        """What waits and for how long; raises when the database cannot be read."""
        at = self.clock()
        return await self.storage.read(lambda store: store.standings.at(at))

    async def settle(self) -> None:
        """Work until nothing that is due is left: messages read, alarms rung, replies sent."""
        await self.intake.settle()
        await self.tick_now()
        await self.tick.chores.settle()
        await self.sender.settle()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Everything but the connection to Slack: workers and the clockwork.

        Where only one process may work on a database, what a former one had begun on is free again at once; where
        several may, it is when its lease ends.
        """
        if self.storage.alone:
            await self.storage.write(lambda store: store.inbox.release())
        workers = [asyncio.create_task(self.intake.run()), asyncio.create_task(self.sender.run())]
        self.pulse.follow(workers)
        scheduler = ticking(self.tick_now)
        scheduler.start()
        await self.tick_now()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            for worker in workers:
                worker.cancel()
            await self.intake.stop(DRAIN / 2)
            await self.sender.stop(DRAIN / 2)
            await self.tick.chores.stop(CHORES_DRAIN)
            await asyncio.gather(*workers, return_exceptions=True)
            if self.joined is not None:  # a renewed token that is not kept is lost
                await self.joined.installed.settle()

    def close(self) -> None:
        """Let go of the database."""
        self.storage.close()


def build(
    database: str | Path | Address,
    command: str,
    coach: Coach | CoachOn,
    messenger: Messenger,
    directory: Directory,
    clock: Clock = system_clock,
    ids: NewId = new_id,
    *,
    running: bool = False,
    limits: Limits | None = None,
) -> Huddle:
    """Put the product together on a database, which is made or brought up to date first.

    `running`: for good, so that no other process may work on the same file meanwhile. `limits` are those of the model,
    None where none is used.
    """
    storage = open_storage(database, running=running)
    return assemble(storage, command, coach, messenger, directory, clock, ids, limits=limits)


def assemble(
    storage: AnyStorage,
    command: str,
    coach: Coach | CoachOn,
    messenger: Messenger,
    directory: Directory,
    clock: Clock,
    ids: NewId,
    joined: Many | None = None,
    limits: Limits | None = None,
) -> Huddle:
    """Put the product together on an open database. `joined`: with a token of each workspace's own; `limits`: those of
    the model, for people to see.
    """
    metrics = Metrics()
    coach = coach(storage) if callable(coach) else coach
    prompts, bank = Prompts(), load_bank()
    sending, phrasing = Sending(prompts, ids), Phrasing(bank, command)
    checkins = Checkins(sending, phrasing, ids)
    commitments, telling = Commitments(sending, phrasing, checkins), Telling(sending)
    nudges, taps = Nudges(sending, phrasing, ids), Taps(sending, checkins, ids)
    absences = Absences(sending, telling, checkins, ids, command)
    replies = Replies(storage, coach, directory, sending, checkins, commitments, absences, ids, command)
    rereading = Rereading(storage, coach, checkins)
    handlers = {"message": replies.message, "edited": rereading.edited, "deleted": rereading.deleted}
    calendars, teams = Calendars(PublicHolidayCalendars()), Teams(storage, ids, telling)
    dry_run, looking_up = DryRun(prompts, phrasing), LookingUp(directory)
    drafts = Drafts(storage, sending, looking_up, calendars, teams, dry_run, ids)
    handlers[KIND] = drafts.work
    wins = WeeklyWins(sending, telling)
    summaries = Summaries(sending)
    intake = Intake(storage, clock, handlers, counts=metrics)
    sender = Sender(storage, messenger, clock, wins.refused, SecondLook(summaries, nudges, wins), counts=metrics)

    def ring() -> None:
        intake.ring()
        sender.ring()

    storage.after_write = ring
    edge = Edge(storage, clock, prompts)
    privacy = Privacy(sending, telling, command, model=limits is not None)
    workspaces = Workspaces(sending, telling, command)

    def welcome(store: Store, place: Place, at: datetime) -> None:
        workspaces.installed(store, place.id, place.name, place.installed_by, at)

    installing = Installing(welcome)
    settling, statuses = Settling(), Statuses(absences.offer)
    own_settings = OwnSettings(sending, settling, calendars, ids, command)
    changes = Changes(telling, settling.moved, statuses)
    sweep = Sweep(storage, directory, changes, calendars.renewed)
    chores = Chores(storage, {AlarmKind.SWEEP: sweep.run, AlarmKind.CLEANING: Retention(storage).run})
    looking_after = LookingAfter(storage, directory, workspaces)
    home = HomeTab(edge, home_of(sending, checkins, command, limits), Talks(nudges, ids), directory, looking_after)
    modals = Modals(edge, taps, commitments, home)
    later = Later(sending, checkins, taps, command)
    committing, opener = Committing(sending, checkins, taps, ids, command), Opener(edge, sending, command)
    reporting, setting_up = Reporting(sending, commitments, ids, command), SettingUp(sending, calendars, ids)
    elsewhere: dict[str, Elsewhere] = {
        "privacy": lambda s, who, _, __: privacy.overview(s, who),
        "away": lambda s, who, typed, at: absences.typed(s, who, Leave.AWAY, typed, at),
        "pause": lambda s, who, typed, at: absences.typed(s, who, Leave.PAUSED, typed, at),
        "settings": lambda s, who, _, __: own_settings.form(s, who),
        "setup": lambda s, who, _, at: setting_up.form(s, who, None, at, looking_after.zone_of(who)),
    }
    commands = Commands(sending, checkins, taps, reporting, committing, later, command, elsewhere)
    return Huddle(
        storage=storage,
        clock=clock,
        intake=intake,
        sender=sender,
        tick=Tick(storage, checkins, commitments, summaries, nudges, wins, statuses, settling, chores, later),
        teams=teams,
        edge=edge,
        installing=installing,
        workspaces=workspaces,
        surfaces=(
            Lifecycle(edge, installing, joined.installed.forget if joined else lambda: None),
            PeopleChange(edge, changes, directory, as_profile),
            KeepEvents(intake, clock),
            Messages(intake),
            Buttons(edge, taps, commitments, nudges, modals, home),
            modals,
            PrivacyForms(edge, privacy),
            SettingsForms(edge, own_settings, absences, directory, home),
            SetUp(edge, setting_up, drafts, looking_after, opener),
            SlashCommand(edge, commands, opener),
            Shortcuts(edge, committing, later, opener, home),
            home,
            HomeForms(edge, Keeping(workspaces), directory, home),
        ),
        metrics=metrics,
        pulse=Pulse(metrics),
        joined=joined,
    )


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
