"""Rates, triggers and chance: each counts by the clock it is given, and a seed always has the same course."""

from __future__ import annotations

import pytest

from tests.support.strict import Chaos, Failure, Rate, Rates, Refusal, Trouble
from tests.support.strict.rates import UNLIMITED, Throttle
from tests.support.strict.triggers import Triggers


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_channel_takes_a_short_burst_and_then_one_a_second() -> None:
    clock = Clock()
    throttle = Throttle(Rates(), clock)
    assert [throttle.retry_after("chat.postMessage", "D1") for _ in range(4)] == [None, None, None, 1]
    assert throttle.retry_after("chat.postMessage", "D2") is None
    clock.now += 1
    assert [throttle.retry_after("chat.postMessage", "D1") for _ in range(2)] == [None, 1]
    clock.now += 60
    assert [throttle.retry_after("chat.postMessage", "D1") for _ in range(4)] == [None, None, None, 1]


def test_a_workspace_has_a_rate_of_its_own() -> None:
    clock = Clock()
    throttle = Throttle(Rates(workspace=Rate(60, 5)), clock)
    answers = [throttle.retry_after("chat.postMessage", f"D{n}") for n in range(7)]
    assert answers == [None] * 5 + [1, 1]


def test_other_methods_have_fifty_a_minute_and_say_how_long_to_wait() -> None:
    clock = Clock()
    throttle = Throttle(Rates(), clock)
    assert [throttle.retry_after("chat.update", "") for _ in range(51)] == [None] * 50 + [2]
    assert throttle.retry_after("conversations.history", "") is None
    slow = Throttle(Rates(methods={"chat.update": Rate(2, 1)}), clock)
    assert [slow.retry_after("chat.update", "") for _ in range(2)] == [None, 30]


def test_a_call_that_was_refused_costs_nothing() -> None:
    clock = Clock()
    throttle = Throttle(Rates(posting=Rate(60, 1), workspace=Rate(60, 2)), clock)
    answers = [throttle.retry_after("chat.postMessage", channel) for channel in ("D1", "D1", "D1", "D2", "D3")]
    assert answers == [None, 1, 1, None, 1]


def test_without_limits_nothing_waits() -> None:
    throttle = Throttle(UNLIMITED, Clock())
    assert {throttle.retry_after("chat.postMessage", "D1") for _ in range(1000)} == {None}


def test_a_trigger_opens_one_form_within_three_seconds() -> None:
    clock, numbers = Clock(), iter(range(100))
    triggers = Triggers(clock, lambda prefix: f"{prefix}{next(numbers)}")
    first, late = triggers.give("U1"), triggers.give("U2")
    assert triggers.spend(first) == "U1"
    with pytest.raises(Refusal, match="exchanged_trigger_id"):
        triggers.spend(first)
    clock.now += 3.1
    with pytest.raises(Refusal, match="expired_trigger_id"):
        triggers.spend(late)
    for unknown in ("other", None):
        with pytest.raises(Refusal, match="invalid_trigger_id"):
            triggers.spend(unknown)


def test_by_default_there_is_no_trouble_at_all() -> None:
    chaos = Chaos()
    assert {chaos.of("chat.postMessage") for _ in range(100)} == {None}
    assert not chaos.happens(chaos.duplicate)


def test_the_same_seed_makes_the_same_trouble() -> None:
    def course(seed: int) -> list[Trouble | None]:
        chaos = Chaos(seed, {"*": {Trouble.DROP_AFTER: 0.3, Trouble.LATE: 0.3}})
        return [chaos.of("chat.postMessage") for _ in range(50)]

    assert course(1) == course(1) != course(2)
    assert set(course(1)) == {None, Trouble.DROP_AFTER, Trouble.LATE}


def test_trouble_is_of_one_method_or_of_any() -> None:
    chaos = Chaos(calls={"auth.test": {}, "*": {Trouble.THROTTLED: 1.0}})
    assert chaos.of("auth.test") is None
    assert chaos.of("users.info") is Trouble.THROTTLED
    chaos.calm()
    assert chaos.of("users.info") is None


def test_planned_trouble_comes_first_and_in_its_order() -> None:
    chaos = Chaos(calls={"*": {Trouble.LATE: 1.0}})
    chaos.plan("auth.test", Trouble.DROP_BEFORE, None, Trouble.ERROR_AFTER, failure=Failure.PAGE)
    assert [chaos.of("auth.test") for _ in range(4)] == [Trouble.DROP_BEFORE, None, Trouble.ERROR_AFTER, Trouble.LATE]
    assert chaos.failure() is Failure.PAGE


def test_what_is_done_all_the_same() -> None:
    assert {trouble for trouble in Trouble if trouble.done} == {Trouble.DROP_AFTER, Trouble.ERROR_AFTER, Trouble.LATE}
