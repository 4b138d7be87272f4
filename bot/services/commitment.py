"""After the yes: the check, the outcome, a new time, what was learned, and sharing a win."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.domain.access import Action
from bot.domain.calendar import instant, local_date
from bot.domain.checkin import Checkin, in_place
from bot.domain.checkin import advance as advance_checkin
from bot.domain.commitment import Commitment, TimeTrouble, learning_moment, move, record
from bot.domain.duetime import find
from bot.domain.effects import Outcome
from bot.domain.people import Person, Team, hours_of, may_hear_from_us
from bot.domain.reading import Asked, Certainty, DueTime, Intent, Reading
from bot.ports.messages import Button, Lane, Message
from bot.ports.storage import AlarmKind, SeenQuestion, Store
from bot.services.access import may_own
from bot.services.checkin import Checkins, open_now, set_check
from bot.services.hearing import heard_at
from bot.services.phrasing import Phrasing, outcome_buttons
from bot.services.sending import Sending, seen_by
from bot.services.summary import ask_for_summaries


@dataclass(frozen=True)
class Commitments:
    """Follows commitments to their outcome, inside the caller's transaction."""

    sending: Sending
    phrasing: Phrasing
    checkins: Checkins

    def check(self, store: Store, commitment_id: str, at: datetime) -> None:
        """Ask how it went, if it is still open and the rep may hear from us; else the next opening asks."""
        commitment = store.commitments.get(commitment_id)
        if commitment is None or commitment.outcome is not None:
            return
        person, team = store.people.get(commitment.person_id), store.people.team(commitment.team_id)
        if not may_hear_from_us(person, team, at) or self._reviewed_now(store, person, commitment, at):
            return
        values = {"action": commitment.action, "due_at": commitment.due_at} | seen_by(person, at)
        self.sending.post(
            store,
            Message("commitment/check", values, outcome_buttons(commitment)),
            key=_check_key(commitment),
            workspace=person.workspace,
            channel=person.slack_id,
            lane=Lane.MORNING,
            at=at,
            expires_at=instant(local_date(at, person.tz), team.times.hours.end, person.tz),
        )

    def _reviewed_now(self, store: Store, person: Person, commitment: Commitment, at: datetime) -> bool:
        current = open_now(store, person, at)
        return current is not None and current.reviewing == commitment.id

    def own(self, store: Store, person: Person, commitment_id: str) -> Commitment | None:
        """The commitment if it is this person's."""
        commitment = store.commitments.get(commitment_id)
        return commitment if commitment and may_own(person, Action.COMMIT, commitment.person_id) else None

    def outcome(
        self,
        store: Store,
        person: Person,
        commitment_id: str,
        moves: int,
        outcome: Outcome,
        target: str | None,
        at: datetime,
    ) -> bool:
        """A tap on done, partly or dropped. False when it is not this person's to say.

        A tap on the question about an earlier time changes nothing and shows what is true now; so does a second tap.
        """
        commitment = self.own(store, person, commitment_id)
        if commitment is None:
            return False
        team = store.people.team(commitment.team_id)
        current = open_now(store, person, at)
        if current is not None and current.reviewing == commitment_id and current.asked is Asked.OUTCOME:
            target = target or current.last_key or _check_key(commitment)
            intent = {
                Outcome.DONE: Intent.DONE,
                Outcome.PARTLY: Intent.PARTLY,
                Outcome.DROPPED: Intent.NOT_DONE,
            }[outcome]
            step = in_place(advance_checkin(current, Reading(intent), at), current)
            self.checkins.carry_out(store, current, step, person, team, at, key=target, target=target)
            return True
        if moves == commitment.moves and commitment.outcome is None:
            commitment = self.keep_outcome(store, commitment, outcome, at, asks=True)
            ask_for_summaries(store, team, at)
            if target is None and not store.outbox.has(_check_key(commitment)):
                self._tell(store, commitment, person, team, at)
                return True
        self.show(store, commitment, person, team, target or _check_key(commitment), at)
        return True

    def _tell(self, store: Store, commitment: Commitment, person: Person, team: Team, at: datetime) -> None:
        """How it went, as a message of its own, where nothing was asked that it could take the place of."""
        self.sending.reply(
            store,
            person,
            self.message(store, commitment, person, team, at),
            f"outcome:{commitment.id}:{commitment.moves}",
            at,
        )

    def keep_outcome(
        self, store: Store, commitment: Commitment, outcome: Outcome, at: datetime, *, asks: bool
    ) -> Commitment:
        """Keep how it went; the check is no longer needed."""
        kept = record(commitment, outcome, at, asks=asks)
        store.commitments.save(kept, commitment.version)
        store.alarms.clear(AlarmKind.CHECK, commitment.id)
        return kept

    def show(self, store: Store, commitment: Commitment, person: Person, team: Team, target: str, at: datetime) -> None:
        """Put what is true of the commitment in the place of the message `target`."""
        self.sending.replace(
            store,
            self.message(store, commitment, person, team, at),
            target=target,
            workspace=person.workspace,
            channel=person.slack_id,
            lane=Lane.REPLY,
            at=at,
        )

    def message(self, store: Store, commitment: Commitment, person: Person, team: Team, at: datetime) -> Message:
        """How the commitment stands, with the one question worth asking about it."""
        question = ""
        if (
            commitment.outcome
            and not commitment.shared  # asked already, and choosing again would put another question in its place
            and commitment.learning is None
            and commitment.learning_due
            and commitment.learning_due > at
        ):
            moment = learning_moment(commitment.outcome)
            choice = self.phrasing.question(store, person, team, moment, commitment.outcome_at or at)
            question = choice.question.text
            store.checkins.add_seen(
                SeenQuestion(person.id, choice.question.id, at, choice.reason, commitment.checkin_id)
            )
        values = {
            "action": commitment.action,
            "due_at": commitment.due_at,
            "outcome": commitment.outcome.value if commitment.outcome else None,
            "shared": commitment.shared,
            "question": question,
            "channel": team.channel,
        } | seen_by(person, at)
        share = Button("share_win", commitment.id, "share_win")
        offered = commitment.outcome is Outcome.DONE and not commitment.shared and person.preferences.wins
        buttons = (share,) if offered else ()
        return Message("commitment/outcome", values, buttons)

    def moved(
        self,
        store: Store,
        person: Person,
        commitment_id: str,
        due_at: datetime,
        target: str | None,
        at: datetime,
    ) -> bool:
        """The rep gave it a new time. False when it is not theirs."""
        commitment = self.own(store, person, commitment_id)
        if commitment is None:
            return False
        check = _check_key(commitment)
        team = store.people.team(commitment.team_id)
        current = open_now(store, person, at)
        if current is not None and current.reviewing == commitment_id and current.asked is Asked.OUTCOME:
            target = target or current.last_key or check
            due = DueTime(0, 0, due_at, Certainty.EXACT)
            step = in_place(advance_checkin(current, Reading(Intent.RESCHEDULE, due=due), at), current)
            self.checkins.carry_out(store, current, step, person, team, at, key=target, target=target)
            return True
        if commitment.outcome is None:
            before = commitment
            commitment = move(before, due_at)
            store.commitments.save(commitment, before.version)
            set_check(store, commitment, person, team)
            ask_for_summaries(store, team, at)
        self.show(store, commitment, person, team, target or check, at)
        return True

    def share(self, store: Store, person: Person, commitment_id: str, target: str | None, at: datetime) -> bool:
        """The rep agrees to have a done commitment told as a win, with name and words."""
        commitment = self.own(store, person, commitment_id)
        if commitment is None:
            return False
        if commitment.outcome is Outcome.DONE and not commitment.shared:
            before = commitment
            commitment = replace(before, shared=True, version=before.version + 1)
            store.commitments.save(commitment, before.version)
        place = target or _check_key(commitment)
        self.show(store, commitment, person, store.people.team(commitment.team_id), place, at)
        return True


def _check_key(commitment: Commitment) -> str:
    return f"check:{commitment.id}:{commitment.moves}"


def read_time(
    typed: str, person: Person, team: Team, at: datetime, checkin: Checkin | None = None
) -> datetime | TimeTrouble:
    """The moment a person typed into a form, or what is wrong with it.

    In the form of a check-in about a day to come, a bare time is one of that day.

    A clock time that has gone by today is refused rather than taken for tomorrow: in a form, nobody sees the
    difference until it is too late.
    """
    words = typed.strip()
    at = heard_at(checkin, person, team, words, at)
    due = _find(words, person, team, at)
    midnight = instant(local_date(at, person.tz), time(), person.tz)
    from_midnight = _find(words, person, team, midnight)
    if from_midnight is not None and from_midnight <= at:
        relative = due is not None and abs((due - at) - (from_midnight - midnight)) < timedelta(minutes=1)
        if not relative:
            return TimeTrouble.PAST
    return due if due is not None else TimeTrouble.UNREADABLE


def _find(words: str, person: Person, team: Team, at: datetime) -> datetime | None:
    hours = hours_of(person, team)
    due = find(words, at, person.tz, hours) or find(f"by {words}", at, person.tz, hours)
    return due.moment if due else None
