"""Whom a team's manager has talked to, who is due, and what waits for a word; read at once for the whole team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import local_date, working_days_between
from bot.domain.nudge import LONGEST_WITHOUT, Answer
from bot.domain.people import Person, Team, hours_of, works_on
from bot.domain.summary import Promise, Row
from bot.ports.storage import Coaching, Store

LOOK_BACK = timedelta(days=30)
"""Whoever was not talked to in these days is due anyway."""
FRESH = timedelta(days=7)
"""How long a wish for a hand, or a nudge put off, is followed up."""


@dataclass(frozen=True)
class FollowUp:
    """A rep whom something waits for since the last conversation with them."""

    person_id: str
    name: str
    help_shared: bool = False
    overdue: Promise | None = None
    nudged: date | None = None  # the day of a nudge that no conversation has followed


@dataclass(frozen=True)
class Coverage:
    """A team's conversations: the names of those `talked` to this week and of those `due` for one, and the ids of those
    talked to `today`.
    """

    talked: tuple[str, ...]
    due: tuple[str, ...]
    today: frozenset[str]
    follow_ups: tuple[FollowUp, ...]


def coverage(
    store: Store,
    team: Team,
    members: Sequence[Person],
    reader: Person,
    managers: Sequence[Person],
    rows: Sequence[Row],
    at: datetime,
) -> Coverage:
    """How things stand for somebody who leads the team; `members` are its reps, `rows` their morning in its order.

    `managers` are those whose nudges they answer. A conversation counts whoever of them had it.
    """
    today = local_date(at, reader.tz)
    reps = {rep.id: rep for rep in members if rep.id != reader.id}
    talks = _latest(store.coachings.since(list(reps), at - LOOK_BACK))
    monday = today - timedelta(days=today.weekday())
    on = {rep_id: local_date(talk.at, reader.tz) for rep_id, talk in talks.items()}
    since = {**store.people.enrolled_in(team.id), **on}
    return Coverage(
        talked=tuple(reps[one].name for one in reps if one in on and on[one] >= monday),
        due=tuple(rep.name for rep in reps.values() if _is_due(rep, team, since[rep.id], today, at)),
        today=frozenset(one for one, day in on.items() if day == today),
        follow_ups=_follow_ups(store, reps, managers, rows, talks, today, at),
    )


def _latest(talks: Sequence[Coaching]) -> Mapping[str, Coaching]:
    return {talk.rep_id: talk for talk in talks}


def _is_due(rep: Person, team: Team, since: date, today: date, at: datetime) -> bool:
    if rep.stopped_at is not None or rep.left_at is not None or not works_on(rep, team, local_date(at, rep.tz)):
        return False
    return working_days_between(max(since, today - LOOK_BACK), today, hours_of(rep, team)) >= LONGEST_WITHOUT


def _follow_ups(
    store: Store,
    reps: Mapping[str, Person],
    managers: Sequence[Person],
    rows: Sequence[Row],
    talks: Mapping[str, Coaching],
    today: date,
    at: datetime,
) -> tuple[FollowUp, ...]:
    since = {one: max(talks[one].at, at - FRESH) if one in talks else at - FRESH for one in reps}
    wishes = store.checkins.asked_for_a_hand(list(reps), today - FRESH)
    helped = {one.person_id for one in wishes if one.opened_at > since[one.person_id]}
    nudges = [one for manager in managers for one in store.coachings.nudges_since(manager.id, today - FRESH)]
    open_nudges = {
        one.rep_id: one.local_date
        for one in nudges
        if one.rep_id in since
        and one.answer in {None, Answer.LATER}
        and one.local_date < today
        and one.made_at > since[one.rep_id]
    }
    found = []
    for row in rows:
        if row.person_id in reps:
            promises = (*row.promises, *((row.earlier,) if row.earlier else ()))
            overdue = next((one for one in promises if one.overdue and one.due_at > since[row.person_id]), None)
            nudged = open_nudges.get(row.person_id)
            found.append(FollowUp(row.person_id, row.name, row.person_id in helped, overdue, nudged))
    wanted = [one for one in found if one.help_shared or one.overdue or one.nudged]
    return tuple(sorted(wanted, key=lambda one: (not one.help_shared, one.overdue is None, one.name.casefold())))
