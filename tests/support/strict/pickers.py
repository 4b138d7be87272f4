"""Slack's limits on what people, places, days and times are picked with.

https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element and the pages beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tests.support.strict.refusal import Faults, Json
from tests.support.strict.texts import only

CONVERSATIONS = ("conversations_select", "multi_conversations_select")
DATES = ("datepicker", "timepicker", "datetimepicker")
SINGLE: dict[str, str] = {
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
}
"""What is picked beforehand, by the type of the menu."""
MULTI: dict[str, str] = {f"multi_{kind}": f"{name}s" for kind, name in SINGLE.items()}

_IDS = {"user": re.compile(r"[UW][A-Z0-9]+"), "conversation": re.compile(r"[CDG][A-Z0-9]+")}
_KINDS = frozenset({"im", "mpim", "private", "public"})


def check_picker(element: Json, place: str, faults: Faults) -> None:
    """A menu that Slack itself fills with people or conversations."""
    kind = str(element["type"])
    if name := SINGLE.get(kind):
        _check_ids([element[name]] if name in element else [], name, place, faults)
    elif name := MULTI.get(kind):
        chosen = element.get(name, [])
        if not isinstance(chosen, list):
            faults.add("must be an array", f"{place}/{name}")
        else:
            _check_ids(chosen, name, place, faults)
    if kind in CONVERSATIONS and "filter" in element:
        _check_filter(element["filter"], f"{place}/filter", faults)
    for flag in ("default_to_current_conversation", "response_url_enabled"):
        if not isinstance(element.get(flag, True), bool):
            faults.add("must be a boolean", f"{place}/{flag}")


def check_most_chosen(element: Json, chosen: Collection[Any], place: str, faults: Faults) -> None:
    """`max_selected_items` is at least 1, and no more are picked beforehand."""
    most = element.get("max_selected_items")
    if most is None:
        return
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        faults.add("must be a number of at least 1", f"{place}/max_selected_items")
    elif len(chosen) > most:
        faults.add(f"more than {most} are picked beforehand", f"{place}/max_selected_items")


def check_moment(element: Json, place: str, faults: Faults) -> None:
    """A picker of a day (YYYY-MM-DD), of a time (HH:mm, in an IANA zone), or of both (ten digits of Unix time)."""
    day, clock, both = (element.get(f"initial_{name}") for name in ("date", "time", "date_time"))
    if day is not None and not is_day(day):
        faults.add("must be of the form YYYY-MM-DD", f"{place}/initial_date")
    if clock is not None and not is_clock(clock):
        faults.add("must be of the form HH:mm", f"{place}/initial_time")
    if both is not None and (not isinstance(both, int) or len(str(both)) != 10):
        faults.add("must be a Unix time of ten digits", f"{place}/initial_date_time")
    if "timezone" in element:
        try:
            ZoneInfo(str(element["timezone"]))
        except (ZoneInfoNotFoundError, ValueError):
            faults.add("must be an IANA time zone", f"{place}/timezone")


def is_day(value: Any) -> bool:
    """Whether it is a day as Slack writes one."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_clock(value: Any) -> bool:
    """Whether it is a time of day as Slack writes one."""
    try:
        return isinstance(value, str) and time.fromisoformat(value).strftime("%H:%M") == value
    except ValueError:
        return False


def _check_ids(chosen: list[Any], name: str, place: str, faults: Faults) -> None:
    form = _IDS["user" if "user" in name else "conversation"]
    if not all(isinstance(one, str) and form.fullmatch(one) for one in chosen):
        faults.add("must be an id", f"{place}/{name}")
    elif len(set(chosen)) != len(chosen):
        faults.add("must not have an id twice", f"{place}/{name}")


def _check_filter(found: Any, place: str, faults: Faults) -> None:
    """https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object"""
    if not isinstance(found, dict) or not found:
        faults.add("must be a filter with at least one field", place)
        return
    only(found, {"include", "exclude_external_shared_channels", "exclude_bot_users"}, (), place, faults)
    include = found.get("include", ["im"])
    if not isinstance(include, list) or not include or not set(map(str, include)) <= _KINDS:
        faults.add(f"must be some of {', '.join(sorted(_KINDS))}", f"{place}/include")
    for flag in ("exclude_external_shared_channels", "exclude_bot_users"):
        if not isinstance(found.get(flag, True), bool):
            faults.add("must be a boolean", f"{place}/{flag}")
