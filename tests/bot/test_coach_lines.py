"""`huddle coach read` and `huddle coach review`: a line of JSON in, a line of JSON out, whatever the line holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import coach_lines
from bot.adapters.rule_coach import RuleCoach
from bot.coach_lines import Row

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def line(**values: Any) -> bytes:
    return json.dumps(values).encode()


async def read(*lines: bytes) -> list[Row]:
    return [row async for row in coach_lines.read(lines, RuleCoach(), lambda: NOW)]


def review(*lines: bytes) -> list[Row]:
    return list(coach_lines.review(lines))


async def test_a_promise_has_its_action_and_its_time_in_the_writers_zone() -> None:
    [row] = await read(line(id="a", text="I'll call Anna by 3", now="2026-11-24T09:12:00+01:00", tz="Europe/Berlin"))
    assert row == {
        "id": "a",
        "label": "commitment",
        "intent": "commitment",
        "action": "call Anna",
        "due_at": "2026-11-24T15:00:00+01:00",
    }


async def test_a_now_without_an_offset_is_a_wall_clock_there_and_none_at_all_is_now() -> None:
    there, now = await read(
        line(id=1, text="call Bea in 20 minutes", now="2026-11-24T09:00:00", tz="Asia/Tokyo"),
        line(id=2, text="call Bea in 20 minutes"),
    )
    assert there["due_at"] == "2026-11-24T09:20:00+09:00"
    assert now["due_at"] == "2026-11-24T08:20:00+00:00"


@pytest.mark.parametrize(
    ("context", "intent"),
    [
        (None, "affirm"),
        ("How will you start today?", "affirm"),
        ({"asked": "outcome", "question": "How did this go?"}, "done"),
        ([{"who": "bot"}], None),
        (["I have three calls"], "affirm"),
        ({"asked": "nonsense"}, None),
    ],
)
async def test_what_was_asked_gives_the_words_their_meaning(context: Any, intent: str | None) -> None:
    [row] = await read(line(id=1, text="yes", context=context))
    assert row.get("intent") == intent
    assert ("error" in row) is (intent is None)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("not today", "refusal"),
        ("please stop messaging me", "refusal"),
        ("I'll try to prospect more", "vague"),
        ("what do you mean?", "question"),
        ("Tom sent the offer", "other"),
        ("My boss keeps shouting at me", "other"),
    ],
)
async def test_every_message_gets_one_of_five_labels(text: str, label: str) -> None:
    [row] = await read(line(id=1, text=text))
    assert row["label"] == label


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"{", "not JSON"),
        (b"[1]", "must be an object"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (line(text="no id"), "`id`"),
        (line(id=1), "`text`"),
        (line(id=1, text=5), "`text`"),
        (line(id=1, text="x", tz="Mars/Base"), "no time zone is named"),
        (line(id=1, text="x", tz="../etc/passwd"), "no time zone is named"),
        (line(id=1, text="x", now="soon"), "`now`"),
        (line(id=1, text="by 3", now="9999-12-31T23:59:00", tz="America/New_York"), "too far"),
    ],
)
async def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(bad: bytes, says: str) -> None:
    first, second = await read(bad, line(id=2, text="not today"))
    assert says in first["error"]
    assert first["line"] == 1
    assert second["label"] == "refusal"


def test_a_question_is_good_or_bad_with_its_faults() -> None:
    good, bad, empty = review(
        line(id=1, text="How will you open the call?"), b"  ", line(id=2, text="How about calling Anna?"), b"nope"
    )
    assert good == {"id": 1, "label": "good", "faults": []}
    assert bad["label"] == "bad"
    assert "advice" in bad["faults"]
    assert empty["line"] == 4


def test_lines_are_answered_as_they_come() -> None:
    taken = []

    def lines() -> Iterable[bytes]:
        for number in range(3):
            taken.append(number)
            yield line(id=number, text="How?")

    rows = coach_lines.review(lines())
    assert next(iter(rows))["id"] == 0
    assert taken == [0]


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: line(id=1, text=text)))
async def test_any_line_is_answered_with_a_row(raw: bytes) -> None:
    for row in [*await read(raw), *review(raw)]:
        assert "error" in row or row["label"]
