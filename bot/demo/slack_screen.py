"""The connection to a Slack stand-in on which SlackControl acts: its control surface and what a screen shows."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Final, Self

import aiohttp

from bot.demo.workspace import Json

ANSWER_SECONDS: Final = 15.0  # a deed waits for the app's acknowledgement, up to five seconds
_POLL_SECONDS: Final = 0.05


class DeedRefusedError(Exception):
    """The stand-in would not do it, or cannot; the text is its reason."""


class Screen:
    """One stand-in, from `async with` to its end. `url` is the stand-in's."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    async def snapshot(self) -> Json:
        """Everything that a screen shows: `messages`, `modalStack`, `homeViews`, `channels`, `apps`, …"""
        async with self.screen() as (_, state):
            return state

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connection pool; raises RuntimeError outside `async with`."""
        if self._session is None:
            raise RuntimeError("SlackControl is used inside `async with`")
        return self._session

    async def do(self, deed: str, **told: object) -> Json:
        """One deed on the control surface; raises DeedRefusedError."""
        async with self.session.post(f"{self._url}/_control/{deed}", json=told) as answer:
            if answer.status == 404:  # the larger stand-in does not know the deed
                raise DeedRefusedError(f"this stand-in has no {deed}")
            return done(await answer.json())

    @contextlib.asynccontextmanager
    async def screen(self) -> AsyncIterator[tuple[aiohttp.ClientWebSocketResponse, Json]]:
        """A screen and what it shows at first, of any size: the larger stand-in sends its log too."""
        async with self.session.ws_connect(f"{self._url}/ui", max_msg_size=0) as screen:
            yield screen, json.loads(await screen.receive_str())["state"]


def done(answer: Json) -> Json:
    """The answer to a deed; raises DeedRefusedError where it was not done."""
    if not answer["ok"]:
        raise DeedRefusedError(answer["error"])
    return answer


async def poll(look: Callable[[], Awaitable[Json | None]], seconds: float) -> Json | None:
    """What `look` finds, every 50 ms, or None after that many seconds."""
    end = asyncio.get_running_loop().time() + seconds
    while (found := await look()) is None and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110 - it asks
        await asyncio.sleep(_POLL_SECONDS)  # another process, which has no event for us
    return found
