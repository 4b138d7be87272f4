"""The metrics, for Prometheus: what has happened in this process, and where things stand in the database.

Each process counts its own calls, ticks and connections. What stands in the database is the same whoever is asked, so
with several processes it is read with `max`, the rest with `sum`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import product

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.ports.counts import LABELS, Event, Measure
from bot.ports.messages import Lane
from bot.ports.standing import Queue, Standing

WITHIN = 5.0
"""Seconds that the database gets to say where things stand; half of what a scraper usually waits."""

COUNTERS = {
    Event.SENT: ("huddle_sends", "Calls to Slack for a message that ended, by what was asked and how it ended."),
    Event.THROTTLED: ("huddle_throttled", "Times that Slack answered 429."),
    Event.RECONCILED: ("huddle_reconciled", "Messages of unknown fate that were settled, by how."),
    Event.TICKED: ("huddle_ticks", "Looks at everything that is due, by whether they ended well."),
}

log = structlog.get_logger()


class Metrics:
    """Implements `bot.ports.counts.Counts`, and tells everything as text. It has a registry of its own."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock` is in seconds since 1970."""
        self._clock = clock
        self._registry = CollectorRegistry()
        self._counters = {
            event: Counter(name, says, tuple(LABELS[event]), registry=self._registry)
            for event, (name, says) in COUNTERS.items()
        }
        for event, counter in self._counters.items():
            for values in product(*LABELS[event].values()) if LABELS[event] else ():
                counter.labels(*values)  # it stands at 0 from the start: a rate needs a first value
        self._tick = Gauge("huddle_tick_seconds", "How long the last tick took.", registry=self._registry)
        self._ticked = Gauge("huddle_last_tick_timestamp_seconds", "When the last tick ended.", registry=self._registry)
        self._standing = Told()
        self._registry.register(self._standing)

    def connections(self, count: Callable[[], int]) -> None:
        """Tell how many Socket Mode connections are open; to be called once, and not where there are none."""
        gauge = Gauge("huddle_slack_connections", "Socket Mode connections that are open.", registry=self._registry)
        gauge.set_function(count)

    def count(self, event: Event, **labels: str) -> None:
        """Implements `Counts`. A label or value that `LABELS` does not name is logged and not counted."""
        wanted = LABELS[event]
        if set(labels) != set(wanted) or any(labels[name] not in values for name, values in wanted.items()):
            log.error("cannot be counted", event_name=event.value, labels=sorted(labels))
            return
        counter = self._counters[event]
        (counter.labels(**labels) if labels else counter).inc()

    def observe(self, measure: Measure, value: float) -> None:
        """Implements `Counts`."""
        if measure is Measure.TICK:
            self._tick.set(value)
            self._ticked.set(self._clock())

    async def scrape(self, stands: Callable[[], Awaitable[Standing]]) -> tuple[bytes, str]:
        """Everything as text, and the text's type. What the database does not tell in time is left out, and
        `huddle_database_up` is 0.
        """
        standing = None
        try:
            async with asyncio.timeout(WITHIN):
                standing = await stands()
        except Exception as error:
            log.warning("where things stand cannot be read", error=type(error).__name__)
        self._standing.now = standing  # nothing comes between this and the text
        return generate_latest(self._registry), CONTENT_TYPE_LATEST


class Told(Collector):
    """Where things stand, as metrics; nothing but that it is not known while it is not."""

    now: Standing | None = None

    def describe(self) -> Iterable[Metric]:
        """Nothing is known of it beforehand."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Implements prometheus_client's collector."""
        yield one("huddle_database_up", "Whether the database said where things stand.", self.now is not None)
        if self.now is None:
            return
        now = self.now
        yield one("huddle_inbox_waiting", "What people said that is not answered yet.", now.inbox.waiting)
        yield one("huddle_inbox_oldest_seconds", "Age of the oldest of it; 0 when there is none.", now.inbox.oldest)
        yield one("huddle_inbox_aside", "What failed too often to be tried again by itself.", now.aside)
        lanes = {lane.name.lower(): now.lanes.get(lane, Queue()) for lane in Lane}
        waiting = {name: queue.waiting for name, queue in lanes.items()}
        yield by("lane", "huddle_outbox_waiting", "Messages that may go to Slack by now and have not.", waiting)
        oldest = {name: queue.oldest for name, queue in lanes.items()}
        yield by("lane", "huddle_outbox_oldest_seconds", "Age of the oldest of them; 0 when there is none.", oldest)
        yield one("huddle_outbox_sent", "Messages sent in the last 24 hours.", now.sent)
        yield one("huddle_outbox_failed", "Messages that Slack refused in the last 24 hours.", now.failed)
        yield by("reason", "huddle_outbox_skipped", "Messages given up in the last 24 hours, by why.", now.skipped)
        model = now.model
        yield one("huddle_model_calls_today", "Calls to the model on this UTC day.", model.calls)
        yield one("huddle_model_helped_today", "Those of whose answer something was used.", model.helped)
        yield one("huddle_model_tokens_today", "Tokens spent or set aside on this UTC day.", model.tokens)
        yield by("reason", "huddle_model_fallbacks_today", "Times the rules answered instead, by why.", model.fell_back)


def one(name: str, says: str, value: float) -> Metric:
    """A single figure."""
    return GaugeMetricFamily(name, says, value=float(value))


def by(label: str, name: str, says: str, values: Mapping[str, float]) -> Metric:
    """A figure for each value of a label."""
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], float(value))
    return family
