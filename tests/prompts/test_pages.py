"""The pages that a browser shows while the app is installed: whole, harmless, and from nowhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import prompts
from prompts.pages import Pages

PAGES = sorted(
    path.name.removesuffix(".html.j2")
    for path in (Path(prompts.__file__).parent / "pages").glob("*.html.j2")
    if not path.name.startswith("_")
)
HARM = '<script>alert("x")</script>&"\''


def shown(name: str, value: str) -> str:
    """A page with that value wherever it takes one."""
    values: dict[str, str] = {}
    for _ in range(10):
        try:
            return Pages().page(name, values).html
        except UndefinedError as error:
            values[str(error).split("'")[1]] = value
    raise AssertionError(f"{name} takes more values than a page should")


@pytest.mark.parametrize("name", PAGES)
def test_whatever_is_put_into_a_page_stays_text(name: str) -> None:
    page = shown(name, HARM)
    assert "<script" not in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_for_anything(name: str) -> None:
    page = shown(name, "Acme")
    assert not re.search(r"""(src|action|href)\s*=\s*["']?https?:""", page)
    assert "<form" not in page
    assert 'lang="en"' in page
    assert "!" not in re.sub(r"<[^>]*>", "", page)


@pytest.mark.parametrize("name", PAGES)
def test_the_only_style_that_a_page_may_apply_is_its_own(name: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", shown(name, "Acme"), flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in Pages().page("cancelled", {"again": ""}).policy
