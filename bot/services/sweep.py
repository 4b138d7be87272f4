"""The nightly sweep: what is kept of a workspace's people and channels is compared with Slack, and made true.

Slack is asked first and everything is found out; only then is anything changed. So when Slack does not answer, nothing
is half done, and the next try begins anew.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

import structlog

from bot.domain.calendar import local_date
from bot.domain.people import Person, Team
from bot.ports.slack import Directory, NotAllowed, Place, Profile, TryLater
from bot.ports.storage import Storage, Store
from bot.services.changes import Changes, differs, trouble_of

AT_ONCE = 100
"""People looked at in one transaction, so that nobody's reply waits for it."""
MOST_WAITS = 10
"""How often Slack may ask for patience before the sweep is left for later."""

T = TypeVar("T")
Renewed = Callable[[Team, date], Team]
"""A team with its public holidays known far enough ahead of a day."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Kept:
    """What is kept of a workspace, as far as Slack may know better."""

    people: Sequence[Person]
    admins: frozenset[str]
    teams: Sequence[Team]


@dataclass(frozen=True)
class Sweep:
    """Compares workspaces with Slack."""

    storage: Storage
    directory: Directory
    changes: Changes
    renewed: Renewed
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep

    async def run(self, workspace: str, at: datetime) -> None:
        """Make what is known of the workspace true. Raises `TryLater`, with nothing changed, when Slack is silent."""
        kept = await self.storage.read(lambda s: _kept(s, workspace))
        profiles = await self.directory.members(workspace)
        channels = sorted({team.channel for team in kept.teams if team.channel})
        places = await self._places(workspace, channels)
        name = await self._patiently(lambda w, _: self.directory.workspace_name(w), workspace, "")
        differing = _differing(kept, profiles, at)
        counts: Counter[str] = Counter()
        for start in range(0, len(differing), AT_ONCE):
            some = differing[start : start + AT_ONCE]
            counts += await self.storage.write(lambda s, some=some: self.changes.people(s, workspace, some, at))  # type: ignore[misc]
        counts += await self.storage.write(lambda s: self._rest(s, workspace, places, name, at))
        log.info("a workspace was compared with Slack", workspace=workspace, people=len(kept.people), **dict(counts))

    async def _places(self, workspace: str, channels: Sequence[str]) -> dict[str, Place | None]:
        """The channels as Slack shows them; none where the app may not look, which says nothing about them."""
        try:
            return {channel: await self._patiently(self.directory.place, workspace, channel) for channel in channels}
        except NotAllowed as error:
            log.warning("channels could not be looked at", workspace=workspace, reason=error.reason)
            return {}

    async def _patiently(self, ask: Callable[[str, str], Awaitable[T]], workspace: str, about: str) -> T:
        """What Slack says, waiting where it asks for that. Raises `TryLater` when it does not answer."""
        for _ in range(MOST_WAITS):
            try:
                return await ask(workspace, about)
            except TryLater as error:
                if not error.throttled:
                    raise
                await self.wait(error.seconds)
        return await ask(workspace, about)

    def _rest(
        self, store: Store, workspace: str, places: dict[str, Place | None], name: str | None, at: datetime
    ) -> Counter[str]:
        """Channels, public holidays, the workspace's name, and when this was."""
        counts: Counter[str] = Counter()
        troubled = {team.channel for team in store.people.teams(workspace) if _is_news(team, places)}
        for channel in sorted(troubled):
            counts["channels"] += self.changes.place(store, channel, places[channel], workspace, at)
        for team in store.people.teams(workspace):
            after = self.renewed(team, local_date(at, team.tz))
            if after != team:
                store.people.save_team(after)
                counts["holidays"] += 1
        known = store.workspaces.get(workspace)
        store.workspaces.save(replace(known, name=name or known.name, swept_at=at))
        return +counts


def _kept(store: Store, workspace: str) -> Kept:
    admins = frozenset(store.workspaces.get(workspace).admins)
    return Kept(store.people.of_workspace(workspace), admins, store.people.teams(workspace))


def _differing(kept: Kept, profiles: Sequence[Profile], at: datetime) -> list[Profile]:
    """The members of whom something else is kept, or may be. Who is gone comes first: to them nothing is handed over.

    Of who Slack does not list nothing is concluded.
    """
    enrolled = {person.slack_id: person for person in kept.people}
    found = [
        one
        for one in profiles
        if (one.slack_id in kept.admins and not one.is_member) or differs(enrolled.get(one.slack_id), one, at)
    ]
    return sorted(found, key=lambda one: not (one.deleted or one.is_guest))


def _is_news(team: Team, places: dict[str, Place | None]) -> bool:
    return team.channel in places and team.channel_trouble != trouble_of(places[team.channel])
