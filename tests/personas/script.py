"""Transcripts for people: a heading for each day, and who said what when, in the rep's own time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from tests.personas.reps import Persona
from tests.personas.walk import Event, Walk, day_of

COACH = "coach"
WIDTH = 9


def transcript(walk: Walk, persona: Persona) -> str:
    """The ten days of a persona."""
    focus = f"focus: {persona.focus}" if persona.focus else "no focus"
    parts = [f"{persona.name} ({persona.zone}, {focus})\n{persona.who}\n"]
    for day, events in groupby(walk.of(persona), lambda event: day_of(event.at, persona)):
        parts.append(f"\n== {heading(day)}\n\n{lines(list(events), persona)}")
    return "".join(parts)


def heading(day: date) -> str:
    """A day as a heading."""
    return f"{day:%A} {day.day} {day:%B}"


def lines(events: Sequence[Event], persona: Persona) -> str:
    """What was said and tapped, one after the other."""
    return "".join(_line(event, persona) for event in events)


def _line(event: Event, persona: Persona) -> str:
    who = COACH if event.key else persona.name.split()[0]
    clock = f"{event.at.astimezone(ZoneInfo(persona.zone)):%H:%M}"
    text = f"taps {event.text}" if event.tapped else event.text
    if event.in_place:
        text = f"(in place) {text}"
    if event.buttons:
        text += "\n" + " ".join(f"[{label}]" for label in event.buttons)
    first, *rest = [each for each in text.splitlines() if each.strip()]
    indent = " " * (len(clock) + WIDTH + 3)
    told = [f"{clock}  {who:<{WIDTH}} {first}", *(f"{indent}{each}" for each in rest)]
    return "\n".join(each.rstrip() for each in told) + "\n"
