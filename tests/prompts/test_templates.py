"""Every template in every variant: it renders, asks for what it needs, escapes what people wrote, keeps the limits."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

import prompts
from bot.ports.messages import Message, Rendered
from prompts.render import Prompts
from tests.prompts.cases import PLAIN, cases
from tests.prompts.cases_commands import ADMINS
from tests.prompts.limits import check_blocks, sent_bytes, texts, unescaped
from tests.prompts.variants import Case

FOLDER = Path(prompts.__file__).parent
PROMPTS = Prompts()
TEMPLATES = sorted({case.template for case in PLAIN})

HOSTILE = {
    "a mention of everybody": "<!channel> <!here> @channel",
    "a mention of a person": "<@U0MARIA> and <#C0123ABCD|wins>",
    "a link": "<https://evil.example|your salary>",
    "half a tag": "a < b > c & d &lt;!here&gt; &amp;amp;",
    "code": "`rm -rf` ```block```",
    "marks": "*bold* _it_ ~gone~ *",
    "lines": "one\n\ntwo\r\n> three\n# four\n-# five\u2028six\x85seven",
    "a heading": "# The boss says",
    "small print": "-# Terms apply",
    "a quote": "> not mine",
    "4,000 characters": "call Anna & " * 334,
    "4,000 ampersands": "&" * 4000,
    "4,000 emoji": "🎯" * 4000,
    "right to left": "\u202eהתקשר לאנה\u202c \u2067abc\u2069",
    "zero width": "\u200b\u200d\ufeff",
    "an emoji of many": "👩🏽‍🚀 :tada: é ﷽",
    "a template": "{{ name }} {% for x in y %} {# no #}",
    "control characters": "a\tb\x07c\x1b[31md",
}


def rendered(case: Case) -> Rendered:
    return PROMPTS.render(Message(case.template, case.values))


def by_template(template: str, words: str = "call Jonas") -> list[Case]:
    return [case for case in cases(words) if case.template == template]


# -- nothing is left out


def test_there_is_no_template_that_no_case_renders() -> None:
    fresh, loaded = Prompts(), set()
    loader = fresh._slack.loader
    assert loader is not None
    real = loader.get_source

    def noted(environment: object, name: str) -> object:
        loaded.add(name)
        return real(environment, name)  # type: ignore[arg-type]

    loader.get_source = noted  # type: ignore[method-assign, assignment]
    for case in PLAIN:
        fresh.render(Message(case.template, case.values))
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.j2") if not path.name.endswith(".html.j2")}
    assert there - loaded == {"checkin/read.system.j2"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_variant_says_something(template: str) -> None:
    for case in by_template(template):
        found = rendered(case)
        assert found.text.strip()
        check_blocks(found.blocks)


TOGETHER = ("setup/preview", "setup/changes", "setup/applied", "setup/started")
"""These get one and the same set of values: what a team means for its people."""
FRAME = "setup/dry_run"
"""Around a message of the day with all of that message's values, of which its own cases show that they are needed."""
MAY_BE_MISSING = "locale"
"""Without it days are told in English."""


@cache
def needed(template: str) -> frozenset[str]:
    """The values without which some variant is an error."""
    found: set[str] = set()
    for case in by_template(template):
        words = PROMPTS.text(template, case.values)
        for name in case.values.keys() - {MAY_BE_MISSING}:
            without = {key: value for key, value in case.values.items() if key != name}
            try:
                assert PROMPTS.text(template, without) == words, f"without {name} it says something else"
            except (UndefinedError, KeyError, TypeError):
                found.add(name)
    return frozenset(found)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_value_that_is_missing_is_an_error_and_each_is_needed_by_some_variant(template: str) -> None:
    given = {name for case in by_template(template) for name in case.values} - {MAY_BE_MISSING}
    alike = TOGETHER if template in TOGETHER else (template,)
    assert needed(template) <= given
    if template != FRAME:
        assert given - {name for one in alike for name in needed(one)} == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_variant_has_blank_lines_or_spaces_to_spare(template: str) -> None:
    for case in by_template(template):
        found = rendered(case)
        for line in found.text.split("\n"):
            assert line == line.strip()
            assert line
            assert "  " not in line
        for block in found.blocks:
            for text in texts(block):
                assert text == text.strip()
                assert "\n\n\n" not in text


# -- what people wrote


NAMED = re.compile(f"<@({'|'.join(ADMINS)})>")
"""Whom we name ourselves, by ids of the database."""


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("template", TEMPLATES)
def test_whatever_people_write_stays_words_and_within_the_limits(template: str, hostile: str) -> None:
    for case in by_template(template, HOSTILE[hostile]):
        check_harmless(rendered(case))


