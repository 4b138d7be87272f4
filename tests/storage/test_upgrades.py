"""A database of an earlier version, with people's lives in it, is brought to this one and nothing in it is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from bot.domain.people import Team
from storage.address import parse
from storage.mapping import to_document
from storage.migrate import config, engine_of, migrate, newest
from storage.open import open_storage

NORTH = Team("north", "T1", "North", "Europe/Berlin", "C1")
MOMENT = "2026-11-20 08:45:00"
OLD_TEAM = {name: value for name, value in to_document(NORTH).items() if name not in {"holidays", "channel_trouble"}}
"""A team as the earlier versions wrote it."""
PERSON = "INSERT INTO person (id, workspace, slack_id, name, zone, rep_of, focus, enrolled_on) VALUES "
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("INSERT INTO team (id, workspace, name, doc) VALUES ('north', 'T1', 'North', :doc)", {"doc": OLD_TEAM}),
    (PERSON + "('maria', 'T1', 'UMARIA', 'Maria Kern', 'Europe/Berlin', NULL, NULL, '2026-11-20')", {}),
    (PERSON + "('ana', 'T1', 'UANA', 'Ana Sousa', 'Europe/Lisbon', 'north', NULL, '2026-11-20')", {}),
    ("INSERT INTO manager (team_id, person_id, position) VALUES ('north', 'maria', 0)", {}),
    (
        (
            "INSERT INTO checkin (id, person_id, local_date, number, opened_at, stage, version, doc) VALUES "
            "('c1', 'ana', '2026-11-20', 1, :at, 'committed', 3, :doc)"
        ),
        {"at": MOMENT, "doc": {"words": "old"}},
    ),
    (
        (
            'INSERT INTO turn (id, checkin_id, person_id, at, text, "before", reading) VALUES '
            "('t1', 'c1', 'ana', :at, 'call Anna', :doc, :doc)"
        ),
        {"at": MOMENT, "doc": {}},
    ),
    (
        (
            "INSERT INTO commitment "
            "(id, workspace, person_id, team_id, action, due_at, made_at, moves, shared, version) VALUES "
            "('k1', 'T1', 'ana', 'north', 'call Anna', :at, :at, 0, :no, 1)"
        ),
        {"at": MOMENT, "no": False},
    ),
    (
        (
            "INSERT INTO summary (team_id, manager_id, local_date, key, fingerprint, number, posted_at) VALUES "
            "('north', 'maria', '2026-11-20', 'summary:1', 'f', 2, :at)"
        ),
        {"at": MOMENT},
    ),
)


def of_version(address: str, revision: str) -> None:
    """Make a database as the version with that revision left it, with a team at work in it."""
    engine = engine_of(parse(address))
    with engine.begin() as connection:
        alembic = config()
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, revision)
    with engine.begin() as connection:
        for statement, values in ROWS:
            plain = {name: json.dumps(one) if isinstance(one, dict) else one for name, one in values.items()}
            connection.execute(text(statement), plain)
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
async def test_everybody_and_everything_is_there_after_it(
    revision: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = str(tmp_path / "huddle.db") if kind == "sqlite" else request.getfixturevalue("bare_postgres")
    of_version(address, revision)
    assert migrate(address) == (revision, newest())
    storage = open_storage(address, upgrade=False)
    try:
        team = await storage.read(lambda s: s.people.team("north"))
        ana = await storage.read(lambda s: s.people.get("ana"))
        assert team == NORTH
        assert (ana.name, ana.rep_of, ana.left_at, ana.guest) == ("Ana Sousa", "north", None, False)
        assert [one.id for one in await storage.read(lambda s: s.people.managers("north"))] == ["maria"]
        assert [one.action for one in await storage.read(lambda s: s.commitments.of("ana", 5))] == ["call Anna"]
        seen = await storage.read(lambda s: s.coachings.summary("north", "maria", date(2026, 11, 20)))
        assert seen is not None
        assert (seen.number, seen.reader_id) == (2, None)
        kept = await storage.read(lambda s: s.records.of(ana))
        assert [len(kept[one]) for one in ("check_ins", "messages", "commitments")] == [1, 1, 1]
    finally:
        storage.close()
