"""The night: a workspace is compared with Slack, once, beside everything else; and what a Slack status suggests."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.domain.preferences import Absence
from bot.ports.slack import NotAllowed, Place, Profile, Status, TryLater
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services.chores import Chores, next_night
from bot.services.people import Member
from tests.support.changes import (
    alarms_of,
    becomes,
    channel_event,
    known_to_slack,
    look_after,
    person,
    refused_wins,
    swept,
    team,
    tells,
)
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local

BEACH = Status("Vacationing", ":palm_tree:", None)
SWEEP = Alarm(AlarmKind.SWEEP, WORKSPACE, local(BERLIN, "2026-11-23 07:00"))


async def the_sweep(world: World) -> Alarm | None:
    return await world.huddle.storage.read(lambda s: s.alarms.get(AlarmKind.SWEEP, WORKSPACE))


# -- chores


async def test_a_sweep_is_followed_by_one_in_the_next_night(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await swept(world)
    following = await the_sweep(world)
    assert following is not None
    night = following.at.astimezone(world.now.tzinfo)
    assert night.date() == date(2026, 11, 24)
    assert night.hour == 2
    known = await world.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert known.swept_at == world.now
    world.close()


async def test_workspaces_do_not_all_ask_slack_at_the_same_minute(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    names = [f"T{n}" for n in range(100)]
    moments = await world.huddle.storage.read(
        lambda s: {next_night(s, AlarmKind.SWEEP, name, world.now).minute for name in names}
    )
    assert len(moments) > 30
    world.close()


class Waiting:
    """A chore that can be held up, and fails as often as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.runs, self.go_on, self.failures = 0, asyncio.Event(), list(failures)

    async def run(self, workspace: str, at: datetime) -> None:
        self.runs += 1
        await self.go_on.wait()
        if self.failures:
            raise self.failures.pop(0)


async def begun(world: World, waiting: Waiting) -> Chores:
    chores = Chores(world.huddle.storage, {AlarmKind.SWEEP: waiting.run})
    await world.huddle.storage.write(lambda s: s.alarms.set(SWEEP))
    await chores.begin(SWEEP, world.now)
    await asyncio.sleep(0)
    return chores


async def test_a_chore_that_takes_its_time_holds_nothing_up_and_comes_again_if_it_never_ends(tmp_path: Path) -> None:
    world, waiting = await a_world(tmp_path), Waiting()
    chores = await begun(world, waiting)
    assert waiting.runs == 1
    assert (await the_sweep(world)) == replace(SWEEP, at=world.now + timedelta(hours=1))
    await chores.stop(0.01)
    assert (await the_sweep(world)) == replace(SWEEP, at=world.now + timedelta(hours=1))
    world.close()


async def test_of_two_processes_one_does_the_chore(tmp_path: Path) -> None:
    world, waiting = await a_world(tmp_path), Waiting()
    chores = await begun(world, waiting)
    other = Chores(world.huddle.storage, {AlarmKind.SWEEP: waiting.run})
    await other.begin(SWEEP, world.now)
    waiting.go_on.set()
    await chores.settle()
    await other.settle()
    assert waiting.runs == 1
    world.close()


async def test_a_chore_that_is_still_under_way_is_not_begun_twice(tmp_path: Path) -> None:
    world, waiting = await a_world(tmp_path), Waiting()
    chores = await begun(world, waiting)
    again = await the_sweep(world)
    assert again is not None
    await chores.begin(again, again.at)
    await asyncio.sleep(0)
    assert waiting.runs == 1
    waiting.go_on.set()
    await chores.settle()
    world.close()


@pytest.mark.parametrize("failure", [TryLater("slow down", 60), RuntimeError("oh")])
async def test_a_chore_that_fails_is_tried_again_within_the_hour(tmp_path: Path, failure: Exception) -> None:
    world, waiting = await a_world(tmp_path), Waiting(failure)
    waiting.go_on.set()
    chores = await begun(world, waiting)
    await chores.settle()
    again = await the_sweep(world)
    assert again == replace(SWEEP, at=world.now + timedelta(hours=1))
    await chores.begin(again, again.at)
    await chores.settle()
    following = await the_sweep(world)
    assert following is not None
    assert following.at > again.at + timedelta(hours=5)
    world.close()


async def test_a_chore_of_a_workspace_that_left_meanwhile_is_not_set_again(tmp_path: Path) -> None:
    world, waiting = await a_world(tmp_path), Waiting()
    chores = await begun(world, waiting)
    await world.huddle.storage.write(lambda s: s.leaving.silence(WORKSPACE, "left", world.now))
    waiting.go_on.set()
    await chores.settle()
    assert await the_sweep(world) is None
    world.close()


