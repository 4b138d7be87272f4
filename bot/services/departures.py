"""What ends when somebody leaves a team, goes to another one, or manages one no more. What they said stays theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.checkin import expire
from bot.domain.people import Person, Team
from bot.ports.storage import AlarmKind, Store
from bot.services.checkin import set_check
from bot.services.summary import ask_for_summaries, subject
from bot.services.waking import set_morning

ON_A_TEAM = (AlarmKind.CHECKIN, AlarmKind.LATER)
"""What wakes a rep only because they are one."""
AT_ALL = (*ON_A_TEAM, AlarmKind.MOVE, AlarmKind.OFFER, AlarmKind.NUDGE)
GONE = "they left the workspace"


def leave_team(store: Store, rep: Person, at: datetime) -> Person:
    """They are nobody's rep any more: nothing asks them, and what is open between us closes quietly."""
    team = store.people.find_team(rep.rep_of or "")
    after = replace(rep, rep_of=None, focus=None)
    store.people.save(after)
    for kind in ON_A_TEAM:
        store.alarms.clear(kind, rep.id)
    latest = store.checkins.latest(rep.id)
    if latest is not None and not latest.ended:
        store.checkins.save(replace(expire(latest), version=latest.version + 1), latest.version)
        store.alarms.clear(AlarmKind.EXPIRY, latest.id)
    for commitment in store.commitments.open_of(rep.id):
        store.alarms.clear(AlarmKind.CHECK, commitment.id)
    if team is not None:
        ask_for_summaries(store, team, at)
    return after


def change_team(store: Store, rep: Person, before: Team, team: Team, at: datetime) -> None:
    """They are a rep of `team` now, and were one of `before`: what is open goes with them, at the new team's times.

    The new team's managers are who hears of it from now on; the old ones' summary no longer has them.
    """
    latest = store.checkins.latest(rep.id)
    if latest is not None and not latest.ended:
        # at the same version, since the buttons that they see are drawn for it
        store.checkins.save(replace(latest, team_id=team.id), latest.version)
    for one in store.commitments.open_of(rep.id):
        taken = replace(one, team_id=team.id, behaviour_id=None, version=one.version + 1)
        store.commitments.save(taken, one.version)
        set_check(store, taken, rep, team)
    set_morning(store, rep, at)
    ask_for_summaries(store, before, at)
    ask_for_summaries(store, team, at)


def manage_no_more(store: Store, manager: Person, team: Team) -> None:
    """They are no manager of the team: no summary of it, and no nudge when it was their only one."""
    store.alarms.clear(AlarmKind.SUMMARY, subject(team.id, manager.id))
    store.people.set_managers(team.id, [m.id for m in store.people.managers(team.id) if m.id != manager.id])
    if not store.people.managed_by(manager.id):
        store.alarms.clear(AlarmKind.NUDGE, manager.id)


def leave_workspace(store: Store, person: Person, at: datetime) -> Person:
    """Their account is gone: they are on no team and manage none, and nothing that waits for them is sent."""
    for team in store.people.managed_by(person.id):
        manage_no_more(store, person, team)
    after = replace(leave_team(store, person, at), left_at=at)
    after = replace(after, preferences=replace(after.preferences, moving=None, suggested="", suggestion=None))
    store.people.save(after)
    for kind in AT_ALL:
        store.alarms.clear(kind, person.id)
    store.outbox.skip_for(person.workspace, person.slack_id, GONE, at)
    return after
