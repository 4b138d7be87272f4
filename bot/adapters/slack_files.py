"""Files for a person, by Slack's three steps: an address to upload to, the upload, and sharing it in a conversation.

Nobody sees anything before the last step, so only there an outcome can be unknown; then the file's name, which bears
the mark of its delivery, tells whether it arrived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from slack_sdk.errors import SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.messages import File
from bot.ports.slack import Posted, TryLater

MARK = 12
"""Characters of the delivery's id that a name bears."""
WAIT = 5.0


def marked(name: str, delivery_id: str) -> str:
    """The name that a file gets in Slack: "commitments-0a1b2c3d4e5f.csv"."""
    path = PurePath(name)
    return f"{path.stem}-{delivery_id[:MARK]}{path.suffix}"


def bears(message: Mapping[str, Any], delivery_id: str) -> bool:
    """Whether a message in a conversation shares files of that delivery."""
    ends = f"-{delivery_id[:MARK]}"
    return any(PurePath(str(one.get("name") or "")).stem.endswith(ends) for one in message.get("files") or ())


async def upload(client: AsyncWebClient, channel: str, files: Sequence[File], comment: str, delivery_id: str) -> Posted:
    """Share the files in one message. Raises what the client raises, and `TryLater` when an upload did not work."""
    uploads: list[dict[str, Any]] = [
        {"filename": (name := marked(one.name, delivery_id)), "title": name, "content": one.content.encode()}
        for one in files
    ]
    try:
        answer: Any = await client.files_upload_v2(channel=channel, file_uploads=uploads, initial_comment=comment)
    except SlackRequestError as error:
        raise TryLater("Slack did not take the file", WAIT) from error
    return Posted(channel, str(answer["files"][0]["id"]))
