"""Slack's markup as plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.markup import plain


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("R&amp;D", "R&D"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("see <https://acme.example|the offer>", "see the offer"),
        ("see <https://acme.example>", "see https://acme.example"),
        ("mail <mailto:ana@acme.example|ana@acme.example>", "mail ana@acme.example"),
        ("call <tel:+49301234|030 1234>", "call 030 1234"),
        ("in <#C0123|general>", "in #general"),
        ("in <#C0123>", "in a channel"),
        ("<!here> now", "@here now"),
        ("<!channel|@channel>", "@channel"),
        ("ask <!subteam^S012|@sales-eu>", "ask @sales-eu"),
        ("<!date^1392734382^{date}|Feb 18, 2014>", "Feb 18, 2014"),
        ("ask <@U0123|ana>", "ask @ana"),
        ("ask <@U0123ABC>", "ask <@U0123ABC>"),
        ("no markup at all", "no markup at all"),
    ],
)
def test_marked_up_text_reads_as_its_writer_saw_it(marked: str, words: str) -> None:
    assert plain(marked) == words


@given(st.text())
def test_what_somebody_types_comes_back_as_typed_after_slacks_escaping(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain(escaped) == typed
