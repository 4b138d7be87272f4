"""Forged, replayed and borrowed payloads: they change nothing and tell nothing.

Everything that was ever offered to somebody, as a button or a form, is sent again by people whom it was not offered to:
another rep, another team's manager, somebody on no team, an admin who leads nothing, somebody of another workspace with
the same Slack id, somebody who came by Slack Connect, a bot.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.bot.services.test_access import ADA, NINA, OTTO, UWE, facts
from tests.support.team import ANA, BEN, BERLIN, MARIA, a_world
from tests.support.world import WORKSPACE, World, local

SECRET = "Zacharias"
Json = dict[str, Any]


@dataclass(frozen=True)
class Attacker:
    """Somebody who sends what was offered to somebody else."""

    name: str
    slack_id: str
    workspace: str = WORKSPACE
    home: str = WORKSPACE  # the workspace that Slack says they belong to
    bot: bool = False


def attackers(owner: str) -> list[Attacker]:
    """Whoever must get nothing of what is `owner`'s."""
    return [
        Attacker("a rep of another team", UWE),
        Attacker("a rep of the same team", ANA if owner == BEN else BEN),
        Attacker("another team's manager", OTTO),
        Attacker("somebody on no team", NINA),
        Attacker("an admin who leads nothing", ADA),
        Attacker("the same id in another workspace", owner, workspace="T99OTHER", home="T99OTHER"),
        Attacker("an unknown workspace", owner, workspace="T77NONE", home="T77NONE"),
        Attacker("somebody by Slack Connect", owner, home="T55FOREIGN"),
        Attacker("a bot", owner, bot=True),
    ]


@dataclass
class Offered:
    """Everything that was offered to people: elements by their action and value, and forms."""

    elements: dict[tuple[str, str], str] = field(default_factory=dict)  # to whom
    forms: list[tuple[str, Json]] = field(default_factory=list)


ANYBODYS = re.compile(
    r"start|create_team|add_commitment|settings|away|privacy|export_data|erase_data|home_page|my_settings"
)
"""What carries nobody's id: whoever taps it acts on themselves, or asks for a form of their own."""


def elements(blocks: list[Json]) -> Iterator[Json]:
    """Every element that can be used, with what it says of itself."""
    for block in blocks:
        for one in [*block.get("elements", ()), block.get("accessory"), block.get("element")]:
            if isinstance(one, dict) and "action_id" in one:
                yield one


def rows(world: World) -> list[str]:
    """All there is in the database."""
    with sqlite3.connect(world.database) as connection:
        return sorted(line for line in connection.iterdump() if line.startswith("INSERT"))


async def attack(world: World, who: Attacker, body: Json) -> None:
    """Send it as if from Slack."""
    user = {"id": who.slack_id, "team_id": who.home} | ({"is_bot": True} if who.bot else {})
    await world.dispatch(
        {"team": {"id": who.workspace}, "user": user, "api_app_id": "A1", "trigger_id": "1.2.3"} | body
    )
    await world.settle()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A morning of two teams in which everything there is to tap was offered."""
    made = await a_world(tmp_path)
    await facts(made)
    yield made
    made.close()


async def offered(world: World) -> Offered:
    """Live through a morning as Ben and Maria; what they were offered on the way."""
    found = Offered()

    async def look() -> None:
        for user in (BEN, MARIA):
            for message in world.dm(user):
                for one in elements(message.blocks):
                    found.elements[one["action_id"], str(one.get("value", ""))] = user
            home = await world.open_home(user)
            for one in elements(home["blocks"]):
                found.elements[one["action_id"], str(one.get("value", ""))] = user

    async def form(user: str, words: str) -> None:
        await world.press(user, words)
        if world.client.opened:
            found.forms.append((user, world.client.opened[-1]))

    await world.go(local(BERLIN, "2026-11-23 08:50"))
    await world.say(BEN, f"I'm stuck with {SECRET} and need help")
    await look()
    await world.press(BEN, "Tell my manager I'd like a hand")
    await world.say(BEN, f"call {SECRET}")
    await look()
    await world.say(BEN, "at 10")
    await world.say(BEN, "then I'd write instead")
    await form(BEN, "Change")
    await look()
    await world.press(BEN, "Commit")
    await world.go(local(BERLIN, "2026-11-23 10:06"))
    await form(BEN, "Moved to…")
    await look()
    await world.go(local(BERLIN, "2026-11-23 11:16"))
    await look()
    return found


async def test_what_was_offered_to_one_person_is_of_no_use_to_another(world: World) -> None:
    found = await offered(world)
    tried = {(action, value): owner for (action, value), owner in found.elements.items() if not ANYBODYS.match(action)}
    assert len({action for action, _ in tried}) >= 8, tried
    before, said, forms = rows(world), len(world.slack.messages), len(world.client.opened)
    for (action, value), owner in tried.items():
        for who in attackers(owner):
            for place in (f"D{who.slack_id[1:]}", f"D{owner[1:]}"):
                ts = world.dm(owner)[-1].ts
                await attack(
                    world,
                    who,
                    {
                        "type": "block_actions",
                        "container": {"type": "message", "channel_id": place, "message_ts": ts},
                        "channel": {"id": place},
                        "actions": [
                            {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1"}
                        ],
                    },
                )
                assert rows(world) == before, (action, who.name)
                assert len(world.slack.messages) == said, (action, who.name)
                assert SECRET not in str(world.client.opened[forms:]), (action, who.name)


async def test_a_form_sent_by_somebody_else_changes_nothing(world: World) -> None:
    found = await offered(world)
    assert len(found.forms) >= 2
    before, said = rows(world), len(world.slack.messages)
    for owner, view in found.forms:
        typed = {
            block["block_id"]: {block["block_id"]: {"type": "plain_text_input", "value": "17:00"}}
            for block in view["blocks"]
            if block["type"] == "input"
        }
        for who in attackers(owner):
            sent = view | {"id": "V9", "state": {"values": typed}}
            await attack(world, who, {"type": "view_submission", "view": sent})
            assert rows(world) == before, (view["callback_id"], who.name)
            assert len(world.slack.messages) == said, (view["callback_id"], who.name)


async def test_values_that_nobody_was_ever_offered_change_nothing(world: World) -> None:
    found = await offered(world)
    before, said = rows(world), len(world.slack.messages)
    for action in sorted({action for action, _ in found.elements if not ANYBODYS.match(action)}):
        for value in ("", "x", "|", "00000001|99", "../../etc/passwd", "' OR 1=1 --", "9" * 2000, "null", "{}"):
            await attack(
                world,
                Attacker("the rep", BEN),
                {
                    "type": "block_actions",
                    "container": {"type": "message", "channel_id": "DBEN", "message_ts": "1.1"},
                    "channel": {"id": "DBEN"},
                    "actions": [
                        {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1"}
                    ],
                },
            )
            assert rows(world) == before, (action, value)
            assert len(world.slack.messages) == said, (action, value)
