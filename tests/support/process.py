"""The product as a process of its own, started, stopped and killed as in production."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).resolve().parents[2]
OURS: Final = ("bot", "run")
"""The module and its arguments by which the product itself runs."""


def environment(folder: Path, api_url: str, bot_token: str, app_token: str) -> dict[str, str]:
    """All that the process sees of the world: no proxies, no keys of ours, and a home of its own."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "PYTHONPATH": str(REPOSITORY),
        "SLACK_BOT_TOKEN": bot_token,
        "SLACK_APP_TOKEN": app_token,
        "SLACK_API_URL": api_url,
        "HUDDLE_DATABASE": str(folder / "huddle.db"),
        "HUDDLE_LOG_FORMAT": "console",
        "HUDDLE_HEALTH_PORT": "0",  # several run on one machine
        "HUDDLE_SOCKETS": "1",  # the stand-in that npm installs sends every event by every connection
    }


class Product:
    """One folder, and at most one process that runs in it, from `async with` to its end."""

    def __init__(
        self, folder: Path, environment: dict[str, str], module: Iterable[str] = OURS, within: Iterable[str] = ()
    ) -> None:
        """The process works in `folder`, where no .env file of ours is; nothing runs yet.

        `within` is a command that becomes what is written after it, in narrower circumstances.
        """
        self.folder = folder
        self.environment = environment
        self._module = tuple(module)
        self._within = tuple(within)
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Product:
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the process that we started, if it still runs; no other."""
        await self.kill()

    async def start(self) -> None:
        """Start it; returns at once. What it says goes to the file `output`."""
        assert self._process is None, "it runs already"
        self._process = await self._launched(self._module)

    async def run(self, *module: str) -> tuple[int, str]:
        """Run another of its commands to the end: the exit code, and what it said."""
        process = await self._launched(module)
        try:
            code = await asyncio.wait_for(process.wait(), 30)
        except TimeoutError:
            process.kill()
            raise
        return code, self.output

    async def terminate(self) -> int:
        """SIGTERM, as a supervisor does; returns the exit code. Raises TimeoutError after ten seconds."""
        return await self._ended(signal.SIGTERM)

    async def kill(self) -> int:
        """SIGKILL: nothing is tidied up."""
        return await self._ended(signal.SIGKILL)

    def freeze(self) -> None:
        """SIGSTOP: it holds its connections and does nothing more. Only `kill` gets it out of that here."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    async def exited(self) -> int:
        """Wait for it to end by itself; returns the exit code."""
        assert self._process is not None
        code = await asyncio.wait_for(self._process.wait(), 10)
        self._process = None
        return code

    @property
    def output(self) -> str:
        """Everything that was said in this folder."""
        return (self.folder / "output").read_text("utf-8", errors="replace")

    async def _ended(self, how: signal.Signals) -> int:
        process = self._process
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        code = await asyncio.wait_for(process.wait(), 10)
        self._process = None
        return code

    async def _launched(self, module: Iterable[str]) -> asyncio.subprocess.Process:
        with (self.folder / "output").open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *(*self._within, sys.executable, "-m", *module),
                cwd=self.folder,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    """Wait until it holds, looking every 50 ms. Raises TimeoutError after that many seconds."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - it asks another process, which has no event for us
            await asyncio.sleep(0.05)
