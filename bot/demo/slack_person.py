"""Acts as the people of a Slack stand-in, over the control surface that both stand-ins have."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Final, NamedTuple, Self

import aiohttp

from bot.demo.workspace import Json

_ANSWER_SECONDS: Final = 15.0  # a deed waits for the app's acknowledgement, up to five seconds
_POLL_SECONDS: Final = 0.05

# How Slack reports each kind of input: the field of its value, and the field that fills it beforehand.
_INPUTS: Final = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
}


class Button(NamedTuple):
    """A button as a person sees it, and what pressing it says."""

    label: str
    action_id: str
    block_id: str
    value: str | None


class DeedRefusedError(Exception):
    """The stand-in would not do it; the text is its reason."""


def buttons(message: Json) -> list[Button]:
    """The buttons of a message or a view, in order."""
    return [
        Button(e["text"]["text"], e["action_id"], block_id, e.get("value"))
        for block_id, e in _elements(message)
        if e["type"] == "button"
    ]


class SlackControl:
    """The people of one stand-in, from `async with` to its end. `url` is the stand-in's.

    Texts travel as they are written: Slack's clients send `&`, `<` and `>` as `&amp;`, `&lt;` and `&gt;`.
    Every deed raises DeedRefusedError where the stand-in will not do it, LookupError where there is no such
    button, select, modal or input.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWER_SECONDS))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    async def say(self, user: str, channel: str, text: str) -> str:
        """Write a message; returns its ts."""
        return str((await self._do("message", user=user, channel=channel, text=text))["message"]["ts"])

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change a message of one's own."""
        await self._do("edit-message", user=user, channel=channel, ts=ts, text=text)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete a message of one's own."""
        await self._do("delete-message", user=user, channel=channel, ts=ts)

    async def upload(self, user: str, channel: str, name: str, text: str = "") -> str:
        """Share a file of that name, with a few bytes in it; returns the ts of its message."""
        form = aiohttp.FormData({"user": user, "channel": channel, "text": text})
        form.add_field("file", b"from a stand-in", filename=name)
        async with self._open.post(f"{self._url}/_control/upload", data=form) as answer:
            return str(_done(await answer.json())["message"]["ts"])

    async def click(self, user: str, channel: str, ts: str, action: Json | str) -> None:
        """Use an element of a message: by its action_id (a button), or by the action to send as it is."""
        if isinstance(action, str):
            message = next((m for m in await self.messages(channel) if m["ts"] == ts), {})
            action = _press(next((b for b in buttons(message) if b.action_id == action), None), action)
        await self._do("interact", user=user, channel=channel, messageTs=ts, action=action)

    async def press(self, user: str, channel: str, label: str) -> str:
        """Press the button with this label in the newest message that has one; returns the message's ts."""
        for message in reversed(await self.messages(channel)):
            for button in buttons(message):
                if button.label == label and message.get("ephemeral_to") in (None, user):
                    await self.click(user, channel, message["ts"], _press(button, label))
                    return str(message["ts"])
        raise LookupError(f"no button says {label!r}\n{await self.transcript(channel)}")

    async def choose(self, user: str, channel: str, label: str, action_id: str | None = None) -> str:
        """Choose the option with this label in the newest message that has it; returns the message's ts."""
        for message in reversed(await self.messages(channel)):
            for block_id, element in _elements(message):
                for option in element.get("options", ()):
                    if option["text"]["text"] == label and action_id in (None, element["action_id"]):
                        ids = {"action_id": element["action_id"], "block_id": block_id}
                        action = {"type": element["type"], **ids, "selected_option": option}
                        await self.click(user, channel, message["ts"], action)
                        return str(message["ts"])
        raise LookupError(f"no select offers {label!r}\n{await self.transcript(channel)}")

    async def command(self, user: str, channel: str, command: str, text: str = "") -> None:
        """Use a slash command; the app's answer is then among the channel's messages."""
        await self._do("command", user=user, channel=channel, command=command, text=text)

    async def open_home(self, user: str) -> None:
        """Open the app's Home tab."""
        await self._do("open-home", user=user)

    async def home(self, user: str) -> Json | None:
        """The Home that the app last published for this person."""
        homes: Json = (await self.snapshot())["homeViews"].get(user, {})
        return next(iter(homes.values()), None)

    async def press_home(self, user: str, label: str) -> None:
        """Press the button with this label in one's Home; returns once it is on its way to the app."""
        async with self._screen() as (screen, state):
            for app_id, view in state["homeViews"].get(user, {}).items():
                for button in buttons(view):
                    if button.label == label:
                        place = {"channel": "", "messageTs": "", "appId": app_id}
                        await screen.send_json(
                            {"t": "block_action", "user": user, **place, "action": _press(button, label)}
                        )
                        return
        raise LookupError(f"no button in the Home of {user} says {label!r}")

    async def modal(self) -> Json | None:
        """The modal that is on top."""
        stack: list[Json] = (await self.snapshot())["modalStack"]
        return stack[-1] if stack else None

    async def submit(self, user: str, values: dict[str, dict[str, Json]]) -> dict[str, str] | None:
        """Submit the modal on top; returns the app's complaints by block_id, or None if it had none.

        `values` go by block_id and action_id. What is left out keeps the value it came with, as in Slack.
        """
        async with self._screen() as (screen, state):
            if not state["modalStack"]:
                raise LookupError("no modal is open")
            filled = _filled(state["modalStack"][-1], values)
            await screen.send_json({"t": "view_submit", "user": user, "values": filled})
            async with asyncio.timeout(_ANSWER_SECONDS):
                while True:
                    frame = json.loads(await screen.receive_str())
                    if frame["t"] == "view_errors":
                        return dict(frame["errors"])
                    if frame["t"] == "view":
                        return None

    async def close_modal(self, user: str) -> None:
        """Close the modal on top without submitting it."""
        async with self._screen() as (screen, _):
            await screen.send_json({"t": "view_close", "user": user})

    async def messages(self, channel: str) -> list[Json]:
        """All messages of a channel, oldest first, those for one person alone (`ephemeral_to`) included."""
        async with self._open.get(f"{self._url}/_control/messages/{channel}") as answer:
            return list((await answer.json())["messages"])

    async def transcript(self, channel: str) -> str:
        """The channel as lines of text, for a person to read."""
        return "\n".join(_lines(await self.messages(channel))) or "(nothing was said)"

    async def dm(self, user: str) -> str:
        """The channel in which this person talks to the bot."""
        async with self._open.get(f"{self._url}/_control/state") as answer:
            state = await answer.json()
        bot = state["apps"][0]["botUserId"]
        for channel in state["channels"]:
            if channel["is_im"] and {user, bot} <= set(channel["members"]):
                return str(channel["id"])
        raise LookupError(f"{user} has no direct channel with the bot")

    async def snapshot(self) -> Json:
        """Everything that a screen shows: `messages`, `modalStack`, `homeViews`, `channels`, `apps`, …"""
        async with self._screen() as (_, state):
            return state

    async def reset(self) -> None:
        """Forget everything said and shown since the start."""
        await self._do("reset")

    async def wait_connected(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - as wait_for
        """Wait until the app listens: the larger stand-in drops what nobody hears. Raises TimeoutError."""
        async with asyncio.timeout(timeout), self._screen() as (screen, state):
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

        if found := await _poll(look, timeout):
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

        if found := await _poll(look, timeout):
            return found
        raise TimeoutError(f"no such Home for {user} within {timeout} s; it is {await self.home(user)}")

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("SlackControl is used inside `async with`")
        return self._session

    async def _do(self, deed: str, **told: object) -> Json:
        async with self._open.post(f"{self._url}/_control/{deed}", json=told) as answer:
            return _done(await answer.json())

    @contextlib.asynccontextmanager
    async def _screen(self) -> AsyncIterator[tuple[aiohttp.ClientWebSocketResponse, Json]]:
        """A screen and what it shows at first, of any size: the larger stand-in sends its log too."""
        async with self._open.ws_connect(f"{self._url}/ui", max_msg_size=0) as screen:
            yield screen, json.loads(await screen.receive_str())["state"]


async def _poll(look: Callable[[], Awaitable[Json | None]], seconds: float) -> Json | None:
    end = asyncio.get_running_loop().time() + seconds
    while (found := await look()) is None and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110 - it asks
        await asyncio.sleep(_POLL_SECONDS)  # another process, which has no event for us
    return found


def _done(answer: Json) -> Json:
    if not answer["ok"]:
        raise DeedRefusedError(answer["error"])
    return answer


def _elements(message: Json) -> Iterator[tuple[str, Json]]:
    """The block_id and the element, of each that can be used. Blocks without an id count, as on the page."""
    for place, block in enumerate(message.get("blocks") or ()):
        block_id = block.get("block_id") or f"b{place}"
        elements = block["elements"] if block["type"] == "actions" else [block.get("accessory")]
        yield from ((block_id, element) for element in elements if element and "action_id" in element)


def _press(button: Button | None, wanted: str) -> Json:
    if button is None:
        raise LookupError(f"no such button: {wanted!r}")
    action = {"type": "button", "action_id": button.action_id, "block_id": button.block_id}
    text = {"type": "plain_text", "text": button.label}
    return {**action, "text": text, **({"value": button.value} if button.value is not None else {})}


def _filled(view: Json, values: dict[str, dict[str, Json]]) -> dict[str, dict[str, Json]]:
    filled: dict[str, dict[str, Json]] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            field, initial = _INPUTS[element["type"]]
            empty: list[Json] | None = [] if field.endswith("s") else None
            untouched = {"type": element["type"], field: element.get(initial, empty)}
            filled[block["block_id"]] = {element["action_id"]: untouched}
    for block_id, given in values.items():
        for action_id, value in given.items():
            if action_id not in filled.get(block_id, {}):
                raise LookupError(f"the modal has no input {block_id}/{action_id}; it has {filled}")
            filled[block_id][action_id] = value
    return filled


def _lines(messages: list[Json]) -> Iterator[str]:
    for message in messages:
        shown = "".join(f" [{button.label}]" for button in buttons(message))
        alone = f" (only {message['ephemeral_to']} sees this)" if "ephemeral_to" in message else ""
        yield f"{message.get('user')}: {message.get('text', '')}{shown}{alone}"
