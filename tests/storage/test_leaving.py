"""A workspace that leaves: its messages, alarms, and in the end all of it; and nothing of another, whatever the ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel, insert, select

from bot.domain.workspace import Workspace
from bot.ports.messages import Lane, Message, Op, Outgoing, Rendered
from bot.ports.queues import Incoming
from bot.ports.storage import Alarm, AlarmKind, Store
from storage.leaving import OWNED
from storage.open import AnyStorage
from storage.store import SqlStore
from storage.tables import AlarmRow, OAuthStateRow, OutboxRow
from tests.storage.rows import ANA, AT, BEN, DAY, MARIA, NORTH, WORKSPACE, a_checkin, a_commitment
from tests.storage.test_copy import row_of
from tests.storage.test_installations import NORTH as INSTALLED

OTHER = "T02OTHER"
OURS, THEIRS = "_", "x"
"""What the ids end in: ours in a sign that means "anything" where text is compared by pattern."""


def fill(store: Store, workspace: str, mark: str) -> None:
    """A workspace with something of every kind in it; ours differ only by their mark."""
    team = replace(NORTH, id=f"north{mark}", workspace=workspace)
    people = [
        replace(p, id=f"{p.id}{mark}", workspace=workspace, rep_of=p.rep_of and team.id) for p in (MARIA, ANA, BEN)
    ]
    maria, ana, _ = people
    store.people.save_team(team)
    for person in people:
        store.people.add(person, DAY)
    store.people.set_managers(team.id, [maria.id])
    checkin = replace(a_checkin(f"c{mark}", ana), workspace=workspace, team_id=team.id)
    store.checkins.add(checkin)
    commitment = replace(a_commitment(f"m{mark}", ana), workspace=workspace, team_id=team.id, checkin_id=checkin.id)
    store.commitments.add(commitment)
    store.workspaces.save(Workspace(workspace, name=workspace))
    store.installations.save(replace(INSTALLED, id=workspace))
    payload = {"kind": "message", "text": "words"}
    store.inbox.add([Incoming(f"{workspace}:D1:1", workspace, "UANA", payload, AT)])
    for number, state in enumerate(("waiting", "sending", "sent")):
        outgoing = Outgoing(
            f"{state}{mark}", workspace, f"U{number}", Lane.REPLY, Message("x"), AT, AT + timedelta(days=1)
        )
        store.outbox.add(outgoing, Rendered("words", [{"type": "divider"}]), f"d{state}{mark}", AT)
    for kind, subject in (
        (AlarmKind.CHECKIN, ana.id), (AlarmKind.EXPIRY, checkin.id), (AlarmKind.CHECK, commitment.id),
        (AlarmKind.SUMMARY, f"{team.id}:{maria.id}"), (AlarmKind.NUDGE, maria.id), (AlarmKind.WINS, team.id),
        (AlarmKind.SWEEP, workspace), (AlarmKind.CLEANING, workspace),
    ):  # fmt: skip
        store.alarms.set(Alarm(kind, subject, AT))


def both(store: Store) -> None:
    fill(store, WORKSPACE, OURS)
    fill(store, OTHER, THEIRS)
    assert isinstance(store, SqlStore)
    for delivery in store.outbox.claim(AT, AT + timedelta(seconds=45), 9):
        if delivery.key.startswith("sent"):
            store.outbox.sent(delivery, "D1", "1.1")
        elif delivery.key.startswith("waiting"):
            store.outbox.retry(delivery, AT, "later")


def rows(store: Store, mark: str) -> dict[str, tuple[str, str, str | None]]:
    assert isinstance(store, SqlStore)
    found = store.session.exec(select(OutboxRow)).all()
    return {r.key: (r.state, r.text, r.reason) for r in found if r.key.endswith(mark)}


def alarms(store: Store) -> set[tuple[AlarmKind, str]]:
    return {(alarm.kind, alarm.subject) for alarm in store.alarms.due(AT, 99)}


async def test_what_waits_is_skipped_and_nobody_is_woken(storage: AnyStorage) -> None:
    await storage.write(both)
    before, others = await storage.read(lambda s: rows(s, THEIRS)), await storage.read(alarms)
    assert await storage.write(lambda s: s.leaving.silence(WORKSPACE, "it left", AT)) == 2
    assert await storage.read(lambda s: rows(s, OURS)) == {
        "waiting_": ("skipped", "", "it left"),
        "sending_": ("skipped", "", "it left"),
        "sent_": ("sent", "", None),
    }
    assert await storage.read(lambda s: rows(s, THEIRS)) == before
    left = {one for one in others if one[1].endswith(THEIRS) or one[1] == OTHER}
    assert await storage.read(alarms) == left | {(AlarmKind.CLEANING, WORKSPACE)}
    assert len(left) == 8


async def test_what_a_worker_has_in_its_hands_stays_skipped(storage: AnyStorage) -> None:
    await storage.write(both)
    claimed = await storage.write(lambda s: s.outbox.claim(AT + timedelta(minutes=2), AT + timedelta(minutes=3), 9))
    mine = next(one for one in claimed if one.workspace == WORKSPACE and one.op is Op.POST)
    await storage.write(lambda s: s.leaving.silence(WORKSPACE, "it left", AT))
    await storage.write(lambda s: s.outbox.failed(mine, "account_inactive", AT))
    assert (await storage.read(lambda s: rows(s, OURS)))[mine.key] == ("skipped", "", "it left")


def counts(store: Store) -> dict[str, int]:
    assert isinstance(store, SqlStore)
    return {t.name: len(store.session.connection().execute(t.select()).all()) for t in SQLModel.metadata.sorted_tables}


async def test_all_of_one_workspace_goes_and_nothing_of_the_other(storage: AnyStorage) -> None:
    await storage.write(lambda s: fill(s, OTHER, THEIRS))
    alone = await storage.read(counts)
    woken = await storage.read(alarms)
    await storage.write(lambda s: fill(s, WORKSPACE, OURS))
    erased = await storage.write(lambda s: s.leaving.erase(WORKSPACE))
    assert await storage.read(counts) == alone
    assert await storage.read(alarms) == woken
    expected = {"alarm": 8, "person": 3, "team": 1, "outbox": 3, "inbox": 1, "checkin": 1, "commitment": 1}
    assert {table: erased[table] for table in expected} == expected
    assert await storage.write(lambda s: s.leaving.erase(WORKSPACE)) == dict.fromkeys(erased, 0)


def test_every_table_is_thought_of() -> None:
    """A new table of ours belongs in `storage.leaving`, unless nothing in it is any workspace's."""
    rows: list[type[SQLModel]] = [*OWNED, AlarmRow, OAuthStateRow]
    known = {str(row.__tablename__) for row in rows}
    assert known == {table.name for table in SQLModel.metadata.sorted_tables}


async def test_every_kind_of_row_goes(storage: AnyStorage) -> None:
    """One row in every table, all of them of one workspace by what they point to."""

    def whole(store: Store) -> None:
        assert isinstance(store, SqlStore)
        for table in SQLModel.metadata.sorted_tables:
            values: dict[str, Any] = row_of(table, 1)
            values |= {name: "1" for name in ("workspace", "person_id", "team_id", "manager_id") if name in values}
            values |= {"subject": "1"} if table.name == "alarm" else {}
            store.session.connection().execute(insert(table).values(values))

    await storage.write(whole)
    await storage.write(lambda s: s.leaving.erase("1"))
    left = {name: count for name, count in (await storage.read(counts)).items() if count}
    assert left == {"oauth_state": 1}
