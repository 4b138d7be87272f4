"""Everything that is sent passes the strict Slack's rules, whatever people write: valid, nobody rung, nothing lost."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import prompts
from bot.demo.control import MOVES
from bot.domain.calendar import WorkingHours
from bot.domain.commitment import LONGEST_ACTION, suggested_times
from bot.domain.summary import Promise, Row, Standing, compose
from bot.domain.understanding import MOST_OTHERS
from bot.domain.wins import Story, Wins
from bot.ports.messages import Button, Message, Rendered
from bot.services.phrasing import OUTCOMES
from prompts.render import Prompts
from prompts.views import VIEWS
from tests.prompts import cases_commands, cases_home, cases_privacy, cases_settings, cases_setup
from tests.prompts.cases import PLAIN, cases
from tests.prompts.limits import unescaped
from tests.prompts.variants import AT, BERLIN, COMMAND, MARK, SOON, Case
from tests.support.strict import check_message, check_view, mentioned
from tests.support.strict.blocks import all_texts

FOLDER = Path(prompts.__file__).parent
ROOT = FOLDER.parent
PROMPTS = Prompts()
TEMPLATES = sorted({case.template for case in PLAIN})
TYPED = tuple(one for one in TEMPLATES if one.startswith("commands/"))
"""Answers to the slash command, which only whoever typed it sees."""
HOMES = tuple(template for template in TEMPLATES if template.startswith("home/"))
WORD = "Qx7"
"""Stands in what people write, to be found again."""

FRAGMENTS = (
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<!subteam^S0SALES>",
    "<!date^1700000000^{date}^https://evil.example|then>",
    "<@U1>",
    "<@U0MARIA|maria>",
    "<#C0WINS|wins>",
    "<https://x|y>",
    "<mailto:a@b.example|mail>",
    "https://evil.example",
    "@channel",
    "@here",
    "#wins",
    "&lt;!channel&gt;",
    "&amp;lt;@U1&amp;gt;",
    "&#60;!here&#62;",
    "<",
    ">",
    "&",
    "|",
    "`",
    "```",
    "*_~",
    "*bold*",
    "_~gone~_",
    "\n",
    "\r\n",
    "\n\n",
    "\u2028",
    "\x85",
    "\t",
    " ",
    "\u00a0",
    "\u3000",
    "# ",
    "-# ",
    "> ",
    "&gt; ",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u2066",
    "\u202eהתקשר\u202c",
    "שלום לאנה",
    "مرحبا",
    "🎯",
    "👩🏽‍🚀",
    "é",
    ":tada:",
    "{{ name }}",
    "{% if x %}",
    "call Anna",
)
SAID = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), max_size=8).map("".join)
"""What somebody may write, in any order."""
LONG = st.sampled_from(FRAGMENTS).filter(str.strip).map(lambda one: (f"{one} {WORD}" * 4000)[:4000])
ANYTHING = st.one_of(st.builds(lambda before, after: f"{before}{WORD}{after}", SAID, SAID), LONG)
NAMES = st.one_of(st.sampled_from(("", " ", "\u200b", "\u00a0", "\n", "*", "_", "<", "&", ".", "# ", "-# ")), SAID)


def buttons(template: str, words: str) -> list[tuple[Button, ...]]:
    """The rows of buttons that the services put under a message, at their fullest."""
    times = suggested_times(AT, BERLIN, WorkingHours())
    help_button = Button("ask_help", MARK, "ask_help")
    outcome = tuple(Button(action, MARK, label) for action, label in OUTCOMES)
    fresh = (Button("start", "fresh", "start_fresh"),)
    rows: dict[str, list[tuple[Button, ...]]] = {
        "checkin/question": [(help_button,)],
        "checkin/sharpen_time": [
            (
                *(Button("time_pick", f"{MARK}|{one.isoformat()}", moment=one) for one in times),
                Button("change", MARK, "another_time"),
                help_button,
            )
        ],
        "checkin/choose": [
            (*(Button("choose", f"{MARK}|{n}", words=words) for n in range(MOST_OTHERS)), help_button),
        ],
        "checkin/confirm": [
            (
                Button("commit", MARK, "commit", style="primary"),
                Button("change", MARK, "change"),
                Button("not_today", MARK, "not_today"),
                help_button,
            )
        ],
        "checkin/ended": [fresh],
        "checkin/truth": [fresh],
        "checkin/outcome": [(*outcome, help_button)],
        "checkin/outcome_first": [outcome],
        "commitment/check": [outcome],
        "commitment/outcome": [(Button("share_win", MARK, "share_win"),)],
        "demo/clock": [tuple(Button(name, "go", name) for name in MOVES)],
        "nudge/nudge": [
            (
                Button("nudge_done", MARK, "nudge_done", style="primary"),
                Button("nudge_later", MARK, "nudge_later"),
                Button("nudge_not_today", MARK, "nudge_not_today"),
            )
        ],
        "replies/answer": [fresh],
    }
    rows |= cases_commands.rows(words)
    rows |= cases_settings.rows(words)
    rows |= cases_setup.rows(words)
    rows |= cases_home.rows(words)
    return [(), *rows.get(template, [])]


def check_sent(found: Rendered, template: str = "") -> None:
    """Slack takes it, as a post and as an update, or as a Home; and it rings nobody and links nowhere."""
    if template in HOMES:
        check_view({"type": "home", "blocks": found.blocks}, "home")
    check_message({"text": found.text, "blocks": found.blocks})
    check_message({"text": found.text, "blocks": found.blocks}, update=True)
    named = {one.target for one in mentioned(found.text, found.blocks)}
    assert named <= set(cases_commands.ADMINS if template == "commands/nobody" else ())


def shown(found: Rendered) -> str:
    """All that the blocks show, as a person reads it."""
    said: list[str] = []
    for block in found.blocks:
        said += all_texts(block) if block["type"] in ("header", "actions") else map(unescaped, all_texts(block))
    return "\n".join(said)


def squashed(text: str) -> str:
    """Without the spaces and line ends that are ours to change."""
    return "".join(text.split())


def each(template: str, words: str) -> Iterator[tuple[Case, Rendered]]:
    """Every variant of a message, with every row of buttons it may have."""
    for case in cases(words):
        if case.template == template:
            for row in buttons(template, words):
                yield case, PROMPTS.render(Message(template, case.values, row))


# -- nothing is left out


def test_every_template_that_makes_a_message_has_a_case() -> None:
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.j2")}
    covered = {f"{template}.slack.j2" for template in TEMPLATES}
    reached, new = set[str](), covered
    while new:
        reached |= new
        included = r'{%-? *(?:include|import|from|extends) +"([^"]+)"'
        new = {name for one in new for name in re.findall(included, (FOLDER / one).read_text("utf-8"))} - reached
    assert {name for name in files if name.endswith(".slack.j2")} == covered
    pages = {name for name in files if name.endswith(".html.j2")}  # for a browser: tests/prompts/test_pages.py
    assert files - reached - pages == {"checkin/read.system.j2"}, "what only a model reads, and no person"


def test_every_message_and_view_that_the_code_names_has_a_case() -> None:
    said = {
        node.value
        for top in ("bot", "handlers")
        for path in (ROOT / top).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    files = {str(path.relative_to(FOLDER)).removesuffix(".slack.j2") for path in FOLDER.rglob("*.slack.j2")}
    assert {one for one in said if one in files} == set(TEMPLATES)
    assert {one for one in said if one in VIEWS} == set(VIEWS)


# -- whatever people write


@pytest.mark.parametrize("template", TEMPLATES)
@settings(max_examples=12, deadline=None)
@example(words=f"\n# {WORD}")
@example(words=f" -# {WORD}")
@example(words=f"\u3000# {WORD}")
@example(words=f"# -# {WORD}")
@example(words=f"<!channel> {WORD} <@U1> <https://x|y>")
@example(words=f"{WORD} & ```*_~ " * 200)
@example(words=f"{WORD}🎯" * 1000)
@given(words=ANYTHING)
def test_slack_takes_every_message_and_nobody_is_mentioned(template: str, words: str) -> None:
    for _, found in each(template, words):
        check_sent(found, template)


@pytest.mark.parametrize("template", TEMPLATES)
@settings(max_examples=12, deadline=None)
@example(words=f"\n# {WORD}")
@example(words=f" -# {WORD}")
@example(words=f"> {WORD}\n\n# more")
@given(
    words=st.builds(lambda before, after: f"{before}{WORD}{after}"[:100], SAID, SAID).filter(lambda one: WORD in one)
)
def test_words_are_shown_where_plain_ones_are_and_all_of_them(template: str, words: str) -> None:
    """The kind of each block too: nobody's words turn a sentence into a heading or into small print."""
    for (_, plain), (_, found) in zip(each(template, WORD), each(template, words), strict=True):
        if any("…" in said for said in (shown(plain), shown(found), found.text)):
            continue  # what there is no room for is told, which test_blocks is about
        count = shown(plain).count(WORD)
        assert [block["type"] for block in found.blocks] == [block["type"] for block in plain.blocks]
        assert squashed(shown(found)).count(squashed(words)) >= count
        read = squashed(unescaped(found.text)).count(squashed(words))
        assert read >= plain.text.count(WORD)


