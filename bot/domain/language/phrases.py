"""Tables of phrases that read like a list and match word by word."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.language.said import keys_of


class Phrases:
    """A set of phrases, written one after the other with "|" between them; a "…" stands for any one word."""

    def __init__(self, table: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in table.replace("\n", " ").split("|"):
            keys = keys_of(phrase)
            if keys:
                self._by_first.setdefault(keys[0], []).append(keys)
        for phrases in self._by_first.values():
            phrases.sort(key=len, reverse=True)

    def at(self, keys: Sequence[str], place: int = 0) -> int:
        """How many words the longest phrase that begins at `place` has; 0 when none does."""
        if place >= len(keys):
            return 0
        for phrase in self._by_first.get(keys[place], ()):
            if len(keys) - place >= len(phrase) and all(
                part in ("…", keys[place + step]) for step, part in enumerate(phrase)
            ):
                return len(phrase)
        return 0

    def find(self, keys: Sequence[str], start: int = 0) -> int | None:
        """The first place from `start` on where a phrase begins."""
        firsts = self._by_first
        return next(
            (place for place in range(start, len(keys)) if keys[place] in firsts and self.at(keys, place)), None
        )

    def within(self, keys: Sequence[str]) -> bool:
        """Whether any phrase stands anywhere in `keys`."""
        return not self._by_first.keys().isdisjoint(keys) and self.find(keys) is not None

    def cover(self, keys: Sequence[str]) -> bool:
        """Whether `keys` is made of these phrases and nothing else (and is not empty)."""
        place = 0
        while place < len(keys):
            length = self.at(keys, place)
            if not length:
                return False
            place += length
        return bool(keys)
