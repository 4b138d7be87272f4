"""The same words mean one thing after one question and another after another."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.answers import answer
from bot.domain.calendar import WorkingHours
from bot.domain.reading import Asked, Intent, Reading

LONG = (
    "well he is the sort of person who tells you about his grandchildren for an hour and honestly I like it but it"
    " never gets us to the contract and I don't want to be the one who spoils the mood"
)


def said(text: str, asked: Asked) -> Reading:
    return answer(text, asked, datetime(2026, 11, 24, 8, 0, tzinfo=UTC), ZoneInfo("Europe/Berlin"), WorkingHours())


@pytest.mark.parametrize(
    ("text", "asked", "intent"),
    [
        ("no", Asked.OPEN, Intent.REFUSAL),
        ("no", Asked.EXPLORE, Intent.OTHER),
        ("pass", Asked.EXPLORE, Intent.REFUSAL),
        (LONG, Asked.EXPLORE, Intent.OTHER),
        (f"{LONG}, so not today", Asked.EXPLORE, Intent.REFUSAL),
        ("nope, swamped", Asked.OPEN, Intent.REFUSAL),
        ("no budget, they are busy", Asked.OPEN, Intent.OTHER),
        ("okay I'll do that", Asked.NOTHING, Intent.COMMITMENT),
        ("will do", Asked.NOTHING, Intent.AFFIRM),
        ("j", Asked.SHARPEN_ACTION, Intent.VAGUE),
        ("ditto", Asked.SHARPEN_ACTION, Intent.VAGUE),
        ("the usual ones", Asked.SHARPEN_ACTION, Intent.VAGUE),
        ("the Kessler buyer", Asked.SHARPEN_ACTION, Intent.COMMITMENT),
        ("leave me alone today", Asked.OPEN, Intent.REFUSAL),
        ("leave me alone", Asked.OPEN, Intent.STOP),
        ("I get lost in the numbers", Asked.OPEN, Intent.OTHER),
    ],
)
def test_it_depends_on_what_was_asked(text: str, asked: Asked, intent: Intent) -> None:
    assert said(text, asked).intent is intent


def test_what_is_hard_to_say_stands_in_nobodys_way() -> None:
    assert said("hard to say", Asked.EXPLORE).obstacle is None


def test_emoji_part_nothing_and_times_keep_their_place() -> None:
    text = "on it 🏃 calling Bosko 📞 11:00"
    reading = said(text, Asked.ACT)
    assert reading.action == "calling Bosko"
    assert reading.due is not None
    assert "11:00" in text[reading.due.start : reading.due.end]
