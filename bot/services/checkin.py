"""A rep's check-in: opened by the clock or by the rep, moved on by words and taps, ended with the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import is_working_day, local_date
from bot.domain.checkin import Checkin, Say, Stage, Step, change, expire, open_checkin, settle, skip
from bot.domain.commitment import Commitment, check_at, move, record
from bot.domain.effects import KeepQuiet, MakeCommitment, MoveCommitment, RecordOutcome, StopMessages
from bot.domain.mornings import closes_at as day_closes_at
from bot.domain.mornings import is_first_day_back
from bot.domain.people import Person, Team, hours_of, is_absent
from bot.ports import NewId
from bot.ports.coach import Understanding
from bot.ports.messages import Lane
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.phrasing import Phrased, Phrasing
from bot.services.sending import Sending
from bot.services.summary import ask_for_summaries
from bot.services.waking import set_morning

MOST_REVIEWS = 2
"""Mornings on which a commitment without an outcome is asked about."""
ON_DEMAND_LASTS = timedelta(hours=4)
"""How long a check-in that a rep starts outside working hours stays open."""


@dataclass(frozen=True)
class Checkins:
    """Opens check-ins and carries out steps, inside the caller's transaction."""

    sending: Sending
    phrasing: Phrasing
    new_id: NewId

    def open(
        self,
        store: Store,
        person: Person,
        team: Team,
        at: datetime,
        *,
        day: date | None = None,
        lane: Lane = Lane.MORNING,
    ) -> Checkin:
        """A new check-in for `day` (today, unless it is asked the evening before) and its first message; the first ever
        also says what this is.

        An earlier commitment whose time has passed without an outcome is asked for first, but not while they are away,
        nor on the first day after.
        """
        today = day or local_date(at, person.tz)
        gently = is_absent(person, today) or is_first_day_back(person, team, today)
        expires_at = day_closes_at(person, team, day) if day else closes_at(person, team, at)
        blank = self._blank(store, person, team, today, expires_at, at)
        step = open_checkin(blank, None if gently else _unreported(store, person, today, at))
        phrased = self.phrasing.step(store, step, person, team, at)
        if step.say is Say.ASK_OUTCOME:
            phrased = replace(phrased, message=replace(phrased.message, template="checkin/outcome_first"))
        self._begin(store, phrased, person, lane, at)
        if person.introduced_at is None and step.say is Say.OPEN:
            store.people.save(replace(person, introduced_at=at))
        ask_for_summaries(store, team, at)
        return phrased.checkin

    def propose(
        self, store: Store, person: Person, team: Team, action: str, due_at: datetime, if_then: str | None, at: datetime
    ) -> Checkin:
        """A check-in that the rep begins with a commitment in mind: its first message asks for their yes to it."""
        today = local_date(at, person.tz)
        blank = self._blank(store, person, team, today, closes_at(person, team, at), at)
        phrased = self.phrasing.step(store, change(blank, action, due_at, if_then, at), person, team, at)
        self._begin(store, phrased, person, Lane.REPLY, at)
        ask_for_summaries(store, team, at)
        return phrased.checkin

    def made(self, store: Store, person: Person, team: Team, commitment: MakeCommitment, at: datetime) -> Checkin:
        """A check-in of which nothing was asked, since the rep made their commitment by themselves; posts its line."""
        blank = self._blank(store, person, team, local_date(at, person.tz), at, at)
        step = settle(replace(blank, last_key=f"committed:{commitment.id}"), commitment, at)
        for effect in step.effects:
            self._effect(store, blank, effect, person, team, at)
        self._begin(store, self.phrasing.step(store, step, person, team, at), person, Lane.REPLY, at)
        ask_for_summaries(store, team, at)
        return step.checkin

    def _blank(
        self, store: Store, person: Person, team: Team, day: date, expires_at: datetime, at: datetime
    ) -> Checkin:
        """The next check-in about that day, before anything is said in it.

        The number of one that was put back is not used again: the key of its message is used for ever.
        """
        number = max((one.number for one in store.checkins.on(person.id, day)), default=0) + 1
        while store.outbox.has(_key(person, day, number)):
            number += 1
        return Checkin(
            id=self.new_id(),
            workspace=person.workspace,
            person_id=person.id,
            team_id=team.id,
            local_date=day,
            number=number,
            opened_at=at,
            expires_at=expires_at,
            last_key=_key(person, day, number),
        )

    def _begin(self, store: Store, phrased: Phrased, person: Person, lane: Lane, at: datetime) -> None:
        """Keep a new check-in and post its first message. Whatever was put off comes with it."""
        checkin = phrased.checkin
        store.checkins.add(checkin)
        if phrased.seen:
            store.checkins.add_seen(phrased.seen)
        store.alarms.clear(AlarmKind.LATER, person.id)
        if not checkin.ended:
            store.alarms.set(Alarm(AlarmKind.EXPIRY, checkin.id, checkin.expires_at))
        self.sending.post(
            store,
            phrased.message,
            key=str(checkin.last_key),
            workspace=person.workspace,
            channel=person.slack_id,
            lane=lane,
            at=at,
            expires_at=None if checkin.ended else checkin.expires_at,
        )

    def hear_again(self, store: Store, person: Person) -> Person:
        """They come back of their own accord on a day on which they were to be left alone."""
        if person.quiet_on is None:
            return person
        back = replace(person, quiet_on=None)
        store.people.save(back)
        return back

    def carry_out(
        self,
        store: Store,
        before: Checkin,
        step: Step,
        person: Person,
        team: Team,
        at: datetime,
        *,
        key: str,
        target: str | None = None,
        understanding: Understanding | None = None,
    ) -> Checkin:
        """Keep what the step decided and say its line: posted under `key`, or in the place of `target`.

        Raises `Changed` when the check-in moved on since `before` was read.
        """
        for effect in step.effects:
            self._effect(store, before, effect, person, team, at)
        phrased = self.phrasing.step(store, step, person, team, at, understanding)
        place = target or before.last_key or key
        after = replace(phrased.checkin, last_key=key if step.post else place)
        store.checkins.save(after, before.version)
        if phrased.seen:
            store.checkins.add_seen(phrased.seen)
        store.alarms.clear(AlarmKind.LATER, person.id)  # they are in the conversation again
        if after.ended:
            store.alarms.clear(AlarmKind.EXPIRY, after.id)
        where = {"workspace": person.workspace, "channel": person.slack_id, "lane": Lane.REPLY, "at": at}
        if step.post:
            self.sending.post(store, phrased.message, key=key, **where)  # type: ignore[arg-type]
        else:
            self.sending.replace(store, phrased.message, target=place, **where)  # type: ignore[arg-type]
        ask_for_summaries(store, team, at)
        return after

    def _effect(self, store: Store, before: Checkin, effect: object, person: Person, team: Team, at: datetime) -> None:
        match effect:
            case MakeCommitment(action, due_at, if_then, known_id):
                made = Commitment(
                    id=known_id or self.new_id(),
                    workspace=person.workspace,
                    person_id=person.id,
                    team_id=team.id,
                    checkin_id=before.id,
                    behaviour_id=person.focus,
                    action=action,
                    due_at=due_at,
                    if_then=if_then,
                    made_at=at,
                )
                store.commitments.add(made)
                set_check(store, made, person, team)
            case RecordOutcome(commitment_id, outcome):
                if earlier := store.commitments.get(commitment_id):
                    store.commitments.save(record(earlier, outcome, at, asks=False), earlier.version)
                    store.alarms.clear(AlarmKind.CHECK, commitment_id)
            case MoveCommitment(commitment_id, due_at):
                if earlier := store.commitments.get(commitment_id):
                    moved = move(earlier, due_at)
                    store.commitments.save(moved, earlier.version)
                    set_check(store, moved, person, team)
            case StopMessages():
                store.people.save(replace(store.people.get(person.id), stopped_at=at))
            case KeepQuiet():
                self.keep_quiet(store, person, at)

    def keep_quiet(self, store: Store, person: Person, at: datetime) -> None:
        """Leave the rep alone for the rest of the day: a morning still to come is left out, as if they had said so."""
        today = local_date(at, person.tz)
        store.people.save(replace(store.people.get(person.id), quiet_on=today))
        if person.rep_of is not None and not store.checkins.on(person.id, today):
            self.skip(store, person, store.people.team(person.rep_of), at)

    def skip(self, store: Store, person: Person, team: Team, at: datetime) -> None:
        """The rep leaves today out: an open check-in ends; before the morning, today's is not asked at all."""
        current = open_now(store, person, at)
        if current is not None:
            step = _quietly_skipped(current, at)
            self.carry_out(store, current, step, person, team, at, key=current.last_key or current.id)
            return
        today = local_date(at, person.tz)
        left_out = Checkin(
            id=self.new_id(),
            workspace=person.workspace,
            person_id=person.id,
            team_id=team.id,
            local_date=today,
            number=max((one.number for one in store.checkins.on(person.id, today)), default=0) + 1,
            opened_at=at,
            expires_at=at,
            stage=Stage.SKIPPED,
            posts=0,
            answered_at=at,
        )
        store.checkins.add(left_out)
        store.alarms.clear(AlarmKind.LATER, person.id)
        ask_for_summaries(store, team, at)

    def leave_out(self, store: Store, person: Person, checkin: Checkin, at: datetime) -> None:
        """The day of an open check-in turns out to be free: it ends as skipped, in the place of its last message, and
        counts as answered only if it was before.
        """
        step = _quietly_skipped(checkin, at)
        step = replace(step, checkin=replace(step.checkin, answered_at=checkin.answered_at))
        team = store.people.team(checkin.team_id)
        self.carry_out(store, checkin, step, person, team, at, key=checkin.last_key or checkin.id)

    def expire(self, store: Store, checkin_id: str, at: datetime) -> None:
        """The end of the day: an unfinished check-in closes quietly."""
        before = store.checkins.get(checkin_id)
        if before.ended:
            return
        store.checkins.save(replace(expire(before), version=before.version + 1), before.version)
        ask_for_summaries(store, store.people.team(before.team_id), at)


