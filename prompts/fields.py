"""The fields of forms: each a pure builder of one Block Kit block, labelled by `field_{name}` in labels.yaml.

A field's block id and action id are its name, which is what `handlers.values` reads it by. A hint under the field is
`note_{name}`, its placeholder `hint_{name}`, each where there is such a label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from bot.ports.messages import Block

Labels = Callable[[str], str]
View = dict[str, Any]
Option = tuple[str, str]
"""A choice: its value, and its words."""

LONGEST_TITLE = 24
LONGEST_OPTION = 75
MOST_OPTIONS = 100
LONGEST_END = 30
"""How much of the first and of the last choice stands in the heading of a list."""
NAMELESS = "…"
"""What is shown of a choice without words: Slack takes none of these."""


def plain(text: str) -> dict[str, str]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def form(labels: Labels, name: str, metadata: str, blocks: list[Block], *, submit: str = "submit") -> View:
    """A modal that is sent under the callback id `name`; `submit` is the label of its button, "" for none."""
    view: View = {
        "type": "modal",
        "callback_id": name,
        "private_metadata": metadata,
        "title": plain(labels(f"title_{name}")[:LONGEST_TITLE]),
        "close": plain(labels("close")),
        "blocks": blocks,
    }
    return view | ({"submit": plain(labels(submit))} if submit else {})


def words(text: str) -> Block:
    """A paragraph in a form; `text` is mrkdwn, escaped by whoever rendered it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def small(text: str) -> Block:
    """Small print in a form."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _field(labels: Labels, name: str, element: dict[str, Any], *, optional: bool, changes: bool = False) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(labels(f"field_{name}")),
        "element": {"action_id": name} | element,
        "optional": optional,
    }
    if (note := _label(labels, f"note_{name}")) is not None:
        block["hint"] = plain(note)
    return block | ({"dispatch_action": True} if changes else {})


def _label(labels: Labels, key: str) -> str | None:
    try:
        return labels(key)
    except KeyError:
        return None


def _hinted(labels: Labels, name: str, element: dict[str, Any]) -> dict[str, Any]:
    hint = _label(labels, f"hint_{name}")
    return element | ({"placeholder": plain(hint)} if hint else {})


def text_input(
    labels: Labels, name: str, value: str, *, optional: bool = False, most: int = 200, lines: bool = False
) -> Block:
    """A line, or `lines`, of text of at most `most` characters, filled with `value`."""
    element: dict[str, Any] = {"type": "plain_text_input", "max_length": most, "multiline": lines}
    if value:
        element["initial_value"] = value[:most]
    return _field(labels, name, _hinted(labels, name, element), optional=optional)


def people_input(
    labels: Labels, name: str, chosen: Sequence[str], *, optional: bool = False, most: int | None = None
) -> Block:
    """Several people of the workspace, by their Slack ids."""
    element: dict[str, Any] = {"type": "multi_users_select"}
    if chosen:
        element["initial_users"] = list(chosen)
    if most is not None:
        element["max_selected_items"] = most
    return _field(labels, name, _hinted(labels, name, element), optional=optional)


def person_input(labels: Labels, name: str, chosen: str | None, *, optional: bool = False) -> Block:
    """One person of the workspace."""
    element: dict[str, Any] = {"type": "users_select"} | ({"initial_user": chosen} if chosen else {})
    return _field(labels, name, _hinted(labels, name, element), optional=optional)


def channel_input(labels: Labels, name: str, chosen: str | None, *, optional: bool = False) -> Block:
    """One channel, public or private, of those that the person can see."""
    element: dict[str, Any] = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    if chosen:
        element["initial_conversation"] = chosen
    return _field(labels, name, _hinted(labels, name, element), optional=optional)


def _option(option: Option) -> dict[str, Any]:
    value, text = option[0], option[1] if option[1].strip() else NAMELESS
    return {"text": plain(text if len(text) <= LONGEST_OPTION else f"{text[: LONGEST_OPTION - 1]}…"), "value": value}


def select_input(
    labels: Labels,
    name: str,
    options: Sequence[Option] | Mapping[str, Sequence[Option]],
    chosen: str | None,
    *,
    optional: bool = False,
    changes: bool = False,
) -> Block:
    """One of the options, in groups under headings where `options` maps headings to them.

    `changes`: the app hears of the choice at once, to change the form.
    """
    element: dict[str, Any] = {"type": "static_select"}
    if isinstance(options, Mapping):
        groups = {heading: [_option(one) for one in some][:MOST_OPTIONS] for heading, some in options.items() if some}
        element["option_groups"] = [{"label": plain(heading), "options": some} for heading, some in groups.items()]
        known = [one for some in groups.values() for one in some]
    else:
        known = element["options"] = [_option(one) for one in options][:MOST_OPTIONS]
    if (initial := next((one for one in known if one["value"] == chosen), None)) is not None:
        element["initial_option"] = initial
    return _field(labels, name, _hinted(labels, name, element), optional=optional, changes=changes)


def picker(labels: Labels, name: str, options: Sequence[Option]) -> dict[str, Any]:
    """A menu outside of any field: the app hears of a choice at once. What is more than Slack takes in one list comes
    in several, each under its first and last.
    """
    known = [_option(one) for one in options]
    element: dict[str, Any] = {"type": "static_select", "action_id": name}
    if len(known) <= MOST_OPTIONS:
        element["options"] = known
    else:
        lists = [known[start : start + MOST_OPTIONS] for start in range(0, len(known), MOST_OPTIONS)]
        element["option_groups"] = [{"label": plain(_from_to(some)), "options": some} for some in lists[:MOST_OPTIONS]]
    return _hinted(labels, name, element)


def _from_to(options: Sequence[dict[str, Any]]) -> str:
    ends = [str(one["text"]["text"])[:LONGEST_END] for one in (options[0], options[-1])]
    return " – ".join(ends)


def choice_input(labels: Labels, name: str, options: Sequence[Option], chosen: str) -> Block:
    """One of a few options, all in sight."""
    known = [_option(one) for one in options]
    element: dict[str, Any] = {"type": "radio_buttons", "options": known}
    if (initial := next((one for one in known if one["value"] == chosen), None)) is not None:
        element["initial_option"] = initial
    return _field(labels, name, element, optional=False)


def ticks_input(
    labels: Labels, name: str, options: Sequence[Option], chosen: Iterable[str], *, optional: bool = True
) -> Block:
    """Any of a few options (ten at the most), all in sight."""
    known, ticked = [_option(one) for one in options], set(chosen)
    element: dict[str, Any] = {"type": "checkboxes", "options": known}
    if initial := [one for one in known if one["value"] in ticked]:
        element["initial_options"] = initial
    return _field(labels, name, element, optional=optional)


def time_input(labels: Labels, name: str, chosen: time | None, *, optional: bool = False) -> Block:
    """A clock time."""
    element: dict[str, Any] = {"type": "timepicker"} | ({"initial_time": f"{chosen:%H:%M}"} if chosen else {})
    return _field(labels, name, _hinted(labels, name, element), optional=optional)


def date_input(labels: Labels, name: str, chosen: date | None, *, optional: bool = False) -> Block:
    """A day."""
    element: dict[str, Any] = {"type": "datepicker"} | ({"initial_date": chosen.isoformat()} if chosen else {})
    return _field(labels, name, _hinted(labels, name, element), optional=optional)
