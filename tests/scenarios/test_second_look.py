"""What waited is decided again when it goes: nothing is sent that came about differently meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.domain.commitment import Commitment, move, record
from bot.domain.effects import Outcome
from bot.ports.messages import Delivery, Op
from bot.ports.slack import Posted, TryLater
from bot.ports.storage import Coaching, NudgeRecord, Store
from bot.services.second_look import KNOWN, LEFT_OUT, STOPPED, TOO_LATE
from bot.services.settling import renew
from bot.services.summary import NOT_WANTED
from storage.store import SqlStore
from tests.support.asking import asks_openly
from tests.support.team import ANA, BEN, BERLIN, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local

DAY = date(2026, 11, 23)


def at(clock: str) -> datetime:
    """A time of that Monday in Berlin."""
    return local(BERLIN, f"2026-11-23 {clock}")


async def hold(world: World, seconds: float) -> None:
    """Slack says that the workspace is written to too often: every post waits for so long."""
    await world.huddle.storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, world.now, seconds))


async def ended(world: World, kind: str) -> list[tuple[str, str | None]]:
    """State and reason of the posts of that kind, in order."""

    def work(store: Store) -> list[tuple[str, str | None]]:
        assert isinstance(store, SqlStore)
        query = f"SELECT state, reason FROM outbox WHERE key LIKE '{kind}:%' AND op = 'post' ORDER BY id"
        return [(row[0], row[1]) for row in store.session.connection().exec_driver_sql(query)]

    return await world.huddle.storage.read(work)


async def person_id(world: World, user: str) -> str:
    person = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert person is not None
    return person.id


async def stop(world: World, user: str) -> None:
    """They want no more messages; the command takes that from reps only."""
    who = await person_id(world, user)
    await world.huddle.storage.write(lambda s: s.people.save(replace(s.people.get(who), stopped_at=world.now)))


async def committed(world: World, user: str, words: str) -> Commitment:
    await world.say(user, words)
    await world.press(user, "Commit")
    rep = await person_id(world, user)
    (newest,) = await world.huddle.storage.read(lambda s: s.commitments.of(rep, 1))
    return newest


async def keep(world: World, after: Commitment, before: Commitment) -> None:
    """The commitment is known to be so, as if it was told in a way that needs no message of ours."""
    await world.huddle.storage.write(lambda s: s.commitments.save(after, before.version))


# -- the opening


@pytest.fixture
async def morning(tmp_path: Path) -> World:
    """Ben's question is written at 08:45 and waits for Slack."""
    world = await a_world(tmp_path)
    await world.go(at("08:44"))
    await hold(world, 600)
    await world.go(at("08:46"))
    assert not world.dm(BEN)
    assert await ended(world, "checkin") == [("waiting", None)]
    return world


async def test_a_question_that_waited_and_is_still_wanted_is_asked_once(morning: World) -> None:
    await morning.go(at("08:55"))
    await morning.go(at("09:20"))
    assert len(morning.dm(BEN)) == 1
    assert asks_openly(morning.last(BEN).text)
    morning.close()


async def test_a_rep_who_leaves_the_day_out_while_the_question_waits_is_not_asked(morning: World) -> None:
    await morning.command(BEN, "skip")
    await morning.go(at("09:20"))
    assert not morning.dm(BEN)
    assert await ended(morning, "checkin") == [("skipped", LEFT_OUT)]
    morning.close()


async def test_a_rep_who_wants_no_messages_while_the_question_waits_is_not_asked(morning: World) -> None:
    await morning.command(BEN, "stop")
    await morning.go(at("09:20"))
    assert not morning.dm(BEN)
    assert await ended(morning, "checkin") == [("skipped", STOPPED)]
    morning.close()


