"""`python -m tests.pictures [name …]`: take the documentation's pictures anew, all of them or those named."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

import structlog

from tests.pictures import scenes
from tests.pictures.browser import NoBrowser, program, screenshot
from tests.pictures.page import page
from tests.pictures.pixels import Picture, written

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
HOME, FORM = 720, 520
AROUND = 24
"""Pixels of the page beside what it shows."""
LARGEST = 150 * 1024
"""Bytes of a picture: a page with several of them still opens at once."""
COLOURS = (256, 128, 64, 48, 32, 24, 16)


async def pictures() -> scenes.Pictures:
    """All of them as HTML, by their names."""
    return await scenes.set_up() | await scenes.working_day()


def packed(picture: Picture) -> bytes:
    """The picture in as many colours as fit; ValueError when it is too large in the fewest."""
    for most in COLOURS:
        if len(data := written(picture, most)) <= LARGEST:
            return data
    raise ValueError(f"too large: {picture.size}")


def take(wanted: set[str]) -> list[str]:
    """Take the pictures of these names, or all; a line about each."""
    program()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    lines = []
    for name, card in asyncio.run(pictures()).items():
        if not wanted or name in wanted:
            width = HOME if name.startswith(("home", "preview")) else FORM
            data = packed(screenshot(page(card), width + AROUND))
            (FOLDER / f"{name}.png").write_bytes(data)
            lines.append(f"docs/pictures/{name}.png: {len(data) // 1024} KB")
    return lines


if __name__ == "__main__":
    try:
        sys.stdout.write("\n".join(take(set(sys.argv[1:]))) + "\n")
    except NoBrowser as error:
        sys.exit(str(error))
