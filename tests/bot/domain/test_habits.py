"""What a rep's words over the days show."""

from __future__ import annotations

import pytest

from bot.domain.habits import day_told, same_words
from bot.domain.question_bank import Situation


@pytest.mark.parametrize(
    ("now", "then", "same"),
    [
        ("prospecting, the usual list", "the usual list, prospecting", True),
        ("I'll work on the Kessler offer today", "will work on the Kessler offer", True),
        ("call Anna Weber about pricing", "call Ben Krug about pricing", False),
        ("ok", "ok", False),
        ("prospecting", "prospecting", False),
        ("", "", False),
    ],
)
def test_the_same_answer_again_is_noticed(now: str, then: str, same: bool) -> None:
    assert same_words([now], [then]) is same


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("I'm in meetings all day", Situation.MEETINGS_TODAY),
        ("back-to-back today", Situation.MEETINGS_TODAY),
        ("my calendar is full", Situation.MEETINGS_TODAY),
        ("nothing in my diary", Situation.THIN_CALENDAR),
        ("quiet day, no meetings", Situation.THIN_CALENDAR),
        ("the client is in meetings all day", None),
        ("two deals to prepare", None),
    ],
)
def test_a_days_calendar_is_told_in_passing(text: str, situation: Situation | None) -> None:
    assert day_told([text]) is situation