# -- the sweep


async def test_when_slack_does_not_answer_nothing_is_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    becomes(world, BEN, deleted=True)

    async def silent(workspace: str, channel: str) -> Place | None:
        raise TryLater("no connection to Slack", 30)

    with monkeypatch.context() as patched:
        patched.setattr(world.slack, "place", silent)
        await swept(world)
    assert (await person(world, BEN)).left_at is None
    await world.wait(hours=1)
    assert (await person(world, BEN)).left_at is not None
    world.close()


async def test_an_app_that_may_not_look_at_channels_still_looks_at_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    becomes(world, BEN, deleted=True)

    async def forbidden(workspace: str, channel: str) -> Place | None:
        raise NotAllowed("missing_scope", 60)

    monkeypatch.setattr(world.slack, "place", forbidden)
    await swept(world)
    assert (await person(world, BEN)).left_at is not None
    assert (await team(world)).channel_trouble is None
    world.close()


async def test_it_waits_where_slack_asks_for_patience(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    asked = 0

    async def throttled(workspace: str, channel: str) -> Place | None:
        nonlocal asked
        asked += 1
        if asked < 3:
            raise TryLater("ratelimited", 0, throttled=True)
        return Place(channel, "wins")

    monkeypatch.setattr(world.slack, "place", throttled)
    await swept(world)
    assert (await team(world)).channel_trouble == "not_in_channel"
    world.close()


async def test_of_who_slack_does_not_list_nothing_is_concluded(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    world.slack.profiles.pop(BEN)
    await swept(world)
    ben = await person(world, BEN)
    assert ben.left_at is None
    assert ben.rep_of is not None
    world.close()


async def test_a_new_name_of_the_workspace_is_kept_and_admins_who_left_are_unnamed(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await look_after(world, "UIDA", "UJO", "UKIM")
    world.slack.profiles["UIDA"] = Profile("UIDA", "Ida", BERLIN, deleted=True)
    world.slack.profiles["UJO"] = Profile("UJO", "Jo", BERLIN)
    world.slack.name = "Hofer & Sons"
    await swept(world)
    known = await world.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert known.admins == ("UJO", "UKIM")
    assert known.name == "Hofer & Sons"
    world.close()


async def test_the_log_has_counts_and_no_names(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    becomes(world, BEN, deleted=True)
    becomes(world, ANA, name="Ana Sousa Lima")
    with structlog.testing.capture_logs() as logs:
        await swept(world)
    (line,) = [one for one in logs if one["event"] == "a workspace was compared with Slack"]
    assert (line["left"], line["renamed"], line["people"]) == (1, 1, 3)
    assert not {"Ben", "Ana", "Krug", "Sousa"} & set(str(line).replace("'", " ").split())
    world.close()


async def test_an_unchanged_workspace_of_thousands_is_compared_without_a_write_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reps = tuple(Member(f"U{n:05d}", f"Rep {n}", BERLIN) for n in range(60))
    world = await a_world(tmp_path, replace(PLAN, reps=reps))
    known_to_slack(world, replace(PLAN, reps=reps))
    for n in range(5000):
        world.slack.profiles[f"W{n:05d}"] = Profile(f"W{n:05d}", f"Someone {n}", BERLIN, deleted=n % 3 == 0)
    storage, writes = world.huddle.storage, 0
    write = storage.write

    async def counted(work: Any) -> Any:
        nonlocal writes
        writes += 1
        return await write(work)

    alarm = Alarm(AlarmKind.SWEEP, WORKSPACE, world.now)
    await storage.write(lambda s: s.alarms.set(alarm))
    monkeypatch.setattr(storage, "write", counted)
    await world.huddle.tick.chores.begin(alarm, world.now)
    await world.huddle.tick.chores.settle()
    assert writes == 3, "the alarm taken, the result kept, the next night set"
    world.close()


async def test_sixty_reps_who_leave_at_once_are_told_in_few_messages(tmp_path: Path) -> None:
    reps = tuple(Member(f"U{n:05d}", f"Rep {n}", BERLIN) for n in range(60))
    world = await a_world(tmp_path, replace(PLAN, reps=reps))
    known_to_slack(world, replace(PLAN, reps=reps))
    await world.huddle.storage.write(_no_summaries)
    for n in range(60):
        becomes(world, f"U{n:05d}", deleted=True)
    await swept(world)
    await world.go(local(BERLIN, "2026-11-23 08:35"))
    told = [shown.text for shown in world.dm(MARIA)]
    assert len(told) <= 8
    assert all(any(f"Rep {n} has left" in text for text in told) for n in range(60))
    world.close()


def _no_summaries(store: Store) -> None:
    for one in store.people.teams(WORKSPACE):
        for manager in store.people.managers(one.id):
            store.alarms.clear(AlarmKind.SUMMARY, f"{one.id}:{manager.id}")


async def keeps_one(world: World) -> None:
    """Ben does what he committed to, so that the week has something to tell."""
    await world.say(BEN, "I'll call Jonas about the offer in 30 minutes")
    await world.press(BEN, "Commit")
    await world.wait(minutes=40)
    await world.press(BEN, "Done")
    await world.wait(minutes=1)


async def test_wins_that_slack_refuses_are_told_once_for_each_trouble(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    await keeps_one(world)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    world.slack.places[CHANNEL] = Place(CHANNEL, "wins")
    await channel_event(world, "channel_left", CHANNEL)
    told = len([one for one in world.dm(MARIA) if "/invite" in one.text])
    north = await team(world)
    delivery_key = f"wins:{north.id}:2026-W48"
    await refused_wins(world, delivery_key, "not_in_channel")
    assert not world.slack.failures, "they were tried"
    assert len([one for one in world.dm(MARIA) if "/invite" in one.text]) == told == 1
    world.close()


async def test_wins_that_slack_refuses_are_told_to_a_manager_far_away_when_they_work(tmp_path: Path) -> None:
    maria = replace(PLAN.managers[0], zone="America/Los_Angeles")
    world = await a_world(tmp_path, replace(PLAN, managers=(maria,)))
    known_to_slack(world, replace(PLAN, managers=(maria,)))
    await world.go(local(BERLIN, "2026-11-27 14:00"))
    await keeps_one(world)
    north = await team(world)
    await refused_wins(world, f"wins:{north.id}:2026-W48", "not_in_channel")
    assert not world.slack.failures
    assert not any("/invite" in one.text for one in world.dm(MARIA)), "it is five in the morning there"
    await world.go(local("America/Los_Angeles", "2026-11-27 08:35"))
    assert len([one for one in world.dm(MARIA) if "/invite" in one.text]) == 1
    world.close()


# -- what a status suggests


async def test_a_status_that_looks_like_an_absence_is_offered_once_when_they_work(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 20:00"))
    before = len(world.dm(BEN))
    until = local(BERLIN, "2026-11-27 23:59")
    await tells(world, BEN, status=replace(BEACH, until=until))
    await swept(world)
    assert len(world.dm(BEN)) == before
    assert AlarmKind.OFFER in await alarms_of(world, (await person(world, BEN)).id)
    await world.go(local(BERLIN, "2026-11-24 08:40"))
    (offer,) = world.dm(BEN)[before:]
    assert "27 Nov" in offer.text
    assert (await person(world, BEN)).preferences.absences == (), "it is never assumed"
    await swept(world)
    await world.go(local(BERLIN, "2026-11-25 18:00"))
    assert len([one for one in world.dm(BEN) if "27 Nov" in one.text and "status" in one.text]) == 1
    world.close()


async def test_a_status_that_is_gone_by_morning_is_not_offered(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 20:00"))
    before = len(world.dm(BEN))
    await tells(world, BEN, status=BEACH)
    await tells(world, BEN, status=None)
    await world.go(local(BERLIN, "2026-11-24 08:40"))
    assert len(world.dm(BEN)) == before
    world.close()


async def test_the_same_status_in_another_year_is_offered_again(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await tells(world, BEN, status=BEACH)
    assert (await person(world, BEN)).preferences.suggestion is not None
    await tells(world, BEN, status=None)
    assert (await person(world, BEN)).preferences.suggested == ""
    await tells(world, BEN, status=BEACH)
    assert (await person(world, BEN)).preferences.suggestion is not None
    world.close()


async def test_who_has_said_so_already_is_not_asked(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    ben = await person(world, BEN)
    off = (Absence(date(2026, 11, 23), date(2026, 11, 27)),)
    away = replace(ben, preferences=replace(ben.preferences, absences=off))
    await world.huddle.storage.write(lambda s: s.people.save(away))
    await tells(world, BEN, status=replace(BEACH, until=local(BERLIN, "2026-11-26 23:59")))
    assert AlarmKind.OFFER not in await alarms_of(world, ben.id)
    world.close()


@pytest.mark.parametrize("status", [Status("In a meeting", ":spiral_calendar_pad:", None), Status("WFH", "", None)])
async def test_a_status_of_the_working_day_is_left_alone(tmp_path: Path, status: Status) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    before = await person(world, BEN)
    await tells(world, BEN, status=status)
    assert await person(world, BEN) == before
    world.close()
