"""Every link of the documentation leads somewhere: to a file that is there, and to a heading that is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
FILES = sorted(path for pattern in (*PAGES, "CHANGELOG.md") for path in ROOT.glob(pattern))


def anchors(page: str) -> set[str]:
    """What a link may name in a page, made of its headings as forges do."""
    headings = re.findall(r"(?m)^#+ +(.+)$", FENCED.sub("", page))
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).strip().replace(" ", "-") for heading in headings}


def broken(page: str, path: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for target in LINK.findall(FENCED.sub("", page)):
        if re.match(r"https?:|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if name and not (there.is_relative_to(ROOT) and there.exists()):
            found.append(target)
        elif anchor and there.suffix == ".md":
            text = page if not name else there.read_text("utf-8")
            if anchor not in anchors(text):
                found.append(target)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken(path.read_text("utf-8"), path) == []


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert sorted(name for name in pages if f"]({name})" not in index) == []


def test_a_broken_link_would_be_found() -> None:
    page = "# One thing\n[a](README.md) [b](nowhere.md) [c](#one-thing) [d](#two) ![e](docs/pictures/none.png)\n"
    assert broken(page, ROOT / "PAGE.md") == ["nowhere.md", "#two", "docs/pictures/none.png"]
