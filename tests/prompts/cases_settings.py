"""What people are told about their settings and their days away, and the forms for both, with every variant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.adapters.public_holidays import PublicHolidayCalendars
from bot.domain.preferences import LOCALES, Leave
from bot.ports.messages import Button
from prompts.render import Prompts
from tests.prompts.variants import AT, BERLIN, COMMAND, SOON, Case, each

FIRST, LAST = date(2026, 12, 24), date(2026, 12, 28)
HOWS = ("set", "back", "cancelled", "stays", "nothing", "past", "reversed", "too_long", "unreadable")
CHANGES = ("time", "days", "holidays", "locale", "help", "wins", "stand_in", "messages")
TIMES = {"check_in": time(8, 45), "first": time(8, 30), "last": time(11), "evening": time(16, 45)}


def cases(words: str) -> list[Case]:
    """All of them; `words` stands wherever a name can."""
    zoned = {"zone": BERLIN, "at": AT}
    spans = ({"first": FIRST, "last": LAST}, {"first": AT.date(), "last": AT.date()})
    return [
        *each(
            "settings/absence",
            zoned | {"command": COMMAND},
            together=spans,
            how=HOWS,
            kind=[kind.value for kind in Leave],
            by=(None, words),
            next_at=(None, SOON),
            coached=(True, False),
            locale=("", "de"),
        ),
        *each("settings/offer", {}, together=spans, why=("status", "said"), locale=("", "fr")),
        *each("settings/offer", {"first": FIRST, "last": None, "why": "status"}, locale=("", "fr")),
        *each("settings/away", {}, name=(None, words), coached=(True, False)),
        *each("settings/days", {}, together=spans, kind=[kind.value for kind in Leave], locale=LOCALES),
        *each("settings/form", TIMES),
        *each("settings/form_end", {"command": COMMAND}),
        *each(
            "settings/saved",
            zoned | {"days": [0, 1, 3], "locale": "", "check_in": time(9)},
            changes=(*((one,) for one in CHANGES), CHANGES),
            evening=(None, time(16, 45)),
            help=(True, False),
            wins=(True, False),
            stand_in=(None, words),
            stopped=(True, False),
            next_at=(None, SOON),
        ),
    ]


def rows(_: str) -> dict[str, list[tuple[Button, ...]]]:
    """The rows of buttons."""
    days = f"{FIRST}|{LAST}"
    no = Button("away_no", days, "away_no")
    return {
        "settings/absence": [(Button("away_cancel", days, "away_cancel"),)],
        "settings/offer": [
            (Button("away_yes", days, "away_yes", style="primary"), no),
            (Button("away", f"{FIRST}|", "away_days"), no),
        ],
    }


def forms(prompts: Prompts, words: str) -> Mapping[str, Any]:
    """The forms at their fullest."""
    zoned = {"zone": BERLIN, "at": AT, "locale": "de"}
    shown = prompts.text("settings/days", zoned | {"first": FIRST, "last": LAST, "kind": "paused"})
    return {
        "settings": {
            "coached": True,
            "leads": True,
            "locale": "de",
            "text": prompts.text("settings/form", TIMES | {"command": COMMAND}),
            "check_in": time(9, 30),
            "evening": True,
            "days": frozenset({0, 1, 3}),
            "countries": PublicHolidayCalendars().countries(),
            "country": "PT",
            "shared": frozenset({"help", "wins"}),
            "stand_in": "U0123ABC",
            "messages": True,
            "rest": prompts.text("settings/form_end", {"command": COMMAND}),
        },
        "away": {
            "metadata": "p" * 32,
            "text": prompts.text("settings/away", zoned | {"name": words, "coached": True}),
            "own": True,
            "kind": "away",
            "first": FIRST,
            "last": LAST,
            "absences": [(f"{FIRST}|{LAST}{n}", shown) for n in range(12)],
        },
        "away_whose": {"reps": [("p" * 31 + str(n), words) for n in range(100)]},
    }
