"""What does not fit is never dropped in silence: neighbours share a block, and a line tells how many are left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Person, Team
from bot.domain.summary import Promise, Row, Standing, Summary, compose
from bot.ports.messages import Button, Message, Rendered
from bot.services.sending import Sending
from bot.services.summary import Summaries
from prompts.blocks import LONGEST_SECTION, LONGEST_TEXT, MOST_APART, actions, message_blocks, shortened
from prompts.render import Prompts
from tests.prompts.limits import check_blocks, sent_bytes, texts
from tests.prompts.variants import AT, BERLIN, SOON

PROMPTS = Prompts()
SMALL_PRINT = "Kept true as the day goes on. Of what they wrote, only what they confirmed is shown."


def a_team_of(size: int, action: str = "call the three leads from Monday's list") -> Summary:
    """That many reps with a commitment for today and one from before."""
    promise, earlier = Promise(action, SOON, None, False, 0), Promise(action, AT - timedelta(days=1), None, True, 0)
    rows = [
        Row(str(n), f"Rep Number{n:03}", Standing.COMMITTED, "set first meetings", (promise,), earlier)
        for n in range(1, size + 1)
    ]
    return compose(rows)


def summary(rows: Summary, template: str = "summary/morning") -> Rendered:
    values = {"team": "North", "summary": rows, "zone": BERLIN, "at": AT, "today": date(2026, 11, 23)}
    return PROMPTS.render(Message(template, values))


def shown(found: Rendered) -> str:
    return "\n".join(text for block in found.blocks for text in texts(block))


def named(text: str) -> list[int]:
    """The reps that a text names, in order."""
    return [n for n in range(1, 1000) if f"Rep Number{n:03}" in text]


@pytest.mark.parametrize("size", [1, 10, 21])
def test_each_rep_of_a_small_team_has_a_block(size: int) -> None:
    found = summary(a_team_of(size))
    assert sum("Rep Number" in texts(block)[0] for block in found.blocks) == size
    assert all(texts(block)[0].count("Rep Number") <= 1 for block in found.blocks)


@pytest.mark.parametrize("size", [24, 40, 60])
def test_a_manager_sees_every_rep_of_a_big_team(size: int) -> None:
    found = summary(a_team_of(size))
    check_blocks(found.blocks)
    assert named(shown(found)) == list(range(1, size + 1))
    assert "more" not in shown(found)
    assert shown(found).endswith(SMALL_PRINT)
    assert found.blocks[0]["type"] == "header"


def test_a_shared_block_is_never_folded_and_keeps_reps_apart() -> None:
    found = summary(a_team_of(60))
    shared = [block for block in found.blocks if block["type"] == "section" and block["text"]["text"].count("*Rep") > 1]
    assert shared
    assert all(block["expand"] for block in shared)
    assert all(
        part.startswith(("*Rep Number", "60 of 60")) for block in shared for part in block["text"]["text"].split("\n\n")
    )


@pytest.mark.parametrize("size", [60, 120, 400])
@pytest.mark.parametrize(
    "action", ["call " + "every one of them about the spring offer " * 4, "präsentieren 🎯 & mehr " * 8]
)
@pytest.mark.parametrize("template", ["summary/morning"])
def test_when_not_all_fit_the_last_line_says_how_many_are_missing(size: int, action: str, template: str) -> None:
    found = summary(a_team_of(size, action), template)
    check_blocks(found.blocks)
    there = named(shown(found))
    assert there == list(range(1, len(there) + 1))
    assert 10 < len(there) < size
    assert f"… and {size - len(there)} more; there is no room for them here." in shown(found)
    assert shown(found).endswith(SMALL_PRINT if template == "summary/morning" else "for them here.")
    assert f"{size} of {size} committed" in shown(found)


@pytest.mark.parametrize("size", [30, 60, 400])
def test_the_text_for_screen_readers_says_how_many_it_leaves_out(size: int) -> None:
    found = summary(a_team_of(size, "präsentieren: das große „Frühjahrs“-Angebot"))
    assert sent_bytes(found.text) <= LONGEST_TEXT
    there = named(found.text)
    assert there == list(range(1, len(there) + 1))
    assert 10 < len(there) < size
    assert f"… and {size - len(there)} more; there is no room for them here." in found.text
    assert found.text.endswith(SMALL_PRINT)


def test_a_change_that_there_is_no_room_for_in_the_text_still_changes_the_summary() -> None:
    """Else a manager of sixty would see the last thirty as they were when the summary was posted."""
    numbers = count()
    summaries = Summaries(Sending(PROMPTS, lambda: str(next(numbers))))
    team = Team("north", "T1", "North", "Europe/Berlin", "C1")
    manager = Person("maria", "T1", "UMARIA", "Maria Kern", "Europe/Berlin")
    before = a_team_of(60)
    last = before.rows[-1]
    after = Summary((*before.rows[:-1], replace(last, promises=(replace(last.promises[0], overdue=True),))))
    first, second = (summaries.message(team, manager, date(2026, 11, 23), one, AT) for one in (before, after))
    assert summary(before).text == summary(after).text
    assert summaries._fingerprint(first) != summaries._fingerprint(second)
    assert summaries._fingerprint(first) == summaries._fingerprint(first)


def test_paragraphs_become_blocks() -> None:
    text, blocks = message_blocks("# Title &amp; more\n\nFirst line\nsecond\n\n-# Small\n-# print\n\nLast")
    assert text == "Title &amp; more\nFirst line\nsecond\nSmall\nprint\nLast"
    assert [(block["type"], *texts(block)) for block in blocks] == [
        ("header", "Title & more"),
        ("section", "First line\nsecond"),
        ("context", "Small\nprint"),
        ("section", "Last"),
    ]


def test_only_ordinary_neighbours_share_a_block() -> None:
    many = [f"row {n}" for n in range(MOST_APART)]
    _, blocks = message_blocks("\n\n".join(["# Title", *many, "-# small", "after", "# Again", "end"]))
    assert [block["type"] for block in blocks] == ["header", "section", "context", "section", "header", "section"]
    assert texts(blocks[1]) == ["\n\n".join(many)]


@given(
    paragraphs=st.lists(
        st.builds(
            lambda mark, word, times: mark + word * times,
            st.sampled_from(["", "", "", "> ", "# ", "-# "]),
            st.sampled_from(["word ", "ü", "🎯", "a\nb ", "x"]),
            st.integers(1, 900),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_any_message_keeps_the_limits_and_tells_what_it_leaves_out(paragraphs: list[str]) -> None:
    text, blocks = message_blocks("\n\n".join(paragraphs))
    assert sent_bytes(text) <= LONGEST_TEXT
    assert sum(len(one) for block in blocks for one in texts(block)) <= 10_500
    assert all(len(one) <= 3000 for block in blocks for one in texts(block))
    told = "".join(one for block in blocks for one in texts(block))
    assert "…" in told or len(told) >= sum(len(p.strip()) - 3 * p.count("# ") for p in paragraphs)


def test_the_marks_of_quotes_count_as_slack_counts_them() -> None:
    text, _ = message_blocks("\n\n".join(["> a"] * 600))
    assert 0.8 * LONGEST_TEXT < sent_bytes(text) <= LONGEST_TEXT


@given(text=st.text(alphabet="a&<>ü🎯", max_size=60), most=st.integers(2, 40))
def test_a_text_is_cut_to_size_and_never_within_an_escaped_character(text: str, most: int) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for size in (len, lambda words: len(words.encode())):
        if most < 4 and size is not len:
            continue
        cut = shortened(escaped, most, size)
        assert size(cut) <= most
        assert cut == escaped or (cut.endswith("…") and escaped.startswith(cut[:-1]))
        assert cut[:-1].count("&") == cut[:-1].count(";") or cut == escaped


def test_a_text_that_fits_is_left_alone_and_a_longer_one_uses_the_room() -> None:
    assert shortened("x" * 10, 10) == "x" * 10
    assert shortened("x" * 11, 10) == "x" * 9 + "…"
    assert shortened("ü" * 11, 10, lambda words: len(words.encode())) == "üüü…"
    assert shortened("a&amp;b", 5) == "a…"


def test_a_heading_is_cut_at_its_own_limit_and_reads_as_it_was_written() -> None:
    _, (block,) = message_blocks("# " + "R&amp;D " * 100)
    heading = block["text"]["text"]
    assert len(heading) <= 150
    assert heading.startswith("R&D R&D ")
    assert heading.endswith("…")
    assert "&amp" not in heading


def test_a_very_long_paragraph_is_cut_with_a_sign() -> None:
    _, (block,) = message_blocks("x" * 5000)
    assert block["text"]["text"] == "x" * (LONGEST_SECTION - 1) + "…"


def test_buttons_have_ids_of_their_own_and_words_that_fit() -> None:
    def element(action: str, words: str) -> dict[str, object]:
        return {"type": "button", "action_id": action, "value": "v", "text": {"type": "plain_text", "text": words}}

    row = actions([element("time_pick", "Mon 10:00"), element("time_pick", "Mon 12:00"), element("change", "x" * 99)])
    assert [e["action_id"] for e in row["elements"]] == ["time_pick.0", "time_pick.1", "change"]
    assert row["elements"][2]["text"]["text"] == "x" * 74 + "…"
    check_blocks([row])


def test_a_message_with_buttons_has_them_last() -> None:
    buttons = (Button("start", "home", "start_now", style="primary"), Button("time_pick", "m", moment=SOON))
    values = {"action": "call", "due_at": SOON, "zone": BERLIN, "at": AT}
    found = PROMPTS.render(Message("commitment/check", values, buttons))
    row = found.blocks[-1]
    assert row["type"] == "actions"
    assert [e["text"]["text"] for e in row["elements"]] == ["Start today's check-in", "Mon 13:45"]
    assert [e.get("style") for e in row["elements"]] == ["primary", None]
    check_blocks(found.blocks)


def test_a_button_without_a_label_in_the_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        PROMPTS.render(Message("home/other_teams", {}, (Button("x", "y", "no_such_label"),)))
