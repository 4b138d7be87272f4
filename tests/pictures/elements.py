"""Block Kit's interactive elements as HTML: buttons, menus and fields, each as it stands before anybody touches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from tests.pictures.markup import Names, mrkdwn, plain

Json = dict[str, Any]

PERSON_HINT, PEOPLE_HINT, CHANNEL_HINT = "Select a person", "Select people", "Select a channel"
MENU_HINT, DATE_HINT, TIME_HINT = "Select an option", "Select a date", "Select a time"
"""What stands in a field without a placeholder of its own."""
TINTS = ("#4a6fa5", "#7d5ba6", "#3f7d58", "#b0653a", "#a84a5f", "#5c7080", "#2f7f86", "#8a6d3b")


def text(found: Json, names: Names) -> str:
    """A text object."""
    return mrkdwn(found["text"], names) if found["type"] == "mrkdwn" else plain(found["text"])


def face(name: str) -> str:
    """A small square with somebody's initials."""
    initials = "".join(part[0] for part in name.split()[:2]).upper() or "?"
    return f'<span class="face" style="background:{TINTS[sum(map(ord, name)) % len(TINTS)]}">{escape(initials)}</span>'


def element(found: Json, names: Names) -> str:
    """An element by its type; KeyError for one that is not known here."""
    return ELEMENTS[found["type"]](found, names)


def _button(found: Json, names: Names) -> str:
    return f'<span class="button {found.get("style", "")}">{text(found["text"], names)}</span>'


def _overflow(found: Json, names: Names) -> str:
    return '<span class="button dots">•••</span>'


def _menu(words: str, *, chosen: bool, icon: str = "chevron") -> str:
    return f'<div class="field"><span class="{"" if chosen else "hint"}">{words}</span><i class="{icon}"></i></div>'


def _hint(found: Json, default: str) -> str:
    return plain(found["placeholder"]["text"]) if "placeholder" in found else plain(default)


def _select(found: Json, names: Names) -> str:
    one = found.get("initial_option")
    return _menu(text(one["text"], names) if one else _hint(found, MENU_HINT), chosen=one is not None)


def _selects(found: Json, names: Names) -> str:
    several = [text(one["text"], names) for one in found.get("initial_options", ())]
    return _chips(several, _hint(found, MENU_HINT))


def _chips(several: Sequence[str], hint: str) -> str:
    if not several:
        return _menu(hint, chosen=False)
    chips = "".join(f'<span class="chip">{one}<i class="cross"></i></span>' for one in several)
    return f'<div class="field chips"><span>{chips}</span><i class="chevron"></i></div>'


def _person(found: Json, names: Names) -> str:
    one = found.get("initial_user")
    return _menu(_somebody(one, names) if one else _hint(found, PERSON_HINT), chosen=one is not None)


def _people(found: Json, names: Names) -> str:
    return _chips([_somebody(one, names) for one in found.get("initial_users", ())], _hint(found, PEOPLE_HINT))


def _somebody(slack_id: str, names: Names) -> str:
    name = names.get(slack_id, slack_id)
    return f"{face(name)}{escape(name)}"


def _channel(found: Json, names: Names) -> str:
    one = found.get("initial_conversation") or found.get("initial_channel")
    words = f'<span class="hash">#</span> {escape(names.get(one, one))}' if one else _hint(found, CHANNEL_HINT)
    return _menu(words, chosen=bool(one))


def _date(found: Json, names: Names) -> str:
    one = found.get("initial_date")
    words = f"{date.fromisoformat(one):%A, %-d %B %Y}" if one else _hint(found, DATE_HINT)
    return _menu(words, chosen=bool(one), icon="leaf")


def _time(found: Json, names: Names) -> str:
    one = found.get("initial_time")
    return _menu(escape(one) if one else _hint(found, TIME_HINT), chosen=bool(one), icon="dial")


def _typed(found: Json, names: Names) -> str:
    words = found.get("initial_value", "")
    lines = "lines" if found.get("multiline") else "line"
    shown = plain(words) if words else f'<span class="hint">{_hint(found, "")}</span>'
    return f'<div class="field {lines}">{shown}</div>'


def _listed(kind: str) -> Callable[[Json, Names], str]:
    """Choices that are all in sight; `kind` is how their marks look."""

    def made(found: Json, names: Names) -> str:
        chosen = [*found.get("initial_options", ()), *([found["initial_option"]] if "initial_option" in found else ())]
        rows = []
        for one in found["options"]:
            more = f"<small>{text(one['description'], names)}</small>" if "description" in one else ""
            state = " on" if one in chosen else ""
            rows.append(f'<li><i class="{kind}{state}"></i><span>{text(one["text"], names)}{more}</span></li>')
        return f'<ul class="choices">{"".join(rows)}</ul>'

    return made


ELEMENTS: Mapping[str, Callable[[Json, Names], str]] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _select,
    "multi_static_select": _selects,
    "users_select": _person,
    "multi_users_select": _people,
    "conversations_select": _channel,
    "channels_select": _channel,
    "checkboxes": _listed("tick"),
    "radio_buttons": _listed("radio"),
    "datepicker": _date,
    "timepicker": _time,
    "plain_text_input": _typed,
}
