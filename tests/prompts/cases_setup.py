"""What is said while a team is set up, with every variant, and its form."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.domain.nudge import Reason
from bot.domain.people import Times
from bot.domain.preview import AtYourTime, First, Named, Trouble, Why
from bot.domain.summary import compose
from bot.domain.team_rules import MOST_REPS
from bot.domain.zones import with_zone
from bot.ports.messages import Button
from prompts.render import Prompts
from tests.prompts.variants import AT, BERLIN, COMMAND, MARK, SOON, Case, each, summary_rows

STATES = ("in", "joins", "archived", "invite", "hidden")
HOLIDAYS = ((date(2026, 12, 25), "Christmas Day"), (date(2027, 1, 1), "New Year's Day"))


def changes_of(words: str) -> list[dict[str, Any]]:
    """Nothing, one of each, and all at once."""
    all_of_them: dict[str, Any] = {
        "joins": Named((words, words), 3),
        "leaves": Named((words,)),
        "leads": Named((words,)),
        "led": Named((words,)),
        "renamed": words,
        "zone": "Berlin",
        "channel": True,
        "times": [
            {"what": what, "before": time(8, 30), "after": time(9, 0)}
            for what in ("check_in", "check_in_until", "summary", "nudge", "wins", "day_starts", "day_ends")
        ],
        "days": True,
        "wins_day": True,
        "holidays": True,
        "behaviours": True,
        "care": True,
    }
    nothing: dict[str, Any] = {key: [] if key == "times" else None for key in all_of_them}
    return [{}, all_of_them, *(nothing | {key: value} for key, value in all_of_them.items())]


def cases(words: str) -> list[Case]:
    """All of them; `words` stands wherever somebody's words or a name can."""
    zoned = {"zone": BERLIN, "at": AT, "locale": ""}
    few, many = Named((words, "Ben")), Named((words, *("Ana Sousa",) * 11), 48)
    troubles = [Trouble(why, people, team) for why, people, team in itertools.product(Why, (few,), ("", words))]
    told = {
        "team": words,
        "managers": [words, "Ada"],
        "days": [(0, 4)],
        "times": Times(),
        "wins_day": 4,
        "place": "Berlin",
        "care": [words],
        "troubles": troubles,
    } | zoned
    full: dict[str, Any] = {
        "reps": 60,
        "people": many,
        "others": [
            AtYourTime(1, time(22, 45), (words,)),
            AtYourTime(3, time(23, 45), (words, "Ada", "Ben")),
            AtYourTime(30, time(0, 45)),
        ],
        "first": First(SOON, many),
        "channel": {"name": "wins", "state": "in"},
        "holidays": HOLIDAYS,
        "country": "Bayern, Germany",
        "large": {"reps": 900, "minutes": 4},
        "ready": True,
    }
    bare: dict[str, Any] = full | {
        "reps": 1,
        "people": Named((words,)),
        "others": [],
        "first": None,
        "holidays": (),
        "troubles": [],
        "large": {"reps": 300, "minutes": 1},
    }
    nobody = bare | {"reps": 0, "people": Named(()), "country": "", "large": None, "ready": False}
    unled = bare | {"managers": [], "ready": False}
    several = [full, bare, nobody, unled, *(full | {"channel": {"name": "wins", "state": one}} for one in STATES)]
    what = [{"changes": one} for one in changes_of(words)]
    return [
        *each("setup/preview", told | {"changes": {}}, several, starts=(True, False)),
        *each("setup/changes", told | full | {"starts": True}, what),
        *each("setup/changes", told | full | {"starts": True, "changes": {}, "troubles": []}),
        *each("setup/changes", told | {"starts": True, "changes": changes_of(words)[1]}, several),
        *each("setup/applied", told | full | {"leads": True}, what, by=(words, "")),
        *each("setup/started", told | {"changes": {}}, several, leads=(True, False), by=(words, "")),
        *each(
            "setup/not_started",
            {"team": words},
            why=("not_you", "name_taken", "nobody", "changed"),
            changes=(True, False),
        ),
        *each("setup/looking", {"team": words}, people=(1, 60)),
        *each(
            "setup/settled",
            {"team": words},
            how=("started", "changed", "discarded"),
            by=(words, ""),
            changes=(True, False),
        ),
        *each("setup/welcome", {"command": COMMAND}, workspace=(words, "")),
        *each("setup/dry_run", {"team": words, "part": None, "buttons": [], "who": ""}),
        *_dry_run(words, zoned),
    ]


def _dry_run(words: str, zoned: Mapping[str, Any]) -> list[Case]:
    """The messages of every day within their frame."""
    morning = compose(summary_rows(words)[:3])
    seen = dict(zoned) | {"command": COMMAND, "managers": [words], "name": words, "question": words}
    draft = {"action": words, "due_at": SOON, "if_then": words, "help_shared": False, "help_offered": False}
    opening = {"first_time": True, "back": False, "day": None}
    parts: list[tuple[str, str, dict[str, Any]]] = [
        ("rep", "checkin/opening", opening),
        ("rep", "checkin/confirm", draft | {"preface": "none", "topic": None, "noted": None}),
        ("rep", "commitment/check", draft),
        (
            "manager",
            "summary/morning",
            {"team": words, "summary": morning, "today": AT.date()},
        ),
        (
            "manager",
            "nudge/nudge",
            {"rep": words, "first_name": words, "reason": Reason.QUIET.value, "evidence": None, "days": 0},
        ),
    ]
    return [
        Case("setup/dry_run", seen | more | {"part": part, "who": who, "buttons": buttons})
        for who, part, more in parts
        for buttons in ([], ["Commit", "Change"])
    ]


def rows(words: str) -> dict[str, list[tuple[Button, ...]]]:
    """The rows of buttons under them."""
    change = (Button("draft_change", MARK, "draft_change"), Button("draft_discard", MARK, "draft_discard"))
    start = Button("draft_start", MARK, "draft_start", style="primary")
    apply = Button("draft_start", MARK, "draft_apply", style="primary")
    return {
        "setup/preview": [(Button("draft_try", MARK, "draft_try"), start, *change)],
        "setup/changes": [(apply, *change)],
        "setup/welcome": [(Button("create_team", "new", "create_team", style="primary"),)],
    }


def forms(prompts: Prompts, words: str) -> dict[str, dict[str, Any]]:
    """What the two steps are filled with, at their fullest."""
    people = [f"U0REP{n:06}" for n in range(MOST_REPS)]
    return {
        "team_who": {
            "metadata": "{}",
            "changes": False,
            "name": words,
            "managers": people[:20],
            "reps": people,
            "most_reps": MOST_REPS,
            "channel": "C0123456789",
            "zones": with_zone("UTC"),
            "zone": "UTC",
            "behaviours": words,
            "care": words,
        },
        "team_when": {
            "metadata": "{}",
            "times": Times(),
            "countries": {"G": [("DE", "Germany")]},
            "country": "DE",
            "regions": {"Germany": [("DE/BY", words[:40] or "Bayern"), ("DE/HH", "Hamburg")]},
            "region": "DE/BY",
            "nowhere": "none",
        },
    }
