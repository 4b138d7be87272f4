"""What the audit goes by: Slack's own record, what people did, and the database at the end."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.kill.deeds import Deeds
from tests.support.strict import Asked, Seen
from tests.support.strict.refusal import Json

Row = dict[str, Any]

TABLES = {
    "inbox": "SELECT * FROM inbox ORDER BY id",
    "outbox": "SELECT * FROM outbox ORDER BY id",
    "checkins": "SELECT c.*, p.slack_id FROM checkin c JOIN person p ON p.id = c.person_id",
    "turns": "SELECT * FROM turn",
    "commitments": "SELECT c.*, p.slack_id FROM commitment c JOIN person p ON p.id = c.person_id",
}
OPEN = {
    "inbox": "SELECT count(*) AS n FROM inbox WHERE state IN ('waiting', 'working')",
    "outbox": "SELECT count(*) AS n FROM outbox WHERE state IN ('waiting', 'sending')",
}


class Database:
    """Reads the product's database, a file or a server, as anybody may who has its address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def rows(self, query: str) -> list[Row]:
        """What the query finds; JSON columns as values."""
        if self._address.startswith("postgresql"):
            with psycopg.connect(self._address, row_factory=dict_row) as server:
                return server.execute(query.encode()).fetchall()
        file = sqlite3.connect(f"file:{self._address}?mode=ro", uri=True, timeout=10)
        try:
            file.row_factory = sqlite3.Row
            return [{name: _value(name, row[name]) for name in row.keys()} for row in file.execute(query)]  # noqa: SIM118
        finally:
            file.close()

    def everything(self) -> dict[str, Sequence[Row]]:
        """The tables that evidence consists of, by the names of its fields."""
        return {name: self.rows(query) for name, query in TABLES.items()}

    def open(self) -> dict[str, int]:
        """How much is not done."""
        return {table: int(self.rows(query)[0]["n"]) for table, query in OPEN.items()}


def _value(name: str, value: Any) -> Any:
    return json.loads(value) if name in {"doc", "before", "reading", "blocks", "payload"} and value else value


@dataclass
class Evidence:
    """One run's. `standing` are the messages of each conversation as people see them at the end."""

    seen: Sequence[Seen]
    asked: Sequence[Asked]
    rejected: Sequence[Asked]
    deeds: Deeds
    standing: Mapping[str, Sequence[Json]]
    inbox: Sequence[Row]
    outbox: Sequence[Row]
    checkins: Sequence[Row] = ()
    turns: Sequence[Row] = ()
    commitments: Sequence[Row] = ()
    exit_codes: Sequence[int] = ()
    complaints: Sequence[str] = ()
    """What the product logged as an error."""
    lost: frozenset[str] = field(default_factory=frozenset)
    """The keys of the events that Slack gave up: their loss is not the product's."""

    @cached_property
    def row_of(self) -> dict[str, Row]:
        """Outbox rows by the id that their message carries."""
        return {row["delivery_id"]: row for row in self.outbox}

    @cached_property
    def posts_of(self) -> dict[str, list[Seen]]:
        """The posts that carry each id."""
        found = defaultdict(list)
        for seen in self.seen:
            if seen.how == "post" and seen.delivery_id:
                found[seen.delivery_id].append(seen)
        return found

    @cached_property
    def tries_of(self) -> dict[str, list[Asked]]:
        """The requests to post each id."""
        found = defaultdict(list)
        for asked in self.asked:
            if asked.method == "chat.postMessage" and asked.args:
                told = asked.args.get("metadata") or {}
                metadata = json.loads(told) if isinstance(told, str) else told
                found[metadata.get("event_payload", {}).get("delivery_id", "")].append(asked)
        return found

    @property
    def reconciled(self) -> int:
        """Posts of which the product was not told that they were made, and which it did not make again."""
        return sum(self._was_reconciled(row) for row in self.outbox)

    def _was_reconciled(self, row: Row) -> bool:
        posts, tries = self.posts_of.get(row["delivery_id"], []), self.tries_of.get(row["delivery_id"], [])
        if len(posts) != 1 or row["state"] != "sent":
            return False
        done = next(asked for asked in tries if asked.number == posts[0].request)
        return done.outcome != "ok" or row["attempts"] > len(tries)
