"""What is beside the plain sentence: false starts, very long messages, and a promise told together with a report."""

from __future__ import annotations

import time

import pytest

from bot.domain.language.said import LONGEST, hear
from bot.domain.language.spoken import fluent
from bot.domain.reading import Asked, Intent
from tests.bot.domain.hearing import clock, heard, pairs


@pytest.mark.parametrize(
    ("text", "meant"),
    pairs(
        """
        yeah so I'll, um, I'll send the slides => yeah so i will send the slides
        I'll ask the, uh, the design guys => i will ask the design guys
        let me, let me write that up => let me write that up
        I'll phone him, I'll phone him after this => i will phone him after this
        it is very very hot => it is very very hot
        no no I'll do it => no no i will do it
        knock knock => knock knock
        um => um
        """
    ),
)
def test_only_what_was_meant_is_left_of_a_false_start(text: str, meant: str) -> None:
    assert " ".join(word.key for word in fluent(hear(text)).words) == meant


@pytest.mark.parametrize("length", [LONGEST, 3 * LONGEST, 20 * LONGEST])
def test_a_promise_at_the_end_of_a_long_message_is_heard(length: int) -> None:
    text = ("They had many questions about the price. " * length)[:length] + " So I'll call <@U1> &amp; Anna by 3pm."
    reading = heard(text, Asked.ACT)
    assert (reading.intent, reading.action, clock(reading)) == (
        Intent.COMMITMENT,
        "call <@U1> & Anna",
        "Wed 15:00",
    )
    assert reading.due is not None
    assert text[reading.due.start : reading.due.end] == "by 3pm"


@pytest.mark.parametrize(
    ("text", "intent", "action"),
    [
        ("done, I'm sending her the summary by 5", Intent.DONE, "sending her the summary"),
        ("Reached her! I'll put the proposal together by tomorrow noon", Intent.DONE, "put the proposal together"),
        ("not yet, will ring Kim tomorrow at 9", Intent.RESCHEDULE, "ring Kim"),
        ("done", Intent.DONE, None),
        ("can I do it tomorrow?", Intent.RESCHEDULE, None),
        ("not yet, maybe tomorrow at 9", Intent.RESCHEDULE, None),
    ],
)
def test_a_firm_promise_beside_a_report_is_carried_along(text: str, intent: Intent, action: str | None) -> None:
    reading = heard(text, Asked.OUTCOME)
    assert (reading.intent, reading.action) == (intent, action)


def test_a_typical_message_is_read_at_once() -> None:
    heard("warm up", Asked.ACT)
    started = time.perf_counter()
    for _ in range(50):
        heard("I'll call Anna Weber about the pilot at 3 and send her the deck before that, if that works", Asked.ACT)
    assert (time.perf_counter() - started) / 50 < 0.02
