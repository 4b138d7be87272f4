"""The scripted week: it is played to its end, and what does not come is named."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from bot.demo import day
from bot.demo.stage import PATIENCE
from bot.services.nudge import Nudges
from bot.services.summary import Summaries
from bot.services.wins import WeeklyWins

pytestmark = pytest.mark.stand_in

STORY = [
    "Monday 23 November",
    "08:45 Kolkata   Coach → Dev",
    "I'll call three people from the trade fair by 11",
    "send Nordlicht the revised offer",
    "Halden went quiet after the demo.",
    "Ask Jonas at Halden what their new buyer needs",
    "[Another time…]",
    "taps [Change]",
    "That time has gone by.",
    "Committed:",
    "Not today, I'm in a workshop",
    "09:30 Berlin    Coach → Maria  Harbour, Monday 23 November",
    "2 of 4 committed, 3 answered.",
    "Asked, no answer yet",
    "taps [Moved to…]",
    "taps [Share as a win on the team channel]",
    "11:15 Berlin    Coach → Maria  A word with Dev Rao would help most this morning.",
    "write the first page of Saffron's account plan",
    "taps [I've talked to them]",
    "Sorry, busy morning.",
    "(changed in place)  3 of 4 committed, 4 answered.",
    "taps [Dropped it]",
    "you're not on one of them yet",
    "opens the app's Home tab",
    "Tuesday to Thursday pass",
    "Friday 27 November",
    "/coach skip",
    "/coach help",
    "/coach commitments",
    "15:00 Berlin    Coach → #wins",
    "ask Jonas at Halden what their new buyer needs",
]


async def played(patience: float = PATIENCE, *, terminal: bool = False) -> tuple[int, str]:
    printed = io.StringIO()
    console = Console(file=printed, highlight=False, soft_wrap=True, force_terminal=terminal, width=100)
    return await day.play(console, patience), printed.getvalue()


async def test_the_week_is_told_in_order_as_plain_text() -> None:
    code, text = await played()
    assert code == 0, text
    place = 0
    for words in STORY:
        assert words in text[place:], f"{words!r} is missing after {text[:place][-200:]!r}\n{text}"
        place = text.index(words, place)
    assert "\x1b" not in text
    assert text.count("\n") < 185


async def test_a_terminal_gets_colour() -> None:
    code, text = await played(terminal=True)
    assert code == 0
    assert "\x1b[" in text


def nothing(*_: Any, **__: Any) -> None:
    return None


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (lambda patch: patch.setattr(Summaries, "look", nothing), "Maria did not get the summary within"),
        (lambda patch: patch.setattr(Nudges, "look", nothing), "Maria did not get the nudge within"),
        (lambda patch: patch.setattr(WeeklyWins, "look", nothing), "The channel did not get the week's wins within"),
    ],
)
async def test_what_does_not_come_is_named_and_ends_the_play(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None], sentence: str
) -> None:
    broken(monkeypatch)
    code, text = await played(patience=1.0)
    assert code == 1
    assert text.strip().splitlines()[-1].startswith(f"This should not happen: {sentence}")
