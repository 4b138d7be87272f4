"""Days away: noted in words, by a form, in the DM or by the manager; nothing comes on them, nothing is held against."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.checkin import Stage
from bot.domain.people import Person
from bot.domain.preferences import Leave
from bot.ports.messages import Op
from bot.services.people import Member
from tests.support.home import buttons, home
from tests.support.strict import check_view
from tests.support.team import ANA, BEN, BERLIN, LISBON, MARIA, PLAN, a_world
from tests.support.world import WORKSPACE, World, local


async def person(world: World, user: str) -> Person:
    found = await world.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, user))
    assert found is not None
    return found


async def absences(world: World, user: str) -> list[tuple[str, str, str]]:
    return [(f"{one.first}", f"{one.last}", one.kind.value) for one in (await person(world, user)).preferences.absences]


def picked(day: str) -> dict[str, str]:
    return {"type": "datepicker", "selected_date": day}


def ticked(*values: str) -> dict[str, Any]:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


@pytest.mark.parametrize(
    ("typed", "first", "last", "kind"),
    [
        ("away tomorrow", "2026-11-24", "2026-11-24", Leave.AWAY),
        ("away 24–28 Dec", "2026-12-24", "2026-12-28", Leave.AWAY),
        ("pause until Monday", "2026-11-23", "2026-11-29", Leave.PAUSED),
        ("pause 2 weeks", "2026-11-23", "2026-12-06", Leave.PAUSED),
    ],
)
async def test_the_command_notes_days_and_says_them_back(
    monday: World, typed: str, first: str, last: str, kind: Leave
) -> None:
    answer = await monday.command(BEN, typed)
    assert await absences(monday, BEN) == [(first, last, kind.value)]
    assert "Paused" in answer if kind is Leave.PAUSED else "away" in answer
    assert "Your next question comes" in answer


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("away lunch", "couldn't read"),
        ("away 28-24 Dec", "before the first"),
        ("away 10-12 Nov", "gone by"),
        ("away cancel", "no days away"),
    ],
)
async def test_days_that_cannot_be_taken_are_answered_and_nothing_changes(
    monday: World, typed: str, words: str
) -> None:
    assert words in await monday.command(BEN, typed)
    assert await absences(monday, BEN) == []


async def test_the_command_without_days_opens_the_form(monday: World) -> None:
    assert await monday.command(BEN, "away") == ""
    await monday.submit(BEN, away_first=picked("2026-11-25"), away_last=picked("2026-11-26"))
    assert await absences(monday, BEN) == [("2026-11-25", "2026-11-26", "away")]
    assert "from Wed 25 Nov to Thu 26 Nov" in monday.last(BEN).text


async def test_the_form_says_at_the_field_what_is_wrong(monday: World) -> None:
    await monday.tap_view(BEN, "away", "home")
    answer = await monday.submit(BEN, away_first=picked("2026-11-26"), away_last=picked("2026-11-25"))
    assert "away_last" in answer.body
    assert "away_first" in (await monday.submit(BEN)).body
    assert await absences(monday, BEN) == []


async def test_the_form_lists_what_is_noted_and_cancels_what_is_ticked(monday: World) -> None:
    await monday.command(BEN, "away 24-28 Dec")
    await monday.command(BEN, "away tomorrow")
    await monday.tap_view(BEN, "away", "home")
    await monday.submit(BEN, away_cancelled=ticked("2026-12-24|2026-12-28"))
    assert await absences(monday, BEN) == [("2026-11-24", "2026-11-24", "away")]


async def test_the_open_question_of_a_day_away_ends_quietly_and_counts_for_nothing(monday: World) -> None:
    before = len(monday.dm(BEN))
    await monday.command(BEN, "away today")
    ben = await person(monday, BEN)
    (today,) = await monday.huddle.storage.read(lambda s: s.checkins.on(ben.id, date(2026, 11, 23)))
    assert today.stage is Stage.SKIPPED
    assert today.answered_at is None
    assert len(monday.dm(BEN)) == before
    assert "Away today" in monday.last(MARIA).text
    assert "of 1 committed" in monday.last(MARIA).text


async def test_nothing_comes_while_somebody_is_away_and_the_first_day_back_is_gentle(monday: World) -> None:
    await monday.say(BEN, "I'll call Jonas about the offer tomorrow at 14:00")
    await monday.press(BEN, "Commit")
    await monday.command(BEN, "away tomorrow to Thursday")
    before = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-26 23:00"))
    assert len(monday.dm(BEN)) == before
    assert "no word on it" not in monday.last(MARIA).text
    await monday.go(local(BERLIN, "2026-11-27 12:30"))
    back = monday.dm(BEN)[before:]
    assert len(back) == 1
    assert "Good to have you back" in back[0].text
    assert "call Jonas" not in back[0].text
    assert not any("no word" in shown.text and "Jonas" in shown.text for shown in monday.dm(MARIA))


async def test_days_cancelled_before_they_come_are_asked_about_as_ever(monday: World) -> None:
    await monday.command(BEN, "away tomorrow")
    await monday.command(BEN, "away cancel")
    await monday.go(local(BERLIN, "2026-11-24 08:46"))
    assert sum("Morning" in shown.text for shown in monday.dm(BEN)) == 2


async def test_a_question_that_still_waits_is_not_sent_to_somebody_who_is_away_meanwhile(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 08:44"))
    await world.huddle.storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, world.now, 600))
    await world.go(local(BERLIN, "2026-11-23 08:46"))
    await world.command(BEN, "away today")
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    assert world.dm(BEN) == []
    world.close()


@pytest.mark.parametrize("said", ["off tomorrow", "I'm on vacation tomorrow", "I won't be in tomorrow"])
async def test_an_absence_in_the_dm_is_offered_and_not_assumed(monday: World, said: str) -> None:
    await monday.say(BEN, said)
    assert "Shall I leave you in peace on Tue 24 Nov?" in monday.last(BEN).text
    assert await absences(monday, BEN) == []
    await monday.press(BEN, "Yes, do")
    assert await absences(monday, BEN) == [("2026-11-24", "2026-11-24", "away")]
    assert monday.last(BEN).text.startswith("Noted: you're away on Tue 24 Nov.")


async def test_a_no_leaves_everything_as_it_is(monday: World) -> None:
    await monday.say(BEN, "I'm away 24–28 Dec")
    await monday.press(BEN, "No, thanks")
    assert await absences(monday, BEN) == []
    assert "stays as it is" in monday.last(BEN).text


async def test_a_second_yes_changes_nothing_more(monday: World) -> None:
    await monday.say(BEN, "off tomorrow")
    offer = monday.last(BEN)
    buttons = offer.buttons
    await monday.tap(BEN, buttons["Yes, do"], offer)
    await monday.tap(BEN, buttons["Yes, do"], offer)
    assert await absences(monday, BEN) == [("2026-11-24", "2026-11-24", "away")]


@pytest.mark.parametrize("said", ["the client is off tomorrow", "push it off until Monday", "take a day off my list"])
async def test_what_is_about_something_else_goes_on_as_an_answer(monday: World, said: str) -> None:
    await monday.say(BEN, said)
    assert "leave you in peace" not in monday.last(BEN).text
    assert await absences(monday, BEN) == []


async def test_the_question_stays_open_while_an_absence_is_offered(monday: World) -> None:
    await monday.say(BEN, "off tomorrow")
    await monday.say(BEN, "I'll call Jonas about the offer at 14:00")
    assert "Commit" in monday.last(BEN).buttons


async def test_whoever_says_that_they_are_back_is_asked_the_same_day(monday: World) -> None:
    await monday.command(BEN, "away tomorrow to Friday")
    await monday.go(local(BERLIN, "2026-11-25 10:00"))
    await monday.say(BEN, "I'm back")
    assert await absences(monday, BEN) == [("2026-11-24", "2026-11-24", "away")]
    texts = [shown.text for shown in monday.dm(BEN)[-2:]]
    assert any("Good to have you back" in text for text in texts)


async def test_back_tomorrow_shortens_the_absence(monday: World) -> None:
    await monday.command(BEN, "away tomorrow to Friday")
    await monday.go(local(BERLIN, "2026-11-25 10:00"))
    await monday.say(BEN, "back tomorrow")
    assert await absences(monday, BEN) == [("2026-11-24", "2026-11-25", "away")]
    await monday.go(local(BERLIN, "2026-11-26 08:46"))
    assert "Good to have you back" in monday.last(BEN).text


async def test_a_check_in_may_be_started_on_a_day_away(monday: World) -> None:
    await monday.command(BEN, "pause until Friday")
    await monday.go(local(BERLIN, "2026-11-24 10:00"))
    before = len(monday.dm(BEN))
    await monday.command(BEN, "")
    assert len(monday.dm(BEN)) == before + 1
    assert "Good to have you back" not in monday.last(BEN).text
    assert len(await absences(monday, BEN)) == 1


async def test_what_was_just_noted_can_be_cancelled_with_one_tap(monday: World) -> None:
    await monday.say(BEN, "off tomorrow")
    await monday.press(BEN, "Yes, do")
    await monday.press(BEN, "Cancel this")
    assert await absences(monday, BEN) == []
    assert "from Tue 24 Nov on you hear from me as usual" in monday.last(BEN).text


async def test_a_manager_notes_days_for_a_rep_who_hears_of_it(monday: World) -> None:
    ana = await person(monday, ANA)
    await monday.tap_view(MARIA, "away_for", ana.id)
    await monday.submit(MARIA, away_first=picked("2026-11-24"))
    assert await absences(monday, ANA) == [("2026-11-24", "2026-11-24", "away")]
    assert monday.last(ANA).text.startswith("Maria has noted that you're away on Tue 24 Nov.")


async def test_what_a_manager_notes_at_night_is_told_when_the_rep_works_again(monday: World) -> None:
    ben = await person(monday, BEN)
    await monday.go(local(BERLIN, "2026-11-23 22:30"))
    before = len(monday.dm(BEN))
    await monday.tap_view(MARIA, "away_for", ben.id)
    await monday.submit(MARIA, away_first=picked("2026-12-24"), away_last=picked("2026-12-28"))
    assert monday.dm(BEN)[before:] == []
    await monday.go(local(BERLIN, "2026-11-24 08:40"))
    (told,) = monday.dm(BEN)[before:]
    assert told.text.startswith("Maria has noted that you're away from Thu 24 Dec to Mon 28 Dec.")
    await monday.press(BEN, "Cancel this")
    assert await absences(monday, BEN) == []


async def test_of_days_that_are_over_when_the_rep_works_again_nothing_is_left_to_cancel(monday: World) -> None:
    ben = await person(monday, BEN)
    await monday.go(local(BERLIN, "2026-11-23 22:30"))
    before = len(monday.dm(BEN))
    await monday.tap_view(MARIA, "away_for", ben.id)
    await monday.submit(MARIA, away_first=picked("2026-11-24"), away_last=picked("2026-11-25"))
    await monday.go(local(BERLIN, "2026-11-26 08:40"))
    (told,) = monday.dm(BEN)[before:]
    assert told.text.startswith("Maria noted that you were away from Tue 24 Nov to Wed 25 Nov.")
    assert told.buttons == {}


async def test_a_forged_form_learns_nothing_of_who_is_known_here(monday: World) -> None:
    ana = await person(monday, ANA)
    answers = []
    for forged in (ana.id, "nobody"):
        for first in ("2026-11-24", "2026-11-02"):
            await monday.tap_view(BEN, "away", "home")
            monday.client.opened[-1]["private_metadata"] = forged
            answers.append((await monday.submit(BEN, away_first=picked(first))).body)
    assert set(answers) == {""}
    assert await absences(monday, ANA) == []


async def test_everybody_of_a_large_team_can_be_picked(tmp_path: Path) -> None:
    reps = tuple(Member(f"U{n:05d}", f"Rep {n:03d}", BERLIN) for n in range(205))
    world = await a_world(tmp_path, replace(PLAN, reps=reps))
    team = (await person(world, "U00000")).rep_of or ""
    await world.tap_view(MARIA, "away_whose", team)
    form = world.client.opened[-1]
    check_view(copy.deepcopy(form), "modal")
    groups = form["blocks"][0]["elements"][0]["option_groups"]
    assert [group["label"]["text"] for group in groups] == [
        "Rep 000 – Rep 099",
        "Rep 100 – Rep 199",
        "Rep 200 – Rep 204",
    ]
    assert sum(len(group["options"]) for group in groups) == 205
    world.close()


async def test_whoever_is_the_only_one_on_their_team_picks_nobody(tmp_path: Path) -> None:
    world = await a_world(tmp_path, replace(PLAN, reps=(Member(MARIA, "Maria Kern", BERLIN),)))
    shown = await home(world, MARIA)
    assert "away_whose" not in {one["action_id"] for one in buttons(shown)}
    world.close()


async def test_a_manager_finds_whoever_is_away_on_the_home(monday: World) -> None:
    ana = await person(monday, ANA)
    shown = await home(monday, MARIA)
    button = next(one for one in buttons(shown) if one["action_id"] == "away_whose")
    await monday.tap_view(MARIA, "away_whose", button["value"])
    form = monday.client.opened[-1]
    check_view(copy.deepcopy(form), "modal")
    names = [one["text"]["text"] for one in form["blocks"][0]["elements"][0]["options"]]
    assert names == sorted(names)
    assert "Ana Sousa" in names
    await monday.tap_view(MARIA, "away_for", selected_option={"value": ana.id})
    await monday.submit(MARIA, away_first=picked("2026-11-24"))
    assert await absences(monday, ANA) == [("2026-11-24", "2026-11-24", "away")]


async def test_nobody_else_is_shown_who_is_on_a_team_by_a_forged_tap(monday: World) -> None:
    team = (await person(monday, ANA)).rep_of or ""
    for somebody in (BEN, "UNOBODY"):
        await monday.tap_view(somebody, "away_whose", team)
    await monday.tap_view(MARIA, "away_whose", "no such team")
    assert monday.client.opened == []


async def test_a_rep_cannot_note_days_for_another_by_a_forged_form(monday: World) -> None:
    ana = await person(monday, ANA)
    await monday.tap_view(BEN, "away_for", ana.id)
    assert monday.client.opened == []
    await monday.tap_view(BEN, "away", "home")
    monday.client.opened[-1]["private_metadata"] = ana.id
    await monday.submit(BEN, away_first=picked("2026-11-24"))
    assert await absences(monday, ANA) == []


async def test_a_status_is_offered_with_its_days_or_with_the_form(monday: World) -> None:
    ben = await person(monday, BEN)
    offer = monday.huddle.tick.statuses.offer
    days = date(2026, 11, 24), date(2026, 11, 25)
    await monday.huddle.storage.write(lambda s: offer(s, ben, *days, monday.now))
    await monday.settle()
    assert "Your Slack status says" in monday.last(BEN).text
    await monday.huddle.storage.write(lambda s: offer(s, ben, date(2026, 11, 30), None, monday.now))
    await monday.wait(seconds=2)
    await monday.press(BEN, "Choose the days")
    await monday.submit(BEN, away_last=picked("2026-12-01"))
    assert await absences(monday, BEN) == [("2026-11-30", "2026-12-01", "away")]


async def test_a_status_is_not_asked_about_when_its_days_are_noted_while_it_waits(monday: World) -> None:
    ben, offer = await person(monday, BEN), monday.huddle.tick.statuses.offer
    before = len(monday.dm(BEN))
    await monday.huddle.storage.write(lambda s: s.outbox.throttled(WORKSPACE, Op.POST, monday.now, 600))
    days = date(2026, 11, 24), date(2026, 11, 25)
    await monday.huddle.storage.write(lambda s: offer(s, ben, *days, monday.now))
    await monday.command(BEN, "away 24-25 Nov")
    await monday.wait(minutes=15)
    assert not any("Slack status" in shown.text for shown in monday.dm(BEN)[before:])


# -- a manager who is away


async def stand_in(world: World, zone: str = LISBON) -> None:
    """Ana stands in for Maria."""
    maria, ana = await person(world, MARIA), await person(world, ANA)

    def work(store: Any) -> None:
        store.people.save(replace(store.people.get(ana.id), zone=zone))
        own = replace(store.people.get(maria.id).preferences, stand_in=ana.id)
        store.people.save(replace(store.people.get(maria.id), preferences=own))

    await world.huddle.storage.write(work)


async def test_the_stand_in_reads_the_summary_while_the_manager_is_away_and_hands_back(monday: World) -> None:
    await stand_in(monday)
    await monday.command(MARIA, "away tomorrow")
    before = len(monday.dm(MARIA))
    await monday.go(local(BERLIN, "2026-11-24 12:30"))
    assert len(monday.dm(MARIA)) == before
    assert sum("North, Tuesday" in shown.text for shown in monday.dm(ANA)) == 1
    await monday.go(local(BERLIN, "2026-11-25 12:30"))
    assert sum("North, Wednesday" in shown.text for shown in monday.dm(MARIA)) == 1
    assert not any("North, Wednesday" in shown.text for shown in monday.dm(ANA))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"])
async def test_far_away_a_stand_in_gets_it_in_their_own_morning_and_no_day_is_left_out(
    monday: World, zone: str
) -> None:
    await stand_in(monday, zone)
    await monday.command(MARIA, "away tomorrow to Wednesday")
    seen: list[tuple[str, str]] = []
    known = {id(shown) for user in (MARIA, ANA) for shown in monday.dm(user)}
    moment = monday.now
    while moment < local(BERLIN, "2026-11-27 12:30"):
        moment += timedelta(minutes=30)
        await monday.go(moment)
        for user, where in ((MARIA, BERLIN), (ANA, zone)):
            for shown in monday.dm(user):
                if id(shown) not in known and ("North, " in shown.text or "A word with" in shown.text):
                    known.add(id(shown))
                    clock = moment.astimezone((await person(monday, user)).tz)
                    assert 8 <= clock.hour <= 12, (user, where, clock, shown.text)
                    if "North, " in shown.text:
                        seen.append((user, shown.text.split(", ")[1].split()[0]))
    assert sorted(seen, key=lambda one: ("Tuesday", "Wednesday", "Thursday", "Friday").index(one[1])) == [
        (ANA, "Tuesday"),
        (ANA, "Wednesday"),
        (MARIA, "Thursday"),
        (MARIA, "Friday"),
    ]
