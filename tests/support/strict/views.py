"""views.*: the modals that people look at, a stack of at most three each, and their Homes.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import copy
from typing import Any

from bot.demo.slack_forms import values
from tests.support.strict.limits import check_view
from tests.support.strict.records import How, Seen
from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import State
from tests.support.strict.triggers import Triggers

MOST_VIEWS = 3
"""push_limit_reached: "Currently the limit is 3". https://docs.slack.dev/reference/methods/views.push"""


class Views:
    """Opens, pushes, updates and publishes views. What a person entered is kept in the view's `state.values`."""

    def __init__(self, state: State, triggers: Triggers) -> None:
        self._state, self._triggers = state, triggers

    def stack(self, user: str) -> list[Json]:
        """The modals of this person, the topmost last."""
        return self._state.stacks.setdefault(user, [])

    def open(self, args: Json, number: int) -> Json:
        """views.open: by a trigger of somebody's, which is spent even where the view is refused."""
        user = self._triggers.spend(args.get("trigger_id"))
        content = self._checked(args.get("view"), "modal")
        self.stack(user).clear()
        return {"view": self.push(user, content, number)}

    def push_on(self, args: Json, number: int) -> Json:
        """views.push: over the modals that are open."""
        user = self._triggers.spend(args.get("trigger_id"))
        content = self._checked(args.get("view"), "modal")
        if not self.stack(user):
            raise Refusal("not_found")
        return {"view": self.push(user, content, number)}

    def update(self, args: Json, number: int) -> Json:
        """views.update: an open modal or a Home, by `view_id` or `external_id`, with `hash` only as it stands."""
        wanted = args.get("view_id") or args.get("external_id")
        if not wanted:
            raise Refusal("invalid_arguments", ["[ERROR] missing required field: view_id"])
        for user, view in self._shown():
            if wanted in (view["id"], view["external_id"]):
                content = self._checked(args.get("view"), view["type"], view)
                _check_hash(args, view)
                return {"view": self.replace(user, view, content, number)}
        raise Refusal("not_found")

    def publish(self, args: Json, number: int) -> Json:
        """views.publish."""
        user = self._state.user(args.get("user_id"))
        if user["deleted"] or user["is_bot"]:
            raise Refusal("user_not_found")
        shown = self._state.homes.get(user["id"])
        content = self._checked(args.get("view"), "home", shown)
        if shown is None:
            shown = self._state.view(content, self._state.new_id("V"))
            shown["state"]["values"] = values(shown["blocks"])
            self._state.homes[user["id"]] = shown
            self._saw("home", user["id"], shown, number)
            return {"view": _told(shown)}
        _check_hash(args, shown)
        return {"view": self.replace(user["id"], shown, content, number)}

    def answer(self, user: str, view: Json, answer: Json) -> None:
        """What the app acknowledged a submission with: nothing closes the view, the others do what they say."""
        match answer.get("response_action"):
            case "update":
                self.replace(user, view, self._checked(answer["view"], "modal", view), None)
            case "push":
                self.push(user, self._checked(answer["view"], "modal"), None)
            case "clear":
                self.stack(user).clear()
            case _:
                self.stack(user).remove(view)

    def push(self, user: str, content: Json, number: int | None) -> Json:
        """Show one more modal; refuses the fourth with push_limit_reached."""
        stack = self.stack(user)
        if len(stack) >= MOST_VIEWS:
            raise Refusal("push_limit_reached")
        view = self._state.view(content, self._state.new_id("V"))
        if stack:
            view |= {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
        view["state"]["values"] = values(view["blocks"])
        stack.append(view)
        self._saw("modal", user, view, number)
        return _told(view)

    def replace(self, user: str, view: Json, content: Json, number: int | None) -> Json:
        """New content for a view that is shown: id and place stay, the hash is new, entries stay where they can."""
        kept = {name: view[name] for name in ("root_view_id", "previous_view_id")}
        before = view["state"]["values"]
        fresh = self._state.view(content, view["id"]) | kept
        fresh["state"]["values"] = values(fresh["blocks"], before)
        view.clear()
        view.update(fresh)
        self._saw("home" if view["type"] == "home" else "modal", user, view, number)
        return _told(view)

    def _shown(self) -> list[tuple[str, Json]]:
        modals = [(user, view) for user, stack in self._state.stacks.items() for view in stack]
        return modals + list(self._state.homes.items())

    def _checked(self, view: Any, kind: str, shown: Json | None = None) -> Json:
        content = check_view(view, kind)
        external = content.get("external_id")
        if external and any(one is not shown and one["external_id"] == external for _, one in self._shown()):
            raise Refusal("duplicate_external_id")
        return content

    def _saw(self, how: How, user: str, view: Json, number: int | None) -> None:
        bot, at = self._state.author["user"], self._state.clock()
        blocks = copy.deepcopy(view["blocks"])
        self._state.records.seen.append(Seen(how, at, "", user, bot, "", view["id"], blocks, None, number))


def _check_hash(args: Json, view: Json) -> None:
    if args.get("hash") and args["hash"] != view["hash"]:
        raise Refusal("hash_conflict")


def _told(view: Json) -> Json:
    """A view as an answer hands it back: without what was entered."""
    return copy.deepcopy(view) | {"state": {"values": {}}}
