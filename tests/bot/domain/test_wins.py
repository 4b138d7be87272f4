"""The week's wins: what is told with a name, and how people are told apart."""

from __future__ import annotations

from bot.domain.people import Team
from bot.domain.wins import MOST_STORIES, Kept, Story, gather

NORTH = Team("n", "T1", "North", "Europe/Berlin", "C1")


def kept(person_id: str, name: str, action: str, *, shared: bool = True) -> Kept:
    return Kept(person_id, name, action, None, shared)


def test_two_people_of_the_same_name_are_told_apart() -> None:
    wins = gather(NORTH, [kept("a", "Ana", "call"), kept("b", "Ana", "write"), kept("a", "Ana", "meet")])
    assert wins is not None
    assert wins.stories == (Story("Ana", ("call", "meet")), Story("Ana", ("write",)))
    assert (wins.kept, wins.people) == (3, 2)


def test_what_was_not_shared_counts_and_is_not_told() -> None:
    wins = gather(NORTH, [kept("a", "Ana", "call", shared=False)])
    assert wins is not None
    assert (wins.kept, wins.stories) == (1, ())


def test_one_screen_is_enough() -> None:
    wins = gather(NORTH, [kept(f"p{n}", "Ana", "call") for n in range(30)])
    assert wins is not None
    assert sum(len(story.actions) for story in wins.stories) == MOST_STORIES
    assert wins.kept == 30


def test_nothing_kept_is_nothing_to_say() -> None:
    assert gather(NORTH, []) is None
