"""What is installed is what stands in the tree: every package, every template, the migrations."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TOP = ("bot", "handlers", "prompts", "storage")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS: dict[str, Any] = PYPROJECT["tool"]["setuptools"]
NOT_SHIPPED = ("__pycache__", "node_modules")


def shipped(top: str) -> list[Path]:
    """The files of a package, without what tools leave behind."""
    found = [path for path in (ROOT / top).rglob("*") if path.is_file()]
    return [path.relative_to(ROOT) for path in found if not set(path.parts) & set(NOT_SHIPPED)]


def test_every_folder_with_code_is_a_package_that_is_installed() -> None:
    with_code = {".".join(path.parts[:-1]) for top in TOP for path in shipped(top) if path.suffix == ".py"}
    assert sorted(SETUPTOOLS["packages"]) == sorted(with_code)


def test_every_installed_package_says_that_it_is_one() -> None:
    missing = [p for p in SETUPTOOLS["packages"] if not (ROOT / p.replace(".", "/") / "__init__.py").is_file()]
    assert missing == []


@pytest.mark.parametrize("top", TOP)
def test_every_file_that_is_not_code_is_installed_too(top: str) -> None:
    patterns = [
        f"{package.replace('.', '/')}/{pattern}"
        for package, several in SETUPTOOLS["package-data"].items()
        for pattern in several
    ]
    for path in shipped(top):
        if path.suffix != ".py":
            assert any(fnmatch(str(path), pattern.replace("**/", "*")) for pattern in patterns), path


def test_the_migrations_are_among_what_is_installed() -> None:
    assert {"storage.migrations", "storage.migrations.versions"} <= set(SETUPTOOLS["packages"])
    assert list((ROOT / "storage/migrations/versions").glob("0001_*.py"))


def test_the_command_is_called_huddle_and_there_is_nothing_else() -> None:
    assert PYPROJECT["project"]["scripts"] == {"huddle": "bot.cli:main"}
