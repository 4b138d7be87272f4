"""Who somebody is and whose a thing is, by the facts of the database; `bot.domain.access` says what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import Action, Who, Whose
from bot.domain.access import may as allowed
from bot.domain.draft import TeamDraft
from bot.domain.people import Person, Team
from bot.domain.workspace import Workspace
from bot.ports.storage import Store
from bot.services.readers import stands_in_for

Thing = Person | Team | Workspace


@dataclass(frozen=True)
class Actor:
    """Somebody who wants something: what they are, and the teams they lead, their own and as a stand-in."""

    workspace: str
    slack_id: str
    person: Person | None
    who: frozenset[Who]
    leads: frozenset[str] = frozenset()
    stands_in: frozenset[str] = frozenset()


def actor(store: Store, person: Person, at: datetime) -> Actor:
    """Somebody enrolled."""
    return actor_by_slack(store, person.workspace, person.slack_id, at)


def actor_by_slack(store: Store, workspace: str, slack_id: str, at: datetime, stranger: Who | None = None) -> Actor:
    """Whoever has that Slack id in that workspace; `stranger` is what they are where Slack says they do not belong."""
    if stranger is not None:
        return Actor(workspace, slack_id, None, frozenset({stranger}))
    person = store.people.by_slack(workspace, slack_id)
    who: set[Who] = set()
    leads: set[str] = set()
    stands_in: set[str] = set()
    if person is not None and person.left_at is None:
        if person.rep_of is not None:
            who.add(Who.REP)
        if not person.guest:
            leads = {team.id for team in store.people.managed_by(person.id)}
            for manager in stands_in_for(store, person, at):
                stands_in |= {team.id for team in store.people.managed_by(manager.id)}
    if leads:
        who.add(Who.MANAGER)
    if stands_in:
        who.add(Who.STAND_IN)
    if slack_id in store.workspaces.get(workspace).admins:
        who.add(Who.ADMIN)
    if not who:
        who.add(Who.GUEST if person is not None and person.guest else Who.MEMBER)
    return Actor(workspace, slack_id, person, frozenset(who), frozenset(leads), frozenset(stands_in))


def may_own(person: Person, action: Action, owner_id: str) -> bool:
    """Whether this person may do to what is `owner_id`'s what people do to what is their own: no more is looked up."""
    who = Who.REP if person.rep_of is not None else Who.MEMBER
    return allowed(action, [who], Whose.SELF if owner_id == person.id else Whose.OTHER_TEAM)


def may(who: Actor, action: Action, thing: Thing) -> bool:
    """Whether they may do it to the person, team or workspace, as things stand in the database."""
    return any(allowed(action, [role], _whose(who, role, thing)) for role in who.who)


def may_draft(who: Actor, action: Action, draft: TeamDraft) -> bool:
    """The same for a team to be, which is led by the members whom it names as its managers.

    That is a fact like any other: only who may create a team writes one down. Whoever made a draft may change it while
    they may create teams; start it may its managers alone. A draft that changes a team is as that team is, for which
    ask `may`.
    """
    if draft.workspace != who.workspace or who.who & {Who.GUEST, Who.STRANGER, Who.BOT}:
        return False
    guest = who.person is not None and who.person.guest
    if who.slack_id in draft.managers and not guest and allowed(action, [Who.MANAGER], Whose.OWN_TEAM):
        return True
    if action is Action.CHANGE_TEAM and who.slack_id == draft.made_by:
        return any(allowed(Action.CREATE_TEAM, [role], Whose.WORKSPACE) for role in who.who)
    return any(allowed(action, [role], Whose.OTHER_TEAM) for role in who.who)


def _whose(who: Actor, role: Who, thing: Thing) -> Whose:
    """Whose the thing is, seen by somebody in one of their roles."""
    workspace = thing.id if isinstance(thing, Workspace) else thing.workspace
    if workspace != who.workspace:
        return Whose.OTHER_WORKSPACE
    if isinstance(thing, Workspace):
        return Whose.WORKSPACE
    teams = {Who.MANAGER: who.leads, Who.STAND_IN: who.stands_in}.get(role, who.leads)
    if isinstance(thing, Team):
        return Whose.OWN_TEAM if thing.id in teams else Whose.OTHER_TEAM
    if thing.slack_id == who.slack_id:
        return Whose.SELF
    return Whose.OWN_REP if thing.rep_of is not None and thing.rep_of in teams else Whose.OTHER_TEAM
