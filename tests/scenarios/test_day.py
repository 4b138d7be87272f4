"""The day around the conversation: opening times, checks, summary, nudge and wins, and what late or odd taps do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports.slack import Refused, TryLater
from bot.ports.storage import Store
from bot.services.people import Member
from tests.support.asking import asks_openly
from tests.support.team import ANA, BEN, BERLIN, CHANNEL, LISBON, MARIA, MONDAY, PLAN, a_world, times
from tests.support.world import World, local


async def committed(world: World, user: str, words: str) -> None:
    await world.say(user, words)
    await world.press(user, "Commit")


# -- the opening


async def test_each_rep_is_asked_at_the_time_of_their_own_zone(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    await world.go(local(BERLIN, "2026-11-23 08:44"))
    assert not world.dm(BEN)
    await world.go(local(BERLIN, "2026-11-23 08:45"))
    assert world.dm(BEN)
    assert not world.dm(ANA)
    await world.go(local(LISBON, "2026-11-23 08:45"))
    assert world.dm(ANA)
    world.close()


async def test_the_first_message_says_what_this_is_who_sees_what_and_how_to_stop(monday: World) -> None:
    text = monday.dm(BEN)[0].text
    assert "Maria sees your commitments" in text
    assert "stays between us" in text
    assert "`/coach stop`" in text
    await monday.go(local(BERLIN, "2026-11-24 08:45"))
    assert "two minutes" not in monday.last(BEN).text


async def test_nobody_is_asked_at_the_weekend(monday: World) -> None:
    await monday.go(local(BERLIN, "2026-11-27 18:00"))
    count = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-29 23:00"))
    assert len(monday.dm(BEN)) == count


async def test_no_opening_comes_back_within_ten_working_days(monday: World) -> None:
    for _ in range(14):
        await monday.wait(days=1)
    openings = [m.text.splitlines()[-1] for m in monday.dm(BEN)]
    assert len(openings) > 9
    assert len(set(openings[:10])) == 10


async def test_a_morning_missed_by_hours_is_still_asked_but_not_one_missed_by_a_day(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    world.now = local(BERLIN, "2026-11-23 11:00")
    await world.settle()
    assert len(world.dm(BEN)) == 1
    world.now = local(BERLIN, "2026-11-25 20:00")
    await world.settle()
    assert len(world.dm(BEN)) == 1
    world.close()


# -- on demand


async def test_the_command_starts_todays_check_in_and_the_clock_does_not_ask_again(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    assert "waiting in our conversation" in await world.command(BEN)
    await world.go(local(BERLIN, "2026-11-23 09:00"))
    assert len(world.dm(BEN)) == 1
    assert "is open in our conversation" in await world.command(BEN)
    world.close()


async def test_skip_before_the_morning_leaves_today_out(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    assert "Today is left out" in await world.command(BEN, "skip")
    await world.go(local(BERLIN, "2026-11-23 09:31"))
    assert not world.dm(BEN)
    assert "Nothing for today" in world.last(MARIA).text
    world.close()


async def test_skip_during_a_check_in_closes_it_in_place(monday: World) -> None:
    await monday.command(BEN, "skip")
    assert len(monday.dm(BEN)) == 1
    assert "Not today, then." in monday.last(BEN).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("help", "`/coach commitments`"),
        ("comitments", "Did you mean `/coach commitments`?"),
        ("xyz", "These work:"),
        ("stop", "I won't message you any more"),
    ],
)
async def test_the_command_answers_what_is_typed(monday: World, typed: str, words: str) -> None:
    assert words in await monday.command(BEN, typed)


async def test_commitments_are_listed_with_their_outcome(monday: World) -> None:
    assert "No commitments yet" in await monday.command(BEN, "commitments")
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    assert "• send the Kessler offer (Mon 14:00): open" in await monday.command(BEN, "commitments")


async def test_the_command_tells_managers_and_strangers_where_they_are(monday: World) -> None:
    assert "You manage here" in await monday.command(MARIA)
    assert "not on one of them yet" in await monday.command("UZOE")


# -- the form


async def test_the_form_refuses_an_empty_action_a_past_time_and_what_is_no_time(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Change")
    form = monday.client.opened[-1]
    assert [b["element"].get("initial_value") for b in form["blocks"]] == ["send the Kessler offer", "14:00", None]
    for field, typed, words in (
        ("action", "  ", "Write what you will do"),
        ("when", "08:00", "has gone by"),
        ("when", "blue", "couldn't read a time"),
    ):
        answer = await monday.submit(BEN, **{field: typed})
        assert f'"{field}": "' in answer.body
        assert words in answer.body
        assert "Shall this be" in monday.last(BEN).text
    await monday.submit(BEN, when="16:30", if_then="if he is out, I'll mail him")
    assert "> by *Mon 16:30*\n> if he is out, I'll mail him" in monday.last(BEN).text
    await monday.press(BEN, "Commit")
    assert "by *Mon 16:30*" in monday.last(BEN).text


async def test_a_form_sent_after_the_commitment_was_made_changes_nothing(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    await monday.press(BEN, "Change")
    await monday.press(BEN, "Commit")
    await monday.submit(BEN, action="sleep")
    assert "You're committed to this:\n> send the Kessler offer" in monday.last(BEN).text


# -- taps that come twice or late


async def test_a_double_tap_commits_once(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    shown = monday.last(BEN)
    commit = shown.buttons["Commit"]
    await monday.tap(BEN, commit, shown)
    await monday.tap(BEN, commit, shown)
    assert "send the Kessler offer" in monday.last(BEN).text
    kept = await monday.huddle.storage.read(lambda s: s.commitments.of(_id(s, BEN), 10))
    assert len(kept) == 1


async def test_a_tap_on_an_old_message_says_what_is_true_now(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    old, element = monday.last(BEN), monday.last(BEN).buttons["Commit"]
    await monday.say(BEN, "make it 4")
    await monday.tap(BEN, element, old)
    assert "We've moved on since" in old.text
    assert not await monday.huddle.storage.read(lambda s: s.commitments.of(_id(s, BEN), 10))


async def test_somebody_elses_button_does_nothing(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    shown = monday.last(BEN)
    await monday.tap(ANA, shown.buttons["Commit"], shown)
    assert "Shall this be" in monday.last(BEN).text


async def test_a_tap_the_next_day_says_that_the_check_in_has_closed(monday: World) -> None:
    await monday.say(BEN, "send the Kessler offer by 2pm")
    old, element = monday.last(BEN), monday.last(BEN).buttons["Commit"]
    await monday.go(local(BERLIN, "2026-11-24 08:30"))
    await monday.tap(BEN, element, old)
    assert "closed at the end of its working day" in old.text


# -- the check


async def test_the_check_comes_a_few_minutes_after_the_time_and_is_answered_in_place(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(local(BERLIN, "2026-11-23 14:04"))
    assert "How did this go?" not in monday.last(BEN).text
    await monday.go(local(BERLIN, "2026-11-23 14:05"))
    assert "It's past Mon 14:00. How did this go?" in monday.last(BEN).text
    count = len(monday.dm(BEN))
    await monday.press(BEN, "Done")
    assert len(monday.dm(BEN)) == count
    assert monday.last(BEN).text.startswith("Done:")
    await monday.say(BEN, "I wrote it before opening my mail")
    assert monday.last(BEN).text == "Thank you, kept. That stays between us."


async def test_moved_picks_or_types_a_new_time_and_asks_again_then(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(local(BERLIN, "2026-11-23 14:05"))
    await monday.press(BEN, "Moved to…")
    assert "error_pick" not in (await monday.submit(BEN)).body
    assert "Pick a time or type one." in (await monday.submit(BEN)).body
    assert "has gone by" in (await monday.submit(BEN, when="13:00")).body
    await monday.submit(BEN, when="15:30")
    assert "Moved to *Mon 15:30*" in monday.last(BEN).text
    await monday.go(local(BERLIN, "2026-11-23 15:35"))
    assert "It's past Mon 15:30" in monday.last(BEN).text
    await monday.press(BEN, "Moved to…")
    option = monday.client.opened[-1]["blocks"][0]["element"]["options"][0]
    await monday.submit(BEN, pick={"type": "static_select", "selected_option": option})
    assert f"Moved to *{option['text']['text']}*" in monday.last(BEN).text


async def test_a_second_tap_on_the_check_changes_nothing(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    await monday.go(local(BERLIN, "2026-11-23 14:05"))
    shown = monday.last(BEN)
    done, dropped = shown.buttons["Done"], shown.buttons["Dropped it"]
    await monday.tap(BEN, done, shown)
    await monday.tap(BEN, dropped, shown)
    assert shown.text.startswith("Done:")


async def test_a_check_that_would_come_after_work_waits_for_the_next_morning(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer at 8pm")
    count = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-24 08:30"))
    assert len(monday.dm(BEN)) == count
    await monday.go(local(BERLIN, "2026-11-24 08:45"))
    assert "First, what you set out to do by Mon 20:00" in monday.last(BEN).text


# -- the summary


async def test_the_summary_comes_at_the_latest_at_its_time_and_tells_silent_from_not_asked(tmp_path: Path) -> None:
    la = Member("ULIA", "Lia Paz", "America/Los_Angeles")
    world = await a_world(tmp_path, replace(PLAN, reps=(*PLAN.reps, la)))
    await world.go(local(BERLIN, "2026-11-23 09:29"))
    assert not world.dm(MARIA)
    await world.go(local(BERLIN, "2026-11-23 09:30"))
    text = world.last(MARIA).text
    assert "*Ben Krug* · write account plans\nAsked, no answer yet" in text
    assert "Not asked yet; that is at Mon 09:45 your time" in text
    assert "Not asked yet; that is at Mon 17:45 your time" in text
    assert "0 of 1 committed, 0 answered." in text
    world.close()


async def test_the_summary_comes_early_when_everybody_is_through(tmp_path: Path) -> None:
    world = await a_world(tmp_path, replace(PLAN, reps=(PLAN.reps[1],)))
    await world.go(local(BERLIN, "2026-11-23 08:46"))
    await committed(world, BEN, "send the Kessler offer by 2pm")
    assert "1 of 1 committed" in world.last(MARIA).text
    world.close()


async def test_a_late_answer_updates_the_summary_in_place(monday: World) -> None:
    assert len(monday.dm(MARIA)) == 1
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    assert len(monday.dm(MARIA)) == 1
    assert "> send the Kessler offer, by Mon 14:00" in monday.last(MARIA).text
    await monday.go(local(BERLIN, "2026-11-23 14:05"))
    await monday.press(BEN, "Partly")
    assert "by Mon 14:00 · partly done" in monday.dm(MARIA)[0].text


async def test_the_summary_never_shows_what_was_said_on_the_way(monday: World) -> None:
    await monday.say(BEN, "the Zumtobel people are a nightmare")
    await committed(monday, BEN, "call Anna at 3pm")
    assert all("Zumtobel" not in m.text for m in monday.dm(MARIA))


# -- the nudge


async def test_a_dropped_commitment_is_the_conversation_of_the_morning(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 11am")
    await monday.go(local(BERLIN, "2026-11-23 11:05"))
    await monday.press(BEN, "Dropped it")
    await monday.go(local(BERLIN, "2026-11-23 11:15"))
    nudge = monday.last(MARIA)
    assert "Ben dropped this:\n> send the Kessler offer, by Mon 11:00" in nudge.text
    assert asks_openly(nudge.text)
    assert list(nudge.buttons) == ["I've talked to them", "In 20 minutes", "Not today"]
    await monday.press(MARIA, "I've talked to them")
    assert monday.last(MARIA).text == "Noted: you talked to Ben Krug today."


async def test_in_20_minutes_comes_back_once_and_never_a_third_time(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 11am")
    await monday.go(local(BERLIN, "2026-11-23 11:05"))
    await monday.press(BEN, "Dropped it")
    await monday.go(local(BERLIN, "2026-11-23 11:15"))
    count = len(monday.dm(MARIA))
    await monday.press(MARIA, "In 20 minutes")
    await monday.go(local(BERLIN, "2026-11-23 11:35"))
    assert len(monday.dm(MARIA)) == count + 1
    assert "In 20 minutes" not in monday.last(MARIA).buttons
    await monday.go(local(BERLIN, "2026-11-23 12:30"))
    assert len(monday.dm(MARIA)) == count + 1


async def test_what_was_put_off_is_not_sent_when_it_no_longer_matters(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await monday.go(local(BERLIN, "2026-11-23 11:15"))
    assert "no word yet" in monday.last(MARIA).text
    count = len(monday.dm(MARIA))
    await monday.press(MARIA, "In 20 minutes")
    await monday.press(BEN, "Done")
    await monday.go(local(BERLIN, "2026-11-23 11:40"))
    assert len(monday.dm(MARIA)) == count


async def test_nobody_needs_a_word_so_nothing_is_sent_and_the_reason_is_kept(monday: World) -> None:
    count = len(monday.dm(MARIA))
    await monday.go(local(BERLIN, "2026-11-23 11:15"))
    assert len(monday.dm(MARIA)) == count
    day = local(BERLIN, "2026-11-23 11:15").date()
    records = await monday.huddle.storage.read(lambda s: s.coachings.nudges_on(_id(s, MARIA), day))
    assert [(r.rep_id, bool(r.why)) for r in records] == [(None, True)]


async def test_no_nudge_is_sent_at_noon_or_after(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    count = len(monday.dm(MARIA))
    monday.now = local(BERLIN, "2026-11-23 12:00")
    await monday.settle()
    assert len(monday.dm(MARIA)) == count


async def test_nobody_goes_a_week_without_a_conversation(monday: World) -> None:
    nudges = []
    for day in range(23, 28):
        await monday.go(local(BERLIN, f"2026-11-{day} 11:15"))
        nudges += [m.text for m in monday.dm(MARIA) if "would help most" in m.text]
    await monday.go(local(BERLIN, "2026-11-30 11:15"))
    assert "It has been 5 working days" in monday.last(MARIA).text


async def test_a_tap_on_another_managers_nudge_does_nothing(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 10am")
    await monday.go(local(BERLIN, "2026-11-23 11:15"))
    nudge = monday.last(MARIA)
    await monday.tap(ANA, nudge.buttons["I've talked to them"], nudge)
    assert "would help most" in monday.last(MARIA).text


# -- the wins


async def test_wins_are_posted_on_friday_with_names_of_those_who_agreed(monday: World) -> None:
    await committed(monday, BEN, "send the Kessler offer by 2pm")
    await committed(monday, ANA, "call Anna Weber at 2pm")
    await monday.go(local(LISBON, "2026-11-23 14:05"))
    await monday.press(BEN, "Done")
    await monday.press(ANA, "Done")
    await monday.press(ANA, "Share as a win on the team channel")
    await monday.go(local(BERLIN, "2026-11-27 14:59"))
    assert not monday.channel(CHANNEL)
    await monday.go(local(BERLIN, "2026-11-27 15:00"))
    text = monday.channel(CHANNEL)[0].text
    assert "2 commitments kept this week, by 2 people." in text
    assert "• set first meetings: 1" in text
    assert "*Ana Sousa* kept this one:\n> call Anna Weber" in text
    assert "Ben" not in text
    assert "Kessler" not in text


async def test_a_week_without_wins_is_not_told(monday: World) -> None:
    await monday.go(local(BERLIN, "2026-11-27 16:00"))
    assert not monday.channel(CHANNEL)
    why = await monday.huddle.storage.read(lambda s: s.coachings.week_told(s.people.teams()[0].id, "2026-W48"))
    assert why


# -- delivery


async def test_a_busy_slack_gets_the_message_a_little_later(monday: World) -> None:
    monday.slack.failures = [TryLater("ratelimited", 30)]
    await monday.say(BEN, "call Anna at 3pm")
    assert "Shall this be" not in monday.last(BEN).text
    await monday.wait(seconds=31)
    assert "Shall this be" in monday.last(BEN).text


async def test_a_message_slack_refuses_is_not_tried_for_ever(monday: World) -> None:
    count = len(monday.dm(BEN))
    monday.slack.failures = [Refused("channel_not_found")]
    await monday.say(BEN, "call Anna at 3pm")
    await monday.wait(hours=1)
    assert len(monday.dm(BEN)) == count


async def test_times_are_the_teams_to_choose(tmp_path: Path) -> None:
    from datetime import time

    world = await a_world(tmp_path, times(check_in=time(9, 10), summary=time(10, 0), check_after=timedelta(minutes=30)))
    await world.go(local(BERLIN, "2026-11-23 09:09"))
    assert not world.dm(BEN)
    await world.go(local(BERLIN, "2026-11-23 09:10"))
    await committed(world, BEN, "send the Kessler offer by 2pm")
    await world.go(local(BERLIN, "2026-11-23 14:29"))
    assert "How did this go" not in world.last(BEN).text
    await world.go(local(BERLIN, "2026-11-23 14:30"))
    assert "How did this go" in world.last(BEN).text
    world.close()


async def test_applying_a_team_twice_changes_nothing_and_a_new_one_is_told_apart(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    again = await world.apply(PLAN)
    assert (again.created, again.joined, again.left, again.changed) == (False, (), (), ())
    smaller = await world.apply(replace(PLAN, reps=PLAN.reps[:1]))
    assert smaller.left == ("Ben Krug",)
    await world.go(local(BERLIN, "2026-11-23 10:00"))
    assert not world.dm(BEN)
    assert world.dm(ANA)
    world.close()


async def test_a_team_applied_in_the_minute_of_its_morning_loses_nobody(tmp_path: Path) -> None:
    world = await a_world(tmp_path)
    world.now = local(BERLIN, "2026-11-23 08:45")
    await world.apply(PLAN)
    await world.settle()
    assert world.dm(BEN)
    world.close()


def _id(store: object, user: str) -> str:
    from tests.support.world import WORKSPACE

    return store.people.by_slack(WORKSPACE, user).id  # type: ignore[attr-defined, no-any-return]


def test_the_sample_week_starts_on_a_monday() -> None:
    assert MONDAY.weekday() == 0


async def test_help_written_in_the_dm_says_what_there_is(monday: World) -> None:
    await monday.say(BEN, "Help?")
    assert "`/coach skip`" in monday.last(BEN).text
    assert "`/coach question" not in monday.last(BEN).text, "he manages nobody"


async def test_a_manager_who_moves_west_is_nudged_in_the_new_morning_and_not_in_the_night(tmp_path: Path) -> None:
    tokyo = replace(PLAN, managers=(Member(MARIA, "Maria Kern", "Asia/Tokyo"),))
    world = await a_world(tmp_path, tokyo, local("Asia/Tokyo", "2026-11-23 20:00"))
    await world.apply(PLAN)
    await world.go(local(BERLIN, "2026-11-24 08:00"))
    morning = local(BERLIN, "2026-11-24 11:15")
    decided = await world.huddle.storage.read(lambda s: s.coachings.nudges_on(people(s)[MARIA], morning.date()))
    assert decided == [], "nothing is decided at a quarter past three in the night"
    await world.go(morning)
    decided = await world.huddle.storage.read(lambda s: s.coachings.nudges_on(people(s)[MARIA], morning.date()))
    assert len(decided) == 1
    world.close()


def people(store: Store) -> dict[str, str]:
    return {p.slack_id: p.id for t in store.people.teams() for p in store.people.managers(t.id)}
