"""Privacy: what is kept is shown, sent as files, erased and forgotten in time, for oneself and by nobody else."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.workspace import Retention
from bot.ports.storage import Store
from bot.services.retention import Retention as Cleaning
from tests.support.team import ANA, BEN, BERLIN, MARIA
from tests.support.world import WORKSPACE, World, local

SECRET = "Zacharias"


async def _lives_a_morning(world: World) -> None:
    await world.say(BEN, f"I'm stuck with {SECRET} and need help")
    await world.press(BEN, "Tell my manager I'd like a hand")
    await world.say(BEN, f"I'll call {SECRET} by 2pm")
    await world.say(BEN, f"then I'll write to {SECRET}")
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-23 14:06"))
    await world.press(BEN, "Done")
    await world.say(BEN, f"{SECRET} was glad to be asked")


def on_disk(world: World, words: str) -> list[str]:
    """The tables in which the words stand."""
    with sqlite3.connect(world.database) as connection:
        lines = [line for line in connection.iterdump() if words in line]
    return sorted({line.split('"')[1] for line in lines})


async def opens_privacy(world: World, user: str) -> str:
    """Tap "Privacy" on the Home; what the form says."""
    await world.tap_view(user, "privacy")
    view = world.client.opened[-1]
    return "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")


async def test_a_rep_is_shown_what_is_kept_and_who_has_seen_what(monday: World) -> None:
    await _lives_a_morning(monday)
    told = await opens_privacy(monday, BEN)
    assert "Your 1 commitment and how it went: for 400 days" in told
    assert "Maria Kern: your commitments and how they went, in 1 morning summary, the last on Mon 23 Nov" in told
    assert "that you'd like a hand, once, by your own tap" in told
    assert SECRET not in told


async def test_a_tap_is_not_counted_or_handed_out_as_something_written(monday: World) -> None:
    await monday.say(BEN, f"I'll call {SECRET} by 2pm")
    await monday.press(BEN, "Commit")
    assert "What you wrote to me, 1 message," in await opens_privacy(monday, BEN)
    await monday.tap_view(BEN, "export_data")
    messages = next(one for one in monday.last(BEN).files if one.name.startswith("messages"))
    assert len(messages.content.splitlines()) == 2, "the headings and the one message"


async def test_nobody_sees_more_than_that_nothing_is_kept_of_them(monday: World) -> None:
    assert "Nothing is kept about you here" in await opens_privacy(monday, "UNOBODY")


async def test_everything_kept_is_sent_as_files_to_the_person_alone(monday: World) -> None:
    await _lives_a_morning(monday)
    before = len(monday.slack.messages)
    await monday.tap_view(BEN, "export_data")
    await monday.tap_view(BEN, "export_data")
    sent = monday.slack.messages[before:]
    assert [one.channel for one in sent] == ["DBEN"], "a second tap at once sends nothing more"
    names = [one.name for one in sent[0].files]
    assert names == ["everything-2026-11-23.json", "commitments-2026-11-23.csv", "messages-2026-11-23.csv"]
    whole = json.loads(sent[0].files[0].content)
    assert [one["action"] for one in whole["commitments"]] == [f"call {SECRET}"]
    assert [one["learning"] for one in whole["commitments"]] == [f"{SECRET} was glad to be asked"]
    assert SECRET in sent[0].files[2].content
    everything = "".join(one.content for one in sent[0].files)
    assert "Ana Sousa" not in everything
    assert ANA not in everything


async def test_every_table_that_holds_something_of_a_person_is_in_the_export(monday: World) -> None:
    await _lives_a_morning(monday)
    await monday.tap_view(BEN, "export_data")
    whole = monday.last(BEN).files[0].content
    for table in ("turn", "checkin", "commitment"):
        assert table in on_disk(monday, SECRET)
    assert whole.count(SECRET) >= 4


async def test_erasing_takes_every_word_and_name_and_leaves_counts(monday: World) -> None:
    await _lives_a_morning(monday)
    kept = await monday.huddle.storage.read(lambda s: s.people.by_slack(WORKSPACE, BEN))
    assert kept is not None
    team, person = kept.rep_of or "", kept.id
    await monday.tap_view(BEN, "erase_data")
    assert "now and for good" in str(monday.client.opened[-1])
    assert on_disk(monday, SECRET), "nothing is erased before it is confirmed"
    await monday.submit(BEN)
    assert on_disk(monday, SECRET) == []
    assert on_disk(monday, "Ben Krug") == []
    assert on_disk(monday, BEN) == [], "not even where the line went that says it was done"
    assert "Everything I kept about you is erased" in monday.last(BEN).text
    gone = "One of the reps of North has stopped. The Home tab shows who takes part."
    assert monday.last(MARIA).text == gone
    since, until = local(BERLIN, "2026-11-23 00:00"), local(BERLIN, "2026-11-24 00:00")
    done = await monday.huddle.storage.read(lambda s: s.commitments.kept(team, since, until))
    assert [(one.action, one.person_id) for one in done] == [("", person)]


async def test_after_erasing_nothing_comes_and_a_new_start_is_a_first_day(monday: World) -> None:
    from tests.support.team import PLAN

    await _lives_a_morning(monday)
    await monday.tap_view(BEN, "erase_data")
    await monday.submit(BEN)
    count = len(monday.dm(BEN))
    await monday.go(local(BERLIN, "2026-11-25 12:00"))
    assert len(monday.dm(BEN)) == count
    await monday.apply(PLAN)
    await monday.go(local(BERLIN, "2026-11-26 09:00"))
    assert "I'm here for two minutes a day" in monday.last(BEN).text


async def test_an_erased_rep_is_in_nobodys_summary_or_nudge(monday: World) -> None:
    await monday.say(BEN, "I'm stuck and need help")
    await monday.press(BEN, "Tell my manager I'd like a hand")
    await monday.tap_view(BEN, "erase_data")
    await monday.submit(BEN)
    await monday.go(local(BERLIN, "2026-11-23 12:00"))
    assert not any("Ben" in one.text for one in monday.dm(MARIA))


async def test_a_hand_is_kept_from_the_manager_with_one_tap_before_and_after_it_was_told(monday: World) -> None:
    await monday.say(BEN, "I'm stuck with the Kessler people and need help")
    await monday.press(BEN, "Tell my manager I'd like a hand")
    assert "would like a hand" in monday.last(MARIA).text
    await monday.press(BEN, "Keep this from my manager")
    await monday.settle()
    assert "would like a hand" not in monday.last(MARIA).text
    await monday.go(local(BERLIN, "2026-11-23 11:30"))
    assert not any("would like a hand and asked me" in one.text for one in monday.dm(MARIA))


async def test_the_manager_sees_an_if_then_plan_nowhere_and_the_rep_is_told_so(monday: World) -> None:
    await monday.say(BEN, "they push back on price and I go quiet")
    await monday.say(BEN, "I'd walk in calmer")
    await monday.say(BEN, "call Anna Weber at 3pm")
    await monday.say(BEN, f"if {SECRET} picks up I'll ask for her")
    shown = monday.last(BEN).text
    if SECRET in shown:
        assert "Maria will see the action and the time. The plan stays between us." in shown
    await monday.press(BEN, "Commit")
    await monday.go(local(BERLIN, "2026-11-23 10:00"))
    assert not any(SECRET in one.text for one in monday.dm(MARIA))


@pytest.mark.parametrize(
    ("days", "gone", "left"),
    [
        (89, [], ["checkin", "commitment", "turn"]),
        (91, ["checkin", "turn"], ["commitment"]),
        (401, ["checkin", "commitment", "turn"], []),
    ],
)
async def test_words_are_forgotten_after_ninety_days_and_commitments_after_four_hundred(
    monday: World, days: int, gone: list[str], left: list[str]
) -> None:
    await _lives_a_morning(monday)
    at = monday.now + timedelta(days=days)
    await Cleaning(monday.huddle.storage).run(WORKSPACE, at)
    tables = on_disk(monday, SECRET)
    assert [one for one in left if one not in tables] == []
    assert [one for one in gone if one in tables] == []


async def test_what_was_removed_is_reported(monday: World) -> None:
    await _lives_a_morning(monday)
    at = monday.now + timedelta(days=91)
    await Cleaning(monday.huddle.storage).run(WORKSPACE, at)
    known = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert known.cleaned_at == at
    assert dict(known.cleaned)["messages"] >= 3
    await Cleaning(monday.huddle.storage).run(WORKSPACE, at)
    known = await monday.huddle.storage.read(lambda s: s.workspaces.get(WORKSPACE))
    assert known.cleaned == (), "a second run finds nothing more"


async def test_each_workspace_keeps_as_long_as_it_chose(monday: World) -> None:
    await _lives_a_morning(monday)

    def shorter(store: Store) -> None:
        store.workspaces.save(replace(store.workspaces.get(WORKSPACE), retention=Retention(14, 30)))

    await monday.huddle.storage.write(shorter)
    await Cleaning(monday.huddle.storage).run("T0ANOTHER", monday.now + timedelta(days=500))
    assert on_disk(monday, SECRET), "another workspace's cleaning touches nothing here"
    await Cleaning(monday.huddle.storage).run(WORKSPACE, monday.now + timedelta(days=31))
    assert on_disk(monday, SECRET) == []


async def test_a_workspace_that_left_is_erased_when_its_time_has_come(monday: World) -> None:
    await _lives_a_morning(monday)
    due = monday.now + timedelta(days=30)

    def leave(store: Store) -> None:
        store.workspaces.save(replace(store.workspaces.get(WORKSPACE), erase_at=due))

    await monday.huddle.storage.write(leave)
    await Cleaning(monday.huddle.storage).run(WORKSPACE, due - timedelta(days=1))
    assert on_disk(monday, SECRET)
    await Cleaning(monday.huddle.storage).run(WORKSPACE, due)
    assert on_disk(monday, "Ben Krug") == []
    assert on_disk(monday, WORKSPACE) == []
