"""Questions as the well-known lists have them: discovery calls, pipeline talks, coaching, and how not to ask.

They were labelled by the question rules before the guard saw them. `good` or the main fault, then the question;
a line that has several faults stands under one of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.questions import Fault, faults

LINES = (Path(__file__).parent / "well_known.txt").read_text("utf-8").splitlines()
GOOD = [question for label, _, question in (line.partition(" | ") for line in LINES) if label == "good"]
BAD = [(label, question) for label, _, question in (line.partition(" | ") for line in LINES) if label != "good"]


@pytest.mark.parametrize("question", GOOD)
def test_an_open_question_from_a_well_known_list_passes(question: str) -> None:
    assert faults(question) == ()


@pytest.mark.parametrize(("fault", "question"), BAD)
def test_a_bad_example_from_a_well_known_list_is_refused(fault: str, question: str) -> None:
    assert Fault(fault) in faults(question)


def test_good_and_bad_are_about_as_many() -> None:
    assert 0.3 < len(GOOD) / len(LINES) < 0.7
