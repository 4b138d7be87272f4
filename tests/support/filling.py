"""Filling in a form as a person does: fields by their names, everything else as it was filled beforehand."""

from __future__ import annotations

import copy
import json
from typing import Any

from bot.demo.slack_forms import elements, entered, values
from tests.support.strict import check_view
from tests.support.world import WORKSPACE, World


class Itself(dict[str, str]):
    """Everybody and every channel by their ids."""

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)

    def __missing__(self, key: str) -> str:
        return key


def the_form(world: World) -> dict[str, Any]:
    """The form that was shown last, which Slack takes."""
    view = world.client.opened[-1]
    check_view(copy.deepcopy(view), "modal")
    return view


def filled(world: World, **given: Any) -> dict[str, Any]:
    """The form with what is entered, as Slack sends it."""
    view = the_form(world)
    state = values(view["blocks"])
    there = {block["block_id"]: element for block, element in elements(view["blocks"])}
    for name, one in given.items():
        state[name][name] = entered(there[name], one, Itself())
    return view | {"id": "V1", "type": "modal", "state": {"values": state}}


async def send(world: World, user: str, view: dict[str, Any] | None = None, **given: Any) -> dict[str, str]:
    """Fill in and send; the errors at the fields. A form that follows is the one shown from then on."""
    body = {
        "type": "view_submission",
        "team": {"id": WORKSPACE},
        "user": {"id": user, "team_id": WORKSPACE},
        "api_app_id": "A1",
        "view": view or filled(world, **given),
    }
    answer = await world.dispatch(body)
    said: dict[str, Any] = json.loads(answer.body) if answer.body else {}
    if said.get("response_action") == "update":
        world.client.opened.append(said["view"])
    await world.settle()
    errors: dict[str, str] = said.get("errors") or {}
    return errors


async def use(world: World, user: str, action: str, **given: Any) -> None:
    """Fill in, and use an element of which the app hears at once."""
    view = filled(world, **given)
    state = (view["state"]["values"].get(action) or {}).get(action) or {"type": "button"}
    await world.dispatch(
        {
            "type": "block_actions",
            "team": {"id": WORKSPACE},
            "user": {"id": user, "team_id": WORKSPACE},
            "api_app_id": "A1",
            "trigger_id": "1.2.3",
            "container": {"type": "view", "view_id": "V1"},
            "view": view,
            "actions": [{"action_id": action, "block_id": action, "action_ts": "1"} | state],
        }
    )
    await world.settle()
