"""How a team to be differs from the team as it stands: for people to read, and to tell whether it still does so."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.domain.access import Action
from bot.domain.draft import TeamDraft
from bot.domain.people import Team, Times
from bot.domain.preferences import PublicHolidays
from bot.domain.preview import Named, named
from bot.domain.zones import place_of
from bot.ports.storage import Store
from bot.services.access import actor_by_slack, may
from bot.services.preview import Resolved


def changes(store: Store, it: Resolved) -> dict[str, Any]:
    """What the draft changes about the team as it stands, for people to read; empty where nothing does."""
    before = store.people.find_team(it.draft.team_id or "")
    if before is None:
        return {}
    reps = {one.slack_id: one.name for one in store.people.reps(before.id)}
    managers = {one.slack_id: one.name for one in store.people.managers(before.id)}
    new_reps = {one.slack_id: one.name for one in it.reps}
    new_managers = {one.slack_id: one.name for one in it.managers}
    found: dict[str, Any] = {
        "joins": _without(new_reps, reps),
        "leaves": _without(reps, new_reps),
        "leads": _without(new_managers, managers),
        "led": _without(managers, new_managers),
        "renamed": before.name if before.name != it.team.name else None,
        "zone": place_of(it.team.zone) if before.zone != it.team.zone else None,
        "channel": before.channel != it.team.channel,
        "times": _times(before, it.team),
        "days": before.times.hours.days != it.team.times.hours.days,
        "wins_day": before.times.wins_day != it.team.times.wins_day,
        "holidays": _place(before.holidays) != _place(it.team.holidays),
        "behaviours": [b.words for b in before.behaviours] != [b.words for b in it.team.behaviours],
        "care": before.care != it.team.care,
    }
    return found if any(found.values()) else {}


def _without(some: dict[str, str], others: dict[str, str]) -> Named | None:
    names = [name for slack_id, name in some.items() if slack_id not in others]
    return named(names) if names else None


def _place(holidays: PublicHolidays | None) -> tuple[str, str | None] | None:
    return (holidays.country, holidays.region) if holidays else None


def _times(before: Team, after: Team) -> list[dict[str, Any]]:
    """The clock times that change, by what they are for."""

    def clocks(team: Team) -> dict[str, Any]:
        own = {key: getattr(team.times, key) for key in ("check_in", "check_in_until", "summary", "nudge", "wins")}
        return own | {"day_starts": team.times.hours.start, "day_ends": team.times.hours.end}

    old, new = clocks(before), clocks(after)
    return [{"what": key, "before": old[key], "after": new[key]} for key in old if old[key] != new[key]]


def standing(store: Store, draft: TeamDraft, at: datetime) -> str:
    """What a preview of the draft is compared with, as a digest: the team that it changes, and which of its reps are
    on another team, from which they may come or not. While it is the same, the preview says what will happen.
    """
    team = store.people.find_team(draft.team_id or "")
    facts = (_facts(store, team) if team else None, _elsewhere(store, draft, at))
    return sha256(repr(facts).encode()).hexdigest()


def _facts(store: Store, team: Team) -> tuple[Any, ...]:
    """All of a team that a draft sets. People by their ids, since a new name of theirs changes nothing here."""
    times, hours = team.times, team.times.hours
    return (
        (team.name, team.zone, team.channel, _place(team.holidays), team.care),
        [behaviour.words for behaviour in team.behaviours],
        [str(getattr(times, one.name)) for one in fields(Times) if one.name != "hours"],
        (str(hours.start), str(hours.end), sorted(hours.days)),
        sorted(one.id for one in store.people.managers(team.id)),
        sorted(one.id for one in store.people.reps(team.id)),
    )


def _elsewhere(store: Store, draft: TeamDraft, at: datetime) -> list[tuple[str, str, bool]]:
    who = actor_by_slack(store, draft.workspace, draft.filled_by, at)
    known = [one for slack_id in draft.reps if (one := store.people.by_slack(draft.workspace, slack_id))]
    teams = [(one.id, store.people.find_team(one.rep_of or "")) for one in known]
    others = [(me, team) for me, team in teams if team is not None and team.id != draft.team_id]
    return sorted((me, team.id, may(who, Action.CHANGE_TEAM, team)) for me, team in others)
