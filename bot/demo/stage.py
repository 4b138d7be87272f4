"""A day as a play: people act, and what must follow is waited for, printed, or missed in one sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from html import unescape

from bot.demo.cast import Cast
from bot.demo.fast_clock import advance_to
from bot.demo.running import COMMAND, Running
from bot.demo.slack_person import DeedRefusedError, buttons
from bot.demo.transcript import Transcript, first_name, shown_lines
from bot.demo.workspace import Json, User
from bot.errors import HuddleError

PATIENCE = 5.0
"""Seconds that something expected may take."""
LOOK_EVERY = 0.02
"""Seconds between looks."""


class Missing(HuddleError):
    """Something that had to come did not; the text says what."""


@dataclass
class Stage:
    """Directs the people of the sample team. Every deed raises `Missing` where it is not possible."""

    at_work: Running
    transcript: Transcript
    patience: float = PATIENCE
    _fresh: list[Json] = field(default_factory=list)

    async def until(self, day: date, clock: str, where: User, cast: Cast | None = None) -> None:
        """Let time pass until it is `clock` for `where`, printing what comes on the way at its own time.

        With a `cast`, its people answer on the way and nothing is printed.
        """
        target = datetime.combine(day, time.fromisoformat(clock), tzinfo=where.zone)

        async def watch() -> datetime | None:
            self._fresh += await self.transcript.news()
            return None

        await advance_to(self.at_work.huddle, self.at_work.clock, target, cast.react if cast else watch)
        self._fresh += await self.transcript.news(quietly=cast is not None)

    async def says(self, user: User, words: str) -> None:
        """Write to the app."""
        self._fresh.clear()
        self.transcript.spoke(user, words)
        await self.at_work.people.say(user.id, user.dm, words)

    async def taps(self, user: User, action: str) -> None:
        """Tap the button that does `action`, in the newest message that has one."""
        self._fresh.clear()
        for message in reversed(await self.at_work.people.messages(user.dm)):
            label = next((b.label for b in buttons(message) if b.action_id == action), None)
            if label is not None:
                self.transcript.did(user, f"taps [{label}]")
                await self._deed(user, self.at_work.people.click(user.id, user.dm, message["ts"], action))
                return
        raise Missing(f"{first_name(user)} has no button for {action}.")

    async def _deed(self, user: User, deed: Awaitable[None]) -> None:
        try:
            await deed
        except (DeedRefusedError, TimeoutError) as error:
            raise Missing(f"{first_name(user)} could not do what they wanted: {error!r}.") from None

    async def asks(self, user: User, text: str) -> None:
        """Type the slash command and read the answer, which is for their eyes only."""
        self._fresh.clear()
        self.transcript.spoke(user, f"{COMMAND} {text}")
        await self._deed(user, self.at_work.people.command(user.id, user.dm, COMMAND, text))
        await self.hears(user, f"an answer to {COMMAND} {text}")

    async def hears(self, user: User, what: str, *, button: str = "", words: str = "") -> None:
        """Wait for a message, new or changed since the last deed, with this button and these words.

        Raises `Missing` naming `what` when none comes in time.
        """
        await self.appears(user.dm, f"{first_name(user)} did not get {what}", button=button, words=words)

    async def appears(self, channel: str, otherwise: str, *, button: str = "", words: str = "") -> None:
        """The same for any channel; `otherwise` is what is said when it does not come."""

        def there() -> bool:
            return any(
                message["channel"] == channel
                and (not button or button in {b.action_id for b in buttons(message)})
                and words in unescape(message["text"])
                for message in self._fresh
            )

        async def look() -> bool:
            await self.at_work.huddle.settle()  # so that what else follows is printed here too, and not some time later
            self._fresh += await self.transcript.news()
            return there()

        await self._patiently(look, otherwise)

    async def fills_in(self, user: User, form: str, **typed: str) -> dict[str, str]:
        """Type into the fields of the form that opens, and send it; returns what the app finds wrong with them."""
        await self._patiently(self._form_is_open, f"{first_name(user)} did not get the form {form}")
        opened = await self.at_work.people.modal() or {}
        labels = {block["block_id"]: block["label"]["text"] for block in opened["blocks"]}
        fields = ", ".join(f"“{labels[name]}” {words}" for name, words in typed.items())
        self.transcript.did(user, f"in the form “{opened['title']['text']}”: {fields}")
        values = {name: {name: {"type": "plain_text_input", "value": words}} for name, words in typed.items()}
        self._fresh.clear()
        wrong = await self.at_work.people.submit(user.id, values) or {}
        for name, complaint in wrong.items():
            self.transcript.heard(user, [f"(in the form) “{labels[name]}” {complaint}"])
        return wrong

    async def _form_is_open(self) -> bool:
        return await self.at_work.people.modal() is not None

    async def opens_home(self, user: User) -> None:
        """Open the app's Home tab and read what stands there."""
        self.transcript.did(user, "opens the app's Home tab")
        await self._deed(user, self.at_work.people.open_home(user.id))

        async def look() -> bool:
            return await self.at_work.people.home(user.id) is not None

        await self._patiently(look, f"{first_name(user)} did not get a Home")
        self.transcript.heard(user, shown_lines(await self.at_work.people.home(user.id) or {"text": ""}))

    async def _patiently(self, look: Callable[[], Awaitable[bool]], otherwise: str) -> None:
        end = asyncio.get_running_loop().time() + self.patience
        while not await look():
            if asyncio.get_running_loop().time() > end:
                raise Missing(f"{otherwise} within {self.patience:g} seconds.")
            await asyncio.sleep(LOOK_EVERY)
