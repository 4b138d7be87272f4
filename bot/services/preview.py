"""A team to be, with what Slack and the database know of its people: the plan, and the words that say what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain import preview
from bot.domain.access import Action
from bot.domain.calendar import local_date
from bot.domain.draft import TeamDraft
from bot.domain.mornings import next_morning
from bot.domain.pace import minutes_for
from bot.domain.people import Behaviour, Person, Team
from bot.domain.preferences import PublicHolidays
from bot.domain.preview import Trouble, Why, named
from bot.domain.question_bank import Kind
from bot.domain.zones import place_of
from bot.ports.slack import Place, Profile
from bot.ports.storage import Store
from bot.services.access import Actor, actor_by_slack, may
from bot.services.changes import zone_of
from bot.services.holidays import Calendars
from bot.services.looking_up import Found
from bot.services.people import Member, TeamPlan
from bot.services.sending import seen_by


@dataclass(frozen=True)
class Resolved:
    """A draft with its people: the plan that makes it a team, and the same as it will be, which is kept nowhere."""

    draft: TeamDraft
    plan: TeamPlan
    team: Team
    managers: tuple[Person, ...]
    reps: tuple[Person, ...]
    troubles: Sequence[Trouble]
    place: Place | None


def resolved(store: Store, draft: TeamDraft, found: Found, calendars: Calendars, at: datetime) -> Resolved:
    """The draft as a team, without those who cannot be on it.

    Reps of another team come along where whoever filled it in may change that team, too, as things are now.
    """
    before = store.people.find_team(draft.team_id or "")
    holidays = _holidays(draft, before, calendars, at)
    kinds = {b.words: b.kind for b in before.behaviours} if before else {}
    team = Team(
        id=before.id if before else draft.id,
        workspace=draft.workspace,
        name=draft.name,
        zone=draft.zone,
        channel=draft.channel or "",
        times=draft.times,
        behaviours=tuple(Behaviour(words, words, kinds.get(words, Kind.ANY)) for words in draft.behaviours),
        care=draft.care,
        holidays=holidays,
    )
    trouble: list[tuple[Why, str, str]] = []
    managers = _people(store, draft.managers, team, found, trouble, leads=True)
    filled_by = actor_by_slack(store, draft.workspace, draft.filled_by, at)
    reps = _reps(store, filled_by, _people(store, draft.reps, team, found, trouble, leads=False), team, trouble)
    old = {b.id: b.words for b in before.behaviours} if before else {}
    plan = TeamPlan(
        workspace=draft.workspace,
        name=draft.name,
        zone=draft.zone,
        channel=team.channel,
        managers=tuple(_member(one, None) for one in managers),
        reps=tuple(_member(one, old.get(one.focus or "")) for one in reps),
        behaviours=tuple((b.words, b.kind) for b in team.behaviours),
        questions=tuple((q.text, min(q.kinds, default=Kind.ANY)) for q in before.questions) if before else (),
        care=draft.care,
        times=draft.times,
        holidays=holidays,
        team_id=draft.team_id,
    )
    return Resolved(draft, plan, team, managers, reps, preview.troubles(dict.fromkeys(trouble)), found.place)


def _holidays(draft: TeamDraft, before: Team | None, calendars: Calendars, at: datetime) -> PublicHolidays | None:
    """Those that the team has where the place is the same: what was looked up ahead is not looked up again."""
    known = before.holidays if before else None
    if known and (known.country, known.region) == (draft.country, draft.region):
        return known
    return calendars.of(draft.country, draft.region, local_date(at, Team("", "", "", draft.zone, "").tz))


def _people(
    store: Store,
    slack_ids: Sequence[str],
    team: Team,
    found: Found,
    trouble: list[tuple[Why, str, str]],
    *,
    leads: bool,
) -> tuple[Person, ...]:
    """Those who can be on the team, as they will be; what is to be said of whom is added to `trouble`."""
    there: list[Person] = []
    for slack_id in slack_ids:
        profile, known = found.people.get(slack_id), store.people.by_slack(team.workspace, slack_id)
        name = profile.name if profile else known.name if known else slack_id
        if (why := _keeps_out(profile, leads=leads)) is not None or profile is None:
            trouble.append((why or Why.UNKNOWN, name, ""))
            continue
        if known is None:
            known = Person(slack_id, team.workspace, slack_id, name, profile.zone or team.zone)
        elif known.left_at is not None:
            known = replace(known, zone=profile.zone or known.zone, left_at=None)
        if leads and known.stopped_at is not None:
            trouble.append((Why.STOPPED, name, ""))
        there.append(replace(known, name=name, guest=profile.is_guest))
    return tuple(there)


def _reps(
    store: Store, who: Actor, people: Sequence[Person], team: Team, trouble: list[tuple[Why, str, str]]
) -> tuple[Person, ...]:
    """These as reps of the team, without those whose present team is not for `who` to change."""
    there: list[Person] = []
    for one in people:
        former = store.people.find_team(one.rep_of or "")
        if former is not None and former.id != team.id:
            moves = may(who, Action.CHANGE_TEAM, former)
            trouble.append((Why.MOVES if moves else Why.KEPT, one.name, former.name))
            if not moves:
                continue
        if one.stopped_at is not None:
            trouble.append((Why.STOPPED, one.name, ""))
        there.append(replace(one, rep_of=team.id))
    return tuple(there)


def _keeps_out(profile: Profile | None, *, leads: bool) -> Why | None:
    """Why somebody cannot be on the team, None when they can."""
    if profile is None:
        return Why.UNKNOWN
    for is_so, why in (
        (profile.deleted, Why.DEACTIVATED),
        (profile.is_bot, Why.BOT),
        (profile.is_stranger, Why.OTHER_WORKSPACE),
        (leads and profile.is_guest, Why.GUEST_MANAGER),
    ):
        if is_so:
            return why
    return None


def _member(person: Person, focus: str | None) -> Member:
    return Member(person.slack_id, person.name, zone_of(person), focus, person.guest)


def meaning(store: Store, it: Resolved, reader: Person, calendars: Calendars, at: datetime) -> dict[str, Any]:
    """Everything that the words of a preview need for this reader."""
    team, times = it.team, it.team.times
    asked = [rep for rep in it.reps if rep.stopped_at is None]
    countries = {code: name for some in calendars.holidays.countries().values() for code, name in some}
    regions = dict(calendars.holidays.regions(it.draft.country or "")) if it.draft.region else {}
    where = [regions.get(it.draft.region or ""), countries.get(it.draft.country or "")]
    return {
        "team": team.name,
        "reps": len(it.reps),
        "people": named(rep.name for rep in it.reps),
        "managers": [one.name for one in it.managers],
        "days": preview.spans(times.hours.days),
        "times": times,
        "wins_day": times.wins_day,
        "place": place_of(team.zone),
        "others": preview.at_your_time(asked, team, reader.tz, at),
        "first": preview.first_question(asked, team, at),
        "channel": channel_of(it),
        "holidays": preview.coming(team.holidays, times.hours, local_date(at, team.tz)),
        "country": ", ".join(filter(None, where)),
        "troubles": it.troubles,
        "large": _large(store, it, asked, at),
        "care": list(team.care),
    } | seen_by(reader, at)


def channel_of(it: Resolved) -> dict[str, str]:
    """The wins channel: its name, "" where the app cannot see it, and how the app stands to it."""
    place = it.place
    if place is None:
        return {"name": "", "state": "hidden"}
    if place.is_archived:
        state = "archived"
    elif place.is_member:
        state = "in"
    else:
        state = "invite" if place.is_private else "joins"
    return {"name": place.name, "state": state}


def _large(store: Store, it: Resolved, asked: Sequence[Person], at: datetime) -> dict[str, int] | None:
    """The largest morning that the team has a part in, when it takes more than a minute."""
    own = preview.together(asked, it.team, at)
    everybody = own.copy()
    for team in store.people.teams(it.team.workspace):
        if team.id != it.team.id:
            for rep in store.people.reps(team.id):
                moment = next_morning(rep, team, at).at
                if moment in own and rep.stopped_at is None:
                    everybody[moment] += 1
    most = max(everybody.values(), default=0)
    minutes = minutes_for(most)
    return {"reps": most, "minutes": minutes} if minutes else None


def reader_in(store: Store, it: Resolved, slack_id: str, profile: Profile | None) -> Person:
    """Whoever is to read a preview, as somebody enrolled or as somebody who is not."""
    known = store.people.by_slack(it.team.workspace, slack_id)
    zone = (profile.zone if profile else None) or it.team.zone
    return known or Person(slack_id, it.team.workspace, slack_id, profile.name if profile else slack_id, zone)
