"""What a model may cost a workspace on a day: set aside before the call, put right after it.

The day is the UTC day of the message. What a call may cost is held in one transaction with the look at what is left,
so messages that come at the same moment cannot all slip under the limit together. A call that never came back keeps
what was held for it: the server may well have done the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ports.coach import Heard
from bot.ports.storage import Storage, Store
from bot.ports.usage import FellBack, Limits

BYTES_PER_TOKEN = 3
"""A cautious reading of every tokenizer we know; English has about four."""


def at_most(text: str) -> int:
    """How many tokens a text may have."""
    return len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN + 1


@dataclass(frozen=True)
class Budget:
    """The limits on a model's use, kept in the database."""

    storage: Storage
    limits: Limits

    async def reserve(self, heard: Heard, tokens: int) -> bool:
        """Whether a call that may cost `tokens` can be made now; if so it is counted and the tokens are held."""
        day = heard.at.date()
        return await self.storage.write(lambda s: s.usage.reserve(heard.workspace, day, tokens, self.limits))

    async def settle(
        self, heard: Heard, held: int, spent: tuple[int, int] | None, reasons: Sequence[FellBack], *, helped: bool
    ) -> None:
        """Note what the call did cost (None: nobody told, so what was held is taken) and what it was good for."""
        day = heard.at.date()
        prompt, completion = spent or (held, 0)

        def note(store: Store) -> None:
            store.usage.settle(heard.workspace, day, held, prompt, completion, helped=helped)
            store.usage.fell_back(heard.workspace, day, reasons)

        await self.storage.write(note)

    async def refused(self, heard: Heard, reason: FellBack) -> None:
        """Note that no call was made."""
        await self.storage.write(lambda store: store.usage.fell_back(heard.workspace, heard.at.date(), [reason]))
