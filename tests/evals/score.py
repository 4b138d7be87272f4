"""How well the rules do on the labelled sets: `make evals` prints it, `test_evals.py` holds it to the aims.

The sets are read one way only: rules are tuned while looking at `tune.jsonl`; `report.jsonl` is looked at as figures.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.coach_lines import label
from bot.domain.answers import answer
from bot.domain.calendar import WorkingHours
from bot.domain.duetime import find
from bot.domain.questions import faults
from bot.domain.reading import Asked

HERE: Final = Path(__file__).parent
SPLITS: Final = ("tune", "second", "report")
MESSAGES_AT: Final = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
"""When the messages of the set are taken to be written, a Tuesday morning in Berlin."""
BERLIN: Final = ZoneInfo("Europe/Berlin")
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Judged:
    """One labelled line and what we made of it."""

    line: Line
    wanted: str
    got: str

    @property
    def right(self) -> bool:
        """Whether they agree."""
        return self.wanted == self.got


def lines(kind: str, split: str) -> list[Line]:
    """The lines of one set: kind is questions, messages or due."""
    text = (HERE / kind / f"{split}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def questions(split: str) -> list[Judged]:
    """Each question, good or bad."""
    return [Judged(q, q["label"], "bad" if faults(q["text"]) else "good") for q in lines("questions", split)]


def messages(split: str) -> list[Judged]:
    """Each message with one of five labels."""
    return [Judged(m, m["label"], label(_reading(m))) for m in lines("messages", split)]


def _reading(message: Line) -> Any:
    asked = Asked((message.get("context") or {}).get("asked") or "nothing")
    return answer(message["text"], asked, MESSAGES_AT, BERLIN, WorkingHours())


def due_times(split: str) -> list[Judged]:
    """Each phrase with its moment, "none" where it tells no time; another accepted moment counts as the wanted one."""
    return [_due(phrase) for phrase in lines("due", split)]


def _due(phrase: Line) -> Judged:
    zone = ZoneInfo(phrase["tz"])
    at = datetime.fromisoformat(phrase["now"]).astimezone(UTC)
    found = find(phrase["text"], at, zone, WorkingHours())
    wanted = _moment(phrase["due_at"])
    got = _moment(found.moment.isoformat()) if found else "none"
    accepted = {_moment(also) for also in phrase.get("accept") or ()}
    return Judged(phrase, wanted, wanted if got in accepted else got)


def _moment(iso: str | None) -> str:
    return datetime.fromisoformat(iso).astimezone(UTC).isoformat() if iso else "none"


# -- figures


@dataclass(frozen=True)
class Of:
    """Precision, recall and their harmonic mean for one label, with how often it was wanted."""

    precision: float
    recall: float
    f1: float
    wanted: int


def per_label(judged: Sequence[Judged]) -> dict[str, Of]:
    """The figures of every label that was wanted."""
    found: dict[str, Of] = {}
    for name in sorted({j.wanted for j in judged}):
        right = sum(j.right for j in judged if j.wanted == name)
        got, wanted = sum(j.got == name for j in judged), sum(j.wanted == name for j in judged)
        precision, recall = right / got if got else 0.0, right / wanted
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        found[name] = Of(precision, recall, f1, wanted)
    return found


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean F1 over the labels."""
    figures = per_label(judged)
    return sum(one.f1 for one in figures.values()) / len(figures)


def accuracy(judged: Iterable[Judged]) -> float:
    """The share that is right."""
    all_of_them = list(judged)
    return sum(j.right for j in all_of_them) / len(all_of_them) if all_of_them else 1.0


def timed(judged: Iterable[Judged]) -> list[Judged]:
    """Those that tell a time."""
    return [j for j in judged if j.wanted != "none"]


def timeless(judged: Iterable[Judged]) -> list[Judged]:
    """Those that tell none."""
    return [j for j in judged if j.wanted == "none"]


def hard(judged: Iterable[Judged]) -> list[Judged]:
    """Those that are marked as hard."""
    return [j for j in judged if j.line.get("hard")]


def confusion(judged: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """How often which label was taken for which other."""
    return Counter((j.wanted, j.got) for j in judged if not j.right)


def recall_by(judged: Iterable[Judged], key: Callable[[Line], Iterable[str]]) -> dict[str, tuple[float, int]]:
    """The share that is right in each group, and the group's size."""
    groups: dict[str, list[Judged]] = {}
    for j in judged:
        for name in key(j.line):
            groups.setdefault(name, []).append(j)
    return {name: (accuracy(group), len(group)) for name, group in sorted(groups.items())}
