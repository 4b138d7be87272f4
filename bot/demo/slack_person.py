"""Acts as the people of a Slack stand-in, over the control surface that both stand-ins have."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

import aiohttp

from bot.demo.slack_at_views import AtViews
from bot.demo.slack_forms import Button, buttons, elements, options, pressed
from bot.demo.slack_news import News
from bot.demo.slack_screen import DeedRefusedError, done, poll
from bot.demo.workspace import Json

__all__ = ["Button", "DeedRefusedError", "SlackControl", "buttons"]


class SlackControl(AtViews, News):
    """The people of one stand-in, from `async with` to its end. `url` is the stand-in's.

    Texts travel as they are written: Slack's clients send `&`, `<` and `>` as `&amp;`, `&lt;` and `&gt;`.
    Every deed raises DeedRefusedError where the stand-in will not do it, LookupError where there is no such
    button, select, modal or input.
    """

    async def say(self, user: str, channel: str, text: str) -> str:
        """Write a message; returns its ts."""
        return str((await self.do("message", user=user, channel=channel, text=text))["message"]["ts"])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change a message of one's own."""
        await self.do("edit-message", user=user, channel=channel, ts=ts, text=text)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete a message of one's own."""
        await self.do("delete-message", user=user, channel=channel, ts=ts)

    async def upload(self, user: str, channel: str, name: str, text: str = "") -> str:
        """Share a file of that name, with a few bytes in it; returns the ts of its message."""
        form = aiohttp.FormData({"user": user, "channel": channel, "text": text})
        form.add_field("file", b"from a stand-in", filename=name)
        async with self.session.post(f"{self._url}/_control/upload", data=form) as answer:
            return str(done(await answer.json())["message"]["ts"])

    async def click(self, user: str, channel: str, ts: str, action: Json | str) -> None:
        """Use an element of a message: by its action_id (a button), or by the action to send as it is."""
        if isinstance(action, str):
            message = next((m for m in await self.messages(channel) if m["ts"] == ts), {})
            button = next((b for b in buttons(message) if b.action_id == action), None)
            if button is None:
                raise LookupError(f"no such button: {action!r}")
            action = pressed(button)
        await self.do("interact", user=user, channel=channel, messageTs=ts, action=action)

    async def press(self, user: str, channel: str, label: str, value: str | None = None) -> str:
        """Press the button with this label in the newest message that has one; returns the message's ts.

        `value` tells several of one label apart. They are sure where the button asks.
        """
        for message in reversed(await self.messages(channel)):
            for button in buttons(message):
                meant = button.label == label and value in (None, button.value)
                if meant and message.get("ephemeral_to") in (None, user):
                    await self.click(user, channel, message["ts"], pressed(button))
                    return str(message["ts"])
        raise LookupError(f"no button says {label!r}\n{await self.transcript(channel)}")

    async def choose(self, user: str, channel: str, label: str, action_id: str | None = None) -> str:
        """Choose the option with this label in the newest message that has it; returns the message's ts."""
        for message in reversed(await self.messages(channel)):
            for block, element in elements(message.get("blocks") or []):
                for option in options(element):
                    if option["text"]["text"] == label and action_id in (None, element["action_id"]):
                        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
                        action = {"type": element["type"], **ids, "selected_option": option}
                        await self.click(user, channel, message["ts"], action)
                        return str(message["ts"])
        raise LookupError(f"no select offers {label!r}\n{await self.transcript(channel)}")

    async def command(self, user: str, channel: str, command: str, text: str = "") -> None:
        """Use a slash command; the app's answer is then among the channel's messages."""
        await self.do("command", user=user, channel=channel, command=command, text=text)

    async def shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> None:
        """Use the app's message shortcut on a message. The larger stand-in has none: DeedRefusedError."""
        await self.do("shortcut", user=user, channel=channel, messageTs=ts, callbackId=callback_id)

    async def download(self, file: Json) -> bytes:
        """What is in a file of a message, as a person gets it."""
        async with self.session.get(file["permalink"], raise_for_status=True) as answer:
            return await answer.read()

    async def messages(self, channel: str) -> list[Json]:
        """All messages of a channel, oldest first, those for one person alone (`ephemeral_to`) included."""
        async with self.session.get(f"{self._url}/_control/messages/{channel}") as answer:
            return list((await answer.json())["messages"])

    async def transcript(self, channel: str) -> str:
        """The channel as lines of text, for a person to read."""
        return "\n".join(_lines(await self.messages(channel))) or "(nothing was said)"

    async def dm(self, user: str) -> str:
        """The channel in which this person talks to the bot."""
        async with self.session.get(f"{self._url}/_control/state") as answer:
            state = await answer.json()
        bot = state["apps"][0]["botUserId"]
        for channel in state["channels"]:
            if channel["is_im"] and {user, bot} <= set(channel["members"]):
                return str(channel["id"])
        raise LookupError(f"{user} has no direct channel with the bot")

    async def reset(self) -> None:
        """Forget everything said and shown since the start."""
        await self.do("reset")

    async def wait_connected(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - as wait_for
        """Wait until the app listens: the larger stand-in drops what nobody hears. Raises TimeoutError."""
        async with asyncio.timeout(timeout), self.screen() as (screen, state):
            connected = state["apps"][0]["connected"]
            while not connected:
                frame = json.loads(await screen.receive_str())
                connected = frame["t"] == "socket_status" and frame["connected"]

    async def wait_for(
        self,
        channel: str,
        predicate: Callable[[Json], bool],
        timeout: float = 5.0,  # noqa: ASYNC109 - the error must hold the transcript, which a caller's could not
        *,
        after: str = "0",
    ) -> Json:
        """The newest message, sent after the ts `after`, of which the predicate holds; looks every 50 ms.

        Raises TimeoutError after `timeout` seconds, with the transcript so far.
        """

        async def look() -> Json | None:
            newest_first = reversed(await self.messages(channel))
            return next((m for m in newest_first if m["ts"] > after and predicate(m)), None)

        if found := await poll(look, timeout):
            return found
        said = await self.transcript(channel)
        raise TimeoutError(f"nothing of the kind in {channel} within {timeout} s:\n{said}")

    async def wait_for_home(
        self,
        user: str,
        predicate: Callable[[Json], bool] = bool,
        timeout: float = 5.0,  # noqa: ASYNC109 - as wait_for
    ) -> Json:
        """This person's Home once the predicate holds of it. Raises TimeoutError after `timeout` seconds."""

        async def look() -> Json | None:
            home = await self.home(user)
            return home if home and predicate(home) else None

        if found := await poll(look, timeout):
            return found
        raise TimeoutError(f"no such Home for {user} within {timeout} s; it is {await self.home(user)}")


def _lines(messages: list[Json]) -> Iterator[str]:
    for message in messages:
        shown = "".join(f" [{button.label}]" for button in buttons(message))
        alone = f" (only {message['ephemeral_to']} sees this)" if "ephemeral_to" in message else ""
        yield f"{message.get('user')}: {message.get('text', '')}{shown}{alone}"
