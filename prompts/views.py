"""The forms: modals by name. Each builder takes the labels and the values and returns a whole view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.ports.messages import Block
from prompts import forms_commit, forms_home, forms_privacy, forms_settings, forms_setup
from prompts.fields import Labels, View, form, plain, text_input


def change(labels: Labels, values: Mapping[str, Any]) -> View:
    """The draft of a commitment, to be rewritten."""
    return form(
        labels,
        "change",
        values["metadata"],
        [
            text_input(labels, "action", values["action"]),
            text_input(labels, "when", values["when"], most=80),
            text_input(labels, "if_then", values["if_then"], optional=True),
        ],
    )


def move(labels: Labels, values: Mapping[str, Any]) -> View:
    """A new time for a commitment: pick one, or type one."""
    options = [{"text": plain(words), "value": value} for value, words in values["times"]]
    pick: Block = {
        "type": "input",
        "block_id": "pick",
        "optional": True,
        "label": plain(labels("field_pick")),
        "element": {
            "type": "static_select",
            "action_id": "pick",
            "placeholder": plain(labels("hint_pick")),
            "options": options,
        },
    }
    typed = text_input(labels, "when", "", optional=True, most=80)
    return form(labels, "move", values["metadata"], [pick, typed])


VIEWS: Mapping[str, Callable[[Labels, Mapping[str, Any]], View]] = {
    "change": change,
    "move": move,
    "commitment": forms_commit.commitment,
    "no_commitment": forms_commit.no_commitment,
    "privacy": forms_privacy.privacy,
    "erase": forms_privacy.erase,
    "team_who": forms_setup.team_who,
    "team_when": forms_setup.team_when,
    "settings": forms_settings.settings,
    "away": forms_settings.away,
    "away_whose": forms_settings.away_whose,
    "retention": forms_home.retention,
    "admins": forms_home.admins,
}
