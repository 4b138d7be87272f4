"""Years of mornings, written by SQL in the shape in which the product writes them. Nobody in them is real."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.office import WORKSPACE

YEARS = 5


@dataclass(frozen=True)
class Size:
    """How many reps there are, and how many working days behind them."""

    reps: int
    days: int


CHECKIN: dict[str, object] = {
    "id": "@id", "workspace": WORKSPACE, "person_id": "@person", "team_id": "@team", "local_date": "@day", "number": 1,
    "opened_at": "@dayT07:45:00Z", "expires_at": "@dayT16:30:00Z", "stage": "@stage", "asked": "nothing",
    "reviewing": None, "posts": 5, "probes": 2, "tries": 0, "action": "call Anna Weber about the pricing sheet",
    "others": [], "due_at": "@dayT14:00:00Z", "if_then": None, "planned": False, "explained": False,
    "obstacle": "they push back on price", "help_wanted": False, "help_shared": False, "thin": False,
    "answered_at": "@dayT07:47:00Z", "last_key": f"reply:{WORKSPACE}:D@person:11.000200:0",
    "question": "What will be down on paper today, and by when?", "version": 5,
}  # fmt: skip
READING: dict[str, object] = {
    "intent": "commitment", "action": "call Anna Weber about the pricing sheet", "other_actions": [],
    "due": {"start": 40, "end": 46, "moment": "@dayT14:00:00Z", "certainty": "exact"}, "obstacle": None,
    "if_then": None, "help_wanted": False, "thin": False, "tentative": False, "concern": None, "topic": None,
}  # fmt: skip
TEXT = "call Anna Weber about the pricing sheet by 3pm"
REASON = "It is made for work on planning. It has not come up in the last ten working days."

FILLED = "{}"
for mark in ("id", "person", "team", "day", "stage"):
    FILLED = f"replace({FILLED}, '@{mark}', m.{mark})"
ID = "lower(hex(randomblob(16)))"
CLOCK = "m.day || ' {}.000000'"
TS = "strftime('%s', m.day) || '.' || substr('000000' || (m.n * 10 + k.k) % 1000000, -6)"
PLACE = f"'{WORKSPACE}:D' || m.slack || ':' || {TS}"

MORNINGS = f"""
CREATE TEMP TABLE m AS
SELECT {ID} AS id, row_number() OVER () AS n, p.id AS person, p.slack_id AS slack, p.rep_of AS team, d.day,
    CASE WHEN c.luck < 5 THEN 'committed' WHEN c.luck < 7 THEN 'skipped' ELSE 'expired' END AS stage,
    CASE WHEN c.luck < 5 THEN 3 WHEN c.luck < 7 THEN 2 ELSE 0 END AS said
