"""`huddle admin add | list`, as somebody at a terminal meets them."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import app as root
from bot.clock import system_clock
from bot.settings import Settings
from tests.bot.test_cli import Huddle, huddle, one_sentence

__all__ = ["huddle"]
pytestmark = pytest.mark.usefixtures("bare", "own_logging")


async def _workspaces(*ids: str) -> None:
    product = root.unconnected(Settings())
    for one in ids:
        await product.storage.write(
            lambda s, one=one: product.workspaces.installed(s, one, f"Name of {one}", None, system_clock())  # type: ignore[misc]
        )
    product.close()


def known(*ids: str) -> None:
    asyncio.run(_workspaces(*ids))


def waiting(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "huddle.db")) as connection:
        return connection.execute("SELECT workspace, channel FROM outbox ORDER BY id").fetchall()


def test_somebody_is_named_and_will_be_welcomed_once(huddle: Huddle, bare: Path) -> None:
    known("T1")
    for _ in range(2):
        code, out, err = huddle("admin", "add", "U0ADA")
        assert (code, err) == (0, "")
        assert out.startswith("U0ADA looks after the app in T1")
    assert waiting(bare) == [("T1", "U0ADA")]
    assert huddle("admin", "list")[1] == "T1 (Name of T1): U0ADA\n"


def test_of_several_workspaces_one_must_be_given(huddle: Huddle, bare: Path) -> None:
    known("T1", "T2")
    assert one_sentence(huddle("admin", "add", "U0ADA")).endswith(
        "Give it with --workspace T0123ABCD. One of these: T1, T2."
    )
    assert huddle("admin", "add", "U0ADA", "--workspace", "T22")[0] == 0
    assert waiting(bare) == [("T22", "U0ADA")]


def test_before_the_first_start_no_workspace_is_known(huddle: Huddle) -> None:
    assert "once `huddle run` has connected" in one_sentence(huddle("admin", "add", "U0ADA"))
    assert huddle("admin", "list")[1].startswith("No workspace is known yet")


@pytest.mark.parametrize("wrong", [("ada",), ("U0ADA", "--workspace", "north")])
def test_what_is_no_id_is_refused(huddle: Huddle, wrong: tuple[str, ...]) -> None:
    known("T1")
    assert "it looks like" in one_sentence(huddle("admin", "add", *wrong))
