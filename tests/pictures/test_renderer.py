"""The renderer knows all that the product shows and escapes it, and every picture that a page names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, time
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import prompts
from bot.ports.messages import Button, Message
from prompts import fields
from prompts.render import Prompts
from tests.docs.pages import PAGES, ROOT
from tests.pictures import blocks
from tests.pictures.__main__ import LARGEST
from tests.pictures.blocks import BLOCKS
from tests.pictures.elements import ELEMENTS
from tests.pictures.markup import mrkdwn
from tests.pictures.page import page
from tests.prompts import cases_commands, cases_home, cases_settings, cases_setup
from tests.prompts.cases import PLAIN

PROMPTS = Prompts()
NAMES = {"U1": "Ana <b>", "C1": "wins"}
BUTTONS = (Button("commit", "1", "commit", style="primary"),)
WORDS = "call <Jonas> & Co"
NOT_SHOWN = {"modal", "home", "plain_text", "mrkdwn"}
"""Types that are neither blocks nor elements."""
A_FEW = 6
"""Variants of a template; what differs between them is words."""
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LARGEST_OF_ALL = 1_200_000
"""Bytes of the pictures that are taken here."""
TAKEN = (
    "home-rep", "home-manager", "home-admin", "set-up-1", "set-up-2", "preview", "settings", "away", "privacy",
    "shortcut",
)  # fmt: skip


class Balance(HTMLParser):
    """Fails where a tag is closed that is not open, or the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def whole(html: str) -> str:
    """The HTML, of which every tag is closed."""
    found = Balance()
    found.feed(html)
    found.close()
    assert found.open == []
    return html


def written_types() -> Iterator[tuple[str, Path]]:
    """The types of blocks and elements that stand in the code of `prompts`."""
    for path in Path(prompts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    named = isinstance(key, ast.Constant) and key.value == "type"
                    if named and isinstance(value, ast.Constant):
                        yield str(value.value), path


def labels(key: str) -> str:
    return {"field_x": "What & when", "hint_x": "Some <hint>", "note_x": "A note"}.get(key) or PROMPTS.label(key)


def every_field() -> dict[str, dict[str, Any]]:
    """A field of every kind that a form may have, empty and filled."""
    options = [("a", "First & best"), ("b", "Second")]
    return {
        "text_input": fields.text_input(labels, "x", "typed <so>"),
        "text_input, empty": fields.text_input(labels, "x", "", optional=True),
        "text_input, lines": fields.text_input(labels, "x", "one\ntwo", lines=True),
        "people_input": fields.people_input(labels, "x", ["U1"]),
        "people_input, empty": fields.people_input(labels, "x", []),
        "person_input": fields.person_input(labels, "x", "U1"),
        "channel_input": fields.channel_input(labels, "x", "C1"),
        "select_input": fields.select_input(labels, "x", options, "a"),
        "select_input, grouped": fields.select_input(labels, "x", {"A": options}, "b", changes=True),
        "choice_input": fields.choice_input(labels, "x", options, "a"),
        "ticks_input": fields.ticks_input(labels, "x", options, ["a", "b"]),
        "time_input": fields.time_input(labels, "x", time(8, 45)),
        "date_input": fields.date_input(labels, "x", date(2026, 11, 26)),
    }


def test_every_type_that_the_product_writes_is_known() -> None:
    known = {*BLOCKS, *ELEMENTS, *NOT_SHOWN}
    assert {name: path.name for name, path in written_types() if name not in known} == {}
    assert {name for name, _ in written_types()} >= {"header", "input", "button", "static_select"}, "it would be found"


def test_every_kind_of_field_is_shown() -> None:
    builders = {name for name in vars(fields) if name.endswith("_input")}
    assert {name.partition(",")[0] for name in every_field()} == builders
    for name, field in every_field().items():
        html = whole(blocks.block(field, NAMES))
        assert "What &amp; when" in html, name
        assert "A note" in html, name


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("text_input", "typed &lt;so&gt;"),
        ("text_input, empty", "Some &lt;hint&gt;"),
        ("text_input, lines", "one<br>two"),
        ("people_input", "Ana &lt;b&gt;"),
        ("person_input", "Ana &lt;b&gt;"),
        ("channel_input", "wins"),
        ("select_input", "First &amp; best"),
        ("select_input, grouped", "Second"),
        ("time_input", "08:45"),
        ("date_input", "Thursday, 26 November 2026"),
    ],
)
def test_a_field_shows_what_it_is_filled_with(field: str, shown: str) -> None:
    assert shown in blocks.block(every_field()[field], NAMES)