def _key(person: Person, day: date, number: int) -> str:
    return f"checkin:{person.workspace}:{person.id}:{day}" + (f":{number}" if number > 1 else "")


def put_back(store: Store, person: Person, team: Team, checkin: Checkin, at: datetime) -> None:
    """A question that could not be sent in its time was never asked: its day is free again, and asked about when its
    time comes, or at once where that has passed and there are hours enough left.
    """
    store.checkins.remove(checkin)
    store.alarms.clear(AlarmKind.EXPIRY, checkin.id)
    if person.introduced_at == checkin.opened_at:  # it was to say what this is; the next one does
        person = replace(person, introduced_at=None)
        store.people.save(person)
    set_morning(store, person, at, late=True)
    ask_for_summaries(store, team, at)


def _quietly_skipped(checkin: Checkin, at: datetime) -> Step:
    step = replace(skip(checkin, at), post=False)
    return replace(step, checkin=replace(step.checkin, posts=checkin.posts))


def _unreported(store: Store, person: Person, today: date, at: datetime) -> str | None:
    """The earlier commitment to ask about first: the last whose time has passed without a word.

    It is asked about on two mornings; after that it is let go, because asking for ever is nagging. What fell due while
    they were away is not asked about.
    """
    earlier = store.checkins.recent(person.id, today, MOST_REVIEWS)
    since = earlier[-1].opened_at if len(earlier) == MOST_REVIEWS else None
    passed = [
        c
        for c in store.commitments.open_of(person.id)
        if c.due_at <= at and not is_absent(person, local_date(c.due_at, person.tz))
    ]
    fresh = [c.id for c in passed if since is None or c.due_at >= since]
    return fresh[-1] if fresh else None


def set_check(store: Store, commitment: Commitment, person: Person, team: Team) -> None:
    """Wake up for the check, or leave it to the next opening when it would fall outside working hours."""
    moment = check_at(commitment, person, team)
    if moment is None:
        store.alarms.clear(AlarmKind.CHECK, commitment.id)
    else:
        store.alarms.set(Alarm(AlarmKind.CHECK, commitment.id, moment))


def open_now(store: Store, person: Person, at: datetime) -> Checkin | None:
    """The check-in this person is in the middle of, if any."""
    latest = store.checkins.latest(person.id)
    return latest if latest and not latest.ended and at < latest.expires_at else None


def closes_at(person: Person, team: Team, at: datetime) -> datetime:
    """When a check-in opened at `at` closes: with the working day, or some hours later when started outside it."""
    today = local_date(at, person.tz)
    end = day_closes_at(person, team, today)
    if is_working_day(today, hours_of(person, team)) and at < end:
        return end
    return at + ON_DEMAND_LASTS
