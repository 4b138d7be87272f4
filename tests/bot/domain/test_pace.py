"""The pace: never more at once than its room, never more in a while than its rate, found again after a complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import pace as module
from bot.domain.pace import (
    BURST,
    CLIMB,
    KEPT_FOR_REPLIES,
    LEAST,
    LONGEST,
    MOST,
    NEARLY,
    ONE_COMPLAINT,
    RETURN,
    START,
    USE,
    Pace,
    first,
    minutes_for,
)

AT = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)

waits = st.floats(0, 90).map(lambda seconds: timedelta(seconds=seconds))
jumps = st.floats(-7200, 7200).map(lambda seconds: timedelta(seconds=seconds))
methods = st.sampled_from(sorted(START))


def of_rate(rate: float) -> Pace:
    """A pace of that rate without any complaint, with its bucket full."""
    full = Pace(rate, 0.0, AT)
    return replace(full, tokens=full.room)


def take_all(pace: Pace, *, reply: bool = True) -> tuple[Pace, int]:
    """The pace after as many as may go, and how many that were."""
    count = 0
    while pace.takes(reply=reply):
        pace, count = pace.taken(), count + 1
    return pace, count


def used_for(pace: Pace, time: timedelta, step: timedelta = SECOND) -> Pace:
    """The pace after it was looked at every `step` for so long, and everything taken that may go."""
    end = pace.at + time
    while pace.at < end:
        pace, _ = take_all(pace.now(min(pace.at + step, end)))
    return pace


# -- how much may go


@given(method=methods)
def test_a_workspace_that_was_never_written_to_has_its_room(method: str) -> None:
    fresh = first(method, AT)
    assert fresh.rate == START[method]
    assert fresh.tokens == fresh.room == START[method] * (BURST / MINUTE)


@given(method=methods, steps=st.lists(st.tuples(jumps, st.integers(0, 30), st.booleans()), max_size=25))
def test_there_is_never_more_to_take_than_the_room(method: str, steps: list[tuple[timedelta, int, bool]]) -> None:
    pace = first(method, AT)
    for passed, most, complained in steps:
        pace = pace.now(pace.at + passed)
        assert pace.tokens <= pace.room + 1e-9
        for _ in range(most):
            if pace.takes(reply=True):
                pace = pace.taken()
        assert pace.tokens >= 0
        if complained:
            pace = pace.throttled(pace.at, 1.0)
        assert LEAST <= pace.rate <= MOST


@given(rate=st.floats(LEAST, MOST), passed=st.lists(waits, max_size=25), reply=st.booleans())
def test_no_more_go_in_any_while_than_the_burst_and_what_the_rate_gives_in_it(
    rate: float, passed: list[timedelta], reply: bool
) -> None:
    pace, taken = of_rate(rate), []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "CLIMB", 0.0)
        for wait in [timedelta(0), *passed]:
            pace, count = take_all(pace.now(pace.at + wait), reply=reply)
            taken.append((pace.at, count))
    assert pace.rate == rate
    for start, (began, _) in enumerate(taken):
        for end in range(start, len(taken)):
            allowed = pace.room + rate * ((taken[end][0] - began) / MINUTE)
            assert sum(count for _, count in taken[start : end + 1]) <= allowed + 1e-6


@given(method=methods)
def test_a_part_of_the_room_is_left_for_replies(method: str) -> None:
    quiet = first(method, AT)
    busy, mornings = take_all(quiet, reply=False)
    rest, replies = take_all(busy)
    assert mornings == int(quiet.room * (1 - KEPT_FOR_REPLIES) + 1e-9)
    assert mornings + replies == int(quiet.room)
    assert not rest.takes(reply=True)


def test_a_large_morning_never_uses_what_is_kept_for_replies() -> None:
    pace = first("post", AT)
    for n in range(300):
        pace, _ = take_all(pace.now(AT + n * SECOND), reply=False)
        assert take_all(pace)[1] >= int(pace.room * KEPT_FOR_REPLIES)


def test_even_the_slowest_workspace_can_be_written_to() -> None:
    slow = replace(of_rate(LEAST), tokens=0.0).now(AT + MINUTE)
    assert slow.room == 2.0
    assert slow.takes(reply=False)


# -- complaints


@given(method=methods, after=st.lists(st.floats(0, 4.99), max_size=8), seconds=st.floats(0, 60))
def test_complaints_that_come_together_halve_the_rate_once(method: str, after: list[float], seconds: float) -> None:
    pace = first(method, AT).throttled(AT, seconds)
    for later in after:
        pace = pace.throttled(AT + timedelta(seconds=later), seconds)
    assert pace.rate == START[method] / 2
    assert pace.top == START[method]


def test_a_complaint_that_comes_later_halves_it_again_but_never_below_the_least() -> None:
    pace, rates = first("post", AT), []
    for n in range(8):
        pace = pace.throttled(AT + n * ONE_COMPLAINT, 60)
        rates.append(pace.rate)
    assert rates == [100.0, 50.0, 25.0, 12.5, 6.25, LEAST, LEAST, LEAST]


@given(seconds=st.floats(0, 600))
def test_nothing_goes_until_slack_will_be_spoken_to_again(seconds: float) -> None:
    pace = first("post", AT).throttled(AT, seconds)
    until = AT + timedelta(seconds=seconds)
    if until > AT:
        assert not pace.now(max(until - INSTANT, AT)).takes(reply=True)
    assert pace.now(until).blocked_until is None
    assert pace.now(until + timedelta(seconds=2)).takes(reply=True)


def test_of_two_waits_the_longer_one_counts() -> None:
    long = first("post", AT).throttled(AT, 60)
    assert long.throttled(AT + SECOND, 1).blocked_until == AT + MINUTE
    assert first("post", AT).throttled(AT, 1).throttled(AT, 60).blocked_until == AT + MINUTE


def test_no_complaint_holds_a_workspace_back_for_longer_than_the_longest() -> None:
    pace = first("post", AT).throttled(AT, 86400)
    assert pace.blocked_until == AT + LONGEST
    assert pace.now(AT + LONGEST + SECOND).takes(reply=True)


@given(step=st.floats(0.05, USE.total_seconds()))
def test_the_rate_is_nearly_what_it_was_soon_after_a_complaint(step: float) -> None:
    pace = used_for(first("post", AT).throttled(AT, 0.0), RETURN + 2 * SECOND, timedelta(seconds=step))
    assert pace.rate >= START["post"] * NEARLY - 1e-6
    assert pace.rate < START["post"]


def test_the_way_back_is_gradual() -> None:
    pace = used_for(first("post", AT).throttled(AT, 0.0), RETURN / 2)
    assert START["post"] * 0.7 < pace.rate < START["post"] * 0.8


def test_above_what_was_nearly_too_much_the_rate_climbs_slowly() -> None:
    pace = used_for(of_rate(100.0), 10 * MINUTE)
    assert 100 + 9 * CLIMB <= pace.rate <= 100 + 10 * CLIMB + 1e-6


def test_the_rate_does_not_climb_without_end() -> None:
    assert used_for(of_rate(MOST - 1), 3 * MINUTE).rate == MOST


@given(idle=st.floats(USE.total_seconds(), 86400))
def test_time_without_use_proves_nothing(idle: float) -> None:
    pace = of_rate(100.0).now(AT + timedelta(seconds=idle))
    assert pace.rate - 100.0 <= CLIMB * (USE / MINUTE) + 1e-9


def test_time_in_which_nothing_may_go_is_no_use_either() -> None:
    pace = first("post", AT).throttled(AT, 60)
    for n in range(60):
        pace = pace.now(AT + n * SECOND)
    assert pace.rate == START["post"] / 2


# -- a clock that goes back


@given(back=st.floats(0, 86400), taken=st.integers(0, 20))
def test_when_the_clock_goes_back_nothing_is_gained_and_nothing_lost(back: float, taken: int) -> None:
    pace = first("post", AT)
    for _ in range(taken):
        pace = pace.taken() if pace.takes(reply=True) else pace
    earlier = pace.now(AT - timedelta(seconds=back))
    assert (earlier.tokens, earlier.rate) == (pace.tokens, pace.rate)


@given(back=st.floats(0, 86400))
def test_after_the_clock_went_back_the_bucket_fills_by_the_new_time(back: float) -> None:
    empty, _ = take_all(first("post", AT))
    then = AT - timedelta(seconds=back)
    assert empty.now(then).now(then + BURST).tokens == pytest.approx(empty.room, rel=0.02)


@pytest.mark.parametrize("back", [timedelta(minutes=11), timedelta(hours=3), timedelta(days=400)])
def test_a_wait_of_a_later_clock_is_not_waited_for(back: timedelta) -> None:
    pace = first("post", AT).throttled(AT, 30).now(AT - back)
    assert pace.blocked_until is None
    assert pace.now(AT - back + 2 * SECOND).takes(reply=True)


# -- how long a morning takes


@pytest.mark.parametrize(("count", "minutes"), [(0, 0), (1, 0), (14, 0), (84, 0), (85, 1), (300, 2), (1000, 7)])
def test_a_morning_of_so_many_takes_so_many_minutes(count: int, minutes: int) -> None:
    assert minutes_for(count) == minutes


@pytest.mark.parametrize("count", [50, 100, 300, 700])
def test_a_morning_takes_no_longer_than_is_told(count: int) -> None:
    pace, left, at = first("post", AT), count, AT
    while left:
        pace = pace.now(at)
        while left and pace.takes(reply=False):
            pace, left = pace.taken(), left - 1
        at += SECOND
    assert (at - AT) / MINUTE <= minutes_for(count) + 0.5


def test_every_kind_of_call_starts_between_the_least_and_the_most() -> None:
    assert all(module.LEAST <= rate <= module.MOST for rate in START.values())
    assert START["post"] < 229  # what was seen to be too much