@pytest.mark.parametrize("template", TYPED)
@settings(max_examples=25, deadline=None)
@given(words=ANYTHING)
def test_slack_takes_every_answer_to_a_command(template: str, words: str) -> None:
    for case in cases(words[:LONGEST_ACTION] if template == "commands/commitments" else words):
        if case.template == template:
            found = PROMPTS.render(Message(template, case.values))
            check_message({"text": found.text, "blocks": found.blocks, "response_type": "ephemeral"})
            check_sent(found, template)


def test_a_mark_after_spaces_or_with_nothing_else_stays_a_word() -> None:
    values = {"preface": "none", "noted": None, "reflection": None, "help_shared": False}
    for words in ("\n# The boss says", "  -# Terms apply", "\u3000# x", "\u2028-# x"):
        (block,) = PROMPTS.render(Message("checkin/question", values | {"question": words})).blocks
        assert block["type"] == "section"
        assert squashed(words) == squashed(block["text"]["text"])
    evidence = {"evidence": Promise("x", SOON, None, False, 0), "question": "How?", "days": 6, "reason": "quiet"}
    named = {"rep": "#", "first_name": "#", "zone": BERLIN, "at": AT}
    for name in ("#", "-#"):
        found = PROMPTS.render(Message("nudge/nudge", evidence | named | {"rep": name, "first_name": name}))
        assert {block["type"] for block in found.blocks} == {"section"}
        assert f"{name}\u00a0 usually answers" in found.text


