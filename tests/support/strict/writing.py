"""The methods by which the app writes: messages and DMs. Every one is checked as Slack checks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.strict.limits import check_message
from tests.support.strict.reading import described, truth
from tests.support.strict.records import How, Seen
from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import Conversation, State


class Writing:
    """chat.* and conversations.open over a State. `lag` tells how late a message is in the history."""

    def __init__(self, state: State, lag: Callable[[], float]) -> None:
        self._state, self._lag = state, lag

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
        conversation = self.writable(self.destination(args.get("channel")))
        content = check_message(args)
        message = self._state.post(conversation, self._state.author, content, self._lag())
        self.saw("post", conversation, message, number)
        return {"channel": conversation.id, "ts": message["ts"], "message": message}

    def update(self, args: Json, number: int) -> Json:
        """chat.update: only of the app's own messages, by the id of the conversation, not of the person."""
        conversation = self.writable(self._state.conversation(args.get("channel")))
        message = self._state.find(conversation, args.get("ts"))
        if message.get("bot_id") != self._state.author["bot_id"]:
            raise Refusal("cant_update_message")
        content = check_message(args, update=True)
        given = {name: value for name, value in content.items() if value is not None and name in args}
        self._state.change(conversation, message, given, self._state.author["user"])
        self.saw("update", conversation, message, number)
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

    def join(self, args: Json, number: int) -> Json:
        """conversations.join: public channels only; being there already is a warning.

        https://docs.slack.dev/reference/methods/conversations.join
        """
        wanted, bot = str(args.get("channel")), self._state.workspace.bot_user_id
        found = self._state.conversations.get(wanted)
        if found is None:
            raise Refusal("channel_not_found")
        if found.is_im or found.is_private:
            raise Refusal("method_not_supported_for_channel_type")
        if found.is_archived:
            raise Refusal("is_archived")
        if bot in found.members:
            warning = "already_in_channel"
            more: Json = {"warning": warning, "response_metadata": {"warnings": [warning]}}
            return {"channel": described(found, self._state)} | more
        self._state.enter(found, bot)
        return {"channel": described(found, self._state)}

    def answer_command(self, conversation: Conversation, user: str, answer: Json) -> None:
        """What the app acknowledged a slash command with, checked and shown to whoever typed it."""
        content = check_message(answer)
        message: Json = {"ts": self._state.new_ts()} | self._state.author | content
        message["blocks"] = self._state.with_ids(message["blocks"] or [])
        how: How = "post" if answer.get("response_type") == "in_channel" else "ephemeral"
        if how == "ephemeral":
            self._state.answers[user] = message | {"channel": conversation.id}
        self.saw(how, conversation, message, None, reader=user)

    def writable(self, conversation: Conversation) -> Conversation:
        """The conversation, where the app may write there."""
        if self._state.workspace.bot_user_id not in conversation.members:
            raise Refusal("not_in_channel")
        person = self._state.users.get(conversation.person or "")
        if conversation.is_archived or (person and person["deleted"]):
            raise Refusal("is_archived")
        return conversation

    def saw(
        self, how: How, conversation: Conversation, message: Json, number: int | None, reader: str | None = None
    ) -> None:
        """Write down that it came before somebody's eyes."""
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
