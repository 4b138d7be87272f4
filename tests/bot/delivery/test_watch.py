"""A clock that goes back is noticed and told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from bot.delivery.watch import TOLERATED, Watch

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_at_the_start_the_database_may_hold_times_of_any_clock() -> None:
    with capture_logs() as lines:
        assert Watch().has_gone_back(AT)
    assert lines == []


def test_time_that_passes_is_nothing_to_tell() -> None:
    watch = Watch(AT)
    with capture_logs() as lines:
        assert not any(watch.has_gone_back(AT + timedelta(seconds=n)) for n in range(5))
    assert lines == []


def test_an_ordinary_correction_is_no_jump() -> None:
    assert not Watch(AT).has_gone_back(AT - TOLERATED)


def test_an_hour_back_is_told_in_one_line_and_then_counted_from() -> None:
    watch = Watch(AT)
    with capture_logs() as lines:
        assert watch.has_gone_back(AT - timedelta(hours=1))
        assert not watch.has_gone_back(AT - timedelta(minutes=59))
    assert [(line["event"], line["log_level"], line["seconds"]) for line in lines] == [
        ("the clock went back", "warning", 3600)
    ]
