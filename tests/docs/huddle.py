"""How each documented `huddle …` is run: a row has the command as it may stand in a page, what is run in its place, the
exit code, and a part of what is said. Add a row when you document a command, and run it as it stands where you can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Row:
    """`typed` is a pattern for the whole command after `huddle `; `runs` are the words that are run instead."""

    typed: str
    runs: tuple[str, ...]
    code: int = 0
    says: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


MANY: Final = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "x",
    "SLACK_SIGNING_SECRET": "x",
    "HUDDLE_HTTP_PORT": "8080",
    "HUDDLE_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "HUDDLE_PUBLIC_URL": "https://coach.example.com",
}
"""What a process for many workspaces is told; the key is nobody's."""

ROWS = (
    Row("migrate", ("migrate",), says="The database is at revision"),
    Row(
        "migrate --copy sqlite:///huddle.db postgresql://…",
        ("migrate", "--copy", "sqlite:///huddle.db", "sqlite:///new.db"),  # a server may not be here: tests/storage
        says="has all that is in",
    ),
    Row("backup( FILE| kept.db| /backups/kept.db)?", ("backup", "fresh.db"), says="fresh.db is whole"),
    Row("restore( FILE| kept.db)?", ("restore", "kept.db"), says="is as it was in kept.db"),
    Row("deliveries", ("deliveries",), says="reached tomorrow"),
    Row("deliveries retry in:7", ("deliveries", "retry", "in:7"), 1, "in:7 is not set aside"),
    Row("deliveries retry out:15", ("deliveries", "retry", "out:15"), 1, "out:15 has not failed"),
    Row("deliveries retry all", ("deliveries", "retry", "all"), says="0 will be tried again"),
    Row(r"coach why( \[name\]| Ana)?", ("coach", "why", "Ana"), says="Ana Sousa (North): nothing was asked yet."),
    Row(
        "team apply( /?team.yaml( --workspace T0123ABCD)?)?",
        ("team", "apply", "team.yaml", "--workspace", "T1"),
        says="North: up to date.",
    ),
    Row("export( U0123ANA folder)?", ("export", "U0ANA", "folder"), says="folder/"),
    Row("erase( U0123ANA)?", ("erase", "U0ANA", "--yes"), says="Erased: "),
    Row("rotate-keys", ("rotate-keys",), says="0 installations sealed with the first key", settings=MANY),
    Row("admin list", ("admin", "list"), says="No workspace is known yet"),
    Row(
        "admin add U0123NINA",  # a workspace is known once it was connected to, so here it is named
        ("admin", "add", "U0123NINA", "--workspace", "T0123ABCD"),
        says="U0123NINA looks after the app in T0123ABCD",
    ),
    Row(
        "simulate --seed 7 --days 5 --reps 8 --workers 2",
        ("simulate", "--seed", "7", "--days", "1", "--reps", "2", "--workers", "2"),  # a smaller world
        says="trace ",
    ),
    Row("demo( --script)?", ("demo", "--help"), says="--script"),  # `make script` is run by CI as it is
)

WITH_SLACK = ("run", "doctor")
"""These are run against a Slack stand-in."""
