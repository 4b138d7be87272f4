"""The outbox: each key once, the urgent first, a channel one message at a time, updates only where they belong.

Claims are numbered, a workspace has a pace, and of what a worker left behind it is not known whether Slack has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.pace import BURST, KEPT_FOR_REPLIES, ONE_COMPLAINT, START
from bot.ports.messages import Delivery, Lane, Message, Op, Outgoing, Rendered
from storage.inbox import FAR
from storage.open import AnyStorage, open_storage
from storage.outbox import EXPIRED, NEVER_POSTED, ONE_A_CHANNEL, SUPERSEDED
from storage.sqlite import SqliteStorage, SqlStore
from tests.storage.rows import AT, WORKSPACE

LEASE = timedelta(seconds=25)
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
NEXT = AT + timedelta(minutes=1)
END = AT + timedelta(hours=8)
NEAR = timedelta(seconds=30)
AT_ONCE = round(START["post"] * (BURST / timedelta(minutes=1)))
"""Posts that may go at once in a workspace that was quiet; so many of them are kept for replies:"""
KEPT = round(AT_ONCE * KEPT_FOR_REPLIES)
BLOCKS: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "Grüß dich 🎯"}}]


async def put(
    storage: AnyStorage,
    key: str,
    channel: str = "UANA",
    lane: Lane = Lane.REPLY,
    *,
    target: str | None = None,
    due_at: datetime = AT,
    expires_at: datetime = END,
    workspace: str = WORKSPACE,
) -> bool:
    """A row whose words name its key."""
    op = Op.POST if target is None else Op.UPDATE
    outgoing = Outgoing(key, workspace, channel, lane, Message("none"), due_at, expires_at, op, target)
    return await storage.write(lambda s: s.outbox.add(outgoing, Rendered(f"words of {key}", BLOCKS), f"d-{key}", AT))


async def claim(storage: AnyStorage, at: datetime = AT, count: int = 10) -> Sequence[Delivery]:
    return await storage.write(lambda s: s.outbox.claim(at, at + LEASE, count))


def keys(claimed: Sequence[Delivery]) -> list[str]:
    return [one.key for one in claimed]


async def send(storage: AnyStorage, claimed: Sequence[Delivery], ts: str = "1.1") -> None:
    for one in claimed:
        await storage.write(lambda s, one=one: s.outbox.sent(one, f"D{one.channel[1:]}", ts))  # type: ignore[misc]


async def column(storage: AnyStorage, key: str, name: str) -> Any:
    def work(store: object) -> Any:
        assert isinstance(store, SqlStore)
        query = f"SELECT {name} FROM outbox WHERE key = '{key}'"
        return store.session.connection().exec_driver_sql(query).scalar()

    return await storage.read(work)


async def state(storage: AnyStorage, key: str) -> tuple[str, str | None]:
    return await column(storage, key, "state"), await column(storage, key, "reason")


# -- claiming


async def test_a_key_is_kept_once_for_ever(storage: AnyStorage) -> None:
    assert await put(storage, "k")
    assert not await put(storage, "k")
    await send(storage, await claim(storage))
    assert not await put(storage, "k")
    assert await claim(storage, NEXT) == []


async def test_a_claimed_row_has_all_that_sending_needs(storage: AnyStorage) -> None:
    await put(storage, "k", expires_at=END)
    (claimed,) = await claim(storage)
    assert claimed == Delivery(
        id=claimed.id,
        key="k",
        workspace=WORKSPACE,
        channel="UANA",
        lane=Lane.REPLY,
        op=Op.POST,
        text="words of k",
        blocks=BLOCKS,
        created_at=AT,
        expires_at=END,
        attempts=1,
        delivery_id="d-k",
        lease_until=AT + LEASE,
    )


async def test_the_more_urgent_lane_goes_first_and_within_a_lane_the_older(storage: AnyStorage) -> None:
    for n, lane in enumerate((Lane.WINS, Lane.SUMMARY, Lane.NUDGE, Lane.MORNING, Lane.MORNING, Lane.REPLY)):
        await put(storage, f"{lane.name}{n}", f"U{n}", lane)
    assert keys(await claim(storage)) == ["REPLY5", "MORNING3", "MORNING4", "NUDGE2", "SUMMARY1", "WINS0"]


async def test_a_channel_is_sent_one_message_at_a_time(storage: AnyStorage) -> None:
    await put(storage, "a1")
    await put(storage, "a2")
    await put(storage, "b1", "UBEN")
    first = await claim(storage)
    assert keys(first) == ["a1", "b1"]
    assert keys(await claim(storage)) == []
    await send(storage, first[:1])
    assert keys(await claim(storage, AT + SECOND)) == ["a2"]


async def test_no_more_than_asked_for_is_claimed(storage: AnyStorage) -> None:
    for n in range(5):
        await put(storage, f"k{n}", f"U{n}")
    assert keys(await claim(storage, count=2)) == ["k0", "k1"]
    assert keys(await claim(storage, count=9)) == ["k2", "k3", "k4"]


async def test_what_is_not_due_yet_waits(storage: AnyStorage) -> None:
    await put(storage, "k", due_at=NEXT)
    assert await storage.read(lambda s: s.outbox.waiting(AT)) == 0
    assert await claim(storage) == []
    assert await storage.read(lambda s: s.outbox.waiting(NEXT)) == 1
    assert keys(await claim(storage, NEXT)) == ["k"]


async def test_what_slack_could_not_take_waits_as_long_as_slack_said(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.retry(first, NEXT, "ratelimited"))
    assert await state(storage, "k") == ("waiting", "ratelimited")
    assert await claim(storage, NEXT - timedelta(microseconds=1)) == []
    (again,) = await claim(storage, NEXT)
    assert (again.attempts, again.text, again.delivery_id) == (2, first.text, first.delivery_id)


async def test_a_row_whose_lease_ended_can_be_claimed_again_and_not_before(storage: AnyStorage) -> None:
    await put(storage, "a1")
    await put(storage, "a2")
    await claim(storage)
    assert await claim(storage, AT + LEASE - timedelta(microseconds=1)) == []
    (again,) = await claim(storage, AT + LEASE)
    assert (again.key, again.attempts, again.lease_until) == ("a1", 2, AT + LEASE + LEASE)


async def test_a_refused_message_stays_with_its_reason_and_is_not_tried_again(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.failed(first, "channel_not_found", AT))
    assert await state(storage, "k") == ("failed", "channel_not_found")
    assert await claim(storage, NEXT) == []


async def test_what_was_sent_keeps_its_place_and_forgets_its_words(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.sent(first, "D1", "1.5"))
    assert await state(storage, "k") == ("sent", None)
    assert await column(storage, "k", "text") == ""
    assert "Grüß" not in str(await column(storage, "k", "blocks"))
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "D1", "1.5")) == "k"
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "D1", "1.6")) is None
    assert await storage.read(lambda s: s.outbox.key_at("T02OTHER", "D1", "1.5")) is None
    assert await storage.read(lambda s: s.outbox.waiting(NEXT)) == 0


@pytest.mark.parametrize("late", ["retry", "failed", "skip"])
async def test_a_sender_that_comes_too_late_does_not_bring_back_what_was_sent(storage: AnyStorage, late: str) -> None:
    """A laptop that slept: the lease ended, the row was claimed again and sent."""
    await put(storage, "k")
    (slow,) = await claim(storage)
    await send(storage, await claim(storage, AT + LEASE))
    if late == "retry":
        await storage.write(lambda s: s.outbox.retry(slow, NEXT, "ratelimited"))
    elif late == "failed":
        await storage.write(lambda s: s.outbox.failed(slow, "timeout", AT))
    else:
        await storage.write(lambda s: s.outbox.skip(slow, "not wanted", AT))
    assert await state(storage, "k") == ("sent", None)


@pytest.mark.parametrize("late", ["retry", "failed", "skip"])
async def test_a_sender_that_comes_too_late_leaves_the_claim_of_another_alone(storage: AnyStorage, late: str) -> None:
    await put(storage, "k")
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, AT + LEASE)
    if late == "retry":
        await storage.write(lambda s: s.outbox.retry(slow, AT, "ratelimited"))
    elif late == "failed":
        await storage.write(lambda s: s.outbox.failed(slow, "timeout", AT))
    else:
        await storage.write(lambda s: s.outbox.skip(slow, "not wanted", AT))
    assert await state(storage, "k") == ("sending", None)
    assert await claim(storage, AT + LEASE) == []
    await storage.write(lambda s: s.outbox.failed(quick, "channel_not_found", AT))
    assert await state(storage, "k") == ("failed", "channel_not_found")


async def test_a_post_of_a_late_sender_counts_because_it_stands_in_slack(storage: AnyStorage) -> None:
    await put(storage, "k")
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, AT + LEASE)
    await storage.write(lambda s: s.outbox.sent(slow, "DANA", "1.5"))
    assert await state(storage, "k") == ("sent", None)
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "DANA", "1.5")) == "k"
    await storage.write(lambda s: s.outbox.retry(quick, NEXT, "ratelimited"))
    assert await state(storage, "k") == ("sent", None)


async def test_a_message_that_was_given_up_and_stands_in_slack_after_all_was_sent(storage: AnyStorage) -> None:
    await put(storage, "k")
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, AT + LEASE)
    await storage.write(lambda s: s.outbox.skip(quick, "not wanted", AT))
    await storage.write(lambda s: s.outbox.sent(slow, "DANA", "1.5"))
    assert await state(storage, "k") == ("sent", None)


async def test_the_place_that_was_told_first_is_the_place_of_a_message(storage: AnyStorage) -> None:
    await put(storage, "k")
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, AT + LEASE)
    await storage.write(lambda s: s.outbox.sent(quick, "DANA", "1.5"))
    await storage.write(lambda s: s.outbox.sent(slow, "DANA", "1.4"))
    assert await column(storage, "k", "slack_ts") == "1.5"


async def test_an_update_of_a_late_sender_does_not_count_while_another_has_it(storage: AnyStorage) -> None:
    """What stands in Slack in the end is what the other writes."""
    await put(storage, "p")
    await send(storage, await claim(storage))
    await put(storage, "u", target="p")
    (slow,) = await claim(storage)
    (quick,) = await claim(storage, AT + LEASE)
    await storage.write(lambda s: s.outbox.sent(slow, "DANA", "1.1"))
    assert await state(storage, "u") == ("sending", None)
    await storage.write(lambda s: s.outbox.sent(quick, "DANA", "1.1"))
    assert await state(storage, "u") == ("sent", None)


# -- too late


async def test_what_could_not_be_sent_in_time_is_skipped_with_a_reason(storage: AnyStorage) -> None:
    await put(storage, "late", expires_at=NEXT)
    await put(storage, "ok", "UBEN")
    assert not await storage.read(lambda s: s.outbox.has_expired(NEXT - timedelta(microseconds=1)))
    assert await storage.read(lambda s: s.outbox.has_expired(NEXT))
    assert await storage.write(lambda s: s.outbox.skip_expired(NEXT)) == 1
    assert await state(storage, "late") == ("skipped", EXPIRED)
    assert not await storage.read(lambda s: s.outbox.has_expired(NEXT))
    assert keys(await claim(storage, NEXT)) == ["ok"]


async def test_what_is_late_is_not_claimed_even_before_somebody_skips_it(storage: AnyStorage) -> None:
    await put(storage, "late", expires_at=NEXT)
    assert await claim(storage, NEXT) == []
    assert keys(await claim(storage, NEXT - timedelta(microseconds=1))) == ["late"]


async def test_a_call_under_way_is_never_called_late_since_nobody_knows_what_became_of_it(
    storage: AnyStorage,
) -> None:
    await put(storage, "k", expires_at=AT + timedelta(seconds=5))
    await claim(storage)
    for at in (AT + timedelta(seconds=10), AT + LEASE, END):
        assert not await storage.read(lambda s, at=at: s.outbox.has_expired(at))  # type: ignore[misc]
        assert await storage.write(lambda s, at=at: s.outbox.skip_expired(at)) == 0  # type: ignore[misc]
    assert await state(storage, "k") == ("sending", None)


# -- what is not known to be in Slack


async def test_what_is_claimed_for_the_first_time_is_in_no_doubt(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    assert first.unsure_since is None
    await storage.write(lambda s: s.outbox.retry(first, NEXT, "ratelimited"))
    (again,) = await claim(storage, NEXT)
    assert again.unsure_since is None


async def test_what_a_worker_left_behind_is_in_doubt_since_it_was_claimed(storage: AnyStorage) -> None:
    await put(storage, "k")
    await claim(storage)
    (second,) = await claim(storage, AT + LEASE)
    assert second.unsure_since == AT
    (third,) = await claim(storage, AT + 2 * LEASE)
    assert third.unsure_since == AT


async def test_what_was_left_behind_is_looked_for_even_when_its_time_is_over(storage: AnyStorage) -> None:
    await put(storage, "k", expires_at=AT + LEASE / 2)
    await claim(storage)
    (again,) = await claim(storage, END)
    assert (again.key, again.unsure_since, again.expires_at) == ("k", AT, AT + LEASE / 2)


async def test_what_is_in_doubt_stays_so_while_it_waits_to_be_looked_for(storage: AnyStorage) -> None:
    await put(storage, "k", expires_at=NEXT)
    await claim(storage)
    (again,) = await claim(storage, AT + LEASE)
    await storage.write(lambda s: s.outbox.retry(again, END, "slack does not answer"))
    assert await state(storage, "k") == ("waiting", "slack does not answer")
    assert not await storage.read(lambda s: s.outbox.has_expired(END))
    assert await storage.write(lambda s: s.outbox.skip_expired(END)) == 0
    (later,) = await claim(storage, END)
    assert later.unsure_since == AT


async def test_what_was_looked_for_in_vain_is_in_doubt_no_more(storage: AnyStorage) -> None:
    await put(storage, "k", expires_at=END)
    await claim(storage)
    (absent,) = await claim(storage, AT + LEASE)
    await storage.write(lambda s: s.outbox.retry(replace(absent, unsure_since=None), NEXT, "ratelimited"))
    (again,) = await claim(storage, NEXT)
    assert again.unsure_since is None
    (left,) = await claim(storage, NEXT + LEASE)
    assert left.unsure_since == NEXT


async def test_what_is_in_doubt_knows_the_conversation_that_earlier_messages_went_to(storage: AnyStorage) -> None:
    await put(storage, "before")
    await put(storage, "elsewhere", "UBEN")
    await put(storage, "k")
    await send(storage, await claim(storage))
    (first,) = await claim(storage, AT + SECOND)
    assert (first.key, first.slack_channel) == ("k", None)
    (again,) = await claim(storage, AT + SECOND + LEASE)
    assert (again.key, again.slack_channel, again.slack_ts) == ("k", "DANA", None)


async def test_where_nobody_was_written_to_before_no_conversation_is_known(storage: AnyStorage) -> None:
    await put(storage, "k")
    await claim(storage)
    (again,) = await claim(storage, AT + LEASE)
    assert again.slack_channel is None


@pytest.mark.parametrize("end", ["sent", "skipped"])
async def test_nothing_is_in_doubt_when_it_has_ended(storage: AnyStorage, end: str) -> None:
    await put(storage, "k")
    await claim(storage)
    (again,) = await claim(storage, AT + LEASE)
    if end == "sent":
        await storage.write(lambda s: s.outbox.sent(again, "DANA", "1.1"))
    else:
        await storage.write(lambda s: s.outbox.skip(again, "not found", NEXT))
    assert await claim(storage, END) == []
    assert (await state(storage, "k"))[0] == end


# -- our own messages, as Slack shows them to us


async def test_a_message_that_slack_shows_us_was_sent_and_the_doubt_is_over(storage: AnyStorage) -> None:
    await put(storage, "k")
    await claim(storage)
    (again,) = await claim(storage, AT + LEASE)
    assert await storage.read(lambda s: s.outbox.is_unsent(WORKSPACE, "d-k"))
    assert await storage.write(lambda s: s.outbox.echoed(WORKSPACE, "d-k", "DANA", "1.5"))
    assert not await storage.read(lambda s: s.outbox.is_unsent(WORKSPACE, "d-k"))
    assert await state(storage, "k") == ("sent", None)
    assert await column(storage, "k", "text") == ""
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "DANA", "1.5")) == "k"
    await storage.write(lambda s: s.outbox.retry(again, NEXT, "ratelimited"))
    assert await claim(storage, END) == []


async def test_an_echo_that_is_quicker_than_the_answer_is_no_news(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    assert not await storage.write(lambda s: s.outbox.echoed(WORKSPACE, "d-k", "DANA", "1.5"))
    await storage.write(lambda s: s.outbox.sent(first, "DANA", "1.5"))
    assert await state(storage, "k") == ("sent", None)
    assert not await storage.write(lambda s: s.outbox.echoed(WORKSPACE, "d-k", "DANA", "1.5"))


@pytest.mark.parametrize("end", ["waiting", "failed", "skipped"])
async def test_an_echo_tells_even_what_was_thought_not_to_be_sent(storage: AnyStorage, end: str) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    if end == "waiting":
        await storage.write(lambda s: s.outbox.retry(first, NEXT, "ratelimited"))
    elif end == "failed":
        await storage.write(lambda s: s.outbox.failed(first, "channel_not_found", AT))
    else:
        await storage.write(lambda s: s.outbox.skip(first, "not found", AT))
    assert await storage.write(lambda s: s.outbox.echoed(WORKSPACE, "d-k", "DANA", "1.5"))
    assert await state(storage, "k") == ("sent", None)
    assert await claim(storage, NEXT) == []


@pytest.mark.parametrize(
    ("workspace", "delivery_id"), [("T02OTHER", "d-k"), (WORKSPACE, "d-other"), (WORKSPACE, "d-u"), (WORKSPACE, "")]
)
async def test_an_echo_that_matches_no_post_of_that_workspace_changes_nothing(
    storage: AnyStorage, workspace: str, delivery_id: str
) -> None:
    await put(storage, "k")
    await put(storage, "u", target="k")
    assert not await storage.read(lambda s: s.outbox.is_unsent(workspace, delivery_id))
    assert not await storage.write(lambda s: s.outbox.echoed(workspace, delivery_id, "DANA", "1.5"))
    assert await state(storage, "k") == ("waiting", None)
    assert await state(storage, "u") == ("waiting", None)


# -- the pace of a workspace


async def mornings(storage: AnyStorage, count: int, lane: Lane = Lane.MORNING, prefix: str = "m") -> None:
    for n in range(count):
        await put(storage, f"{prefix}{n}", f"U{prefix}{n}", lane)


async def test_no_more_go_at_once_than_the_burst_and_a_part_of_it_is_kept_for_replies(storage: AnyStorage) -> None:
    await mornings(storage, 30)
    assert len(await claim(storage, count=99)) == AT_ONCE - KEPT
    assert await claim(storage, count=99) == []
    await mornings(storage, 30, Lane.REPLY, "r")
    replies = await claim(storage, count=99)
    assert len(replies) == KEPT
    assert all(one.lane is Lane.REPLY for one in replies)
    assert await claim(storage, count=99) == []


async def test_what_waits_for_the_pace_goes_on_at_the_rate_it_has(storage: AnyStorage) -> None:
    await mornings(storage, 30)
    await claim(storage, count=99)
    assert len(await claim(storage, AT + timedelta(seconds=3), count=99)) == round(START["post"] / 20)


async def test_updates_have_a_pace_of_their_own(storage: AnyStorage) -> None:
    await mornings(storage, 12)
    posts = await claim(storage, count=99)
    await send(storage, posts)
    for post in posts:
        await put(storage, f"u-{post.key}", post.channel, target=post.key)
    burst = round(START["update"] * (BURST / timedelta(minutes=1)))
    assert len(await claim(storage, count=99)) == burst
    assert len(await claim(storage, AT + timedelta(seconds=6), count=99)) == burst


async def test_each_workspace_has_its_own_pace(storage: AnyStorage) -> None:
    await mornings(storage, 30)
    await claim(storage, count=99)
    await put(storage, "other", lane=Lane.WINS, workspace="T02OTHER")
    assert keys(await claim(storage)) == ["other"]


async def test_a_rate_limit_stops_the_whole_workspace_for_as_long_as_slack_said(storage: AnyStorage) -> None:
    await mornings(storage, 3)
    (first,) = await claim(storage, count=1)
    await storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, AT, 30))
    await put(storage, "reply", "UZOE", Lane.REPLY)
    await put(storage, "other", workspace="T02OTHER")
    other = await claim(storage, AT + SECOND)
    assert keys(other) == ["other"]
    await send(storage, other)
    assert await claim(storage, AT + timedelta(seconds=30) - INSTANT) == []
    after = await claim(storage, AT + timedelta(seconds=32))
    assert keys(after)[0] == "reply"
    assert first.key == "m0"


async def test_a_rate_limit_on_posts_does_not_stop_updates(storage: AnyStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage))
    await storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, AT, 30))
    await put(storage, "u", target="p")
    await put(storage, "k", "UBEN")
    assert keys(await claim(storage, AT + SECOND)) == ["u"]


async def test_the_rate_is_halved_once_for_complaints_that_come_together(storage: AnyStorage) -> None:
    for after in (timedelta(0), SECOND, ONE_COMPLAINT - INSTANT):
        await storage.write(lambda s, at=AT + after: s.outbox.throttled(WORKSPACE, Op.POST, at, 30))  # type: ignore[misc]
    assert await rate(storage) == [START["post"] / 2]
    await storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, AT + ONE_COMPLAINT, 30))
    assert await rate(storage) == [START["post"] / 4]


async def rate(storage: AnyStorage) -> list[float]:
    def work(store: object) -> list[float]:
        assert isinstance(store, SqlStore)
        query = f"SELECT rate FROM pace WHERE workspace = '{WORKSPACE}' AND method = 'post'"
        return list(store.session.connection().exec_driver_sql(query).scalars())

    return await storage.read(work)


async def test_workers_share_one_pace(storage: AnyStorage, request: pytest.FixtureRequest) -> None:
    await mornings(storage, 40)
    where = "database" if isinstance(storage, SqliteStorage) else "postgres"
    other = open_storage(request.getfixturevalue(where), upgrade=False)
    taken = [await claim(worker, count=5) for worker in (storage, other) * 3]
    assert sum(map(len, taken)) == AT_ONCE - KEPT
    assert len({key for some in taken for key in keys(some)}) == AT_ONCE - KEPT
    await storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, AT, 30))
    assert await claim(other, AT + timedelta(seconds=29)) == []
    other.close()


# -- the order in a channel


async def test_a_channel_has_one_post_a_second(storage: AnyStorage) -> None:
    await put(storage, "a1")
    await put(storage, "a2")
    await send(storage, await claim(storage))
    assert await claim(storage, AT + ONE_A_CHANNEL - INSTANT) == []
    await put(storage, "b1", "UBEN")
    assert keys(await claim(storage, AT + ONE_A_CHANNEL - INSTANT)) == ["b1"]
    assert keys(await claim(storage, AT + ONE_A_CHANNEL)) == ["a2"]


async def test_updates_do_not_count_among_the_posts_of_a_second(storage: AnyStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage))
    for key, at in (("u1", AT), ("u2", AT + ONE_A_CHANNEL)):
        await put(storage, key, target="p")
        update = await claim(storage, at)
        assert keys(update) == [key]
        await send(storage, update)
    await put(storage, "a2")
    assert keys(await claim(storage, AT + ONE_A_CHANNEL)) == ["a2"]


async def test_a_channel_in_another_workspace_is_another_channel(storage: AnyStorage) -> None:
    await put(storage, "a1")
    await put(storage, "x1", workspace="T02OTHER")
    assert keys(await claim(storage)) == ["a1", "x1"]


async def test_nothing_overtakes_in_a_channel_what_is_as_urgent_and_older(storage: AnyStorage) -> None:
    await put(storage, "a1", lane=Lane.MORNING)
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.retry(first, NEXT, "ratelimited"))
    await put(storage, "a2", lane=Lane.MORNING)
    await put(storage, "a3", lane=Lane.WINS)
    assert await claim(storage, AT + 2 * SECOND) == []
    assert keys(await claim(storage, NEXT)) == ["a1"]


async def test_something_more_urgent_overtakes_what_waits_in_its_channel(storage: AnyStorage) -> None:
    await put(storage, "a1", lane=Lane.MORNING)
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.retry(first, NEXT, "ratelimited"))
    await put(storage, "a2", lane=Lane.REPLY)
    assert keys(await claim(storage, AT + 2 * SECOND)) == ["a2"]


async def test_nothing_overtakes_a_call_that_is_under_way_in_its_channel(storage: AnyStorage) -> None:
    await put(storage, "a1", lane=Lane.MORNING)
    await claim(storage)
    await put(storage, "a2", lane=Lane.REPLY)
    assert await claim(storage, AT + LEASE - INSTANT) == []
    assert keys(await claim(storage, AT + LEASE)) == ["a2"]


async def test_what_is_not_due_yet_holds_back_nothing_more_urgent_in_its_channel(storage: AnyStorage) -> None:
    await put(storage, "a1", lane=Lane.WINS, due_at=NEXT)
    await put(storage, "a2", lane=Lane.REPLY)
    assert keys(await claim(storage)) == ["a2"]


async def test_urgent_messages_for_busy_channels_do_not_hold_up_anybody_else(storage: AnyStorage) -> None:
    """Their calls are under way, so that none of these can go; whoever else waits can."""
    people = [f"U{n}" for n in range(6)]
    for user in people:
        await put(storage, f"morning {user}", user, Lane.MORNING)
    assert len(await claim(storage)) == len(people)
    for user in people:
        await put(storage, f"reply {user}", user, Lane.REPLY)
    await put(storage, "other", "UZOE", Lane.REPLY)
    assert keys(await claim(storage, AT + 2 * SECOND, count=2)) == ["other"]


async def test_urgent_messages_for_channels_that_just_had_one_do_not_hold_up_anybody_else(
    storage: AnyStorage,
) -> None:
    people = [f"U{n}" for n in range(6)]
    for user in people:
        await put(storage, f"first {user}", user)
        await put(storage, f"second {user}", user)
    await send(storage, await claim(storage))
    await put(storage, "other", "UZOE")
    assert keys(await claim(storage, count=2)) == ["other"]


# -- what is kept of the words


async def test_what_is_skipped_forgets_its_words_and_keeps_the_reason(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.skip(first, "the day was left out meanwhile", NEXT))
    assert await state(storage, "k") == ("skipped", "the day was left out meanwhile")
    assert await column(storage, "k", "text") == ""
    assert "Grüß" not in str(await column(storage, "k", "blocks"))
    assert await claim(storage, NEXT) == []


async def test_what_was_superseded_or_came_too_late_forgets_its_words(storage: AnyStorage) -> None:
    await put(storage, "p", expires_at=NEXT)
    await put(storage, "u1", target="p")
    await put(storage, "u2", target="p")
    await storage.write(lambda s: s.outbox.skip_expired(NEXT))
    assert [await column(storage, key, "text") for key in ("p", "u1", "u2")] == ["", "", "words of u2"]


async def test_a_failed_message_keeps_its_words_until_its_time_is_over(storage: AnyStorage) -> None:
    await put(storage, "k", expires_at=NEXT)
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.failed(first, "channel_not_found", AT))
    assert not await storage.read(lambda s: s.outbox.has_expired(NEXT - INSTANT))
    await storage.write(lambda s: s.outbox.skip_expired(NEXT - INSTANT))
    assert await column(storage, "k", "text") == "words of k"
    assert await storage.read(lambda s: s.outbox.has_expired(NEXT))
    assert await storage.write(lambda s: s.outbox.skip_expired(NEXT)) == 1
    assert await state(storage, "k") == ("failed", "channel_not_found")
    assert await column(storage, "k", "text") == ""
    assert "Grüß" not in str(await column(storage, "k", "blocks"))
    assert not await storage.read(lambda s: s.outbox.has_expired(NEXT))


async def test_a_failed_message_can_be_taken_up_again_as_it_was(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    await storage.write(lambda s: s.outbox.failed(first, "not_in_channel", AT))
    assert await claim(storage, NEXT) == []
    assert await storage.write(lambda s: s.outbox.take_up(first.id, NEXT))
    (again,) = await claim(storage, NEXT)
    assert (again.text, again.blocks, again.delivery_id) == (first.text, first.blocks, first.delivery_id)
    assert (again.attempts, again.unsure_since) == (2, None)


@pytest.mark.parametrize(
    "why_not", ["its time is over", "it waits", "it is being sent", "it was sent", "it is not there"]
)
async def test_nothing_else_can_be_taken_up(storage: AnyStorage, why_not: str) -> None:
    await put(storage, "k", expires_at=NEXT)
    at = AT
    if why_not != "it waits":
        (first,) = await claim(storage)
        if why_not == "its time is over":
            await storage.write(lambda s: s.outbox.failed(first, "not_in_channel", AT))
            at = NEXT
        elif why_not == "it was sent":
            await send(storage, [first])
    before = await state(storage, "k")
    row_id = 99 if why_not == "it is not there" else 1
    assert not await storage.write(lambda s: s.outbox.take_up(row_id, at))
    assert await state(storage, "k") == before


async def test_other_words_can_be_put_into_a_message_before_it_goes(storage: AnyStorage) -> None:
    await put(storage, "k")
    (first,) = await claim(storage)
    reworded = await storage.write(lambda s: s.outbox.reword(first, Rendered("new words", [])))
    assert reworded == replace(first, text="new words", blocks=[])
    await storage.write(lambda s: s.outbox.retry(first, NEXT, "ratelimited"))
    assert [(one.text, one.blocks) for one in await claim(storage, NEXT)] == [("new words", [])]


# -- a clock that went back


@pytest.mark.parametrize("ahead", [timedelta(minutes=16), timedelta(hours=3), timedelta(days=400)])
async def test_what_a_later_clock_made_wait_does_not_wait_for_it(storage: AnyStorage, ahead: timedelta) -> None:
    far = AT + timedelta(days=900)
    await put(storage, "taken", expires_at=far)
    await put(storage, "waits", "UBEN", expires_at=far)
    _, waits = await claim(storage, AT + ahead)
    await storage.write(lambda s: s.outbox.retry(waits, AT + ahead + NEAR, "ratelimited"))
    await storage.write(lambda s: s.outbox.clock_went_back(AT, AT + LEASE))
    assert keys(await claim(storage, AT + SECOND)) == ["waits"]
    assert keys(await claim(storage, AT + LEASE)) == ["taken"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(minutes=14)])
async def test_a_clock_that_went_back_holds_nothing_for_longer_than_a_quarter_of_an_hour(
    storage: AnyStorage, ahead: timedelta
) -> None:
    await put(storage, "taken")
    await put(storage, "waits", "UBEN")
    _, waits = await claim(storage, AT + ahead)
    await storage.write(lambda s: s.outbox.retry(waits, AT + ahead + NEAR, "ratelimited"))
    await storage.write(lambda s: s.outbox.clock_went_back(AT, AT + LEASE))
    assert keys(await claim(storage, AT + FAR)) == ["taken", "waits"]


async def test_a_rate_limit_of_a_later_clock_does_not_stop_a_workspace_for_long(storage: AnyStorage) -> None:
    await put(storage, "k")
    await storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, AT + timedelta(hours=3), 60))
    assert await sent_within(storage, FAR) == ["k"]


async def test_a_pace_that_a_later_clock_used_up_fills_again_after_the_clock_went_back(storage: AnyStorage) -> None:
    await mornings(storage, AT_ONCE, Lane.REPLY)
    await send(storage, await claim(storage, AT + timedelta(hours=3), count=99))
    await put(storage, "k")
    assert await sent_within(storage, FAR) == ["k"]


async def sent_within(storage: AnyStorage, time: timedelta) -> list[str]:
    """What goes once the clock has gone back, looking every few seconds as the sender does."""
    await storage.write(lambda s: s.outbox.clock_went_back(AT, AT + LEASE))
    for n in range(int(time / NEAR)):
        if claimed := await claim(storage, AT + n * NEAR):
            return keys(claimed)
    return []


# -- updates


async def test_an_update_waits_for_its_message_and_then_knows_its_place(storage: AnyStorage) -> None:
    await put(storage, "p")
    posting = await claim(storage)
    await put(storage, "u", target="p")
    assert await claim(storage, AT) == []
    await send(storage, posting, "1.7")
    (update,) = await claim(storage)
    assert (update.op, update.slack_channel, update.slack_ts) == (Op.UPDATE, "DANA", "1.7")


async def test_an_update_waits_while_its_message_waits_for_slack(storage: AnyStorage) -> None:
    await put(storage, "p", lane=Lane.MORNING)
    (post,) = await claim(storage)
    await storage.write(lambda s: s.outbox.retry(post, NEXT, "ratelimited"))
    await put(storage, "u", target="p")
    assert await claim(storage) == []
    assert keys(await claim(storage, NEXT)) == ["p"]


async def test_updates_that_wait_do_not_hold_up_anybody_else(storage: AnyStorage) -> None:
    for n in range(9):
        await put(storage, f"p{n}", f"U{n}", Lane.MORNING)
    for post in await claim(storage):
        await storage.write(lambda s, post=post: s.outbox.retry(post, NEXT, "ratelimited"))  # type: ignore[misc]
    for n in range(9):
        await put(storage, f"u{n}", f"U{n}", target=f"p{n}")
    await put(storage, "other", "UBEN", Lane.WINS)
    assert keys(await claim(storage, count=1)) == ["other"]


async def test_messages_that_wait_for_a_busy_channel_do_not_hold_up_anybody_else(storage: AnyStorage) -> None:
    for n in range(9):
        await put(storage, f"a{n}")
    await put(storage, "other", "UBEN", Lane.WINS)
    assert keys(await claim(storage, count=1)) == ["a0"]
    assert keys(await claim(storage, count=1)) == ["other"]


@pytest.mark.parametrize("end", ["failed", "skipped", "never there"])
async def test_an_update_of_a_message_that_was_never_posted_is_skipped(storage: AnyStorage, end: str) -> None:
    if end != "never there":
        await put(storage, "p", expires_at=NEXT)
        if end == "failed":
            (post,) = await claim(storage)
            await storage.write(lambda s: s.outbox.failed(post, "channel_not_found", AT))
        else:
            assert await storage.write(lambda s: s.outbox.skip_expired(NEXT)) == 1
    await put(storage, "u", target="p")
    assert await claim(storage, NEXT) == []
    assert await state(storage, "u") == ("skipped", NEVER_POSTED)


async def test_an_update_of_a_message_in_another_channel_is_skipped(storage: AnyStorage) -> None:
    """Whatever key an update is given, nobody's words can end up in somebody else's conversation."""
    await put(storage, "p", "UBEN")
    await send(storage, await claim(storage))
    await put(storage, "u", "UANA", target="p")
    assert await claim(storage) == []
    assert await state(storage, "u") == ("skipped", NEVER_POSTED)


async def test_a_newer_update_takes_the_place_of_one_that_waits(storage: AnyStorage) -> None:
    await put(storage, "p")
    posting = await claim(storage)
    await put(storage, "u1", target="p")
    await put(storage, "u2", target="p")
    await put(storage, "other", "UBEN", target="p2")
    await put(storage, "u3", target="p")
    assert await state(storage, "u1") == ("skipped", SUPERSEDED)
    assert await state(storage, "u2") == ("skipped", SUPERSEDED)
    assert await state(storage, "other") == ("waiting", None)
    await send(storage, posting)
    assert keys(await claim(storage)) == ["u3"]


async def test_an_update_that_slack_put_off_does_not_come_back_over_a_newer_one(storage: AnyStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage))
    await put(storage, "old", target="p")
    (old,) = await claim(storage)
    await put(storage, "new", target="p")
    await storage.write(lambda s: s.outbox.retry(old, NEXT, "ratelimited"))
    assert await claim(storage, NEXT - INSTANT) == []  # nothing overtakes in a channel
    assert await claim(storage, NEXT) == []
    assert await state(storage, "old") == ("skipped", SUPERSEDED)
    assert keys(await claim(storage, NEXT)) == ["new"]


async def test_an_update_that_nobody_knows_about_does_not_come_back_over_a_newer_one(storage: AnyStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage))
    await put(storage, "old", target="p")
    await claim(storage)
    await put(storage, "new", target="p")
    assert await claim(storage, AT + LEASE) == []
    assert await state(storage, "old") == ("skipped", SUPERSEDED)
    assert keys(await claim(storage, AT + LEASE)) == ["new"]


async def test_an_update_does_not_change_where_its_message_is(storage: AnyStorage) -> None:
    await put(storage, "p")
    await send(storage, await claim(storage), "1.7")
    for key in ("u1", "u2"):
        await put(storage, key, target="p")
        (update,) = await claim(storage)
        assert update.slack_ts == "1.7"
        await send(storage, [update], "1.7")
    assert await storage.read(lambda s: s.outbox.key_at(WORKSPACE, "DANA", "1.7")) == "p"