@pytest.mark.parametrize("action", ["call Anna and tell her about the offer " * 100, "🎯" * 4000, "&" * 4000])
def test_a_long_action_pushes_neither_its_time_nor_its_plan_out(action: str) -> None:
    values = {"command": COMMAND, "action": action, "due_at": SOON, "if_then": "If she is out, mail her", "others": ()}
    found = PROMPTS.render(Message("checkin/committed", values | {"zone": BERLIN, "at": AT}))
    check_sent(found)
    for text in (shown(found), found.text):
        assert "…" in text
        assert "by *Mon 13:45*" in text
        assert "If she is out, mail her" in text


# -- names


@settings(max_examples=60, deadline=None)
@given(name=NAMES, other=NAMES)
def test_a_name_may_be_next_to_nothing(name: str, other: str) -> None:
    zoned = {"zone": BERLIN, "at": AT, "command": COMMAND}
    for case in PLAIN:
        values = dict(case.values)
        named = {key: name for key in ("name", "rep", "first_name", "team", "manager") if key in values}
        several = {
            key: [name, other]
            for key in ("managers", "others")
            if isinstance(values.get(key), list) and values[key] and all(isinstance(one, str) for one in values[key])
        }
        if named or several:
            check_sent(PROMPTS.render(Message(case.template, values | named | several)), case.template)
    row = Row("p", name, Standing.SILENT, other)
    check_sent(PROMPTS.render(Message("summary/morning", zoned | day(other) | {"summary": compose([row])})))
    wins = Wins(2, 2, ((other, 2),), (Story(name, ("x",)), Story(other, ("y",))))
    check_sent(PROMPTS.render(Message("wins/week", {"team": name, "wins": wins})))


@settings(max_examples=60, deadline=None)
@given(words=st.lists(NAMES, min_size=1, max_size=MOST_OTHERS))
def test_a_button_always_has_words(words: list[str]) -> None:
    row = tuple(Button("choose", f"{MARK}|{n}", words=one) for n, one in enumerate(words))
    check_sent(PROMPTS.render(Message("home/other_teams", {}, row)))


# -- many


def day(team: str) -> dict[str, Any]:
    """The values of a team's morning but for its rows."""
    return {"team": team, "zone": BERLIN, "at": AT, "today": AT.date()}


