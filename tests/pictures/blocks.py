"""Block Kit's blocks as HTML, and the three things they make up: a message, a Home, a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.pictures.elements import Json, element, text
from tests.pictures.markup import Names, plain

APP = "Huddle Coach"


def _header(found: Json, names: Names) -> str:
    return f"<h1>{text(found['text'], names)}</h1>"


def _section(found: Json, names: Names) -> str:
    words = f"<div>{text(found['text'], names)}</div>" if "text" in found else ""
    if fields := found.get("fields"):
        words += '<div class="fields">' + "".join(f"<div>{text(one, names)}</div>" for one in fields) + "</div>"
    beside = f'<div class="beside">{element(found["accessory"], names)}</div>' if "accessory" in found else ""
    return f'<div class="section"><div>{words}</div>{beside}</div>'


def _context(found: Json, names: Names) -> str:
    return '<div class="context">' + "".join(f"<div>{text(one, names)}</div>" for one in found["elements"]) + "</div>"


def _divider(found: Json, names: Names) -> str:
    return "<hr>"


def _actions(found: Json, names: Names) -> str:
    return '<div class="actions">' + "".join(element(one, names) for one in found["elements"]) + "</div>"


def _input(found: Json, names: Names) -> str:
    optional = ' <span class="optional">(optional)</span>' if found.get("optional") else ""
    note = f'<div class="note">{text(found["hint"], names)}</div>' if "hint" in found else ""
    label = f"<label>{text(found['label'], names)}{optional}</label>"
    return f'<div class="input">{label}{element(found["element"], names)}{note}</div>'


BLOCKS: Mapping[str, Callable[[Json, Names], str]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "input": _input,
}


def block(found: Json, names: Names) -> str:
    """A block by its type; KeyError for one that is not known here."""
    return f'<div class="block">{BLOCKS[found["type"]](found, names)}</div>'


def blocks(several: Sequence[Json], names: Names) -> str:
    """Blocks, one below the other."""
    return "".join(block(one, names) for one in several)


def message(several: Sequence[Json], names: Names, clock: str) -> str:
    """A message of the app, as it stands in somebody's direct messages."""
    head = f'<div class="from"><b>{APP}</b> <span class="app">APP</span> <span class="clock">{clock}</span></div>'
    return f'<div class="message"><span class="logo">HC</span><div>{head}{blocks(several, names)}</div></div>'


def home(view: Json, names: Names) -> str:
    """The app's Home tab."""
    tabs = '<nav><span class="here">Home</span><span>Messages</span></nav>'
    head = f'<header><span class="logo">HC</span><b>{APP}</b></header>{tabs}'
    return f'{head}<main class="home">{blocks(view["blocks"], names)}</main>'


def form(view: Json, names: Names) -> str:
    """A form with its title and the buttons below it."""
    submit = f'<span class="button primary">{plain(view["submit"]["text"])}</span>' if "submit" in view else ""
    close = f'<span class="button">{plain(view["close"]["text"])}</span>' if "close" in view else ""
    head = f'<header class="title"><b>{plain(view["title"]["text"])}</b><i class="cross big"></i></header>'
    return f"{head}<main>{blocks(view['blocks'], names)}</main><footer>{close}{submit}</footer>"
