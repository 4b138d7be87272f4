"""A manager's Home, or their stand-in's: whom to talk to, what waits, and the morning of each team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.domain.calendar import instant, local_date
from bot.domain.nudge import MOST_A_MORNING, NOBODY_THERE, SNOOZE, Nudge, choose
from bot.domain.people import Person, Team, away_on, hours_of
from bot.domain.summary import Row, Standing, Summary, compose
from bot.ports.messages import Button, Message
from bot.ports.storage import AlarmKind, NudgeRecord, Store
from bot.services.coverage import Coverage, coverage
from bot.services.look import Look, Page
from bot.services.nudge import candidate
from bot.services.reach import unreached_in
from bot.services.sending import seen_by
from bot.services.summary import rows

A_PAGE = 15
"""Reps at a time: a screen or two, and far from Slack's limit on blocks."""
TEAMS_A_PAGE = 6
MOST_FOLLOW_UPS = 5
MOST_NAMES = 60
"""Names in one list: what fits into a block. Of more, which is no usual team, the others are counted."""
MOST_MANAGERS = 2
"""Managers for whom somebody stands in at once, and whose nudges are shown."""


@dataclass(frozen=True)
class TeamHome:
    """Reads what somebody who leads teams sees, within the caller's transaction."""

    def messages(
        self, store: Store, reader: Person, led: Mapping[str, Sequence[Person]], look: Look, at: datetime
    ) -> list[Message]:
        """One team in full, the others in a line each. `led` maps the ids of the teams that this reader leads to those
        whose nudges about it they answer: themselves, and managers for whom they stand in.
        """
        teams = sorted(map(store.people.team, led), key=lambda team: (team.name.casefold(), team.id))
        shown = next((team for team in teams if team.id == look.team), teams[0])
        values = seen_by(reader, at) | {"today": local_date(at, reader.tz)}
        managers = {one.id: one for some in led.values() for one in some}
        coach = [self._coach(store, reader, one, values, at) for one in list(managers.values())[:MOST_MANAGERS]]
        return [
            *coach,
            *self._team(store, reader, shown, led[shown.id], look, values, at),
            *self._others(store, [team for team in teams if team.id != shown.id], look, values, at),
        ]

    def _coach(self, store: Store, reader: Person, manager: Person, values: Mapping[str, Any], at: datetime) -> Message:
        """The nudge of this morning, or why there is none, or when it is decided."""
        teams = store.people.managed_by(manager.id)
        told = store.coachings.nudges_on(manager.id, values["today"])
        record, alarm = (told[-1] if told else None), store.alarms.get(AlarmKind.NUDGE, manager.id)
        rep = store.people.find(record.rep_id or "") if record else None
        about: dict[str, Any] = {
            "instead_of": manager.first_name if manager.id != reader.id else None,
            "back": _back(manager, teams, reader, at) if manager.id != reader.id else None,
            "state": "none" if record is None else "nobody" if rep is None else "open",
            "there": record is not None and record.why != NOBODY_THERE,
            "looked_at": record.made_at if record else None,
            "next_at": alarm.at if alarm and alarm.at > at else None,
            "rep": rep.name if rep else "",
            "first_name": rep.first_name if rep else "",
            "reason": None,
            "evidence": None,
            "days": None,
            "question": record.question if record else None,
        }
        if record is None or rep is None:
            return Message("home/coach", {**values, **about})
        if record.answer is not None:
            return Message("home/coach", {**values, **about, "state": record.answer.value})
        if (still := _still(store, record, rep, manager, reader, teams, at)) is not None:
            about |= {"reason": still.reason.value, "evidence": still.evidence, "days": still.days}
        return Message("home/coach", {**values, **about}, _nudge_buttons(record, told, reader, teams, at))

    def _team(
        self,
        store: Store,
        reader: Person,
        team: Team,
        managers: Sequence[Person],
        look: Look,
        values: Mapping[str, Any],
        at: datetime,
    ) -> list[Message]:
        reps = store.people.reps(team.id)
        summary = compose(rows(store, team, values["today"], at, reps))
        cover = coverage(store, team, reps, reader, managers, summary.rows, at)
        asked = {one.rep_id for manager in managers for one in store.coachings.nudges_on(manager.id, values["today"])}
        waiting = [one for one in cover.follow_ups if one.person_id not in asked]
        more = {"more": max(len(waiting) - MOST_FOLLOW_UPS, 0)}
        page = Page.of(look.rows, len(summary.rows), A_PAGE)
        named = {**values, "team": team.name}
        away = {row.person_id for row in summary.rows if _is_away(row)}
        return [
            Message("home/manager", {**named, **_counts(summary), "waiting": bool(waiting), **more}),
            *(
                Message(
                    "home/follow_up",
                    {**values, "one": one},
                    beside=None if one.person_id in away else _talked(one.person_id),
                )
                for one in waiting[:MOST_FOLLOW_UPS]
            ),
            Message("home/coverage", {"talked": _named(cover.talked), "due": _named(cover.due)}),
            *(_row(row, reader, cover, values) for row in page.cut(summary.rows)),
            *page.turn(f"team:{team.id}", "reps"),
            self._end(store, reader, team, reps, at),
        ]

    def _end(self, store: Store, reader: Person, team: Team, reps: Sequence[Person], at: datetime) -> Message:
        missed = [one for one in unreached_in(store, team, reps, at) if not one.free]
        away = (Button("away_whose", team.id, "away_whose"),) if any(rep.id != reader.id for rep in reps) else ()
        return Message(
            "home/team_end",
            {"missed": missed[:MOST_NAMES], "more": max(len(missed) - MOST_NAMES, 0)},
            (*away, Button("team_settings", team.id, "team_settings")),
        )

    def _others(
        self,
        store: Store,
        teams: Sequence[Team],
        look: Look,
        values: Mapping[str, Any],
        at: datetime,
    ) -> list[Message]:
        if not teams:
            return []
        page = Page.of(look.others, len(teams), TEAMS_A_PAGE)
        lines = [
            Message(
                "home/team_line",
                {"team": team.name, **_counts(compose(rows(store, team, values["today"], at)))},
                beside=Button("home_page", f"team:{team.id}:1", "show_team"),
            )
            for team in page.cut(teams)
        ]
        return [Message("home/other_teams", values), *lines, *page.turn("others", "teams")]


