"""Slack's OAuth v2 for tests: a consent page, codes that are good once, tokens of each workspace, their renewing.

It holds what Slack's pages say: the address to come back to must be registered and the same both times, a code is good
once and for ten minutes, a refresh token once, a token in its own workspace until it ends or is revoked.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import web

from tests.support.strict.refusal import Json, Refusal

CODE_WITHIN = 600.0
TOKEN_WITHIN = 43_200
"""Seconds that a code and a token are good, the latter with token rotation."""


@dataclass(frozen=True)
class Team:
    """A workspace, or with `enterprise` an organisation that installs for all of its own, whose `id` is then its id."""

    id: str
    name: str
    installer: str = "U0INSTALLER"
    enterprise: bool = False


@dataclass
class Token:
    """What a token is worth. `until` is in the server's seconds, None for ever."""

    team: Team
    scope: str
    until: float | None
    trouble: str | None = None


@dataclass
class Code:
    """A code that the browser carries back."""

    team: Team
    scope: str
    redirect_uri: str
    until: float


@dataclass
class StrictOAuth:
    """A running Slack for one app, from `async with` to its end. `rotates`: its tokens end and are renewed."""

    redirect_uris: tuple[str, ...] = ()
    client_id: str = "111.222"
    client_secret: str = "the secret of the app"
    rotates: bool = False
    home: str = "T0HOME"
    """The workspace in which people of an organisation are."""
    clock: Callable[[], float] = time.monotonic
    consenting: Team | None = None
    """Whose person looks at the consent page, and agrees; None declines."""
    posted: list[tuple[str, Json]] = field(default_factory=list)
    """Every message: the workspace whose token it came with, and its arguments."""
    asked: list[tuple[str, Json]] = field(default_factory=list)
    """Every call: its method and arguments, without tokens."""
    tokens: dict[str, Token] = field(default_factory=dict)
    refreshes: dict[str, Team] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    """Every token and code ever given: none of them may be seen anywhere."""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _port: int = 0
    _running: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    @property
    def api_url(self) -> str:
        """The base of the Web API, for SLACK_API_URL. Known once it runs."""
        return f"http://127.0.0.1:{self._port}/api/"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.get("/oauth/v2/authorize", self._consent), web.route("*", "/api/{method}", self._api)])
        runner = web.AppRunner(app, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        self._port = runner.addresses[0][1]
        self._running.push_async_callback(runner.cleanup)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.aclose()

    def revoke(self, team: Team, trouble: str = "account_inactive") -> None:
        """None of a workspace's tokens works any more."""
        for token in self.tokens.values():
            if token.team == team:
                token.trouble = trouble
        self.refreshes = {text: one for text, one in self.refreshes.items() if one != team}

    async def _consent(self, request: web.Request) -> web.Response:
        """The consent page, at which the person has already decided."""
        asked = request.query
        if asked.get("client_id") != self.client_id:
            return web.Response(text="Invalid client_id parameter")
        if asked.get("redirect_uri") not in self.redirect_uris:
            return web.Response(text="redirect_uri did not match any configured URIs")
        back: dict[str, str] = {"state": asked.get("state", "")}
        if self.consenting is None:
            back["error"] = "access_denied"
        else:
            code = self._secret("code")
            until = self.clock() + CODE_WITHIN
            self.codes[code] = Code(self.consenting, asked.get("scope", ""), asked["redirect_uri"], until)
            back["code"] = code
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(back)}")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args: Json = {name: str(value) for name, value in {**request.query, **await request.post()}.items()}
        if request.content_type == "application/json":
            args |= await request.json()
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.asked.append((method, {k: v for k, v in args.items() if k not in ("code", "refresh_token", "token")}))
        try:
            if method == "oauth.v2.access":
                return web.json_response({"ok": True} | self._access(request, args))
            found = self._admitted(args.pop("token", token))
        except Refusal as refusal:
            return web.json_response(refusal.answer())
        return web.json_response({"ok": True} | self._answer(method, args, found), headers=_scopes(found))

    def _admitted(self, text: str) -> Token:
        found = self.tokens.get(text)
        if found is None:
            raise Refusal("invalid_auth" if text else "not_authed")
        if found.trouble:
            raise Refusal(found.trouble)
        if found.until is not None and self.clock() >= found.until:
            raise Refusal("token_expired")
        return found

    def _answer(self, method: str, args: Json, token: Token) -> Json:
        team = token.team
        if method == "auth.test":
            named = {"team": team.name, "team_id": team.id, "user": "huddle", "user_id": f"U0BOT{team.id}"}
            return named | {"bot_id": f"B0BOT{team.id}", "is_enterprise_install": team.enterprise, "url": "https://x/"}
        if method == "users.info":
            return {"user": {"id": args["user"], "team_id": self.home, "name": "somebody"}}
        if method == "chat.postMessage":
            self.posted.append((team.id, args))
            return {"channel": f"D0{team.id}", "ts": f"{next(self._numbers)}.000100"}
        if method in ("views.publish", "views.open"):
            self.posted.append((team.id, args))
            return {"view": {}}
        raise AssertionError(f"nobody should call {method}")

    def _access(self, request: web.Request, args: Json) -> Json:
        given = base64.b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        if given != f"{self.client_id}:{self.client_secret}":
            raise Refusal("bad_client_secret")
        if args.get("grant_type") == "refresh_token":
            team = self.refreshes.pop(str(args.get("refresh_token")), None)
            if team is None:
                raise Refusal("invalid_refresh_token")
            return self._granted(team, "chat:write")
        code = self.codes.get(str(args.get("code")))
        if code is None or self.clock() >= code.until:
            raise Refusal("invalid_code")
        if args.get("redirect_uri") != code.redirect_uri:
            raise Refusal("bad_redirect_uri")
        del self.codes[str(args["code"])]
        return self._granted(code.team, code.scope) | {"authed_user": {"id": code.team.installer}}

    def _granted(self, team: Team, scope: str) -> Json:
        token = self._secret("xoxe.xoxb-1" if self.rotates else "xoxb")
        self.tokens[token] = Token(team, scope, self.clock() + TOKEN_WITHIN if self.rotates else None)
        place = {"id": team.id, "name": team.name}
        answer: Json = {
            "access_token": token, "token_type": "bot", "scope": scope, "bot_user_id": f"U0BOT{team.id}",
            "app_id": "A1", "is_enterprise_install": team.enterprise,
            "team": None if team.enterprise else place, "enterprise": place if team.enterprise else None,
        }  # fmt: skip
        if self.rotates:
            refresh = self._secret("xoxe-1")
            self.refreshes[refresh] = team
            answer |= {"refresh_token": refresh, "expires_in": TOKEN_WITHIN}
        return answer

    def _secret(self, kind: str) -> str:
        made = f"{kind}-{next(self._numbers)}-{'s3cr3t' * 4}"
        self.secrets.append(made)
        return made


def _scopes(token: Token) -> dict[str, str]:
    return {"x-oauth-scopes": token.scope}
