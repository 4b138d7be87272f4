"""Days away: set, cancelled and offered; what is open on them ends, and nothing old is held against anybody after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain import absence_words
from bot.domain.absence_said import Leaves, heard
from bot.domain.absence_words import Days, Trouble
from bot.domain.access import Action
from bot.domain.calendar import local_date
from bot.domain.people import Person, is_absent
from bot.domain.preferences import LONGEST_ABSENCE, Absence, Leave, with_absence, without_absence
from bot.ports import NewId
from bot.ports.messages import Button, Form, Lane, Message
from bot.ports.storage import AlarmKind, Store
from bot.services import access
from bot.services.access import Actor
from bot.services.checkin import Checkins, closes_at
from bot.services.sending import Sending, seen_by
from bot.services.settling import look_again, renew
from bot.services.telling import As, Telling, working_moment
from bot.services.waking import is_to_come

DAY = timedelta(days=1)
ASKED_AHEAD = 7
"""Days for which a check-in may stand open already: the evening before the next working day."""
CANCELS = frozenset({"cancel", "none", "no", "off", "back", "end", "stop", "over"})
"""Words after "away" or "pause" that end it."""


@dataclass(frozen=True)
class Absences:
    """What people say about their days away, inside the caller's transaction."""

    sending: Sending
    telling: Telling
    checkins: Checkins
    new_id: NewId
    command: str

    def set(
        self, store: Store, actor: Actor, person: Person, first: date, last: date, kind: Leave, at: datetime
    ) -> Trouble | None:
        """Leave them alone from the first day to the last. What is wrong with the days; None when it is done.

        Somebody who may not set it is told the same as for days that cannot be read, and nothing changes.
        """
        person_now = store.people.find(person.id)
        if person_now is None or not access.may(actor, Action.SET_ABSENCE, person_now):
            return Trouble.UNREADABLE
        today = local_date(at, person_now.tz)
        if trouble := _trouble(first, last, today):
            return trouble
        pending = is_to_come(store, person_now, at)
        own = with_absence(person_now.preferences, Absence(first, last, kind))
        away = replace(person_now, preferences=replace(own, suggestion=None))
        store.people.save(away)
        store.alarms.clear(AlarmKind.OFFER, away.id)
        for day in (today + n * DAY for n in range(ASKED_AHEAD)):
            for checkin in store.checkins.on(away.id, day) if is_absent(away, day) else ():
                if not checkin.ended and at < checkin.expires_at:
                    self.checkins.leave_out(store, away, checkin, at)
        if is_absent(away, today):
            store.alarms.clear(AlarmKind.LATER, away.id)
        _follow(store, away, at, late=pending)
        return None

    def cancel(self, store: Store, actor: Actor, person: Person, first: date, last: date, at: datetime) -> bool:
        """They work on those days after all; days gone by stay as they were. False when nothing has changed.

        A question of today that was left out for it comes at once, where there are hours enough left.
        """
        person_now = store.people.find(person.id)
        if person_now is None or not access.may(actor, Action.SET_ABSENCE, person_now):
            return False
        first = max(first, local_date(at, person_now.tz))
        own = without_absence(person_now.preferences, first, last) if first <= last else person_now.preferences
        if own == person_now.preferences:
            return False
        pending = is_absent(person_now, local_date(at, person_now.tz)) or is_to_come(store, person_now, at)
        back = replace(person_now, preferences=own)
        store.people.save(back)
        _follow(store, back, at, late=pending)
        return True

    def change(
        self,
        store: Store,
        actor: Actor,
        person: Person,
        days: Days | None,
        cancelled: Sequence[Days],
        kind: Leave,
        at: datetime,
    ) -> Trouble | None:
        """What the form says: some days cancelled, some set. They hear of it in the DM: at once of what they set
        themselves, within their working hours of what somebody else did.

        What is wrong with the days; then nothing is cancelled either. Whoever may not set them is told nothing.
        """
        person_now = store.people.find(person.id)
        if person_now is None or not access.may(actor, Action.SET_ABSENCE, person_now):
            return None
        if days is not None and (trouble := _trouble(*days, local_date(at, person.tz))):
            return trouble
        gone = [one for one in cancelled if self.cancel(store, actor, person, *one, at)]
        if days is not None and (refused := self.set(store, actor, person, *days, kind, at)):
            return refused
        other = actor.person if actor.person is not None and actor.person.id != person.id else None
        by = other.first_name if other else None
        message = None
        if days is not None:
            message = self.told(store, person, *days, at, by)
        elif gone:
            first = max(min(one[0] for one in gone), local_date(at, person.tz))
            message = self.told_back(store, person, first, at, by)
        if message is None or person.stopped_at is not None or person.left_at is not None:
            return None
        if other is None:
            self._answer(store, person, message, None, at)
        else:
            self._tell(store, person, message, at)
        return None

    def _tell(self, store: Store, person: Person, message: Message, at: datetime) -> None:
        """The same from somebody else: it waits for their working hours. Of days that are over by then nothing is left
        to cancel.
        """
        person = store.people.get(person.id)
        team = store.people.find_team(person.rep_of or "")
        if team is None:
            return
        heard_at = working_moment(person, team, at)
        last, next_at = message.values["last"], message.values["next_at"]
        over = last is not None and last < local_date(heard_at, person.tz)
        values = {name: one for name, one in message.values.items() if name not in seen_by(person, at)}
        values["next_at"] = next_at if next_at and next_at > heard_at else None
        buttons = () if over else message.buttons
        self.telling.tell(store, message.template, values, team, person.slack_id, As.REP, at, buttons)

    def take_back(self, store: Store, person: Person, days: str, target: str | None, at: datetime) -> None:
        """They tapped "cancel" under what was just noted for them; a second tap shows that nothing is noted."""
        found = days_of(days)
        if found and self.cancel(store, access.actor(store, person, at), person, *found, at):
            first = max(found[0], local_date(at, person.tz))
            self._answer(store, person, self.told_back(store, person, first, at), target, at)
        else:
            self._answer(store, person, self._message("nothing", person, at), target, at)

    def ahead(self, person: Person, at: datetime) -> Sequence[Absence]:
        """Their absences that are not over."""
        today = local_date(at, person.tz)
        return [one for one in person.preferences.absences if one.last >= today]

    # -- in words

    def by_words(self, store: Store, person: Person, text: str, at: datetime) -> Message | Form:
        """What follows "/coach", "away 24-28 Dec" or "pause until Monday", for themselves; the words to answer with.

        Without days it is the form.
        """
        first_word, _, rest = text.strip().partition(" ")
        said = {"away": Leave.AWAY, "pause": Leave.PAUSED}.get(first_word.casefold())
        kind, words = said or Leave.AWAY, (rest if said else text).strip()
        actor = access.actor(store, person, at)
        if not words:
            return self.form(person, person, kind, at)
        if words.casefold().strip(" .!") in CANCELS:
            return self._ended(store, actor, person, at)
        found = absence_words.read(words, local_date(at, person.tz), back_then=kind is Leave.PAUSED)
        if isinstance(found, Trouble):
            return self._trouble(person, found, at)
        trouble = self.set(store, actor, person, *found, kind, at)
        return self._trouble(person, trouble, at) if trouble else self.told(store, person, *found, at)

    def typed(self, store: Store, who: Actor, kind: Leave, words: str, at: datetime) -> Message | Form | None:
        """The same for what follows one of the two words; None for somebody who is not enrolled."""
        word = "pause" if kind is Leave.PAUSED else "away"
        return self.by_words(store, who.person, f"{word} {words}", at) if who.person else None

    def _ended(self, store: Store, actor: Actor, person: Person, at: datetime) -> Message:
        """The absence that lasts, or else the next one, is over."""
        coming = self.ahead(person, at)
        if not coming or not self.cancel(store, actor, person, coming[0].first, coming[0].last, at):
            return self._message("nothing", person, at)
        return self.told_back(store, person, max(coming[0].first, local_date(at, person.tz)), at)

    def heard(self, store: Store, person: Person, text: str, at: datetime) -> Message | None:
        """The answer to a message that is about nothing but their days; None for any other. An absence is offered and
        not assumed; that they are back is taken at their word.
        """
        said = heard(text, local_date(at, person.tz))
        if said is None or person.stopped_at is not None:
            return None
        if isinstance(said, Leaves):
            known = any(said.first in one and said.last in one for one in person.preferences.absences)
            return None if known else self.offered(person, said.first, said.last, "said", at)
        lasting = [one for one in self.ahead(person, at) if said.on in one or (said.instead and one.first >= said.on)]
        if not lasting or not (said.instead or lasting[0].first < said.on or lasting[0].first <= _today(person, at)):
            return None
        last = lasting[0].last
        first = max(said.on, lasting[0].first)
        if not self.cancel(store, access.actor(store, person, at), person, first, last, at):
            return None
        return self.told_back(store, person, first, at)

    # -- offered

    def offer(self, store: Store, person: Person, first: date, last: date | None, at: datetime) -> None:
        """Ask whether they are away on the days that their Slack status suggests; `last` is None where it says none.

        The caller sees to it that it is asked once, and at a moment at which they may hear from us. Where it is held
        up, it is not asked after their working day.
        """
        team = store.people.find_team(person.rep_of or "")
        if team is None:
            return
        self.sending.post(
            store,
            self.offered(person, first, last, "status", at),
            key=f"offer:{person.id}:{first}:{self.new_id()}",
            workspace=person.workspace,
            channel=person.slack_id,
            lane=Lane.MORNING,
            at=at,
            expires_at=closes_at(person, team, at),
        )

    def offered(self, person: Person, first: date, last: date | None, why: str, at: datetime) -> Message:
        """The question whether to leave them alone on those days."""
        days = f"{first}|{last}" if last else f"{first}|"
        yes = Button("away_yes", days, "away_yes", style="primary") if last else Button("away", days, "away_days")
        values = {"first": first, "last": last, "why": why} | seen_by(person, at)
        return Message("settings/offer", values, (yes, Button("away_no", days, "away_no")))

    def accept(self, store: Store, person: Person, days: str, target: str | None, at: datetime) -> bool:
        """They tapped yes: the days are theirs to name, so those of the button are taken as said. False for none."""
        found = days_of(days)
        if found is None:
            return False
        trouble = self.set(store, access.actor(store, person, at), person, *found, Leave.AWAY, at)
        message = self._trouble(person, trouble, at) if trouble else self.told(store, person, *found, at)
        self._answer(store, person, message, target, at)
        return True

    def decline(self, store: Store, person: Person, target: str | None, at: datetime) -> None:
        """They tapped no: everything stays as it is."""
        self._answer(store, person, self._message("stays", person, at), target, at)

    # -- forms

    def whose(self, store: Store, actor: Actor, team_id: str) -> Form | None:
        """Those of a team whose days somebody may set beside their own; None where there is nobody."""
        team = store.people.find_team(team_id)
        reps = store.people.reps(team.id) if team is not None else ()
        theirs = [rep for rep in reps if access.may(actor, Action.SET_ABSENCE, rep) and rep != actor.person]
        ordered = sorted(theirs, key=lambda rep: rep.name.casefold())
        return Form("away_whose", {"reps": [(rep.id, rep.name) for rep in ordered]}) if ordered else None

    def form(
        self, person: Person, reader: Person, kind: Leave, at: datetime, asked: tuple[date, date | None] | None = None
    ) -> Form:
        """The form with the days to come, which is read by themselves or by somebody who may set them: to others a
        pause is days away like any other.
        """
        wording = self.sending.wording
        own = reader.id == person.id
        name = None if own else person.first_name
        shown = seen_by(reader, at)
        return Form(
            "away",
            {
                "metadata": person.id,
                "text": wording.text("settings/away", {"name": name, "coached": person.rep_of is not None} | shown),
                "own": own,
                "kind": kind.value,
                "first": asked[0] if asked else None,
                "last": asked[1] if asked else None,
                "absences": [
                    (
                        f"{one.first}|{one.last}",
                        wording.text("settings/days", _days_shown(one, own=own) | shown),
                    )
                    for one in self.ahead(person, at)
                ],
            },
        )

    # -- words

    def told(
        self, store: Store, person: Person, first: date, last: date, at: datetime, by: str | None = None
    ) -> Message:
        """What was set, and when they hear from us next; `by` is the name of who set it for them."""
        person = store.people.get(person.id)
        kind = next((one.kind for one in person.preferences.absences if first in one or last in one), Leave.AWAY)
        undo = Button("away_cancel", f"{first}|{last}", "away_cancel")
        return self._message(
            "set", person, at, first=first, last=last, kind=kind, by=by, next_at=_next(store, person), undo=undo
        )

    def told_back(self, store: Store, person: Person, first: date, at: datetime, by: str | None = None) -> Message:
        """That they are back from a day on, and when they hear from us next; or that they do not leave at all."""
        person = store.people.get(person.id)
        returns = first == local_date(at, person.tz) or is_absent(person, first - DAY)
        return self._message(
            "back" if returns else "cancelled", person, at, first=first, by=by, next_at=_next(store, person)
        )

    def _trouble(self, person: Person, trouble: Trouble, at: datetime) -> Message:
        return self._message(trouble.value, person, at)

    def _message(
        self,
        how: str,
        person: Person,
        at: datetime,
        *,
        first: date | None = None,
        last: date | None = None,
        kind: Leave = Leave.AWAY,
        by: str | None = None,
        next_at: datetime | None = None,
        undo: Button | None = None,
    ) -> Message:
        values = {
            "how": how,
            "first": first,
            "last": last,
            "kind": kind.value,
            "by": by,
            "next_at": next_at,
            "coached": person.rep_of is not None,
            "command": self.command,
        }
        return Message("settings/absence", values | seen_by(person, at), (undo,) if undo else ())

    def _answer(self, store: Store, person: Person, message: Message, target: str | None, at: datetime) -> None:
        if target:
            where: dict[str, Any] = {"workspace": person.workspace, "channel": person.slack_id, "lane": Lane.REPLY}
            self.sending.replace(store, message, target=target, at=at, **where)
        else:
            self.sending.reply(store, person, message, f"absence:{person.id}:{self.new_id()}", at)


def _days_shown(one: Absence, *, own: bool) -> dict[str, Any]:
    return {"first": one.first, "last": one.last, "kind": (one.kind if own else Leave.AWAY).value}


def days_of(value: str) -> Days | None:
    """The days in a button's value; None for anything that is none."""
    first, _, last = value.partition("|")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def _trouble(first: date, last: date, today: date) -> Trouble | None:
    if last < first:
        return Trouble.REVERSED
    if last < today:
        return Trouble.PAST
    too_long = last - first >= LONGEST_ABSENCE or first - today >= LONGEST_ABSENCE
    return Trouble.TOO_LONG if too_long else None


def _follow(store: Store, person: Person, at: datetime, *, late: bool) -> None:
    look_again(store, person, at)
    renew(store, person, at, late=late)


def _today(person: Person, at: datetime) -> date:
    return local_date(at, person.tz)


def _next(store: Store, person: Person) -> datetime | None:
    alarm = store.alarms.get(AlarmKind.CHECKIN, person.id)
    return alarm.at if alarm and person.stopped_at is None and person.rep_of else None
