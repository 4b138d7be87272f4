"""The reps of the sample team whom nobody plays: they answer from their lines, by the same ways as people do."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.demo.running import Running
from bot.demo.sample import WORKSPACE, Lines, lines_of
from bot.demo.slack_person import Button, DeedRefusedError, buttons
from bot.demo.workspace import Json, User
from bot.domain.calendar import instant
from bot.domain.checkin import Checkin
from bot.domain.effects import Outcome
from bot.domain.reading import Asked
from bot.errors import HuddleError
from bot.ports.storage import Store
from bot.services.checkin import open_now

OPEN_QUESTIONS = frozenset({Asked.OPEN, Asked.EXPLORE, Asked.ACT, Asked.SHARPEN_ACTION})
NOT_TODAY = "Not today"
ANSWER_SECONDS = 5.0
"""How long a rep waits for the app to answer."""


class Unanswered(HuddleError):
    """The app gave one of the sample reps no answer; the text says whom."""


OUTCOME_BUTTONS = {
    Outcome.DONE: "outcome_done",
    Outcome.PARTLY: "outcome_partly",
    Outcome.DROPPED: "outcome_dropped",
}

Mark = tuple[str, str]
"""A message as it stands: its place, and when it was changed last."""


@dataclass
class Cast:
    """Plays `players`. What each has looked at is remembered here; the rest is read from Slack and the app."""

    at_work: Running
    players: Sequence[User]
    _looked_at: dict[str, set[Mark]] = field(default_factory=dict)
    _answered: dict[str, Mark] = field(default_factory=dict)
    _said: dict[tuple[str, date], int] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def react(self) -> datetime | None:
        """Everybody does what waits for them; returns when somebody will want to speak next, if ever.

        Raises `Unanswered` when the app does not answer one of them.
        """
        async with self._one_at_a_time:
            while any([await self._act(user) for user in self.players]):
                await self.at_work.huddle.settle()
            waiting = [user for user in self.players if self._lines(user).earliest > time()]
            moments = [await self._speaks_from(user) for user in waiting]
        return min((moment for moment in moments if moment and moment > self.at_work.clock()), default=None)

    async def _act(self, user: User) -> bool:
        """One deed of one person. False when there is nothing to react to."""
        said = [m for m in await self.at_work.people.messages(user.dm) if from_the_bot(m)]
        if not said:
            return False
        try:
            return await self._tap(user, said) or await self._speak(user, mark(said[-1]))
        except (DeedRefusedError, TimeoutError):
            raise Unanswered(f"{user.real_name} got no answer within {ANSWER_SECONDS:g} seconds.") from None

    async def _tap(self, user: User, said: Sequence[Json]) -> bool:
        """Tap the first button that this person wants, in a message they have not looked at since it changed."""
        looked_at = self._looked_at.setdefault(user.id, set())
        for message in said:
            if mark(message) in looked_at:
                continue
            looked_at.add(mark(message))
            shown = {button.action_id: button for button in buttons(message)}
            if wanted := _wanted(shown, self._lines(user)):
                await self.at_work.people.click(user.id, user.dm, message["ts"], wanted.action_id)
                return True
        return False

    async def _speak(self, user: User, newest: Mark) -> bool:
        """Answer the question that stands, once, and wait for what the app says to that."""
        if self._answered.get(user.id) == newest:
            return False
        speaks_from = await self._speaks_from(user)
        if speaks_from is not None and speaks_from > self.at_work.clock():
            return False
        self._answered[user.id] = newest
        if speaks_from is None:
            return False
        await self.at_work.people.say(user.id, user.dm, self._next_line(user))
        await self.at_work.people.wait_for(user.dm, lambda m: from_the_bot(m) and mark(m) > newest, ANSWER_SECONDS)
        return True

    async def _speaks_from(self, user: User) -> datetime | None:
        """From when on this person answers the question that stands; None when none does."""
        checkin = await self._checkin(user)
        if checkin is None or checkin.asked not in OPEN_QUESTIONS:
            return None
        return instant(checkin.local_date, self._lines(user).earliest, user.zone)

    async def _checkin(self, user: User) -> Checkin | None:
        at = self.at_work.clock()

        def find(store: Store) -> Checkin | None:
            person = store.people.by_slack(WORKSPACE.team_id, user.id)
            return open_now(store, person, at) if person else None

        return await self.at_work.huddle.storage.read(find)

    def _lines(self, user: User) -> Lines:
        """Today's lines; at a weekend there are none."""
        weekday = self._today(user).weekday()
        return lines_of(user)[weekday] if weekday < len(lines_of(user)) else Lines()

    def _next_line(self, user: User) -> str:
        place = (user.id, self._today(user))
        number = self._said.get(place, 0)
        self._said[place] = number + 1
        says = self._lines(user).says
        return says[number] if number < len(says) else NOT_TODAY

    def _today(self, user: User) -> date:
        return self.at_work.clock().astimezone(user.zone).date()


def _wanted(shown: Mapping[str, Button], lines: Lines) -> Button | None:
    """The button this person would tap, among those of one message."""
    liked = ["commit", OUTCOME_BUTTONS[lines.outcome], "time_pick.0"]
    liked += ["ask_help"] * lines.wants_help + ["share_win"] * lines.shares
    return next((shown[name] for name in liked if name in shown), None)


def from_the_bot(message: Json) -> bool:
    """Whether the app wrote it, for all in the channel."""
    return message.get("user") == WORKSPACE.bot_user_id and "ephemeral_to" not in message


def mark(message: Json) -> Mark:
    """The message as it stands."""
    return str(message["ts"]), str((message.get("edited") or {}).get("ts", ""))
