"""The two weeks before the demo's Monday, written as the product would have written them.

Everything goes through the real services and stores, in the caller's one transaction, so that what the summaries,
nudges and wins then say about the sample team is true.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app import Huddle
from bot.demo.sample import MARIA, REPS, TEAM_ZONE, Past, past_of, plan, talks_with
from bot.demo.workspace import User
from bot.domain.calendar import instant
from bot.domain.checkin import Checkin, Stage
from bot.domain.commitment import Commitment, record
from bot.domain.people import Person, Team
from bot.domain.question_bank import Moment
from bot.domain.reading import Asked
from bot.domain.wins import iso_week
from bot.ports.storage import AlarmKind, Coaching, SeenQuestion, Store
from bot.services.people import set_alarms
from bot.services.summary import subject

ENROLLED_BEFORE = 20
"""Working days before the Monday on which the team began."""
ANSWERED_AFTER = timedelta(minutes=4)
TALKED_AT = time(11, 40)
"""When the manager had her conversations, on her own clock."""


async def seed(huddle: Huddle, monday: date) -> Team:
    """Make the sample team and its two weeks before `monday`, in one transaction; the same on every call.

    Afterwards the team waits for `monday`, midnight: the clock must not be earlier than that.
    """
    return await huddle.storage.write(lambda store: _seed(huddle, store, monday))


def _seed(huddle: Huddle, store: Store, monday: date) -> Team:
    began = working_days_before(monday, ENROLLED_BEFORE)
    team = huddle.teams.apply_in(store, plan(), _noon(began)).team
    numbers = itertools.count(1)
    manager = _known(store, MARIA)
    for user in REPS:
        rep = replace(_known(store, user), introduced_at=instant(began, team.times.check_in, ZoneInfo(user.tz)))
        store.people.save(rep)
        for entry in past_of(user):
            _morning(huddle, store, rep, team, working_days_before(monday, entry.ago), entry, next(numbers))
        for ago in talks_with(user):
            at = instant(working_days_before(monday, ago), TALKED_AT, TEAM_ZONE)
            store.coachings.add_coaching(Coaching(f"past{next(numbers):04d}", manager.id, rep.id, at, None))
    for weeks in (1, 2):
        friday = monday - timedelta(days=7 * weeks - team.times.wins_day)
        store.coachings.tell_week(team.id, iso_week(friday), instant(friday, team.times.wins, team.tz), "told")
    _wake_from(store, team, monday)
    return team


def _morning(huddle: Huddle, store: Store, rep: Person, team: Team, day: date, entry: Past, number: int) -> None:
    """One check-in that is over, the question it began with, and the commitment that came of it."""
    opened = instant(day, team.times.check_in, rep.tz)
    answered = opened + ANSWERED_AFTER
    phrasing = huddle.tick.checkins.phrasing
    question = phrasing.question(store, rep, team, Moment.OPENING, opened)
    checkin = Checkin(
        id=f"past{number:04d}",
        workspace=rep.workspace,
        person_id=rep.id,
        team_id=team.id,
        local_date=day,
        number=1,
        opened_at=opened,
        expires_at=instant(day, team.times.hours.end, rep.tz),
        stage=_stage(entry),
        asked=Asked.NOTHING,
        answered_at=answered if entry.answered else None,
        question=question.question.text,
    )
    store.checkins.add(checkin)
    store.checkins.add_seen(SeenQuestion(rep.id, question.question.id, opened, question.reason, checkin.id))
    if not entry.action:
        return
    made = Commitment(
        id=f"past{number:04d}",
        workspace=rep.workspace,
        person_id=rep.id,
        team_id=team.id,
        checkin_id=checkin.id,
        behaviour_id=rep.focus,
        action=entry.action,
        due_at=instant(day, entry.by, rep.tz),
        if_then=None,
        made_at=answered,
    )
    if entry.outcome is not None:
        told_at = made.due_at + team.times.check_after + timedelta(minutes=2)
        made = replace(record(made, entry.outcome, told_at, asks=False), shared=entry.shared)
    store.commitments.add(made)


def _stage(entry: Past) -> Stage:
    if entry.action:
        return Stage.COMMITTED
    return Stage.SKIPPED if entry.answered else Stage.EXPIRED


def _wake_from(store: Store, team: Team, monday: date) -> None:
    """Let the team's alarms be those of somebody who waits for Monday, and not of three weeks ago."""
    reps, managers = store.people.reps(team.id), store.people.managers(team.id)
    for rep in reps:
        store.alarms.clear(AlarmKind.CHECKIN, rep.id)
    for manager in managers:
        store.alarms.clear(AlarmKind.SUMMARY, subject(team.id, manager.id))
        store.alarms.clear(AlarmKind.NUDGE, manager.id)
    store.alarms.clear(AlarmKind.WINS, team.id)
    set_alarms(store, team, reps, managers, None, instant(monday, time(), TEAM_ZONE))


def working_days_before(monday: date, count: int) -> date:
    """The day that lies `count` working days before `monday`, as everybody in the sample works Monday to Friday."""
    weeks, days = divmod(count, 5)
    return monday - timedelta(days=7 * weeks + (days + 2 if days else 0))


def _known(store: Store, user: User) -> Person:
    person = store.people.by_slack(plan().workspace, user.id)
    assert person is not None
    return person


def _noon(day: date) -> datetime:
    return instant(day, time(12), TEAM_ZONE)
