"""At the start the workspace is known, and whoever is to look after the app is welcomed once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.introducing import introduce
from tests.support.team import MONDAY
from tests.support.world import World


class Client:
    """Answers auth.test, or fails at it."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble

    async def auth_test(self) -> dict[str, Any]:
        if self.trouble:
            raise self.trouble
        return {"team_id": "T01TEST", "team": "Northwind"}


def refused() -> SlackApiError:
    return SlackApiError("no", {"error": "invalid_auth"})  # type: ignore[no-untyped-call]


async def start(world: World, admin: str | None, trouble: Exception | None = None) -> None:
    huddle = world.huddle
    await introduce(huddle.storage, huddle.workspaces, lambda: world.now, Client(trouble), admin)  # type: ignore[arg-type]
    await world.settle()


async def test_whoever_the_setting_names_is_welcomed_at_the_first_start_only(tmp_path: Path) -> None:
    world = World(tmp_path / "huddle.db", MONDAY)
    await start(world, "UADA")
    world.restart()
    await start(world, "UADA")
    (welcome,) = world.dm("UADA")
    assert list(welcome.buttons) == ["Create a team"]
    known = await world.huddle.storage.read(lambda s: s.workspaces.get("T01TEST"))
    assert (known.name, known.admins) == ("Northwind", ("UADA",))
    world.close()


async def test_without_the_setting_the_workspace_is_known_and_nobody_is_written_to(tmp_path: Path) -> None:
    world = World(tmp_path / "huddle.db", MONDAY)
    await start(world, None)
    assert (await world.huddle.storage.read(lambda s: s.workspaces.get("T01TEST"))).name == "Northwind"
    assert not world.slack.messages
    world.close()


@pytest.mark.parametrize("trouble", [refused(), TimeoutError(), OSError()])
async def test_a_slack_that_does_not_answer_stops_nothing(tmp_path: Path, trouble: Exception) -> None:
    world = World(tmp_path / "huddle.db", MONDAY)
    await start(world, "UADA", trouble)
    assert not world.slack.messages
    world.close()
