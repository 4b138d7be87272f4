"""Who would be mentioned is read as Slack reads it: out of tags, never out of escaped words."""

from __future__ import annotations

import pytest

from tests.support.strict import Mention, mentioned, mentions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<@U1>", [Mention("user", "U1")]),
        ("<@W012AB|ana> and <@U2>", [Mention("user", "W012AB"), Mention("user", "U2")]),
        ("<!channel>", [Mention("channel", "channel")]),
        ("<!group>", [Mention("channel", "group")]),
        ("<!here|here>", [Mention("here", "here")]),
        ("<!everyone>", [Mention("everyone", "everyone")]),
        ("<!subteam^S123|@sales>", [Mention("group", "S123")]),
        ("<!date^1700000000^{date}|then>", [Mention("special", "date^1700000000^{date}")]),
        ("<#C1|wins>", [Mention("conversation", "C1")]),
        ("<https://x.example|y>", [Mention("link", "https://x.example")]),
        ("<mailto:a@b.example>", [Mention("link", "mailto:a@b.example")]),
        ("<tel:123>", [Mention("link", "tel:123")]),
        ("`<@U1>`", [Mention("user", "U1")]),
        ("&lt;@U1&gt; &lt;!channel&gt;", []),
        ("a < b > c", []),
        ("<a heart", []),
        ("<@\u200bU1>", []),
        ("@channel https://x.example #wins", []),
    ],
)
def test_tags_are_read_and_nothing_else(text: str, found: list[Mention]) -> None:
    assert mentions(text) == found


def test_where_nothing_says_verbatim_plain_words_are_read_too() -> None:
    bare = [
        Mention("here", "here", bare=True),
        Mention("link", "https://x.example", bare=True),
        Mention("conversation", "wins", bare=True),
    ]
    assert mentions("@here https://x.example #wins a#b", verbatim=False) == bare
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "@here https://x.example #wins"}}
    assert mentioned("", [block]) == bare
    block["text"]["verbatim"] = True  # type: ignore[index]
    assert mentioned("", [block]) == []


def test_the_whole_message_is_read_and_plain_text_never_is() -> None:
    text = {"type": "mrkdwn", "text": "<@U2>", "verbatim": True}
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "<!channel>"}},
        {"type": "context", "elements": [text]},
        {"type": "section", "fields": [text]},
    ]
    assert [one.target for one in mentioned("<@U1>", blocks)] == ["U1", "U2", "U2"]
