"""People and channels as Slack tells them: what has changed is kept, and whoever has to know is told.

The nightly sweep and Slack's events both come here, so that what no event told of is found in the night. Each
change is made once, whoever notices it first: the database knows what it was before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.people import Person, Team
from bot.ports.slack import Place, Profile
from bot.ports.storage import Store
from bot.services.departures import GONE, leave_workspace, manage_no_more
from bot.services.news import News, hand_over
from bot.services.statuses import Statuses, is_new
from bot.services.summary import ask_for_summaries
from bot.services.telling import Telling

Moved = Callable[[Store, Person, str, datetime], object]
"""Takes up a person's new zone."""

ARCHIVED, UNSEEN, NOT_IN = "is_archived", "channel_not_found", "not_in_channel"
TROUBLES = frozenset({ARCHIVED, UNSEEN, NOT_IN})
"""What keeps us from posting to a channel, in Slack's own words."""


@dataclass(frozen=True)
class Changes:
    """Takes up what changed, inside the caller's transaction."""

    telling: Telling
    moved: Moved
    statuses: Statuses

    def people(self, store: Store, workspace: str, profiles: Sequence[Profile], at: datetime) -> Counter[str]:
        """Make what is known of these people as Slack tells it; how many changes of each kind.

        Managers and admins come first, so that nothing is handed to somebody who leaves with the same breath.
        """
        counts: Counter[str] = Counter()
        news = News(self.telling)
        gone = [one for one in profiles if one.deleted or one.is_guest]
        for profile in gone:
            counts["unnamed"] += _unnamed(store, workspace, profile, at)
        known = [(p, person) for p in profiles if (person := store.people.by_slack(workspace, p.slack_id))]
        for profile, person in known:
            if profile in gone:
                counts["led no more"] += _leads_no_more(store, person, news, at)
        for profile, person in known:
            counts += self._person(store, store.people.get(person.id), profile, news, at)
        news.post(store, at)
        return +counts

    def _person(self, store: Store, person: Person, profile: Profile, news: News, at: datetime) -> Counter[str]:
        if profile.deleted:
            if person.left_at is not None:
                return Counter()
            _leaves(store, person, news, at)
            return Counter(left=1)
        changed: Counter[str] = Counter()
        if person.left_at is not None:
            _comes_back(store, person, news, at)
            person = store.people.get(person.id)
            changed["came back"] += 1
        kept = replace(person, name=profile.name, guest=profile.is_guest)
        if kept != person:
            store.people.save(kept)
            changed["renamed"] += kept.name != person.name
            changed["guest or member"] += kept.guest != person.guest
            for team in _teams_of(store, kept):
                ask_for_summaries(store, team, at)
        if profile.zone and profile.zone != zone_of(kept):
            self.moved(store, kept, profile.zone, at)
            changed["moved"] += 1
        changed["offered"] += self.statuses.notice(store, store.people.get(person.id), profile.status, at)
        return +changed

    def concerns(self, store: Store, workspace: str, profile: Profile, at: datetime) -> bool:
        """Whether `people` may have something to do for this one."""
        admin = not profile.is_member and profile.slack_id in store.workspaces.get(workspace).admins
        return admin or differs(store.people.by_slack(workspace, profile.slack_id), profile, at)

    def place(self, store: Store, channel: str, place: Place | None, workspace: str, at: datetime) -> int:
        """Keep whether the teams that post to the channel still can; managers hear of each trouble, and its end, once.

        How many teams it has changed for.
        """
        trouble, news, changed = trouble_of(place), News(self.telling), 0
        for team in store.people.teams(workspace):
            if team.channel == channel and team.channel_trouble != trouble:
                after = replace(team, channel_trouble=trouble)
                store.people.save_team(after)
                item = {"what": "channel", "reason": trouble}
                news.to_managers(store, after, item, at)
                changed += 1
        news.post(store, at)
        return changed


def zone_of(person: Person) -> str:
    """The zone that counts for them, or is about to."""
    return person.preferences.moving.zone if person.preferences.moving else person.zone


def differs(person: Person | None, profile: Profile, at: datetime) -> bool:
    """Whether something else is kept of somebody than Slack tells; not of somebody who is not enrolled."""
    if person is None:
        return False
    if profile.deleted:
        return person.left_at is None
    told = (profile.name, profile.zone or zone_of(person), profile.is_guest, None)
    kept = (person.name, zone_of(person), person.guest, person.left_at)
    return told != kept or is_new(person, profile.status, at)


def trouble_of(place: Place | None) -> str | None:
    """Why we cannot post there; None when we can."""
    if place is None:
        return UNSEEN
    if place.is_archived:
        return ARCHIVED
    return None if place.is_member else NOT_IN


def _leaves(store: Store, person: Person, news: News, at: datetime) -> None:
    team = store.people.find_team(person.rep_of or "")
    item = hand_over(store, person, at)
    leave_workspace(store, person, at)
    if team is not None:
        news.to_managers(store, team, item, at)
        if not store.people.reps(team.id):
            news.to_managers(store, team, {"what": "empty"}, at)


def _comes_back(store: Store, person: Person, news: News, at: datetime) -> None:
    """They are in the workspace again, and on no team: somebody has to want that."""
    store.people.save(replace(person, left_at=None))
    latest = store.checkins.latest(person.id)
    team = store.people.find_team(latest.team_id) if latest else None
    if team is not None:
        news.to_managers(store, team, {"what": "back", "name": person.name}, at)


def _leads_no_more(store: Store, person: Person, news: News, at: datetime) -> int:
    """Take them off the teams that they manage. Who else manages one is told; where nobody does, the admins are."""
    teams = store.people.managed_by(person.id)
    for team in teams:
        manage_no_more(store, person, team)
        if store.people.managers(team.id):
            news.to_managers(store, team, {"what": "manager", "name": person.name}, at)
        else:
            news.to_admins(store, team, {"what": "nobody", "name": person.name})
    return len(teams)


def gives_up(store: Store, person: Person, news: News, at: datetime) -> None:
    """They lead no team any more by their own choice, and are named to nobody."""
    for team in store.people.managed_by(person.id):
        manage_no_more(store, person, team)
        if store.people.managers(team.id):
            news.to_managers(store, team, {"what": "one_manager_less"}, at)
        else:
            news.to_admins(store, team, {"what": "no_manager_left"})


def _unnamed(store: Store, workspace: str, profile: Profile, at: datetime) -> int:
    """Who left, or is a guest, does not look after the app."""
    known = store.workspaces.get(workspace)
    if profile.slack_id not in known.admins:
        return 0
    store.workspaces.save(replace(known, admins=tuple(a for a in known.admins if a != profile.slack_id)))
    if profile.deleted:
        store.outbox.skip_for(workspace, profile.slack_id, GONE, at)
    return 1


def _teams_of(store: Store, person: Person) -> Sequence[Team]:
    team = store.people.find_team(person.rep_of or "")
    return [team] if team else []
