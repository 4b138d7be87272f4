"""Events over HTTP: requests signed as Slack signs them, to one of the app's addresses in turn."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import aiohttp

from tests.support.strict.delivery import NO_RETRY, as_json
from tests.support.strict.refusal import Json

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's `v0` signature of a request."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Callbacks:
    """A Carrier to the `urls`. A 2xx within `ack_seconds` acknowledges; its body answers an interaction."""

    def __init__(self, urls: Sequence[str], secret: str, ack_seconds: float, wall: Callable[[], float]) -> None:
        self._urls, self._secret, self._ack_seconds, self._wall = urls, secret, ack_seconds, wall
        self._turn = 0

    async def attempt(self, kind: str, payload: Json, retry: int, reason: str) -> tuple[Json | None, str]:
        """Post it once."""
        self._turn += 1
        url = self._urls[self._turn % len(self._urls)]
        body, content_type = _encoded(kind, payload)
        timestamp = str(int(self._wall()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        try:
            async with (
                asyncio.timeout(self._ack_seconds),
                aiohttp.ClientSession() as session,
                session.post(url, data=body, headers=headers) as answer,
            ):
                return await self._read(answer)
        except TimeoutError:
            return None, "http_timeout"
        except aiohttp.ClientError:
            return None, "connection_failed"

    async def _read(self, answer: aiohttp.ClientResponse) -> tuple[Json | None, str]:
        if not 200 <= answer.status < 300:
            return None, NO_RETRY if answer.headers.get("X-Slack-No-Retry") == "1" else "http_error"
        if answer.content_type == "application/json":
            told = await answer.json()
            return (told if isinstance(told, dict) else {}), ""
        words = (await answer.text()).strip()
        return ({"text": words} if words else {}), ""


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """Events travel as JSON, interactions as JSON in a form, slash commands as a form."""
    if kind == "events_api":
        return as_json(payload).encode(), "application/json"
    form = {"payload": as_json(payload)} if kind == "interactive" else payload
    return urlencode(form).encode(), FORM
