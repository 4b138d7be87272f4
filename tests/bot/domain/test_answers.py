"""Picking one of several actions, and the plan for when something gets in the way."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import answer
from bot.domain.calendar import WorkingHours
from bot.domain.language.choice import chosen
from bot.domain.reading import Asked, Intent, Reading

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
OPTIONS = ("call Anna Weber", "send the deck to Kessler", "write the account plan")


def said(text: str, asked: Asked) -> Reading:
    return answer(text, asked, AT, ZoneInfo("Europe/Berlin"), WorkingHours(), OPTIONS)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first", 0),
        ("1", 0),
        ("2", 1),
        ("second one please", 1),
        ("the last one", 2),
        ("3rd", 2),
        ("Anna", 0),
        ("calling anna", 0),
        ("the Kessler deck", 1),
        ("the plan", 2),
        ("send the deck, then Anna", 1),
        ("both", 0),
        ("one", 0),
        ("hm", None),
        ("", None),
        ("the weather", None),
    ],
)
def test_a_short_answer_picks_one(text: str, place: int | None) -> None:
    assert chosen(text, OPTIONS) == place


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_any_answer_picks_one_that_was_offered_or_none(text: str, options: list[str]) -> None:
    place = chosen(text, options)
    assert place is None or 0 <= place < len(options)


def test_the_picked_action_keeps_its_words_and_may_bring_its_time() -> None:
    reading = said("the deck, by 2pm", Asked.CHOOSE)
    assert reading.action == "send the deck to Kessler"
    assert reading.due is not None
    assert reading.due.moment == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def test_the_number_of_an_option_is_no_time() -> None:
    assert said("2", Asked.CHOOSE) == Reading(Intent.COMMITMENT, action="send the deck to Kessler")


@pytest.mark.parametrize(
    ("text", "intent"),
    [("not today", Intent.REFUSAL), ("what do you mean?", Intent.QUESTION), ("stop it", Intent.STOP)],
)
def test_what_is_no_choice_is_still_heard(text: str, intent: Intent) -> None:
    assert said(text, Asked.CHOOSE).intent is intent


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("I'll call her mobile", "I'll call her mobile"),
        ("if she's out I'll mail her.", "if she's out I'll mail her"),
        ("then Tom at 4", "then Tom at 4"),
        ("no", None),
        ("nothing", None),
        ("no idea", None),
        ("what?", None),
        ("not today", None),
    ],
)
def test_the_whole_answer_is_the_plan(text: str, plan: str | None) -> None:
    reading = said(text, Asked.IF_THEN)
    assert reading.if_then == plan
    assert reading.action is None
