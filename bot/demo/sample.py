"""The sample team of the demo: who is in it, what happened in the two weeks before, what its people will say.

The words stand in `sample.yaml`. Nobody in it is real.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from bot.demo.workspace import Channel, User, Workspace
from bot.domain.calendar import WEEKDAYS
from bot.domain.effects import Outcome
from bot.domain.people import Times
from bot.domain.question_bank import Kind
from bot.services.people import Member, TeamPlan

MARIA: Final = User("U01MARIA", "maria", "Maria Keller", "Europe/Berlin")
ANA: Final = User("U02ANA", "ana", "Ana Ruiz", "Europe/Madrid")
BEN: Final = User("U03BEN", "ben", "Ben Salo", "Europe/Helsinki")
CHLOE: Final = User("U04CHLOE", "chloe", "Chloe Martin", "Europe/Paris")
DEV: Final = User("U05DEV", "dev", "Dev Rao", "Asia/Kolkata")
NORA: Final = User("U06NORA", "nora", "Nora Lind", "Europe/Stockholm")
"""Maria manages the four reps Ana, Ben, Chloe and Dev; Nora is in the workspace and not on the team."""

REPS: Final = (ANA, BEN, CHLOE, DEV)
EVERYBODY: Final = (ANA, MARIA, BEN, CHLOE, DEV, NORA)
TEAM_ZONE: Final = ZoneInfo(MARIA.tz)
TIMES: Final = Times()

_BOT: Final = Workspace(users=()).bot_user_id
WINS: Final = Channel("C01WINS", "wins", (*(u.id for u in EVERYBODY), _BOT))
CLOCK: Final = Channel("C02CLOCK", "demo-clock", (*(u.id for u in EVERYBODY), _BOT))
WORKSPACE: Final = Workspace(
    users=EVERYBODY, channels=(CLOCK, WINS), name="Harbour Sales", domain="harbour", bot_name="Huddle Coach"
)

_FOCUS: Final = {
    ANA: ("follow up on open offers", Kind.FOLLOW_UP),
    BEN: ("set first meetings", Kind.PROSPECTING),
    CHLOE: ("ask about the problem first", Kind.DISCOVERY),
    DEV: ("write account plans", Kind.PLANNING),
}


def plan() -> TeamPlan:
    """The team, as `huddle team apply` would read it from a file."""
    return TeamPlan(
        workspace=WORKSPACE.team_id,
        name="Harbour",
        zone=TEAM_ZONE.key,
        channel=WINS.id,
        managers=(Member(MARIA.id, MARIA.real_name, MARIA.tz),),
        reps=tuple(Member(u.id, u.real_name, u.tz, _FOCUS[u][0]) for u in REPS),
        behaviours=tuple(_FOCUS[u] for u in REPS),
        times=TIMES,
    )


def next_monday(today: date) -> date:
    """The Monday that the demo plays on: today, if it is one, else the coming one."""
    return today + timedelta(days=-today.weekday() % 7)


@dataclass(frozen=True)
class Past:
    """What came of one earlier morning, `ago` working days before the Monday.

    Without an action the morning ended open: `answered` says whether the rep left it out or said nothing.
    """

    ago: int
    action: str = ""
    by: time = time(12)
    outcome: Outcome | None = None
    shared: bool = False
    answered: bool = True


@dataclass(frozen=True)
class Lines:
    """What a rep says on one weekday, in order, and how it goes.

    `earliest` is the local time before which they say nothing. `wants_help` and `shares` say whether they tap the
    buttons that tell the manager they would like a hand, and that share a win.
    """

    says: tuple[str, ...] = ()
    earliest: time = time()
    outcome: Outcome = Outcome.DONE
    wants_help: bool = False
    shares: bool = False


@cache
def _words() -> Mapping[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("bot.demo") / "sample.yaml").read_text("utf-8"))
    return loaded


@cache
def past_of(user: User) -> tuple[Past, ...]:
    """A rep's two weeks before the Monday, the earliest day first."""
    return tuple(_past(entry) for entry in _words()["past"][user.name])


@cache
def talks_with(user: User) -> tuple[int, ...]:
    """How many working days before the Monday the manager talked to this rep, the earliest first."""
    return tuple(_words()["talks"].get(user.name, ()))


@cache
def lines_of(user: User) -> tuple[Lines, ...]:
    """What a rep says from Monday to Friday."""
    days = _words()["lines"][user.name]
    return tuple(_lines(days[weekday]) for weekday in WEEKDAYS[:5])


def team_time(day: date, clock: time) -> datetime:
    """The instant at which it is `clock` for the team on `day`."""
    return datetime.combine(day, clock, tzinfo=TEAM_ZONE)


def _past(entry: Mapping[str, Any]) -> Past:
    how = str(entry["how"])
    outcome = Outcome(how) if how in set(Outcome) else None
    return Past(
        ago=int(entry["ago"]),
        action=str(entry.get("action", "")),
        by=time.fromisoformat(entry.get("by", "12:00")),
        outcome=outcome,
        shared=bool(entry.get("shared", False)),
        answered=how != "silent",
    )


def _lines(entry: Mapping[str, Any]) -> Lines:
    return Lines(
        says=tuple(entry["says"]),
        earliest=time.fromisoformat(entry.get("earliest", "00:00")),
        outcome=Outcome(entry.get("then", "done")),
        wants_help=bool(entry.get("wants_help", False)),
        shares=bool(entry.get("shares", False)),
    )
