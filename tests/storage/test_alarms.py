"""Alarms: in the order in which they are due, each taken by one worker, one of a kind for a subject."""

from __future__ import annotations

from datetime import timedelta

from bot.ports.storage import Alarm, AlarmKind, Store
from storage.sqlite import SqliteStorage
from tests.storage.rows import AT

SOON, LATER, LAST = (AT + timedelta(minutes=m) for m in (5, 10, 15))


def alarms(*given: tuple[AlarmKind, str, object]) -> list[Alarm]:
    return [Alarm(kind, subject, at) for kind, subject, at in given]  # type: ignore[arg-type]


async def keep(storage: SqliteStorage, *given: Alarm) -> None:
    def work(store: Store) -> None:
        for alarm in given:
            store.alarms.set(alarm)

    await storage.write(work)


async def test_what_is_due_comes_the_most_overdue_first_and_nothing_that_is_still_to_come(
    storage: SqliteStorage,
) -> None:
    third, first, second, ahead = alarms(
        (AlarmKind.CHECK, "a", LATER),
        (AlarmKind.CHECKIN, "a", AT),
        (AlarmKind.EXPIRY, "b", SOON),
        (AlarmKind.NUDGE, "m", LAST),
    )
    await keep(storage, third, first, second, ahead)
    assert await storage.read(lambda s: s.alarms.due(LATER, 10)) == [first, second, third]
    assert await storage.read(lambda s: s.alarms.due(LATER, 2)) == [first, second]
    assert await storage.read(lambda s: s.alarms.due(AT - timedelta(microseconds=1), 10)) == []


async def test_the_next_one_is_the_earliest_whether_due_or_not(storage: SqliteStorage) -> None:
    assert await storage.read(lambda s: s.alarms.next()) is None
    later, sooner = alarms((AlarmKind.CHECK, "a", LAST), (AlarmKind.CHECK, "b", SOON))
    await keep(storage, later, sooner)
    assert await storage.read(lambda s: s.alarms.next()) == sooner


async def test_there_is_one_of_a_kind_for_a_subject_and_the_newest_counts(storage: SqliteStorage) -> None:
    first, second = alarms((AlarmKind.SUMMARY, "north:maria", SOON), (AlarmKind.SUMMARY, "north:maria", LATER))
    await keep(storage, first)
    await keep(storage, second)
    assert await storage.read(lambda s: s.alarms.due(LAST, 10)) == [second]
    assert await storage.read(lambda s: s.alarms.get(AlarmKind.SUMMARY, "north:maria")) == second


async def test_a_subject_may_have_one_of_each_kind(storage: SqliteStorage) -> None:
    both = alarms((AlarmKind.CHECKIN, "x", SOON), (AlarmKind.EXPIRY, "x", SOON))
    await keep(storage, *both)
    assert set(await storage.read(lambda s: s.alarms.due(LAST, 10))) == set(both)


async def test_only_one_worker_takes_it(storage: SqliteStorage) -> None:
    (alarm,) = alarms((AlarmKind.CHECK, "m1", AT))
    await keep(storage, alarm)
    assert await storage.write(lambda s: s.alarms.take(alarm))
    assert not await storage.write(lambda s: s.alarms.take(alarm))
    assert await storage.read(lambda s: s.alarms.next()) is None


async def test_one_that_was_moved_meanwhile_is_not_taken(storage: SqliteStorage) -> None:
    seen, moved = alarms((AlarmKind.CHECK, "m1", AT), (AlarmKind.CHECK, "m1", LATER))
    await keep(storage, moved)
    assert not await storage.write(lambda s: s.alarms.take(seen))
    assert await storage.read(lambda s: s.alarms.next()) == moved


async def test_one_that_was_taken_can_be_set_again_in_the_same_transaction(storage: SqliteStorage) -> None:
    """As the tick does: take the morning's alarm, set the next morning's."""
    today, tomorrow = alarms((AlarmKind.CHECKIN, "ana", AT), (AlarmKind.CHECKIN, "ana", AT + timedelta(days=1)))
    await keep(storage, today)

    def work(store: Store) -> bool:
        assert store.alarms.get(AlarmKind.CHECKIN, "ana") == today
        taken = store.alarms.take(today)
        assert store.alarms.get(AlarmKind.CHECKIN, "ana") is None
        store.alarms.set(tomorrow)
        return taken

    assert await storage.write(work)
    assert await storage.read(lambda s: s.alarms.next()) == tomorrow


async def test_clearing_takes_that_one_away_and_no_other(storage: SqliteStorage) -> None:
    gone, other_kind, other_subject = alarms(
        (AlarmKind.CHECK, "m1", SOON), (AlarmKind.EXPIRY, "m1", LATER), (AlarmKind.CHECK, "m2", LAST)
    )
    await keep(storage, gone, other_kind, other_subject)

    def work(store: Store) -> None:
        assert store.alarms.get(AlarmKind.CHECK, "m1") == gone
        store.alarms.clear(AlarmKind.CHECK, "m1")
        assert store.alarms.get(AlarmKind.CHECK, "m1") is None
        store.alarms.clear(AlarmKind.CHECK, "never-set")

    await storage.write(work)
    assert await storage.read(lambda s: s.alarms.due(LAST, 10)) == [other_kind, other_subject]


async def test_what_is_due_is_found_by_an_index(sqlite_storage: SqliteStorage) -> None:
    def plan(store: object) -> str:
        session = store.session  # type: ignore[attr-defined]
        query = "EXPLAIN QUERY PLAN SELECT * FROM alarm WHERE at <= '2026-11-23' ORDER BY at LIMIT 200"
        return " ".join(str(row) for row in session.connection().exec_driver_sql(query))

    told = await sqlite_storage.read(plan)
    assert "ix_alarm_at" in told
    assert "SCAN" not in told
