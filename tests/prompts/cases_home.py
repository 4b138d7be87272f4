"""The parts of a Home with every variant of their values, their rows of buttons, and the forms behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.ahead import Ahead
from bot.domain.effects import Outcome
from bot.domain.nudge import Promised, Reason
from bot.domain.preferences import Away, Leave
from bot.domain.rhythm import Mark, Week
from bot.domain.summary import Promise, Summary
from bot.domain.workspace import KEEP_COMMITMENTS, KEEP_TEXTS, LONGEST_TEXTS, SHORTEST, Retention
from bot.ports.messages import Button
from bot.ports.standing import ModelUse
from bot.ports.usage import Limits
from bot.services.coverage import FollowUp
from bot.services.phrasing import OUTCOMES as OUTCOME_BUTTONS
from bot.services.reach import Unreached
from tests.prompts.variants import AT, BERLIN, COMMAND, GONE, MARK, NEXT_WEEK, SOON, Case, each, summary_rows

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 11, 16)
STATES = ("open", "stopped", "committed", "skipped", "over", "quiet")
WEEK = Week(MONDAY, tuple((MONDAY + timedelta(days=n), mark) for n, mark in enumerate(Mark)), 1, 1, 3)
EMPTY = Week(TODAY, ((TODAY, Mark.NOTHING),), 0, 0, 0)


def cases(words: str) -> list[Case]:
    """All of them."""
    return [*_own(words), *_teams(words), *_workspace(words)]


def _own(words: str) -> list[Case]:
    zoned: dict[str, Any] = {"zone": BERLIN, "at": AT}
    command = {"command": COMMAND}
    today = {"today": TODAY}
    away = (None, Away(TODAY), Away(TODAY, Leave.AWAY), Away(NEXT_WEEK.date()), Away(TODAY, holiday=words))
    paused = Away(NEXT_WEEK.date(), Leave.PAUSED)
    days = [
        Ahead(TODAY, SOON),
        Ahead(NEXT_WEEK.date(), NEXT_WEEK),
        *(Ahead(TODAY, away=one) for one in away if one),
        Ahead(TODAY, away=paused),
    ]
    open_ones = [{"action": words, "due_at": due, "moves": moves} for due in (SOON, GONE) for moves in (0, 1)]
    commitments = [
        {"action": words, "due_at": due, "outcome": outcome, "moves": moves}
        for due in (SOON, GONE)
        for outcome in (*(one.value for one in Outcome), None)
        for moves in (0, 1)
    ]
    draft = {"due_at": SOON, "question": words}
    return [
        *each(
            "home/rep",
            zoned | today | {"name": words} | draft,
            together=({"action": None, "if_then": None}, {"action": words, "if_then": words}),
            state=STATES,
            first=(None, Ahead(TODAY, SOON), Ahead(NEXT_WEEK.date(), NEXT_WEEK)),
            focus=(words, None),
            later=(None, SOON),
            away=(None,),
        ),
        *each(
            "home/rep",
            zoned | today | {"name": words, "due_at": None, "question": "", "action": None, "if_then": None},
            state=("open", "quiet"),
            away=(*away, paused),
            first=(None,),
            focus=(None,),
            later=(None,),
        ),
        *each("home/commitment", zoned, together=open_ones),
        *each("home/ahead", zoned, days=([], days), evening=(set(), {NEXT_WEEK.date()})),
        *each("home/rhythm", {}, weeks=((WEEK,), (EMPTY, WEEK, WEEK, EMPTY))),
        *each("home/past", zoned | command, commitments=([], commitments, commitments[:1])),
        *each("home/shown", command, managers=([words, words],)),
        *each("home/shown", command, managers=([],)),
        *each("home/pages", {"first": 1, "last": 15, "total": 60}, what=("reps", "teams", "past", "people")),
        *each("home/own", {}),
        *each("home/create", {}),
    ]


def _teams(words: str) -> list[Case]:
    zoned: dict[str, Any] = {"zone": BERLIN, "at": AT}
    nudge = {"rep": words, "first_name": words, "evidence": Promised(words, GONE), "days": 6, "question": words}
    counts = {"reps": 5, "answered": 2, "committed": 1}
    nobody = {"reps": 0, "asked": 0, "away": 0, "waiting": False, "more": 0}
    overdue = Promise(words, GONE, None, True, 1)
    follow_ups = [
        FollowUp("p", words, help_shared, late, nudged)
        for help_shared in (True, False)
        for late in (overdue, None)
        for nudged in (TODAY, None)
    ]
    missed = [Unreached(words, "U1", words, words)] * 2
    return [
        *each(
            "home/coach",
            zoned | nudge | {"there": True, "looked_at": GONE},
            instead_of=(None, words),
            back=(None, TODAY),
            state=("none", "nobody", "done", "later", "not_today"),
            next_at=(None, AT + timedelta(minutes=20), NEXT_WEEK),
            reason=(None,),
        ),
        *each(
            "home/coach",
            zoned | nudge | {"looked_at": GONE, "instead_of": None, "back": None, "next_at": None},
            state=("open", "nobody"),
            there=(True, False),
            reason=(None, *(reason.value for reason in Reason)),
        ),
        *each(
            "home/manager",
            {"today": TODAY, "team": words} | counts,
            asked=(3, 0),
            away=(0, 2),
            waiting=(True, False),
            more=(0, 3),
        ),
        *each("home/manager", {"today": TODAY, "team": words} | nobody),
        *each("home/follow_up", zoned, one=follow_ups),
        *each(
            "home/coverage",
            {},
            talked=({"names": (), "more": 0}, {"names": (words,) * 3, "more": 2}),
            due=({"names": (), "more": 0}, {"names": (words,), "more": 0}, {"names": (words,) * 3, "more": 2}),
        ),
        *each(
            "home/row",
            zoned | {"today": TODAY},
            summary=[
                Summary((replace(row, talked=talked),)) for row in summary_rows(words) for talked in (True, False)
            ],
        ),
        *each("home/team_end", {}, missed=([], missed), more=(0, 3)),
        *each("home/other_teams", {}),
        *each(
            "home/team_line",
            {"team": words, "answered": 1, "committed": 1},
            asked=(0, 3),
            away=(0, 1),
            help=([], [words, words]),
        ),
    ]


def _workspace(words: str) -> list[Case]:
    zoned: dict[str, Any] = {"zone": BERLIN, "at": AT}
    somebody = [{"id": "U0ADMIN", "name": words}]
    missed = [Unreached(words, "U1", words, words)]
    none = {"waiting": 0, "minutes": 0, "failed": 0, "aside": 0}
    trouble = ({**none, "waiting": 1}, {**none, "waiting": 3, "minutes": 7}, {**none, "failed": 1, "aside": 2})
    return [
        *each("home/admin", {}, workspace=("", words), teams=(0, 3)),
        *each("home/admin_team", {"team": words}, managers=([], [words, words]), reps=(0, 1, 12)),
        *each("home/draft", {"name": words, "managers": somebody * 2}, more=(0, 4)),
        *each(
            "home/health",
            zoned | {"limits": None, "model": None, "removed": 1},
            together=(none, *trouble),
            sent=(0, 1, 9),
            swept_at=(None, GONE),
            cleaned_at=(None, GONE),
            late=(True, False),
        ),
        *each(
            "home/health",
            zoned | none | {"removed": 0, "sent": 3, "swept_at": GONE, "cleaned_at": GONE, "late": False},
            model=(ModelUse(), ModelUse(7, 6, 900)),
            limits=(Limits(), Limits(7, 0), Limits(100, 1000)),
        ),
        *each("home/missed", {}, missed=([], missed * 3), total=(0, 3), free=(0, 1, 4)),
        *each(
            "home/keeping",
            {"retention": Retention()},
            admins=(somebody, somebody * 3),
        ),
        *each("home/nobody", {}, admins=([], somebody, somebody * 2), known=(True, False)),
    ]


def rows(_words: str) -> dict[str, list[tuple[Button, ...]]]:
    """The rows of buttons under the parts of a Home, at their fullest."""
    own = tuple(Button(one, "home", one) for one in ("add_commitment", "away", "settings", "privacy"))
    pages = (Button("home_page", "rows:1", "page_before"), Button("home_page", "rows:3", "page_after"))
    return {
        "home/rep": [
            (Button("start", "home", "start_now", style="primary"), Button("home_skip", "home", "leave_out")),
            (Button("start", "home", "start_fresh"), Button("later", MARK, "later")),
            (
                Button("commit", MARK, "commit", style="primary"),
                Button("change", MARK, "change"),
                Button("not_today", MARK, "not_today"),
            ),
        ],
        "home/commitment": [tuple(Button(action, MARK, label) for action, label in OUTCOME_BUTTONS)],
        "home/ahead": [own],
        "home/pages": [pages],
        "home/team_end": [tuple(Button(one, "t" * 32, one) for one in ("away_whose", "team_settings"))],
        "home/create": [(Button("create_team", "new", "create_team", style="primary"),)],
        "home/keeping": [tuple(Button(one, "home", one) for one in ("retention", "admins"))],
        "home/team_line": [(Button("home_page", "team:x:1", "show_team"), Button("talked_to", "p", "talked_to"))],
    }


def forms() -> dict[str, dict[str, Any]]:
    """The forms, filled."""
    limits = {"shortest": SHORTEST, "texts_most": LONGEST_TEXTS, "commitments_most": 1500}
    return {
        "retention": limits | {"texts": KEEP_TEXTS, "commitments": KEEP_COMMITMENTS},
        "admins": {"admins": ("U0ADMIN", "U0MARIA"), "most": 20},
    }