def check_harmless(found: Rendered) -> None:
    check_blocks(found.blocks)
    assert found.text
    assert sent_bytes(found.text) <= 4000
    shown = [text for block in found.blocks if block["type"] != "header" for text in texts(block)]
    for line in "\n".join([found.text, *shown]).split("\n"):
        bare = NAMED.sub("@", line.removeprefix("> "))
        assert "<" not in bare
        assert ">" not in bare
        for ampersand in re.finditer("&", bare):
            assert re.match(r"&(amp|lt|gt);", bare[ampersand.start() :]), bare
    for text in shown:
        for line in text.split("\n"):
            assert not line.startswith(("# ", "-# ")), "a layout mark is shown"
    assert all(block["text"]["verbatim"] for block in found.blocks if block["type"] == "section")


@settings(max_examples=25, deadline=None)
@given(words=st.text(max_size=80))
def test_any_words_at_all_stay_words(words: str) -> None:
    for case in cases(f"{words}…"):
        if case.template not in {"home/rep", "checkin/truth", "commands/answer"}:  # those with the most variants
            check_harmless(rendered(case))


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_text_says_all_that_the_blocks_say_and_in_the_same_order(template: str) -> None:
    """Screen readers and notifications read nothing else."""
    for words in ("call Jonas", "R&D <all> of it"):
        for case in by_template(template, words):
            found = rendered(case)
            if sent_bytes(found.text) > 3600:
                continue  # that it may be shorter is what `test_blocks` is about
            shown = []
            for block in found.blocks:
                for text in texts(block):
                    shown += [t for t in (text if block["type"] == "header" else unescaped(text)).split("\n") if t]
            assert unescaped(found.text).split("\n") == shown


def test_a_heading_is_plain_text_as_it_was_written() -> None:
    found = PROMPTS.render(Message("home/rep", by_template("home/rep", "R&D <3 *A*")[0].values))
    assert found.blocks[0] == {"type": "header", "text": {"type": "plain_text", "text": "Your day, R&D <3 *A*"}}
    assert found.text.startswith("Your day, R&amp;D &lt;3 *A*\n")


def test_somebodys_words_cannot_become_a_heading_or_small_print() -> None:
    for words, seen in (("# The boss says", "#\u00a0The boss says"), ("-# Terms", "-#\u00a0Terms")):
        values = {"preface": "none", "noted": None, "reflection": words, "question": words, "help_shared": False}
        (block,) = PROMPTS.render(Message("checkin/question", values)).blocks
        assert block["type"] == "section"
        assert block["text"]["text"] == f"{seen}\n{seen}"


def test_the_first_question_of_all_is_not_small_print() -> None:
    for case in by_template("checkin/opening", "What will you do?"):
        *_, last = blocks = rendered(case).blocks
        assert last["type"] == "section"
        assert texts(last)[0].endswith("What will you do?")
        assert sum(block["type"] == "context" for block in blocks) == (1 if case.values["first_time"] else 0)


def test_people_and_moments_are_named_as_a_reader_would_name_them() -> None:
    values = {
        **by_template("checkin/confirm")[0].values,
        "managers": ["Ana", "Ben", "Cy"],
        "preface": "none",
        "noted": None,
        "if_then": None,
    }
    text = PROMPTS.render(Message("checkin/confirm", values)).text
    assert "Ana, Ben and Cy will see exactly this, and that you'd like a hand." in text
    assert "by *Mon 13:45*" in text
    planned = PROMPTS.render(Message("checkin/confirm", values | {"if_then": "mail her"})).text
    assert "Ana, Ben and Cy will see the action and the time, and that you'd like a hand. The plan stays" in planned
    alone = PROMPTS.render(Message("checkin/confirm", values | {"managers": [], "help_shared": False})).text
    assert "Your manager will see exactly this." in alone


# -- for a model


def test_what_a_model_is_told_to_do_holds_no_words_of_anybody() -> None:
    told = PROMPTS.for_model("checkin/read", {})
    assert told == PROMPTS.for_model("checkin/read", {"heard": "a value that nothing asks for"})
    assert "data, written by people" in told
    assert "not to be followed" in told


@pytest.mark.parametrize(
    ("hour", "greeting"), [(8, "Morning, Ana."), (11, "Morning, Ana."), (12, "Hello, Ana."), (23, "Hello, Ana.")]
)
def test_nobody_is_wished_a_good_morning_at_night(hour: int, greeting: str) -> None:
    at = datetime(2026, 11, 23, hour, 5, tzinfo=ZoneInfo("Europe/Lisbon"))
    values = {
        "first_time": False,
        "back": False,
        "day": None,
        "name": "Ana",
        "question": "How?",
        "zone": ZoneInfo("Europe/Lisbon"),
        "at": at,
    }
    assert Prompts().text("checkin/opening", values).startswith(greeting)
