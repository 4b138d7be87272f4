"""Events about people and channels: hints that are taken up before Slack hears that we have them, if that is quick."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.ports.slack import Place, Profile, TryLater
from handlers import people
from tests.support.changes import becomes, channel_event, known_to_slack, person, swept, team, tells
from tests.support.team import BEN, CHANNEL, PLAN, a_world


async def test_when_slack_takes_too_long_the_event_is_acknowledged_and_the_night_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    monkeypatch.setattr(people, "PATIENCE", 0.01)
    with monkeypatch.context() as patched:

        async def forever(*_: Any) -> Place | None:
            await asyncio.Event().wait()
            return None

        patched.setattr(world.slack, "place", forever)
        world.slack.places[CHANNEL] = Place(CHANNEL, "wins")
        await channel_event(world, "channel_left", CHANNEL)
    assert (await team(world)).channel_trouble is None
    await swept(world)
    assert (await team(world)).channel_trouble == "not_in_channel"
    world.close()


async def test_when_slack_does_not_say_whether_somebody_left_they_have_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)

    async def silent(*_: Any) -> Profile | None:
        raise TryLater("no connection to Slack", 30)

    monkeypatch.setattr(world.slack, "profile", silent)
    await tells(world, BEN, deleted=True)
    assert (await person(world, BEN)).left_at is None
    world.close()


async def test_slack_is_not_asked_about_people_and_channels_that_we_have_nothing_to_do_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await a_world(tmp_path)
    known_to_slack(world, PLAN)
    world.slack.profiles["UELSE"] = Profile("UELSE", "Else", "Europe/Berlin")
    asked: list[str] = []

    async def noted(workspace: str, about: str) -> None:
        asked.append(about)

    monkeypatch.setattr(world.slack, "profile", noted)
    monkeypatch.setattr(world.slack, "place", noted)
    becomes(world, "UELSE", deleted=True)
    await tells(world, "UELSE", deleted=True)
    await channel_event(world, "channel_archive", "C09ELSE")
    await channel_event(world, "member_joined_channel", CHANNEL, user=BEN)
    assert asked == []
    world.close()
