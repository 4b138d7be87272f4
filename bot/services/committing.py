"""A commitment at any time: by the command, from Home, or out of a message that somebody wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.domain.access import Action
from bot.domain.answers import answer
from bot.domain.calendar import local_date
from bot.domain.checkin import Checkin, settle
from bot.domain.commitment import LONGEST_ACTION, Commitment
from bot.domain.effects import MakeCommitment
from bot.domain.people import Person, Team, hours_of
from bot.domain.reading import Asked, Intent, Reading
from bot.ports import NewId
from bot.ports.messages import Form, Message
from bot.ports.storage import Store
from bot.services.access import Actor, may
from bot.services.checkin import Checkins, open_now, set_check
from bot.services.hearing import MENTION
from bot.services.phrasing import care_message
from bot.services.sending import Sending, seen_by
from bot.services.summary import ask_for_summaries
from bot.services.taps import Taps

LONGEST_READ = 3000
"""Characters of a message that are read for a draft: as many as Slack shows at once."""


@dataclass(frozen=True)
class Committing:
    """Inside the caller's transaction. Nothing is made without the rep's yes: a tap on "Commit" under the words and the
    time, in the conversation or in the form.

    A commitment whose time is still today counts as today's. So the form answers a question that stands open and has
    no answer yet, in its place; before the morning it takes the morning's place; and the command asks for the yes
    in the conversation. One for a later day is kept beside whatever is open, and today's question is still
    asked. A conversation that has begun is not touched by the form.
    """

    sending: Sending
    checkins: Checkins
    taps: Taps
    new_id: NewId
    command: str

    def by_words(self, store: Store, person: Person, team: Team, typed: str, at: datetime) -> Message | Form:
        """What was typed after the word: asked for a yes in the conversation where it names an action and a time for
        today, else opened as a form with what was understood. Read by the rules, never by a model.
        """
        words = self._named(store, person.workspace, typed)
        reading, current = _read(words, person, team, at), open_now(store, person, at)
        if reading is not None and reading.intent is Intent.CONCERN:
            self.checkins.keep_quiet(store, person, at)
            if current is not None:
                self.checkins.leave_out(store, person, current, at)
            return care_message(team, reading.concern)
        if reading is not None and self._is_whole(reading, at) and reading.action and reading.due:
            action, due_at = reading.action[:LONGEST_ACTION], reading.due.moment
            talking = current is not None and current.answered_at is not None
            if current is None and _is_for_today(due_at, person, None, at):
                person = self.checkins.hear_again(store, person)
                self.checkins.propose(store, person, team, action, due_at, reading.if_then, at)
                return Message("commands/commit")
            if current is not None and (talking or _answers(current, due_at, person, at)):
                self.taps.changed(store, person, current.id, action, due_at, reading.if_then, None, at)
                return Message("commands/commit")
        return self._form(store, person, team, words, reading, at)

    def draft(self, store: Store, actor: Actor, text: str, at: datetime, *, home: bool = False) -> Form:
        """The form filled with the words of a message, whosever they are; nothing of it is kept unless it is saved.

        For somebody who makes no commitments here, a form that says why. `home`: it was opened there.
        """
        person = actor.person
        team = store.people.find_team(person.rep_of or "") if person else None
        if person is None or team is None or not may(actor, Action.COMMIT, person):
            return self.refusal("manager" if actor.leads or actor.stands_in else "nobody")
        if person.stopped_at is not None:
            return self.refusal("stopped")
        words = self._named(store, person.workspace, text[:LONGEST_READ])
        reading = _read(words, person, team, at)
        return self._form(store, person, team, words, reading, at, home=home)

    def refusal(self, why: str) -> Form:
        """Why there is no form: they are a "manager", "nobody" of a team, or have "stopped" the messages."""
        text = self.sending.wording.text("commitment/not_here", {"why": why, "command": self.command})
        return Form("no_commitment", {"text": text})

    def _form(
        self,
        store: Store,
        person: Person,
        team: Team,
        words: str,
        reading: Reading | None,
        at: datetime,
        *,
        home: bool = False,
    ) -> Form:
        """The form, with a key of its own so that sending it twice makes one commitment."""
        understood = reading if reading is not None and self._is_whole(reading, at) else None
        due = reading.due.moment if reading and reading.due and reading.due.moment > at else None
        action = (understood.action if understood else None) or " ".join(words.split())
        managers = [m.first_name for m in store.people.managers(team.id)]
        filled = {
            "action": action[:LONGEST_ACTION].rstrip(),
            "when": self.sending.wording.typable(due, person.tz, at) if due else "",
        }
        metadata = json.dumps({"key": self.new_id(), "home": home} | filled)
        values: dict[str, Any] = filled | {
            "if_then": (reading.if_then if reading else None) or "",
            "seen": self.sending.wording.text("commitment/seen", {"managers": managers}),
            "metadata": metadata,
        }
        return Form("commitment", values)

    def _is_whole(self, reading: Reading, at: datetime) -> bool:
        """Whether it names one action and a time to come."""
        whole = reading.intent is Intent.COMMITMENT and reading.action is not None and not reading.other_actions
        return whole and reading.due is not None and reading.due.moment > at

    def save(
        self,
        store: Store,
        actor: Actor,
        key: str,
        action: str,
        due_at: datetime,
        if_then: str | None,
        at: datetime,
    ) -> bool:
        """The form, sent: that is the yes. The same `key` a second time changes nothing. False for who may not.

        The commitment's id is made of the person and the key, so that a forged key reaches nobody else's.
        """
        person = actor.person
        team = store.people.find_team(person.rep_of or "") if person else None
        if person is None or team is None or not may(actor, Action.COMMIT, person):
            return False
        made = MakeCommitment(action, due_at, if_then, sha256(f"{person.id}:{key}".encode()).hexdigest()[:32])
        if store.commitments.get(str(made.id)) is not None:
            return True
        current = open_now(store, person, at)
        if current is not None and _answers(current, due_at, person, at):
            place = current.last_key or current.id
            step = settle(current, made, at)
            self.checkins.carry_out(store, current, step, person, team, at, key=place, target=place)
        elif not store.checkins.on(person.id, local_date(at, person.tz)) and _is_for_today(due_at, person, None, at):
            self.checkins.made(store, person, team, made, at)
        else:
            self._beside(store, person, team, made, at)
        return True

    def _beside(self, store: Store, person: Person, team: Team, made: MakeCommitment, at: datetime) -> None:
        """A commitment that leaves a question which stands as it is.

        It belongs to a check-in of today that has its answer, for the manager to see it among today's.
        """
        todays = [c for c in store.checkins.on(person.id, local_date(at, person.tz)) if c.answered_at is not None]
        commitment = Commitment(
            id=str(made.id),
            workspace=person.workspace,
            person_id=person.id,
            team_id=team.id,
            checkin_id=todays[-1].id if todays else None,
            behaviour_id=person.focus,
            action=made.action,
            due_at=made.due_at,
            if_then=made.if_then,
            made_at=at,
        )
        store.commitments.add(commitment)
        set_check(store, commitment, person, team)
        values = {
            "action": made.action,
            "due_at": made.due_at,
            "if_then": made.if_then,
            "others": (),
            "command": self.command,
        } | seen_by(person, at)
        self.sending.reply(store, person, Message("checkin/committed", values), f"committed:{commitment.id}", at)
        ask_for_summaries(store, team, at)

    def _named(self, store: Store, workspace: str, text: str) -> str:
        """The words with people by their names: showing a mention again would ring whoever is mentioned."""

        def name(mention: Any) -> str:
            person = store.people.by_slack(workspace, mention.group(1))
            return person.name if person else "a colleague"

        return MENTION.sub(name, text).strip()


def _read(words: str, person: Person, team: Team, at: datetime) -> Reading | None:
    if not words:
        return None
    return answer(words, Asked.ACT, at, person.tz, hours_of(person, team))


def _is_for_today(due_at: datetime, person: Person, current: Checkin | None, at: datetime) -> bool:
    """Whether its time comes on the day that is talked about, or before."""
    today = local_date(at, person.tz)
    return local_date(due_at, person.tz) <= (max(today, current.local_date) if current else today)


def _answers(current: Checkin, due_at: datetime, person: Person, at: datetime) -> bool:
    """Whether it answers the question that stands: the open one of the morning, which has no answer yet."""
    fresh = current.asked is Asked.OPEN and current.answered_at is None
    return fresh and _is_for_today(due_at, person, current, at)
