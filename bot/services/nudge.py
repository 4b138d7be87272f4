"""The nudge: before the manager's noon, one rep, the evidence, one how-question, and whether it was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.access import Action
from bot.domain.calendar import instant, is_working_day, local_date, next_occurrence
from bot.domain.checkin import Stage
from bot.domain.commitment import Commitment, is_overdue
from bot.domain.effects import Outcome
from bot.domain.nudge import MOST_A_MORNING, SNOOZE, Answer, Candidate, Nobody, Nudge, Promised, Reason, choose
from bot.domain.people import Person, Team, hours_of, is_quiet, team_hours, works_on
from bot.domain.question_bank import Moment, Situation
from bot.ports import NewId
from bot.ports.messages import Button, Lane, Message
from bot.ports.storage import Alarm, AlarmKind, Coaching, NudgeRecord, SeenQuestion, Store
from bot.services import access
from bot.services.phrasing import Phrasing, situations
from bot.services.readers import reader_of, stands_in_for, zones_of
from bot.services.sending import Sending, seen_by

SILENT_AFTER = timedelta(hours=1)
"""How long after the question no answer is worth a word."""
LOOK_BACK = timedelta(days=7)
ABOUT: Mapping[Reason, frozenset[Situation]] = {
    Reason.HELP: frozenset({Situation.HELP_ASKED}),
    Reason.DROPPED: frozenset({Situation.DROPPED_YESTERDAY}),
    Reason.QUIET: frozenset({Situation.SILENT}),
    Reason.LEFT: frozenset({Situation.THIN}),
}
"""What the question to open with takes up: the reason for the nudge, and nothing else that is known of the rep."""
TOLD_ANYWAY = frozenset({Situation.FIRST_DAY, Situation.KEPT_STREAK})
"""What it takes up where the reason is only time gone by; a manager sees both without us."""


@dataclass(frozen=True)
class Nudges:
    """Decides for each manager's morning, and hears what came of it."""

    sending: Sending
    phrasing: Phrasing
    new_id: NewId

    def look(self, store: Store, manager_id: str, at: datetime) -> None:
        """Nudge the manager about one rep, or keep why nobody needs it; then set the next morning's look."""
        manager, teams = store.people.get(manager_id), store.people.managed_by(manager_id)
        if not teams:
            return
        times = teams[0].times
        found_reader = reader_of(store, manager, teams[0], at)
        reader = found_reader or manager
        store.alarms.set(Alarm(AlarmKind.NUDGE, manager_id, _following(store, teams[0], manager, reader, at)))
        today, hours = local_date(at, reader.tz), hours_of(reader, teams[0])
        until = instant(today, times.nudge_until, reader.tz)
        told = [n for n in store.coachings.nudges_on(manager_id, today) if n.rep_id]
        early = at < instant(today, times.nudge, reader.tz)  # they have moved to another zone, or the team's time has
        if early or at >= until or len(told) >= MOST_A_MORNING or not is_working_day(today, hours):
            return
        if found_reader is None:
            return
        found = {
            one.person_id: (one, team)
            for team in teams
            for rep in store.people.reps(team.id)
            if rep.id != manager.id and (one := candidate(store, rep, team, reader, at)) is not None
        }
        decision = choose([one for one, _ in found.values()], today, hours)
        record = NudgeRecord(
            id=self.new_id(),
            workspace=manager.workspace,
            manager_id=manager_id,
            local_date=today,
            number=len(store.coachings.nudges_on(manager_id, today)) + 1,
            rep_id=None,
            reason=None,
            why="",
            question=None,
            made_at=at,
        )
        if isinstance(decision, Nobody):
            store.coachings.add_nudge(replace(record, why=decision.why))
            return
        rep, team = store.people.get(decision.person_id), found[decision.person_id][1]
        about = ABOUT.get(decision.reason, frozenset())
        if decision.reason is Reason.LONG_AGO:
            about = situations(store, rep, at) & TOLD_ANYWAY
        choice = self.phrasing.question(store, rep, team, Moment.MANAGER, at, about, name=rep.first_name)
        record = replace(
            record,
            rep_id=rep.id,
            reason=decision.reason,
            why=choice.reason,
            question=choice.question.text,
        )
        store.coachings.add_nudge(record)
        store.checkins.add_seen(SeenQuestion(rep.id, choice.question.id, at, choice.reason, None))
        snooze = len(told) + 1 < MOST_A_MORNING and at + SNOOZE < until
        self.sending.post(
            store,
            self._message(record, decision, rep, reader, at, snooze=snooze),
            key=_key(record),
            workspace=manager.workspace,
            channel=reader.slack_id,
            lane=Lane.NUDGE,
            at=at,
            expires_at=until,
        )

    def _message(
        self, record: NudgeRecord, nudge: Nudge, rep: Person, reader: Person, at: datetime, *, snooze: bool
    ) -> Message:
        values = {
            "rep": rep.name,
            "first_name": rep.first_name,
            "reason": nudge.reason.value,
            "evidence": nudge.evidence,
            "days": nudge.days,
            "question": record.question,
        } | seen_by(reader, at)
        later = (Button("nudge_later", record.id, "nudge_later"),) if snooze else ()
        buttons = (
            Button("nudge_done", record.id, "nudge_done", style="primary"),
            *later,
            Button("nudge_not_today", record.id, "nudge_not_today"),
        )
        return Message("nudge/nudge", values, buttons)

    def not_needed(
        self, store: Store, manager_id: str, day: date, number: int, channel: str, at: datetime
    ) -> str | None:
        """Why a nudge that was decided for that morning is not needed after all; None when it is. `channel` is the
        Slack id of who is to get it: whoever reads for the manager by now may be somebody else.

        The morning is then looked at afresh, since somebody else may need the conversation, or have it.
        """
        manager = store.people.get(manager_id)
        record = next((n for n in store.coachings.nudges_on(manager_id, day) if n.number == number), None)
        if record is None or record.rep_id is None:
            return "it was withdrawn"
        rep, teams = store.people.get(record.rep_id), store.people.managed_by(manager_id)
        reader = reader_of(store, manager, teams[0], at) if teams else None
        team = next((t for t in teams if t.id == rep.rep_of), None)
        still = candidate(store, rep, team, reader, at) if team and reader and rep.id != manager.id else None
        if reader is not None and reader.slack_id == channel and teams and still is not None:
            decision = choose([still], local_date(at, reader.tz), hours_of(reader, teams[0]))
            if not isinstance(decision, Nobody) and decision.reason is record.reason:
                return None
        why = "it was no longer needed when it could be sent"
        store.coachings.save_nudge(replace(record, rep_id=None, why=why))
        store.alarms.set(Alarm(AlarmKind.NUDGE, manager_id, at))
        return why

    def answered(self, store: Store, who: Person, nudge_id: str, answer: Answer, at: datetime) -> bool:
        """A tap on a nudge, by its manager or their stand-in. A second tap repeats what is true.

        False when the nudge is none of theirs.
        """
        record = store.coachings.nudge(nudge_id)
        if record is None or record.rep_id is None or not self._reads(store, who, record, at):
            return False
        rep, manager = store.people.get(record.rep_id), store.people.get(record.manager_id)
        if record.answer is None or (record.answer is not Answer.DONE and answer is Answer.DONE):
            record = self._apply(store, record, manager, who, answer, at)
        values = {"rep": rep.name, "first_name": rep.first_name, "answer": record.answer}
        late = record.answer is Answer.LATER and self._next(store, manager, at) is None
        self.sending.replace(
            store,
            Message("nudge/answered", values | {"too_late": late}),
            target=_key(record),
            workspace=who.workspace,
            channel=who.slack_id,
            lane=Lane.REPLY,
            at=at,
        )
        return True

    def _reads(self, store: Store, who: Person, record: NudgeRecord, at: datetime) -> bool:
        rep = store.people.get(record.rep_id or "")
        about = store.people.find_team(rep.rep_of or "")
        if about is None or not access.may(access.actor(store, who, at), Action.ANSWER_NUDGE, about):
            return False
        manager = store.people.get(record.manager_id)
        return who.id == manager.id or any(m.id == manager.id for m in stands_in_for(store, who, at))

    def _apply(
        self, store: Store, record: NudgeRecord, manager: Person, who: Person, answer: Answer, at: datetime
    ) -> NudgeRecord:
        record = replace(record, answer=answer, answered_at=at)
        store.coachings.save_nudge(record)
        if answer is Answer.DONE and record.rep_id:
            store.coachings.add_coaching(Coaching(self.new_id(), who.id, record.rep_id, at, record.id))
            self._back_to_tomorrow(store, manager, at)
        elif answer is Answer.LATER:
            moment = self._next(store, manager, at)
            if moment is not None:
                store.alarms.set(Alarm(AlarmKind.NUDGE, manager.id, moment))
        return record

    def _back_to_tomorrow(self, store: Store, manager: Person, at: datetime) -> None:
        teams = store.people.managed_by(manager.id)
        if teams:
            store.alarms.set(Alarm(AlarmKind.NUDGE, manager.id, next_look(store, teams[0], manager, at)))

    def _next(self, store: Store, manager: Person, at: datetime) -> datetime | None:
        """When to come back after "in 20 minutes"; None when that would be past noon or one too many."""
        teams = store.people.managed_by(manager.id)
        zone = (reader_of(store, manager, teams[0], at) or manager).tz if teams else manager.tz
        today = local_date(at, zone)
        told = [n for n in store.coachings.nudges_on(manager.id, today) if n.rep_id]
        if not teams or len(told) >= MOST_A_MORNING:
            return None
        moment = at + SNOOZE
        return moment if moment < instant(today, teams[0].times.nudge_until, zone) else None


