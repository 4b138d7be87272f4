"""Which words a step gets: a question from the bank (or the coach's, once it passed the guard), and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import instant, is_working_time, local_date
from bot.domain.checkin import Checkin, Preface, Say, Step
from bot.domain.commitment import Commitment, suggested_times
from bot.domain.effects import Effect, MoveCommitment, Outcome, RecordOutcome
from bot.domain.habits import day_told, good_news, same_words
from bot.domain.mornings import LATER, day_in_words, is_first_day_back
from bot.domain.people import Person, Team, hours_of
from bot.domain.question_bank import Choice, Kind, Moment, Question, Situation, choose, fill, for_day
from bot.domain.reading import Concern
from bot.ports.coach import Understanding
from bot.ports.messages import Button, Message
from bot.ports.storage import SeenQuestion, Store
from bot.services.sending import seen_by

LEARNING = frozenset({Moment.LEARN_DONE, Moment.LEARN_PARTLY, Moment.LEARN_DROPPED})
"""These ask about one commitment, which need not be about the focus."""
REMEMBERED = 5
"""Check-ins whose words are compared, to notice an answer that comes back."""
ROTATION = timedelta(days=14)
"""Ten working days: no question comes back to the same rep within them."""

MOMENTS = {
    Say.OPEN: Moment.OPENING,
    Say.OBSTACLE: Moment.OBSTACLE,
    Say.DIFFERENCE: Moment.DIFFERENCE,
    Say.ACT: Moment.ACTING,
    Say.IF_THEN: Moment.IF_THEN,
    Say.SHARPEN_ACTION: Moment.SHARPEN_ACTION,
}

OUTCOMES = (
    ("outcome_done", "done"),
    ("outcome_partly", "partly"),
    ("outcome_moved", "moved"),
    ("outcome_dropped", "dropped"),
)


@dataclass(frozen=True)
class Phrased:
    """A message for a step, the check-in that remembers the question, and the bank question used, if any."""

    message: Message
    checkin: Checkin
    seen: SeenQuestion | None


def outcome_buttons(commitment: Commitment) -> tuple[Button, ...]:
    """Done, partly, moved, dropped: worth one tap."""
    value = f"{commitment.id}|{commitment.moves}"
    return tuple(Button(action, value, label) for action, label in OUTCOMES)


@dataclass(frozen=True)
class Phrasing:
    """Turns steps into messages. `command` is the slash command that people type."""

    bank: Sequence[Question]
    command: str

    def question(
        self,
        store: Store,
        person: Person,
        team: Team,
        moment: Moment,
        at: datetime,
        about: AbstractSet[Situation] | None = None,
        day: date | None = None,
        **slots: str,
    ) -> Choice:
        """A bank question for this person now, with its reason; the slots are filled in.

        `about` names what it may take up; without it that is all that is known of their days. `day` is the day it is
        about, today if there is none.
        """
        today = local_date(at, person.tz)
        day = day or today
        focus = team.behaviour(person.focus)
        seen = [s.question_id for s in store.checkins.seen(person.id, 120) if s.at > at - ROTATION]
        choice = choose(
            self._fitting(team, focus is not None),
            moment,
            focus.kind if focus and moment not in LEARNING else Kind.ANY,
            situations(store, person, at, day) if about is None else about,
            seen,
            f"{person.id}:{day}:{moment}",
        )
        words = {"name": person.first_name} | ({"focus": focus.words} if focus else {}) | slots
        spoken = day_in_words(day, today)
        asked = replace(choice.question, text=for_day(choice.question.text, spoken)) if spoken else choice.question
        return Choice(replace(asked, text=fill(asked, **words)), choice.reason)

    def _fitting(self, team: Team, has_focus: bool) -> Sequence[Question]:
        return [q for q in (*self.bank, *team.questions) if has_focus or "{focus}" not in q.text]

    def step(
        self,
        store: Store,
        step: Step,
        person: Person,
        team: Team,
        at: datetime,
        understanding: Understanding | None = None,
    ) -> Phrased:
        """The message that says what the step says."""
        checkin = step.checkin
        values = {
            "name": person.first_name,
            "command": self.command,
            "managers": [m.first_name for m in store.people.managers(team.id)],
            "preface": step.preface.value,
            "topic": understanding.reading.topic if understanding else None,
            "reflection": _reflection(understanding, step),
            "action": checkin.action,
            "due_at": checkin.due_at,
            "if_then": checkin.if_then,
            "help_shared": checkin.help_shared,
            "help_offered": person.preferences.help_offered,
            "noted": _noted(store, step.effects),
        } | seen_by(person, at)
        help_buttons = self._help(person, checkin, step.preface)
        mark = f"{checkin.id}|{checkin.version}"
        match step.say:
            case Say.SHARPEN_TIME:
                times = [
                    Button("time_pick", f"{mark}|{moment.isoformat()}", moment=moment)
                    for moment in suggested_times(_from(checkin, person, team, at), person.tz, hours_of(person, team))
                ]
                buttons = (*times, Button("change", mark, "another_time"), *help_buttons)
                return Phrased(Message("checkin/sharpen_time", values, buttons), checkin, None)
            case Say.CHOOSE:
                picks = [
                    Button("choose", f"{mark}|{place}", words=action) for place, action in enumerate(checkin.others)
                ]
                listed = values | {"others": checkin.others}
                return Phrased(Message("checkin/choose", listed, (*picks, *help_buttons)), checkin, None)
            case Say.CARE:
                concern = understanding.reading.concern if understanding else None
                return Phrased(care_message(team, concern), checkin, None)
            case Say.CONFIRM:
                buttons = (
                    Button("commit", mark, "commit", style="primary"),
                    Button("change", mark, "change"),
                    Button("not_today", mark, "not_today"),
                    *help_buttons,
                )
                return Phrased(Message("checkin/confirm", values, buttons), checkin, None)
            case Say.COMMITTED:
                return Phrased(Message("checkin/committed", values | {"others": checkin.others}), checkin, None)
            case Say.LEFT | Say.SKIPPED | Say.MOVED | Say.STOPPED | Say.NOTHING:
                fresh = () if step.say is Say.STOPPED else (Button("start", "fresh", "start_fresh"),)
                return Phrased(Message("checkin/ended", values | {"how": step.say.value}, fresh), checkin, None)
            case Say.ASK_OUTCOME:
                earlier = store.commitments.get(checkin.reviewing or "")
                values |= {
                    "earlier": earlier.action if earlier else "",
                    "earlier_due": earlier and earlier.due_at,
                }
                buttons = (*(outcome_buttons(earlier) if earlier else ()), *help_buttons)
                return Phrased(Message("checkin/outcome", values, buttons), checkin, None)
        return self._asked(store, step, person, team, at, understanding, values, help_buttons)

    def _asked(
        self,
        store: Store,
        step: Step,
        person: Person,
        team: Team,
        at: datetime,
        understanding: Understanding | None,
        values: dict[str, object],
        buttons: tuple[Button, ...],
    ) -> Phrased:
        probing = step.say in {Say.OBSTACLE, Say.DIFFERENCE}
        offered = understanding.question if understanding and probing and not step.again else None
        seen = None
        if step.again and step.checkin.question:
            words = step.checkin.question
        elif offered:
            words = offered
        else:
            moment = MOMENTS[step.say]
            if moment is Moment.OBSTACLE and step.checkin.thin:
                moment = Moment.OPPORTUNITY
            if moment is Moment.OBSTACLE and good_news(_said(store, [step.checkin])[-1:]):
                moment = Moment.OPPORTUNITY
            choice = self.question(store, person, team, moment, at, day=step.checkin.local_date)
            words = choice.question.text
            seen = SeenQuestion(person.id, choice.question.id, at, choice.reason, step.checkin.id)
        opening = step.say is Say.OPEN and step.checkin.answered_at is None and not step.again
        template = "checkin/opening" if opening else "checkin/question"
        first = person.introduced_at is None
        if opening and not first and _may_be_put_off(step.checkin, person, team, at):
            buttons = (*buttons, Button("later", f"{step.checkin.id}|{step.checkin.version}", "later"))
        asked = {
            "question": words,
            "first_time": first,
            "back": is_first_day_back(person, team, step.checkin.local_date),
            "day": step.checkin.local_date if step.checkin.local_date > local_date(at, person.tz) else None,
        }
        message = Message(template, values | asked, buttons)
        return Phrased(message, replace(step.checkin, question=words), seen)

    def _help(self, person: Person, checkin: Checkin, preface: Preface) -> tuple[Button, ...]:
        mark = f"{checkin.id}|{checkin.version}"
        keep = Button("keep_help", mark, "keep_help")
        if checkin.help_shared:
            return (keep,)
        offered = preface is Preface.HELP and person.preferences.help_offered
        return (Button("ask_help", mark, "ask_help"), keep) if offered else ()


def _may_be_put_off(checkin: Checkin, person: Person, team: Team, at: datetime) -> bool:
    """Whether half an hour on they may still be asked. Not of the first question ever: it says what this is."""
    moment = at + LATER
    return moment < checkin.expires_at and is_working_time(moment, person.tz, hours_of(person, team))


def _from(checkin: Checkin, person: Person, team: Team, at: datetime) -> datetime:
    """The moment from which times are offered: now, or the start of the day that is talked about."""
    return max(at, instant(checkin.local_date, team.times.hours.start, person.tz))


def care_message(team: Team, concern: Concern | None) -> Message:
    """What to say to something that is not for coaching: care, and the people whom the team names."""
    return Message("checkin/care", {"concern": concern.value if concern else None, "care": team.care})


def _reflection(understanding: Understanding | None, step: Step) -> str | None:
    """What is said back before the question; a "So" opens a line once in a check-in, not each time."""
    line = understanding.reflection if understanding and step.preface is Preface.NONE else None
    return None if line and line.startswith("So ") and step.checkin.probes > 1 else line


def _noted(store: Store, effects: Sequence[Effect]) -> dict[str, object] | None:
    """What a step did to an earlier commitment, to be told along with the line."""
    for effect in effects:
        if isinstance(effect, RecordOutcome | MoveCommitment):
            earlier = store.commitments.get(effect.commitment_id)
            outcome = effect.outcome.value if isinstance(effect, RecordOutcome) else None
            due_at = effect.due_at if isinstance(effect, MoveCommitment) else None
            return {"action": earlier.action if earlier else "", "outcome": outcome, "due_at": due_at}
    return None


def situations(store: Store, person: Person, at: datetime, day: date | None = None) -> frozenset[Situation]:
    """What is known of a rep's days that a question about `day`, or today, may take up."""
    found = {Situation.ANY}
    today = day or local_date(at, person.tz)
    if person.introduced_at is None:
        found.add(Situation.FIRST_DAY)
    if today.weekday() == 0:
        found.add(Situation.MONDAY)
    outcomes = [c.outcome for c in store.commitments.of(person.id, 4) if c.outcome]
    if outcomes[:3] == [Outcome.DONE] * 3:
        found.add(Situation.KEPT_STREAK)
    if outcomes[:1] == [Outcome.DROPPED]:
        found.add(Situation.DROPPED_YESTERDAY)
    earlier = store.checkins.recent(person.id, today, 1)
    if earlier and earlier[0].answered_at is None:
        found.add(Situation.SILENT)
    if earlier and earlier[0].thin:
        found.add(Situation.THIN)
    if earlier and earlier[0].help_wanted:
        found.add(Situation.HELP_ASKED)
    return frozenset(found | _told(store, person, today))


def _told(store: Store, person: Person, today: date) -> set[Situation]:
    """What their own words show: today's, or before the first of them, those of the last check-in."""
    found: set[Situation] = set()
    now = store.checkins.on(person.id, today)[-1:]
    earlier = store.checkins.recent(person.id, today, REMEMBERED)
    said = _said(store, now)
    if now and now[0].answered_at and now[0].thin:
        found.add(Situation.THIN)
    if same_words(said or _said(store, earlier[:1]), _said(store, earlier if said else earlier[1:])):
        found.add(Situation.SAME_WORDS)
    if told := day_told(said):
        found.add(told)
    return found


def _said(store: Store, checkins: Sequence[Checkin]) -> list[str]:
    return [turn.text for checkin in checkins for turn in store.checkins.turns(checkin.id) if turn.text]
