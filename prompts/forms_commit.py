"""The form for a commitment at any time, and the one that says why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prompts.fields import Labels, View, form, plain, small, text_input, words


def commitment(labels: Labels, values: Mapping[str, Any]) -> View:
    """What, by when, what if; and who will see it. Saving it is the yes."""
    blocks = [
        text_input(labels, "action", values["action"]),
        text_input(labels, "when", values["when"], most=80),
        text_input(labels, "if_then", values["if_then"], optional=True),
        small(values["seen"]),
    ]
    return form(labels, "commitment", values["metadata"], blocks, submit="commit")


def no_commitment(labels: Labels, values: Mapping[str, Any]) -> View:
    """Why somebody cannot make one here."""
    view = form(labels, "no_commitment", "", [words(values["text"])], submit="")
    return view | {"close": plain(labels("understood"))}
