"""What a person can enter in an element, and how Slack reports it: options by their words, people and channels by name
or id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.demo.slack_forms import FIELDS, SEVERAL, options
from tests.support.strict.forms import ClientRefusal
from tests.support.strict.pickers import is_clock, is_day
from tests.support.strict.refusal import Json
from tests.support.strict.state import Conversation, State

Given = str | Sequence[str] | None
"""What is entered: text, words or value of an option, an id or name; several where several fit; None or "" clears."""


class Choices:
    """Reads what one person enters against what is offered to them."""

    def __init__(self, state: State, user: str) -> None:
        self._state, self._user = state, user

    def entered(self, element: Json, given: Given) -> Json:
        """The new value of the element, as in `state.values`.

        Raises ClientRefusal for words that do not fit and for what is not offered.
        """
        kind = element["type"]
        field = FIELDS[kind][0]
        one = self._reader(element)
        if kind in SEVERAL:
            several = [given] if isinstance(given, str) else list(given or [])
            most = element.get("max_selected_items")
            if most and len(several) > most:
                raise ClientRefusal(f"{len(several)} are picked where {most} fit")
            return {"type": kind, field: [one(word) for word in several]}
        if given is not None and not isinstance(given, str):
            raise ClientRefusal(f"one fits, not {given!r}")
        return {"type": kind, field: one(given) if given else None}

    def _reader(self, element: Json) -> Callable[[str], Any]:
        kind = element["type"]
        if kind.endswith("users_select"):
            return self._person
        if kind.endswith(("conversations_select", "channels_select")):
            return lambda word: self._place(element, word)
        if kind == "timepicker":
            return lambda word: _in_form(word, is_clock(word))
        if kind == "datepicker":
            return lambda word: _in_form(word, is_day(word))
        if kind == "datetimepicker":
            return lambda word: int(_in_form(word, word.isdigit()))
        if kind in ("plain_text_input", "number_input", "email_text_input", "url_text_input"):
            return lambda word: _text(element, word)
        return lambda word: option(element, word)

    def _person(self, wanted: str) -> str:
        for user in self._state.users.values():
            if wanted in (user["id"], user["name"], user["real_name"]) and not user["deleted"]:
                return str(user["id"])
        raise ClientRefusal(f"{wanted!r} is not offered")

    def _place(self, element: Json, wanted: str) -> str:
        public_only = element["type"].endswith("channels_select")
        allowed = ["public"] if public_only else (element.get("filter") or {}).get("include")
        for place in self._state.conversations.values():
            if wanted.removeprefix("#") in (place.id, place.name) and self._sees(place):
                kind = "im" if place.is_im else "private" if place.is_private else "public"
                without_bots = (element.get("filter") or {}).get("exclude_bot_users")
                if (allowed is None or kind in allowed) and not (place.is_im and without_bots):
                    return place.id
        raise ClientRefusal(f"{wanted!r} is not offered")

    def _sees(self, place: Conversation) -> bool:
        hidden = place.is_private or place.is_im
        return not place.is_archived and (not hidden or self._user in place.members)


def option(element: Json, wanted: str) -> Json:
    """The option with this value or these words; raises ClientRefusal."""
    for one in options(element):
        if wanted in (one["value"], one["text"]["text"]):
            return one
    raise ClientRefusal(f"{wanted!r} is not offered")


def _text(element: Json, words: str) -> str:
    most = element.get("max_length", 3000)
    if len(words) > most:
        raise ClientRefusal(f"{len(words)} characters where {most} fit")
    if not element.get("multiline") and "\n" in words:
        raise ClientRefusal("a line break in a field of one line")
    return words


def _in_form(words: str, fits: bool) -> str:
    if not fits:
        raise ClientRefusal(f"{words!r} cannot be picked")
    return words
