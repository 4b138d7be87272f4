"""A conversation as a transcript: what a rep writes or taps, and what the bot says to it."""

from __future__ import annotations

from tests.support import asking
from tests.support.world import World

Turn = tuple[str, str]


async def talk(world: World, user: str, *turns: Turn) -> None:
    """Play a transcript. `rep` writes, `tap` taps; `bot` is a new message and `now` the last one changed in place."""
    for who, words in turns:
        shown = list(world.dm(user))
        if who == "rep":
            before = len(shown), shown[-1].edits
            await world.say(user, words)
        elif who == "tap":
            before = len(shown), shown[-1].edits
            await world.press(user, words)
        elif who == "bot":
            assert len(shown) == before[0] + 1, f"no new message: {shown[-1].text}"
            assert asking.says(shown[-1].text, words), shown[-1].text
        else:
            assert (len(shown), shown[-1].edits) == (before[0], before[1] + 1), shown[-1]
            assert asking.says(shown[-1].text, words), shown[-1].text
