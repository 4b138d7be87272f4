"""Families of questions: many ways to ask the same thing, each beside the innocent ones that look like it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.domain.questions import READ_LIMIT, Fault, faults

HERE = Path(__file__).parent
GOOD = (HERE / "good_questions.txt").read_text("utf-8").splitlines()
BAD = [line.split(" | ", 1) for line in (HERE / "bad_questions.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("question", GOOD)
def test_what_a_good_coach_or_seller_asks_passes(question: str) -> None:
    assert faults(question) == ()


@pytest.mark.parametrize(("fault", "question"), BAD)
def test_a_relative_of_a_bad_question_is_refused_for_its_fault(fault: str, question: str) -> None:
    assert Fault(fault) in faults(question)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault not in (Fault.INVENTED, Fault.TOO_LONG)])
def test_every_fault_has_relatives(fault: Fault) -> None:
    assert any(name == fault.value for name, _ in BAD)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat wil you do first", "What will you do first?"),
        ("waht woudl help u today", "What would help you today?"),
        ("hwo will you start?", "How will you start?"),
        ("wich customer comes first today", "Which customer comes first today?"),
        ("cld u walk me thru ur plan", "Could you walk me through your plan?"),
        ("shld u call her", "Should you call her?"),
        ("hows ur pipeline", "How is your pipeline?"),
        ("dont u think a call is better", "Don't you think a call is better?"),
        ("wen will u call her", "When will you call her?"),
    ],
)
def test_a_question_typed_in_a_hurry_is_judged_like_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert faults(typed) == faults(meant)


@pytest.mark.parametrize("name", ["Wan", "Will", "R&D", "Mr. Howe", "Wells", "Hull"])
def test_a_name_is_no_slip(name: str) -> None:
    assert faults(f"What does {name} need from the offer?") == ()


def test_what_is_not_read_any_more_does_not_pass() -> None:
    assert Fault.TOO_LONG in faults("Hi you. " * (READ_LIMIT // 6) + "How will you start?")


@pytest.mark.parametrize("piece", ["how will you call and ", "The price is fine. ", "what ", "a, ", "how is it, "])
def test_a_long_text_is_judged_quickly(piece: str) -> None:
    text = (piece * 500)[:1000]
    started = time.perf_counter()
    for _ in range(10):
        faults(text)
    assert (time.perf_counter() - started) / 10 < 0.05
