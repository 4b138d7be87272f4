"""What people do in a form that is open before them: fill it in, use its buttons, send it, close it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.demo.slack_forms import FIELDS
from tests.support.strict.choices import Choices, Given, option
from tests.support.strict.forms import ClientRefusal, complete, wanted
from tests.support.strict.interactions import Interactions, sure_of
from tests.support.strict.limits import is_input
from tests.support.strict.refusal import Json
from tests.support.strict.state import State
from tests.support.strict.views import Views


class InForms:
    """The deeds of a person at the modal on top of theirs. Elements are named by block id, action id or label."""

    def __init__(self, state: State, views: Views, interactions: Interactions) -> None:
        self._state, self._views, self._interactions = state, views, interactions

    def form(self, user: str) -> Json | None:
        """The modal that this person looks at; what is entered by now is in its `state.values`."""
        stack = self._views.stack(user)
        return stack[-1] if stack else None

    async def fill(self, user: str, name: str, given: Given, *, sure: bool = True) -> bool | None:
        """Enter something: text, words or value of an option, name or id of a person or channel, HH:mm, YYYY-MM-DD.

        Where the app wants to hear of it at once (`dispatch_action`, or an element that is in no input block) it does,
        and the answer is whether it acknowledged that in time; else None.
        """
        return await self._use(user, self._form(user), name, given, sure)

    async def press_view(self, user: str, name: str, *, value: str | None = None, sure: bool = True) -> bool:
        """Tap a button inside the modal, by action id, block id or its words; `value` tells several apart.

        With `sure=False` they back out of its confirmation, and nothing is sent.
        """
        view = self._form(user)
        block, element = wanted(view["blocks"], name, buttons=True, value=value)
        return sure_of(element, sure) and await self._interactions.in_view(user, view, block, element, None)

    async def submit_view(self, user: str, values: Mapping[str, Given] | None = None) -> dict[str, str] | None:
        """Fill in what is given, and send the form as it then is.

        Returns the errors at its fields ({} when it was taken), None without an acknowledgement in time. Raises
        ClientRefusal for what Slack's client would not send, and Refusal where Slack would not show the app's answer.
        """
        for name, given in (values or {}).items():
            await self.fill(user, name, given)
        view = self._form(user)
        if "submit" not in view:
            raise ClientRefusal("there is nothing to send it with")
        complete(view)
        answer = await self._interactions.submitted(user, view)
        if answer is None:
            return None
        if answer.get("response_action") == "errors":
            known = {block["block_id"] for block in view["blocks"] if is_input(block)}
            if not answer["errors"] or not set(answer["errors"]) <= known:
                raise ClientRefusal(f"errors at fields that are not there: {answer['errors']}")
            return dict(answer["errors"])
        self._views.answer(user, view, answer)
        return {}

    async def close_view(self, user: str) -> None:
        """Close the open form without sending it: what was below it shows again, unless the form clears all."""
        view = self._form(user)
        stack = self._views.stack(user)
        cleared = bool(view.get("clear_on_close"))
        stack[:] = [] if cleared else stack[:-1]
        await self._interactions.closed(user, view, cleared=cleared)

    async def _use(self, user: str, view: Json, name: str, given: Given, sure: bool = True) -> bool | None:
        block, element = wanted(view["blocks"], name)
        if element["type"] == "overflow":
            chosen = {"type": "overflow", "selected_option": option(element, str(given))}
            return sure_of(element, sure) and await self._interactions.in_view(user, view, block, element, chosen)
        if element["type"] not in FIELDS:
            raise ClientRefusal(f"nothing can be entered in a {element['type']}")
        value = Choices(self._state, user).entered(element, given)
        if not sure_of(element, sure):
            return False
        view["state"]["values"][block["block_id"]][element["action_id"]] = value
        if is_input(block) and not block.get("dispatch_action", False):
            return None
        return await self._interactions.in_view(user, view, block, element, value)

    def _form(self, user: str) -> Json:
        view = self.form(user)
        if view is None:
            raise ClientRefusal(f"{user} has no form open")
        return view
