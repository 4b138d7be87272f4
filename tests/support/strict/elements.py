"""Slack's limits on interactive elements: buttons, menus and fields, and where each may stand."""

from __future__ import annotations

from typing import Any

from tests.support.strict.pickers import DATES, MULTI, SINGLE, check_moment, check_most_chosen, check_picker
from tests.support.strict.refusal import Faults, Json
from tests.support.strict.texts import (
    MARKDOWN,
    check_confirm,
    check_options,
    check_string,
    check_style,
    check_text,
    check_url,
    is_size,
    only,
)

LONGEST_ID = 255
MOST_OPTIONS = 100
_MENUS = ("static_select", "external_select", *SINGLE)
_SEVERAL = ("multi_static_select", "multi_external_select", *MULTI)
_LISTS = ("checkboxes", "radio_buttons")
_FIELDS = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input")

IN_ACTIONS = frozenset({"button", "overflow", "workflow_button", *_MENUS, *_SEVERAL, *DATES, *_LISTS})
IN_SECTIONS = IN_ACTIONS | {"image"}
IN_INPUTS = frozenset({*_MENUS, *_SEVERAL, *DATES, *_LISTS, *_FIELDS})

_MENU = {"confirm", "focus_on_load", "placeholder"}
_MANY = _MENU | {"max_selected_items"}
_PLACE = {"default_to_current_conversation", "filter"}
_OWN: dict[str, set[str]] = {
    "button": {"text", "url", "value", "style", "accessibility_label", "confirm"},
    "overflow": {"options", "confirm"},
    "static_select": _MENU | {"options", "option_groups", "initial_option"},
    "multi_static_select": _MANY | {"options", "option_groups", "initial_options"},
    "users_select": _MENU | {"initial_user"},
    "multi_users_select": _MANY | {"initial_users"},
    "conversations_select": _MENU | _PLACE | {"initial_conversation", "response_url_enabled"},
    "multi_conversations_select": _MANY | _PLACE | {"initial_conversations"},
    "channels_select": _MENU | {"initial_channel", "response_url_enabled"},
    "multi_channels_select": _MANY | {"initial_channels"},
    "checkboxes": {"options", "initial_options", "confirm", "focus_on_load"},
    "radio_buttons": {"options", "initial_option", "confirm", "focus_on_load"},
    "datepicker": _MENU | {"initial_date"},
    "timepicker": _MENU | {"initial_time", "timezone"},
    "datetimepicker": {"confirm", "focus_on_load", "initial_date_time"},
    "plain_text_input": {
        "initial_value",
        "multiline",
        "min_length",
        "max_length",
        "dispatch_action_config",
        "focus_on_load",
        "placeholder",
    },
}
"""The fields of each type beside `type` and `action_id`.
https://docs.slack.dev/reference/block-kit/block-elements
"""
_DISPATCH = frozenset({"on_enter_pressed", "on_character_entered"})


def check_element(element: Any, allowed: frozenset[str], place: str, faults: Faults) -> None:
    """One element, which stands where the `allowed` types may."""
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in allowed:
        faults.add(f"unsupported element type: {kind}", place)
        return
    if kind == "image":
        check_image(element, place, faults)
        return
    check_string(element, "action_id", LONGEST_ID, place, faults)
    if "confirm" in element:
        check_confirm(element["confirm"], f"{place}/confirm", faults)
    if "placeholder" in element:
        check_text(element["placeholder"], 150, f"{place}/placeholder", faults)
    if own := _OWN.get(str(kind)):
        only(element, {"type", "action_id"} | own, (), place, faults)
    if not isinstance(element.get("focus_on_load", True), bool):
        faults.add("must be a boolean", f"{place}/focus_on_load")
    if kind == "button":
        _check_button(element, place, faults)
    elif kind == "overflow":
        check_options(element.get("options"), 5, f"{place}/options", faults, least=2, url=True)
    elif kind in ("static_select", "multi_static_select"):
        _check_select(element, place, faults)
    elif kind in _LISTS:
        check_options(element.get("options"), 10, f"{place}/options", faults, types=MARKDOWN)
    elif kind == "plain_text_input":
        _check_field(element, place, faults)
    elif kind in DATES:
        check_moment(element, place, faults)
    elif kind in (*SINGLE, *MULTI):
        check_picker(element, place, faults)
    _check_initial(element, place, faults)


def check_image(found: Json, place: str, faults: Faults) -> None:
    """A picture needs words for whoever cannot see it."""
    only(found, {"type", "image_url", "alt_text", "slack_file"}, ("alt_text",), place, faults)
    check_string(found, "alt_text", 2000, place, faults)
    check_url(found, "image_url", place, faults)
    if ("image_url" in found) == ("slack_file" in found):
        faults.add("must have either image_url or slack_file", place)


def _check_button(element: Json, place: str, faults: Faults) -> None:
    if "text" not in element:
        faults.add("missing required field: text", place)
    else:
        check_text(element["text"], 75, f"{place}/text", faults)
    check_string(element, "value", 2000, place, faults)
    check_string(element, "accessibility_label", 75, place, faults)
    check_url(element, "url", place, faults)
    check_style(element, place, faults)


def _check_select(element: Json, place: str, faults: Faults) -> None:
    if ("options" in element) == ("option_groups" in element):
        faults.add("must have either options or option_groups", place)
        return
    if "options" in element:
        check_options(element["options"], MOST_OPTIONS, f"{place}/options", faults)
        return
    groups = element["option_groups"]
    if not isinstance(groups, list) or not 1 <= len(groups) <= MOST_OPTIONS:
        faults.add(f"must have 1 to {MOST_OPTIONS} groups", f"{place}/option_groups")
        return
    for n, group in enumerate(groups):
        here = f"{place}/option_groups/{n}"
        if not isinstance(group, dict):
            faults.add("must be an option group", here)
            continue
        check_text(group.get("label"), 75, f"{here}/label", faults)
        check_options(group.get("options"), MOST_OPTIONS, f"{here}/options", faults)


def _check_field(element: Json, place: str, faults: Faults) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if not isinstance(least, int) or not isinstance(most, int) or not 0 <= least <= most <= 3000 or most < 1:
        faults.add("must be between 0 and 3000, the least no more than the most", f"{place}/max_length")
    elif "initial_value" in element and not is_size(element["initial_value"], most):
        faults.add(f"must have 1 to {most} characters", f"{place}/initial_value")
    if "dispatch_action_config" in element:
        config = element["dispatch_action_config"]
        on = config.get("trigger_actions_on") if isinstance(config, dict) else None
        if not isinstance(on, list) or not on or not set(map(str, on)) <= _DISPATCH:
            faults.add(f"must be some of {', '.join(sorted(_DISPATCH))}", f"{place}/dispatch_action_config")


def _check_initial(element: Json, place: str, faults: Faults) -> None:
    """What is chosen beforehand is one of the choices."""
    choices = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        choices += group.get("options") or [] if isinstance(group, dict) else []
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if choices and any(one not in choices for one in chosen):
        faults.add("must be one of the options", f"{place}/initial_option")
    if str(element["type"]) in _SEVERAL:
        check_most_chosen(element, chosen or element.get(MULTI.get(str(element["type"]), ""), []), place, faults)
