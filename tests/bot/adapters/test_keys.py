"""Keys: the first seals, all of them open, one place only; and no word of what they guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.keys import FernetKeys
from bot.errors import KeysError
from tests.bot.adapters.installations import LOST, NEW, NORTH, OLD


def test_what_is_sealed_opens_to_the_same_and_is_not_to_be_read() -> None:
    keys = FernetKeys([NEW])
    sealed = keys.seal(NORTH)
    assert keys.open(sealed) == NORTH
    for shown in (sealed.sealed, repr(sealed), repr(NORTH), str(NORTH)):
        assert "secret" not in shown
    assert keys.seal(NORTH).sealed != sealed.sealed, "two sealings of one token cannot be told to be the same"


def test_an_old_key_opens_and_the_first_one_seals() -> None:
    before = FernetKeys([OLD]).seal(NORTH)
    both = FernetKeys([NEW, OLD])
    assert both.open(before) == NORTH
    assert FernetKeys([NEW]).open(both.seal(NORTH)) == NORTH


def test_without_its_key_one_sentence_names_the_workspace_and_nothing_else() -> None:
    sealed = FernetKeys([LOST]).seal(NORTH)
    with pytest.raises(KeysError) as caught:
        FernetKeys([NEW, OLD]).open(sealed)
    told = str(caught.value)
    assert told == (
        "No key in HUDDLE_KEYS opens the tokens of Northwind; add the one that sealed them, or install it again."
    )
    assert caught.value.__suppress_context__, "no traceback of the library with it"


def test_what_was_sealed_for_one_workspace_is_of_no_use_in_another() -> None:
    keys = FernetKeys([NEW])
    moved = replace(keys.seal(NORTH), id="T0SOUTH", name="Southwind")
    with pytest.raises(KeysError, match=r"^The tokens kept for Southwind are another workspace's; install it again\.$"):
        keys.open(moved)


@pytest.mark.parametrize("broken", ["", "gAAAAA", "x" * 200])
def test_text_that_was_never_sealed_does_not_open(broken: str) -> None:
    keys = FernetKeys([NEW])
    with pytest.raises(KeysError, match="No key in HUDDLE_KEYS opens"):
        keys.open(replace(keys.seal(NORTH), sealed=broken))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "HUDDLE_KEYS has no key; docs/workspaces.md says how to make one."),
        (["secret"], "HUDDLE_KEYS: key 1 is not a Fernet key; docs/workspaces.md says how to make one."),
        ([NEW, "secret"], "HUDDLE_KEYS: key 2 is not a Fernet key; docs/workspaces.md says how to make one."),
        (["é" * 44], "HUDDLE_KEYS: key 1 is not a Fernet key; docs/workspaces.md says how to make one."),
    ],
)
def test_what_is_no_key_is_told_by_its_number(given: list[str], says: str) -> None:
    with pytest.raises(KeysError) as caught:
        FernetKeys(given)
    assert str(caught.value) == says
