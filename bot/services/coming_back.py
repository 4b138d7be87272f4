"""The app is in a workspace, for the first time or again: its nightly chores are set, and what slept is woken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.people import Team
from bot.ports.installations import FIRST_CHORES
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.checkin import set_check
from bot.services.people import set_alarms
from bot.services.settling import Settling

CHORES = (AlarmKind.SWEEP, AlarmKind.CLEANING)


def set_chores(store: Store, workspace: str, at: datetime, kinds: Sequence[AlarmKind] = CHORES) -> None:
    """Set what is done for a workspace every night, where it is not set."""
    for kind in kinds:
        if store.alarms.get(kind, workspace) is None:
            store.alarms.set(Alarm(kind, workspace, at + FIRST_CHORES))


def come_back(store: Store, workspace: str, at: datetime) -> None:
    """Where the app had left, nothing is erased any more and everybody is woken; elsewhere nothing is done."""
    known = store.workspaces.get(workspace)
    if known.erase_at is None:
        return
    store.workspaces.save(replace(known, erase_at=None))
    for team in store.people.teams(workspace):
        wake(store, team, at)
    for person in store.people.of_workspace(workspace):
        move = person.preferences.moving
        if move is not None and person.left_at is None:  # when their new zone was to count was forgotten with the rest
            Settling().moved(store, person, move.zone, at)


def wake(store: Store, team: Team, at: datetime) -> None:
    """Set what wakes a team that slept, what is open between its reps and the coach included."""
    reps = store.people.reps(team.id)
    set_alarms(store, team, reps, store.people.managers(team.id), None, at)
    for rep in reps:
        latest = store.checkins.latest(rep.id)
        if latest is not None and not latest.ended:
            store.alarms.set(Alarm(AlarmKind.EXPIRY, latest.id, latest.expires_at))
        for commitment in store.commitments.open_of(rep.id):
            if commitment.due_at > at:  # what was due before is asked about in the next check-in
                set_check(store, commitment, rep, team)
