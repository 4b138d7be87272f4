"""Setting up a team: who is in it, when things happen, and the alarms that make them happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.calendar import local_date
from bot.domain.mornings import next_morning
from bot.domain.people import Behaviour, Person, Team, Times, team_question
from bot.domain.preferences import PublicHolidays
from bot.domain.question_bank import Kind
from bot.ports import NewId
from bot.ports.storage import Alarm, AlarmKind, Storage, Store
from bot.services.changes import zone_of
from bot.services.departures import change_team, leave_team, manage_no_more
from bot.services.news import News
from bot.services.nudge import first_look
from bot.services.settling import Settling
from bot.services.summary import subject
from bot.services.telling import As, Telling
from bot.services.wins import next_wins


@dataclass(frozen=True)
class Member:
    """Somebody named in a team's plan. `focus` is a behaviour in the plan's words; `guest` is None where not known."""

    slack_id: str
    name: str
    zone: str
    focus: str | None = None
    guest: bool | None = None


@dataclass(frozen=True)
class TeamPlan:
    """A team as it should be: the whole of it, so that applying it twice changes nothing.

    `team_id` is that of the team to change; without it that is the one of this name, or a new one.
    """

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
    holidays: PublicHolidays | None = None
    team_id: str | None = None


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
    telling: Telling
    settling: Settling = field(default_factory=Settling)

    async def apply(self, plan: TeamPlan, at: datetime) -> Applied:
        """Make the team as planned, in one transaction. Who is no longer named leaves; nothing they said is lost."""
        return await self.storage.write(lambda store: self.apply_in(store, plan, at))

    def apply_in(self, store: Store, plan: TeamPlan, at: datetime) -> Applied:
        """`apply` inside the caller's transaction."""
        if plan.team_id is not None:
            before: Team | None = store.people.team(plan.team_id)
        else:
            before = store.people.team_named(plan.workspace, plan.name)
        team = self._team(plan, before)
        store.people.save_team(team)
        focus_of = {b.words: b.id for b in team.behaviours}
        was = {p.id: p for p in store.people.reps(team.id)} if before else {}
        elsewhere = self._elsewhere(store, plan, team)
        changed: list[str] = []
        reps = [self._person(store, plan, m, team.id, focus_of, at, changed) for m in plan.reps]
        managers = [self._person(store, plan, m, None, focus_of, at, changed) for m in plan.managers]
        gone = [p for p in was.values() if p.id not in {r.id for r in reps}]
        for person in gone:
            leave_team(store, store.people.get(person.id), at)
        for one in store.people.managers(team.id):
            if one.id not in {m.id for m in managers}:
                manage_no_more(store, one, team)
        store.people.set_managers(team.id, [m.id for m in managers])
        same = before is not None and before.holidays == team.holidays
        set_alarms(store, team, reps, managers, before.times if before and same else None, at)
        for person in reps:
            if former := elsewhere.get(person.slack_id):
                self._changes_team(store, person, former, team, at)
        self._tell_of_moves(store, reps, elsewhere, team, at)
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
            holidays=plan.holidays,
            channel_trouble=before.channel_trouble if before and before.channel == plan.channel else None,
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
            person = replace(person, guest=bool(member.guest))
            store.people.add(person, local_date(at, person.tz))
            return person
        as_rep = (rep_of, focus) if rep_of else (known.rep_of, known.focus)
        guest = known.guest if member.guest is None else member.guest
        on_a_team = known.rep_of is not None or store.people.managed_by(known.id)
        person = replace(known, name=member.name, rep_of=as_rep[0], focus=as_rep[1], guest=guest, left_at=None)
        if not on_a_team and member.zone != zone_of(known):
            store.alarms.clear(AlarmKind.MOVE, known.id)
            person = replace(person, zone=member.zone, preferences=replace(known.preferences, moving=None))
        if person != known:
            store.people.save(person)
        if member.zone != zone_of(person):
            self.settling.moved(store, person, member.zone, at)
            person = store.people.get(person.id)
        if person != known:
            changed.append(person.name)
        return person

    def _elsewhere(self, store: Store, plan: TeamPlan, team: Team) -> dict[str, Team]:
        """Which of the planned reps are in another team until now, by Slack id, and in which."""
        known = [person for m in plan.reps if (person := store.people.by_slack(plan.workspace, m.slack_id))]
        former = {person.slack_id: store.people.find_team(person.rep_of or "") for person in known}
        return {slack_id: one for slack_id, one in former.items() if one is not None and one.id != team.id}

    def _changes_team(self, store: Store, rep: Person, former: Team, team: Team, at: datetime) -> None:
        """Somebody comes from another team: what is open comes with them, and their next question tells them so."""
        change_team(store, rep, former, team, at)
        alarm = store.alarms.get(AlarmKind.CHECKIN, rep.id)
        if rep.introduced_at is not None and alarm is not None:
            values = {"former": former.name, "managers": [m.first_name for m in store.people.managers(team.id)]}
            self.telling.tell(store, "changes/team", values, team, rep.slack_id, As.REP, alarm.at)

    def _tell_of_moves(
        self, store: Store, reps: Sequence[Person], elsewhere: dict[str, Team], team: Team, at: datetime
    ) -> None:
        """Who manages the team that somebody comes from, and not this one, hears of it."""
        news = News(self.telling)
        for rep in reps:
            if former := elsewhere.get(rep.slack_id):
                news.to_managers(store, former, {"what": "moved", "name": rep.name, "to": team.name}, at, but=team)
        for former in elsewhere.values():
            if not store.people.reps(former.id):
                news.to_managers(store, former, {"what": "empty"}, at, but=team)
        news.post(store, at)


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
