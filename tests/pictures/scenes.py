"""What is in each picture: who looks at what, brought about by taps, commands and forms in the real app."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.pictures import blocks
from tests.pictures.cast import (
    ANA,
    BEHAVIOURS,
    BERLIN,
    CARE,
    MARIA,
    NAMES,
    NINA,
    NORTH,
    PAUL,
    SOUTH_WINS,
    TARA,
    UWE,
    WINS,
)
from tests.pictures.weeks import installed, lived, seen, tapped
from tests.support.filling import send, the_form, use
from tests.support.home import View
from tests.support.world import World, local

INSTALLED = local(BERLIN, "2026-11-06 15:40")
"""A Friday: the team starts on the Monday after it."""
BESIDE = "I'll send Halden both price options by tomorrow 15:00"
"""The message out of which a commitment is made."""
DAYS = {"away_first": "2026-12-24", "away_last": "2026-12-28"}
"""What Ana has picked in the form for days away."""

Pictures = dict[str, str]
"""HTML by the name of the picture."""


async def set_up() -> Pictures:
    """From the first message to the preview: Nina fills in the form, Maria gets what it comes to."""
    async with _folder() as folder:
        world = await installed(folder, INSTALLED)
        await world.press(NINA, "Create a team")
        first: dict[str, Any] = {
            "team_name": "North",
            "team_managers": [MARIA],
            "team_reps": list(NORTH),
            "team_channel": WINS,
            "team_behaviours": "\n".join(words for words, _ in BEHAVIOURS),
            "team_care": "\n".join(CARE),
        }
        await send(world, NINA, **first)
        await use(world, NINA, "team_country", team_country="DE")
        step_2 = _form(the_form(world))
        await use(world, NINA, "team_back")
        step_1 = _form(the_form(world))
        await send(world, NINA)
        await send(world, NINA)
        preview = world.last(MARIA)
        shown = blocks.message(preview.blocks, NAMES, "15:47")
        world.close()
    return {"set-up-1": step_1, "set-up-2": step_2, "preview": shown}


async def working_day() -> Pictures:
    """A Thursday before noon, after two weeks and a half."""
    async with _folder() as folder:
        world = await lived(folder)
        await _waiting_team(world)
        pictures = {
            f"home-{name}": blocks.home(await seen(world, who), NAMES)
            for name, who in (("rep", ANA), ("manager", MARIA), ("admin", NINA))
        }
        pictures["settings"] = _form(await tapped(world, ANA, "settings"))
        await world.command(ANA, "away 7 Jan")
        pictures["away"] = _form(_typed(await tapped(world, ANA, "away"), DAYS))
        pictures["privacy"] = _form(await tapped(world, ANA, "privacy"))
        await world.shortcut(ANA, BESIDE, author=ANA)
        pictures["shortcut"] = _form(the_form(world))
        assert the_form(world)["callback_id"] == "commitment"
        world.close()
    return pictures


async def _waiting_team(world: World) -> None:
    """A team that was set up, and that nobody has started."""
    await tapped(world, NINA, "create_team")
    people: dict[str, Any] = {"team_managers": [PAUL], "team_reps": [TARA, UWE], "team_channel": SOUTH_WINS}
    await send(world, NINA, team_name="Partners", **people)
    await send(world, NINA)


def _form(view: View) -> str:
    return blocks.form(view, NAMES)


def _typed(view: View, given: Mapping[str, str]) -> View:
    """The form with days that somebody has picked and not sent yet."""
    filled = copy.deepcopy(view)
    for block in filled["blocks"]:
        if block.get("block_id") in given:
            block["element"]["initial_date"] = given[block["block_id"]]
    return filled


@asynccontextmanager
async def _folder() -> AsyncIterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)
