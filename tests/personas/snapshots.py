"""The transcripts as files, and docs/funnels.md, which is cut out of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.personas.reps import DAYS, everybody
from tests.personas.script import heading, transcript
from tests.personas.walk import Walk
from tests.personas.walks import RULES

FOLDER = Path(__file__).parent / "transcripts"
PICKS = Path(__file__).parent / "funnels.yaml"
FUNNELS = Path(__file__).parents[2] / "docs" / "funnels.md"


def written(walk: Walk) -> dict[Path, str]:
    """The files of a walk and what belongs in them."""
    end = ".txt" if walk.coach == RULES else ".model.txt"
    return {FOLDER / f"{persona.id}{end}": transcript(walk, persona) for persona in walk.group.personas}


def keep(walk: Walk) -> None:
    """Write the transcripts of a walk."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in written(walk).items():
        path.write_text(text, "utf-8")


def bind() -> None:
    """Write docs/funnels.md out of the transcripts that are there."""
    FUNNELS.write_text(funnels(), "utf-8")


def funnels() -> str:
    """The picked funnels with what to notice in each."""
    known: dict[str, Any] = yaml.safe_load(PICKS.read_text("utf-8"))
    who = {persona.id: persona for persona in everybody()}
    parts = [known["introduction"].strip()]
    for number, pick in enumerate(known["funnels"], start=1):
        persona = who[pick["persona"]]
        end = ".model.txt" if pick.get("coach") == "model" else ".txt"
        day = heading(DAYS[pick["day"] - 1])
        told = _day((FOLDER / f"{persona.id}{end}").read_text("utf-8"), day)
        notice = "\n".join(f"- {line}" for line in pick["notice"])
        about = f"{persona.name}, {day}. {persona.who}"
        parts.append(f"## {number}. {pick['title']}\n\n{about}\n\n```text\n{told.strip()}\n```\n\n{notice}")
    return "\n\n".join(parts) + "\n"


def _day(text: str, day: str) -> str:
    _, _, after = text.partition(f"\n== {day}\n")
    if not after:
        raise ValueError(f"no {day} in the transcript")
    return after.partition("\n== ")[0]