async def test_a_rep_who_is_left_alone_for_the_day_is_not_asked(morning: World) -> None:
    ben = await person_id(morning, BEN)
    await morning.huddle.storage.write(lambda s: s.people.save(replace(s.people.get(ben), quiet_on=DAY)))
    await morning.go(at("09:20"))
    assert not morning.dm(BEN)
    assert await ended(morning, "checkin") == [("skipped", STOPPED)]
    morning.close()


async def test_what_one_rep_does_changes_nothing_for_another(morning: World) -> None:
    await morning.command(BEN, "skip")
    await morning.go(at("09:46"))
    assert len(morning.dm(ANA)) == 1
    morning.close()


# -- the question of the evening before


async def evening(folder: Path, *, held: float) -> World:
    """Ben is asked the evening before. On Monday at 16:45 the question is written, and held up for so long."""
    world = await a_world(folder)
    ben = await person_id(world, BEN)

    def settle(store: Store) -> None:
        rep = store.people.get(ben)
        store.people.save(replace(rep, introduced_at=None, preferences=replace(rep.preferences, evening=True)))
        renew(store, store.people.get(ben), world.now)

    await world.huddle.storage.write(settle)
    await world.go(at("16:44"))
    world.slack.messages.clear()
    world.slack.failures = [TryLater("no connection to Slack", held)]
    await world.go(at("16:46"))
    assert not world.slack.failures
    assert not world.dm(BEN)
    return world


async def test_an_evening_question_that_could_go_in_the_night_is_asked_in_the_morning(tmp_path: Path) -> None:
    world = await evening(tmp_path, held=6 * 3600)
    await world.go(at("23:30"))
    assert not world.dm(BEN)
    assert (await ended(world, "checkin"))[-1] == ("skipped", TOO_LATE)
    await world.go(local(BERLIN, "2026-11-24 08:46"))
    (asked,) = world.dm(BEN)
    assert asks_openly(asked.text)
    assert "tomorrow" not in asked.text
    world.close()


async def test_an_evening_question_that_could_go_only_the_next_day_is_asked_anew_for_that_day(tmp_path: Path) -> None:
    world = await evening(tmp_path, held=16.5 * 3600)
    await world.go(local(BERLIN, "2026-11-24 09:16"))
    await world.go(local(BERLIN, "2026-11-24 09:20"))
    (asked,) = world.dm(BEN)
    assert "tomorrow" not in asked.text
    await world.go(local(BERLIN, "2026-11-24 10:00"))
    assert len(world.dm(BEN)) == 1
    await world.say(BEN, "I'll call Jonas about the offer at 14:00")
    assert "Commit" in world.last(BEN).buttons
    world.close()


async def test_an_evening_question_that_was_held_up_for_some_minutes_is_asked(tmp_path: Path) -> None:
    world = await evening(tmp_path, held=600)
    await world.go(at("17:00"))
    (asked,) = world.dm(BEN)
    assert "tomorrow" in asked.text
    await world.go(local(BERLIN, "2026-11-24 10:00"))
    assert len(world.dm(BEN)) == 1
    world.close()


async def test_whoever_is_left_alone_in_the_evening_is_asked_in_the_morning(tmp_path: Path) -> None:
    world = await evening(tmp_path, held=600)
    ben = await person_id(world, BEN)
    await world.huddle.storage.write(lambda s: s.people.save(replace(s.people.get(ben), quiet_on=DAY)))
    await world.go(at("17:20"))
    assert not world.dm(BEN)
    await world.go(local(BERLIN, "2026-11-24 08:46"))
    assert len(world.dm(BEN)) == 1
    world.close()


# -- the check


