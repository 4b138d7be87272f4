"""Files as apps share them: an address to send the bytes to, the bytes, and the message that shows the file.

https://docs.slack.dev/reference/methods/files.completeUploadExternal
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.strict.limits import read_json
from tests.support.strict.refusal import Json, Refusal
from tests.support.strict.state import Conversation, State
from tests.support.strict.writing import Writing


@dataclass
class _File:
    id: str
    name: str
    length: int
    title: str
    content: bytes | None = None
    shared: bool = False


@dataclass
class Files:
    """files.getUploadURLExternal, the upload, files.completeUploadExternal. `base` is where this Slack listens."""

    state: State
    writing: Writing
    base: Callable[[], str]
    _files: dict[str, _File] = field(default_factory=dict)
    _tickets: dict[str, _File] = field(default_factory=dict)

    def content(self, file_id: str) -> bytes:
        """What is in a file that was shared; raises KeyError for any other."""
        found = self._files[file_id]
        if not found.shared or found.content is None:
            raise KeyError(file_id)
        return found.content

    def address(self, args: Json, number: int) -> Json:
        """files.getUploadURLExternal."""
        name, length = args.get("filename"), str(args.get("length") or "")
        if not name or not length.isdigit() or int(length) < 1:
            raise Refusal("invalid_arguments", ["[ERROR] missing required field: filename and length, in bytes"])
        file = _File(self.state.new_id("F"), str(name), int(length), str(name))
        ticket = self.state.new_id("upload-")
        self._files[file.id] = self._tickets[ticket] = file
        return {"upload_url": f"{self.base()}/upload/v1/{ticket}", "file_id": file.id}

    async def take(self, request: web.Request) -> web.Response:
        """The bytes, raw or as a form's file, as many as were announced; an address works once."""
        file = self._tickets.pop(request.match_info["ticket"], None)
        if file is None:
            return web.Response(status=404, text="not found")
        content = await request.read()
        if request.content_type == "multipart/form-data":
            parts = [one.file.read() for one in (await request.post()).values() if isinstance(one, web.FileField)]
            content = b"".join(parts)
        if len(content) != file.length:
            return web.Response(status=400, text=f"{len(content)} bytes where {file.length} were announced")
        file.content = content
        return web.Response(text=f"OK - {file.length}")

    def complete(self, args: Json, number: int) -> Json:
        """files.completeUploadExternal: the files appear together in one message, where a channel is named.

        A channel is named by its own id, a DM too: a person's id is not one.
        """
        asked = read_json(args.get("files"), "invalid_arguments")
        if not isinstance(asked, list) or not asked:
            raise Refusal("invalid_arguments", ["[ERROR] missing required field: files"])
        files = [self._sent(one) for one in asked]
        where = [one.strip() for one in str(args.get("channel_id") or args.get("channels") or "").split(",") if one]
        places = [self.writing.writable(self.state.conversation(one)) for one in where]
        for file, one in zip(files, asked, strict=True):
            file.title, file.shared = str(one.get("title") or file.title), True
        for place in places:
            self._share(place, files, str(args.get("initial_comment") or ""), number)
        return {"files": [{"id": file.id, "title": file.title} for file in files]}

    def _sent(self, asked: Any) -> _File:
        found = self._files.get(str(asked.get("id"))) if isinstance(asked, dict) else None
        if found is None or found.content is None or found.shared:
            raise Refusal("file_not_found")
        return found

    def _share(self, place: Conversation, files: list[_File], text: str, number: int) -> None:
        shown = [
            {
                "id": file.id,
                "name": file.name,
                "title": file.title,
                "size": file.length,
                "mode": "hosted",
                "user": self.state.author["user"],
                "url_private": f"{self.base()}/files-pri/{file.id}/{file.name}",
            }
            for file in files
        ]
        content = {"subtype": "file_share", "text": text, "files": shown, "upload": True}
        message = self.state.post(place, self.state.author, content)
        self.writing.saw("file", place, message, number)
