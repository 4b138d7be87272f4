"""The personas: who they are, what they say on which day, and whether a day should end in a commitment.

A line is said as it stands; `[Commit]` taps the button whose words begin so, `[2]` the second button of the newest
message, `[Moved] tomorrow 10:00` taps and fills in the form, and `-` says nothing more today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.question_bank import Kind
from bot.services.people import Member, TeamPlan
from tests.support.world import WORKSPACE

FOLDER = Path(__file__).parent / "people"
FIRST_DAY = date(2026, 11, 23)
"""A Monday."""
DAYS = tuple(FIRST_DAY + timedelta(days=n) for n in range(12) if n % 7 < 5)
SILENCE = "-"
MOST_THOUGHTS = 3
"""After so many narrowing questions on a day a person says what they will do."""
KINDS = frozenset(
    {"open", "explore", "act", "choose", "sharpen_action", "sharpen_time", "if_then", "confirm", "outcome"}
    | {"check", "learn", "nothing", "hand"}
)
USUAL: Mapping[str, Sequence[str]] = {
    "choose": ("[1]",),
    "sharpen_time": ("[2]",),
    "confirm": ("[Commit]",),
    "outcome": ("[Done]",),
    "check": ("[Done]",),
    "learn": (SILENCE,),
    "nothing": (SILENCE,),
}
"""What anybody does who has no line of their own for it."""


@dataclass(frozen=True)
class Day:
    """One working day of a persona.

    `at` is when they look at Slack, in their own zone; without it that is some minutes after the question. `because`
    says why a wanted commitment cannot come about: they give nothing to go on.
    """

    lines: Mapping[str, Sequence[str]]
    wants: bool = True
    because: str | None = None
    at: tuple[time, ...] = ()
    distress: bool = False

    @property
    def reaches(self) -> bool:
        """Whether it should end in a commitment."""
        return self.wants and self.because is None


@dataclass(frozen=True)
class Persona:
    """A written rep. `after` and `pace` are minutes: to the first answer, and between answers."""

    id: str
    name: str
    who: str
    zone: str
    focus: str | None
    days: tuple[Day, ...]
    usual: Mapping[str, Sequence[str]]
    no: str
    after: int
    pace: int

    @property
    def slack(self) -> str:
        """Their id in Slack."""
        return "U" + self.id.upper().replace("_", "")

    def day(self, number: int) -> Day:
        """What happens on the working day with that number; short lists begin again."""
        return self.days[number % len(self.days)]


@dataclass(frozen=True)
class Group:
    """A team of personas with its manager."""

    id: str
    plan: TeamPlan
    personas: tuple[Persona, ...]


@dataclass
class Voice:
    """What a persona says next, remembering what they said already."""

    persona: Persona
    used: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def line(self, number: int, kind: str) -> str:
        """The words or the tap that answer to `kind` on that day."""
        day = self.persona.day(number)
        todays, turn = day.lines.get(kind, ()), self._turn(number, kind)
        if turn < len(todays):
            return todays[turn]
        if not day.wants and kind in {"open", "explore", "act", "choose", "sharpen_action", "sharpen_time"}:
            return self.persona.no
        if not day.wants and kind == "confirm":
            return "[Not today]"
        if kind == "open":  # asked once more: a person goes on
            return self.line(number, "explore")
        if kind == "explore" and turn >= MOST_THOUGHTS and "act" in day.lines:
            return self.line(number, "act")
        usual = self.persona.usual.get(kind) or USUAL.get(kind) or (SILENCE,)
        return usual[self._turn(None, kind) % len(usual)]

    def _turn(self, number: int | None, kind: str) -> int:
        before = self.used.get((number, kind), 0)
        self.used[number, kind] = before + 1
        return before


@cache
def groups() -> tuple[Group, ...]:
    """Everybody, by team, in the order of the files."""
    return tuple(_group(path) for path in sorted(FOLDER.glob("*.yaml")))


def everybody() -> tuple[Persona, ...]:
    """All personas."""
    return tuple(persona for group in groups() for persona in group.personas)


def _group(path: Path) -> Group:
    written: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    focus = tuple((words, Kind(kind)) for words, kind in written["behaviours"].items())
    personas = tuple(_persona(each, written["zone"]) for each in written["people"])
    plan = TeamPlan(
        workspace=WORKSPACE,
        name=written["team"],
        zone=written["zone"],
        channel=f"C{path.stem.upper()}",
        managers=(Member(f"UM{path.stem.upper()}", written["manager"], written["zone"]),),
        reps=tuple(Member(p.slack, p.name, p.zone, p.focus) for p in personas),
        behaviours=focus,
    )
    return Group(path.stem, plan, personas)


def _persona(written: dict[str, Any], zone: str) -> Persona:
    return Persona(
        id=written["id"],
        name=written["name"],
        who=" ".join(written["who"].split()),
        zone=written.get("zone", zone),
        focus=written.get("focus"),
        days=tuple(_day(each) for each in written["days"]),
        usual=_lines(written.get("usual", {})),
        no=written.get("no", "not today"),
        after=written.get("after", 6),
        pace=written.get("pace", 2),
    )


def _day(written: dict[str, Any]) -> Day:
    more = {key: written[key] for key in ("wants", "because", "distress") if key in written}
    at = tuple(time.fromisoformat(each) for each in written.get("at", "").split())
    return Day(_lines({key: lines for key, lines in written.items() if key not in more and key != "at"}), at=at, **more)


def _lines(written: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    unknown = set(written) - KINDS
    if unknown:
        raise ValueError(f"no such question: {', '.join(sorted(unknown))}")
    return {kind: (lines,) if isinstance(lines, str) else tuple(lines) for kind, lines in written.items()}
