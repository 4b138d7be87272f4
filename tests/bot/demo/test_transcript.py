"""How messages look as lines of text."""

from __future__ import annotations

from bot.demo.transcript import LIST, packed, shortened, shown_lines
from bot.demo.workspace import Json

DONE: Json = {"type": "button", "action_id": "done", "text": {"type": "plain_text", "text": "Done"}}
ROW: Json = {"type": "actions", "block_id": "actions", "elements": [DONE]}


def test_quotes_are_marked_and_buttons_stand_in_brackets() -> None:
    lines = shown_lines({"text": "Done?\n> call Anna &amp; Bo", "blocks": [ROW]})
    assert lines == ("Done?", "› call Anna & Bo", "[Done]")


def test_a_home_is_read_block_by_block() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Your *focus:* `first` meetings"}}
    small = {"type": "context", "elements": [{"type": "mrkdwn", "text": "small print"}]}
    assert shown_lines({"type": "home", "blocks": [section, small, ROW | {"elements": []}]}) == (
        "Your focus: first meetings",
        "small print",
    )


def test_short_neighbours_share_a_line() -> None:
    assert packed(["Morning, Ana.", "How are you?"], 40) == ["Morning, Ana.  How are you?"]
    assert packed(["Morning, Ana.", "How are you?"], 20) == ["Morning, Ana.", "How are you?"]


def test_points_of_a_list_do_not() -> None:
    assert packed(["Kept:", "• one", "• two", "That is all."], 80) == ["Kept:", "• one", "• two", "That is all."]


def test_a_long_list_is_counted() -> None:
    points = [f"• {number}" for number in range(LIST + 3)]
    assert shortened(["Kept:", *points]) == ["Kept:", *points[:LIST], "  … and 3 more"]
    assert shortened(points[: LIST + 1]) == points[: LIST + 1]
