"""docs/troubleshooting.md has every message that the doctor can give, and none that it cannot."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.findings import Message, messages

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
SOURCES = [path.read_text("utf-8") for path in sorted((ROOT / "bot").glob("doctor*.py"))]
ENTRY = re.compile(r"^```\nbad  ([^:\n]+): (.+)\n     (.+)\n```\n\n(.+)$", re.MULTILINE)


def entries(page: str) -> dict[Message, str]:
    """The messages that a page explains, and the beginning of each explanation."""
    return {Message(part, says, mend): why for part, says, mend, why in ENTRY.findall(page)}


def shown(message: Message) -> str:
    """As the page has it; where the part is filled in as a whole, it is a workspace."""
    return str(message).replace("bad  …:", "bad  workspace …:", 1)


def test_every_message_of_the_doctor_is_explained_and_no_other() -> None:
    said = {shown(one) for source in SOURCES for one in messages(source)}
    explained = {shown(one) for one in entries(PAGE)}
    assert sorted(said - explained) == [], "docs/troubleshooting.md needs an entry for each of these"
    assert sorted(explained - said) == [], "the doctor says none of these any more"


def test_every_explanation_is_one() -> None:
    assert entries(PAGE)
    for message, why in entries(PAGE).items():
        assert len(why) > 60, message
        assert why != message.mend


def test_a_page_shows_the_messages_in_the_form_in_which_they_are_looked_for() -> None:
    assert PAGE.count("\nbad  ") == len(entries(PAGE))


def test_a_new_message_would_be_missed() -> None:
    source = """
def part(x):
    name, says = "moon", f"{x} is full."
    a = Finding(name, False, says, "Wait.")
    b = Finding("sun", True, "shines")
    return Finding(part="sea", well=x > 1, says=str(x), mend=f"Row {x} m.") if x else Finding(name, True, says)
"""
    assert messages(source) == [Message("moon", "… is full.", "Wait."), Message("sea", "…", "Row … m.")]
    page = "```\nbad  moon: … is full.\n     Wait.\n```\n\nIt is the moon.\n"
    assert entries(page) == {Message("moon", "… is full.", "Wait."): "It is the moon."}
