"""Walks a team of personas through ten working days: the real app on a real SQLite file, with Slack as a recorder."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Huddle
from bot.domain.calendar import instant, local_date
from bot.domain.checkin import Checkin
from bot.domain.commitment import Commitment
from bot.domain.people import Person
from bot.domain.reading import Asked
from bot.ports.coach import Coach
from bot.ports.messages import Delivery, Op
from bot.ports.slack import Posted
from bot.ports.storage import SeenQuestion, Store
from bot.services.hearing import Rep, rep_of
from tests.personas.reps import DAYS, FIRST_DAY, SILENCE, Group, Persona, Voice
from tests.support.world import WORKSPACE, RecordingSlack, Shown, World

MOST_TURNS = 12
"""Answers of a persona on one day, so that no walk goes on for ever."""
ENOUGH = timedelta(minutes=20)
"""How long after the time of a commitment somebody looks at Slack again."""
HAND = "Tell my manager"


@dataclass(frozen=True)
class Event:
    """Something that showed in a conversation: a line of the bot (with its `key`), or what a rep said or tapped."""

    at: datetime
    channel: str
    text: str
    key: str | None = None
    buttons: tuple[str, ...] = ()
    in_place: bool = False
    tapped: bool = False


@dataclass(frozen=True)
class Turn:
    """An answer of a persona: to what, in which check-in, and the keys of what was posted to it."""

    persona: Persona
    number: int
    at: datetime
    line: str
    asked: Asked
    checkin: str | None
    posted: int


@dataclass(frozen=True)
class Lived:
    """What is stored of a persona at the end."""

    person: Person
    checkins: Sequence[Checkin]
    commitments: Sequence[Commitment]
    seen: Sequence[SeenQuestion]


@dataclass
class Walk:
    """Everything that happened to a team in ten working days."""

    group: Group
    coach: str
    events: list[Event] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    questions: list[tuple[Persona, datetime, str]] = field(default_factory=list)
    lived: dict[str, Lived] = field(default_factory=dict)

    def of(self, persona: Persona) -> Sequence[Event]:
        """What showed in the conversation with that persona, in order."""
        return [event for event in self.events if event.channel == f"D{persona.slack[1:]}"]


class Noting(RecordingSlack):
    """A recorder that also knows when each message came, and what it was replaced by."""

    office: Office

    async def deliver(self, delivery: Delivery) -> Posted:
        posted = await super().deliver(delivery)
        shown = self.at(posted.channel, posted.ts)
        self.office.walk.events.append(
            Event(
                self.office.now,
                posted.channel,
                shown.text,
                delivery.key,
                tuple(shown.buttons),
                in_place=delivery.op is Op.UPDATE,
            )
        )
        return posted


class Office(World):
    """A world that keeps what happens in it."""

    def __init__(self, database: Path, start: datetime, coach: Coach, walk: Walk) -> None:
        self.walk = walk
        super().__init__(database, start, coach)

    def _built(self) -> Huddle:
        noting = Noting()
        noting.office = self
        self.slack = noting
        return super()._built()


@dataclass(order=True)
class Visit:
    """A look at Slack that is still to come."""

    at: datetime
    order: int
    voice: Voice = field(compare=False)
    number: int = field(compare=False)
    first: bool = field(default=True, compare=False)
    checks: bool = field(default=False, compare=False)


@dataclass
class Walker:
    """Plays the visits of a team in the order of time."""

    office: Office
    visits: list[Visit] = field(default_factory=list)
    order: itertools.count[int] = field(default_factory=itertools.count)
    handed: set[tuple[str, int]] = field(default_factory=set)

    def plan(self, at: datetime, voice: Voice, number: int, *, first: bool = True, checks: bool = False) -> None:
        heapq.heappush(self.visits, Visit(at, next(self.order), voice, number, first, checks))

    async def walk(self, group: Group) -> None:
        for persona in group.personas:
            voice = Voice(persona)
            for number, day in enumerate(DAYS):
                for at in _looks(persona, group, day, number):
                    self.plan(at, voice, number)
        while self.visits:
            visit = heapq.heappop(self.visits)
            await self.office.go(max(visit.at, self.office.now))
            await self._visit(visit)
        end = instant(DAYS[-1] + timedelta(days=1), group.plan.times.check_in, self._zone(group))
        await self.office.go(max(end, self.office.now))

    def _zone(self, group: Group) -> ZoneInfo:
        return ZoneInfo(group.plan.zone)

    async def _visit(self, visit: Visit) -> None:
        persona, now = visit.voice.persona, self.office.now
        before = await self._rep(persona)
        kind = self._kind(visit, before, now)
        if kind is None:
            return
        line = visit.voice.line(visit.number, kind)
        if line == SILENCE:
            return
        checkin = before.checkin
        posts = len(self._posts(persona))
        await self._act(persona, line)
        after = await self._rep(persona)
        self.office.walk.turns.append(
            Turn(
                persona,
                visit.number,
                now,
                line,
                Asked.NOTHING if kind == "check" else before.asked,
                checkin.id if checkin else None,
                len(self._posts(persona)) - posts,
            )
        )
        if after.checkin and after.checkin.question:
            self.office.walk.questions.append((persona, now, after.checkin.question))
        for made in after.open_commitments:
            if made.made_at == now or made.due_at != _due(before, made):
                self.plan(made.due_at + ENOUGH, visit.voice, visit.number, first=False, checks=True)
        turns = sum(turn.persona is persona and turn.number == visit.number for turn in self.office.walk.turns)
        if turns < MOST_TURNS and after.asked is not Asked.NOTHING:
            pace = timedelta(minutes=persona.pace)
            self.plan(now + pace, visit.voice, visit.number, first=False, checks=visit.checks)

    def _kind(self, visit: Visit, rep: Rep, now: datetime) -> str | None:
        """What the persona sees to answer to, if anything."""
        persona = visit.voice.persona
        newest = self.office.dm(persona.slack)[-1:]
        labels = tuple(newest[0].buttons) if newest else ()
        if any(label.startswith(HAND) for label in labels) and (persona.id, visit.number) not in self.handed:
            self.handed.add((persona.id, visit.number))
            if "hand" in persona.day(visit.number).lines:
                return "hand"
        if rep.asked is not Asked.NOTHING and not (visit.checks and rep.asked is not Asked.LEARN):
            return rep.asked.value
        if newest and "Done" in labels and any(made.due_at <= now for made in rep.open_commitments):
            return "check"
        return "nothing" if visit.first else None

    async def _act(self, persona: Persona, line: str) -> None:
        words, events = line, self.office.walk.events
        if not line.startswith("["):
            events.append(Event(self.office.now, f"D{persona.slack[1:]}", words))
            await self.office.say(persona.slack, words)
            return
        label, _, typed = line[1:].partition("]")
        message, found = self._button(persona, label)
        shown = f"[{found}]" + (f" and writes: {typed.strip()}" if typed else "")
        events.append(Event(self.office.now, message.channel, shown, tapped=True))
        await self.office.press(persona.slack, found, message)
        if typed:
            await self.office.submit(persona.slack, when=typed.strip())

    def _button(self, persona: Persona, label: str) -> tuple[Shown, str]:
        for message in reversed(self.office.dm(persona.slack)):
            labels = list(message.buttons)
            if label.isdigit() and int(label) <= len(labels):
                return message, labels[int(label) - 1]
            for each in labels:
                if each.startswith(label):
                    return message, each
        raise AssertionError(f"{persona.id} sees no button {label!r}")

    def _posts(self, persona: Persona) -> Sequence[Event]:
        return [each for each in self.office.walk.of(persona) if each.key and not each.in_place]

    async def _rep(self, persona: Persona) -> Rep:
        now = self.office.now
        rep = await self.office.huddle.storage.read(lambda s: rep_of(s, WORKSPACE, persona.slack, now))
        assert rep is not None
        return rep


def _looks(persona: Persona, group: Group, day: date, number: int) -> Sequence[datetime]:
    zone = ZoneInfo(persona.zone)
    if times := persona.day(number).at:
        return [instant(day, each, zone) for each in times]
    return [instant(day, group.plan.times.check_in, zone) + timedelta(minutes=persona.after)]


def _due(before: Rep, made: Commitment) -> datetime | None:
    return next((each.due_at for each in before.open_commitments if each.id == made.id), None)


async def walked(group: Group, coach: Coach, name: str, folder: Path) -> Walk:
    """The ten working days of a team with one coach."""
    walk = Walk(group, name)
    start = datetime.combine(FIRST_DAY, datetime.min.time(), tzinfo=UTC)
    office = Office(folder / f"{group.id}-{name}.db", start, coach, walk)
    try:
        await office.apply(group.plan)
        await Walker(office).walk(group)
        for persona in group.personas:
            walk.lived[persona.id] = await office.huddle.storage.read(lambda s, p=persona: _lived(s, p))  # type: ignore[misc]
    finally:
        office.close()
    return walk


def _lived(store: Store, persona: Persona) -> Lived:
    person = store.people.by_slack(WORKSPACE, persona.slack)
    assert person is not None
    checkins = store.checkins.recent(person.id, DAYS[-1] + timedelta(days=7), 100)
    seen = store.checkins.seen(person.id, 500)
    return Lived(person, checkins, store.commitments.of(person.id, 100), seen)


def day_of(moment: datetime, persona: Persona) -> date:
    """The local day of a moment."""
    return local_date(moment, ZoneInfo(persona.zone))
