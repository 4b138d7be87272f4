"""Slack's limits on the smallest parts: text objects, ids, options and confirmations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.support.strict.refusal import Faults, Json

PLAIN, MARKDOWN = ("plain_text",), ("plain_text", "mrkdwn")
_TEXT_FIELDS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}


def is_size(value: Any, most: int, least: int = 1) -> bool:
    """Whether it is a text of that many characters, as the API counts them."""
    return isinstance(value, str) and least <= len(value) <= most


def only(found: Json, known: Collection[str], needed: Iterable[str], place: str, faults: Faults) -> None:
    """It has all that is needed, and nothing that Slack does not know."""
    for name in needed:
        if name not in found:
            faults.add(f"missing required field: {name}", place)
    for name in found:
        if name not in known:
            faults.add(f"invalid additional property: {name}", place)


def check_text(value: Any, most: int, place: str, faults: Faults, types: Collection[str] = PLAIN) -> None:
    """A text object of one of the types, with 1 to `most` characters."""
    if not isinstance(value, dict) or value.get("type") not in types:
        faults.add(f"must be a text object of type {' or '.join(types)}", place)
        return
    only(value, _TEXT_FIELDS[value["type"]], ("text",), place, faults)
    if not is_size(value.get("text"), most):
        faults.add(f"must have 1 to {most} characters", f"{place}/text")
    for flag in ("emoji", "verbatim"):
        if not isinstance(value.get(flag, True), bool):
            faults.add("must be a boolean", f"{place}/{flag}")


def check_string(found: Json, name: str, most: int, place: str, faults: Faults, least: int = 1) -> None:
    """A field which may be missing, and else is a text of that size."""
    if name in found and not is_size(found[name], most, least):
        faults.add(f"must be a string of {least} to {most} characters", f"{place}/{name}")


def check_url(found: Json, name: str, place: str, faults: Faults, most: int = 3000) -> None:
    """A field which may be missing, and else is a whole address."""
    check_string(found, name, most, place, faults)
    if isinstance(found.get(name), str):
        parts = urlsplit(found[name])
        if parts.scheme not in ("http", "https", "mailto", "slack") or not (parts.netloc or parts.path):
            faults.add("must be a valid URL", f"{place}/{name}")


def check_options(
    options: Any,
    most: int,
    place: str,
    faults: Faults,
    *,
    least: int = 1,
    types: Collection[str] = PLAIN,
    url: bool = False,
) -> None:
    """Choices: each with a text of up to 75 characters and a value of up to 150, no value twice.

    Only checkboxes and radio buttons take mrkdwn, only an overflow menu takes a `url`.
    https://docs.slack.dev/reference/block-kit/composition-objects/option-object
    """
    if not isinstance(options, list) or not least <= len(options) <= most:
        faults.add(f"must have {least} to {most} options", place)
        return
    for n, option in enumerate(options):
        check_option(option, f"{place}/{n}", faults, types, url=url)
    values = [str(option.get("value")) for option in options if isinstance(option, dict)]
    if len(set(values)) != len(values):
        faults.add("must not have a value twice", place)


def check_option(option: Any, place: str, faults: Faults, types: Collection[str] = PLAIN, *, url: bool = False) -> None:
    """One choice."""
    if not isinstance(option, dict):
        faults.add("must be an option", place)
        return
    known = {"text", "value", "description"} | ({"url"} if url else set())
    only(option, known, ("text", "value"), place, faults)
    if "text" in option:
        check_text(option["text"], 75, f"{place}/text", faults, types)
    check_string(option, "value", 150, place, faults)
    if "description" in option:
        check_text(option["description"], 75, f"{place}/description", faults, types)
    check_url(option, "url", place, faults)


def check_confirm(value: Any, place: str, faults: Faults) -> None:
    """The "are you sure" of an element: title 100, text 300, either answer 30 characters.

    https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
    """
    if not isinstance(value, dict):
        faults.add("must be a confirmation dialog", place)
        return
    needed = ("title", "text", "confirm", "deny")
    only(value, {*needed, "style"}, needed, place, faults)
    for name, most, types in (
        ("title", 100, PLAIN),
        ("text", 300, MARKDOWN),
        ("confirm", 30, PLAIN),
        ("deny", 30, PLAIN),
    ):
        if name in value:
            check_text(value[name], most, f"{place}/{name}", faults, types)
    check_style(value, place, faults)


def check_style(found: Json, place: str, faults: Faults) -> None:
    """A style, where there is one, is one of the two."""
    if "style" in found and found["style"] not in ("primary", "danger"):
        faults.add("must be primary or danger", f"{place}/style")
