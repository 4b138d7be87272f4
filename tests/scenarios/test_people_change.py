"""People and channels change while the team lives on: told by events, and found in the night when no event came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.calendar import local_date
from bot.domain.preferences import Absence
from bot.ports.slack import Place
from bot.ports.storage import AlarmKind, Store
from bot.services.people import Member, TeamPlan
from tests.support.changes import (
    alarms_of,
    becomes,
    channel_event,
    known_to_slack,
    look_after,
    person,
    swept,
    team,
    tells,
)
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, LISBON, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local

OTTO, PIA = "UOTTO", "UPIA"
TWO_MANAGERS = replace(PLAN, managers=(*PLAN.managers, Member(OTTO, "Otto Lang", BERLIN)))
SOUTH = replace(
    PLAN,
    name="South",
    channel="C02WINS",
    managers=(Member(PIA, "Pia Rossi", BERLIN),),
    reps=(Member("UCEM", "Cem Ay", BERLIN),),
)
WITH_BEN = replace(SOUTH, reps=(*SOUTH.reps, Member(BEN, "Ben Krug", BERLIN)))
WITHOUT_BEN = replace(PLAN, reps=PLAN.reps[:1])


async def committed(world: World, who: str, words: str = "I'll call Jonas at Hofer by 14:00") -> None:
    await world.go(local(BERLIN, "2026-11-23 09:50"))
    await world.say(who, words)
    await world.press(who, "Commit")


def texts(world: World, who: str) -> list[str]:
    return [shown.text for shown in world.dm(who)]


# -- somebody leaves the workspace


@pytest.mark.parametrize("told", [True, False], ids=["by an event", "by the sweep"])
async def test_a_rep_who_leaves_hears_nothing_more_and_the_manager_takes_over_what_was_open(
    tmp_path: Path, told: bool
) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await committed(world, BEN)
    if told:
        await tells(world, BEN, deleted=True)
    else:
        becomes(world, BEN, deleted=True)
        await swept(world)
    before = len(world.dm(BEN))
    (news,) = [text for text in texts(world, MARIA) if "has left" in text]
    assert "Ben Krug has left the workspace" in news
    assert "call Jonas at Hofer" in news
    assert "14:00" in news
    await world.wait(days=2)
    assert len(world.dm(BEN)) == before
    ben = await person(world, BEN)
    assert ben.left_at is not None
    assert ben.rep_of is None
    assert await alarms_of(world, ben.id) == set()
    assert "Ben" not in world.last(MARIA).text
    world.close()


async def test_what_a_rep_wrote_and_did_not_share_is_not_handed_over(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    await world.say(BEN, "honestly I am stuck with Hofer and could use a hand")
    await tells(world, BEN, deleted=True)
    (news,) = [text for text in texts(world, MARIA) if "has left" in text]
    assert "Hofer" not in news
    assert "hand" not in news
    world.close()


async def test_a_wish_for_a_hand_that_was_shared_is_handed_over(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    await world.say(BEN, "I need help with Hofer")
    await world.press(BEN, "Tell my manager I'd like a hand")
    await tells(world, BEN, deleted=True)
    (news,) = [text for text in texts(world, MARIA) if "has left" in text]
    assert "would like a hand" in news
    assert "Hofer" not in news
    world.close()


async def test_who_leaves_in_the_night_is_told_about_in_the_morning(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await committed(world, BEN)
    await world.go(local(BERLIN, "2026-11-24 02:00"))
    becomes(world, BEN, deleted=True)
    await swept(world)
    assert not [text for text in texts(world, MARIA) if "has left" in text]
    await world.go(local(BERLIN, "2026-11-24 08:30"))
    assert [text for text in texts(world, MARIA) if "has left" in text]
    world.close()


async def test_a_manager_who_is_away_by_then_reads_it_when_they_are_back(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-24 02:00"))
    becomes(world, BEN, deleted=True)
    await swept(world)
    maria = await person(world, MARIA)
    off = Absence(local_date(world.now, maria.tz), local_date(world.now, maria.tz))
    away = replace(maria, preferences=replace(maria.preferences, absences=(off,)))
    await world.huddle.storage.write(lambda s: s.people.save(away))
    await world.go(local(BERLIN, "2026-11-24 17:00"))
    assert not [text for text in texts(world, MARIA) if "has left" in text]
    await world.go(local(BERLIN, "2026-11-25 08:31"))
    assert len([text for text in texts(world, MARIA) if "has left" in text]) == 1
    world.close()


async def test_the_last_rep_leaves_and_the_team_sleeps(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 12:00"))
    becomes(world, BEN, deleted=True)
    becomes(world, ANA, deleted=True)
    await swept(world)
    (news,) = [text for text in texts(world, MARIA) if "has left" in text]
    assert "Ana Sousa has left" in news
    assert "Ben Krug has left" in news
    assert news.count("That was the last rep of North") == 1
    before = len(world.slack.messages)
    await world.wait(days=8)
    assert len(world.slack.messages) == before
    world.close()


async def test_who_comes_back_stays_out_until_somebody_adds_them(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await tells(world, BEN, deleted=True)
    await tells(world, BEN, deleted=False)
    assert world.last(MARIA).text.startswith("Ben Krug is in the workspace again")
    ben = await person(world, BEN)
    assert (ben.left_at, ben.rep_of) == (None, None)
    before = len(world.dm(BEN))
    await world.wait(days=1)
    assert len(world.dm(BEN)) == before
    await world.apply(PLAN)
    await world.wait(days=1)
    assert len(world.dm(BEN)) > before
    world.close()


async def test_an_old_event_does_not_end_what_goes_on(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    late = {"id": BEN, "team_id": WORKSPACE, "deleted": True, "name": "ben"}
    await world.event({"type": "user_change", "user": late, "event_ts": "1.1"})
    assert (await person(world, BEN)).left_at is None
    world.close()


async def test_an_event_told_twice_changes_things_once(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await tells(world, BEN, deleted=True)
    await tells(world, BEN, deleted=True)
    await swept(world)
    assert len([text for text in texts(world, MARIA) if "has left" in text]) == 1
    world.close()


# -- managers and admins


async def test_a_manager_leaves_and_the_other_one_is_told(tmp_path: Path) -> None:
    world = await a_world(tmp_path, TWO_MANAGERS)
    known_to_slack(world, TWO_MANAGERS)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    before = len(world.dm(MARIA))
    await tells(world, MARIA, deleted=True)
    assert world.last(OTTO).text.startswith("Maria Kern no longer manages North")
    north = await team(world)
    managers = await world.huddle.storage.read(lambda s: s.people.managers(north.id))
    assert [m.slack_id for m in managers] == [OTTO]
    await world.wait(days=2)
    assert len(world.dm(MARIA)) == before
    world.close()


async def test_the_last_manager_leaves_and_the_admins_are_told(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await look_after(world, "UIDA", MARIA)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await tells(world, MARIA, deleted=True)
    assert "Nobody manages the team any more" in world.last("UIDA").text
    known = await world.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert known.admins == ("UIDA",)
    asked = len(world.dm(BEN))
    await world.wait(days=1)
    assert len(world.dm(BEN)) > asked, "reps are still asked"
    world.close()


async def test_nothing_is_handed_to_a_manager_who_leaves_in_the_same_night(tmp_path: Path) -> None:
    world = await a_world(tmp_path, TWO_MANAGERS)
    known_to_slack(world, TWO_MANAGERS)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    before = len(world.dm(MARIA))
    becomes(world, BEN, deleted=True)
    becomes(world, MARIA, deleted=True)
    await swept(world)
    assert len(world.dm(MARIA)) == before
    assert "Ben Krug has left" in world.last(OTTO).text
    world.close()


async def test_what_waits_for_a_manager_who_left_is_not_sent(tmp_path: Path) -> None:
    world = await a_world(tmp_path, TWO_MANAGERS)
    known_to_slack(world, TWO_MANAGERS)
    await world.go(local(BERLIN, "2026-11-24 02:00"))
    becomes(world, BEN, deleted=True)
    await swept(world)
    becomes(world, MARIA, deleted=True)
    await swept(world)
    before = len(world.dm(MARIA))
    await world.go(local(BERLIN, "2026-11-24 12:00"))
    assert len(world.dm(MARIA)) == before
    assert [text for text in texts(world, OTTO) if "has left" in text]
    world.close()


async def test_a_manager_who_becomes_a_guest_leads_no_more(tmp_path: Path) -> None:
    world = await a_world(tmp_path, TWO_MANAGERS)
    known_to_slack(world, TWO_MANAGERS)
    await tells(world, MARIA, is_guest=True)
    maria, north = await person(world, MARIA), await team(world)
    assert maria.guest
    assert maria.left_at is None
    assert AlarmKind.NUDGE not in await alarms_of(world, maria.id)
    assert await alarms_of(world, f"{north.id}:{maria.id}") == set()
    world.close()


async def test_a_rep_who_becomes_a_guest_is_still_asked(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await tells(world, BEN, is_guest=True)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    assert (await person(world, BEN)).guest
    assert world.dm(BEN)
    world.close()


# -- names and zones


async def test_a_new_name_is_used_from_then_on(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 09:31"))
    assert "Ben Krug" in world.last(MARIA).text
    await tells(world, BEN, name="Ben Krug-Hahn")
    assert "Ben Krug-Hahn" in world.last(MARIA).text
    world.close()


async def test_a_new_zone_is_taken_up_and_the_day_has_one_question(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 20:00"))
    before = len(world.dm(BEN))
    await tells(world, BEN, zone="America/New_York")
    await swept(world)
    await world.go(local("America/New_York", "2026-11-24 08:40"))
    assert len(world.dm(BEN)) == before
    await world.go(local("America/New_York", "2026-11-24 08:46"))
    assert len(world.dm(BEN)) == before + 1
    assert (await person(world, BEN)).zone == "America/New_York"
    world.close()


async def test_what_is_told_of_people_we_do_not_know_changes_nothing(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.event({"type": "user_change", "user": {"id": "UELSE", "team_id": WORKSPACE, "deleted": True}})
    await world.event({"type": "user_change", "user": "UELSE"})
    assert await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, "UELSE")) is None
    world.close()


# -- a team's channel


async def test_the_app_is_removed_from_the_channel_and_invited_again(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    world.slack.places[CHANNEL] = Place(CHANNEL, "wins")
    await channel_event(world, "channel_left", CHANNEL)
    await channel_event(world, "member_left_channel", CHANNEL, user="U0BOT")
    assert (await team(world)).channel_trouble == "not_in_channel"
    told = [text for text in texts(world, MARIA) if "/invite" in text]
    assert len(told) == 1
    await swept(world)
    assert [text for text in texts(world, MARIA) if "/invite" in text] == told, "once for each trouble"
    world.slack.places[CHANNEL] = Place(CHANNEL, "wins", is_member=True)
    await channel_event(world, "member_joined_channel", CHANNEL, user="U0BOT")
    assert (await team(world)).channel_trouble is None
    assert world.last(MARIA).text.startswith("I can post to the channel of North again")
    world.close()


async def test_somebody_else_joining_or_leaving_is_nothing_to_us(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    world.slack.places.pop(CHANNEL)
    await channel_event(world, "member_left_channel", CHANNEL, user=ANA)
    assert (await team(world)).channel_trouble is None
    world.close()


@pytest.mark.parametrize(
    ("event", "place", "trouble", "words"),
    [
        ("channel_archive", Place(CHANNEL, "wins", is_archived=True, is_member=True), "is_archived", "is archived"),
        ("group_archive", Place(CHANNEL, "wins", is_private=True, is_archived=True), "is_archived", "is archived"),
        ("channel_deleted", None, "channel_not_found", "can't see the team's channel"),
        ("group_left", None, "channel_not_found", "can't see the team's channel"),
    ],
)
async def test_a_channel_that_cannot_be_posted_to_is_told_with_the_way_to_mend_it(
    tmp_path: Path, event: str, place: Place | None, trouble: str, words: str
) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    if place is None:
        world.slack.places.pop(CHANNEL)
    else:
        world.slack.places[CHANNEL] = place
    await channel_event(world, event, CHANNEL)
    assert (await team(world)).channel_trouble == trouble
    assert words in world.last(MARIA).text
    world.close()


# -- a rep changes teams


async def test_a_rep_goes_to_another_team_and_takes_what_is_open_along(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.apply(SOUTH)
    await committed(world, BEN)
    await world.apply(WITH_BEN)
    await world.settle()
    ben, north, south = await person(world, BEN), await team(world), await team(world, "South")
    assert ben.rep_of == south.id
    (open_one,) = await world.huddle.storage.read(lambda s: s.commitments.open_of(ben.id))
    assert open_one.team_id == south.id
    news = world.last(MARIA).text
    assert news == "Ben Krug is on South now, and no longer on North. What they have open went with them."
    assert not any("Ben" in text for text in texts(world, MARIA) if text != news)
    assert "Jonas" in world.last(PIA).text
    seen = texts(world, MARIA)
    await world.go(local(BERLIN, "2026-11-23 14:10"))
    await world.press(BEN, "Done")
    assert texts(world, MARIA) == seen, "the old manager sees nothing new"
    await world.press(BEN, "Share as a win on the team channel")
    await world.go(local(BERLIN, "2026-11-27 16:00"))
    assert not world.channel(north.channel)
    assert "Jonas" in world.channel("C02WINS")[-1].text
    world.close()


async def test_a_manager_of_both_teams_is_not_told_what_they_know(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    both = replace(WITH_BEN, managers=(*SOUTH.managers, *PLAN.managers))
    await world.apply(replace(both, reps=SOUTH.reps))
    before = texts(world, MARIA)
    await world.apply(both)
    await world.settle()
    assert texts(world, MARIA) == before
    world.close()


async def test_their_next_question_tells_them_so(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.apply(SOUTH)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await world.apply(WITH_BEN)
    before = len(world.dm(BEN))
    await world.go(local(BERLIN, "2026-11-23 18:00"))
    assert len(world.dm(BEN)) == before
    await world.go(local(BERLIN, "2026-11-24 08:50"))
    question, note = texts(world, BEN)[before:]
    assert question.endswith("?") or "?" in question
    assert note.startswith("You're on South now, and no longer on North.")
    assert "Pia sees what you commit to" in note
    world.close()


async def test_they_are_asked_at_their_new_team_s_time(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await world.apply(replace(WITH_BEN, times=replace(PLAN.times, check_in=PLAN.times.check_in.replace(hour=9))))
    before = len(world.dm(BEN))
    await world.go(local(BERLIN, "2026-11-24 09:44"))
    assert len(world.dm(BEN)) == before
    await world.go(local(BERLIN, "2026-11-24 09:46"))
    assert len(world.dm(BEN)) > before
    world.close()


async def test_a_talk_that_is_open_goes_on_for_the_new_team(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.apply(SOUTH)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    await world.say(BEN, "I'll call Jonas at Hofer by 14:00")
    await world.apply(WITH_BEN)
    await world.press(BEN, "Commit")
    ben, south = await person(world, BEN), await team(world, "South")
    (made,) = await world.huddle.storage.read(lambda s: s.commitments.open_of(ben.id))
    assert made.team_id == south.id
    world.close()


async def test_a_rep_named_in_two_teams_is_in_the_one_that_was_made_last(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.apply(WITH_BEN)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    assert len(world.dm(BEN)) == 1
    north = await team(world)
    reps = await world.huddle.storage.read(lambda s: s.people.reps(north.id))
    assert [rep.slack_id for rep in reps] == [ANA]
    world.close()


# -- a file names another zone


def in_zone(zone: str) -> TeamPlan:
    """North, with Ben in this zone."""
    return replace(PLAN, reps=(*PLAN.reps[:1], replace(PLAN.reps[1], zone=zone)))


async def test_another_zone_in_the_file_counts_from_the_next_day_and_nobody_is_asked_twice(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    asked = len(world.dm(BEN))
    assert asked
    applied = await world.apply(in_zone("America/New_York"))
    assert applied.changed == ("Ben Krug",)
    await world.go(local(BERLIN, "2026-11-23 17:00"))
    assert len(world.dm(BEN)) == asked, "their day has had its question"
    await world.go(local("America/New_York", "2026-11-24 08:44"))
    assert len(world.dm(BEN)) == asked
    await world.go(local("America/New_York", "2026-11-24 08:46"))
    assert len(world.dm(BEN)) == asked + 1
    ben = await person(world, BEN)
    assert (ben.zone, ben.preferences.moving) == ("America/New_York", None)
    world.close()


async def test_another_zone_in_the_file_takes_no_day_from_anybody(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 08:00"))
    await world.apply(in_zone("Asia/Tokyo"))
    await world.go(local(BERLIN, "2026-11-23 08:46"))
    assert "Ben" in world.last(BEN).text, "a working day of theirs goes on"
    await world.go(local("Asia/Tokyo", "2026-11-24 08:46"))
    assert (await person(world, BEN)).zone == "Asia/Tokyo"
    assert len(await world.huddle.storage.read(lambda s: s.checkins.on(ben_id(s), date(2026, 11, 24)))) == 1
    world.close()


async def test_a_zone_in_the_file_takes_the_place_of_a_move_that_was_about_to_count(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await tells(world, BEN, zone=LISBON)
    await world.apply(in_zone("Asia/Tokyo"))
    await world.go(local(BERLIN, "2026-11-24 12:00"))
    ben = await person(world, BEN)
    assert (ben.zone, ben.preferences.moving) == ("Asia/Tokyo", None)
    world.close()


async def test_applying_the_file_again_leaves_a_move_as_it_is(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    await tells(world, BEN, zone=LISBON)
    moving = await person(world, BEN)
    assert moving.preferences.moving
    await world.apply(in_zone(LISBON))
    assert await person(world, BEN) == moving
    world.close()


def ben_id(store: Store) -> str:
    found = store.people.by_slack(WORKSPACE, BEN)
    assert found is not None
    return found.id


# -- somebody is taken off a team


async def test_who_is_taken_off_a_team_in_the_middle_of_a_talk_is_left_in_peace(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await committed(world, BEN)
    await world.command(BEN, "start")
    await world.say(BEN, "I'll write to Kern by 15:00")
    await world.apply(WITHOUT_BEN)
    await world.settle()
    ben = await person(world, BEN)
    before = len(world.dm(BEN))
    await world.press(BEN, "Commit")
    open_ones = await world.huddle.storage.read(lambda s: s.commitments.open_of(ben.id))
    assert [one.action for one in open_ones] == ["call Jonas at Hofer"]
    await world.go(local(BERLIN, "2026-11-25 12:00"))
    assert len(world.dm(BEN)) == before
    assert "Ben" not in world.last(MARIA).text
    world.close()


async def test_a_manager_who_is_taken_off_is_not_woken_any_more(tmp_path: Path) -> None:
    world = await a_world(tmp_path, TWO_MANAGERS)
    await world.apply(replace(TWO_MANAGERS, managers=TWO_MANAGERS.managers[1:]))
    maria, north = await person(world, MARIA), await team(world)

    def woken(store: Store) -> bool:
        of_the_team = store.alarms.get(AlarmKind.SUMMARY, f"{north.id}:{maria.id}")
        return of_the_team is not None or store.alarms.get(AlarmKind.NUDGE, maria.id) is not None

    assert not await world.huddle.storage.read(woken)
    world.close()


async def test_a_manager_of_two_teams_keeps_the_nudge_of_the_other(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.apply(replace(SOUTH, managers=PLAN.managers))
    await world.apply(SOUTH)
    maria = await person(world, MARIA)
    assert AlarmKind.NUDGE in await alarms_of(world, maria.id)
    world.close()


async def test_a_team_with_a_new_name_is_the_same_team(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await committed(world, BEN)
    north = await team(world)
    await world.apply(replace(PLAN, name="Nord", team_id=north.id))
    assert (await team(world, "Nord")).id == north.id
    ben = await person(world, BEN)
    assert ben.rep_of == north.id
    assert len(await world.huddle.storage.read(lambda s: s.people.teams(WORKSPACE))) == 1
    world.close()


async def test_two_zones_of_one_team_do_not_matter_to_the_rest(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await tells(world, ANA, zone=LISBON)
    assert (await person(world, ANA)).preferences.moving is None
    world.close()


# -- news that waited for the morning


async def test_who_was_taken_off_the_team_meanwhile_does_not_hear_of_it(tmp_path: Path) -> None:
    world = await a_world(tmp_path, TWO_MANAGERS)
    known_to_slack(world, TWO_MANAGERS)
    await world.go(local(BERLIN, "2026-11-24 02:00"))
    becomes(world, BEN, deleted=True)
    await swept(world)
    await world.apply(replace(TWO_MANAGERS, managers=TWO_MANAGERS.managers[1:], reps=TWO_MANAGERS.reps[:1]))
    await world.go(local(BERLIN, "2026-11-24 12:00"))
    assert not [text for text in texts(world, MARIA) if "has left" in text]
    assert [text for text in texts(world, OTTO) if "has left" in text]
    world.close()


async def test_who_wants_no_messages_gets_none_of_it(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    maria = await person(world, MARIA)
    await world.huddle.storage.write(lambda s: s.people.save(replace(maria, stopped_at=world.now)))
    before = len(world.dm(MARIA))
    await tells(world, BEN, deleted=True)
    await world.wait(days=1)
    assert len(world.dm(MARIA)) == before
    world.close()


async def test_an_admin_on_no_team_is_told_in_the_team_s_working_hours(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await look_after(world, "UIDA")
    await world.go(local(BERLIN, "2026-11-28 12:00"))
    await tells(world, MARIA, deleted=True)
    await world.go(local(BERLIN, "2026-11-30 08:29"))
    assert not world.dm("UIDA")
    await world.go(local(BERLIN, "2026-11-30 08:31"))
    assert len(world.dm("UIDA")) == 1
    world.close()


async def test_a_machine_that_slept_through_the_morning_waits_for_the_next_one(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-24 02:00"))
    becomes(world, BEN, deleted=True)
    await swept(world)
    world.now = local(BERLIN, "2026-11-24 22:00")
    await world.settle()
    assert not [text for text in texts(world, MARIA) if "has left" in text]
    await world.go(local(BERLIN, "2026-11-25 08:31"))
    assert len([text for text in texts(world, MARIA) if "has left" in text]) == 1
    world.close()


async def test_a_former_rep_who_writes_is_not_taken_for_a_manager(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.apply(WITHOUT_BEN)
    await world.say(BEN, "hello?")
    assert "not on one of them yet" in world.last(BEN).text
    world.close()
