"""The manager's summary: posted once a morning, then kept true in place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.calendar import instant, is_working_day, is_working_time, last_working_day, local_date, next_occurrence
from bot.domain.checkin import Checkin, Stage
from bot.domain.commitment import Commitment, is_overdue
from bot.domain.mornings import day_of
from bot.domain.people import Person, Team, away_on, hours_of, team_hours, works_on
from bot.domain.summary import Promise, Row, Standing, Summary, compose
from bot.ports.messages import Delivery, Lane, Message
from bot.ports.storage import Alarm, AlarmKind, Store, SummaryRecord
from bot.services.readers import reader_of, zones_of
from bot.services.sending import Sending, seen_by

KNOWN = 6
"""Commitments of a rep among which those of the day and the one before are looked for."""
NOT_WANTED = "its manager does not want it, or manages the team no more"


def subject(team_id: str, manager_id: str) -> str:
    """The alarm subject of one manager's summary of one team."""
    return f"{team_id}:{manager_id}"


def ask_for_summaries(store: Store, team: Team, at: datetime) -> None:
    """Something in the team's morning changed: look at its summaries with the next tick, once for all changes."""
    for manager in store.people.managers(team.id):
        alarm = store.alarms.get(AlarmKind.SUMMARY, subject(team.id, manager.id))
        if alarm is None or alarm.at > at:
            store.alarms.set(Alarm(AlarmKind.SUMMARY, subject(team.id, manager.id), at))


@dataclass(frozen=True)
class Summaries:
    """Decides when a summary is posted or changed."""

    sending: Sending

    def look(self, store: Store, wanted: str, at: datetime) -> None:
        """Post the summary when its time has come, change it when it is no longer true, and set the next look."""
        team_id, manager_id = wanted.split(":")
        team, manager = store.people.team(team_id), store.people.get(manager_id)
        if all(m.id != manager_id for m in store.people.managers(team_id)):
            return
        reader = reader_of(store, manager, team, at)
        someone = reader or manager
        times, zone, hours = team.times, someone.tz, hours_of(someone, team)
        today = local_date(at, zone)
        posted = store.coachings.summary(team_id, manager_id, today)
        start, by = instant(today, times.hours.start, zone), instant(today, times.summary, zone)
        if is_working_day(today, hours) and reader is not None:
            summary = compose(rows(store, team, today, at))
            due = (at >= by or summary.settled) and summary.is_of_today
            if posted is not None:
                self._change(store, team, reader, posted, summary, at)
            elif summary.rows and due and is_working_time(at, zone, hours):
                posted = self._post(store, team, manager, reader, today, summary, at)
        coming = [moment for moment in (start, by) if moment > at and posted is None and is_working_day(today, hours)]
        coming += [
            next_occurrence(at, times.hours.start, other, team_hours(team)) for other in zones_of(store, manager)
        ]
        store.alarms.set(Alarm(AlarmKind.SUMMARY, wanted, min(coming)))

    def message(self, team: Team, manager: Person, today: date, summary: Summary, at: datetime) -> Message:
        """The summary as a message."""
        values = {"team": team.name, "summary": summary, "today": today}
        return Message("summary/morning", values | seen_by(manager, at))

    def _post(
        self, store: Store, team: Team, manager: Person, reader: Person, today: date, summary: Summary, at: datetime
    ) -> SummaryRecord:
        message = self.message(team, reader, today, summary, at)
        key = f"summary:{team.workspace}:{team.id}:{manager.id}:{today}"
        end = instant(today, team.times.hours.end, reader.tz)
        self.sending.post(
            store,
            message,
            key=key,
            workspace=team.workspace,
            channel=reader.slack_id,
            lane=Lane.SUMMARY,
            at=at,
            expires_at=end,
        )
        record = SummaryRecord(team.id, manager.id, today, key, self._fingerprint(message), 0, at, reader.id)
        store.coachings.save_summary(record)
        return record

    def once_more(
        self, store: Store, delivery: Delivery, team_id: str, manager_id: str, at: datetime
    ) -> Delivery | None:
        """The summary as it is true now, just before it goes; None when its manager is not to have it any more."""
        team, manager = store.people.team(team_id), store.people.get(manager_id)
        reader = reader_of(store, manager, team, at)
        posted = store.coachings.summary(team_id, manager_id, local_date(at, (reader or manager).tz))
        if posted is None or posted.key != delivery.key:
            return delivery
        managed = any(m.id == manager_id for m in store.people.managers(team_id))
        if not managed or reader is None or reader.slack_id != delivery.channel:
            store.outbox.skip(delivery, NOT_WANTED, at)
            return None
        message = self.message(team, reader, posted.local_date, compose(rows(store, team, posted.local_date, at)), at)
        rendered = self.sending.wording.render(message)
        if (rendered.text, rendered.blocks) == (delivery.text, delivery.blocks):
            return delivery
        store.coachings.save_summary(replace(posted, fingerprint=self._fingerprint(message)))
        return store.outbox.reword(delivery, rendered)

    def _change(
        self, store: Store, team: Team, reader: Person, posted: SummaryRecord, summary: Summary, at: datetime
    ) -> None:
        message = self.message(team, reader, posted.local_date, summary, at)
        fingerprint = self._fingerprint(message)
        if fingerprint == posted.fingerprint:
            return
        self.sending.replace(
            store,
            message,
            target=posted.key,
            workspace=team.workspace,
            channel=reader.slack_id,
            lane=Lane.SUMMARY,
            at=at,
        )
        store.coachings.save_summary(replace(posted, fingerprint=fingerprint, number=posted.number + 1))

    def _fingerprint(self, message: Message) -> str:
        return hashlib.sha256(repr(self.sending.wording.render(message)).encode()).hexdigest()


