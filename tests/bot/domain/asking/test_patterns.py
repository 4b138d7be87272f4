"""Many expressions tried as one find what each of them alone would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.advice import ADVICE, FIRST_PERSON
from bot.domain.asking.blame import BLAME
from bot.domain.asking.lagging import LAGGING
from bot.domain.asking.leading import LEADING, NUMBER
from bot.domain.asking.patterns import AnyOf
from tests.bot.domain.asking.test_families import BAD, GOOD

TABLES = (ADVICE, FIRST_PERSON, BLAME, LAGGING, LEADING, NUMBER)
LINES = [question.lower().rstrip("?.") for question in (*GOOD, *(question for _, question in BAD))]


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_missed_for_the_sake_of_speed(table: tuple[str, ...]) -> None:
    quick, plain = AnyOf(table), re.compile("|".join(f"(?:{pattern})" for pattern in table))
    assert [line for line in LINES if quick.found_in(line) != bool(plain.search(line))] == []


@pytest.mark.parametrize(
    "pattern", ["a|b", r"\bhow (?:about|come)", "(?:x|y)?z", "[a|b]c", "(?!no)yes", "^(?:ab?|cd)", r"\|x", "a*"]
)
@given(text=st.text(alphabet="abcdhowutmexyzn |\\", max_size=12))
def test_any_pattern_finds_what_it_would_find_alone(pattern: str, text: str) -> None:
    assert AnyOf([pattern]).found_in(text) == bool(re.search(pattern, text))
