"""Every setting that the documentation names is one that there is, and every one that there is has its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.docs.pages import COMMENTED, PAGES, ROOT

NAME = re.compile(r"\b(?:HUDDLE|SLACK|OPENAI)_[A-Z_]*[A-Z]\b")
FOR_TESTS = {"HUDDLE_TEST_POSTGRES", "HUDDLE_REQUIRE_POSTGRES", "HUDDLE_REQUIRE_STAND_IN"}
KNOWN = {name.upper() for name in Settings.model_fields}
FILES = sorted(path for pattern in (*PAGES, *COMMENTED) for path in ROOT.glob(pattern) if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_setting_that_is_named_is_one_that_there_is(path: Path) -> None:
    named = set(NAME.findall(path.read_text("utf-8")))
    assert sorted(named - KNOWN - FOR_TESTS) == []


def test_every_setting_has_a_line_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert sorted(name for name in KNOWN if not re.search(rf"(?m)^{name}=", example)) == []
