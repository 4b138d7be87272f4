"""News that can wait: written when it happens, sent within the working hours of whoever it is for.

The row is there at once, due at their next working moment. Just before it goes it is looked at again: by then they may
be away, have asked for no messages, or have nothing to do with the team any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.access import Action
from bot.domain.calendar import is_working_time, next_occurrence
from bot.domain.people import Person, Team, hours_of, is_at_work, is_quiet, living_in, team_hours
from bot.ports.messages import Button, Delivery, Lane, Message
from bot.ports.storage import Store
from bot.services import access
from bot.services.sending import Sending

KIND = "news"
"""What the keys of these messages begin with."""
LASTS = timedelta(days=14)
"""How long news is worth telling after it could first be told."""
NOT_THEIRS = "it is no longer for them to know"
NO_MESSAGES = "no more messages are wanted"
NOT_NOW = "it waits for their working hours"


class As(StrEnum):
    """As what somebody is told something about a team."""

    MANAGER = "manager"
    ADMIN = "admin"
    REP = "rep"


@dataclass(frozen=True)
class Telling:
    """Tells people what has changed, inside the caller's transaction."""

    sending: Sending

    def tell(
        self,
        store: Store,
        template: str,
        values: Mapping[str, Any],
        team: Team,
        slack_id: str,
        role: As,
        at: datetime,
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """A message about the team, at the first moment from `at` on at which they work. An admin may be on no team:
        then the team's own hours count. The values get the reader's zone, language and the moment it goes.
        """
        reader = store.people.by_slack(team.workspace, slack_id)
        due = working_moment(reader, team, at)
        about: dict[str, Any] = {
            "team": team.name,
            "zone": reader.tz if reader else team.tz,
            "locale": reader.preferences.locale if reader else "",
            "at": due,
        }
        self.sending.post(
            store,
            Message(template, {**about, **values}, buttons),
            key=f"{KIND}:{team.workspace}:{role}:{team.id}:{slack_id}:{self.sending.new_id()}",
            workspace=team.workspace,
            channel=slack_id,
            lane=Lane.WINS,  # nothing more urgent waits behind it
            at=due,
            expires_at=due + LASTS,
        )


def look_again(store: Store, delivery: Delivery, at: datetime) -> Delivery | None:
    """The news if it may go now; None when it waits for another working day, or is not wanted any more."""
    _, workspace, role, team_id, slack_id, _ = delivery.key.split(":")
    team, reader = store.people.find_team(team_id), store.people.by_slack(workspace, slack_id)
    if team is None or not _is_theirs(store, As(role), team, slack_id, at):
        store.outbox.skip(delivery, NOT_THEIRS, at)
        return None
    if reader is not None and reader.stopped_at is not None:
        store.outbox.skip(delivery, NO_MESSAGES, at)
        return None
    moment = working_moment(reader, team, at)
    if moment > at:
        store.outbox.retry(delivery, moment, NOT_NOW)
        return None
    return delivery


def _is_theirs(store: Store, role: As, team: Team, slack_id: str, at: datetime) -> bool:
    if role is As.ADMIN:
        return slack_id in store.workspaces.get(team.workspace).admins
    who = access.actor_by_slack(store, team.workspace, slack_id, at)
    if role is As.MANAGER:
        return access.may(who, Action.SEE_TEAM, team)
    return who.person is not None and who.person.rep_of == team.id


def working_moment(reader: Person | None, team: Team, at: datetime) -> datetime:
    """The first moment from `at` on at which they work, and are not left alone.

    For somebody who is moving it is the next morning in one of their two zones, at which it is to be asked again: their
    day may not have begun in the other.
    """
    if reader is None:
        hours = team_hours(team)
        at_work = is_working_time(at, team.tz, hours)
        return at if at_work else next_occurrence(at, hours.start, team.tz, hours)
    if is_at_work(reader, team, at) and not is_quiet(reader, at):
        return at
    hours = hours_of(reader, team)
    return min(next_occurrence(at, hours.start, zone, hours) for zone in living_in(reader))