def rows(count: int, words: str) -> list[Row]:
    """So many reps, each with two commitments for today and one from before."""
    promises = (Promise(words, SOON, None, False, 1), Promise(words, SOON, None, True, 0))
    before = Promise(words, AT - timedelta(days=1), None, True, 2)
    return [
        Row(
            f"p{n}", f"Rep{n:02} {words[:40]}", Standing.COMMITTED, words[:40], promises, before, help_shared=n % 7 == 0
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("template", ["summary/morning"])
@settings(max_examples=25, deadline=None)
@example(words="<!channel>" * 20)
@example(words="🎯" * LONGEST_ACTION)
@given(words=ANYTHING.map(lambda said: said[:LONGEST_ACTION]))
def test_sixty_reps_fit_into_a_summary_or_are_counted(template: str, words: str) -> None:
    found = PROMPTS.render(Message(template, day(words[:40]) | {"summary": compose(rows(60, words))}))
    check_sent(found, template)
    for text in (shown(found), found.text):
        there = len(re.findall(r"Rep\d\d", text))
        left_out = re.search(r"… and (\d+) more", text)
        assert there == 60 or (left_out and int(left_out[1]) > 0)


@settings(max_examples=25, deadline=None)
@example(words="<!channel>" * 20)
@example(words="🎯" * LONGEST_ACTION)
@given(words=ANYTHING.map(lambda said: said[:LONGEST_ACTION]))
def test_sixty_reps_fit_into_the_wins_or_are_counted(words: str) -> None:
    stories = tuple(Story(f"Rep{n:02} {words[:40]}", (words, words)) for n in range(60))
    wins = Wins(120, 60, tuple((f"{n} {words}", n) for n in range(20)), stories)
    found = PROMPTS.render(Message("wins/week", {"team": words[:40], "wins": wins}))
    check_sent(found)
    for text in (shown(found), found.text):
        assert len(set(re.findall(r"Rep\d\d", text))) == 60 or re.search(r"… and \d+ more", text)


@settings(max_examples=25, deadline=None)
@example(words="<!channel>" * 20)
@example(words="🎯" * LONGEST_ACTION)
@given(words=ANYTHING.map(lambda said: said[:LONGEST_ACTION]))
def test_thirty_open_commitments_fit_into_a_home_and_into_a_reply(words: str) -> None:
    several = [{"action": f"K{n:02} {words}", "due_at": SOON, "outcome": None, "moves": n % 2} for n in range(30)]
    past = {"commitments": several, "command": COMMAND, "zone": BERLIN, "at": AT}
    home = PROMPTS.render(Message("home/past", past))
    check_sent(home, "home/past")
    answer = {"how": "else", "name": words[:40], "command": COMMAND, "commitments": several, "zone": BERLIN, "at": AT}
    reply = PROMPTS.render(Message("replies/answer", answer, buttons("replies/answer", words)[1]))
    check_sent(reply)
    for text in (shown(home), home.text, shown(reply), reply.text):
        assert len(set(re.findall(r"K\d\d", text))) == 30 or re.search(r"… and \d+ more", text)


# -- forms


@settings(max_examples=100, deadline=None)
@example(words="🎯" * 4000)
@example(words="\x07" * 4000)
@given(words=st.one_of(ANYTHING, NAMES))
def test_slack_takes_every_form(words: str) -> None:
    """An action is kept on one line of limited length, and so is the time that the form is filled with."""
    action = " ".join(words.split())[:LONGEST_ACTION]
    known = {"checkin": "c" * 32, "target": f"checkin:T0123ABCDEF:{'p' * 32}:2026-11-23:2"}
    filled = {"action": action, "when": "tomorrow midnight"}
    times = [(one.isoformat(), PROMPTS.clock(one, BERLIN, AT)) for one in suggested_times(AT, BERLIN, WorkingHours())]
    made: dict[str, dict[str, Any]] = {
        "change": filled | {"if_then": action, "metadata": json.dumps(known | filled)},
        "move": {"times": times, "metadata": json.dumps({"commitment": "c" * 32, "target": f"check:{'c' * 32}"})},
    }
    made |= cases_commands.forms(PROMPTS, action)
    made |= cases_settings.forms(PROMPTS, words)
    made |= cases_setup.forms(PROMPTS, words)
    made |= cases_privacy.forms(PROMPTS, words)
    made |= cases_home.forms()
    assert set(made) == set(VIEWS)
    for name, values in made.items():
        view = PROMPTS.view(name, values)
        check_view(view, "modal")
        assert mentioned("", view) == []
        fields = [block for block in view["blocks"] if block["type"] == "input"]
        assert [block["element"]["action_id"] for block in fields] == [block["block_id"] for block in fields]