def test_what_is_chosen_is_marked_and_the_rest_is_not() -> None:
    assert blocks.block(every_field()["choice_input"], NAMES).count('"radio on"') == 1
    assert blocks.block(every_field()["ticks_input"], NAMES).count('"tick on"') == 2


def test_every_message_and_home_is_shown() -> None:
    for _, same in groupby(sorted(PLAIN, key=lambda case: case.template), key=lambda case: case.template):
        for case in list(same)[:A_FEW]:
            rendered = PROMPTS.render(Message(case.template, case.values, BUTTONS))
            whole(page(blocks.message(rendered.blocks, NAMES, "08:45")))
            whole(page(blocks.home({"blocks": rendered.blocks}, NAMES)))


def test_every_form_is_shown() -> None:
    made = dict(cases_commands.forms(PROMPTS, WORDS)) | dict(cases_settings.forms(PROMPTS, WORDS))
    made |= cases_setup.forms(PROMPTS, WORDS) | cases_home.forms()
    for name, values in made.items():
        html = whole(page(blocks.form(PROMPTS.view(name, values), NAMES)))
        assert "<Jonas>" not in html, name


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _so_ ~no~", "<p><b>bold</b> <i>so</i> <s>no</s></p>"),
        ("2*3*4 a_b_c * not * this", "<p>2*3*4 a_b_c * not * this</p>"),
        ("*one* and _*both*_", "<p><b>one</b> and <i><b>both</b></i></p>"),
        ("`*code* &lt;b&gt;`", "<p><code>*code* &lt;b&gt;</code></p>"),
        ("```\n<i> & more\n```", "<pre>&lt;i&gt; &amp; more</pre>"),
        ("&gt; said\n> so\nand on", "<blockquote>said<br>so</blockquote><p>and on</p>"),
        ("• one\n• two", "<p>• one<br>• two</p>"),
        ("&lt;script&gt; &amp;amp;", "<p>&lt;script&gt; &amp;amp;</p>"),
        ("<@U1> in <#C1>", '<p><span class="mention">@Ana &lt;b&gt;</span> in <span class="mention">#wins</span></p>'),
        ("<@U9>", '<p><span class="mention">@U9</span></p>'),
        ("<https://a.example/?b&amp;c|here>", '<p><a href="https://a.example/?b&amp;c">here</a></p>'),
        ('<https://a.example/"onclick=x|*a*>', '<p><a href="https://a.example/&quot;onclick=x">*a*</a></p>'),
        ("● ◐ ○ 24–28 Dec …", "<p>● ◐ ○ 24–28 Dec …</p>"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(text: str, html: str) -> None:
    assert whole(mrkdwn(text, NAMES)) == html


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError):
        blocks.block({"type": "video"}, NAMES)
    with pytest.raises(KeyError):
        blocks.block({"type": "actions", "elements": [{"type": "rich_text_input"}]}, NAMES)


def named_pictures() -> list[tuple[str, Path, str]]:
    """Every picture that a page names: where, which file, and the words for whoever cannot see it."""
    found = []
    for path in sorted(one for pattern in PAGES for one in ROOT.glob(pattern)):
        for words, target in PICTURE.findall(path.read_text("utf-8")):
            found.append((str(path.relative_to(ROOT)), (path.parent / target).resolve(), words))
    return found


def test_every_picture_that_a_page_names_is_there_and_said_in_words() -> None:
    for where, target, words in named_pictures():
        assert target.is_file(), f"{where}: {target.name}"
        assert len(words.split()) >= 5, f"{where}: {target.name} has no description"


def test_every_picture_that_is_taken_is_named_and_small() -> None:
    named = {target for _, target, _ in named_pictures()}
    sizes = {}
    for name in TAKEN:
        path = ROOT / "docs" / "pictures" / f"{name}.png"
        assert path in named, name
        sizes[name] = path.stat().st_size
    assert {name for name, size in sizes.items() if size > LARGEST} == set()
    assert sum(sizes.values()) <= LARGEST_OF_ALL
