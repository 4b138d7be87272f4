"""The aims, held on the labelled sets, and the sets themselves: large enough, labelled with reasons, split cleanly.

The aims are those of the split that nobody looks at while tuning, so this fails when a rule only fits its examples.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.questions import Fault
from bot.domain.reading import Intent
from tests.evals import score
from tests.evals.score import SPLITS, Line, lines

LABELS = {"commitment", "vague", "refusal", "question", "other"}


def both(kind: str) -> list[Line]:
    return [line for split in SPLITS for line in lines(kind, split)]


@pytest.mark.parametrize("split", SPLITS)
def test_questions_are_judged_well(split: str) -> None:
    assert score.macro_f1(score.questions(split)) >= 0.95


@pytest.mark.parametrize("split", SPLITS)
def test_commitments_are_told_from_everything_near_them(split: str) -> None:
    assert score.per_label(score.messages(split))["commitment"].f1 >= 0.90


@pytest.mark.parametrize("split", SPLITS)
def test_due_times_are_exact_and_texts_without_one_are_left_alone(split: str) -> None:
    judged = score.due_times(split)
    assert score.accuracy(score.timed(judged)) >= 0.92
    assert score.accuracy(score.timeless(judged)) >= 0.97


# -- the sets


@pytest.mark.parametrize(("kind", "least"), [("questions", 300), ("messages", 400), ("due", 300)])
def test_a_set_is_large_has_reasons_for_its_hard_lines_and_is_split_in_two(kind: str, least: int) -> None:
    found = both(kind)
    assert len(found) >= least
    assert len({line["id"] for line in found}) == len(found)
    assert all(line.get("why") for line in found if line["hard"])
    assert sum(line["hard"] for line in found) > len(found) / 4
    reported = {_said(line) for line in lines(kind, "report")}
    tuned_on = {_said(line) for split in ("tune", "second") for line in lines(kind, split)}
    assert len(reported) > least / 2
    assert not reported & tuned_on


def _said(line: Line) -> tuple[str, ...]:
    """What makes two lines the same one: "by 3" is another one at another time of another day."""
    return line["text"].casefold(), str(line.get("context")), str(line.get("now"))


def test_labels_are_of_the_products_own_words() -> None:
    for question in both("questions"):
        assert {*question["faults"]} <= {fault.value for fault in Fault}
        assert (question["label"] == "bad") is bool(question["faults"])
    for message in both("messages"):
        assert message["label"] in LABELS
        assert message["intent"] in set(Intent)


def test_due_times_span_the_zones_of_the_world_and_lie_ahead() -> None:
    phrases = both("due")
    assert len({phrase["tz"] for phrase in phrases}) >= 6
    for phrase in phrases:
        if phrase["due_at"]:
            due, now = (datetime.fromisoformat(phrase[name]) for name in ("due_at", "now"))
            assert due > now
            assert due.utcoffset() == due.astimezone(ZoneInfo(phrase["tz"])).utcoffset()


# -- the figures


def judged(*pairs: tuple[str, str]) -> Sequence[score.Judged]:
    return [score.Judged({"hard": False}, wanted, got) for wanted, got in pairs]


def test_figures_are_those_of_the_textbook() -> None:
    some = judged(("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"))
    figures = score.per_label(some)
    assert figures["a"].precision == 1
    assert figures["a"].recall == 0.5
    assert figures["b"].precision == pytest.approx(2 / 3)
    assert score.macro_f1(some) == pytest.approx((2 / 3 + 0.8) / 2)
    assert score.confusion(some) == {("a", "b"): 1}
    assert score.accuracy(some) == 0.75


def test_a_label_that_is_never_given_counts_as_nothing() -> None:
    assert score.per_label(judged(("a", "b")))["a"].f1 == 0


def test_the_figures_are_printed() -> None:
    told = subprocess.run([sys.executable, "-m", "tests.evals", "report"], capture_output=True, text=True, check=True)
    for words in ("macro-F1", "hard slice", "recall by fault", "left alone", "taken for"):
        assert words in told.stdout
    assert not any(json.dumps(line["text"]) in told.stdout for line in lines("messages", "report"))
