"""What is said in the stand-in, printed while it happens: when, who to whom, the words, the buttons."""

from __future__ import annotations

import html
import itertools
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console
from rich.text import Text

from bot.demo.cast import Mark, mark
from bot.demo.running import Running
from bot.demo.sample import EVERYBODY, TEAM_ZONE, WINS, WORKSPACE
from bot.demo.slack_person import buttons
from bot.demo.workspace import Json, User

BOT = "Coach"
WIDEST = 122
WHEN, WHO = 16, 15
"""Characters of the first two columns."""
CHANGED = "(changed in place)"
ALONE = "(to them alone)"
LONG = 8
"""Lines from which on a changed message shows only what is new in it."""
LIST = 2
"""Points shown of a longer list."""
NAME = "\N{ZERO WIDTH SPACE}"
"""Marks a line that begins in bold."""
APART = ("• ", "/", NAME)

_BOLD = re.compile(r"\*(\S(?:[^*\n]*\S)?)\*")


@dataclass
class Transcript:
    """Prints to `out`. Times are those of the person concerned, by the app's clock."""

    out: Console
    at_work: Running
    _known: dict[str, dict[str, tuple[Mark, tuple[str, ...]]]] = field(default_factory=dict)
    _when: str = ""

    def day(self, words: str) -> None:
        """A heading."""
        self._when = ""
        self.out.print()
        self.out.print(Text(words, style="bold"))

    def note(self, words: str) -> None:
        """A line of ours, which nobody in Slack sees."""
        self._when = ""
        for line in textwrap.wrap(words, self._width):
            self.out.print(Text(line, style="dim italic"))

    def spoke(self, user: User, words: str, place: str = "") -> None:
        """Somebody wrote `words`."""
        self._entry(user, f"{first_name(user)}{place}", [words], style="green")

    def did(self, user: User, what: str) -> None:
        """Somebody did something else than writing."""
        self._entry(user, first_name(user), [what], style="green")

    def heard(self, user: User, lines: Sequence[str]) -> None:
        """The app showed somebody something that is no message: a form, a Home."""
        self._entry(user, f"{BOT} → {first_name(user)}", lines, style="cyan")

    async def news(self, *, quietly: bool = False) -> list[Json]:
        """Print what the app wrote or changed since the last look, in the order it did so, and return it."""
        readers: dict[str, User | None] = {user.dm: user for user in EVERYBODY} | {WINS.id: None}
        fresh = [message for channel in readers for message in await self._fresh_in(channel)]
        fresh.sort(key=lambda message: max(mark(message)))
        for message in fresh:
            known = self._known[message["channel"]]
            before, lines = known.get(message["ts"]), shown_lines(message)
            known[message["ts"]] = (mark(message), lines)
            if not quietly:
                self._message(readers[message["channel"]], message, lines, before[1] if before else None)
        return fresh

    async def _fresh_in(self, channel: str) -> list[Json]:
        known = self._known.setdefault(channel, {})
        return [
            message
            for message in await self.at_work.people.messages(channel)
            if message.get("user") == WORKSPACE.bot_user_id and known.get(message["ts"], (None,))[0] != mark(message)
        ]

    def _message(self, user: User | None, message: Json, lines: Sequence[str], before: Sequence[str] | None) -> None:
        whom = first_name(user) if user else f"#{WINS.name}"
        shown = list(lines)
        if before is not None:
            shown = [line for line in lines if line not in before] if len(lines) >= LONG else shown
            shown.insert(0, CHANGED)
        if "ephemeral_to" in message:
            shown.insert(0, ALONE)
        self._entry(user, f"{BOT} → {whom}", shown, style="cyan")

    def _entry(self, user: User | None, who: str, lines: Sequence[str], style: str) -> None:
        zone, place = (user.zone, city(user)) if user else (TEAM_ZONE, city(EVERYBODY[1]))
        when = f"{self.at_work.clock().astimezone(zone):%H:%M} {place}"
        head = Text.assemble((("" if when == self._when else when).ljust(WHEN), "dim"), (f"{who} ".ljust(WHO), style))
        self._when = when
        for number, line in enumerate(self._wrapped(lines)):
            start = head if number == 0 else Text(" " * (WHEN + WHO))
            self.out.print(Text.assemble(start, _styled(line)))

    def _wrapped(self, lines: Sequence[str]) -> list[str]:
        room = self._width - WHEN - WHO
        return [
            part
            for line in shortened(packed(lines, room))
            for part in textwrap.wrap(line, room, subsequent_indent="  " if line[0] == "•" else "")
        ]

    @property
    def _width(self) -> int:
        return min(self.out.width, WIDEST) if self.out.is_terminal else WIDEST


def shown_lines(message: Json) -> tuple[str, ...]:
    """A message, or a Home, as lines for a person to read: quotes marked with ›, buttons in square brackets."""
    text = message["text"] if "text" in message else "\n".join(_block_text(b) for b in message["blocks"])
    lines = [html.unescape(line).replace("`", "") for line in text.splitlines() if line.strip()]
    lines = [f"› {line[2:]}" if line.startswith("> ") else line for line in lines]
    lines = [NAME * line.startswith("*") + _BOLD.sub(r"\1", line) for line in lines]
    row = " ".join(f"[{button.label}]" for button in buttons(message))
    return (*lines, row) if row else tuple(lines)


def packed(lines: Sequence[str], room: int) -> list[str]:
    """The lines with short neighbours joined while they fit in `room` characters.

    Points of a list, names and commands each keep a line of their own to begin with.
    """
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        apart = line.startswith(APART) or last.startswith(("• ", "/"))
        if joined and not apart and len(last) + 2 + len(line) <= room:
            joined[-1] = f"{last}  {line}"
        else:
            joined.append(line)
    return [line.replace(NAME, "") for line in joined]


def shortened(lines: Sequence[str]) -> list[str]:
    """The lines with all but the first few points of each long list counted instead of shown."""
    short: list[str] = []
    for is_list, run in itertools.groupby(lines, lambda line: line.startswith("• ")):
        points = list(run)
        cut = is_list and len(points) > LIST + 1
        short += [*points[:LIST], f"  … and {len(points) - LIST} more"] if cut else points
    return short


def _block_text(block: Json) -> str:
    texts = [block["text"]] if "text" in block else [e for e in block["elements"] if block["type"] == "context"]
    return "\n".join(str(text["text"]) for text in texts)


def _styled(line: str) -> Text:
    text = Text(line)
    text.highlight_regex(r"›(?:(?!  ).)*", "italic")
    text.highlight_regex(r"\[[^\]]+\]", "bold blue")
    text.highlight_regex(f"{re.escape(CHANGED)}|{re.escape(ALONE)}", "dim")
    return text


def first_name(user: User) -> str:
    return user.real_name.split()[0]


def city(user: User) -> str:
    """Where somebody lives, as far as their zone tells."""
    return user.tz.rpartition("/")[2].replace("_", " ")


def weekday(day: date) -> str:
    """A day as a heading."""
    return f"{day:%A} {day.day} {day:%B}"