def rows(store: Store, team: Team, day: date, at: datetime, members: Sequence[Person] | None = None) -> Sequence[Row]:
    """One row a rep, for their check-ins of the local day `day`; the reads do not grow with the team. `members` are its
    reps, where they were read already.
    """
    reps = store.people.reps(team.id) if members is None else members
    ids = [rep.id for rep in reps]
    checkins, known = store.checkins.on_day(ids, day), store.commitments.latest_of(ids, KNOWN)
    alarms = store.alarms.some(AlarmKind.CHECKIN, [one for one in ids if one not in checkins])
    return [
        _row(team, rep, checkins.get(rep.id, ()), known.get(rep.id, ()), alarms.get(rep.id), day, at) for rep in reps
    ]


def _row(
    team: Team,
    rep: Person,
    checkins: Sequence[Checkin],
    known: Sequence[Commitment],
    alarm: Alarm | None,
    day: date,
    at: datetime,
) -> Row:
    todays = {c.id for c in checkins}
    made = [c for c in known if c.checkin_id in todays][::-1]
    before = next((c for c in known if c.checkin_id not in todays and c.made_at <= at), None)
    told_before = last_working_day(day, hours_of(rep, team))
    if before is not None and before.outcome_at and local_date(before.outcome_at, rep.tz) < told_before:
        before = None  # how it went was in an earlier summary
    answered = any(c.answered_at for c in checkins)
    focus = team.behaviour(rep.focus)
    asked = alarm is not None and day_of(alarm.at, rep, team) == day
    return Row(
        person_id=rep.id,
        name=rep.name,
        standing=_standing(rep, team, day, [c.stage for c in checkins], answered, bool(made)),
        focus=focus.words if focus else None,
        promises=tuple(promise(c, rep, team, at) for c in made),
        earlier=promise(before, rep, team, at) if before else None,
        help_shared=any(c.help_shared for c in checkins),
        asks_at=alarm.at if alarm and asked else None,
        away=away_on(rep, team, day),
    )


def _standing(rep: Person, team: Team, day: date, stages: Sequence[Stage], answered: bool, made: bool) -> Standing:
    if made:
        return Standing.COMMITTED
    free = not works_on(rep, team, day)
    if free and (not answered or stages[-1] is Stage.SKIPPED):
        return Standing.AWAY
    if not stages:
        return Standing.STOPPED if rep.stopped_at else Standing.NOT_ASKED
    if not answered:
        return Standing.SILENT
    return Standing.LEFT if stages[-1] in {Stage.SKIPPED, Stage.EXPIRED} else Standing.TALKING


def promise(commitment: Commitment, rep: Person, team: Team, at: datetime) -> Promise:
    """What a manager may see of a commitment."""
    overdue = is_overdue(commitment, rep, team, at)
    return Promise(commitment.action, commitment.due_at, commitment.outcome, overdue, commitment.moves)
