"""The Home tab for a rep, a manager, a stand-in, an admin and somebody we do not know."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import event

from bot.domain.draft import TeamDraft
from bot.domain.people import Person
from bot.domain.preferences import Absence, PublicHolidays
from bot.domain.workspace import Workspace
from bot.ports.messages import Lane, Message
from bot.ports.slack import Profile, TryLater
from bot.ports.storage import Store
from bot.services.access import actor_by_slack
from bot.services.look import Look
from bot.services.people import Member
from handlers.home import HomeTab
from storage.sqlite import SqliteStorage
from tests.support.home import View, buttons, drawn, home, send, tap, words
from tests.support.team import ANA, BEN, BERLIN, LISBON, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local

ADMIN, DORA, EVA = "UADMIN", "UDORA", "UEVA"
SOUTH = replace(
    PLAN,
    name="South",
    channel="C02WINS",
    managers=(Member(DORA, "Dora Lang", BERLIN),),
    reps=(Member(EVA, "Eva Roth", BERLIN),),
    behaviours=(),
)
NUDGE_TIME = "2026-11-23 11:20"


def sixty() -> tuple[Member, ...]:
    return tuple(Member(f"U{n:03}", f"Rep Number{n:03}", BERLIN) for n in range(60))


@pytest_asyncio.fixture
async def big(tmp_path: Path) -> AsyncIterator[World]:
    """A team of sixty, on its first Monday at 09:46."""
    world = await a_world(tmp_path, replace(PLAN, reps=sixty()))
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    yield world
    world.close()


async def change(world: World, user: str, **preferences: Any) -> None:
    def work(store: Store) -> None:
        person = one(store, user)
        store.people.save(replace(person, preferences=replace(person.preferences, **preferences)))

    await world.huddle.storage.write(work)


def one(store: Store, user: str) -> Person:
    person = store.people.by_slack(WORKSPACE, user)
    assert person is not None
    return person


async def id_of(world: World, user: str) -> str:
    return await world.huddle.storage.read(lambda s: one(s, user).id)


async def team_id(world: World, name: str) -> str:
    found = await world.huddle.storage.read(lambda s: s.people.team_named(WORKSPACE, name))
    assert found is not None
    return found.id


async def look_after(world: World, *admins: str) -> None:
    await world.huddle.storage.write(
        lambda s: s.workspaces.save(replace(s.workspaces.get(WORKSPACE), name="Acme", admins=admins, welcomed=admins))
    )


async def keep(world: World, *drafts: TeamDraft) -> None:
    def work(store: Store) -> None:
        for draft in drafts:
            store.drafts.save(draft)

    await world.huddle.storage.write(work)


async def talks(world: World, user: str) -> int:
    """How many conversations with this rep are kept."""
    return len(
        await world.huddle.storage.read(lambda s: s.coachings.since([one(s, user).id], world.now - timedelta(30)))
    )


def labels(view: View) -> list[str]:
    return [button["text"]["text"] for button in buttons(view)]


async def reads(world: World, user: str) -> int:
    """How many statements it takes to read somebody's Home."""
    storage, asked = world.huddle.storage, list[str]()
    assert isinstance(storage, SqliteStorage)
    (tab,) = [surface for surface in world.huddle.surfaces if isinstance(surface, HomeTab)]

    def note(_connection: Any, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool) -> None:
        asked.append(statement)

    def read(store: Store) -> None:
        event.listen(storage._reading, "before_cursor_execute", note)
        tab.home.view(store, actor_by_slack(store, WORKSPACE, user, world.now), Look(), world.now)
        event.remove(storage._reading, "before_cursor_execute", note)

    await storage.read(read)
    return len([one for one in asked if one.startswith("SELECT")])


# -- a rep


