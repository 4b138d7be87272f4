"""A page as a picture, by a Chromium on this machine. Nothing is fetched: a page holds all that it shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pictures.pixels import Picture, read

NAMES = ("chromium", "chromium-browser", "google-chrome")
SCALE = 2
TALLEST = 3600
"""Pixels of a page before scaling; a picture is cut where its page ends."""
MARGIN = 12 * SCALE
LONGEST = 120
"""Seconds for one page."""


class NoBrowser(Exception):
    """No Chromium is on this machine, and pictures are taken with one."""


def program() -> str:
    """Where Chromium is; raises NoBrowser."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoBrowser("pictures are taken with Chromium: apt-get install chromium")
    return found


def screenshot(page: str, width: int) -> Picture:
    """What a page of that width (in CSS pixels) shows, cut to its content."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(page, "utf-8")
        subprocess.run(
            [
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-lcd-text",
                "--hide-scrollbars",
                f"--force-device-scale-factor={SCALE}",
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{TALLEST}",
                f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=LONGEST,
        )
        picture = read(target.read_bytes())
        if picture.rows[-1] != picture.rows[0]:
            raise ValueError(f"the page is taller than {TALLEST} pixels")
        return picture.trimmed(MARGIN)
