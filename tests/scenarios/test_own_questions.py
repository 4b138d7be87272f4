"""Questions that managers write themselves: judged when they ask, and asked of their reps once they are good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.people import team_question
from bot.domain.question_bank import Kind
from tests.support.team import ANA, BEN, MARIA, PLAN, a_world
from tests.support.world import World

OWN = tuple((f"{{name}}, how will you {{focus}} with customer number {n}?", Kind.PROSPECTING) for n in range(1, 41))


async def test_a_team_is_asked_its_own_questions_among_the_others(tmp_path: Path) -> None:
    world = await a_world(tmp_path, replace(PLAN, questions=OWN))
    for _ in range(12):
        await world.wait(days=1)
    asked = [message.text for message in world.dm(ANA)]
    own = [text for text in asked if "Ana, how will you set first meetings with customer number" in text]
    assert 0 < len(own) < len(asked)
    assert len(set(own)) == len(own)
    assert not any("customer number" in message.text for message in world.dm(BEN)), "his focus is of another kind"
    world.close()


async def test_a_question_that_left_the_file_is_not_asked_any_more(tmp_path: Path) -> None:
    world = await a_world(tmp_path, replace(PLAN, questions=OWN))
    applied = await world.apply(PLAN)
    assert applied.team.questions == ()
    for _ in range(12):
        await world.wait(days=1)
    assert not any("customer number" in message.text for message in world.dm(ANA))
    world.close()


def test_the_same_words_are_the_same_question() -> None:
    assert team_question("How  will you begin?").id == team_question("how will you begin?").id
    assert team_question("How will you begin?").id != team_question("How will you end?").id


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("question How will you open the call?", "That reads well."),
        ("question Will you call Anna today?", "> How will you go about calling Anna today?"),
        ("question Will you call Anna today?", "It can be answered with a yes"),
        ("question Will you call <@UANA|ana.s> today?", "> How will you go about calling Ana today?"),
        ("question Did you meet R&amp;D?", "> Did you meet R&amp;D?"),
        ("QUESTION asdf", "Begin with how, what or who"),
        ("question", "Write your question after the word"),
        (f"question {'Will you call Anna and ' * 20}Ben?", "…"),
        ("questoin How will you open the call?", "Did you mean `/coach question`?"),
        ("help", "`/coach question`"),
        ("", "You manage here"),
        ("skip", "You manage here"),
    ],
)
async def test_a_manager_is_told_how_a_question_reads(monday: World, typed: str, says: str) -> None:
    assert says in await monday.command(MARIA, typed)


async def test_the_help_of_somebody_who_only_manages_does_not_speak_of_a_check_in(monday: World) -> None:
    assert "/coach skip" not in await monday.command(MARIA, "help")


async def test_a_rep_is_not_offered_what_only_managers_have(monday: World) -> None:
    assert "/coach question" not in await monday.command(BEN, "help")
    answer = await monday.command(BEN, "question How will you open the call?")
    assert "/coach question" not in answer
    assert "These work:" in answer
