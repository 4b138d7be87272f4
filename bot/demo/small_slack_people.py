"""What people do in the small Slack, and how the app hears of it. See small_slack.py for what it is."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NoReturn

from bot.demo import slack_forms
from bot.demo.small_slack_socket import SocketMode
from bot.demo.small_slack_state import SlackRefusalError, SlackState
from bot.demo.workspace import Json

Deed = Callable[["Told"], Awaitable[Json]]
_NO_ANSWER = {"": "The app did not answer in time."}


class Told(dict[str, Any]):
    """The fields of one deed as they came; a field that is needed and missing refuses the deed."""

    def __missing__(self, name: str) -> NoReturn:
        raise SlackRefusalError(f"{name} is required")


class SlackPeople:
    """The deeds of people, by the names that the control surface has for them (`deeds`).

    An interaction returns once the app has acknowledged it, or did not in time; an event is only queued.
    Each deed raises SlackRefusalError where Slack's clients would not offer it.
    """

    def __init__(self, state: SlackState, socket: SocketMode, tell_screens: Callable[[Json], None]) -> None:
        self._state = state
        self._w = state.workspace
        self._socket = socket
        self._tell_screens = tell_screens
        self.deeds: Mapping[str, Deed] = {
            "message": self._say,
            "edit-message": self._edit,
            "delete-message": self._delete,
            "upload": self._upload,
            "command": self._command,
            "interact": self._interact,
            "shortcut": self._shortcut,
            "open-home": self._open_home,
            "view-submit": self._submit_view,
            "view-close": self._close_view,
        }

    def event(self, event: Json) -> None:
        """Queue one event for the app, in the envelope of the Events API."""
        w = self._w
        bot = {"enterprise_id": None, "team_id": w.team_id, "user_id": w.bot_user_id, "is_bot": True}
        kind = {"type": "event_callback", "token": "stand-in", "is_ext_shared_channel": False}
        ids = {"event_id": self._state.new_id("Ev"), "event_time": int(self._state.now())}
        place = {"team_id": w.team_id, "api_app_id": w.app_id, "authorizations": [bot]}
        self._socket.send_event({**kind, **ids, **place, "event": event})

    async def _say(self, told: Told) -> Json:
        author = {"user": self._state.user(told["user"])["id"], "team": self._w.team_id}
        content = {"text": told.get("text"), "client_msg_id": str(uuid.uuid4())}
        return {"message": self._state.post(self._state.channel(told["channel"]), author, content)}

    async def _edit(self, told: Told) -> Json:
        channel, message = self._own_message(told)
        return {"message": self._state.change(channel, message, {"text": told["text"]}, told["user"])}

    async def _delete(self, told: Told) -> Json:
        self._state.remove(*self._own_message(told))
        return {}

    async def _upload(self, told: Told) -> Json:
        user, channel = self._state.user(told["user"]), self._state.channel(told["channel"])
        file = {"id": self._state.new_id("F"), "name": told["name"], "user": user["id"]}
        content = {"subtype": "file_share", "text": told.get("text"), "files": [file], "upload": True}
        message = self._state.post(channel, {"user": user["id"], "team": self._w.team_id}, content)
        what = {"file_id": file["id"], "file": {"id": file["id"]}}
        where = {"user_id": user["id"], "channel_id": channel["id"], "event_ts": message["ts"]}
        self.event({"type": "file_shared", **what, **where})
        return {"message": message}

    async def _command(self, told: Told) -> Json:
        user, channel = self._state.user(told["user"]), self._state.channel(told["channel"])
        who = {"user_id": user["id"], "user_name": user["name"], "team_id": self._w.team_id}
        where = {"team_domain": self._w.domain, "channel_id": channel["id"], "channel_name": _name(channel)}
        what = {"command": told["command"], "text": told.get("text", ""), "is_enterprise_install": "false"}
        answer = await self._socket.ask("slash_commands", {**self._keys(), **who, **where, **what})
        alone = {"subtype": "ephemeral", "ephemeral_to": user["id"]}
        if answer is None:
            failed = f'{told["command"]} failed with the error "operation_timeout"'
            self._state.post(channel, {"user": "USLACKBOT"}, {"text": failed, **alone})
        elif answer.get("text") or answer.get("blocks"):
            seen_by = {} if answer.get("response_type") == "in_channel" else alone
            content = {"text": answer.get("text"), "blocks": answer.get("blocks")}
            self._state.post(channel, self._state.bot, {**content, **seen_by})
        return {}

    async def _interact(self, told: Told) -> Json:
        user = self._state.user(told["user"])
        action = {"type": "button", **told["action"], "action_ts": f"{self._state.now():.6f}"}
        payload = {"type": "block_actions", **self._about(user), "actions": [action]}
        if told.get("channel"):
            channel = self._state.channel(told["channel"])
            message = self._state.find(channel, told["messageTs"])
            place = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"]}
            alone = "ephemeral_to" in message
            payload["container"] = {**place, "is_ephemeral": alone}
            payload["channel"] = {"id": channel["id"], "name": _name(channel)}
            payload["state"] = {"values": slack_forms.values(message.get("blocks") or [])}
            if not alone:  # Slack keeps no ephemeral messages
                payload["message"] = message
        else:  # a click in a modal names its view, one in a Home nothing
            view = self._view(told.get("viewId"), user)
            state = {"values": told.get("values") or slack_forms.values(view["blocks"])}
            payload |= {"view": {**view, "state": state}, "container": {"type": "view", "view_id": view["id"]}}
        await self._socket.ask("interactive", payload)
        return {}

    async def _shortcut(self, told: Told) -> Json:
        user, channel = self._state.user(told["user"]), self._state.channel(told["channel"])
        message = self._state.find(channel, told["messageTs"])
        place = {"channel": {"id": channel["id"], "name": _name(channel)}, "message_ts": message["ts"]}
        what = {"callback_id": told["callbackId"], "action_ts": self._state.new_ts(), "message": message}
        await self._socket.ask("interactive", {"type": "message_action", **self._about(user), **place, **what})
        return {}

    async def _open_home(self, told: Told) -> Json:
        user = self._state.user(told["user"])
        shown = {"view": self._state.homes[user["id"]]} if user["id"] in self._state.homes else {}
        place = {"user": user["id"], "channel": self._state.channel(user["id"])["id"], "tab": "home"}
        self.event({"type": "app_home_opened", **place, **shown, "event_ts": self._state.new_ts()})
        return {}

    async def _submit_view(self, told: Told) -> Json:
        view = self._top_modal()
        user = self._state.user(told["user"])
        there = {block["block_id"] for block in view["blocks"]}
        values = {block: given for block, given in told.get("values", {}).items() if block in there}
        submitted = {
            "type": "view_submission",
            "view": {**view, "state": {"values": values}},
            "response_urls": [],
        }
        answer = await self._socket.ask("interactive", {**self._about(user), **submitted})
        if answer is None:
            self._tell_screens({"t": "view_errors", "errors": _NO_ANSWER})
            return {}
        match answer.get("response_action"):
            case "errors":
                self._tell_screens({"t": "view_errors", "errors": answer["errors"]})
            case "update":
                self._state.replace_modal(view, answer["view"])
            case "push":
                self._state.push_modal(answer["view"])
            case "clear":
                self._state.show_modals([])
            case _:
                self._state.show_modals([v for v in self._state.modals if v["id"] != view["id"]])
        return {}

    async def _close_view(self, told: Told) -> Json:
        view = self._top_modal()
        user = self._state.user(told["user"])
        self._state.show_modals(self._state.modals[:-1])
        if view["notify_on_close"]:
            closed = {"type": "view_closed", **self._about(user), "view": view, "is_cleared": False}
            await self._socket.ask("interactive", closed)
        return {}

    def _own_message(self, told: Told) -> tuple[Json, Json]:
        channel = self._state.channel(told["channel"])
        message = self._state.find(channel, told["ts"])
        if message["user"] != told["user"]:
            raise SlackRefusalError("not_authorized")
        return channel, message

    def _view(self, view_id: str | None, user: Json) -> Json:
        if view_id is None and user["id"] in self._state.homes:
            return self._state.homes[user["id"]]
        for view in self._state.modals:
            if view["id"] == view_id:
                return view
        raise SlackRefusalError("no_modal" if view_id else "no_home")

    def _top_modal(self) -> Json:
        if not self._state.modals:
            raise SlackRefusalError("no_modal")
        return self._state.modals[-1]

    def _about(self, user: Json) -> Json:
        who = {"id": user["id"], "username": user["name"], "name": user["name"], "team_id": self._w.team_id}
        team = {"id": self._w.team_id, "domain": self._w.domain}
        return {**self._keys(), "user": who, "team": team, "enterprise": None, "is_enterprise_install": False}

    def _keys(self) -> Json:
        return {"token": "stand-in", "api_app_id": self._w.app_id, "trigger_id": self._state.open_trigger()}


def _name(channel: Json) -> str:
    return "directmessage" if channel["is_im"] else str(channel["name"])
