"""The composition root: every class that the product is made of, and how they fit together."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.adapters.public_holidays import PublicHolidayCalendars
from bot.adapters.slack_directory import as_profile
from bot.clock import system_clock
from bot.delivery.intake import Intake
from bot.delivery.sender import Sender
from bot.domain.preferences import Leave
from bot.health import Pulse
from bot.huddle import Huddle
from bot.many import Many
from bot.metrics import Metrics
from bot.ports import Clock, NewId
from bot.ports.coach import Coach
from bot.ports.installations import Place
from bot.ports.slack import Directory, Messenger
from bot.ports.storage import AlarmKind, Storage, Store
from bot.ports.usage import Limits
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
from prompts.questions import load_bank
from prompts.render import Prompts
from storage.address import Address
from storage.open import AnyStorage, open_storage

CoachOn = Callable[[Storage], Coach]
"""Makes a coach that keeps count of its use in the storage."""


def new_id() -> str:
    """A random id."""
    return uuid.uuid4().hex


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
