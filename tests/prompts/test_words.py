"""The bot's own words: labels, forms, times as people say them, and a tone that never shouts or blames."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import prompts
from bot.demo.control import MOVES
from bot.domain.calendar import WorkingHours
from bot.domain.commitment import LONGEST_ACTION, TimeTrouble, suggested_times
from bot.domain.duetime import find
from bot.domain.questions import Fault
from bot.ports.messages import Button, Message
from bot.services.phrasing import OUTCOMES
from prompts.fields import LONGEST_TITLE
from prompts.render import Prompts, and_list, show_clock, typable
from prompts.views import VIEWS
from tests.prompts import cases_commands, cases_home, cases_privacy, cases_settings, cases_setup
from tests.prompts.limits import check_buttons
from tests.prompts.variants import AT, BERLIN

PROMPTS = Prompts()
FOLDER = Path(prompts.__file__).parent
ROOT = FOLDER.parent
TEMPLATES = sorted(FOLDER.rglob("*.j2"))
FOR_PEOPLE = [path for path in TEMPLATES if not path.name.endswith(".system.j2")]
ZONES = ("Europe/Berlin", "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham")


# -- tone


def words_of(path: Path) -> str:
    """A template without its logic; texts inside of tags stay."""
    text = path.read_text("utf-8").removeprefix("<!doctype html>")
    inside = " ".join(
        constant for tag in re.findall(r"\{\{.*?\}\}", text, re.DOTALL) for constant in re.findall(r'"([^"]*)"', tag)
    )
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text, flags=re.DOTALL) + "\n" + inside


NAMES = re.compile("huddle coach|`huddle doctor`")
"""The app's own name, and the command that is typed on its machine: both as they have to be."""
SAID = [(str(path.relative_to(FOLDER)), words_of(path)) for path in FOR_PEOPLE]
SAID += [(f"label {name}", words) for name, words in PROMPTS.labels.items()]


@pytest.mark.parametrize(("where", "words"), SAID, ids=[where for where, _ in SAID])
def test_nothing_shouts_winks_blames_or_speaks_of_calls(where: str, words: str) -> None:
    assert "!" not in words, "no exclamation marks"
    assert not re.search(r":[a-z0-9_+-]+:", words), "no emoji shortcodes"
    assert not re.search(r"\bwhy\b", words, re.IGNORECASE), "no why"
    assert "huddle" not in NAMES.sub("", words.casefold()), "a huddle is a call in Slack's own words"
    assert not re.search(r"\b(please|simply|just do|should have|failed|must)\b", words, re.IGNORECASE)


@pytest.mark.parametrize("path", FOR_PEOPLE, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_template_is_clean_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "\t" not in text
    assert all(line == line.rstrip() for line in text.splitlines())
    if not path.name.endswith(".html.j2"):
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        assert "<" not in bare.replace("<@>", ""), "no markup but the mention of somebody by their id"


def test_no_label_is_empty_or_has_markup() -> None:
    for words in PROMPTS.labels.values():
        assert words == words.strip()
        assert words
        assert not set("<>&*`~|") & set(words)


# -- labels


def python_files() -> Iterator[ast.Module]:
    for top in ("bot", "handlers", "prompts"):
        for path in (ROOT / top).rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def calls(*names: str) -> Iterator[ast.Call]:
    """Every call of one of these functions, whatever they belong to."""
    for module in python_files():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names:
                    yield node


@cache
def on_buttons() -> frozenset[str]:
    """The labels of buttons: written where the button is made, or in a table of several."""
    found = {label for _, label in OUTCOMES} | set(MOVES)
    for call in calls("Button"):
        third = call.args[2:3] + [k.value for k in call.keywords if k.arg == "label"]
        found |= {s for one in third if isinstance(one, ast.Constant) for s in strings(one)}
    return frozenset(found)


@cache
def named_in_code() -> frozenset[str]:
    """Every label that is asked for by a word written in the code."""
    asked = {
        s for call in calls("label", "labels") for a in call.args if isinstance(a, ast.Constant) for s in strings(a)
    }
    return on_buttons() | asked


@cache
def in_forms() -> frozenset[str]:
    """The labels that the forms ask for when they are built, by the names of their fields too."""
    asked: set[str] = set()

    def noted(name: str) -> str:
        words = PROMPTS.label(name)  # a KeyError where a hint is not there, which is then not noted
        asked.add(name)
        return words

    for name, values in [*views(), *other_forms()]:
        VIEWS[name](noted, values)
    return frozenset(asked)


@cache
def put_together() -> frozenset[str]:
    """What stands in the way of a form: an f-string begins with `error_`, and the rest is a word of the code."""
    modules = list(python_files())
    words = {word for module in modules for word in strings(module)}
    begun = {
        first.value
        for module in modules
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr)
        and isinstance(first := node.values[0], ast.Constant)
        and isinstance(first.value, str)
        and first.value.startswith("error_")
    }
    ended = {f"{start}{word}" for start in begun for word in words}
    return frozenset(name for name in PROMPTS.labels if name.startswith("error_") and name in ended | words)