def _counts(summary: Summary) -> dict[str, Any]:
    """A morning in numbers: people who were asked, and those who were not and why."""
    return {
        "reps": len(summary.rows),
        "asked": summary.asked,
        "answered": summary.answered,
        "committed": summary.committed,
        "help": [row.name for row in summary.rows if row.help_shared],
        "away": sum(row.standing is Standing.AWAY for row in summary.rows),
    }


def _row(row: Row, reader: Person, cover: Coverage, values: Mapping[str, Any]) -> Message:
    talked = row.person_id in cover.today
    beside = None if talked or _is_away(row) or row.person_id == reader.id else _talked(row.person_id)
    return Message("home/row", {**values, "summary": Summary((replace(row, talked=talked),))}, beside=beside)


def _is_away(row: Row) -> bool:
    """Whether they are away today, even if they have written to us."""
    return row.away is not None or row.standing is Standing.AWAY


def _named(names: Sequence[str]) -> dict[str, Any]:
    return {"names": names[:MOST_NAMES], "more": max(len(names) - MOST_NAMES, 0)}


def _talked(rep_id: str) -> Button:
    return Button("talked_to", rep_id, "talked_to")


def _back(manager: Person, teams: Sequence[Team], reader: Person, at: datetime) -> date | None:
    """When a manager is back who is away on the reader's day."""
    away = away_on(manager, teams[0], local_date(at, reader.tz)) if teams else None
    return away.back if away is not None and away.kind is not None else None


def _still(
    store: Store,
    record: NudgeRecord,
    rep: Person,
    manager: Person,
    reader: Person,
    teams: Sequence[Team],
    at: datetime,
) -> Nudge | None:
    """The nudge with its evidence, if its reason still holds."""
    team = next((one for one in teams if one.id == rep.rep_of), None)
    one = candidate(store, rep, team, manager, at) if team else None
    if team is None or one is None:
        return None
    found = choose([one], local_date(at, reader.tz), hours_of(reader, team))
    return found if isinstance(found, Nudge) and found.reason is record.reason else None


def _nudge_buttons(
    record: NudgeRecord, told: Sequence[NudgeRecord], reader: Person, teams: Sequence[Team], at: datetime
) -> tuple[Button, ...]:
    until = instant(local_date(at, reader.tz), teams[0].times.nudge_until, reader.tz) if teams else at
    again = sum(one.rep_id is not None for one in told) < MOST_A_MORNING and at + SNOOZE < until
    later = (Button("nudge_later", record.id, "nudge_later"),) if again else ()
    done = Button("nudge_done", record.id, "nudge_done", style="primary")
    return (done, *later, Button("nudge_not_today", record.id, "nudge_not_today"))
