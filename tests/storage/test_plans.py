"""The queues are found by the indexes of what is open: years of history must not slow them down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.ports.storage import Store
from storage.migrate import migrate
from storage.sqlite import SqliteStorage
from storage.store import SqlStore

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def everything_a_worker_asks(store: Store) -> None:
    lease = AT + timedelta(seconds=30)
    store.outbox.waiting(AT)
    store.outbox.claim(AT, lease, 8)
    assert isinstance(store, SqlStore)
    store.outbox._claim_in("T1", AT, lease, 8)
    store.outbox.has_expired(AT)
    store.outbox.skip_expired(AT)
    store.outbox.is_unsent("T1", "d1")
    store.outbox.clock_went_back(AT, lease)
    store.inbox.waiting()
    store.inbox.claim(AT, lease, 8)
    store.inbox.knows("k")
    store.inbox.erase_text("T1", "1.2")
    store.inbox.clock_went_back(AT, lease)
    store.inbox.release()
    store.alarms.due(AT, 200)
    store.standings.at(AT)


async def test_no_question_a_worker_asks_reads_the_history(tmp_path: Path) -> None:
    migrate(tmp_path / "huddle.db")
    storage = SqliteStorage(tmp_path / "huddle.db")
    asked: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked[statement] = values

    event.listen(storage._writing, "before_cursor_execute", note)
    await storage.write(everything_a_worker_asks)
    event.remove(storage._writing, "before_cursor_execute", note)

    def plans(store: Store) -> list[tuple[str, str]]:
        assert isinstance(store, SqlStore)
        run = store.session.connection().exec_driver_sql
        return [
            (row[3], statement)
            for statement, values in asked.items()
            for row in run(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    steps = await storage.read(plans)
    storage.close()
    assert len(asked) >= 15
    partial = ("ix_inbox_open", "ix_inbox_aside", "ix_outbox_open", "ix_outbox_queue", "ix_outbox_trouble")
    whole = [
        (step, statement)
        for step, statement in steps
        if step.startswith("SCAN") and ("inbox" in step or "outbox" in step) and not any(p in step for p in partial)
    ]
    assert whole == []
