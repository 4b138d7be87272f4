"""Taps and forms of the check-in. What a button's value says is never believed: the database decides.

A tap on an old message, or a second tap, changes nothing and puts what is true now in the tapped message's place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.access import Action
from bot.domain.checkin import Checkin, Stage, Step, advance, change, in_place, repeat, skip
from bot.domain.people import Person, Team
from bot.domain.reading import Asked, Certainty, DueTime, Intent, Reading
from bot.ports import NewId
from bot.ports.messages import Button, Lane, Message
from bot.ports.storage import Store, Turn
from bot.services.access import may_own
from bot.services.checkin import Checkins, open_now
from bot.services.sending import Sending, seen_by


@dataclass(frozen=True)
class Draft:
    """What the "change" form is filled with."""

    checkin_id: str
    action: str
    due_at: datetime | None
    if_then: str


@dataclass(frozen=True)
class Taps:
    """What a rep taps in a check-in, inside the caller's transaction."""

    sending: Sending
    checkins: Checkins
    new_id: NewId

    def _own(self, store: Store, person: Person, mark: str) -> tuple[Checkin, int] | None:
        """The check-in a button belongs to and the version it was drawn for, if it is this person's."""
        checkin_id, _, version = mark.partition("|")
        checkin = store.checkins.find(checkin_id)
        if checkin is None or not may_own(person, Action.CHECK_IN, checkin.person_id):
            return None
        return checkin, int(version) if version.isdigit() else -1

    def _step(
        self,
        store: Store,
        person: Person,
        mark: str,
        target: str | None,
        at: datetime,
        reading: Reading,
        asked: Asked,
    ) -> bool:
        found = self._own(store, person, mark)
        if found is None:
            return False
        checkin, version = found
        team = store.people.team(checkin.team_id)
        if checkin.ended or at >= checkin.expires_at or checkin.version != version or checkin.asked is not asked:
            self.show_truth(store, person, checkin, target, at)
            return True
        step = in_place(advance(checkin, reading, at), checkin)
        self._carry_out(store, checkin, step, person, team, target, at)
        self._remember(store, checkin, reading, at)
        return True

    def _remember(self, store: Store, before: Checkin, reading: Reading, at: datetime) -> None:
        """A tap is a turn like any other, so that it still counts when an earlier message is edited."""
        store.checkins.add_turn(Turn(self.new_id(), before.id, before.person_id, at, None, None, before, reading))

    def _carry_out(
        self,
        store: Store,
        before: Checkin,
        step: Step,
        person: Person,
        team: Team,
        target: str | None,
        at: datetime,
    ) -> None:
        place = target or before.last_key or before.id
        self.checkins.carry_out(store, before, step, person, team, at, key=place, target=place)

    def commit(self, store: Store, person: Person, mark: str, target: str | None, at: datetime) -> bool:
        """The yes to the shown action and time."""
        return self._step(store, person, mark, target, at, Reading(Intent.AFFIRM), Asked.CONFIRM)

    def pick_time(
        self, store: Store, person: Person, mark: str, moment: datetime, target: str | None, at: datetime
    ) -> bool:
        """One of the offered times."""
        due = DueTime(0, 0, moment, Certainty.EXACT)
        return self._step(store, person, mark, target, at, Reading(Intent.COMMITMENT, due=due), Asked.SHARPEN_TIME)

    def choose(self, store: Store, person: Person, mark: str, place: int, target: str | None, at: datetime) -> bool:
        """Which of several actions comes first."""
        found = self._own(store, person, mark)
        options = found[0].others if found else ()
        action = options[place] if 0 <= place < len(options) else None
        return self._step(store, person, mark, target, at, Reading(Intent.COMMITMENT, action), Asked.CHOOSE)

    def not_today(self, store: Store, person: Person, mark: str, target: str | None, at: datetime) -> bool:
        """No commitment today, without blame."""
        found = self._own(store, person, mark)
        if found is None:
            return False
        checkin, version = found
        team = store.people.team(checkin.team_id)
        if checkin.ended or at >= checkin.expires_at or checkin.version != version:
            self.show_truth(store, person, checkin, target, at)
        else:
            step = in_place(skip(checkin, at), checkin)
            self._carry_out(store, checkin, step, person, team, target, at)
        return True

    def ask_help(
        self, store: Store, person: Person, mark: str, target: str | None, at: datetime, *, wanted: bool = True
    ) -> bool:
        """The rep wants the manager to know that they would like a hand: that, and none of their words.

        Not `wanted`: they keep it from the manager, also after they had told it.
        """
        found = self._own(store, person, mark)
        if found is None:
            return False
        checkin, _ = found
        team = store.people.team(checkin.team_id)
        if checkin.ended or at >= checkin.expires_at:
            self.show_truth(store, person, checkin, target, at)
            return True
        shared = replace(checkin, help_wanted=wanted, help_shared=wanted, version=checkin.version + 1)
        self._carry_out(store, checkin, in_place(repeat(shared), checkin), person, team, target, at)
        return True

    def draft(self, store: Store, person: Person, mark: str, at: datetime) -> Draft | None:
        """What the "change" form shows; None when there is nothing (of theirs) left to change."""
        found = self._own(store, person, mark)
        if found is None or found[0].ended or at >= found[0].expires_at:
            return None
        checkin = found[0]
        return Draft(checkin.id, checkin.action or "", checkin.due_at, checkin.if_then or "")

    def drafted(self, store: Store, person: Person, checkin_id: str) -> Checkin | None:
        """The check-in whose draft is in the "change" form, if it is this person's."""
        found = self._own(store, person, checkin_id)
        return found[0] if found else None

    def changed(
        self,
        store: Store,
        person: Person,
        checkin_id: str,
        action: str,
        due_at: datetime,
        if_then: str | None,
        target: str | None,
        at: datetime,
    ) -> bool:
        """The "change" form, sent: the draft is shown once more for the yes."""
        found = self._own(store, person, f"{checkin_id}|0")
        if found is None:
            return False
        checkin, _ = found
        team = store.people.team(checkin.team_id)
        if checkin.ended or at >= checkin.expires_at:
            self.show_truth(store, person, checkin, target, at)
            return True
        step = change(checkin, action, due_at, if_then, at)
        self._carry_out(store, checkin, step, person, team, target, at)
        due = DueTime(0, 0, due_at, Certainty.EXACT)
        self._remember(store, checkin, Reading(Intent.COMMITMENT, action, due=due, if_then=if_then), at)
        return True

    def not_any_more(self, store: Store, person: Person, mark: str, target: str | None, at: datetime) -> None:
        """A form was asked for that has nothing left to change: show what is true instead."""
        found = self._own(store, person, mark)
        if found is not None:
            checkin = found[0]
            self.show_truth(store, person, checkin, target, at)

    def show_truth(self, store: Store, person: Person, checkin: Checkin, target: str | None, at: datetime) -> None:
        """Put how the check-in stands in the place of a message whose buttons are past."""
        made = store.commitments.in_checkins([checkin.id])
        closed = not checkin.ended and at >= checkin.expires_at
        values = {
            "stage": Stage.EXPIRED.value if closed else checkin.stage.value,
            "action": made[-1].action if made else None,
            "due_at": made[-1].due_at if made else None,
            "outcome": made[-1].outcome.value if made and made[-1].outcome else None,
        } | seen_by(person, at)
        fresh = (Button("start", "fresh", "start_fresh"),) if closed or checkin.stage is Stage.EXPIRED else ()
        self.sending.replace(
            store,
            Message("checkin/truth", values, fresh),
            target=target or checkin.last_key or checkin.id,
            workspace=person.workspace,
            channel=person.slack_id,
            lane=Lane.REPLY,
            at=at,
        )

    def start(self, store: Store, person: Person, at: datetime) -> str:
        """Begin a check-in on demand. Returns which answer fits: "none", "open" or "started"."""
        if person.rep_of is None:
            return "none"
        team = store.people.team(person.rep_of)
        if person.stopped_at is not None:
            person = replace(person, stopped_at=None)
            store.people.save(person)
        person = self.checkins.hear_again(store, person)
        if open_now(store, person, at) is not None:
            return "open"
        self.checkins.open(store, person, team, at, lane=Lane.REPLY)
        return "started"
