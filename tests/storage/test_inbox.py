"""The inbox: each event once, each person's in order and one at a time, and forgotten when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.ports.storage import Claimed, Incoming
from storage.sqlite import SqliteStorage, SqlStore
from tests.storage.rows import AT, WORKSPACE

LEASE = timedelta(seconds=60)
LATER = AT + timedelta(minutes=2)


def event(key: str, user: str = "UANA", workspace: str = WORKSPACE, **payload: Any) -> Incoming:
    return Incoming(key, workspace, user, {"kind": "message", "text": f"words of {key}", "ts": key} | payload, AT)


async def keep(storage: SqliteStorage, *events: Incoming) -> None:
    for one in events:
        assert await storage.write(lambda s, one=one: s.inbox.add(one))  # type: ignore[misc]


async def claim(storage: SqliteStorage, at: datetime = AT, count: int = 10) -> Sequence[Claimed]:
    return await storage.write(lambda s: s.inbox.claim(at, at + LEASE, count))


def keys(claimed: Sequence[Claimed]) -> list[str]:
    return [one.incoming.key for one in claimed]


async def column(storage: SqliteStorage, inbox_id: int, name: str) -> Any:
    def work(store: object) -> Any:
        assert isinstance(store, SqlStore)
        return store.session.connection().exec_driver_sql(f"SELECT {name} FROM inbox WHERE id = {inbox_id}").scalar()

    return await storage.read(work)


async def test_an_event_that_was_delivered_twice_is_kept_once(storage: SqliteStorage) -> None:
    await keep(storage, event("1"))
    assert not await storage.write(lambda s: s.inbox.add(event("1", text="other words")))
    (claimed,) = await claim(storage)
    assert claimed.incoming == event("1")


async def test_an_event_that_is_done_is_still_known(storage: SqliteStorage) -> None:
    await keep(storage, event("1"))
    (claimed,) = await claim(storage)
    await storage.write(lambda s: s.inbox.done(claimed.id))
    assert not await storage.write(lambda s: s.inbox.add(event("1")))
    assert await claim(storage, LATER) == []


async def test_each_person_gets_only_their_oldest_and_the_oldest_person_first(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"), event("a2"), event("c1", "UCY"), event("b2", "UBEN"))
    assert keys(await claim(storage)) == ["a1", "b1", "c1"]
    assert keys(await claim(storage)) == []


async def test_the_same_user_id_in_another_workspace_is_another_person(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("x1", workspace="T02OTHER"))
    assert keys(await claim(storage)) == ["a1", "x1"]


async def test_no_more_than_asked_for_is_claimed(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"), event("c1", "UCY"))
    assert keys(await claim(storage, count=2)) == ["a1", "b1"]
    assert keys(await claim(storage, count=2)) == ["c1"]


async def test_the_next_one_follows_when_the_one_before_is_done(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage)
    await storage.write(lambda s: s.inbox.done(first.id))
    assert keys(await claim(storage)) == ["a2"]


async def test_an_event_whose_lease_ended_is_taken_again(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage)
    assert keys(await claim(storage, AT + LEASE - timedelta(microseconds=1))) == []
    (again,) = await claim(storage, AT + LEASE)
    assert (again.id, again.attempts) == (first.id, 2)


async def test_an_event_that_waits_holds_up_those_that_follow_it(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("a2"), event("b1", "UBEN"))
    first = (await claim(storage, count=1))[0]
    await storage.write(lambda s: s.inbox.retry(first.id, LATER, "slack did not answer"))
    assert await column(storage, first.id, "reason") == "slack did not answer"
    (other,) = await claim(storage)
    assert other.incoming.key == "b1"
    await storage.write(lambda s: s.inbox.done(other.id))
    assert keys(await claim(storage, LATER - timedelta(microseconds=1))) == []
    (again,) = await claim(storage, LATER)
    assert (again.incoming.key, again.attempts) == ("a1", 2)


async def test_an_event_that_was_set_aside_lets_the_next_pass_and_stays_with_its_reason(
    storage: SqliteStorage,
) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage)
    await storage.write(lambda s: s.inbox.set_aside(first.id, "KeyError"))
    assert keys(await claim(storage, LATER)) == ["a2"]
    assert await column(storage, first.id, "state") == "aside"
    assert await column(storage, first.id, "reason") == "KeyError"


async def test_what_was_written_is_forgotten_when_it_is_done(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"))
    (first,) = await claim(storage)
    assert "words of a1" in str(await column(storage, first.id, "payload"))
    await storage.write(lambda s: s.inbox.done(first.id))
    assert await column(storage, first.id, "payload") in (None, "null")
    assert await column(storage, first.id, "state") == "done"


async def test_a_worker_that_comes_too_late_does_not_bring_back_what_is_done(storage: SqliteStorage) -> None:
    """A laptop that slept: the lease ended, another took the event and finished it."""
    await keep(storage, event("a1"))
    (slow,) = await claim(storage)
    await claim(storage, LATER)
    await storage.write(lambda s: s.inbox.done(slow.id))
    await storage.write(lambda s: s.inbox.retry(slow.id, LATER, "the conversation moved on meanwhile"))
    assert await claim(storage, LATER + LEASE) == []
    await storage.write(lambda s: s.inbox.set_aside(slow.id, "KeyError"))
    assert await column(storage, slow.id, "state") == "done"


async def test_a_message_that_was_deleted_in_slack_loses_its_words_wherever_it_waits(storage: SqliteStorage) -> None:
    await keep(
        storage,
        event("1", text="to be erased", ts="7.1"),
        event("2", text="stays", ts="7.2"),
        event("3", "UBEN", text="to be erased", ts="7.1"),
        event("4", workspace="T02OTHER", text="elsewhere", ts="7.1"),
    )
    aside = next(one for one in await claim(storage, count=2) if one.incoming.slack_user == "UBEN")
    await storage.write(lambda s: s.inbox.set_aside(aside.id, "poison"))
    await storage.write(lambda s: s.inbox.erase_text(WORKSPACE, "7.1"))
    assert "to be erased" not in str([await column(storage, n, "payload") for n in (1, 2, 3, 4)])
    assert "elsewhere" in str(await column(storage, 4, "payload"))
    first = next(one for one in await claim(storage, LATER) if one.incoming.key == "1")
    assert first.incoming.payload["erased"] is True
    assert first.incoming.payload["ts"] == "7.1"


async def test_what_waits_and_what_is_worked_on_counts_and_nothing_else(storage: SqliteStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"), event("c1", "UCY"), event("a2"))
    a, b, _ = await claim(storage)
    assert await storage.read(lambda s: s.inbox.waiting()) == 4
    await storage.write(lambda s: s.inbox.done(a.id))
    await storage.write(lambda s: s.inbox.set_aside(b.id, "poison"))
    assert await storage.read(lambda s: s.inbox.waiting()) == 2
