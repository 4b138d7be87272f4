"""Whom a message would reach beyond its reader: mentions, channels and links, as Slack would read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.support.strict.refusal import Json

Kind = Literal["user", "channel", "here", "everyone", "group", "special", "conversation", "link"]

_TAG = re.compile(r"<([^<>\n]+)>")
_BARE = re.compile(r"(?P<everybody>@(?:channel|here|everyone)\b)|(?P<url>https?://[^\s<>|]+)|(?<!\S)#(?P<name>[\w-]+)")
_PERSON = re.compile(r"[UW][A-Z0-9]+")
_CONVERSATION = re.compile(r"[CDG][A-Z0-9]+")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """Somebody or something that Slack makes a mention or a link of. `bare`: from plain words, where nothing forbids
    it (`verbatim`).
    """

    kind: Kind
    target: str
    bare: bool = False


def mentions(text: str, *, verbatim: bool = True) -> list[Mention]:
    """What Slack makes of a mrkdwn text, in order. `&lt;` and its like are what they stand for, and no markup."""
    found = [one for tag in _TAG.finditer(text) if (one := _tagged(tag[1])) is not None]
    return found if verbatim else found + list(_bare(_TAG.sub(" ", text)))


def mentioned(text: str | None, blocks: Any = None) -> list[Mention]:
    """What Slack makes of a whole message or of a view's blocks.

    The top-level text rings even where blocks hide it. A plain_text is never markup. An mrkdwn object without
    `verbatim: true` has its plain words read as well.
    """
    found = mentions(text or "", verbatim=True)
    for one in _marked(blocks):
        found += mentions(str(one.get("text")), verbatim=one.get("verbatim") is True)
    return found


def _tagged(inside: str) -> Mention | None:
    target = inside.partition("|")[0]
    if target.startswith("@") and _PERSON.fullmatch(target[1:]):
        return Mention("user", target[1:])
    if target.startswith("#") and _CONVERSATION.fullmatch(target[1:]):
        return Mention("conversation", target[1:])
    if target.startswith("!"):
        return _special(target[1:])
    return Mention("link", target) if _ADDRESS.match(target) else None


def _special(target: str) -> Mention:
    name, _, rest = target.partition("^")
    if name == "channel":
        return Mention("channel", name)
    if name in ("here", "group"):
        return Mention("here" if name == "here" else "channel", name)
    if name == "everyone":
        return Mention("everyone", name)
    return Mention("group", rest.partition("^")[0]) if name == "subteam" else Mention("special", target)


def _bare(text: str) -> Iterator[Mention]:
    for word in _BARE.finditer(text):
        if word["everybody"]:
            name = word["everybody"][1:]
            yield Mention(
                "here" if name == "here" else "everyone" if name == "everyone" else "channel", name, bare=True
            )
        elif word["url"]:
            yield Mention("link", word["url"], bare=True)
        else:
            yield Mention("conversation", word["name"], bare=True)


def _marked(value: Any) -> Iterator[Json]:
    if isinstance(value, list):
        for one in value:
            yield from _marked(one)
    elif isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "markdown"):
            yield value
        else:
            for one in value.values():
                yield from _marked(one)
