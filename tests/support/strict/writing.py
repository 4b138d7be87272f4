"""The methods by which the app writes: messages, DMs, modals and Homes. Every one is checked as Slack checks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.strict.limits import check_message, check_view
from tests.support.strict.reading import truth
from tests.support.strict.records import How, Seen
from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import Conversation, State
from tests.support.strict.triggers import Triggers


class Writing:
    """chat.*, conversations.open and views.* over a State. `lag` tells how late a message is in the history."""

    def __init__(self, state: State, triggers: Triggers, lag: Callable[[], float]) -> None:
        self._state, self._triggers, self._lag = state, triggers, lag

    def destination(self, wanted: Any) -> Conversation:
        """Where a post to this id goes: a person's id opens the DM with them."""
        found = self._state.users.get(str(wanted))
        if found is None:
            return self._state.conversation(wanted)
        if found["is_bot"]:
            raise Refusal("cannot_dm_bot")
        if found["deleted"]:
            raise Refusal("channel_not_found")
        return self._state.direct(found["id"])

    def post(self, args: Json, number: int) -> Json:
        """chat.postMessage."""
        conversation = self._writable(self.destination(args.get("channel")))
        content = check_message(args)
        message = self._state.post(conversation, self._state.author, content, self._lag())
        self._saw("post", conversation, message, number)
        return {"channel": conversation.id, "ts": message["ts"], "message": message}

    def update(self, args: Json, number: int) -> Json:
        """chat.update: only of the app's own messages, by the id of the conversation, not of the person."""
        conversation = self._writable(self._state.conversation(args.get("channel")))
        message = self._state.find(conversation, args.get("ts"))
        if message.get("bot_id") != self._state.author["bot_id"]:
            raise Refusal("cant_update_message")
        content = check_message(args, update=True)
        given = {name: value for name, value in content.items() if value is not None and name in args}
        self._state.change(conversation, message, given, self._state.author["user"])
        self._saw("update", conversation, message, number)
        return {"channel": conversation.id, "ts": message["ts"], "text": message["text"], "message": message}

    def open(self, args: Json, number: int) -> Json:
        """conversations.open, for one person."""
        wanted = str(args.get("users") or "")
        if not wanted or "," in wanted:
            raise Refusal("invalid_arguments", ["[ERROR] one person at a time here [json-pointer:/users]"])
        user = self._state.user(wanted)
        if user["deleted"]:
            raise Refusal("user_disabled")
        if user["is_bot"]:
            raise Refusal("cannot_dm_bot")
        found = self._state.direct(wanted)
        more = {"user": wanted, "is_im": True} if truth(args.get("return_im")) else {}
        return {"channel": {"id": found.id} | more, "already_open": True, "no_op": True}

    def open_view(self, args: Json, number: int) -> Json:
        """views.open: by a trigger of somebody's, which is spent even where the view is refused."""
        user = self._triggers.spend(args.get("trigger_id"))
        view = self._state.view(check_view(args.get("view"), "modal"), self._state.new_id("V"))
        self._state.modals[user] = view
        self._saw_view("modal", user, view, number)
        return {"view": view}

    def publish_view(self, args: Json, number: int) -> Json:
        """views.publish."""
        user = self._state.user(args.get("user_id"))
        if user["deleted"] or user["is_bot"]:
            raise Refusal("user_not_found")
        content = check_view(args.get("view"), "home")
        shown = self._state.homes.get(user["id"])
        if args.get("hash") and shown and args["hash"] != shown["hash"]:
            raise Refusal("hash_conflict")
        view = self._state.view(content, shown["id"] if shown else self._state.new_id("V"))
        self._state.homes[user["id"]] = view
        self._saw_view("home", user["id"], view, number)
        return {"view": view}

    def answer_command(self, conversation: Conversation, user: str, answer: Json) -> None:
        """What the app acknowledged a slash command with, checked and shown to whoever typed it."""
        content = check_message(answer)
        message = {"ts": self._state.new_ts()} | self._state.author | content
        how: How = "post" if answer.get("response_type") == "in_channel" else "ephemeral"
        self._saw(how, conversation, message, None, reader=user)

    def _writable(self, conversation: Conversation) -> Conversation:
        if self._state.workspace.bot_user_id not in conversation.members:
            raise Refusal("not_in_channel")
        person = self._state.users.get(conversation.person or "")
        if conversation.is_archived or (person and person["deleted"]):
            raise Refusal("is_archived")
        return conversation

    def _saw(
        self, how: How, conversation: Conversation, message: Json, number: int | None, reader: str | None = None
    ) -> None:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        self._state.records.seen.append(
            Seen(
                how,
                self._state.clock(),
                conversation.id,
                reader or conversation.person,
                message["user"],
                message["text"],
                message["ts"],
                [dict(block) for block in message.get("blocks") or []],
                payload.get("delivery_id"),
                number,
            )
        )

    def _saw_view(self, how: How, user: str, view: Json, number: int) -> None:
        bot, at = self._state.author["user"], self._state.clock()
        blocks = [dict(block) for block in view["blocks"]]
        self._state.records.seen.append(Seen(how, at, "", user, bot, "", view["id"], blocks, None, number))
