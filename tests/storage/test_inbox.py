"""The inbox: each event once, each person's in order and one at a time, and forgotten when it is done.

Claims are numbered: a worker whose lease ran out, and whose event another has taken, changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.errors import Changed
from bot.ports.queues import Claimed, Incoming
from bot.ports.storage import Alarm, AlarmKind, Store
from storage.inbox import FAR
from storage.open import AnyStorage
from storage.store import SqlStore
from tests.storage.rows import AT, WORKSPACE

LEASE = timedelta(seconds=60)
LATER = AT + timedelta(minutes=2)


def event(key: str, user: str = "UANA", workspace: str = WORKSPACE, said: float = 0.0, **payload: Any) -> Incoming:
    words = {"kind": "message", "text": f"words of {key}", "ts": key}
    return Incoming(key, workspace, user, words | payload, AT, said)


async def keep(storage: AnyStorage, *events: Incoming) -> None:
    assert all(await storage.write(lambda s: s.inbox.add(events)))


async def claim(storage: AnyStorage, at: datetime = AT, count: int = 10) -> Sequence[Claimed]:
    return await storage.write(lambda s: s.inbox.claim(at, at + LEASE, count))


def keys(claimed: Sequence[Claimed]) -> list[str]:
    return [one.incoming.key for one in claimed]


async def column(storage: AnyStorage, inbox_id: int, name: str) -> Any:
    def work(store: object) -> Any:
        assert isinstance(store, SqlStore)
        return store.session.connection().exec_driver_sql(f"SELECT {name} FROM inbox WHERE id = {inbox_id}").scalar()

    return await storage.read(work)


async def test_an_event_that_was_delivered_twice_is_kept_once(storage: AnyStorage) -> None:
    await keep(storage, event("1"))
    assert await storage.write(lambda s: s.inbox.add([event("1", text="other words")])) == [False]
    (claimed,) = await claim(storage)
    assert claimed.incoming == event("1")


async def test_an_event_that_is_done_is_still_known(storage: AnyStorage) -> None:
    await keep(storage, event("1"))
    (claimed,) = await claim(storage)
    await storage.write(lambda s: s.inbox.done(claimed))
    assert await storage.write(lambda s: s.inbox.add([event("1")])) == [False]
    assert await claim(storage, LATER) == []


# -- several at once


async def test_what_arrives_together_is_kept_together_and_each_is_told_whether_it_is_new(
    storage: AnyStorage,
) -> None:
    await keep(storage, event("1"))
    events = [event("2"), event("1"), event("3"), event("2", text="the same, in the same breath")]
    assert await storage.write(lambda s: s.inbox.add(events)) == [True, False, True, False]
    assert "words of 2" in str(await column(storage, 2, "payload"))


async def test_nothing_to_keep_is_nothing_kept(storage: AnyStorage) -> None:
    assert await storage.write(lambda s: s.inbox.add([])) == []
    assert await storage.read(lambda s: s.inbox.waiting()) == 0


async def test_what_arrives_together_stays_in_the_order_in_which_it_arrived(storage: AnyStorage) -> None:
    """Of different people, whoever came first: they are worked on in that order."""
    people = [f"U{n:03}" for n in range(150)]
    await keep(storage, *(event(user, user) for user in people))
    assert keys(await claim(storage, count=150)) == people


async def test_a_key_is_known_whatever_became_of_its_event(storage: AnyStorage) -> None:
    await keep(storage, event("1"))
    assert await storage.read(lambda s: (s.inbox.knows("1"), s.inbox.knows("2"))) == (True, False)
    (claimed,) = await claim(storage)
    await storage.write(lambda s: s.inbox.done(claimed))
    assert await storage.read(lambda s: s.inbox.knows("1"))


# -- whose turn it is


async def test_a_persons_events_are_worked_on_in_the_order_in_which_they_were_said(storage: AnyStorage) -> None:
    """Slack may deliver them in another: the edit before the message, the answer to a retry after the next."""
    await keep(storage, event("third", said=1700000003.0), event("first", said=1700000000.0001))
    await keep(storage, event("second", said=1700000000.0002))
    for key in ("first", "second", "third"):
        (claimed,) = await claim(storage)
        assert claimed.incoming.key == key
        await storage.write(lambda s, claimed=claimed: s.inbox.done(claimed))  # type: ignore[misc]


async def test_what_was_said_at_the_same_moment_goes_by_arrival(storage: AnyStorage) -> None:
    await keep(storage, event("z", said=7.0), event("a", said=7.0))
    assert keys(await claim(storage)) == ["z"]


async def test_an_earlier_event_that_comes_late_waits_for_the_one_that_is_worked_on(storage: AnyStorage) -> None:
    await keep(storage, event("later", said=9.0))
    (later,) = await claim(storage)
    await keep(storage, event("earlier", said=8.0), event("last", said=10.0))
    assert await claim(storage) == []
    await storage.write(lambda s: s.inbox.done(later))
    assert keys(await claim(storage)) == ["earlier"]


async def test_an_event_whose_lease_ended_waits_for_an_earlier_one_that_came_meanwhile(
    storage: AnyStorage,
) -> None:
    await keep(storage, event("later", said=9.0))
    (later,) = await claim(storage)
    await keep(storage, event("earlier", said=8.0))
    (earlier,) = await claim(storage, LATER)
    assert earlier.incoming.key == "earlier"
    assert await claim(storage, LATER) == []
    await storage.write(lambda s: s.inbox.done(earlier))
    (again,) = await claim(storage, LATER)
    assert (again.id, again.attempts) == (later.id, 2)


async def test_an_earlier_event_that_waits_holds_back_a_later_one_that_does_not(storage: AnyStorage) -> None:
    await keep(storage, event("later", said=9.0), event("earlier", said=8.0))
    (earlier,) = await claim(storage)
    await storage.write(lambda s: s.inbox.retry(earlier, LATER, "slack did not answer", failed=False))
    assert await claim(storage) == []
    assert keys(await claim(storage, LATER)) == ["earlier"]


async def test_each_person_gets_only_their_oldest_and_the_oldest_person_first(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"), event("a2"), event("c1", "UCY"), event("b2", "UBEN"))
    assert keys(await claim(storage)) == ["a1", "b1", "c1"]
    assert keys(await claim(storage)) == []


async def test_the_same_user_id_in_another_workspace_is_another_person(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("x1", workspace="T02OTHER"))
    assert keys(await claim(storage)) == ["a1", "x1"]


async def test_no_more_than_asked_for_is_claimed(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"), event("c1", "UCY"))
    assert keys(await claim(storage, count=2)) == ["a1", "b1"]
    assert keys(await claim(storage, count=2)) == ["c1"]


async def test_the_next_one_follows_when_the_one_before_is_done(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage)
    await storage.write(lambda s: s.inbox.done(first))
    assert keys(await claim(storage)) == ["a2"]


async def test_an_event_whose_lease_ended_is_taken_again(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage)
    assert keys(await claim(storage, AT + LEASE - timedelta(microseconds=1))) == []
    (again,) = await claim(storage, AT + LEASE)
    assert (again.id, again.attempts) == (first.id, 2)


async def test_an_event_that_waits_holds_up_those_that_follow_it(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("a2"), event("b1", "UBEN"))
    first = (await claim(storage, count=1))[0]
    await storage.write(lambda s: s.inbox.retry(first, LATER, "slack did not answer", failed=False))
    assert await column(storage, first.id, "reason") == "slack did not answer"
    (other,) = await claim(storage)
    assert other.incoming.key == "b1"
    await storage.write(lambda s: s.inbox.done(other))
    assert keys(await claim(storage, LATER - timedelta(microseconds=1))) == []
    (again,) = await claim(storage, LATER)
    assert (again.incoming.key, again.attempts) == ("a1", 2)


async def test_an_event_that_was_set_aside_lets_the_next_pass_and_stays_with_its_reason(
    storage: AnyStorage,
) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage)
    await storage.write(lambda s: s.inbox.set_aside(first, "KeyError"))
    assert keys(await claim(storage, LATER)) == ["a2"]
    assert await column(storage, first.id, "state") == "aside"
    assert await column(storage, first.id, "reason") == "KeyError"


# -- what went wrong


async def test_only_our_own_errors_count_as_failures(storage: AnyStorage) -> None:
    await keep(storage, event("a1"))
    for n, failed in enumerate((True, False, True)):
        (claimed,) = await claim(storage, AT + n * LEASE)
        assert claimed.attempts == n + 1
        at = AT + (n + 1) * LEASE
        await storage.write(lambda s, c=claimed, at=at, failed=failed: s.inbox.retry(c, at, "why", failed=failed))  # type: ignore[misc]
    (claimed,) = await claim(storage, AT + 3 * LEASE)
    assert (claimed.attempts, claimed.failures) == (4, 2)
    await storage.write(lambda s: s.inbox.set_aside(claimed, "KeyError"))
    assert await column(storage, claimed.id, "failures") == 3


async def test_an_event_that_was_set_aside_can_be_taken_up_again_with_its_words(storage: AnyStorage) -> None:
    await keep(storage, event("a1"))
    (first,) = await claim(storage)
    await storage.write(lambda s: s.inbox.set_aside(first, "KeyError"))
    assert await claim(storage, LATER) == []
    assert await storage.write(lambda s: s.inbox.take_up(first.id))
    (again,) = await claim(storage, LATER)
    assert (again.incoming, again.attempts, again.failures) == (event("a1"), 2, 0)


async def test_an_event_that_waited_and_was_set_aside_waits_no_more_when_it_is_taken_up(
    storage: AnyStorage,
) -> None:
    await keep(storage, event("a1"))
    (first,) = await claim(storage)
    await storage.write(lambda s: s.inbox.retry(first, LATER, "KeyError", failed=True))
    (second,) = await claim(storage, LATER)
    await storage.write(lambda s: s.inbox.set_aside(second, "KeyError"))
    assert await storage.write(lambda s: s.inbox.take_up(first.id))
    assert keys(await claim(storage, AT)) == ["a1"]


@pytest.mark.parametrize("state", ["waiting", "working", "done", "never there"])
async def test_only_what_was_set_aside_can_be_taken_up(storage: AnyStorage, state: str) -> None:
    if state != "never there":
        await keep(storage, event("a1"))
    if state in ("working", "done"):
        (claimed,) = await claim(storage)
        if state == "done":
            await storage.write(lambda s: s.inbox.done(claimed))
    assert not await storage.write(lambda s: s.inbox.take_up(1))
    assert await column(storage, 1, "state") == (None if state == "never there" else state)


# -- a clock that went back


@pytest.mark.parametrize("ahead", [timedelta(minutes=16), timedelta(hours=3), timedelta(days=400)])
async def test_a_lease_of_a_later_clock_ends_soon(storage: AnyStorage, ahead: timedelta) -> None:
    await keep(storage, event("a1"))
    await claim(storage, AT + ahead)
    await storage.write(lambda s: s.inbox.clock_went_back(AT, AT + LEASE))
    assert await claim(storage, AT) == []
    assert keys(await claim(storage, AT + LEASE)) == ["a1"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=16), timedelta(hours=3), timedelta(days=400)])
async def test_a_wait_of_a_later_clock_is_over(storage: AnyStorage, ahead: timedelta) -> None:
    await keep(storage, event("a1"), event("a2"))
    (first,) = await claim(storage, count=1)
    await storage.write(lambda s: s.inbox.retry(first, AT + ahead, "slack did not answer", failed=False))
    await storage.write(lambda s: s.inbox.clock_went_back(AT, AT + LEASE))
    assert keys(await claim(storage, AT)) == ["a1"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(minutes=14)])
async def test_a_clock_that_went_back_holds_nothing_for_longer_than_a_quarter_of_an_hour(
    storage: AnyStorage, ahead: timedelta
) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"))
    (_, b) = await claim(storage, AT + ahead)
    await storage.write(lambda s: s.inbox.retry(b, AT + ahead, "slack did not answer", failed=False))
    await storage.write(lambda s: s.inbox.clock_went_back(AT, AT + LEASE))
    assert keys(await claim(storage, AT + FAR)) == ["a1", "b1"]
    assert timedelta(minutes=15) == FAR


async def test_a_clock_that_went_back_leaves_alone_what_is_not_open(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"))
    a, b = await claim(storage, AT)
    await storage.write(lambda s: s.inbox.done(a))
    await storage.write(lambda s: s.inbox.set_aside(b, "KeyError"))
    await storage.write(lambda s: s.inbox.clock_went_back(AT - timedelta(days=1), AT))
    assert [await column(storage, n, "state") for n in (a.id, b.id)] == ["done", "aside"]
    assert await claim(storage, AT - timedelta(days=1)) == []


# -- what is forgotten


async def test_what_was_written_is_forgotten_when_it_is_done(storage: AnyStorage) -> None:
    await keep(storage, event("a1"))
    (first,) = await claim(storage)
    assert "words of a1" in str(await column(storage, first.id, "payload"))
    await storage.write(lambda s: s.inbox.done(first))
    assert await column(storage, first.id, "payload") in (None, "null")
    assert await column(storage, first.id, "state") == "done"


async def test_a_worker_that_comes_too_late_does_not_bring_back_what_is_done(storage: AnyStorage) -> None:
    """A laptop that slept: the lease ended, another took the event and finished it."""
    await keep(storage, event("a1"))
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, LATER)
    await storage.write(lambda s: s.inbox.done(quick))
    await storage.write(lambda s: s.inbox.retry(slow, LATER, "the conversation moved on meanwhile", failed=True))
    assert await claim(storage, LATER + LEASE) == []
    await storage.write(lambda s: s.inbox.set_aside(slow, "KeyError"))
    assert await column(storage, slow.id, "state") == "done"
    assert await column(storage, slow.id, "failures") == 0


@pytest.mark.parametrize("meanwhile", ["it is worked on", "it is done", "it waits again", "it was set aside"])
async def test_the_effect_of_a_worker_whose_event_another_took_is_undone(storage: AnyStorage, meanwhile: str) -> None:
    """Both would answer the message: only the one that holds it may."""
    await keep(storage, event("a1"))
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, LATER)
    if meanwhile == "it is done":
        await storage.write(lambda s: s.inbox.done(quick))
    elif meanwhile == "it waits again":
        await storage.write(lambda s: s.inbox.retry(quick, LATER, "slack did not answer", failed=False))
    elif meanwhile == "it was set aside":
        await storage.write(lambda s: s.inbox.set_aside(quick, "KeyError"))
    before = await column(storage, slow.id, "state")

    def answer(store: Store) -> None:
        store.alarms.set(Alarm(AlarmKind.CHECK, "m1", AT))
        store.inbox.done(slow)

    with pytest.raises(Changed):
        await storage.write(answer)
    assert await storage.read(lambda s: s.alarms.next()) is None
    assert await column(storage, slow.id, "state") == before


async def test_a_worker_whose_lease_ended_and_whose_event_nobody_took_can_still_finish_it(
    storage: AnyStorage,
) -> None:
    await keep(storage, event("a1"))
    (slow,) = await claim(storage)
    assert await claim(storage, AT + LEASE / 2) == []
    await storage.write(lambda s: s.inbox.done(slow))
    assert await column(storage, slow.id, "state") == "done"


async def test_what_a_late_worker_says_leaves_the_claim_of_the_other_alone(storage: AnyStorage) -> None:
    await keep(storage, event("a1"))
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, LATER)
    await storage.write(lambda s: s.inbox.retry(slow, AT, "slack did not answer", failed=True))
    await storage.write(lambda s: s.inbox.set_aside(slow, "KeyError"))
    assert await claim(storage, LATER) == []
    await storage.write(lambda s: s.inbox.done(quick))


async def test_a_message_that_was_deleted_in_slack_loses_its_words_wherever_it_waits(storage: AnyStorage) -> None:
    await keep(
        storage,
        event("1", text="to be erased", ts="7.1"),
        event("2", text="stays", ts="7.2"),
        event("3", "UBEN", text="to be erased", ts="7.1"),
        event("4", workspace="T02OTHER", text="elsewhere", ts="7.1"),
    )
    aside = next(one for one in await claim(storage, count=2) if one.incoming.slack_user == "UBEN")
    await storage.write(lambda s: s.inbox.set_aside(aside, "poison"))
    await storage.write(lambda s: s.inbox.erase_text(WORKSPACE, "7.1"))
    assert "to be erased" not in str([await column(storage, n, "payload") for n in (1, 2, 3, 4)])
    assert "elsewhere" in str(await column(storage, 4, "payload"))
    first = next(one for one in await claim(storage, LATER) if one.incoming.key == "1")
    assert first.incoming.payload["erased"] is True
    assert first.incoming.payload["ts"] == "7.1"


async def test_what_waits_and_what_is_worked_on_counts_and_nothing_else(storage: AnyStorage) -> None:
    await keep(storage, event("a1"), event("b1", "UBEN"), event("c1", "UCY"), event("a2"))
    a, b, _ = await claim(storage)
    assert await storage.read(lambda s: s.inbox.waiting()) == 4
    await storage.write(lambda s: s.inbox.done(a))
    await storage.write(lambda s: s.inbox.set_aside(b, "poison"))
    assert await storage.read(lambda s: s.inbox.waiting()) == 2
