"""A rep's own Home: today, the commitments that are open, the days to come, the weeks that were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.ahead import Ahead, days_ahead
from bot.domain.calendar import local_date
from bot.domain.checkin import Checkin, Stage
from bot.domain.commitment import Commitment
from bot.domain.mornings import day_of
from bot.domain.people import Person, Team, away_on, hours_of, is_quiet
from bot.domain.rhythm import rhythm, starts_at
from bot.ports.messages import Button, Message
from bot.ports.storage import AlarmKind, Store
from bot.services.checkin import open_now
from bot.services.look import Look, Page
from bot.services.phrasing import outcome_buttons
from bot.services.sending import seen_by

OPEN_LASTS = timedelta(days=7)
"""How long after its time a commitment without an outcome is still asked about; then it is among the past ones."""
MOST_OPEN = 5
LOOKED_AHEAD = timedelta(days=5)
"""How far ahead a day may have been asked about already, with a day to spare."""
A_PAGE = 5
"""Past commitments at a time."""


@dataclass(frozen=True)
class RepHome:
    """Reads what a rep's Home shows, within the caller's transaction."""

    command: str

    def messages(self, store: Store, person: Person, team: Team, look: Look, at: datetime) -> list[Message]:
        """The parts of it, from today to the past."""
        values = {
            "name": person.first_name,
            "command": self.command,
            "managers": [m.first_name for m in store.people.managers(team.id)],
        } | seen_by(person, at)
        shown, days = _open(store, person, at), _days(store, person, team, at)
        opening = self._today(store, person, team, days, values, at)
        settled = opening.values["state"] == "committed"
        return [
            opening,
            *(_commitment(one, values) for one in shown),
            self._coming(person, days, values, settled=settled),
            *self._past(store, person, team, shown, look, values, at),
            Message("home/shown", values, (Button("privacy", "home", "privacy"),)),
        ]

    def _today(
        self, store: Store, person: Person, team: Team, days: Sequence[Ahead], values: dict[str, Any], at: datetime
    ) -> Message:
        current, today = open_now(store, person, at), local_date(at, person.tz)
        checkins = store.checkins.on(person.id, today)
        focus, later = team.behaviour(person.focus), store.alarms.get(AlarmKind.LATER, person.id)
        first = next((one for one in days if one.at), None)
        state = _state(person, checkins, current)
        drafted = current is not None and current.stage is Stage.CONFIRMING and current.action and current.due_at
        told = {
            "state": state,
            "question": current.question if current else "",
            "action": current.action if current and drafted else None,
            "due_at": current.due_at if current and drafted else None,
            "if_then": current.if_then if current and drafted else None,
            "away": away_on(person, team, today) if state == "quiet" else None,
            "first": first,
            "later": later.at if later and later.at > at else None,
            "today": today,
            "focus": focus.words if focus else None,
        }
        return Message("home/rep", values | told, _buttons(state, current, first is not None and first.day == today))

    def _coming(self, person: Person, days: Sequence[Ahead], values: dict[str, Any], *, settled: bool) -> Message:
        """The next days. Where today is settled, the way to one more check-in stands here, below what was settled."""
        evening = {one.day for one in days if one.at and local_date(one.at, person.tz) < one.day}
        fresh = (Button("start", "home", "start_fresh"),) if settled else ()
        buttons = (
            *fresh,
            Button("add_commitment", "home", "add_commitment"),
            Button("away", "home", "away"),
            Button("settings", "home", "settings"),
        )
        return Message("home/ahead", values | {"days": days, "evening": evening}, buttons)

    def _past(
        self,
        store: Store,
        person: Person,
        team: Team,
        shown: Sequence[Commitment],
        look: Look,
        values: dict[str, Any],
        at: datetime,
    ) -> list[Message]:
        page = Page.of(look.past, store.commitments.count_of(person.id) - len(shown), A_PAGE)
        past = store.commitments.earlier(person.id, [one.id for one in shown], page.first, page.size)
        today = local_date(at, person.tz)
        weeks = rhythm(
            store.commitments.due_since(person.id, starts_at(today, person.tz)),
            person.tz,
            at,
            hours_of(person, team).days,
            store.people.enrolled_on(person.id),
        )
        told = {"commitments": [_told(one) for one in past]}
        ever = [Message("home/rhythm", values | {"weeks": weeks})] if any(week.due for week in weeks) else []
        before = [] if shown and not past else [Message("home/past", values | told)]
        return [*ever, *before, *page.turn("past", "past")]


def _open(store: Store, person: Person, at: datetime) -> Sequence[Commitment]:
    """Those that wait for their time or for a word on how they went, the earliest first."""
    fresh = [one for one in store.commitments.open_of(person.id) if one.due_at > at - OPEN_LASTS]
    return fresh[-MOST_OPEN:]


def _commitment(one: Commitment, values: dict[str, Any]) -> Message:
    return Message("home/commitment", values | _told(one), outcome_buttons(one))


def _told(one: Commitment) -> dict[str, Any]:
    return {
        "action": one.action,
        "due_at": one.due_at,
        "outcome": one.outcome.value if one.outcome else None,
        "moves": one.moves,
    }


def _days(store: Store, person: Person, team: Team, at: datetime) -> Sequence[Ahead]:
    """The days to come; a day that was asked about, or left out, is not asked about again."""
    if person.stopped_at is not None or person.left_at is not None:
        return ()
    today = local_date(at, person.tz)
    begun = {one.local_date for one in store.checkins.recent(person.id, today + LOOKED_AHEAD, 2 * LOOKED_AHEAD.days)}
    quiet = {today} if is_quiet(person, at) else set[date]()
    alarm = store.alarms.get(AlarmKind.CHECKIN, person.id)
    days = days_ahead(person, team, at, begun | quiet)
    if alarm is None or alarm.at <= at:
        return days
    put_off = day_of(alarm.at, person, team)
    return [replace(one, at=alarm.at) if one.at and one.day == put_off else one for one in days]


def _state(person: Person, checkins: Sequence[Checkin], current: Checkin | None) -> str:
    if person.stopped_at is not None:
        return "stopped"
    if current is not None:
        return "open"
    if any(one.stage is Stage.COMMITTED for one in checkins):
        return "committed"
    if any(one.stage is Stage.SKIPPED for one in checkins):
        return "skipped"
    return "over" if checkins else "quiet"


def _buttons(state: str, current: Checkin | None, today: bool) -> tuple[Button, ...]:
    """What can be done about today's check-in. `today`: its question is still to come today."""
    if current is not None and state == "open":
        mark = f"{current.id}|{current.version}"
        left = Button("not_today", mark, "not_today")
        later = Button("later", mark, "later")
        if current.stage is Stage.CONFIRMING:
            return Button("commit", mark, "commit", style="primary"), Button("change", mark, "change"), left
        return later, left
    if state == "committed":
        return ()
    if state not in {"quiet", "stopped"}:
        return (Button("start", "home", "start_fresh"),)
    start = Button("start", "home", "start_now", style="primary")
    return (start, Button("home_skip", "home", "leave_out")) if today and state == "quiet" else (start,)
