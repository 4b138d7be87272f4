"""Setting up a team: who is in it, when things happen, and the alarms that make them happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.calendar import local_date
from bot.domain.mornings import next_morning
from bot.domain.people import Behaviour, Person, Team, Times, team_question
from bot.domain.question_bank import Kind
from bot.ports import NewId
from bot.ports.storage import Alarm, AlarmKind, Storage, Store
from bot.services.nudge import first_look
from bot.services.summary import subject
from bot.services.wins import next_wins


@dataclass(frozen=True)
class Member:
    """Somebody named in a team's plan. `focus` is a behaviour in the plan's words."""

    slack_id: str
    name: str
    zone: str
    focus: str | None = None


@dataclass(frozen=True)
class TeamPlan:
    """A team as it should be: the whole of it, so that applying it twice changes nothing."""

    workspace: str
    name: str
    zone: str
    channel: str
    managers: tuple[Member, ...]
    reps: tuple[Member, ...]
    behaviours: tuple[tuple[str, Kind], ...] = ()
    questions: tuple[tuple[str, Kind], ...] = ()
    care: tuple[str, ...] = ()
    times: Times = field(default_factory=Times)


@dataclass(frozen=True)
class Applied:
    """What applying a plan changed, for people to read."""

    team: Team
    created: bool
    joined: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Teams:
    """Creates and changes teams."""

    storage: Storage
    new_id: NewId

    async def apply(self, plan: TeamPlan, at: datetime) -> Applied:
        """Make the team as planned, in one transaction. Who is no longer named leaves; nothing they said is lost."""
        return await self.storage.write(lambda store: self.apply_in(store, plan, at))

    def apply_in(self, store: Store, plan: TeamPlan, at: datetime) -> Applied:
        """`apply` inside the caller's transaction."""
        before = store.people.team_named(plan.workspace, plan.name)
        team = self._team(plan, before)
        store.people.save_team(team)
        focus_of = {b.words: b.id for b in team.behaviours}
        was = {p.id: p for p in store.people.reps(team.id)} if before else {}
        changed: list[str] = []
        reps = [self._person(store, plan, m, team.id, focus_of, at, changed) for m in plan.reps]
        managers = [self._person(store, plan, m, None, focus_of, at, changed) for m in plan.managers]
        gone = [p for p in was.values() if p.id not in {r.id for r in reps}]
        for person in gone:
            store.people.save(replace(person, rep_of=None, focus=None))
            store.alarms.clear(AlarmKind.CHECKIN, person.id)
        for former in store.people.managers(team.id):
            if former.id not in {m.id for m in managers}:
                store.alarms.clear(AlarmKind.SUMMARY, subject(team.id, former.id))
        store.people.set_managers(team.id, [m.id for m in managers])
        set_alarms(store, team, reps, managers, before.times if before else None, at)
        return Applied(
            team,
            created=before is None,
            joined=tuple(p.name for p in reps if p.id not in was),
            left=tuple(p.name for p in gone),
            changed=tuple(changed),
        )

    def _team(self, plan: TeamPlan, before: Team | None) -> Team:
        known = {b.words: b for b in before.behaviours} if before else {}
        behaviours = tuple(
            replace(known[words], kind=kind) if words in known else Behaviour(self.new_id(), words, kind)
            for words, kind in plan.behaviours
        )
        return Team(
            id=before.id if before else self.new_id(),
            workspace=plan.workspace,
            name=plan.name,
            zone=plan.zone,
            channel=plan.channel,
            times=plan.times,
            behaviours=behaviours,
            care=plan.care,
            questions=tuple(team_question(words, kind) for words, kind in plan.questions),
        )

    def _person(
        self,
        store: Store,
        plan: TeamPlan,
        member: Member,
        rep_of: str | None,
        focus_of: dict[str, str],
        at: datetime,
        changed: list[str],
    ) -> Person:
        known = store.people.by_slack(plan.workspace, member.slack_id)
        focus = focus_of.get(member.focus or "")
        if known is None:
            person = Person(self.new_id(), plan.workspace, member.slack_id, member.name, member.zone, rep_of, focus)
            store.people.add(person, local_date(at, person.tz))
            return person
        as_rep = (rep_of, focus) if rep_of else (known.rep_of, known.focus)
        person = replace(known, name=member.name, zone=member.zone, rep_of=as_rep[0], focus=as_rep[1])
        if person != known:
            store.people.save(person)
            changed.append(person.name)
            if person.zone != known.zone:
                store.alarms.clear(AlarmKind.CHECKIN, person.id)
        return person


def set_alarms(
    store: Store,
    team: Team,
    reps: Sequence[Person],
    managers: Sequence[Person],
    before: Times | None,
    at: datetime,
) -> None:
    """Set what wakes the team. An alarm that stands is kept when its time is unchanged, so that nothing due is lost."""
    same = before == team.times

    def wake(kind: AlarmKind, who: str, moment: datetime) -> None:
        standing = store.alarms.get(kind, who)
        if standing is None or (not same and standing.at > at):
            store.alarms.set(Alarm(kind, who, moment))

    for rep in reps:
        wake(AlarmKind.CHECKIN, rep.id, next_morning(rep, team, at).at)
    for manager in managers:
        wake(AlarmKind.SUMMARY, subject(team.id, manager.id), at)
        wake(AlarmKind.NUDGE, manager.id, first_look(team, manager, at))
    wake(AlarmKind.WINS, team.id, next_wins(team, at))
