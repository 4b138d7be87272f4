"""The team that the tests with a real process have: who they are, where they live, and what can be watched of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.slack_person import SlackControl
from bot.demo.workspace import Channel, Json, User, Workspace
from tests.e2e.moved import Levers
from tests.support import asking
from tests.support.process import Product, until


def _morning_zone() -> str:
    """A zone in which it is between nine and ten now, whenever the tests run; its clocks never change."""
    ahead = (9 - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"  # these names count the other way round


ZONE: Final = _morning_zone()
ANNA = User("U01ANNA", "anna", "Anna Weber", ZONE)
BEN = User("U02BEN", "ben", "Ben Sato", ZONE)
MARIA = User("U03MARIA", "maria", "Maria Kern", ZONE)
ZOE = User("U04ZOE", "zoe", "Zoe Lind", ZONE)
"""In the workspace, and on no team."""
WINS: Final = "C01WINS"
_BOT: Final = Workspace(users=()).bot_user_id
WORKSPACE = Workspace(
    users=(ANNA, BEN, MARIA, ZOE),
    channels=(Channel(WINS, "north-wins", (ANNA.id, BEN.id, MARIA.id, _BOT)),),
)
TOMORROW: Final = datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=1)
"""The day of the tests that move the clock: no earlier than the team was set up."""

TEAM: Final = f"""\
team: North
zone: {ZONE}
channel: {WINS}
managers:
  - slack: {MARIA.id}
reps:
  - slack: {ANNA.id}
    focus: set first meetings
  - slack: {BEN.id}
    focus: write account plans
behaviours:
  - words: set first meetings
    kind: prospecting
  - words: write account plans
    kind: planning
times:
  working_days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]
  wins_day: {TOMORROW:%A}
"""
"""Names and zones of the people are left to Slack. Every day is a working day, so that the tests have no weekend."""


PATIENCE: Final = 30.0
"""Seconds to wait for a message before it counts as missing: a busy machine is slow, not wrong."""


def at(clock: str, day: date = TOMORROW) -> datetime:
    """The instant of a wall time on the day of the tests, "08:45"."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE))


def told(clock: str, day: date = TOMORROW) -> str:
    """A time as the bot writes it, "Mon 15:00"."""
    return f"{day:%a} {clock}"


def says(*words: str) -> Callable[[Json], bool]:
    """Whether all of the words stand in a message of the bot that everybody in the channel sees."""
    return lambda message: is_posted(message) and all(asking.says(message["text"], w) for w in words)


def is_posted(message: Json) -> bool:
    """Whether the app posted it: not a person's message, and not an answer to a command that one person sees."""
    return bool(message.get("bot_id") or message.get("user") == _BOT) and "ephemeral_to" not in message


@dataclass
class Office:
    """A running stand-in with the team's people in it, and the product that is set up for them."""

    people: SlackControl
    product: Product
    levers: Levers

    async def start(self) -> None:
        """Start the product and wait until Slack has its connection."""
        await self.product.start()
        await self.people.wait_connected(15)

    async def stop(self, how: str) -> None:
        """End it by SIGTERM or SIGKILL, and wait until Slack has noticed."""
        code = await (self.product.terminate() if how == "SIGTERM" else self.product.kill())
        assert code == (0 if how == "SIGTERM" else -9), self.product.output
        await self.gone()

    async def gone(self) -> None:
        """Wait until Slack has noticed that nobody listens: what is said before goes to the former process."""

        async def noticed() -> bool:
            return not (await self.people.snapshot())["apps"][0]["connected"]

        await until(noticed)

    async def posted(self, channel: str) -> list[str]:
        """What the bot has posted there, oldest first, as it stands now."""
        return [m["text"] for m in await self.people.messages(channel) if is_posted(m)]

    async def hears(self, user: User, *words: str, within: float = PATIENCE) -> Json:
        """Wait for a message of the bot that holds all of the words, in this person's conversation with it."""
        return await self.people.wait_for(user.dm, says(*words), within)

    async def says(self, user: User, text: str, *answer: str) -> Json:
        """Write something, and wait for a new message that answers it with all of these words."""
        ts = await self.people.say(user.id, user.dm, text)
        return await self.people.wait_for(user.dm, says(*answer), PATIENCE, after=ts)

    async def commands(self, user: User, text: str = "") -> str:
        """Use the slash command; the answer, which only this person sees."""
        known = {m["ts"] for m in await self.people.messages(user.dm)}
        await self.people.command(user.id, user.dm, "/coach", text)
        answer = await self.people.wait_for(
            user.dm, lambda m: m["ts"] not in known and m.get("ephemeral_to") == user.id, PATIENCE
        )
        return str(answer["text"])

    async def form(self) -> Json:
        """Wait for the form that the bot opens, which it does after it has acknowledged the tap."""

        async def opened() -> bool:
            return await self.people.modal() is not None

        await until(opened)
        form = await self.people.modal()
        assert form is not None
        return form
