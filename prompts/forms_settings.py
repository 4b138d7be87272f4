"""The forms of what people settle for themselves, and of their days away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from bot.domain.preferences import LOCALES
from bot.ports.messages import Block
from prompts.blocks import message_blocks
from prompts.fields import (
    Labels,
    Option,
    View,
    choice_input,
    date_input,
    form,
    person_input,
    picker,
    plain,
    select_input,
    small,
    ticks_input,
    time_input,
)

ENGLISH = "en"
"""A choice must have a value; kept is the empty one."""
WEEK = tuple(map(str, range(7)))


@cache
def _languages() -> tuple[Option, ...]:
    names = [(code or ENGLISH, Locale.parse(code or ENGLISH).get_display_name() or code) for code in LOCALES]
    return tuple((code, f"{name[0].upper()}{name[1:]}") for code, name in names)


def settings(labels: Labels, values: Mapping[str, Any]) -> View:
    """What a rep, a manager, or somebody who is both settles for themselves."""
    blocks: list[Block] = []
    if values["coached"]:
        window, evening_before = message_blocks(values["text"])[1]
        evening = "evening" if values["evening"] else "morning"
        countries = {labels("own_team_holidays"): [("team", labels("own_as_team"))]} | dict(values["countries"])
        blocks += [
            choice_input(labels, "own_when", _options(labels, "own_when", "morning", "evening"), evening),
            evening_before,
            time_input(labels, "own_time", values["check_in"], optional=True),
            window,
            ticks_input(
                labels, "own_days", _options(labels, "own_day", *WEEK), map(str, values["days"]), optional=False
            ),
            select_input(labels, "own_country", countries, values["country"]),
            ticks_input(labels, "own_shared", _options(labels, "own_shared", "help", "wins"), values["shared"]),
        ]
    if values["leads"]:
        ticked = ["messages"] if values["messages"] else []
        blocks += [
            person_input(labels, "own_stand_in", values["stand_in"], optional=True),
            ticks_input(labels, "own_messages", _options(labels, "own_messages", "messages"), ticked),
        ]
    blocks.append(select_input(labels, "own_locale", _languages(), values["locale"] or ENGLISH))
    blocks += [_row(labels, "away"), small(values["rest"])]
    return form(labels, "settings", "", blocks)


def away(labels: Labels, values: Mapping[str, Any]) -> View:
    """Days away or without questions, and those that are noted already."""
    blocks: list[Block] = message_blocks(values["text"])[1]
    if values["own"]:
        kinds = _options(labels, "away_kind", "away", "paused")
        blocks.append(choice_input(labels, "away_kind", kinds, values["kind"]))
    blocks += [
        date_input(labels, "away_first", values["first"], optional=True),
        date_input(labels, "away_last", values["last"], optional=True),
    ]
    if values["absences"]:
        some = values["absences"][:10]  # as many ticks as Slack takes
        blocks.append(ticks_input(labels, "away_cancelled", some, ()))
    return form(labels, "away", values["metadata"], blocks)


def away_whose(labels: Labels, values: Mapping[str, Any]) -> View:
    """Which rep is away: the form with their days takes the place of this one as soon as somebody is picked."""
    pick: Block = {
        "type": "actions",
        "block_id": "away_for",
        "elements": [picker(labels, "away_for", values["reps"])],
    }
    return form(labels, "away_whose", "", [pick, small(labels("note_away_whose"))], submit="")


def _options(labels: Labels, name: str, *values: str) -> tuple[Option, ...]:
    return tuple((value, labels(f"{name}_{value}")) for value in values)


def _row(labels: Labels, *actions: str) -> Block:
    buttons = [{"type": "button", "action_id": one, "value": "settings", "text": plain(labels(one))} for one in actions]
    return {"type": "actions", "block_id": "settings_more", "elements": buttons}