def named_in_tables() -> set[str]:
    """The labels that code takes from a table."""
    return {f"error_when_{trouble.value}" for trouble in TimeTrouble} | {f"fault_{fault}" for fault in Fault}


def test_every_label_that_the_code_names_exists() -> None:
    assert {"commit", "nudge_done", "start_fresh", "error_action", "team_back"} <= named_in_code()
    for label in named_in_code() | named_in_tables():
        assert PROMPTS.label(label)


def test_every_label_that_exists_is_used() -> None:
    used = named_in_code() | named_in_tables() | in_forms() | put_together()
    assert set(PROMPTS.labels) - used == set()


def test_every_label_fits_on_a_button() -> None:
    for label in on_buttons():
        row = PROMPTS.render(Message("home/other_teams", {}, (Button("x", "y", label),))).blocks[-1]
        check_buttons(row["elements"])
        assert row["elements"][0]["text"]["text"] == PROMPTS.label(label)


# -- forms


LONG = "🎯" * LONGEST_ACTION


def other_forms() -> list[tuple[str, dict[str, Any]]]:
    """The forms whose cases stand with their messages, as full as they can be."""
    made: dict[str, Any] = {**cases_commands.forms(PROMPTS, "call Jonas"), **cases_home.forms()}
    for cases in (cases_settings, cases_setup, cases_privacy):
        made |= cases.forms(PROMPTS, "call Jonas")
    return list(made.items())


def views() -> list[tuple[str, dict[str, Any]]]:
    """Each form about one commitment, small and as full as it can be."""
    times = suggested_times(AT, BERLIN, WorkingHours())
    shown = [(moment.isoformat(), PROMPTS.clock(moment, BERLIN, AT)) for moment in times]
    filled = {"action": LONG, "when": "Wednesday 14:00"}  # goes along, since some clients leave out what is untouched
    metadata = json.dumps({"checkin": "c" * 32, "target": "checkin:T0123ABCDEF:" + "p" * 32 + ":2026-11-23:2"} | filled)
    return [
        ("change", filled | {"metadata": metadata, "if_then": LONG}),
        ("change", {"action": "", "when": "", "if_then": "", "metadata": "{}"}),
        ("move", {"times": shown, "metadata": json.dumps({"commitment": "c" * 32, "target": "check:" + "c" * 32})}),
    ]


def test_every_form_has_a_case() -> None:
    assert {name for name, _ in [*views(), *other_forms()]} == set(VIEWS)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_title_is_not_cut(name: str) -> None:
    assert 1 <= len(PROMPTS.label(f"title_{name}")) <= LONGEST_TITLE


@pytest.mark.parametrize(("name", "values"), views())
def test_a_form_keeps_slacks_limits(name: str, values: dict[str, Any]) -> None:
    view = PROMPTS.view(name, values)
    assert view["type"] == "modal"
    assert view["callback_id"] == name
    assert len(view["private_metadata"]) <= 3000
    for key in ("title", "submit", "close"):
        assert view[key]["type"] == "plain_text"
        assert 1 <= len(view[key]["text"]) <= 24
    assert view["title"]["text"] == PROMPTS.label(f"title_{name}")
    ids = [block["block_id"] for block in view["blocks"]]
    assert len(set(ids)) == len(ids) <= 100
    for block in view["blocks"]:
        assert block["type"] == "input"
        assert len(block["label"]["text"]) <= 2000
        element = block["element"]
        assert element["action_id"] == block["block_id"]
        assert 1 <= len(element["placeholder"]["text"]) <= 150
        if element["type"] == "static_select":
            assert 1 <= len(element["options"]) <= 100
            for option in element["options"]:
                assert 1 <= len(option["text"]["text"]) <= 75
                assert 1 <= len(option["value"]) <= 150
        else:
            assert element["type"] == "plain_text_input"
            assert element["max_length"] <= 3000
            assert len(element.get("initial_value", "")) <= element["max_length"]
            assert element.get("initial_value") != "", "Slack refuses an empty value"


