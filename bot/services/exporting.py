"""What is kept of a person as files: one JSON with all of it, and tables of what people look for first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.domain.people import Person
from bot.ports.messages import File
from bot.ports.records import Entry
from bot.ports.storage import Store

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "commitments": ("made_at", "action", "due_at", "if_then", "moves", "outcome", "outcome_at", "learning", "shared"),
    "messages": ("at", "text"),
}
"""What is sent as CSV beside the JSON, with its columns."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that make a spreadsheet run a cell: https://owasp.org/www-community/attacks/CSV_Injection"""


def files_of(store: Store, person: Person, at: datetime) -> list[File]:
    """Everything that is kept of them: `everything.json`, and a CSV of each of `TABLES`."""
    entries = store.records.of(person)
    whole = {"made_at": at.isoformat()} | {kind: list(rows) for kind, rows in entries.items()}
    day = at.astimezone(person.tz).date()
    files = [File(f"everything-{day}.json", json.dumps(whole, ensure_ascii=False, indent=2, default=str) + "\n")]
    shown = {**entries, "messages": written(entries)}
    return files + [File(f"{name}-{day}.csv", table(shown[name], columns)) for name, columns in TABLES.items()]


def written(entries: Mapping[str, Sequence[Entry]]) -> list[Entry]:
    """Their messages that have words: a tap is kept among them with none, and so is what they deleted in Slack."""
    return [one for one in entries["messages"] if one["text"]]


def table(rows: Sequence[Entry], columns: Sequence[str]) -> str:
    """Rows as CSV with a line of headings, in UTF-8; what a spreadsheet would take for a formula stays text."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(column)) for column in columns] for row in rows])
    return written.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
