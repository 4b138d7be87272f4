"""`huddle team apply`: a team file, completed and checked against Slack, made into a team."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import app as root
from bot.adapters.public_holidays import PublicHolidayCalendars
from bot.adapters.slack_clients import Clients, OneClient
from bot.adapters.slack_directory import SlackDirectory
from bot.adapters.slack_messenger import SlackMessenger, translated
from bot.adapters.team_file import PersonEntry, TeamFile, parse
from bot.clock import system_clock
from bot.domain.calendar import local_date
from bot.domain.preferences import PublicHolidays
from bot.errors import SlackError, TeamFileError
from bot.many import many
from bot.ports.slack import Directory, TryLater
from bot.services.holidays import Calendars
from bot.services.people import Applied, Member, TeamPlan
from bot.services.reach import large_mornings
from bot.settings import Settings
from storage.open import open_storage


async def apply_file(settings: Settings, file: Path, workspace: str | None) -> list[str]:
    """Apply the file and return what was done, in sentences. Raises `TeamFileError` with the line of what is wrong.

    With a bot token, or one of the workspace's own, names and zones that the file leaves out come from Slack, and every
    member is checked. Without one the file must name them all, and the workspace.
    """
    plan_file = parse(_text(file), file.name)
    oauth = settings.oauth()
    storage = open_storage(settings.database) if oauth and workspace else None
    directory: Directory | None = None
    if oauth and storage:
        clients: Clients = many(oauth, settings.slack_api_url, storage, system_clock).clients
        directory = SlackDirectory(clients)
    elif settings.slack_bot_token is not None:
        client = root.web_client(settings, settings.slack_bot_token.get_secret_value())
        if workspace is None:
            workspace = await _workspace(client)
        clients = OneClient(client)
        directory = SlackDirectory(clients)
    else:
        clients = OneClient(root.web_client(settings, ""))
    if workspace is None:
        raise TeamFileError("Without SLACK_BOT_TOKEN the workspace is not known; give it with --workspace T0123ABCD.")
    command, coach = settings.huddle_command, root.coach_for(settings)
    messenger, people = SlackMessenger(clients), SlackDirectory(clients)
    try:
        plan = await Completing(file.name, workspace, directory).plan(plan_file)
        storage = storage or open_storage(settings.database)
        huddle = root.assemble(storage, command, coach, messenger, people, system_clock, root.new_id)
        at = system_clock()
        lines = told(await huddle.teams.apply(plan, at), plan)
        large = await huddle.storage.read(lambda store: large_mornings(store, at))
        return lines + [
            f"Slack takes only so many messages a minute, so a large morning takes a while: {one}." for one in large
        ]
    finally:
        if storage is not None:
            storage.close()


async def _workspace(client: AsyncWebClient) -> str:
    try:
        return str((await client.auth_test())["team_id"])
    except SlackApiError as error:
        reason = translated(error)
        raise SlackError(f"Slack refuses the bot token ({reason}). `huddle doctor` says how to mend it.") from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise SlackError(f"Slack cannot be reached ({type(error).__name__}); nothing was changed.") from None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TeamFileError(f"{file} cannot be read: {error}.") from None


@dataclass(frozen=True)
class Completing:
    """Fills in what a team file leaves to Slack."""

    file: str
    workspace: str
    directory: Directory | None

    async def plan(self, team: TeamFile) -> TeamPlan:
        """The file as a plan, every person complete."""
        managers = [await self._member(p, team, leads=True) for p in team.managers]
        reps = [await self._member(p, team) for p in team.reps]
        return TeamPlan(
            workspace=self.workspace,
            name=team.name,
            zone=team.zone,
            channel=team.channel,
            managers=tuple(managers),
            reps=tuple(reps),
            behaviours=team.behaviours,
            questions=team.questions,
            care=team.care,
            times=team.times,
            holidays=self._holidays(team),
        )

    def _holidays(self, team: TeamFile) -> PublicHolidays | None:
        entry = team.holidays
        if entry is None:
            return None
        calendars = PublicHolidayCalendars()
        today = local_date(system_clock(), ZoneInfo(team.zone))
        found = Calendars(calendars).of(entry.country, entry.region, today)
        if found is None:
            raise TeamFileError(
                f"{self.file}, line {entry.line}: no public holidays are known for `{entry.country}`; write a "
                "country's code of two letters, such as DE."
            )
        if found.region != entry.region:
            regions = ", ".join(sorted(code for code, _ in calendars.regions(entry.country)))
            raise TeamFileError(
                f"{self.file}, line {entry.line}: `{entry.region}` is no region of {entry.country} with holidays of "
                f"its own; these are: {regions or 'none'}."
            )
        return found

    async def _member(self, entry: PersonEntry, team: TeamFile, *, leads: bool = False) -> Member:
        name, zone, guest = entry.name, entry.zone, None
        if self.directory is not None:
            try:
                profile = await self.directory.profile(self.workspace, entry.slack_id)
            except TryLater as error:
                raise TeamFileError(f"Slack did not answer ({error.reason}); nothing was changed, try again.") from None
            if profile is None:
                raise self._wrong(entry, "is not a member of this workspace")
            for is_so, what in (
                (profile.deleted, "has been deactivated"),
                (profile.is_bot, "is a bot"),
                (profile.is_stranger, "belongs to another workspace"),
                (leads and profile.is_guest, "is a guest here, and a guest cannot manage a team"),
            ):
                if is_so:
                    raise self._wrong(entry, f"({profile.name}) {what}")
            guest = profile.is_guest
            name, zone = name or profile.name, zone or profile.zone
        elif name is None:
            raise self._wrong(entry, "needs a `name`, since there is no SLACK_BOT_TOKEN to ask Slack with")
        return Member(entry.slack_id, name or entry.slack_id, zone or team.zone, entry.focus, guest)

    def _wrong(self, entry: PersonEntry, what: str) -> TeamFileError:
        return TeamFileError(f"{self.file}, line {entry.line}: {entry.slack_id} {what}.")


def told(applied: Applied, plan: TeamPlan) -> list[str]:
    """What was done and what will happen, in sentences for whoever applied it."""
    times = plan.times
    lines = [f"{plan.name}: {'created' if applied.created else 'up to date'}."]
    for words, names in (("Joined", applied.joined), ("Left", applied.left), ("Changed", applied.changed)):
        if names:
            lines.append(f"{words}: {', '.join(names)}.")
    if plan.questions:
        count = len(plan.questions)
        lines.append(f"{count} question{'s' if count > 1 else ''} of your own will come up among the others.")
    if plan.care:
        lines.append(f"What is not for coaching is pointed to {', '.join(plan.care)}.")
    lines.append(
        f"Reps are asked at {times.check_in:%H:%M}, each in their own zone; managers get the summary by "
        f"{times.summary:%H:%M} and a nudge at {times.nudge:%H:%M}, in theirs."
    )
    if plan.holidays is not None:
        where = "-".join(filter(None, (plan.holidays.country, plan.holidays.region)))
        lines.append(f"Nobody is asked on the public holidays of {where}.")
    zones = sorted({m.zone for m in plan.reps})
    lines.append(f"Zones of the reps: {', '.join(zones)}. The first check-in comes on the next working morning.")
    return lines
