"""Looking up the people and the channel of a team to be: calls to Slack, outside of any transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.ports.slack import Directory, NotAllowed, Place, Profile

AT_ONCE = 8
"""Questions under way at a time; Slack answers about a hundred a minute."""


@dataclass(frozen=True)
class Found:
    """What Slack says: everybody by their Slack id (None for nobody), and the channel, None where it is not seen."""

    people: Mapping[str, Profile | None]
    place: Place | None


@dataclass(frozen=True)
class LookingUp:
    """Asks about many people. What an attempt heard before it was put off is not asked again by the next one."""

    directory: Directory
    _heard: dict[str, dict[str, Profile | None]] = field(default_factory=dict)

    async def found(self, job: str, workspace: str, slack_ids: Iterable[str], channel: str | None) -> Found:
        """Everything, as of now. Raises `TryLater` when Slack does not answer; the same `job` then goes on from there.

        An app that may not ask about channels sees none.
        """
        heard = self._heard.setdefault(job, {})
        gate = asyncio.Semaphore(AT_ONCE)

        async def ask(slack_id: str) -> None:
            async with gate:
                heard[slack_id] = await self.directory.profile(workspace, slack_id)

        asked = [ask(one) for one in dict.fromkeys(slack_ids) if one not in heard]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        if trouble := next((one for one in answers if isinstance(one, BaseException)), None):
            raise trouble
        place = await self._place(workspace, channel) if channel else None
        return Found(self._heard.pop(job), place)

    async def _place(self, workspace: str, channel: str) -> Place | None:
        try:
            return await self.directory.place(workspace, channel)
        except NotAllowed:
            return None

    async def join(self, workspace: str, place: Place | None) -> Place | None:
        """The channel after the app tried to become a member, where it is public and it is not yet one."""
        if place is None or place.is_member or place.is_private or place.is_archived:
            return place
        try:
            joined = await self.directory.join(workspace, place.id)
        except NotAllowed:
            joined = False
        return Place(place.id, place.name, place.is_private, place.is_archived, is_member=joined)
