"""The methods by which the app reads: people, conversations and their history."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import Conversation, State


class Reading:
    """users.*, conversations.info and conversations.history over a State."""

    def __init__(self, state: State) -> None:
        self._state = state

    def user_info(self, args: Json) -> Json:
        """users.info: also of people who left, who are `deleted`."""
        return {"user": profile(self._state.user(args.get("user")), self._state)}

    def list_users(self, args: Json) -> Json:
        """users.list."""
        return page("members", [profile(user, self._state) for user in self._state.users.values()], args, 1000)

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


def profile(user: Json, state: State) -> Json:
    """A person as Slack tells of them: users.info, users.list, user_change.

    Who left has few fields: no zone, no name at the top level, no standing. A status is read with its end as it was
    set: Slack clears it at the time, and one that has run out is not told.
    https://docs.slack.dev/reference/objects/user-object
    """
    status = user["status"]
    if 0 < status.get("status_expiration", 0) <= state.wall():
        status = {}
    told = {"status_text": "", "status_emoji": "", "status_expiration": 0} | status
    names = {"real_name": user["real_name"], "display_name": user["name"], "team": user["team_id"]}
    gone = {"id", "team_id", "name", "deleted", "is_bot", "updated"}
    facts = {name: value for name, value in user.items() if name in gone or not user["deleted"]}
    facts.pop("status", None)
    if not user["deleted"]:
        offset = datetime.fromtimestamp(state.wall(), UTC).astimezone(ZoneInfo(user["tz"])).utcoffset()
        facts["tz_offset"] = int(offset.total_seconds()) if offset is not None else 0
    if not facts.get("is_stranger", False):
        facts.pop("is_stranger", None)
    return facts | {"is_app_user": False, "profile": names | told}


def described(found: Conversation, state: State) -> Json:
    """A conversation as Slack tells of it."""
    about: Json = {"id": found.id, "is_archived": found.is_archived, "is_im": found.is_im, "is_mpim": False}
    if found.is_im:
        return about | {"user": found.person}
    return about | {
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": True,
        "is_group": False,
        "is_private": found.is_private,
        "is_ext_shared": False,
        "is_org_shared": False,
        "is_shared": False,
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
