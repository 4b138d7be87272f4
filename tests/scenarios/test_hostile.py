"""Found by a hostile reading: who gets what they must not, when they must not, or for longer than was promised."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.domain.draft import TeamDraft
from bot.domain.preferences import Absence, Suggestion
from bot.ports.installations import Sealed
from bot.ports.slack import Profile, Refused, TryLater
from bot.ports.storage import Alarm, AlarmKind, Store
from bot.services import access
from bot.services.people import Member
from bot.services.retention import Retention
from bot.services.settling import Settling, renew
from tests.support.changes import known_to_slack, look_after, person, tells
from tests.support.filling import send
from tests.support.home import words
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local

OTTO = "UOTTO"
LABEL = "Share as a win on the team channel"


async def settle_for(world: World, who: str, **changed: Any) -> None:
    """They have settled that, and what follows from it has happened."""
    found = await person(world, who)

    def work(store: Store) -> None:
        store.people.save(replace(found, preferences=replace(found.preferences, **changed)))
        renew(store, store.people.get(found.id), world.now)

    await world.huddle.storage.write(work)


async def team_id(world: World, name: str) -> str:
    """The id of the team with that name."""
    found = await world.huddle.storage.read(lambda s: s.people.team_named(WORKSPACE, name))
    assert found is not None
    return found.id


def installation(world: World, place: str = WORKSPACE, **changed: Any) -> Sealed:
    """The app's installation in that place, of now."""
    blank = Sealed(
        id=place,
        enterprise_id=None,
        org_wide=False,
        name="Acme",
        app_id="A1",
        bot_user_id="U0",
        bot_id="B0",
        scopes=(),
        installed_by=None,
        installed_at=world.now,
        expires_at=None,
        sealed="x",
    )
    return replace(blank, **changed)


