"""People to measure with: teams of ten in one workspace, a clock in hand, and a Slack that answers at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest

from bot.adapters.rule_coach import RuleCoach
from bot.app import Huddle, build
from bot.domain import pace
from bot.domain.pace import Pace
from bot.domain.people import Times
from bot.domain.question_bank import Kind
from bot.ports.coach import Coach
from bot.ports.messages import Delivery, Op
from bot.ports.slack import Place, Posted, Profile
from bot.ports.storage import Store
from bot.services.people import Member, TeamPlan
from storage.paces import PaceStore
from storage.store import SqlStore

WORKSPACE = "T0BENCH"
ZONE = "Europe/Berlin"
A_TEAM = 10
MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Early on a working day, before anybody is asked."""
QUARTER_TO_NINE = datetime(2026, 11, 23, 7, 45, tzinfo=UTC)
LATER = Times(summary=time(11, 30))
"""The summary late, so that a long morning is not mixed with it."""
UNLIMITED = 1e9


@dataclass
class QuickSlack:
    """Implements the messenger and the directory: takes everything at once. `heard` is told of each delivery."""

    heard: Callable[[Delivery], None] = lambda _: None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def deliver(self, delivery: Delivery) -> Posted:
        self.heard(delivery)
        if delivery.op is Op.UPDATE:
            return Posted(str(delivery.slack_channel), str(delivery.slack_ts))
        return Posted(dm_of(delivery.channel), f"{next(self.numbers)}.000100")

    async def find(self, delivery: Delivery, since: datetime) -> Posted | None:
        return None

    async def profile(self, workspace: str, slack_id: str) -> Profile | None:
        return None

    async def members(self, workspace: str) -> Sequence[Profile]:
        return ()

    async def place(self, workspace: str, channel: str) -> Place | None:
        return Place(channel, channel, is_member=True)

    async def join(self, workspace: str, channel: str) -> bool:
        return True

    async def workspace_name(self, workspace: str) -> str | None:
        return None


def dm_of(user: str) -> str:
    """The conversation that somebody has with the bot."""
    return f"D{user[1:]}"


def rep(number: int) -> str:
    """The Slack id of a rep, counted from 0."""
    return f"UREP{number:06d}"


def manager(team: int) -> str:
    """The Slack id of a team's manager, counted from 0."""
    return f"UMAN{team:06d}"


def plan(team: int, size: int = A_TEAM) -> TeamPlan:
    """One of the teams."""
    reps = range(team * A_TEAM, team * A_TEAM + size)
    return TeamPlan(
        workspace=WORKSPACE,
        name=f"Team {team:05d}",
        zone=ZONE,
        channel=f"CWINS{team:05d}",
        managers=(Member(manager(team), f"Maria Kern {team}", ZONE),),
        reps=tuple(Member(rep(n), f"Ana Sousa {n}", ZONE, "set first meetings") for n in reps),
        behaviours=(("set first meetings", Kind.PROSPECTING),),
        times=LATER,
    )


async def enrol(huddle: Huddle, reps: int, at: datetime = MONDAY) -> None:
    """Make teams of ten until there are so many reps."""

    def apply(store: Store) -> None:
        for team in range(-(-reps // A_TEAM)):
            huddle.teams.apply_in(store, plan(team, min(A_TEAM, reps - team * A_TEAM)), at)

    await huddle.storage.write(apply)


async def hurry(huddle: Huddle, at: datetime) -> None:
    """Take Slack's pace out of what is measured: as many posts and updates a minute as anybody likes."""
    pace.MOST = UNLIMITED

    def fast(store: Store) -> None:
        assert isinstance(store, SqlStore)
        for op in Op:
            PaceStore(store.session).save(WORKSPACE, op.value, Pace(UNLIMITED, UNLIMITED / 10, at))

    await huddle.storage.write(fast)


@contextmanager
def an_office(
    database: str | Path, slack: QuickSlack, clock: Callable[[], datetime], coach: Coach | None = None
) -> Iterator[Huddle]:
    """The product on a database, put together by its own composition root; closed at the end."""
    huddle = build(database, "/coach", coach or RuleCoach(), slack, slack, clock)
    try:
        yield huddle
    finally:
        huddle.close()


def message(user: str, text: str, ts: str) -> dict[str, Any]:
    """What Slack sends when somebody writes to the bot."""
    return {
        "token": "verification",
        "team_id": WORKSPACE,
        "api_app_id": "A0BENCH",
        "event": {
            "client_msg_id": f"6f8b2b1e-0000-4000-8000-{ts.replace('.', '')[-12:]}",
            "type": "message",
            "text": text,
            "user": user,
            "ts": ts,
            "team": WORKSPACE,
            "channel": dm_of(user),
            "event_ts": ts,
            "channel_type": "im",
        },
        "type": "event_callback",
        "event_id": f"Ev{ts.replace('.', '')}",
        "event_time": int(float(ts)),
        "authorizations": [{"enterprise_id": None, "team_id": WORKSPACE, "user_id": "U0HUDDLE", "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def request(user: str, text: str, ts: str) -> AsyncBoltRequest:
    """The same, as it comes by Socket Mode."""
    return AsyncBoltRequest(mode="socket_mode", body=message(user, text, ts))