def test_a_form_is_filled_with_what_was_there() -> None:
    view = PROMPTS.view("change", {"action": "call R&D", "when": "14:00", "if_then": "", "metadata": "{}"})
    values = {block["block_id"]: block["element"].get("initial_value") for block in view["blocks"]}
    assert values == {"action": "call R&D", "when": "14:00", "if_then": None}
    assert [block["optional"] for block in view["blocks"]] == [False, False, True]


def test_in_the_other_form_a_time_is_picked_or_typed() -> None:
    view = PROMPTS.view("move", views()[-1][1])
    assert [(block["block_id"], block["optional"]) for block in view["blocks"]] == [("pick", True), ("when", True)]


# -- times


@pytest.mark.parametrize(
    ("moment", "zone", "says"),
    [
        ("2026-11-23 14:00", "Europe/Berlin", "Mon 15:00"),
        ("2026-11-23 14:00", "Asia/Kolkata", "Mon 19:30"),
        ("2026-11-23 23:30", "Europe/Berlin", "Tue 00:30"),
        ("2026-11-29 22:59", "Europe/Berlin", "Sun 23:59"),
        ("2026-11-29 23:00", "Europe/Berlin", "Mon 30 Nov 00:00"),
        ("2026-12-01 08:05", "Europe/Berlin", "Tue 1 Dec 09:05"),
        ("2026-11-17 08:00", "Europe/Berlin", "Tue 09:00"),
        ("2026-11-16 08:00", "Europe/Berlin", "Mon 16 Nov 09:00"),
    ],
)
def test_a_moment_is_told_with_its_day_on_the_readers_clock(moment: str, zone: str, says: str) -> None:
    at = datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
    shown = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert show_clock(shown, ZoneInfo(zone), at) == says
    assert PROMPTS.clock(shown, ZoneInfo(zone), at) == says


def test_across_a_change_of_the_clocks_a_moment_is_told_as_clocks_will_show_it() -> None:
    friday, monday = datetime(2026, 10, 23, 7, 0, tzinfo=UTC), datetime(2026, 10, 26, 8, 0, tzinfo=UTC)
    assert show_clock(friday, BERLIN, friday) == "Fri 09:00"
    assert show_clock(monday, BERLIN, friday) == "Mon 09:00"


@pytest.mark.parametrize(
    ("hours_ahead", "says"),
    [
        (2, "11:45"),
        (14.25, "midnight"),
        (24, "tomorrow 09:45"),
        (38.25, "tomorrow midnight"),
        (48, "Wednesday 09:45"),
        (62.25, "Wednesday midnight"),
        (24 * 6, "Sunday 09:45"),
        (24 * 7, "30 Nov 09:45"),
    ],
)
def test_a_moment_is_typed_as_somebody_would_type_it(hours_ahead: float, says: str) -> None:
    assert typable(AT + timedelta(hours=hours_ahead), BERLIN, AT) == says


@settings(max_examples=300, deadline=None)
@example(at=datetime(2026, 3, 28, 12, 0, tzinfo=UTC), minutes=15 * 60, zone="Europe/Berlin")
@example(at=datetime(2026, 11, 23, 8, 45, tzinfo=UTC), minutes=14 * 60 + 15, zone="Europe/Berlin")
@example(at=datetime(2026, 11, 23, 22, 50, tzinfo=UTC), minutes=20, zone="Europe/Berlin")
@given(
    at=st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    minutes=st.integers(1, 6 * 24 * 60),
    zone=st.sampled_from(ZONES),
)
def test_what_a_form_is_filled_with_reads_back_as_the_same_moment(at: datetime, minutes: int, zone: str) -> None:
    tz = ZoneInfo(zone)
    moment = (at + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    assume(moment > at)
    assume(moment.astimezone(tz).fold == 0)  # nobody types which of two equal hours they mean
    words = typable(moment, tz, at)
    found = find(words, at, tz, WorkingHours())
    assert found is not None, words
    assert found.moment == moment, words


def test_names_are_joined_as_people_join_them() -> None:
    assert and_list([]) == ""
    assert and_list(["Ana"]) == "Ana"
    assert and_list(["Ana", "Ben"]) == "Ana and Ben"
    assert and_list(["Ana", "Ben", "Cy"]) == "Ana, Ben and Cy"
