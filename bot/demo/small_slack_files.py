"""Files that the app shares in the small Slack. See small_slack.py for what it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.demo.small_slack_state import SlackRefusalError, SlackState
from bot.demo.workspace import Json


@dataclass
class SlackFiles:
    """An address to send the bytes to, the bytes, and the message that shows them. `base` is where we listen."""

    state: SlackState
    base: Callable[[], str]
    _names: dict[str, str] = field(default_factory=dict)
    _contents: dict[str, bytes] = field(default_factory=dict)

    def address(self, args: Json) -> Json:
        """files.getUploadURLExternal."""
        if not args.get("filename") or not str(args.get("length", "")).isdigit():
            raise SlackRefusalError("invalid_arguments")
        file_id = self.state.new_id("F")
        self._names[file_id] = str(args["filename"])
        return {"upload_url": f"{self.base()}/upload/v1/{file_id}", "file_id": file_id}

    async def take(self, request: web.Request) -> web.Response:
        """The bytes, raw or as a form's file."""
        file_id = request.match_info["file"]
        if file_id not in self._names:
            return web.Response(status=404)
        if request.content_type == "multipart/form-data":
            parts = [part.file.read() for part in (await request.post()).values() if isinstance(part, web.FileField)]
            self._contents[file_id] = b"".join(parts)
        else:
            self._contents[file_id] = await request.read()
        return web.Response(text=f"OK - {len(self._contents[file_id])}")

    async def serve(self, request: web.Request) -> web.Response:
        """What is in a file."""
        content = self._contents.get(request.match_info["file"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    def complete(self, args: Json) -> Json:
        """files.completeUploadExternal."""
        given = args.get("files")
        files = json.loads(given) if isinstance(given, str) else given or []
        if not files or any(file["id"] not in self._contents for file in files):
            raise SlackRefusalError("file_not_found" if files else "invalid_arguments")
        shown = [self._shown(file) for file in files]
        for wanted in str(args.get("channel_id") or args.get("channels") or "").split(","):
            if wanted:
                channel = self.state.writable(wanted)
                content = {"subtype": "file_share", "text": args.get("initial_comment"), "files": shown, "upload": True}
                self.state.post(channel, self.state.bot, content)
        return {"files": [{"id": file["id"], "title": file["title"]} for file in shown]}

    def _shown(self, file: Json) -> Json:
        name, size = self._names[file["id"]], len(self._contents[file["id"]])
        about = {"id": file["id"], "name": name, "title": file.get("title") or name, "size": size}
        url = f"{self.base()}/files-pri/{file['id']}"
        return {
            **about,
            "user": self.state.bot["user"],
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
        }
