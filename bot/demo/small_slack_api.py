"""The Web API of the small Slack: the methods our app calls. See small_slack.py for what it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from bot.demo.small_slack_files import SlackFiles
from bot.demo.small_slack_state import SlackRefusalError, SlackState, without_channel
from bot.demo.workspace import Json

_STRUCTURED: Final = ("blocks", "attachments", "view", "metadata")  # may come as JSON inside a form field


class WebApi:
    """Slack's Web API over a SlackState. `link` gives the address of a new Socket Mode connection."""

    def __init__(self, state: SlackState, files: SlackFiles, link: Callable[[], str]) -> None:
        self._state = state
        self._w = state.workspace
        self._link = link
        self._methods: dict[str, Callable[[Json], Json]] = {
            "apps.connections.open": self._open_connection,
            "auth.test": self._auth_test,
            "bots.info": self._bots_info,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post_message,
            "chat.update": self._update_message,
            "conversations.history": self._history,
            "conversations.info": self._conversation_info,
            "conversations.join": self._join,
            "conversations.open": self._open_conversation,
            "files.completeUploadExternal": files.complete,
            "files.getUploadURLExternal": files.address,
            "team.info": self._team_info,
            "users.info": self._user_info,
            "users.list": self._list_users,
            "views.open": self._open_view,
            "views.publish": self._publish_view,
            "views.push": self._push_view,
            "views.update": self._update_view,
        }

    def call(self, method: str, token: str, args: Json) -> Json:
        """Slack's answer to one call, `ok` or not."""
        try:
            if method not in self._methods:
                raise SlackRefusalError("unknown_method")
            self._admit(method, token)
            return {"ok": True, **self._methods[method](_parsed(args))}
        except SlackRefusalError as refusal:
            return {"ok": False, "error": str(refusal)}

    def _admit(self, method: str, token: str) -> None:
        by_app = method == "apps.connections.open"
        if token == (self._w.app_token if by_app else self._w.bot_token):
            if not by_app and not self._state.installed:
                raise SlackRefusalError("account_inactive")
            return
        if token in (self._w.app_token, self._w.bot_token):
            raise SlackRefusalError("not_allowed_token_type")
        raise SlackRefusalError("invalid_auth" if token else "not_authed")

    def _open_connection(self, _: Json) -> Json:
        return {"url": self._link()}

    def _auth_test(self, _: Json) -> Json:
        w = self._w
        name = self._state.workspace.name
        team = {"url": f"https://{w.domain}.example.com/", "team": name, "team_id": w.team_id}
        bot = {"user": w.bot_name, "user_id": w.bot_user_id, "bot_id": w.bot_id}
        return {**team, **bot, "is_enterprise_install": False}

    def _team_info(self, _: Json) -> Json:
        return {"team": {"id": self._w.team_id, "name": self._state.workspace.name, "domain": self._w.domain}}

    def _bots_info(self, _: Json) -> Json:
        w = self._w
        return {"bot": {"id": w.bot_id, "name": w.bot_name, "app_id": w.app_id, "user_id": w.bot_user_id}}

    def _post_message(self, args: Json) -> Json:
        channel = self._state.writable(str(args.get("channel")))
        message = self._state.post(channel, self._state.bot, _content(args))
        return {"channel": channel["id"], "ts": message["ts"], "message": without_channel(message)}

    def _post_ephemeral(self, args: Json) -> Json:
        channel = self._state.channel(str(args.get("channel")))
        if args.get("user") not in channel["members"]:
            raise SlackRefusalError("user_not_in_channel")
        alone = {"subtype": "ephemeral", "ephemeral_to": args["user"]}
        return {"message_ts": self._state.post(channel, self._state.bot, {**_content(args), **alone})["ts"]}

    def _update_message(self, args: Json) -> Json:
        channel = self._state.channel(str(args.get("channel")))
        message = self._state.find(channel, str(args.get("ts")))
        if message.get("bot_id") != self._state.bot["bot_id"]:
            raise SlackRefusalError("cant_update_message")
        given = {name: value for name, value in _content(args).items() if value is not None}
        changed = without_channel(self._state.change(channel, message, given, self._state.bot["user"]))
        return {"channel": channel["id"], "ts": changed["ts"], "text": changed["text"], "message": changed}

    def _history(self, args: Json) -> Json:
        channel = self._state.channel(str(args.get("channel")))
        oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9")
        ends = (oldest, latest) if _truth(args.get("inclusive")) else ()
        hidden = {"channel"} if _truth(args.get("include_all_metadata")) else {"channel", "metadata"}
        found = [
            {name: value for name, value in message.items() if name not in hidden}
            for message in reversed(self._state.messages[channel["id"]])
            if (oldest < message["ts"] < latest or message["ts"] in ends) and "ephemeral_to" not in message
        ]
        return _page("messages", found, args)

    def _conversation_info(self, args: Json) -> Json:
        channel = self._state.seen_by_app(str(args.get("channel")))
        facts = {"is_member": self._state.bot["user"] in channel["members"]}
        partner = {"user": channel["members"][0]} if channel["is_im"] else {}
        return {"channel": {**channel, **facts, **partner}}

    def _join(self, args: Json) -> Json:
        channel, bot = self._state.channel(str(args.get("channel"))), self._state.bot["user"]
        if channel["is_private"]:
            raise SlackRefusalError("method_not_supported_for_channel_type")
        if channel["is_archived"]:
            raise SlackRefusalError("is_archived")
        already = {"warning": "already_in_channel"} if bot in channel["members"] else {}
        self._state.join(channel, bot)
        return {**self._conversation_info(args), **already}

    def _open_conversation(self, args: Json) -> Json:
        user = self._state.user(str(args.get("users")))
        return {"channel": {"id": self._state.channel(user["id"])["id"]}}

    def _user_info(self, args: Json) -> Json:
        return {"user": self._state.profile(self._state.user(str(args.get("user"))))}

    def _list_users(self, args: Json) -> Json:
        return _page("members", [self._state.profile(user) for user in self._state.users.values()], args)

    def _open_view(self, args: Json) -> Json:
        self._state.spend_trigger(str(args.get("trigger_id")))
        return {"view": self._state.push_modal(_view(args), first=True)}

    def _push_view(self, args: Json) -> Json:
        self._state.spend_trigger(str(args.get("trigger_id")))
        return {"view": self._state.push_modal(_view(args))}

    def _update_view(self, args: Json) -> Json:
        wanted = args.get("view_id") or args.get("external_id")
        for shown in self._state.modals:
            if wanted and wanted in (shown["id"], shown["external_id"]):
                _check_hash(args, shown)
                return {"view": self._state.replace_modal(shown, _view(args))}
        for user, home in self._state.homes.items():
            if wanted and wanted in (home["id"], home["external_id"]):
                _check_hash(args, home)
                return {"view": self._state.publish_home(user, _view(args))}
        raise SlackRefusalError("not_found")

    def _publish_view(self, args: Json) -> Json:
        user = self._state.user(str(args.get("user_id")))
        if shown := self._state.homes.get(user["id"]):
            _check_hash(args, shown)
        return {"view": self._state.publish_home(user["id"], _view(args))}


def _parsed(args: Json) -> Json:
    try:
        return {k: json.loads(v) if k in _STRUCTURED and isinstance(v, str) else v for k, v in args.items()}
    except ValueError:
        raise SlackRefusalError("invalid_arguments") from None


def _content(args: Json) -> Json:
    if not any(args.get(name) for name in ("text", "blocks", "attachments")):
        raise SlackRefusalError("no_text")
    return {name: args.get(name) for name in ("text", "blocks", "attachments", "metadata", "thread_ts")}


def _view(args: Json) -> Json:
    view = args.get("view")
    if not isinstance(view, dict):
        raise SlackRefusalError("invalid_arguments")
    return view


def _check_hash(args: Json, shown: Json) -> None:
    if args.get("hash") not in (None, shown["hash"]):
        raise SlackRefusalError("hash_conflict")


def _truth(value: object) -> bool:
    return value in (True, 1, "1", "true")


def _page(name: str, found: list[Json], args: Json) -> Json:
    start, size = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    more = len(found) > start + size
    cursor = str(start + size) if more else ""
    return {name: found[start : start + size], "has_more": more, "response_metadata": {"next_cursor": cursor}}
