"""The forms behind an admin's Home: how long words are kept, and who looks after the app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prompts.fields import Labels, View, form, people_input, small, text_input

DIGITS = 5
LIMITS = ("shortest", "texts_most", "commitments_most")


def retention(labels: Labels, values: Mapping[str, Any]) -> View:
    """Days, as numbers; the limits are told before somebody meets them."""
    limits = labels("retention_limits").format(**{key: values[key] for key in LIMITS})
    return form(
        labels,
        "retention",
        "",
        [
            text_input(labels, "retention_texts", str(values["texts"]), most=DIGITS),
            text_input(labels, "retention_commitments", str(values["commitments"]), most=DIGITS),
            small(limits),
        ],
    )


def admins(labels: Labels, values: Mapping[str, Any]) -> View:
    """People of the workspace."""
    return form(labels, "admins", "", [people_input(labels, "admins", values["admins"], most=values["most"])])
