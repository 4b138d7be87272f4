"""The methods by which the app reads: people, conversations and their history."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import Conversation, State


class Reading:
    """users.*, conversations.info and conversations.history over a State."""

    def __init__(self, state: State) -> None:
        self._state = state

    def user_info(self, args: Json) -> Json:
        """users.info: also of people who left, who are `deleted`."""
        return {"user": self._state.profile(self._state.user(args.get("user")))}

    def list_users(self, args: Json) -> Json:
        """users.list."""
        return page("members", [self._state.profile(user) for user in self._state.users.values()], args, 1000)

    def info(self, args: Json) -> Json:
        """conversations.info."""
        found = self._state.conversation(args.get("channel"))
        return {"channel": described(found, self._state)}

    def history(self, args: Json) -> Json:
        """conversations.history: newest first; without `inclusive` neither end; metadata only when asked for.

        A message that is younger than the lag is not there yet.
        """
        conversation = self._state.conversation(args.get("channel"))
        if self._state.workspace.bot_user_id not in conversation.members:
            raise Refusal("not_in_channel")
        oldest, latest = _moment(args, "oldest", "0"), _moment(args, "latest", "99999999999")
        ends = {oldest, latest} if truth(args.get("inclusive")) else set()
        hidden = set() if truth(args.get("include_all_metadata")) else {"metadata"}
        now = self._state.clock()
        found = [
            {name: value for name, value in message.items() if name not in hidden}
            for message in reversed(conversation.messages)
            if conversation.born[message["ts"]] <= now
            and (oldest < Decimal(message["ts"]) < latest or Decimal(message["ts"]) in ends)
        ]
        paged = page("messages", found, args, 999)
        return paged | {"has_more": bool(paged["response_metadata"]["next_cursor"]), "pin_count": 0}


def described(found: Conversation, state: State) -> Json:
    """A conversation as Slack tells of it."""
    about: Json = {"id": found.id, "is_archived": found.is_archived, "is_im": found.is_im}
    if found.is_im:
        return about | {"user": found.person}
    return about | {
        "name": found.name,
        "is_channel": not found.is_private,
        "is_private": found.is_private,
        "is_member": state.workspace.bot_user_id in found.members,
    }


def truth(value: Any) -> bool:
    """A flag, as JSON or a form has it."""
    return value in (True, 1, "1", "true", "True")


def page(name: str, found: list[Json], args: Json, most: int) -> Json:
    """One page, and the cursor of the next; a page has 100 where no limit is given."""
    limit = str(args.get("limit") or 100)
    if not limit.isdigit() or not 1 <= int(limit) <= most:
        raise Refusal("invalid_limit")
    cursor = str(args.get("cursor") or "cursor:0").removeprefix("cursor:")
    if not cursor.isdigit() or int(cursor) > len(found):
        raise Refusal("invalid_cursor")
    start, end = int(cursor), int(cursor) + int(limit)
    return {
        name: found[start:end],
        "response_metadata": {"next_cursor": f"cursor:{end}" if end < len(found) else ""},
    }


def _moment(args: Json, name: str, default: str) -> Decimal:
    try:
        return Decimal(str(args.get(name) or default))
    except InvalidOperation:
        raise Refusal(f"invalid_ts_{name}") from None
