"""A Home as people use it: what it says, and its buttons."""

from __future__ import annotations

from typing import Any

from tests.prompts.limits import unescaped
from tests.support.strict import check_view
from tests.support.world import WORKSPACE, World

View = dict[str, Any]


def words(view: View) -> str:
    """All that a Home says, as a person reads it; buttons in square brackets."""
    lines = []
    for block in view["blocks"]:
        match block["type"]:
            case "actions":
                lines.append(" ".join(f"[{one['text']['text']}]" for one in block["elements"]))
            case "context":
                lines += [unescaped(one["text"]) for one in block["elements"]]
            case _:
                beside = f" [{block['accessory']['text']['text']}]" if "accessory" in block else ""
                lines.append(unescaped(block["text"]["text"]) + beside)
    return "\n".join(lines)


def buttons(view: View) -> list[dict[str, Any]]:
    """Every button of a Home, in its order."""
    found: list[dict[str, Any]] = []
    for block in view["blocks"]:
        found += block.get("elements", []) if block["type"] == "actions" else []
        found += [block["accessory"]] if "accessory" in block else []
    return found


async def home(world: World, user: str) -> View:
    """Open the Home tab; whatever is drawn must be one that Slack takes."""
    view = await world.open_home(user)
    check_view(view, "home")
    return view


async def tap(world: World, user: str, view: View, label: str, value: str | None = None) -> View | None:
    """Tap a button of a Home by its words, and by its value where several have the same; the Home drawn after that."""
    found = [one for one in buttons(view) if one["text"]["text"] == label and value in (None, one["value"])]
    assert found, f"no button says {label!r}: {[one['text']['text'] for one in buttons(view)]}"
    return await send(world, user, view, found[0]["action_id"], found[0]["value"])


async def send(world: World, user: str, view: View, action: str, value: str) -> View | None:
    """Send a tap on a Home as Slack would, forged or not; the Home drawn after that, None where none is."""
    world.client.homes.pop(user, None)
    await world.dispatch(
        {
            "type": "block_actions",
            "team": {"id": WORKSPACE},
            "user": {"id": user, "team_id": WORKSPACE},
            "api_app_id": "A1",
            "trigger_id": "1.2.3",
            "container": {"type": "view", "view_id": "V1"},
            "view": view | {"id": "V1", "state": {"values": {}}},
            "actions": [{"type": "button", "block_id": "b", "action_ts": "1", "action_id": action, "value": value}],
        }
    )
    return await drawn(world, user)


async def drawn(world: World, user: str) -> View | None:
    """The Home that is drawn for somebody within a moment, None where none is."""
    for _ in range(20):
        await world.settle()
        if user in world.client.homes:
            break
    view = world.client.homes.pop(user, None)
    if view is not None:
        check_view(view, "home")
    return view
