"""What is not for coaching: it is answered with care, kept nowhere, told to nobody, and the day is left alone."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.team import ANA, BEN, BERLIN, MARIA, PLAN
from tests.support.world import World, local

SAID = "My manager keeps shouting at me in front of everybody, I can't take it anymore"


def stored(world: World) -> str:
    """Everything in the database, as text."""
    with sqlite3.connect(world.database) as connection:
        return "\n".join(connection.iterdump())


async def test_it_is_answered_with_care_and_not_coached_on(monday: World) -> None:
    await monday.say(ANA, SAID)
    answer = monday.last(ANA)
    assert "I'm sorry. Nobody has to put up with that" in answer.text
    assert "people team" in answer.text
    assert "?" not in answer.text
    assert not answer.buttons


async def test_the_words_are_kept_nowhere(monday: World) -> None:
    await monday.say(ANA, "I had a panic attack this morning in the car")
    assert "panic" not in stored(monday)
    assert "health" not in stored(monday)


@pytest.mark.parametrize("edited", ["I'm thinking of quitting this job", "he touched me at the offsite"])
async def test_an_edit_that_says_so_is_kept_nowhere_either(monday: World, edited: str) -> None:
    ts = await monday.say(ANA, "the Kessler talk makes me think")
    await monday.edit(ANA, ts, edited)
    assert edited not in stored(monday)
    assert "nobody else sees it" in monday.last(ANA).text


async def test_the_manager_sees_a_day_left_out_and_nothing_else(monday: World) -> None:
    await monday.say(ANA, SAID)
    await monday.say(BEN, "not today")
    await monday.go(local(BERLIN, "2026-11-23 09:30"))
    assert monday.last(MARIA).text.count("\nNothing for today") == 2
    await monday.go(local(BERLIN, "2026-11-23 12:00"))
    assert not any("Ana" in shown.text for shown in monday.dm(MARIA)[1:])


async def test_a_check_that_was_due_waits_for_the_next_morning(monday: World) -> None:
    await monday.say(ANA, "call Anna Weber by 11")
    await monday.press(ANA, "Commit")
    await monday.say(ANA, "My father passed away last night")
    said = len(monday.dm(ANA))
    await monday.go(local(BERLIN, "2026-11-23 17:00"))
    assert len(monday.dm(ANA)) == said
    await monday.go(local(BERLIN, "2026-11-24 09:45"))
    assert "call Anna Weber" in monday.last(ANA).text


async def test_before_the_morning_question_it_leaves_the_morning_alone(monday: World) -> None:
    await monday.go(local(BERLIN, "2026-11-24 07:30"))
    said = len(monday.dm(BEN))
    await monday.say(BEN, "I was diagnosed with cancer")
    assert len(monday.dm(BEN)) == said + 1
    await monday.go(local(BERLIN, "2026-11-24 17:00"))
    assert len(monday.dm(BEN)) == said + 1
    await monday.go(local(BERLIN, "2026-11-25 09:45"))
    assert len(monday.dm(BEN)) == said + 2


async def test_the_rep_may_go_on_with_the_day_of_their_own_accord(monday: World) -> None:
    await monday.say(ANA, SAID)
    await monday.command(ANA)
    await monday.say(ANA, "call Anna Weber at 3pm")
    assert "Shall this be your commitment?" in monday.last(ANA).text


async def test_the_people_whom_the_team_names_are_named(tmp_path: Path) -> None:
    world = World(tmp_path / "huddle.db", local(BERLIN, "2026-11-22 12:00"))
    await world.apply(replace(PLAN, care=("Petra Lang (extension 210)", "the works council")))
    await world.go(local(BERLIN, "2026-11-23 09:45"))
    await world.say(ANA, SAID)
    assert "You can turn to Petra Lang (extension 210) or the works council." in world.last(ANA).text
    world.close()