async def test_an_evening_question_that_was_held_up_does_not_come_in_the_night(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await settle_for(world, BEN, evening=True)
    await world.go(local(BERLIN, "2026-11-23 16:30"))
    before = len(world.dm(BEN))
    world.slack.failures = [TryLater("no connection to Slack", 6 * 3600)]
    await world.go(local(BERLIN, "2026-11-23 16:50"))
    assert not world.slack.failures, "the question of the evening was held up"
    await world.go(local(BERLIN, "2026-11-23 23:30"))
    assert [m.text for m in world.dm(BEN)[before:]] == []


async def test_a_manager_who_notes_days_away_at_night_wakes_nobody(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 22:30"))
    before = len(world.dm(BEN))
    rep = await person(world, BEN)
    await world.tap_view(MARIA, "away_for", rep.id)
    await world.submit(
        MARIA,
        away_first={"type": "datepicker", "selected_date": "2026-11-24"},
        away_last={"type": "datepicker", "selected_date": "2026-11-25"},
    )
    assert (await person(world, BEN)).preferences.absences
    assert [m.text for m in world.dm(BEN)[before:]] == []


async def test_a_rep_who_erases_at_night_wakes_no_manager(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 23:00"))
    before = len(world.dm(MARIA))
    await world.tap_view(BEN, "erase_data")
    await world.submit(BEN)
    assert [m.text for m in world.dm(MARIA)[before:]] == []


async def _done_and_shared(world: World) -> None:
    await world.go(local(BERLIN, "2026-11-27 09:00"))
    await world.say(BEN, "I'll call Zacharias by 10:00")
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-27 10:06"))
    await world.press(BEN, "Done")
    await world.press(BEN, LABEL)


async def test_a_win_that_waits_is_not_told_once_its_rep_has_erased_everything(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await _done_and_shared(world)
    await world.go(local(BERLIN, "2026-11-27 14:59"))
    world.slack.failures = [TryLater("no connection to Slack", 1200)] * 50
    await world.go(local(BERLIN, "2026-11-27 15:01"))
    world.slack.failures = []
    await world.tap_view(BEN, "erase_data")
    await world.submit(BEN)
    await world.go(local(BERLIN, "2026-11-27 16:00"))
    told = [m.text for m in world.channel(CHANNEL)]
    assert told, "the week is told"
    assert not any("Zacharias" in t or "Ben" in t for t in told)


async def test_news_of_a_departure_that_waits_does_not_outlive_the_erasing(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await world.go(local(BERLIN, "2026-11-27 09:50"))
    await world.say(BEN, "I'll call Zacharias by 14:00")
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-27 19:00"))
    await tells(world, BEN, deleted=True)
    rep = await person(world, BEN)
    before = len(world.dm(MARIA))
    await world.huddle.storage.write(lambda s: s.records.erase(s.people.get(rep.id), world.now))
    await world.go(local(BERLIN, "2026-11-30 10:00"))
    assert not any("Zacharias" in m.text for m in world.dm(MARIA)[before:])


async def test_after_erasing_nothing_joins_what_is_left_to_a_slack_id(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:50"))
    await world.tap_view(BEN, "erase_data")
    await world.submit(BEN)
    await world.go(local(BERLIN, "2026-11-24 12:00"))
    with sqlite3.connect(world.database) as c:
        left = [line for line in c.iterdump() if BEN in line]
    assert left == []


async def test_words_of_a_commitment_made_by_form_go_from_the_check_in_in_time(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 08:00"))
    await world.shortcut(BEN, "")
    await world.submit(BEN, action="call Hofer", when="14:00", if_then="Zacharias hangs up")

    world.now += timedelta(days=120)
    await Retention(world.huddle.storage).run(WORKSPACE, world.now)
    with sqlite3.connect(world.database) as c:
        left = [line.split('"')[1] for line in c.iterdump() if "Zacharias" in line]
    assert left == []


async def test_who_has_seen_it_names_the_stand_in_who_read_it(tmp_path: Path) -> None:
    world = await a_world(tmp_path, replace(PLAN, managers=(*PLAN.managers,)))
    other = replace(PLAN, name="South", channel="C2", managers=(Member(OTTO, "Otto Lang", BERLIN),), reps=())
    await world.apply(other)
    otto = await person(world, OTTO)
    await settle_for(world, MARIA, stand_in=otto.id, absences=(Absence(date(2026, 11, 23), date(2026, 11, 25)),))
    await world.go(local(BERLIN, "2026-11-23 08:50"))
    await world.say(BEN, "I'll call Hofer by 14:00")
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-23 12:00"))
    assert any("Hofer" in m.text for m in world.dm(OTTO))
    assert not any("Hofer" in m.text for m in world.dm(MARIA))
    await world.tap_view(BEN, "privacy")
    told = "\n".join(b["text"]["text"] for b in world.client.opened[-1]["blocks"] if b["type"] == "section")
    assert "Otto Lang" in told, told


async def test_started_changes_wait_for_a_manager_who_is_away(tmp_path: Path) -> None:
    plan = replace(PLAN, managers=(*PLAN.managers, Member(OTTO, "Otto Lang", BERLIN)))
    world = await a_world(tmp_path, plan)
    known_to_slack(world, plan)
    await settle_for(world, OTTO, absences=(Absence(date(2026, 11, 23), date(2026, 12, 5)),))
    await world.go(local(BERLIN, "2026-11-23 09:50"))
    before = len(world.dm(OTTO))
    team = await team_id(world, "North")
    world.client.opened.clear()
    await world.tap_view(MARIA, "team_settings", team)
    await send(world, MARIA, team_name="Northern")
    await send(world, MARIA)
    await world.press(MARIA, "Apply")
    await world.settle()
    assert [m.text for m in world.dm(OTTO)[before:]] == []


async def test_a_manager_takes_no_rep_of_another_team_into_their_own(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    other = replace(
        PLAN,
        name="South",
        channel="C2",
        managers=(Member(OTTO, "Otto Lang", BERLIN),),
        reps=(Member("UCEM", "Cem Ay", BERLIN),),
    )
    await world.apply(other)
    known_to_slack(world, PLAN)
    known_to_slack(world, other)
    await world.go(local(BERLIN, "2026-11-23 08:50"))
    await world.say(BEN, "I'll call Zacharias by 14:00")
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-23 10:30"))
    team = await team_id(world, "South")
    world.client.opened.clear()
    await world.tap_view(OTTO, "team_settings", team)
    assert await send(world, OTTO, team_reps=["UCEM", BEN], team_care="Petra") == {}
    await send(world, OTTO)
    await world.press(OTTO, "Apply")
    await world.settle()
    view = await world.open_home(OTTO)
    assert "Zacharias" not in words(view)


async def test_a_status_offered_late_does_not_come_in_the_night(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 17:00"))
    before = len(world.dm(BEN))
    rep = await person(world, BEN)

    def work(store: Store) -> None:
        days = Suggestion(date(2026, 11, 24), date(2026, 11, 25))
        store.people.save(replace(rep, preferences=replace(rep.preferences, suggestion=days, suggested="x")))
        store.alarms.set(Alarm(AlarmKind.OFFER, rep.id, local(BERLIN, "2026-11-23 17:01")))

    await world.huddle.storage.write(work)
    world.slack.failures = [TryLater("no connection to Slack", 5 * 3600)]
    await world.go(local(BERLIN, "2026-11-23 17:05"))
    assert not world.slack.failures
    await world.go(local(BERLIN, "2026-11-23 23:30"))
    assert [m.text for m in world.dm(BEN)[before:]] == []


async def test_a_nudge_that_waits_does_not_reach_a_manager_who_left_for_their_holiday(tmp_path: Path) -> None:
    plan = replace(PLAN, managers=(*PLAN.managers,))
    world = await a_world(tmp_path, plan)
    other = replace(PLAN, name="South", channel="C2", managers=(Member(OTTO, "Otto Lang", BERLIN),), reps=())
    await world.apply(other)
    otto = await person(world, OTTO)
    await settle_for(world, MARIA, stand_in=otto.id)
    await world.go(local(BERLIN, "2026-11-23 09:10"))
    await world.say(BEN, "I'm stuck and need help")
    await world.press(BEN, "Tell my manager I'd like a hand")
    await world.go(local(BERLIN, "2026-11-23 11:10"))
    world.slack.failures = [TryLater("no connection to Slack", 1200)]
    await world.go(local(BERLIN, "2026-11-23 11:16"))
    assert not world.slack.failures
    before = len(world.dm(MARIA))
    await settle_for(world, MARIA, absences=(Absence(date(2026, 11, 23), date(2026, 12, 5)),))
    await world.go(local(BERLIN, "2026-11-23 11:59"))
    assert [m.text for m in world.dm(MARIA)[before:]] == []


async def test_who_left_their_team_long_ago_is_not_kept_by_name(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    await tells(world, BEN, deleted=True)

    world.now += timedelta(days=2000)
    await Retention(world.huddle.storage).run(WORKSPACE, world.now)
    with sqlite3.connect(world.database) as c:
        left = [line for line in c.iterdump() if "Ben Krug" in line or BEN in line]
    assert left == []


async def test_erasing_takes_the_slack_id_out_of_drafts(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    d = TeamDraft(
        "d1", WORKSPACE, MARIA, world.now, "East", BERLIN, None, (MARIA,), (ANA,), number=1, told=(MARIA, BEN)
    )
    await world.huddle.storage.write(lambda s: s.drafts.save(d))
    rep = await person(world, BEN)
    await world.huddle.storage.write(lambda s: s.records.erase(s.people.get(rep.id), world.now))
    kept = await world.huddle.storage.read(lambda s: s.drafts.get("d1"))
    assert kept is not None
    assert BEN not in kept.told


async def test_two_drafts_of_one_team_do_not_undo_each_other_unseen(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    plan = replace(PLAN, reps=(*PLAN.reps, Member("UCEM", "Cem Ay", BERLIN)))
    known_to_slack(world, plan)
    await look_after(world, "UADA")

    world.slack.profiles["UADA"] = Profile("UADA", "Ada Min", BERLIN, is_admin=True)
    await world.go(local(BERLIN, "2026-11-23 09:50"))
    team = await team_id(world, "North")
    world.client.opened.clear()
    await world.tap_view(MARIA, "team_settings", team)
    await send(world, MARIA, team_care="Petra")
    await send(world, MARIA)
    world.client.opened.clear()
    await world.tap_view("UADA", "team_settings", team)
    await send(world, "UADA", team_reps=[ANA, BEN, "UCEM"])
    await send(world, "UADA")
    await world.press("UADA", "Apply")
    await world.settle()
    await world.press(MARIA, "Apply", next(m for m in reversed(world.dm(MARIA)) if "Apply" in m.buttons))
    await world.settle()
    reps = await world.huddle.storage.read(lambda s: {p.slack_id for p in s.people.reps(team)})
    assert "UCEM" in reps


async def test_a_move_that_was_cut_short_by_uninstalling_ends(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    rep = await person(world, BEN)

    sealed = installation(world)
    inst = world.huddle.installing
    await world.huddle.storage.write(lambda s: inst.installed(s, sealed, None, world.now))
    await world.huddle.storage.write(lambda s: Settling().moved(s, s.people.get(rep.id), "America/New_York", world.now))
    assert (await person(world, BEN)).preferences.moving
    await world.huddle.storage.write(lambda s: inst.left(s, WORKSPACE, None, world.now))
    back = replace(sealed, installed_at=world.now + timedelta(days=2))
    await world.huddle.storage.write(lambda s: inst.installed(s, back, None, world.now + timedelta(days=2)))
    after = await person(world, BEN)
    alarm = await world.huddle.storage.read(lambda s: s.alarms.get(AlarmKind.MOVE, rep.id))
    assert after.preferences.moving is None or alarm is not None


async def test_a_member_who_installs_once_more_does_not_become_an_admin(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await look_after(world, "UADA")

    sealed = installation(world, installed_by=BEN)
    await world.huddle.storage.write(lambda s: world.huddle.installing.installed(s, sealed, None, world.now))
    kept = await world.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert kept.admins == ("UADA",)


async def test_every_workspace_of_an_organisation_is_cleaned(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    sealed = installation(world, "E01", enterprise_id="E01", org_wide=True, installed_by="UADA")
    await world.huddle.storage.write(lambda s: world.huddle.installing.installed(s, sealed, "T09HOME", world.now))
    await world.huddle.storage.write(lambda s: s.installations.belongs("T02BRANCH", "E01"))
    alarm = await world.huddle.storage.read(lambda s: s.alarms.get(AlarmKind.CLEANING, "T02BRANCH"))
    assert alarm is not None


async def test_the_form_of_days_away_tells_a_manager_of_no_pause(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:50"))
    await world.command(BEN, "pause until Friday")
    rep = await person(world, BEN)
    world.client.opened.clear()
    await world.tap_view(MARIA, "away_for", rep.id)
    assert "paused" not in str(world.client.opened[-1])


async def test_a_win_that_waits_is_not_told_once_wins_are_switched_off(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await _done_and_shared(world)
    await world.go(local(BERLIN, "2026-11-27 14:59"))
    world.slack.failures = [TryLater("no connection to Slack", 1200)] * 50
    await world.go(local(BERLIN, "2026-11-27 15:01"))
    world.slack.failures = []

    rep = await person(world, BEN)

    def off(store: Store) -> None:
        who = access.actor(store, rep, world.now)
        Settling().settle(store, who, rep, replace(rep.preferences, wins=False), world.now)

    await world.huddle.storage.write(off)
    await world.go(local(BERLIN, "2026-11-27 16:00"))
    told = [m.text for m in world.channel(CHANNEL)]
    assert told, "the week is told"
    assert not any("Zacharias" in t for t in told)


async def test_a_question_that_was_skipped_by_erasing_leaves_no_words_in_failed_rows(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:20"))
    await world.say(BEN, "I'll call Zacharias by 14:00")
    await world.press(BEN, "Commit")

    world.slack.failures = [Refused("account_inactive")]
    await world.go(local(BERLIN, "2026-11-23 09:31"))
    await world.tap_view(BEN, "erase_data")
    await world.submit(BEN)
    with sqlite3.connect(world.database) as c:
        left = [line[:200] for line in c.iterdump() if "Zacharias" in line]
    assert left == []


async def test_a_manager_who_erases_leaves_no_team_that_nobody_leads_untold(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await look_after(world, "UADA")
    await world.go(local(BERLIN, "2026-11-23 09:50"))
    await world.tap_view(MARIA, "erase_data")
    await world.submit(MARIA)
    await world.go(local(BERLIN, "2026-11-24 12:00"))
    assert any("North" in m.text for m in world.dm("UADA"))


async def test_who_is_named_to_look_after_the_app_at_night_hears_of_it_in_the_morning(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await look_after(world, "UADA")

    world.slack.profiles[MARIA] = Profile(MARIA, "Maria Kern", BERLIN)
    await world.go(local(BERLIN, "2026-11-23 23:30"))
    before = len(world.dm(MARIA))
    await world.tap_view("UADA", "admins")
    await world.submit("UADA", admins={"type": "multi_users_select", "selected_users": ["UADA", MARIA]})
    assert [m.text[:50] for m in world.dm(MARIA)[before:]] == []