FROM days d CROSS JOIN person p JOIN luck c ON c.k = (p.rowid * 7 + d.n * 3) % 10
WHERE p.rep_of IS NOT NULL ORDER BY d.n, p.rowid
"""
STATEMENTS = (
    f"""INSERT INTO checkin (id, person_id, local_date, number, opened_at, stage, version, doc)
    SELECT m.id, m.person, m.day, 1, {CLOCK.format("07:45:00")}, m.stage, m.said + 1,
    {FILLED.format(":checkin")} FROM m""",
    f"""INSERT INTO turn (id, checkin_id, person_id, at, text, slack_ts, before, reading)
    SELECT {ID}, m.id, m.person, {CLOCK.format("07:47:00")}, :text, {TS}, {FILLED.format(":checkin")},
    replace(:reading, '@day', m.day) FROM m JOIN luck k ON k.k < m.said""",
    f"""INSERT INTO seen_question (person_id, question_id, at, reason, checkin_id)
    SELECT m.person, 'acting-planning-0' || k.k, {CLOCK.format("07:45:00")}, :reason, m.id
    FROM m JOIN luck k ON k.k < max(m.said, 1)""",
    f"""INSERT INTO commitment (id, workspace, person_id, team_id, checkin_id, behaviour_id, action, due_at, made_at,
    moves, outcome, outcome_at, shared, version)
    SELECT {ID}, '{WORKSPACE}', m.person, m.team, m.id, NULL, 'call Anna Weber about the pricing sheet',
    {CLOCK.format("14:00:00")}, {CLOCK.format("07:50:00")}, 0, CASE WHEN m.n % 5 THEN 'done' ELSE 'dropped' END,
    {CLOCK.format("14:10:00")}, 0, 1 FROM m WHERE m.stage = 'committed'""",
    f"""INSERT INTO inbox (key, workspace, slack_user, payload, received_at, state, attempts, said, failures)
    SELECT {PLACE}, '{WORKSPACE}', m.slack, 'null', {CLOCK.format("07:47:00")}, 'done', 1,
    strftime('%s', m.day) + m.n / 1e6, 0 FROM m JOIN luck k ON k.k < m.said""",
    # what a morning sends: the opening, an answer to each message, the yes in its place, the check and its answer
    f"""INSERT INTO outbox (key, workspace, channel, lane, op, target, text, blocks, due_at, expires_at, state,
    attempts, delivery_id, slack_channel, slack_ts, created_at, claimed_at, ended_at)
    SELECT CASE k.k WHEN 0 THEN 'checkin:{WORKSPACE}:' || m.person || ':' || m.day
        ELSE 'reply:' || {PLACE} || ':0' || CASE WHEN k.k > m.said THEN '#' || {ID} ELSE '' END END,
    '{WORKSPACE}', m.slack, k.k = 0, CASE WHEN k.k > m.said THEN 'update' ELSE 'post' END,
    CASE WHEN k.k > m.said THEN 'reply:' || {PLACE} || ':0' END, '', '[]', {CLOCK.format("07:45:00")},
    {CLOCK.format("19:45:00")}, 'sent', 1, {ID}, CASE WHEN k.k > m.said THEN NULL ELSE 'D' || m.slack END,
    CASE WHEN k.k > m.said THEN NULL ELSE {TS} END, {CLOCK.format("07:45:00")}, {CLOCK.format("07:45:01")},
    {CLOCK.format("07:45:01")} FROM m JOIN luck k ON k.k <= m.said + 2 * (m.stage = 'committed')""",
    """INSERT INTO summary (team_id, manager_id, local_date, key, fingerprint, number, posted_at)
    SELECT g.team_id, g.person_id, m.day, 'summary:' || g.team_id || m.day, hex(randomblob(32)), 9,
    m.day || ' 08:30:00.000000' FROM days m CROSS JOIN manager g""",
    # the summary's post and its nine changes
    f"""INSERT INTO outbox (key, workspace, channel, lane, op, target, text, blocks, due_at, expires_at, state,
    attempts, delivery_id, slack_channel, slack_ts, created_at, claimed_at, ended_at)
    SELECT 'summary:{WORKSPACE}:' || g.team_id || ':' || g.person_id || ':' || m.day
        || CASE WHEN k.k THEN '#' || {ID} ELSE '' END,
    '{WORKSPACE}', p.slack_id, 3, CASE WHEN k.k THEN 'update' ELSE 'post' END,
    CASE WHEN k.k THEN 'summary:{WORKSPACE}:' || g.team_id || ':' || g.person_id || ':' || m.day END, '', '[]',
    m.day || ' 08:30:00.000000', m.day || ' 16:30:00.000000', 'sent', 1, {ID},
    CASE WHEN k.k THEN NULL ELSE 'D' || p.slack_id END,
    CASE WHEN k.k THEN NULL ELSE strftime('%s', m.day) || '.0001' END,
    m.day || ' 08:30:00.000000', m.day || ' 08:30:01.000000', m.day || ' 08:30:01.000000'
    FROM days m CROSS JOIN manager g JOIN person p ON p.id = g.person_id JOIN luck k""",
    f"""INSERT INTO nudge (id, workspace, manager_id, local_date, number, why, made_at)
    SELECT {ID}, '{WORKSPACE}', g.person_id, m.day, 1, :reason, m.day || ' 10:15:00.000000'
    FROM days m CROSS JOIN manager g""",
)  # fmt: skip


def write_history(database: Path, size: Size, last: date) -> dict[str, int]:
    """Write the mornings of the enrolled up to `last`; returns how many rows each table has."""
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in ("synchronous=OFF", "journal_mode=WAL", "cache_size=-1500000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TEMP TABLE days (n INTEGER PRIMARY KEY, day TEXT)")
    connection.executemany("INSERT INTO days VALUES (?, ?)", enumerate(map(str, working_days(size.days, last))))
    connection.execute("CREATE TEMP TABLE luck (k INTEGER PRIMARY KEY, luck INTEGER)")
    connection.executemany("INSERT INTO luck VALUES (?, ?)", enumerate((0, 7, 3, 5, 1, 8, 4, 6, 2, 9)))
    connection.execute(MORNINGS)
    values = {"checkin": json.dumps(CHECKIN), "reading": json.dumps(READING), "text": TEXT, "reason": REASON}
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")  # made anew at the end: a sort is quicker than so many insertions
    for statement in STATEMENTS:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, values)
        connection.execute("COMMIT")
    for _, made_by in indexes:
        connection.execute(made_by)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tables = ("checkin", "turn", "commitment", "seen_question", "inbox", "outbox")
    counts = {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables}
    connection.close()
    return counts


def working_days(count: int, last: date) -> list[date]:
    """So many working days, the last one last."""
    days, day = list[date](), last
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]