def _key(record: NudgeRecord) -> str:
    return f"nudge:{record.workspace}:{record.manager_id}:{record.local_date}:{record.number}"


def candidate(store: Store, rep: Person, team: Team, reader: Person, at: datetime) -> Candidate | None:
    """What bears on whether a conversation of the reader's with this rep would help; None for who is not to be talked
    to today.
    """
    today = local_date(at, reader.tz)
    last = store.coachings.last_coaching(rep.id)
    coached_on = local_date(last.at, reader.tz) if last else None
    if rep.id == reader.id or rep.stopped_at is not None or is_quiet(rep, at) or coached_on == today:
        return None
    if rep.left_at is not None or not works_on(rep, team, local_date(at, rep.tz)):
        return None
    since = max(last.at if last else at - LOOK_BACK, at - LOOK_BACK)
    rep_day = local_date(at, rep.tz)
    todays = store.checkins.on(rep.id, rep_day)
    lately = store.checkins.recent(rep.id, rep_day, 5)
    commitments = store.commitments.of(rep.id, 10)
    dropped = [c for c in commitments if c.outcome is Outcome.DROPPED and c.outcome_at and c.outcome_at > since]
    overdue = [c for c in commitments if since < c.due_at and is_overdue(c, rep, team, at)]
    committed_today = any(c.stage is Stage.COMMITTED for c in todays)
    return Candidate(
        person_id=rep.id,
        name=rep.name,
        enrolled_on=store.people.enrolled_on(rep.id),
        coached_on=coached_on,
        help_shared=any(c.help_shared and c.opened_at > since for c in (*todays, *lately[:1])),
        dropped=_promised(dropped),
        overdue=_promised(overdue),
        silent_today=bool(todays) and all(c.answered_at is None and c.opened_at + SILENT_AFTER <= at for c in todays),
        left_today=bool(todays)
        and not committed_today
        and any(c.answered_at is not None for c in todays)
        and todays[-1].ended,
        answered_lately=sum(c.answered_at is not None for c in lately),
        hours=hours_of(rep, team),
    )


def _promised(commitments: Sequence[Commitment]) -> Promised | None:
    return Promised(commitments[0].action, commitments[0].due_at) if commitments else None


def first_look(team: Team, manager: Person, at: datetime) -> datetime:
    """When a manager's next nudge is decided."""
    return next_occurrence(at, team.times.nudge, manager.tz, team_hours(team))


def next_look(store: Store, team: Team, manager: Person, at: datetime) -> datetime:
    """When the nudge of a manager, or of who stands in for them, is decided next."""
    return _following(store, team, manager, reader_of(store, manager, team, at) or manager, at)


def _following(store: Store, team: Team, manager: Person, reader: Person, at: datetime) -> datetime:
    """The next look: at the nudge's time where the reader is, or the manager, or a stand-in, whichever is first."""
    zones = {reader.tz} | zones_of(store, manager)
    return min(next_occurrence(at, team.times.nudge, zone, team_hours(team)) for zone in zones)