async def test_a_check_that_waited_and_is_still_open_is_asked(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(at("14:04"))
    await hold(monday, 600)
    await monday.go(at("14:06"))
    assert "How did this go?" not in monday.last(BEN).text
    await monday.go(at("14:20"))
    assert "How did this go?" in monday.last(BEN).text


async def test_a_commitment_whose_outcome_is_known_meanwhile_is_not_asked_about(monday: World) -> None:
    made = await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(at("14:04"))
    await hold(monday, 600)
    await monday.go(at("14:06"))
    await keep(monday, record(made, Outcome.DONE, monday.now, asks=False), made)
    count = len(monday.dm(BEN))
    await monday.go(at("14:20"))
    assert len(monday.dm(BEN)) == count
    assert await ended(monday, "check") == [("skipped", KNOWN)]


async def test_a_commitment_that_got_a_new_time_meanwhile_is_not_asked_about_the_old_one(monday: World) -> None:
    made = await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(at("14:04"))
    await hold(monday, 600)
    await monday.go(at("14:06"))
    await keep(monday, move(made, at("16:00")), made)
    count = len(monday.dm(BEN))
    await monday.go(at("14:20"))
    assert len(monday.dm(BEN)) == count
    assert await ended(monday, "check") == [("skipped", KNOWN)]


async def test_a_rep_who_wants_no_messages_meanwhile_is_not_asked_how_it_went(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(at("14:04"))
    await hold(monday, 600)
    await monday.go(at("14:06"))
    await monday.command(BEN, "stop")
    await monday.go(at("14:20"))
    assert await ended(monday, "check") == [("skipped", STOPPED)]


# -- the nudge


async def nudges(world: World) -> list[NudgeRecord]:
    maria = await person_id(world, MARIA)
    return list(await world.huddle.storage.read(lambda s: s.coachings.nudges_on(maria, DAY)))


async def coached(world: World, rep: str) -> None:
    """The manager has talked to the rep, and told so elsewhere."""
    maria, who = await person_id(world, MARIA), await person_id(world, rep)
    await world.huddle.storage.write(lambda s: s.coachings.add_coaching(Coaching("talk", maria, who, world.now, None)))


async def a_nudge_waits(world: World) -> None:
    """At 11:15 a nudge about Ben is written, and waits for Slack."""
    await world.go(at("11:14"))
    await hold(world, 600)
    await world.go(at("11:16"))
    assert not told(world)
    assert [record.rep_id for record in await nudges(world)] == [await person_id(world, BEN)]


def told(world: World) -> list[str]:
    return [message.text for message in world.dm(MARIA) if "would help most" in message.text]


async def test_a_nudge_that_waited_and_is_still_needed_goes_once(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await a_nudge_waits(monday)
    await monday.go(at("11:30"))
    await monday.go(at("11:59"))
    assert len(told(monday)) == 1
    assert "Ben" in told(monday)[0]


async def test_a_rep_whom_the_manager_talked_to_meanwhile_needs_no_nudge(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await a_nudge_waits(monday)
    await coached(monday, BEN)
    await monday.go(at("11:30"))
    await monday.go(at("11:59"))
    assert told(monday) == []
    ((state, reason),) = await ended(monday, "nudge")
    assert state == "skipped"
    assert reason
    records = await nudges(monday)
    assert [record.rep_id for record in records] == [None, None]
    assert all(record.why for record in records)


async def test_a_rep_who_answered_meanwhile_needs_no_nudge(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await a_nudge_waits(monday)
    await monday.press(BEN, "Done")
    await monday.go(at("11:30"))
    await monday.go(at("11:59"))
    assert told(monday) == []
    assert [state for state, _ in await ended(monday, "nudge")] == ["skipped"]


@pytest.mark.parametrize("how", ["coached", "answered"])
async def test_when_a_nudge_is_no_longer_needed_the_manager_gets_another_that_is(monday: World, how: str) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await committed(monday, ANA, "call Anna Weber by 2pm")
    await a_nudge_waits(monday)
    await drop(monday, ANA)
    if how == "coached":
        await coached(monday, BEN)
    else:
        await monday.press(BEN, "Done")
    await monday.go(at("11:30"))
    await monday.wait(seconds=2)
    assert len(told(monday)) == 1
    assert "Ana Sousa" in told(monday)[0]
    assert "Ben" not in told(monday)[0]
    assert [state for state, _ in await ended(monday, "nudge")] == ["skipped", "sent"]


async def drop(world: World, user: str) -> None:
    rep = await person_id(world, user)
    (newest,) = await world.huddle.storage.read(lambda s: s.commitments.of(rep, 1))
    await keep(world, record(newest, Outcome.DROPPED, world.now, asks=False), newest)


async def test_a_manager_who_wants_no_messages_meanwhile_is_not_nudged(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await a_nudge_waits(monday)
    await stop(monday, MARIA)
    await monday.go(at("11:59"))
    assert told(monday) == []


async def test_a_nudge_that_waits_until_noon_is_not_sent(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await a_nudge_waits(monday)
    monday.now = at("12:00")
    await monday.settle()
    await monday.go(at("12:30"))
    assert told(monday) == []


# -- the summary


async def a_summary_waits(folder: Path) -> World:
    """At 09:30 the summary is written, and Slack cannot be reached for five minutes."""
    world = await a_world(folder, PLAN)
    await world.go(at("09:29"))
    world.slack.failures = [TryLater("no connection to Slack", 300)]
    await world.go(at("09:30"))
    assert not world.dm(MARIA)
    assert await ended(world, "summary") == [("waiting", "no connection to Slack")]
    return world


def watched(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of each post at the moment it is made."""
    posts: list[str] = []
    deliver = world.slack.deliver

    async def note(delivery: Delivery) -> Posted:
        if delivery.op is Op.POST and delivery.key.startswith("summary:"):
            posts.append(delivery.text)
        return await deliver(delivery)

    monkeypatch.setattr(world.slack, "deliver", note)
    return posts


async def test_a_summary_that_waited_shows_what_is_true_when_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await a_summary_waits(tmp_path)
    await committed(world, BEN, "send the Kessler offer by 2pm")
    posts = watched(world, monkeypatch)
    await world.go(at("09:36"))
    assert len(world.dm(MARIA)) == 1
    assert "send the Kessler offer" in world.last(MARIA).text
    assert [("send the Kessler offer" in text, "no answer yet" in text) for text in posts] == [(True, False)]
    world.close()


async def test_a_summary_that_waited_while_nothing_happened_goes_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await a_summary_waits(tmp_path)
    posts = watched(world, monkeypatch)
    await world.go(at("09:36"))
    assert [message.text for message in world.dm(MARIA)] == posts
    assert "*Ben Krug* · write account plans\nAsked, no answer yet" in posts[0]
    assert world.last(MARIA).edits == 0
    world.close()


async def test_a_summary_that_was_put_right_is_still_changed_when_something_happens(tmp_path: Path) -> None:
    world = await a_summary_waits(tmp_path)
    await committed(world, BEN, "send the Kessler offer by 2pm")
    await world.go(at("09:46"))
    await committed(world, ANA, "call Anna Weber by 3pm")
    assert len(world.dm(MARIA)) == 1
    assert "send the Kessler offer" in world.last(MARIA).text
    assert "call Anna Weber" in world.last(MARIA).text
    world.close()


async def test_a_manager_who_wants_no_messages_meanwhile_gets_no_summary(tmp_path: Path) -> None:
    world = await a_summary_waits(tmp_path)
    await stop(world, MARIA)
    await world.go(at("09:40"))
    assert await ended(world, "summary") == [("skipped", NOT_WANTED)]
    world.close()


async def test_a_manager_who_manages_the_team_no_more_gets_no_summary(tmp_path: Path) -> None:
    world = await a_summary_waits(tmp_path)
    await world.huddle.storage.write(lambda s: s.people.set_managers(s.people.teams()[0].id, []))
    await world.go(at("09:40"))
    assert not world.dm(MARIA)
    assert await ended(world, "summary") == [("skipped", NOT_WANTED)]
    world.close()
