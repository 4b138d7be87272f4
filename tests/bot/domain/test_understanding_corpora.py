"""Messages in the manner of other people: business mail, meetings as they are typed up, texts, answers.

They stand in `understanding_corpora.txt`, each near a neighbour that means something else; the labels are those of
`tests/evals/messages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.coach_lines import label
from bot.domain.answers import answer
from bot.domain.calendar import WorkingHours
from bot.domain.reading import Asked
from tests.evals.score import BERLIN, MESSAGES_AT

CORPORA = Path(__file__).with_name("understanding_corpora.txt")


def rows() -> Iterator[tuple[str, Asked, str]]:
    """The wanted label, what was asked before, and the text of every line."""
    wanted, asked = "", Asked.NOTHING
    for line in CORPORA.read_text("utf-8").splitlines():
        if line.startswith(" "):
            yield wanted, asked, line.strip()
        elif line and not line.startswith("#"):
            wanted, _, question = line.rstrip(":").partition(", after ")
            asked = Asked(question or "nothing")


@pytest.mark.parametrize(("wanted", "asked", "text"), list(rows()))
def test_a_message_means_what_its_writer_means(wanted: str, asked: Asked, text: str) -> None:
    assert label(answer(text, asked, MESSAGES_AT, BERLIN, WorkingHours())) == wanted


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Um, so the action on me is to get three quotes by Thursday.", "get three quotes"),
        ("I'll see what I can find and send you the photos tomorrow.", "send you the photos"),
        ("ugh ok fine I'll call the plant", "call the plant"),
        ("Just a heads up that I'll be adding two names to the list tomorrow.", "adding two names to the list"),
        ("Unless I hear otherwise, I will release the payment at 2:00.", "release the payment"),
        ("Left a message. Will try again tomorrow.", "try again"),
        ("later i pass u the notes", "pass u the notes"),
        ("Yeah, put me down for the customer call.", "put me down for the customer call"),
    ],
)
def test_the_promised_act_is_found_behind_what_leads_up_to_it(text: str, action: str) -> None:
    assert answer(text, Asked.NOTHING, MESSAGES_AT, BERLIN, WorkingHours()).action == action
