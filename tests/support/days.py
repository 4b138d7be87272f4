"""A rep's days without a database: the real alarms and absences over a few dictionaries, with a clock that jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.domain.checkin import Checkin, Stage
from bot.domain.mornings import closes_at
from bot.domain.people import Person, Team
from bot.domain.preferences import Leave, Preferences
from bot.domain.workspace import Workspace
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services import access
from bot.services.absences import Absences
from bot.services.settling import Settling
from bot.services.tick import Tick
from bot.services.waking import set_morning

TEAM = Team("t1", "T1", "North", "Europe/Berlin", "C1")
REP = Person("p1", "T1", "U1", "Ana Sousa", "Europe/Berlin", "t1")


@dataclass(frozen=True)
class Question:
    """A check-in that was opened: for which day, when, and where its rep really was by what was known."""

    day: date
    at: datetime
    zone: ZoneInfo


Arrival = tuple[datetime, ZoneInfo, ZoneInfo]
"""When somebody changed from one zone to another."""


@dataclass
class Days:
    """One rep, their alarms and their check-ins."""

    now: datetime
    team: Team = TEAM
    rep: Person = REP
    questions: list[Question] = field(default_factory=list)
    alarms: dict[tuple[AlarmKind, str], Alarm] = field(default_factory=dict)
    checkins: list[Checkin] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)  # when a zone was noticed, and when it counted

    def __post_init__(self) -> None:
        self.settling = Settling()
        self.absences = Absences(cast("Any", None), cast("Any", None), cast("Any", self), str, "/coach")
        nothing = cast("Any", SimpleNamespace())
        self.tick = Tick(
            nothing,
            cast("Any", self),
            nothing,
            nothing,
            nothing,
            nothing,
            nothing,
            self.settling,
            nothing,
            nothing,
        )
        set_morning(self.store, self.rep, self.now)

    @property
    def store(self) -> Store:
        """What the services see."""
        people = SimpleNamespace(
            get=lambda _: self.rep,
            find=lambda one: self.rep if one == self.rep.id else None,
            by_slack=lambda *_: self.rep,
            save=self._save,
            team=lambda _: self.team,
            find_team=lambda one: self.team if one == self.team.id else None,
            managed_by=lambda _: (),
            managers=lambda _: (),
            teams=lambda *_: (self.team,),
        )
        alarms = SimpleNamespace(
            set=lambda alarm: self.alarms.__setitem__((alarm.kind, alarm.subject), alarm),
            get=lambda kind, subject: self.alarms.get((kind, subject)),
            clear=lambda kind, subject: self.alarms.pop((kind, subject), None),
        )
        return cast(
            "Store",
            SimpleNamespace(
                people=people,
                alarms=alarms,
                checkins=SimpleNamespace(on=self._on),
                commitments=SimpleNamespace(open_of=lambda _: (), of=lambda *_: ()),
                workspaces=SimpleNamespace(get=Workspace),
            ),
        )

    def _save(self, person: Person) -> None:
        self.rep = person

    def _on(self, _: str, day: date) -> Sequence[Checkin]:
        return [one for one in self.checkins if one.local_date == day]

    # -- what the check-ins do

    def open(self, _: Store, person: Person, team: Team, at: datetime, *, day: date) -> None:
        """A question goes out."""
        moving = person.preferences.moving
        self.questions.append(Question(day, at, ZoneInfo(moving.zone) if moving else person.tz))
        self.checkins.append(
            Checkin(
                id=str(len(self.checkins)),
                workspace=person.workspace,
                person_id=person.id,
                team_id=team.id,
                local_date=day,
                number=1,
                opened_at=at,
                expires_at=closes_at(person, team, day),
            )
        )

    def leave_out(self, _: Store, __: Person, checkin: Checkin, at: datetime) -> None:
        """An open one ends."""
        place = self.checkins.index(checkin)
        self.checkins[place] = replace(checkin, stage=Stage.SKIPPED, answered_at=at)

    # -- what happens

    def go(self, until: datetime) -> None:
        """Let time pass; whatever is due rings at its time."""
        while due := sorted((a for a in self.alarms.values() if a.at <= until), key=lambda a: (a.at, a.kind)):
            alarm = due[0]
            del self.alarms[(alarm.kind, alarm.subject)]
            self.now = max(self.now, alarm.at)
            before = self.rep.tz
            self.tick._answer(self.store, alarm, self.now)
            if self.rep.tz != before:
                self.arrivals.append((self.now, before, self.rep.tz))
        self.now = max(self.now, until)

    def settle(self, **changed: object) -> None:
        """They change their settings."""
        wanted: Preferences = replace(self.rep.preferences, **changed)  # type: ignore[arg-type]
        self.settling.settle(self.store, access.actor(self.store, self.rep, self.now), self.rep, wanted, self.now)

    def away(self, first: date, last: date) -> None:
        """They note days away."""
        actor = access.actor(self.store, self.rep, self.now)
        self.absences.set(self.store, actor, self.rep, first, last, Leave.AWAY, self.now)

    def back(self, first: date, last: date) -> None:
        """They cancel days away."""
        actor = access.actor(self.store, self.rep, self.now)
        self.absences.cancel(self.store, actor, self.rep, first, last, self.now)

    def travel(self, zone: str) -> None:
        """Slack shows them in another zone."""
        here = self.rep.tz
        self.settling.moved(self.store, self.rep, zone, self.now)
        self.arrivals.append((self.now, here, ZoneInfo(zone)))
