"""The metrics: what is counted, what the database tells, and that neither can do harm."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics as module
from bot.metrics import COUNTERS, Metrics
from bot.ports.counts import LABELS, Counts, Event, Measure, Silent
from bot.ports.messages import Lane, Op
from bot.ports.standing import ModelUse, Queue, Standing

STANDING = Standing(
    inbox=Queue(2, 7.5),
    aside=1,
    lanes={Lane.REPLY: Queue(3, 4.0), Lane.WINS: Queue(1, 60.0)},
    sent=40,
    failed=2,
    skipped={"expired": 5},
    model=ModelUse(calls=9, helped=6, tokens=900, fell_back={"timeout": 2}),
)


@dataclass
class Database:
    """Says where things stand, raises, or never answers."""

    says: Standing | Exception | None = STANDING

    async def standing(self) -> Standing:
        if self.says is None:
            await asyncio.Event().wait()
        if isinstance(self.says, Standing):
            return self.says
        assert isinstance(self.says, Exception)
        raise self.says


EMPTY = Database(Standing())


async def told(metrics: Metrics, database: Database = EMPTY) -> dict[str, float]:
    """What a scraper reads: "name{label}" and the figure."""
    text, kind = await metrics.scrape(database.standing)
    assert kind.startswith("text/plain")
    return {
        sample.name + "".join(f"{{{value}}}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


async def test_the_database_tells_where_things_stand_when_it_is_asked() -> None:
    found = await told(Metrics(), Database())
    assert found["huddle_database_up"] == 1
    assert (found["huddle_inbox_waiting"], found["huddle_inbox_oldest_seconds"]) == (2, 7.5)
    assert found["huddle_inbox_aside"] == 1
    assert (found["huddle_outbox_waiting{reply}"], found["huddle_outbox_oldest_seconds{reply}"]) == (3, 4)
    assert (found["huddle_outbox_waiting{wins}"], found["huddle_outbox_oldest_seconds{wins}"]) == (1, 60)
    assert (found["huddle_outbox_sent"], found["huddle_outbox_failed"]) == (40, 2)
    assert found["huddle_outbox_skipped{expired}"] == 5
    assert (found["huddle_model_calls_today"], found["huddle_model_helped_today"]) == (9, 6)
    assert found["huddle_model_tokens_today"] == 900
    assert found["huddle_model_fallbacks_today{timeout}"] == 2


async def test_every_lane_has_its_figures_even_when_nothing_waits_in_it() -> None:
    found = await told(Metrics(), Database(Standing()))
    for lane in Lane:
        assert found[f"huddle_outbox_waiting{{{lane.name.lower()}}}"] == 0
        assert found[f"huddle_outbox_oldest_seconds{{{lane.name.lower()}}}"] == 0


@pytest.mark.parametrize("says", [RuntimeError("locked"), None], ids=["raises", "hangs"])
async def test_what_the_database_does_not_tell_is_left_out_and_not_told_as_it_was(
    says: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WITHIN", 0.05)
    metrics, database = Metrics(), Database()
    await told(metrics, database)
    database.says = says
    found = await told(metrics, database)
    assert found["huddle_database_up"] == 0
    assert "huddle_inbox_waiting" not in found
    assert "huddle_ticks_total{done}" in found, "what this process knows by itself is still told"


async def test_what_happens_is_counted_by_its_labels() -> None:
    metrics = Metrics()
    metrics.count(Event.SENT, op="post", outcome="sent")
    metrics.count(Event.SENT, op="post", outcome="sent")
    metrics.count(Event.SENT, op="update", outcome="refused")
    metrics.count(Event.THROTTLED)
    metrics.count(Event.RECONCILED, how="echo")
    found = await told(metrics)
    assert found["huddle_sends_total{post}{sent}"] == 2
    assert found["huddle_sends_total{update}{refused}"] == 1
    assert found["huddle_throttled_total"] == 1
    assert found["huddle_reconciled_total{echo}"] == 1


async def test_every_count_stands_at_nought_before_anything_has_happened() -> None:
    found = await told(Metrics())
    for event, (name, _) in COUNTERS.items():
        sizes = 1
        for values in LABELS[event].values():
            sizes *= len(values)
        counts = [value for key, value in found.items() if key.split("{")[0] == f"{name}_total"]
        assert counts == [0.0] * sizes, event


@pytest.mark.parametrize(
    ("event", "labels"),
    [
        (Event.SENT, {}),
        (Event.SENT, {"op": "post", "outcome": "some words of a rep"}),
        (Event.SENT, {"op": "post", "outcome": "sent", "person": "U01"}),
        (Event.THROTTLED, {"channel": "D01"}),
    ],
)
async def test_what_has_no_place_is_not_counted_and_harms_nobody(event: Event, labels: dict[str, str]) -> None:
    metrics = Metrics()
    before = await told(metrics)
    metrics.count(event, **labels)
    assert await told(metrics) == before


async def test_a_tick_is_told_by_its_length_and_its_moment() -> None:
    metrics = Metrics(clock=lambda: 1_800_000_000.0)
    metrics.count(Event.TICKED, outcome="done")
    metrics.observe(Measure.TICK, 0.25)
    found = await told(metrics)
    assert found["huddle_ticks_total{done}"] == 1
    assert found["huddle_tick_seconds"] == 0.25
    assert found["huddle_last_tick_timestamp_seconds"] == 1_800_000_000.0


async def test_connections_are_counted_when_it_is_asked_and_only_where_there_are_any() -> None:
    metrics, still = Metrics(), [2]
    assert "huddle_slack_connections" not in await told(metrics)
    metrics.connections(lambda: still[0])
    assert (await told(metrics))["huddle_slack_connections"] == 2
    still[0] = 1
    assert (await told(metrics))["huddle_slack_connections"] == 1


async def test_two_in_one_process_do_not_count_together_nor_in_the_common_registry() -> None:
    one, other = Metrics(), Metrics()
    one.count(Event.THROTTLED)
    assert (await told(other))["huddle_throttled_total"] == 0
    assert not [family for family in REGISTRY.collect() if family.name.startswith("huddle")]


def test_every_event_is_counted_and_names_what_a_row_does_as_the_rows_do() -> None:
    assert set(COUNTERS) == set(LABELS) == set(Event)
    assert set(LABELS[Event.SENT]["op"]) == {op.value for op in Op}


def test_where_nobody_watches_counting_does_nothing() -> None:
    silent: Counts = Silent()
    silent.count(Event.SENT, op="post", outcome="sent")
    silent.observe(Measure.TICK, 1.0)
