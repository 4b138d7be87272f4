"""The door of the Web API: reads a request, throttles it, lets chaos at it, writes it down, answers as Slack does."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from aiohttp import web

from tests.support.strict.chaos import Chaos, Failure, Trouble
from tests.support.strict.rates import Throttle
from tests.support.strict.records import Asked, Records
from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.web_api import WebApi

THROTTLED: Final = "ratelimited"


class Gate:
    """Serves `/api/{method}`."""

    def __init__(self, api: WebApi, throttle: Throttle, chaos: Chaos, records: Records) -> None:
        self._api, self._throttle, self._chaos, self._records = api, throttle, chaos, records
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Answers that are held back are held back no longer."""
        self._closing.set()

    async def serve(self, request: web.Request) -> web.Response:
        """One call."""
        method = request.match_info["method"]
        asked = Asked(len(self._records.asked) + 1, self._api.state.clock(), method, {})
        self._records.asked.append(asked)
        try:
            token, asked.args = await _read(request)
            self._api.admit(method, token, asked.args)
        except Refusal as refusal:
            return self._refused(asked, refusal)
        trouble = self._chaos.of(method)
        if trouble is Trouble.THROTTLED:
            asked.outcome = str(trouble)
            return self._busy(self._chaos.throttle_seconds)
        wait = self._throttle.retry_after(method, self._api.channel(method, asked.args))
        if wait is not None:
            self._refused(asked, Refusal(THROTTLED))
            return self._busy(wait)
        return await self._carried_out(request, asked, trouble)

    async def _carried_out(self, request: web.Request, asked: Asked, trouble: Trouble | None) -> web.Response:
        answer: Json = {"ok": False, "error": "internal_error"}
        if trouble is None or trouble.done:
            try:
                answer = self._api.call(asked.method, asked.args, asked.number)
                asked.done, asked.outcome = True, str(trouble or "ok")
            except Refusal as refusal:
                said = self._refused(asked, refusal)
                if trouble is None:
                    return said
                answer = refusal.answer()
        else:
            asked.outcome = str(trouble)
        match trouble:
            case Trouble.DROP_BEFORE | Trouble.DROP_AFTER:
                return _dropped(request)
            case Trouble.ERROR_BEFORE | Trouble.ERROR_AFTER:
                return _failed(self._chaos.failure())
            case Trouble.LATE:
                await self._held_back()
        return self._said(answer)

    async def _held_back(self) -> None:
        try:
            async with asyncio.timeout(self._chaos.late_seconds):
                await self._closing.wait()
        except TimeoutError:
            pass

    def _refused(self, asked: Asked, refusal: Refusal) -> web.Response:
        asked.outcome, asked.details = refusal.error, refusal.details
        self._records.rejected.append(asked)
        return self._said(refusal.answer())

    def _said(self, answer: Json) -> web.Response:
        scopes = ",".join(self._api.state.workspace.scopes)
        return web.json_response(answer, headers={"x-oauth-scopes": scopes})

    def _busy(self, seconds: int) -> web.Response:
        said = {"ok": False, "error": THROTTLED}
        return web.json_response(said, status=429, headers={"Retry-After": str(seconds)})


async def _read(request: web.Request) -> tuple[str, Json]:
    """The token, and the arguments from wherever they may come."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            told: Any = await request.json()
        except json.JSONDecodeError:
            raise Refusal("invalid_json") from None
        if not isinstance(told, dict):
            raise Refusal("json_not_object")
        args |= told
    elif request.method == "POST":
        args |= dict(await request.post())
    in_args = str(args.pop("token", ""))
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or in_args, args


def _dropped(request: web.Request) -> web.Response:
    """The connection is gone; nothing of the answer gets through."""
    if request.transport:
        request.transport.abort()
    return web.Response()


def _failed(failure: Failure) -> web.Response:
    match failure:
        case Failure.SERVER_ERROR:
            return web.Response(status=500, text="Internal Server Error")
        case Failure.PAGE:
            page = "<!DOCTYPE html><html><body>Slack is down for maintenance</body></html>"
            return web.Response(status=503, text=page, content_type="text/html")
    return web.json_response({"ok": False, "error": "internal_error"})
