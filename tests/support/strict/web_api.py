"""The Web API: who may call what, and what each method answers. Limits on rates and chaos are the server's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.strict.files import Files
from tests.support.strict.reading import Reading
from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import State
from tests.support.strict.views import Views
from tests.support.strict.writing import Writing

_SCOPES = {
    "chat": "chat:write",
    "users": "users:read",
    "files": "files:write",
    "conversations.open": "im:write",
    "conversations.join": "channels:join",
}
"""What a method, or a whole family, needs; of the other conversations.* it depends on the kind of the conversation."""


@dataclass
class Keys:
    """What the tokens are worth. `bot` and `app` are Slack's error names while a token does not work, else None."""

    bot: str | None = None
    app: str | None = None


@dataclass
class WebApi:
    """Slack's Web API over what is known. `link` gives the address of a new Socket Mode connection."""

    state: State
    reading: Reading
    writing: Writing
    views: Views
    files: Files
    link: Callable[[], str]
    keys: Keys = field(default_factory=Keys)

    def __post_init__(self) -> None:
        self._methods: Mapping[str, Callable[[Json, int], Json]] = {
            "apps.connections.open": lambda _, __: {"url": self.link()},
            "auth.test": lambda _, __: self._auth_test(),
            "chat.postMessage": self.writing.post,
            "chat.update": self.writing.update,
            "conversations.history": lambda args, _: self.reading.history(args),
            "conversations.info": lambda args, _: self.reading.info(args),
            "conversations.join": self.writing.join,
            "conversations.open": self.writing.open,
            "files.completeUploadExternal": self.files.complete,
            "files.getUploadURLExternal": self.files.address,
            "users.info": lambda args, _: self.reading.user_info(args),
            "users.list": lambda args, _: self.reading.list_users(args),
            "views.open": self.views.open,
            "views.publish": self.views.publish,
            "views.push": self.views.push_on,
            "views.update": self.views.update,
        }

    def admit(self, method: str, token: str, args: Json) -> None:
        """Refuse an unknown method, a token that is wrong or of the other kind, a scope that is missing."""
        if method not in self._methods:
            raise Refusal("unknown_method", req_method=method)
        w = self.state.workspace
        by_app = method == "apps.connections.open"
        if not token:
            raise Refusal("not_authed")
        if token not in (w.app_token, w.bot_token):
            raise Refusal("invalid_auth")
        trouble = self.keys.app if token == w.app_token else self.keys.bot
        if trouble:
            raise Refusal(trouble)
        if token != (w.app_token if by_app else w.bot_token):
            raise Refusal("not_allowed_token_type")
        needed = self._scope(method, args.get("channel"))
        if needed and needed not in w.scopes:
            raise Refusal("missing_scope", needed=needed, provided=",".join(w.scopes))

    def call(self, method: str, args: Json, number: int) -> Json:
        """Carry the call out; raises Refusal."""
        return {"ok": True, **self._methods[method](args, number)}

    def channel(self, method: str, args: Json) -> str:
        """The channel whose rate a call counts against."""
        if method != "chat.postMessage":
            return ""
        try:
            return self.writing.destination(args.get("channel")).id
        except Refusal:
            return str(args.get("channel"))

    def _scope(self, method: str, channel: Any) -> str | None:
        family = method.partition(".")[0]
        if family in _SCOPES or method in _SCOPES:
            return _SCOPES.get(method) or _SCOPES[family]
        if family != "conversations" or str(channel) not in self.state.conversations:
            return None
        found = self.state.conversation(channel)
        what = "im" if found.is_im else "groups" if found.is_private else "channels"
        return f"{what}:{'history' if method.endswith('history') else 'read'}"

    def _auth_test(self) -> Json:
        w = self.state.workspace
        team = {"url": f"https://{w.domain}.example.com/", "team": w.name, "team_id": w.team_id}
        return team | {"user": w.bot_name, "user_id": w.bot_user_id, "bot_id": w.bot_id, "is_enterprise_install": False}