async def test_before_the_morning_a_rep_sees_when_it_comes_and_may_leave_it_out(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    view = await home(world, ANA)
    assert "Today's question comes Mon 08:45." in words(view)
    assert "No commitments yet" in words(view)
    after = await tap(world, ANA, view, "Leave today out")
    assert after is not None
    assert "Today is left out." in words(after)
    assert "• Mon 08:45" not in words(after)
    await world.go(local(LISBON, "2026-11-23 09:30"))
    assert world.dm(ANA) == []
    world.close()


async def test_a_check_in_is_started_and_left_from_home(monday: World) -> None:
    view = await home(monday, ANA)
    assert "Your check-in is open in the Messages tab" in words(view)
    assert monday.last(ANA).text.splitlines()[-1] in words(view) or "> " in words(view)
    after = await tap(monday, ANA, view, "Not today")
    assert after is not None
    assert "Today is left out." in words(after)
    again = await tap(monday, ANA, after, "Start a fresh one")
    assert again is not None
    assert "Your check-in is open in the Messages tab" in words(again)


async def test_the_draft_is_confirmed_and_its_outcome_told_without_leaving_home(monday: World) -> None:
    await monday.say(ANA, "call Jonas by 14:00")
    view = await home(monday, ANA)
    assert "Shall this be your commitment?\n> call Jonas\nby *Mon 14:00*" in words(view)
    view = await tap(monday, ANA, view, "Commit") or {}
    assert "*call Jonas*\nby Mon 14:00" in words(view)
    assert "Commit" not in labels(view)
    asked = len(monday.dm(ANA))
    view = await tap(monday, ANA, view, "Done") or {}
    assert "• call Jonas (Mon 14:00): done" in words(view)
    assert "1 of 1 kept" in words(view)
    assert "Done" not in labels(view)
    assert monday.last(ANA).text.startswith("Done:"), "the optional question is asked where it can be answered"
    assert len(monday.dm(ANA)) == asked + 1
    await monday.go(local(LISBON, "2026-11-23 15:00"))
    assert len(monday.dm(ANA)) == asked + 1, "what has its outcome is not asked about"


async def test_a_second_tap_on_an_outcome_changes_nothing(monday: World) -> None:
    await monday.say(ANA, "call Jonas by 14:00")
    await monday.press(ANA, "Commit")
    view = await home(monday, ANA)
    await tap(monday, ANA, view, "Partly")
    after = await tap(monday, ANA, view, "Dropped it")
    assert after is not None
    assert "• call Jonas (Mon 14:00): partly" in words(after)
    assert len([m for m in monday.dm(ANA) if "Partly done:" in m.text]) == 1


async def test_a_commitment_is_moved_from_home_and_home_shows_it(monday: World) -> None:
    await monday.say(ANA, "call Jonas by 14:00")
    await monday.press(ANA, "Commit")
    view = await home(monday, ANA)
    await tap(monday, ANA, view, "Moved to…")
    monday.client.homes.clear()
    await monday.submit(ANA, when="16:00")
    assert "*call Jonas*\nby Mon 16:00 · moved" in words(await drawn(monday, ANA) or {})


async def test_the_draft_is_changed_from_home_and_home_shows_it(monday: World) -> None:
    await monday.say(ANA, "call Jonas by 14:00")
    view = await home(monday, ANA)
    await tap(monday, ANA, view, "Change")
    monday.client.homes.clear()
    await monday.submit(ANA, when="15:30", action="call Jonas and Petra")
    assert "> call Jonas and Petra\nby *Mon 15:30*" in words(await drawn(monday, ANA) or {})


async def test_the_question_about_yesterday_is_answered_on_home_and_the_next_one_is_not_lost(monday: World) -> None:
    await monday.say(ANA, "call Jonas by 17:25")
    await monday.press(ANA, "Commit")
    await monday.go(local(LISBON, "2026-11-24 08:50"))
    question = monday.last(ANA)
    view = await home(monday, ANA)
    after = await tap(monday, ANA, view, "Done")
    assert after is not None
    assert "• call Jonas (Mon 17:25): done" in words(after)
    assert question.edits > 0, "the message asks the next thing now"
    assert "?" in monday.last(ANA).text


async def test_the_next_days_name_holidays_and_absences(monday: World) -> None:
    holidays = PublicHolidays("PT", None, ((date(2026, 12, 1), "Restoration of Independence"),))
    await change(
        monday, ANA, holidays=holidays, absences=(Absence(date(2026, 11, 25), date(2026, 11, 27)),), locale="de"
    )
    told = words(await home(monday, ANA))
    assert "• Mi., 25. Nov.: away, back Mo., 30. Nov." in told
    assert "• Di., 1. Dez.: free, Restoration of Independence" in told


async def test_past_commitments_are_all_reachable_page_by_page(monday: World) -> None:
    for n in range(12):
        await monday.say(ANA, f"call customer number {n:02} by 14:00")
        await monday.press(ANA, "Commit")
        view = await home(monday, ANA)
        await tap(monday, ANA, view, "Done")
        await monday.wait(minutes=1)
        await monday.command(ANA)
    view = await home(monday, ANA)
    seen = set(re.findall(r"number (\d\d) \(", words(view)))
    while "More" in labels(view):
        view = await tap(monday, ANA, view, "More") or {}
        seen |= set(re.findall(r"number (\d\d) \(", words(view)))
    assert seen == {f"{n:02}" for n in range(12)}
    assert "11–12 of 12 commitments" in words(view)
    assert "12 of 12 kept" in words(view)


async def test_a_page_stays_while_something_else_is_tapped(monday: World) -> None:
    for n in range(7):
        await monday.say(ANA, f"call customer number {n:02} by 14:00")
        await monday.press(ANA, "Commit")
        await tap(monday, ANA, await home(monday, ANA), "Done")
        await monday.wait(minutes=1)
        await monday.command(ANA)
    view = await tap(monday, ANA, await home(monday, ANA), "More") or {}
    after = await tap(monday, ANA, view, "Not today")
    assert after is not None
    assert "6–7 of 7 commitments" in words(after)


async def test_somebody_who_stopped_sees_how_to_begin_again(monday: World) -> None:
    await monday.command(ANA, "stop")
    view = await home(monday, ANA)
    assert "No question is planned." in words(view)
    assert "check-in" in words(view)


async def test_home_says_plainly_what_the_manager_sees(monday: World) -> None:
    assert "Maria sees your commitments, their times and how they went" in words(await home(monday, ANA))


# -- a manager


async def test_a_manager_sees_the_morning_and_the_nudge_and_answers_it(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    await world.say(ANA, "I don't know how to start, I need help")
    await world.press(ANA, "Tell my manager I'd like a hand")
    view = await home(world, MARIA)
    assert "I'll look Mon 11:15" in words(view)
    assert "Waiting for a word\n*Ana Sousa* · would like a hand" in words(view)
    await world.go(local(BERLIN, NUDGE_TIME))
    view = await home(world, MARIA)
    assert "*A word with Ana Sousa would help most this morning.*" in words(view)
    assert "A question to open with:" in words(view)
    assert "Waiting for a word" not in words(view), "nobody is named twice"
    after = await tap(world, MARIA, view, "I've talked to them", next(b["value"] for b in buttons(view)))
    assert after is not None
    assert "You talked to *Ana Sousa* today." in words(after)
    assert "*Talked to this week:* Ana Sousa" in words(after)
    assert "Noted: you talked to Ana Sousa today." in world.last(MARIA).text
    world.close()


async def test_a_nudge_put_off_says_when_it_comes_back(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    await world.say(ANA, "I need help")
    await world.press(ANA, "Tell my manager I'd like a hand")
    await world.go(local(BERLIN, NUDGE_TIME))
    after = await tap(world, MARIA, await home(world, MARIA), "In 20 minutes")
    assert after is not None
    assert "*Ana Sousa*: I'll come back Mon 11:40" in words(after)
    world.close()


async def test_when_nobody_stands_out_home_says_so_and_when_it_looked(monday: World) -> None:
    await monday.go(local(BERLIN, NUDGE_TIME))
    told = words(await home(monday, MARIA))
    assert "Nobody stood out Mon 11:15: no hand was asked for, nothing was overdue" in told


async def test_a_conversation_without_a_nudge_is_kept_once_a_day(monday: World) -> None:
    ben = await id_of(monday, BEN)
    view = await home(monday, MARIA)
    after = await tap(monday, MARIA, view, "I've talked to them", ben)
    assert after is not None
    assert "· talked today" in words(after)
    assert ben not in [button["value"] for button in buttons(after)]
    await tap(monday, MARIA, view, "I've talked to them", ben)
    assert await talks(monday, BEN) == 1
    await monday.go(local(BERLIN, "2026-11-24 10:00"))
    await tap(monday, MARIA, await home(monday, MARIA), "I've talked to them", ben)
    assert await talks(monday, BEN) == 2


async def test_a_conversation_told_on_home_answers_the_nudge_about_the_same_rep(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 09:46"))
    await world.say(ANA, "I need help")
    await world.press(ANA, "Tell my manager I'd like a hand")
    await world.go(local(BERLIN, NUDGE_TIME))
    await tap(world, MARIA, await home(world, MARIA), "I've talked to them", await id_of(world, ANA))
    assert "Noted: you talked to Ana Sousa today." in world.last(MARIA).text
    assert await talks(world, ANA) == 1
    world.close()


async def test_who_was_not_talked_to_for_a_week_is_due(monday: World) -> None:
    assert "Due for a conversation" not in words(await home(monday, MARIA))
    await monday.go(local(BERLIN, "2026-11-30 08:00"))
    assert "*Due for a conversation:* Ana Sousa and Ben Krug" in words(await home(monday, MARIA))
    await tap(monday, MARIA, await home(monday, MARIA), "I've talked to them", await id_of(monday, BEN))
    told = words(await home(monday, MARIA))
    assert "*Due for a conversation:* Ana Sousa" in told
    assert "*Talked to this week:* Ben Krug" in told


async def test_what_a_rep_wrote_on_the_way_is_nowhere_on_a_managers_home(monday: World) -> None:
    await monday.say(ANA, "I am afraid of the procurement lady honestly")
    await monday.say(ANA, "she ignores me")
    told = words(await home(monday, MARIA))
    assert "procurement" not in told
    assert "ignores" not in told


async def test_who_is_away_and_who_is_not_reached_is_said(monday: World) -> None:
    await change(monday, BEN, absences=(Absence(date(2026, 11, 23), date(2026, 11, 27)),))
    await monday.command(ANA, "stop")
    told = words(await home(monday, MARIA))
    assert "Away, back Mon 30 Nov" in told
    assert "• Ana Sousa: asked for no messages on 23 Nov 2026" in told
    assert "• Ben Krug: away, back Mon 30 Nov" in told


async def test_nobody_is_asked_whether_they_talked_to_somebody_who_is_away(monday: World) -> None:
    await change(monday, BEN, absences=(Absence(date(2026, 11, 23), date(2026, 11, 27)),))
    view = await home(monday, MARIA)
    offered = {one["value"] for one in buttons(view) if one["action_id"] == "talked_to"}
    assert await id_of(monday, ANA) in offered
    assert await id_of(monday, BEN) not in offered


async def test_all_sixty_reps_are_reachable_and_slack_takes_every_page(big: World) -> None:
    view = await home(big, MARIA)
    seen, pages = set(re.findall(r"\*Rep Number(\d\d\d)\*", words(view))), 1
    while "More" in labels(view):
        view = await tap(big, MARIA, view, "More") or {}
        seen |= set(re.findall(r"\*Rep Number(\d\d\d)\*", words(view)))
        pages += 1
    assert seen == {f"{n:03}" for n in range(60)}
    assert pages == 4
    assert "46–60 of 60 reps" in words(view)
    first = await tap(big, MARIA, view, "Back")
    assert first is not None
    assert "31–45 of 60 reps" in words(first)


async def test_a_home_for_sixty_reps_takes_hardly_more_reads_than_one_for_two(big: World, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    small = await a_world(tmp_path / "small")
    await small.go(local(BERLIN, "2026-11-23 09:46"))
    few, many = await reads(small, MARIA), await reads(big, MARIA)
    assert many <= few + 2, "the reads do not grow with the team"
    assert many <= 30
    small.close()


async def test_several_teams_are_shown_one_in_full_and_the_others_in_a_line(monday: World) -> None:
    await monday.apply(replace(SOUTH, managers=PLAN.managers))
    view = await home(monday, MARIA)
    assert "North, Mon 23 Nov" in words(view)
    assert "*South*\nNobody has been asked yet today [Show]" in words(view)
    after = await tap(monday, MARIA, view, "Show")
    assert after is not None
    assert "South, Mon 23 Nov" in words(after)
    assert "Eva Roth" in words(after)
    assert "*North*" in words(after)


# -- who stands in


async def test_a_stand_in_sees_the_team_while_the_manager_is_away_and_not_after(monday: World) -> None:
    await monday.apply(SOUTH)
    away = (Absence(date(2026, 11, 23), date(2026, 11, 24)),)
    await change(monday, MARIA, stand_in=await id_of(monday, DORA), absences=away)
    view = await home(monday, DORA)
    assert "Today's conversation, for Maria" in words(view)
    assert "Maria is away, back Wed 25 Nov. You stand in." in words(view)
    assert "Ana Sousa" in words(view)
    ben = await id_of(monday, BEN)
    await tap(monday, DORA, view, "I've talked to them", ben)
    assert await talks(monday, BEN) == 1
    await monday.go(local(BERLIN, "2026-11-25 10:00"))
    assert "Ana Sousa" not in words(await home(monday, DORA))
    await send(monday, DORA, view, "talked_to", ben)
    assert await talks(monday, BEN) == 1


# -- forged


async def test_nobody_pages_or_talks_to_a_team_that_is_not_theirs(monday: World) -> None:
    await monday.apply(SOUTH)
    south, eva, ana = await team_id(monday, "South"), await id_of(monday, EVA), await id_of(monday, ANA)
    for user in (MARIA, ANA):
        view = await home(monday, user)
        for action, value in (("home_page", f"team:{south}:1"), ("talked_to", eva), ("talked_to", "nobody")):
            after = await send(monday, user, view, action, value)
            assert after is not None
            assert words(after) == words(view)
            assert "Eva" not in words(after)
    view = await home(monday, BEN)
    await send(monday, BEN, view, "talked_to", ana)
    assert await talks(monday, ANA) + await talks(monday, EVA) == 0


async def test_a_forged_page_is_the_first_one_and_breaks_nothing(monday: World) -> None:
    view = await home(monday, ANA)
    for value in ("past:0", "past:-3", "past:99999999999", "past:٣", "", "team", "team:::", "x:1", "missed:2 past:1"):
        after = await send(monday, ANA, view, "home_page", value)
        assert after is not None
        assert words(after) == words(view)


async def test_a_manager_cannot_say_that_they_talked_to_themselves(monday: World) -> None:
    both = replace(PLAN, reps=(*PLAN.reps, Member(MARIA, "Maria Kern", BERLIN)))
    await monday.apply(both)
    maria = await id_of(monday, MARIA)
    view = await home(monday, MARIA)
    assert maria not in [button["value"] for button in buttons(view) if button["action_id"] == "talked_to"]
    await send(monday, MARIA, view, "talked_to", maria)
    assert await talks(monday, MARIA) == 0


# -- an admin


async def test_an_admin_sees_teams_drafts_health_and_nobodys_commitments(monday: World) -> None:
    await look_after(monday, ADMIN, MARIA)
    await monday.say(ANA, "call Jonas by 14:00")
    await monday.press(ANA, "Commit")
    draft = TeamDraft("d1", WORKSPACE, ADMIN, monday.now, "East", BERLIN, None, (DORA,), (EVA,), number=1)
    sheet = replace(draft, id="d2", name="Half of one", number=0)
    await keep(monday, draft, sheet)
    told = words(await home(monday, ADMIN))
    assert "*North*\nMaria Kern · 2 reps [Team settings]" in told
    assert "*East* waits to be started" in told
    assert "Half of one" not in told
    assert "Yes. Nothing waits, and" in told
    assert "None is used: fixed rules read what people write" in told
    assert "words for 90 days, commitments for 400 days" in told
    assert "Maria Kern" in told
    assert "Jonas" not in told


async def test_an_admins_home_tells_of_trouble_and_of_this_workspace_alone(monday: World) -> None:
    await look_after(monday, ADMIN)

    def trouble(store: Store) -> None:
        sending = monday.huddle.tick.checkins.sending
        for workspace, key in ((WORKSPACE, "a"), ("T02OTHER", "b"), ("T02OTHER", "c")):
            sending.post(
                store,
                Message("commands/trouble", {"reference": "x"}),
                key=key,
                workspace=workspace,
                channel="U0",
                lane=Lane.REPLY,
                at=monday.now - timedelta(minutes=3),
            )

    await monday.huddle.storage.write(trouble)
    view = await monday.huddle.storage.read(lambda s: s.standings.at(monday.now, WORKSPACE))
    assert sum(queue.waiting for queue in view.lanes.values()) == 1
    everywhere = await monday.huddle.storage.read(lambda s: s.standings.at(monday.now))
    assert sum(queue.waiting for queue in everywhere.lanes.values()) == 3


async def test_who_is_not_reached_is_told_of_ones_own_workspace_only(monday: World) -> None:
    await look_after(monday, ADMIN)
    other = replace(PLAN, workspace="T02OTHER", reps=(Member("UZOE", "Zoe Far", BERLIN),))
    await monday.apply(other)
    await monday.command(ANA, "stop")

    def stopped(store: Store) -> None:
        zoe = store.people.by_slack("T02OTHER", "UZOE")
        assert zoe is not None
        store.people.save(replace(zoe, stopped_at=monday.now))

    await monday.huddle.storage.write(stopped)
    told = words(await home(monday, ADMIN))
    assert "• Ana Sousa (North): asked for no messages on 23 Nov 2026" in told
    assert "Zoe" not in told


async def test_retention_is_changed_within_its_limits(monday: World) -> None:
    await look_after(monday, ADMIN)
    view = await home(monday, ADMIN)
    await tap(monday, ADMIN, view, "How long things are kept")
    for wrong in ("0", "13", "401", "ninety", "-5", "1e3", "٣٠", ""):
        answer = await monday.submit(ADMIN, retention_texts=wrong, retention_commitments="400")
        assert "retention_texts" in str(answer.body), wrong
    monday.client.homes.clear()
    await monday.submit(ADMIN, retention_texts="30", retention_commitments="365")
    kept = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE).retention)
    assert (kept.texts, kept.commitments) == (30, 365)
    assert "words for 30 days, commitments for 365 days" in words(await drawn(monday, ADMIN) or {})


async def test_only_an_admin_opens_or_sends_the_forms_of_a_workspace(monday: World) -> None:
    await look_after(monday, ADMIN)
    view = await home(monday, MARIA)
    for action in ("retention", "admins"):
        await send(monday, MARIA, view, action, "home")
    assert monday.client.opened == []
    await tap(monday, ADMIN, await home(monday, ADMIN), "How long things are kept")
    await monday.submit(MARIA, retention_texts="30", retention_commitments="30")
    await tap(monday, ADMIN, await home(monday, ADMIN), "Who looks after the app")
    await monday.submit(MARIA, admins={"type": "multi_users_select", "selected_users": [MARIA]})
    kept = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert (kept.admins, kept.retention.texts) == ((ADMIN,), 90)


async def test_admins_name_others_but_never_nobody_nor_a_guest(monday: World) -> None:
    await look_after(monday, ADMIN)
    monday.slack.profiles = {
        DORA: Profile(DORA, "Dora Lang", BERLIN),
        "UGUEST": Profile("UGUEST", "Gus", BERLIN, is_guest=True),
    }
    await tap(monday, ADMIN, await home(monday, ADMIN), "Who looks after the app")

    async def chosen(*people: str) -> str:
        answer = await monday.submit(ADMIN, admins={"type": "multi_users_select", "selected_users": list(people)})
        return str(answer.body)

    assert "Leave at least one person." in await chosen()
    for outsider in ("UGUEST", "UNOBODY"):
        assert "Only full members" in await chosen(ADMIN, outsider)
    assert "errors" not in await chosen(ADMIN, DORA)
    kept = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert kept.admins == (ADMIN, DORA)
    assert "Create a team" in monday.last(DORA).buttons
    monday.client.homes.clear()
    assert "errors" not in await chosen(DORA)
    kept = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert kept.admins == (DORA,)
    assert "How long things are kept" not in labels(await drawn(monday, ADMIN) or {})


async def test_the_first_admin_who_opens_home_looks_after_the_app(monday: World) -> None:
    monday.slack.profiles = {
        EVA: Profile(EVA, "Eva Roth", BERLIN),
        ADMIN: Profile(ADMIN, "Ada Min", BERLIN, is_admin=True),
    }
    assert "Whoever looks after this app can add you." in words(await home(monday, EVA))
    assert "Create a team" in labels(await home(monday, ADMIN))
    kept: Workspace = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert kept.admins == (ADMIN,)


# -- several roles, and none


async def test_the_fullest_home_there_can_be_fits_into_slack(big: World) -> None:
    """A rep who manages several teams, stands in, and looks after the app; in the busiest state of each part."""
    await big.apply(replace(PLAN, reps=(*sixty()[1:], Member(MARIA, "Maria Kern", BERLIN))))
    for n in range(12):
        name = f"Team {n:02}"
        lead = Member(f"ULEAD{n}", f"Lead {n}", BERLIN)
        await big.apply(replace(SOUTH, name=name, channel=f"C{n}", managers=(*PLAN.managers, lead), reps=()))
        away = (Absence(date(2026, 11, 1), date(2026, 12, 31)),)
        await change(big, f"ULEAD{n}", stand_in=await id_of(big, MARIA), absences=away)
    await look_after(big, MARIA, *(f"UMORE{n}" for n in range(19)))
    draft = TeamDraft("d", WORKSPACE, MARIA, big.now, "East", BERLIN, None, (DORA,), (EVA,), number=1)
    drafts = [replace(draft, id=f"d{n}", name=f"East {n}") for n in range(9)]
    await keep(big, *drafts)
    for n in range(1, 41):
        await big.command(f"U{n:03}", "stop")
        await big.say(f"U{n:03}", "I need help")
    for n in range(8):
        await big.command(MARIA)
        await big.say(MARIA, f"call customer number {n:02} by 17:00")
        await big.press(MARIA, "Commit")
        if n < 6:
            view = await home(big, MARIA)
            if n % 2:
                await tap(big, MARIA, view, "Done")
        await big.wait(minutes=1)
    await big.command(MARIA)
    await big.go(local(BERLIN, NUDGE_TIME))
    view = await home(big, MARIA)
    told = words(view)
    for part in ("Your day, Maria", "Today's conversation", "The teams in Acme", "Is all well?", "Your other teams"):
        assert part in told
    assert told.index("Your day") < told.index("Today's conversation") < told.index("The teams in Acme")
    assert len(view["blocks"]) <= 100


async def test_a_member_who_is_on_no_team_is_told_who_can_add_them(monday: World) -> None:
    await look_after(monday, MARIA)
    monday.slack.profiles = {EVA: Profile(EVA, "Eva Roth", BERLIN)}
    assert "Maria Kern looks after this app and can add you." in words(await home(monday, EVA))


async def test_guests_strangers_and_whoever_slack_does_not_know_learn_nothing(monday: World) -> None:
    await look_after(monday, MARIA)
    monday.slack.profiles = {
        "UG": Profile("UG", "Gus", BERLIN, is_guest=True),
        "US": Profile("US", "Stan", BERLIN, is_stranger=True),
    }
    for user in ("UG", "US", "UUNKNOWN"):
        view = await home(monday, user)
        assert "Maria" not in words(view)
        assert buttons(view) == []


async def test_when_slack_does_not_say_who_somebody_is_they_learn_nothing(monday: World) -> None:
    await look_after(monday, MARIA)

    async def busy(_workspace: str, _slack_id: str) -> None:
        raise TryLater("busy", 30)

    monday.slack.profile = busy  # type: ignore[method-assign, assignment]
    assert "Maria" not in words(await home(monday, EVA))


async def test_whoever_stopped_in_the_middle_reads_that_it_is_quiet_and_hears_when_it_is_not(monday: World) -> None:
    await monday.command(BEN, "stop")
    assert "You asked for no messages" in str(await monday.open_home(BEN))
    again = await monday.command(BEN, "start")
    assert again.startswith("My messages are on again, and your check-in is open")
