"""Runs the Slack stand-in that npm installed (`local-slack-linux-x64`) as a child, on this machine only.

It has a web page at `url`, on which a person acts as any user. It is permissive: it has no rate limits, block
limits, scopes, retries, metadata, paging, hashes or trigger expiry, so a green run against it says nothing about those.

What the app cannot rely on here (0.1.8; tests/bot/demo/test_at_views.py holds it to this):
- What is used in a modal or a Home comes without `view` and as if from a message: no `view.state.values`, no hash, no
  id to update. Of pickers only button, options and dates are handed on, no users, conversations or times.
- Sent forms have every value that SlackControl fills in; the page itself draws text fields, plain selects without
  groups, checkboxes, radio buttons and days, and shows `[type]` for the rest.
- views.update gives the view a new id. A form that was sent and answered with nothing closes the whole stack.
- users.* know no status, admin, guest or deactivated account; every conversation has the bot as a member.
- There is no conversations.join, no message shortcut, and no event about people, channels or the app itself.
Files, ephemeral answers with blocks, response_action and views.open, push and publish are there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import platform
import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import aiohttp

from bot.demo.workspace import Json, Workspace
from bot.errors import HuddleError

_FOLDER: Final = Path(__file__).parent / "stand_in"
_INSTALLED: Final = _FOLDER / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
_ADDRESS: Final = re.compile(r"Web UI:\s+http://127\.0\.0\.1:(\d+)")
_START_SECONDS: Final = 15.0  # it takes 0.3 s; a busy machine may read its 95 MB from a cold disk
_STOP_SECONDS: Final = 3.0


class StandInMissing(HuddleError):
    """The stand-in is not installed, or there is none for this machine; the text says what to do."""


class StandInError(HuddleError):
    """The stand-in is installed and did not start; the text holds its own last words."""


def find_binary() -> Path:
    """The stand-in to run: the file that HUDDLE_STAND_IN names, else the one that npm installed beside us.

    Raises StandInMissing with one sentence that can be shown as it is.
    """
    if named := os.environ.get("HUDDLE_STAND_IN"):
        if os.access(named, os.X_OK) and Path(named).is_file():
            return Path(named).resolve()
        raise StandInMissing(f"HUDDLE_STAND_IN names {named}, which is not a program that can be run.")
    system, machine = platform.system(), platform.machine()
    if (system, machine) != ("Linux", "x86_64"):
        raise StandInMissing(f"The Slack stand-in runs on Linux x86_64 only, and this is {system} {machine}.")
    if not os.access(_INSTALLED, os.X_OK):
        raise StandInMissing("The Slack stand-in is not installed: run `npm ci --prefix bot/demo/stand_in`.")
    return _INSTALLED


def config(workspace: Workspace) -> Json:
    """The stand-in's configuration file for this workspace, with our app connected by Socket Mode."""
    users = [{"id": u.id, "name": u.name, "real_name": u.real_name, "tz": u.tz} for u in workspace.users]
    return {
        "workspace": {"name": workspace.name, "domain": workspace.domain, "teamId": workspace.team_id},
        "app": {
            "appId": workspace.app_id,
            "botUserId": workspace.bot_user_id,
            "botName": workspace.bot_name,
            "botToken": workspace.bot_token,
            "appToken": workspace.app_token,
            "mode": "socket",
        },
        "users": users,
        "channels": workspace.conversations(),
    }


class LocalSlack:
    """A running stand-in, from `async with` to its end.

    Raises StandInMissing where there is none to run and StandInError where it does not come up (say, because
    the port is taken). Port 0 lets the stand-in choose a free one.
    """

    def __init__(self, workspace: Workspace, port: int = 0) -> None:
        self._workspace = workspace
        self._port = port
        self._folder: Path | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where its web page and its control surface are. Known once it runs."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base of the Web API, for SLACK_API_URL. Known once it runs."""
        return f"{self.url}/api/"

    async def __aenter__(self) -> Self:
        """Start it and wait until it answers."""
        binary = find_binary()
        self._folder = _prepare(self._workspace)
        try:
            self._process = await _launch(binary, self._folder, self._port)
            async with asyncio.timeout(_START_SECONDS):
                self._port = await self._announced_port(self._folder)
                await self._answering()
        except TimeoutError:
            await self._stop()
            raise StandInError(f"The Slack stand-in gave no answer for {_START_SECONDS:.0f} seconds.") from None
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the process that we started, and no other; its files go with it."""
        await self._stop()

    async def _announced_port(self, folder: Path) -> int:
        """The port it says it listens on: it may choose, so that no other can take the port meanwhile."""
        while True:
            said = _read(folder / "output")
            if found := _ADDRESS.search(said):
                return int(found[1])
            if self._process is None or self._process.returncode is not None:
                last_words = " ".join(said.split())[-300:] or "it said nothing"
                raise StandInError(f"The Slack stand-in stopped as soon as it was started: {last_words}")
            await asyncio.sleep(0.02)

    async def _answering(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(f"{self.url}/_control/state") as answer:
                        if answer.status == 200:
                            break
                await asyncio.sleep(0.02)
        if await _listens("127.0.0.2", self._port):
            raise StandInError("The Slack stand-in was stopped: it listened to the whole network.")

    async def _stop(self) -> None:
        process, self._process = self._process, None
        folder, self._folder = self._folder, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _STOP_SECONDS)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _prepare(workspace: Workspace) -> Path:
    """A folder of its own to run in: configuration, loopback script, uploads, and what it prints."""
    folder = Path(tempfile.mkdtemp(prefix="huddle-stand-in-"))
    (folder / "config.json").write_text(json.dumps(config(workspace)), encoding="utf-8")
    shutil.copyfile(_FOLDER / "loopback.js", folder / "loopback.js")
    return folder


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


async def _launch(binary: Path, folder: Path, port: int) -> asyncio.subprocess.Process:
    """Start it apart from our terminal (ctrl-C is for us, who then stop it) and without our environment.

    The environment holds keys that are none of its business; in its own folder it finds no .env file of ours.
    Its standard input stays open as long as we live: loopback.js ends it when that closes.
    """
    options = (
        "--config",
        "config.json",
        "--port",
        str(port),
        "--base-host",
        "127.0.0.1",
        "--files-dir",
        "files",
    )
    with (folder / "output").open("wb") as output:
        return await asyncio.create_subprocess_exec(
            str(binary),
            *options,
            cwd=folder,
            env={"PATH": os.defpath, "HOME": str(folder), "BUN_OPTIONS": "--preload=./loopback.js"},
            stdin=asyncio.subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


async def _listens(host: str, port: int) -> bool:
    """Whether something takes a connection there; what listens on every interface does so on 127.0.0.2."""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 1.0)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
