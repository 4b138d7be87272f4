"""Whether it lives and whether it is ready: what each reason is, and that asking does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot import health as module
from bot.health import HANGS, TOKEN_EVERY, Health, Probe, Pulse, database_probe, token_probe
from bot.ports.counts import Event, Measure


class Clock:
    """Seconds that go forward when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Kept:
    """Implements `bot.ports.counts.Counts`: keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def count(self, event: Event, **labels: str) -> None:
        self.told.append((event, labels))

    def observe(self, measure: Measure, value: float) -> None:
        self.told.append((measure, value))


async def nothing() -> None:
    return None


def health_of(
    pulse: Pulse | None = None,
    slack: Callable[[], str | None] = lambda: None,
    use: Callable[[], object] = lambda: None,
    refused: str | None = None,
) -> Health:
    async def uses() -> object:
        return use()

    async def asked() -> str | None:
        return refused

    return Health(pulse or Pulse(), database_probe(uses), token_probe(asked), slack)


async def test_when_all_is_well_it_lives_and_is_ready() -> None:
    health = health_of()
    assert health.alive() is None
    assert await health.ready() is None


async def test_a_tick_that_does_not_come_or_does_not_end_shows_after_a_minute() -> None:
    clock = Clock()
    pulse = Pulse(clock=clock)
    health = health_of(pulse)
    with pulse.ticking():
        clock.now += 2
    clock.now += HANGS
    assert health.alive() is None
    with pulse.ticking():
        clock.now += 1
        assert health.alive() == "no tick for 61 s"
        assert await health.ready() == "no tick for 61 s"
    assert health.alive() is None


async def test_a_tick_that_fails_has_run_and_is_counted_as_failed() -> None:
    clock, kept = Clock(), Kept()
    pulse = Pulse(kept, clock)
    clock.now += 59

    def fail() -> None:
        with pulse.ticking():
            clock.now += 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    clock.now += 59
    assert pulse.trouble() is None
    assert kept.told == [(Event.TICKED, {"outcome": "failed"}), (Measure.TICK, 2.0)]


async def test_a_worker_that_died_shows_at_once() -> None:
    pulse = Pulse()
    works, dies = asyncio.create_task(asyncio.sleep(60)), asyncio.create_task(nothing())
    pulse.follow([works, dies])
    assert pulse.trouble() is None
    await dies
    assert pulse.trouble() == "a worker has died"
    works.cancel()


async def test_one_that_stops_is_alive_and_not_ready() -> None:
    pulse = Pulse()
    worker = asyncio.create_task(nothing())
    pulse.follow([worker])
    await worker
    health = health_of(pulse)
    health.stopping = True
    assert health.alive() is None, "it must not be killed while it finishes"
    assert await health.ready() == "stopping"


async def test_without_slack_it_is_not_ready() -> None:
    assert await health_of(slack=lambda: "no connection").ready() == "no connection"


async def test_without_a_database_it_is_not_ready() -> None:
    def broken() -> None:
        raise OSError("No space left; /secret/path")

    assert await health_of(use=broken).ready() == "the database cannot be used (OSError)"


async def test_a_token_that_slack_refuses_makes_it_not_ready() -> None:
    assert await health_of(refused="token_revoked").ready() == "Slack refuses the bot token (token_revoked)"


async def test_an_outage_of_slack_says_nothing_about_the_token_and_keeps_what_was_known() -> None:
    answers: list[str | Exception | None] = [TimeoutError(), "invalid_auth", TimeoutError(), None]
    clock = Clock()

    async def refused() -> str | None:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    probe = token_probe(refused)
    probe._clock = clock
    found = []
    for _ in range(4):
        found.append(await probe())
        clock.now += TOKEN_EVERY
    assert found == [None, *["Slack refuses the bot token (invalid_auth)"] * 2, None]


async def test_a_question_is_asked_no_more_often_than_it_may_be() -> None:
    clock, asked = Clock(), [0]

    async def ask() -> str | None:
        asked[0] += 1
        return f"answer {asked[0]}"

    probe = Probe(ask, 10, None, clock)
    assert [await probe(), await probe()] == ["answer 1"] * 2
    clock.now += 9.9
    assert await probe() == "answer 1"
    clock.now += 0.1
    assert await probe() == "answer 2"


async def test_a_question_without_an_answer_is_asked_once_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    clock, asked, answer = Clock(), [0], asyncio.Event()

    async def hangs() -> None:
        asked[0] += 1
        await answer.wait()

    probe = database_probe(hangs)
    probe._clock = clock
    for _ in range(3):
        assert await probe() == "the database does not answer"
        clock.now += 60
    assert asked[0] == 1, "no queue of questions before a database that hangs"
    answer.set()
    assert await probe() is None
