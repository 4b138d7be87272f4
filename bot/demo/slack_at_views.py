"""What a person does at a modal or a Home of a Slack stand-in.

The larger stand-in (local_slack.py) sends no `view` with what is pressed or chosen inside one, so that an app cannot
know the form: there only whole modals are filled in and sent, and Homes have buttons alone.
"""

from __future__ import annotations

import asyncio
import json

from bot.demo.slack_forms import Button, Given, buttons, entered, found, pressed, values
from bot.demo.slack_screen import ANSWER_SECONDS, Screen, poll
from bot.demo.workspace import Json


class AtViews(Screen):
    """The deeds at the modal on top and at Homes. What is entered in a modal is remembered here until it is sent."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._entered: dict[str, Json] = {}

    async def modal(self) -> Json | None:
        """The modal that is on top."""
        stack: list[Json] = (await self.snapshot())["modalStack"]
        return stack[-1] if stack else None

    async def fill(self, user: str, name: str, given: Given) -> None:
        """Enter something in the modal on top, in the element with this action id, block id or label.

        Given are text, the words of an option, a person's or channel's name or id, HH:mm, YYYY-MM-DD; a list where
        several fit; None clears. The app hears of it at once where it asked to (`dispatch_action`, or an element in
        no input block), and has then acknowledged it or not.
        """
        state = await self.snapshot()
        view = _top(state)
        block, element = found(view["blocks"], name)
        value = entered(element, given, _ids(state))
        known = values(view["blocks"], self._entered.get(view["id"]))
        if element["type"] != "overflow":
            known[block["block_id"]][element["action_id"]] = value
            self._entered[view["id"]] = known
        if block["type"] != "input" or block.get("dispatch_action"):
            action = {"action_id": element["action_id"], "block_id": block["block_id"], **value}
            await self.do("interact", user=user, viewId=view["id"], values=known, action=action)

    async def press_modal(self, user: str, label: str, value: str | None = None) -> None:
        """Press the button with this label in the modal on top (and be sure, where it asks), with that `value` if any.

        The app has then acknowledged it or not.
        """
        view = _top(await self.snapshot())
        button = _button(view, label, value)
        known = values(view["blocks"], self._entered.get(view["id"]))
        await self.do("interact", user=user, viewId=view["id"], values=known, action=pressed(button))

    async def submit(self, user: str, given: dict[str, dict[str, Json]] | None = None) -> dict[str, str] | None:
        """Submit the modal on top; returns the app's complaints by block_id, or None if it had none.

        `given` are values as Slack reports them, by block_id and action_id, for this one try. What is neither given nor
        was entered by `fill` keeps the value it came with, as in Slack.
        """
        async with self.screen() as (screen, state):
            view = _top(state)
            filled = values(view["blocks"], self._entered.get(view["id"]))
            for block_id, actions in (given or {}).items():
                for action_id, value in actions.items():
                    if action_id not in filled.get(block_id, {}):
                        raise LookupError(f"the modal has no input {block_id}/{action_id}; it has {filled}")
                    filled[block_id][action_id] = value
            await screen.send_json({"t": "view_submit", "user": user, "values": filled})
            async with asyncio.timeout(ANSWER_SECONDS):
                while True:
                    frame = json.loads(await screen.receive_str())
                    if frame["t"] == "view_errors":
                        return dict(frame["errors"])
                    if frame["t"] == "view":
                        return None

    async def close_modal(self, user: str) -> None:
        """Close the modal on top without submitting it."""
        async with self.screen() as (screen, _):
            await screen.send_json({"t": "view_close", "user": user})

    async def open_home(self, user: str) -> None:
        """Open the app's Home tab."""
        await self.do("open-home", user=user)

    async def home(self, user: str) -> Json | None:
        """The Home that the app last published for this person."""
        homes: Json = (await self.snapshot())["homeViews"].get(user, {})
        return next(iter(homes.values()), None)

    async def press_home(self, user: str, label: str, value: str | None = None) -> None:
        """Press the button with this label in one's Home, with that `value` if any.

        Returns once it is on its way to the app.
        """
        async with self.screen() as (screen, state):
            for app_id, view in state["homeViews"].get(user, {}).items():
                for button in buttons(view):
                    if button.label == label and value in (None, button.value):
                        place = {"channel": "", "messageTs": "", "appId": app_id}
                        action = {"t": "block_action", "user": user, **place, "action": pressed(button)}
                        await screen.send_json(action)
                        return
        raise LookupError(f"no button in the Home of {user} says {label!r}")

    async def choose_home(self, user: str, name: str, given: Given) -> None:
        """Choose in a menu of one's Home, named and given as in `fill`. The app has then acknowledged it or not."""
        state = await self.snapshot()
        view: Json = next(iter(state["homeViews"].get(user, {}).values()), {"blocks": []})
        block, element = found(view["blocks"], name)
        value, known = entered(element, given, _ids(state)), values(view["blocks"])
        if element["type"] != "overflow":
            known[block["block_id"]][element["action_id"]] = value
        action = {"action_id": element["action_id"], "block_id": block["block_id"], **value}
        await self.do("interact", user=user, values=known, action=action)

    async def wait_for_modal(
        self,
        callback_id: str,
        timeout: float = 5.0,  # noqa: ASYNC109 - as wait_for
    ) -> Json:
        """The modal on top, once it is one with this callback_id. Raises TimeoutError after `timeout` seconds."""

        async def look() -> Json | None:
            view = await self.modal()
            return view if view and view.get("callback_id") == callback_id else None

        if found := await poll(look, timeout):
            return found
        raise TimeoutError(f"no modal {callback_id!r} within {timeout} s; there is {await self.modal()}")


def _top(state: Json) -> Json:
    if not state["modalStack"]:
        raise LookupError("no modal is open")
    view: Json = state["modalStack"][-1]
    return view


def _button(view: Json, label: str, value: str | None) -> Button:
    for button in buttons(view):
        if label in (button.label, button.action_id) and value in (None, button.value):
            return button
    raise LookupError(f"no button of the modal says {label!r}: {buttons(view)}")


def _ids(state: Json) -> dict[str, str]:
    """The ids of people and channels, by their names and by themselves."""
    known = {name: user["id"] for user in state["users"] for name in (user["name"], user.get("real_name"), user["id"])}
    for channel in state["channels"]:
        known |= dict.fromkeys((channel["name"], f"#{channel['name']}", channel["id"]), channel["id"])
    return known
